"""What is kept of messaging apps: it leads to nobody, and it goes with the conversation."""

import os
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from assistant.channels.choices import Choice
from assistant.channels.store import Arrival, ChannelStore
from assistant.privacy.erasure import forget, purge
from assistant.settings import Settings

SOON = time.time() + 3600
#: A server where the tests may make databases of their own.
POSTGRESQL = os.environ.get(
    "KUNTAOPAS_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres"
)


def arrival(key="k1", address="a1", **values):
    given = {"sealed_address": "sealed a", "sealed": f"sealed {key}", "language": "so", **values}
    return Arrival("played", key, address, **given)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, database):
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{database}"
        return
    server = create_engine(POSTGRESQL, future=True, isolation_level="AUTOCOMMIT")
    name = f"kuntaopas_test_{secrets.token_hex(6)}"
    try:
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
    except OperationalError as error:
        pytest.skip(f"there is no PostgreSQL server for tests: {str(error.orig).strip()}")
    yield make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


@pytest.fixture
def settings(database, url):
    return Settings(home=database.parent, database_url=None if "sqlite" in url else url)


def test_a_message_is_new_once(store):
    assert store.receive([arrival("k1"), arrival("k2")], "me", SOON) == {"k1", "k2"}
    assert store.receive([arrival("k2"), arrival("k3")], "me", SOON) == {"k3"}


def test_a_restart_forgets_no_message(store, url):
    store.receive([arrival()], "me", SOON)
    store.done("k1")
    again = ChannelStore(url)
    assert again.receive([arrival()], "me", SOON) == set()
    again.close()


def test_a_person_has_one_conversation_in_the_language_of_the_app(store):
    store.receive([arrival()], "me", SOON)
    first = store.open("played", "a1", "x", "en")
    again = store.open("played", "a1", "x", "en")
    other = store.open("played", "a2", "x", "en")
    assert first.conversation.language == "so"
    assert first.conversation.id == again.conversation.id != other.conversation.id


def test_a_conversation_is_new_until_a_message_was_answered(store):
    store.receive([arrival()], "me", SOON)
    assert store.open("played", "a1", "x", "en").new
    store.done("k1")
    assert not store.open("played", "a1", "x", "en").new


def test_nobody_can_open_it_over_the_network(store):
    conversation = store.open("played", "a1", "x", "en").conversation
    assert not any(conversation.opened_by(token) for token in ("", "a1", conversation.token_hash))


def test_choices_are_kept_until_there_are_others(store):
    def choices():
        return store.open("played", "a1", "x", "en").choices

    store.receive([arrival(f"k{number}") for number in range(4)], "me", SOON)
    store.done("k0", [Choice("نعم", "/affirm")])
    assert choices() == (Choice("نعم", "/affirm"),)
    store.done("k1", None)
    assert choices() == (Choice("نعم", "/affirm"),)
    store.done("k2", [])
    assert choices() == ()


def test_a_group_has_no_conversation(store, rows):
    store.receive([arrival(address=None)], "me", SOON)
    assert len(rows("channel_pending")) == 1
    assert rows("conversations") == []


def test_what_was_answered_is_not_kept(store, rows):
    store.receive([arrival()], "me", SOON)
    store.done("k1")
    assert rows("channel_pending") == []


def test_what_a_living_process_has_is_not_taken_from_it(store):
    store.receive([arrival()], "me", SOON)
    assert store.claim(["played"], "you", time.time(), SOON) == []


def test_what_a_dead_process_had_is_taken_over_once(store):
    store.receive([arrival()], "dead", time.time() - 1)
    store.sent("k1", 2)
    (taken,) = store.claim(["played"], "me", time.time(), SOON)
    assert (taken.key, taken.channel, taken.sealed, taken.sent) == ("k1", "played", "sealed k1", 2)
    assert store.claim(["played"], "you", time.time(), SOON) == []


def test_what_a_process_gives_back_is_taken_at_once(store):
    store.receive([arrival("k1"), arrival("k2")], "me", SOON)
    store.hold("me", time.time() - 0.001)
    taken = store.claim(["played"], "you", time.time(), SOON)
    assert {one.key for one in taken} == {"k1", "k2"}


def test_messages_of_a_channel_that_is_switched_off_wait(store):
    store.receive([arrival()], "dead", 0)
    assert store.claim(["other"], "me", time.time(), SOON) == []


def test_the_answer_is_kept_with_its_message(store):
    store.receive([arrival()], "dead", 0)
    store.answered("k1", "sealed with parts")
    assert store.claim(["played"], "me", time.time(), SOON)[0].sealed == "sealed with parts"


def test_ids_and_what_nobody_answered_are_forgotten_in_time(store, rows):
    store.receive([arrival()], "dead", 100.0)
    store.expire(time.time() - 60, 50.0)
    assert (len(rows("channel_pending")), len(rows("channel_seen"))) == (1, 2)
    store.expire(time.time() + 60, 200.0)
    assert rows("channel_pending") == []
    assert rows("channel_seen") == []


def test_an_address_is_found_by_its_conversation(store):
    talk = store.open("played", "a1", "sealed a", "en")
    assert store.address_of(talk.conversation.id) == ("played", "a1", "sealed a")
    assert store.address_of("nobody") is None


def test_the_municipality_of_a_link_is_kept(store):
    talk = store.open("played", "a1", "x", "en")
    store.set_municipality(talk.conversation.id, "853")
    assert store.open("played", "a1", "x", "en").conversation.municipality == "853"


def test_forgetting_a_conversation_forgets_who_it_was_and_what_waits(store, rows, settings):
    store.receive([arrival()], "me", SOON)
    conversation = store.open("played", "a1", "x", "en").conversation
    assert forget(conversation.id, settings) == 3
    for table in ("channel_conversations", "channel_pending", "conversations"):
        assert rows(table) == [], table


def test_purging_forgets_silent_people_of_apps_too(store, rows, settings, execute):
    store.receive([arrival("k1", "a1"), arrival("k2", "a2")], "me", SOON)
    old = store.open("played", "a1", "x", "en").conversation.id
    execute(f"UPDATE conversations SET updated = 1 WHERE id = '{old}'")
    assert purge(timedelta(days=30), settings) == 1
    assert [row[0] for row in rows("channel_conversations")] == ["a2"]


def test_the_same_message_in_one_batch_is_kept_once(store, rows):
    assert store.receive([arrival(), arrival()], "me", SOON) == {"k1"}
    assert len(rows("channel_pending")) == 1


def test_two_processes_that_receive_the_same_message_keep_it_once(url, store):
    other = ChannelStore(url)
    store.first_time("x")
    with ThreadPoolExecutor(8) as pool:
        calls = [
            pool.submit(one.receive, [arrival(f"k{number}")], "me", SOON)
            for number in range(10)
            for one in (store, other, store, other)
        ]
        new = [key for call in calls for key in call.result()]
    other.close()
    assert sorted(new) == sorted(f"k{number}" for number in range(10))
