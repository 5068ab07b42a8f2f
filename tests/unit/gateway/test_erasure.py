"""Erasing one conversation, and retention."""

import sqlite3
import time
from datetime import timedelta

import pytest

from assistant.conversations import ConversationStore
from assistant.privacy.erasure import forget, purge

DAY = 24 * 60 * 60


@pytest.fixture
def store(settings):
    opened = ConversationStore(settings.conversations_url)
    yield opened
    opened.close()


@pytest.fixture
def database(settings, store):
    store.find("nobody")
    with sqlite3.connect(settings.home / "conversations.db", isolation_level=None) as db:
        yield db


@pytest.fixture
def events(database):
    database.execute("CREATE TABLE events (sender_id TEXT, timestamp REAL)")

    def add(sender, days_ago):
        moment = time.time() - days_ago * DAY
        database.execute("INSERT INTO events VALUES (?, ?)", (sender, moment))

    return add


def senders(database):
    return {row[0] for row in database.execute("SELECT sender_id FROM events")}


def test_nothing_is_erased_before_there_is_a_database(settings):
    assert forget("x", settings) == purge(timedelta(0), settings) == 0
    assert not (settings.home / "conversations.db").exists()


def test_forget_counts_what_it_erases(settings, store, events):
    begun, _ = store.create("fi", None, [{"text": "a"}, {"text": "b"}])
    events(begun.id, 0)
    assert forget(begun.id, settings) == 4
    assert forget(begun.id, settings) == 0


def test_forget_works_without_the_table_of_rasa(settings, store):
    begun, _ = store.create("fi", None, [])
    assert forget(begun.id, settings) == 1


def test_an_erased_conversation_does_not_come_back_with_a_late_answer(settings, store):
    begun, _ = store.create("fi", None, [])
    forget(begun.id, settings)
    store.add_turn(begun.id, {"text": "x"}, [{"text": "y"}], "fi")
    assert (store.find(begun.id), store.history(begun.id)) == (None, [])


def test_purge_erases_silent_conversations_of_every_channel(settings, store, database, events):
    old, _ = store.create("fi", None, [{"text": "a"}])
    new, _ = store.create("fi", None, [{"text": "a"}])
    database.execute(
        "UPDATE conversations SET updated = ? WHERE id = ?", (time.time() - 40 * DAY, old.id)
    )
    for sender, days in ((old.id, 40), (new.id, 0), ("telegram1", 50), ("telegram2", 50)):
        events(sender, days)
    events("telegram2", 1)
    assert purge(timedelta(days=30), settings) == 2
    assert store.find(old.id) is None and store.find(new.id) is not None
    assert senders(database) == {new.id, "telegram2"}
