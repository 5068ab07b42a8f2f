"""How much one address or one conversation may ask."""

import logging

import httpx
import pytest
from played_rasa import PlayedRasa
from starlette.requests import Request
from starlette.testclient import TestClient

from assistant.gateway.addresses import Addresses
from assistant.gateway.app import create_app
from assistant.gateway.rate_limit import Limits, TokenBuckets
from assistant.settings import Settings


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def limited(tmp_path, clock):
    """A gateway with limits, as one address sees it."""

    def build(**limits):
        settings = Settings(home=tmp_path, **limits)
        app = create_app(settings, httpx.MockTransport(PlayedRasa()))
        object.__setattr__(app.state.parts, "limits", Limits(settings, clock))
        return TestClient(app, client=("192.0.2.7", 5000))

    return build


def begun(client, language="fi"):
    conversation = client.post("/api/conversations", json={"language": language}).json()
    headers = {"Authorization": f"Bearer {conversation['token']}"}
    path = f"/api/conversations/{conversation['id']}"
    return lambda text="a": client.post(f"{path}/messages", json={"text": text}, headers=headers)


def statuses(send, count):
    return [send().status_code for _ in range(count)]


# Buckets ------------------------------------------------------------------------------------------


def test_a_full_bucket_lets_a_burst_pass_and_then_refills_evenly(clock):
    buckets = TokenBuckets(6, clock)
    assert [buckets.take("a") for _ in range(7)] == [0.0] * 6 + [10.0]
    clock.now += 4
    assert buckets.take("a") == 6.0
    clock.now += 6
    assert buckets.take("a") == 0.0


def test_a_bucket_never_holds_more_than_its_size(clock):
    buckets = TokenBuckets(2, clock)
    buckets.take("a")
    clock.now += 3600
    assert [buckets.take("a") > 0 for _ in range(3)] == [False, False, True]


def test_every_name_has_its_own_bucket(clock):
    buckets = TokenBuckets(1, clock)
    assert (buckets.take("a"), buckets.take("b")) == (0.0, 0.0)


def test_a_limit_of_nothing_is_no_limit(clock):
    buckets = TokenBuckets(0, clock)
    assert not any(buckets.take("a") for _ in range(1000))
    assert len(buckets) == 0


def test_buckets_do_not_fill_the_memory_and_the_busiest_stay(clock):
    buckets = TokenBuckets(1, clock, most=100)
    buckets.take("flood")
    for number in range(1000):
        buckets.take(f"passer-by {number}")
        assert buckets.take("flood") > 0
    assert len(buckets) == 100


# Addresses ----------------------------------------------------------------------------------------


def name(addresses, peer, *forwarded):
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return addresses.name(Request({"type": "http", "client": (peer, 1), "headers": headers}))


def test_forwarded_addresses_are_not_believed_by_default():
    addresses = Addresses([])
    assert name(addresses, "127.0.0.1", "192.0.2.1") == name(addresses, "127.0.0.1", "192.0.2.2")


def test_an_operator_whose_proxy_is_not_named_is_told_once(caplog):
    addresses = Addresses([])
    for _ in range(3):
        name(addresses, "10.0.0.5", "192.0.2.1")
    (line,) = [record.getMessage() for record in caplog.records]
    assert "KUNTAOPAS_TRUSTED_PROXIES" in line
    assert "192.0.2.1" not in line and "10.0.0.5" not in line


@pytest.mark.parametrize(
    "forwarded",
    [
        ["192.0.2.1"],
        ["203.0.113.9, 192.0.2.1"],  # the left end was written by the person
        ["203.0.113.9", "192.0.2.1, 10.1.1.1"],  # two proxies, two headers
        ["192.0.2.1:5123"],
        ["::ffff:192.0.2.1"],
        ["nonsense, 192.0.2.1, 10.2.2.2"],
    ],
)
def test_a_trusted_proxy_tells_from_where_a_request_comes(forwarded):
    addresses = Addresses(Settings(trusted_proxies="10.0.0.0/8").proxies)
    assert name(addresses, "10.0.0.5", *forwarded) == name(addresses, "192.0.2.1")


@pytest.mark.parametrize("forwarded", [[], [""], ["nonsense"], ["192.0.2.1, nonsense"]])
def test_a_header_that_cannot_be_read_leaves_the_proxy_s_own_address(forwarded):
    addresses = Addresses(Settings(trusted_proxies="10.0.0.5").proxies)
    assert name(addresses, "10.0.0.5", *forwarded) == name(addresses, "10.0.0.5")


def test_another_machine_cannot_pose_as_the_proxy():
    addresses = Addresses(Settings(trusted_proxies="10.0.0.5").proxies)
    assert name(addresses, "192.0.2.8", "192.0.2.1") == name(addresses, "192.0.2.8")


def test_all_addresses_of_one_subscriber_count_as_one():
    addresses = Addresses([])
    assert name(addresses, "2001:db8:1:2::1") == name(addresses, "2001:db8:1:2:3:4:5:6")
    assert name(addresses, "2001:db8:1:2::1") != name(addresses, "2001:db8:1:3::1")


def test_what_stands_for_an_address_does_not_give_it_away():
    shown = name(Addresses([]), "192.0.2.1")
    assert "192.0.2.1" not in shown
    assert shown != name(Addresses([]), "192.0.2.1")  # another process has another key


def test_a_connection_without_an_address_is_counted_too():
    request = Request({"type": "http", "client": None, "headers": []})
    assert Addresses([]).name(request)


# The gateway --------------------------------------------------------------------------------------


def test_a_flood_of_messages_is_refused_politely_in_the_language_of_the_conversation(limited):
    send = begun(limited(messages_per_minute=3), "ar")
    assert statuses(send, 3) == [200] * 3
    refused = send()
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "20"
    (message,) = refused.json()["messages"]
    assert (message["kind"], message["language"], message["direction"]) == ("info", "ar", "rtl")
    assert "112" in message["text"]
    assert refused.json()["detail"] == "Too many requests: please wait 20 s."


def test_after_the_wait_the_person_goes_on(limited, clock):
    send = begun(limited(messages_per_minute=3))
    refused = [send() for _ in range(4)][-1]
    clock.now += int(refused.headers["retry-after"])
    assert send().status_code == 200


def test_another_conversation_is_not_held_up(limited):
    client = limited(messages_per_minute=2)
    one, other = begun(client), begun(client)
    assert statuses(one, 3) == [200, 200, 429]
    assert statuses(other, 2) == [200, 200]


def test_what_is_refused_does_not_reach_rasa(limited, tmp_path):
    client = limited(messages_per_minute=1)
    send = begun(client)
    statuses(send, 5)
    rasa = client.app.state.parts.rasa.http._transport.handler
    assert len(rasa.received) == 1


def test_one_address_begins_only_so_many_conversations(limited):
    client = limited(conversations_per_minute=2)
    begin = [client.post("/api/conversations", json={"language": "so"}) for _ in range(3)]
    assert [answer.status_code for answer in begin] == [201, 201, 429]
    assert begin[-1].json()["messages"][0]["language"] == "so"
    assert "retry-after" in begin[-1].headers


def test_another_address_begins_its_own(limited):
    client = limited(conversations_per_minute=1)
    client.post("/api/conversations")
    other = TestClient(client.app, client=("192.0.2.8", 5000))
    assert client.post("/api/conversations").status_code == 429
    assert other.post("/api/conversations").status_code == 201


def test_a_forged_header_does_not_get_around_the_limit(limited):
    client = limited(conversations_per_minute=1)
    answers = [
        client.post("/api/conversations", headers={"X-Forwarded-For": f"198.51.100.{number}"})
        for number in range(3)
    ]
    assert [answer.status_code for answer in answers] == [201, 429, 429]


@pytest.mark.parametrize(
    "path", ["/api/municipalities", "/assessment/request", "/api/conversations/abc"]
)
def test_every_request_of_an_address_counts(limited, path):
    client = limited(requests_per_minute=2)
    answers = [client.get(path, headers={"Accept-Language": "fi"}) for _ in range(3)]
    assert answers[1].status_code != 429
    assert answers[2].status_code == 429
    assert answers[2].json()["messages"][0]["language"] == "fi"


def test_the_limit_of_an_address_speaks_the_language_of_the_conversation_too(limited):
    send = begun(limited(requests_per_minute=2), "ru")
    assert statuses(send, 1) == [200]
    assert send().json()["messages"][0]["language"] == "ru"


@pytest.mark.parametrize("path", ["/", "/widget.js", "/i18n/fi.json", "/health/live"])
def test_pages_files_and_monitoring_are_not_counted(limited, path):
    client = limited(requests_per_minute=1)
    assert {client.get(path).status_code for _ in range(5)} == {200}


def test_a_listed_site_may_read_how_long_to_wait(limited):
    client = limited(conversations_per_minute=1, allowed_origins="https://www.hel.fi")
    headers = {"Origin": "https://www.hel.fi"}
    client.post("/api/conversations", headers=headers)
    refused = client.post("/api/conversations", headers=headers)
    assert refused.headers["access-control-allow-origin"] == "https://www.hel.fi"
    assert refused.headers["access-control-expose-headers"] == "Retry-After"


def test_addresses_are_neither_logged_nor_stored(limited, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    client = limited(messages_per_minute=1)
    statuses(begun(client), 3)
    logged = [r.getMessage() for r in caplog.records if r.name.startswith("assistant")]
    assert logged and not any("192.0.2.7" in line for line in logged)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert files and not any(b"192.0.2.7" in file.read_bytes() for file in files)


def test_the_web_server_itself_believes_no_forwarded_address(limited):
    from assistant.gateway.server import build_server

    assert build_server(limited().app, "127.0.0.1", 0).config.proxy_headers is False


def test_a_person_who_writes_fast_is_never_held_up_by_the_defaults(limited):
    send = begun(limited())
    assert set(statuses(send, 30)) == {200}
