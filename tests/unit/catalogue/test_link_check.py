"""Links are asked for on a real server on loopback; its answers are hand-made."""

from datetime import date

import pytest

from assistant.catalogue.check import check_links, contradictions
from assistant.catalogue.hours import parse_hours
from assistant.catalogue.link_check import LinkChecker
from assistant.catalogue.model import Batch, Channel, Connection, Hours, HoursRule
from assistant.settings import get_settings

from .conftest import service
from .web_server import WebServer

PAGES = {
    "/good": (200, {}, b"here"),
    "/gone": (404, {}, b""),
    "/moved": (301, {"Location": "/good"}, b""),
    "/home": (302, {"Location": "/"}, b""),
    "/": (200, {}, b"front page"),
    "/broken": (500, {}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
}


@pytest.fixture
def server():
    opened = WebServer(lambda path, query, headers: PAGES[path])
    yield opened
    opened.close()


@pytest.fixture
def allowed(monkeypatch):
    monkeypatch.setenv("KUNTAOPAS_ALLOW_PRIVATE_SOURCES", "1")
    get_settings.cache_clear()
    yield
    monkeypatch.undo()
    get_settings.cache_clear()


def found(server, path, pause=0.0):
    return [finding for _, finding in LinkChecker(pause).check([server.url + path])]


@pytest.mark.parametrize("path", ["/good", "/moved", "/"])
def test_a_page_that_is_there_is_no_problem(server, allowed, path):
    assert found(server, path) == []


@pytest.mark.parametrize(
    "path, kind, reason",
    [
        ("/gone", "dead_link", "404"),
        ("/home", "suspicious_link", "front page"),
        ("/broken", "suspicious_link", "500"),
        ("/loop", "suspicious_link", "redirected more than"),
    ],
)
def test_a_page_that_is_not_there_says_why(server, allowed, path, kind, reason):
    [(found_kind, detail)] = found(server, path)
    assert found_kind == kind
    assert reason in detail


def test_a_server_that_does_not_answer_is_suspicious(server, allowed):
    server.close()
    assert found(server, "/good")[0][0] == "suspicious_link"


def test_an_address_inside_the_own_network_is_not_asked_for(server):
    [(kind, detail)] = found(server, "/good")
    assert kind == "suspicious_link"
    assert server.requests == []


def test_one_host_is_asked_again_only_after_a_pause(server, allowed):
    waited = []
    checker = LinkChecker(30.0, waited.append)
    assert list(checker.check([f"{server.url}/good", f"{server.url}/"])) == []
    assert waited and all(29 < seconds <= 30 for seconds in waited)


def test_every_service_with_a_dead_link_is_named_and_the_link_asked_for_once(
    store, server, allowed
):
    url = f"{server.url}/gone"
    batch = Batch()
    for key in ("1", "2"):
        item = service(key=key)
        channel = Channel(f"test:channel:{key}", "web", urls={"fi": url})
        batch.services.append(item)
        batch.channels.append(channel)
        batch.connections.append(Connection(item.id, channel.id))
    store.replace("test", "one", batch, {})
    rows = list(check_links(store, 10, LinkChecker(0.0)))
    assert [row["service_id"] for row in rows] == ["test:service:1", "test:service:2"]
    assert {row["kind"] for row in rows} == {"dead_link"}
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "hours, expected",
    [
        (Hours([HoursRule("09:00", "16:00", 0)], always_open=True), "always open"),
        (Hours([HoursRule("09:00", "16:00", 0), HoursRule(weekday=0, closed=True)]), "closed"),
        (Hours([HoursRule("09:00", "16:00", 0), HoursRule("10:00", "18:00", 0)]), "10:00-18:00"),
        (
            Hours([HoursRule("09:00", "16:00", 0, valid_from="2026-02-01", valid_to="2026-01-01")]),
            "before they begin",
        ),
    ],
)
def test_hours_that_cannot_both_be_true_are_told(hours, expected):
    [detail] = contradictions(hours)
    assert expected in detail


@pytest.mark.parametrize(
    "hours",
    [
        parse_hours("mon 9-12, mon 13-16, tue 9-16"),
        Hours(
            [
                HoursRule("09:00", "16:00", 0, weeks="odd"),
                HoursRule("10:00", "18:00", 0, weeks="even"),
            ]
        ),
        Hours(
            [
                HoursRule("09:00", "16:00", 0),
                HoursRule("10:00", "18:00", 0, valid_from=str(date.max)),
            ]
        ),
    ],
)
def test_hours_of_different_times_do_not_contradict(hours):
    assert list(contradictions(hours)) == []
