"""Reading from a web API, against a real server on loopback; the answers are hand-made."""

import gzip
import json
import logging
import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files import addresses, api, fetch
from assistant.catalogue.importers.files.records import (
    api_records,
    get_json,
    json_records,
    ptv_headers,
)
from assistant.settings import get_settings
from tests.unit.catalogue.web_server import WebServer


@pytest.fixture
def allowed(monkeypatch):
    monkeypatch.setenv("KUNTAOPAS_ALLOW_PRIVATE_SOURCES", "1")
    get_settings.cache_clear()
    yield
    monkeypatch.undo()
    get_settings.cache_clear()


@pytest.fixture
def serve(allowed):
    servers = []

    def start(answer, host="127.0.0.1"):
        servers.append(WebServer(answer, host))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def pauses(monkeypatch):
    found = []
    monkeypatch.setattr(fetch, "sleep", found.append)
    return found


def ids(url, reading=None, **options):
    records = api_records(url, reading or Reading(), **options)
    return [record.data["id"] for record in records]


def pages(envelope):
    """An answer with three pages; `envelope(page, records)` makes each."""

    def answer(_path, query, _headers):
        page = int(query.get("page", 1))
        return 200, {}, envelope(page, [{"id": page * 10}, {"id": page * 10 + 1}])

    return answer


@pytest.mark.parametrize(
    "envelope",
    [
        lambda page, items: {"pageNumber": page, "pageCount": 3, "itemList": items},
        lambda page, items: {"items": items, "page": page, "totalPages": 3},
        lambda page, items: {"page_number": page, "total_pages": 3, "contents": items},
        lambda page, items: {"results": items, "next": f"?page={page + 1}" if page < 3 else None},
        lambda page, items: {
            "meta": {"next": f"/x?page={page + 1}" if page < 3 else None},
            "data": items,
        },
        lambda page, items: {
            "links": {"next": {"href": f"/x?page={page + 1}"} if page < 3 else None},
            "data": items,
        },
    ],
)
def test_every_kind_of_pages_is_followed_to_the_end(envelope, serve):
    server = serve(pages(envelope))
    reading = Reading()
    assert ids(f"{server.url}/x?size=2", reading) == [10, 11, 20, 21, 30, 31]
    assert reading.complete and reading.notes == [] and len(server.requests) == 3


def test_the_header_link_is_followed(serve):
    def answer(_path, query, _headers):
        page = int(query.get("page", 1))
        link = {"Link": f'</x?page={page + 1}>; rel="next"'} if page < 3 else {}
        return 200, link, [{"id": page}]

    assert ids(f"{serve(answer).url}/x") == [1, 2, 3]


def test_the_other_parameters_stay_in_the_address_of_every_page(serve):
    server = serve(pages(lambda page, items: {"pageNumber": page, "pageCount": 2, "items": items}))
    ids(f"{server.url}/x?status=Published", params={"date": "2026-11-01T00:00:00", "no": None})
    assert [path for path, _ in server.requests] == [
        "/x?status=Published&date=2026-11-01T00%3A00%3A00",
        "/x?status=Published&date=2026-11-01T00%3A00%3A00&page=2",
    ]


def test_a_busy_server_is_asked_again_later(serve, pauses):
    answers = iter([(503, {}, {}), (429, {"Retry-After": "7"}, {}), (200, {}, [{"id": 1}])])
    assert ids(serve(lambda *_: next(answers)).url) == [1]
    assert pauses == [1.0, 7.0]


def test_a_date_in_retry_after_is_understood(serve, pauses):
    when = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=30), usegmt=True)
    answers = iter([(503, {"Retry-After": when}, {}), (200, {}, [{"id": 1}])])
    assert ids(serve(lambda *_: next(answers)).url) == [1]
    assert 25 < pauses[0] <= 30


def test_a_server_that_stays_busy_is_given_up(serve, pauses):
    server = serve(lambda *_: (504, {}, b""))
    with pytest.raises(ImportFailed, match="answers 504"):
        ids(server.url)
    assert len(server.requests) == fetch.ATTEMPTS and sum(pauses) <= 30


def test_a_server_that_asks_for_an_hour_is_not_waited_for(serve, pauses):
    server = serve(lambda *_: (429, {"Retry-After": "3600"}, b""))
    with pytest.raises(ImportFailed, match="3600 seconds"):
        ids(server.url)
    assert pauses == []


def test_a_server_that_does_not_answer_is_given_up(serve, pauses, monkeypatch):
    monkeypatch.setattr(fetch, "TIMEOUT", 0.05)
    server = serve(lambda *_: time.sleep(0.3) or (200, {}, []))
    with pytest.raises(ImportFailed, match="in time"):
        ids(server.url)


def test_an_error_is_not_asked_for_again(serve, pauses):
    server = serve(lambda *_: (404, {}, b""))
    with pytest.raises(ImportFailed, match="answers 404"):
        ids(server.url)
    assert len(server.requests) == 1 and pauses == []


def test_a_page_that_fails_is_reported_and_the_others_are_read(serve, pauses):
    good = pages(lambda page, items: {"pageNumber": page, "pageCount": 3, "itemList": items})
    server = serve(
        lambda path, query, h: (500, {}, b"") if query.get("page") == "2" else good(path, query, h)
    )
    reading = Reading()
    assert ids(f"{server.url}/x", reading) == [10, 11, 30, 31]
    assert not reading.complete and "page=2" in reading.skipped[0].record
    assert reading.skipped[0].reason == "the server answers 500"


def test_a_page_of_html_is_reported(serve):
    def answer(_path, query, _headers):
        page = int(query.get("page", 1))
        body = {"pageNumber": page, "pageCount": 3, "itemList": [{"id": page}]}
        return 200, {}, b"<html>busy</html>" if page == 2 else body

    reading = Reading()
    assert ids(serve(answer).url, reading) == [1, 3]
    assert "HTML page" in reading.skipped[0].reason


def test_a_next_page_that_repeats_ends_the_reading(serve):
    bodies = {"1": ("2", [{"id": 1}]), "2": ("1", [{"id": 2}])}

    def answer(_path, query, _headers):
        following, items = bodies[query["page"]]
        return 200, {}, {"next": f"?page={following}", "results": items}

    reading = Reading()
    assert ids(f"{serve(answer).url}/?page=1", reading) == [1, 2]
    assert not reading.complete and "read before" in reading.notes[0]


def test_a_server_that_ignores_the_page_is_noticed(serve):
    server = serve(lambda *_: (200, {}, {"totalPages": 9, "items": [{"id": 1}]}))
    reading = Reading()
    assert ids(server.url, reading) == [1]
    assert not reading.complete and "same page again" in reading.notes[0]


def test_a_number_of_pages_that_grows_for_ever_is_bounded(serve):
    def answer(_path, query, _headers):
        page = int(query.get("page", 1))
        return 200, {}, {"pageNumber": page, "pageCount": page * 100, "itemList": [{"id": page}]}

    reading = Reading()
    assert len(ids(serve(answer).url, reading)) < 10
    assert not reading.complete and "growing" in reading.notes[0]


def test_next_pages_without_end_are_bounded(serve, monkeypatch):
    def answer(_path, query, _headers):
        page = int(query.get("page", 1))
        return 200, {}, {"next": f"?page={page + 1}", "results": [{"id": page}]}

    monkeypatch.setattr(api, "MAX_PAGES", 20)
    reading = Reading()
    assert len(ids(serve(answer).url, reading)) == 20 and "more than 20" in reading.notes[0]


def test_empty_pages_without_end_are_bounded(serve):
    def answer(_path, query, _headers):
        page = int(query.get("page", 1))
        return 200, {}, {"next": f"?page={page + 1}", "results": []}

    server = serve(answer)
    assert ids(server.url, Reading()) == [] and len(server.requests) == api.MAX_EMPTY


def test_a_next_page_on_another_host_is_not_followed(serve):
    other = serve(lambda *_: (200, {}, [{"id": 2}]), "127.0.0.2")
    body = {"next": f"{other.url}/x", "results": [{"id": 1}]}
    reading = Reading()
    assert ids(serve(lambda *_: (200, {}, body)).url, reading) == [1]
    assert not reading.complete and "another host" in reading.notes[0] and not other.requests


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.example/"])
def test_a_redirect_out_of_the_web_is_refused(target, serve):
    with pytest.raises(ImportFailed, match="only addresses with http"):
        ids(serve(lambda *_: (302, {"Location": target}, b"")).url)


def test_a_redirect_is_followed_without_the_key_when_the_host_changes(serve):
    other = serve(lambda *_: (200, {}, [{"id": 1}]), "127.0.0.2")

    def answer(path, _query, _headers):
        return 302, {"Location": "/b" if path == "/a" else f"{other.url}/c"}, b""

    server = serve(answer)
    assert ids(f"{server.url}/a", headers={"x-api-key": "secret"}) == [1]
    assert [headers.get("x-api-key") for _, headers in server.requests] == ["secret", "secret"]
    assert "x-api-key" not in other.requests[0][1]


def test_redirects_in_a_circle_are_given_up(serve):
    server = serve(lambda *_: (302, {"Location": "/"}, b""))
    with pytest.raises(ImportFailed, match="redirected more than"):
        ids(server.url)


def test_the_own_network_is_refused_without_the_setting(serve, monkeypatch):
    server = serve(lambda *_: (200, {}, [{"id": 1}]))
    monkeypatch.delenv("KUNTAOPAS_ALLOW_PRIVATE_SOURCES")
    get_settings.cache_clear()
    for url in (server.url, f"http://localhost:{server.port}/"):
        with pytest.raises(ImportFailed, match="private network"):
            list(json_records(url, Reading()))
    assert server.requests == []


def test_a_redirect_into_the_own_network_is_refused(serve, monkeypatch):
    inside = serve(lambda *_: (200, {}, [{"id": 1}]), "127.0.0.2")
    outside = serve(lambda *_: (302, {"Location": inside.url}, b""))
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.delenv("KUNTAOPAS_ALLOW_PRIVATE_SOURCES")
    get_settings.cache_clear()
    with pytest.raises(ImportFailed, match="private network"):
        ids(outside.url)
    assert inside.requests == []


def test_the_connection_goes_to_the_address_that_was_checked(serve, monkeypatch):
    server = serve(lambda *_: (200, {}, [{"id": 1}]))
    looked_up = []

    def look_up(host, port, *_, **__):
        if host == "catalogue.example":
            looked_up.append(host)
            host = "127.0.0.1" if len(looked_up) == 1 else "127.0.0.9"
        return [(2, 1, 6, "", (host, port))]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)
    assert ids(f"http://catalogue.example:{server.port}/") == [1]
    assert looked_up == ["catalogue.example"]
    assert server.requests[0][1]["Host"] == f"catalogue.example:{server.port}"


def test_an_address_of_ipv6_is_read(serve):
    import socket
    from http.server import ThreadingHTTPServer

    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    monkey = ThreadingHTTPServer.address_family
    ThreadingHTTPServer.address_family = socket.AF_INET6
    try:
        server = serve(lambda *_: (200, {}, [{"id": 1}]), "::1")
    except OSError:
        pytest.skip("no IPv6 loopback here")
    finally:
        ThreadingHTTPServer.address_family = monkey
    assert ids(f"http://[::1]:{server.port}/") == [1]


def test_an_answer_over_the_limit_is_refused(serve, monkeypatch):
    monkeypatch.setenv("KUNTAOPAS_MAX_SOURCE_SIZE", "50000")
    get_settings.cache_clear()
    plain = serve(lambda *_: (200, {}, json.dumps(["x" * 60_000]).encode()))
    packed = gzip.compress(json.dumps(["x" * 60_000]).encode())
    small = serve(lambda *_: (200, {"Content-Encoding": "gzip"}, packed))
    for server in (plain, small):
        with pytest.raises(ImportFailed, match="larger than 50000"):
            ids(server.url)


def test_a_file_that_is_packed_on_the_server_is_read(serve):
    packed = gzip.compress(b'[{"id":1}]')
    server = serve(lambda *_: (200, {"Content-Type": "application/gzip"}, packed))
    records = list(json_records(f"{server.url}/export.json.gz", Reading()))
    assert [record.data["id"] for record in records] == [1]
    assert ids(server.url) == [1]


def test_keys_are_in_no_message_report_or_log(serve, caplog, pauses):
    caplog.set_level(logging.DEBUG)
    server = serve(lambda *_: (403, {}, b""))
    url = f"{server.url.replace('//', '//user:hush@')}/?api_key=hush2"
    with pytest.raises(ImportFailed) as caught:
        ids(url, headers={"x-api-key": "hush3"})
    assert "hush" not in str(caught.value) and "answers 403" in str(caught.value)
    assert "hush3" not in caplog.text

    good = serve(lambda *_: (200, {}, [{"id": 1}, {"id": 2, "x": bad}] if (bad := 1) else []))
    records = list(api_records(f"{good.url}/?token=hush4", Reading()))
    assert all("hush" not in record.where for record in records)


def test_the_key_of_the_finnish_service_catalogue_comes_from_the_setting(monkeypatch):
    get_settings.cache_clear()
    assert ptv_headers() == {}
    monkeypatch.setenv("KUNTAOPAS_PTV_API_KEY", "hush")
    get_settings.cache_clear()
    try:
        assert ptv_headers() == {"x-api-key": "hush"}
        assert "hush" not in repr(get_settings())
    finally:
        monkeypatch.undo()
        get_settings.cache_clear()


def test_one_document_is_fetched_as_it_is(serve):
    server = serve(lambda *_: (200, {}, b'\xef\xbb\xbf{"id":1,"list":[1,2],} // end'))
    assert get_json(server.url, params={"a": ["b", "c"]}) == {"id": 1, "list": [1, 2]}
    assert server.requests[0][0] == "/?a=b&a=c"
    assert server.requests[0][1]["User-Agent"].startswith("kuntaopas")
    with pytest.raises(ImportFailed, match="HTML page"):
        get_json(serve(lambda *_: (200, {}, b"<html></html>")).url)
