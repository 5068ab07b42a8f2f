"""Rasa's tracker stores: private, bounded, and known to NLU by their language."""

import sqlite3

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.dialogue.memory_store import MemoryConversationStore
from assistant.dialogue.tracker_store import ConversationStore
from assistant.nlu.conversation import ShownServices, conversation_language, shown_services
from assistant.settings import get_settings

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [housing]
    slots:
      language: {type: text, influence_conversation: false, mappings: [{type: custom}]}
      municipality: {type: text, influence_conversation: false, mappings: [{type: custom}]}
      misunderstood: {type: any, influence_conversation: false, mappings: [{type: custom}]}
      service_view: {type: any, influence_conversation: false, mappings: [{type: custom}]}
    """
)


@pytest.fixture(autouse=True)
def installation(tmp_path, monkeypatch):
    monkeypatch.setenv("KUNTAOPAS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KUNTAOPAS_SESSION_TURNS", "3")
    monkeypatch.delenv("KUNTAOPAS_DATABASE_URL", raising=False)
    get_settings.cache_clear()
    token = conversation_language.set(None)
    yield tmp_path / "home"
    conversation_language.reset(token)
    monkeypatch.undo()
    get_settings.cache_clear()


@pytest.fixture(params=[ConversationStore, MemoryConversationStore])
def store(request):
    return request.param(DOMAIN)


@pytest.fixture
def sql():
    return ConversationStore(DOMAIN)


def said(text):
    parsed = {"intent": {"name": "housing", "confidence": 1.0}, "entities": [], "text": text}
    return UserUttered(text, parsed["intent"], [], parsed)


def conversation(*texts, **slots):
    events = [ActionExecuted("action_session_start"), SessionStarted()]
    events += [SlotSet(name, value) for name, value in slots.items()]
    for text in texts:
        events += [ActionExecuted("action_listen"), said(text)]
    events.append(ActionExecuted("action_listen"))
    return DialogueStateTracker.from_events("c", events, slots=DOMAIN.slots)


async def test_a_stored_message_hides_personal_data(store):
    await store.save(conversation("my code is 131052-308T"))
    found = await store.retrieve("c")
    message = next(event for event in found.events if isinstance(event, UserUttered))
    assert message.text == "my code is [identity code]"
    assert message.parse_data["text"] == "my code is [identity code]"


async def test_a_stored_slot_hides_personal_data(store):
    await store.save(conversation(municipality="call +358401234567"))
    found = await store.retrieve("c")
    assert found.get_slot("municipality") == "call [phone number]"


async def test_the_database_holds_no_personal_data(sql, installation):
    await sql.save(conversation("131052-308T", "call +358401234567", municipality="a@b.fi"))
    with sqlite3.connect(installation / "conversations.db") as database:
        rows = str(database.execute("SELECT * FROM events").fetchall())
    assert not any(secret in rows for secret in ("131052", "40123", "a@b.fi"))


async def test_nlu_learns_the_language_of_the_conversation(store):
    await store.save(conversation("hi", language="so"))
    conversation_language.set("fi")
    await store.retrieve("c")
    assert conversation_language.get() == "so"


async def test_another_person_s_language_does_not_stay(store):
    conversation_language.set("so")
    await store.retrieve("nobody")
    assert conversation_language.get() is None


SHOWN = {"topic": "leisure", "need": "library", "last": ["a", "b"]}


@pytest.mark.parametrize(
    "after, expected",
    [
        ([], ShownServices("leisure", "library", 2)),
        ([SlotSet("misunderstood", 1)], ShownServices("leisure", "library", 2, unclear=True)),
        ([ActiveLoop("municipality_form")], None),
        ([SlotSet("service_view", None)], None),
    ],
)
async def test_nlu_learns_which_services_are_shown_unless_a_question_is_open(
    store, after, expected
):
    tracker = DialogueStateTracker.from_events(
        "c", [SlotSet("service_view", SHOWN), *after], DOMAIN.slots
    )
    await store.save(tracker)
    await store.retrieve("c")
    assert shown_services.get() == expected
    await store.retrieve("nobody")
    assert shown_services.get() is None


async def test_a_short_conversation_keeps_its_session(sql):
    await sql.save(conversation("1", "2"))
    found = await sql.retrieve("c")
    assert len([event for event in found.events if isinstance(event, UserUttered)]) == 2


async def test_a_long_conversation_gets_a_new_session_with_what_is_known(sql):
    await sql.save(conversation("1", "2", "3", language="so", municipality="091"))
    found = await sql.retrieve("c")
    assert not [event for event in found.events if isinstance(event, UserUttered)]
    assert (found.get_slot("language"), found.get_slot("municipality")) == ("so", "091")


async def test_a_question_that_is_open_keeps_its_session(sql):
    from rasa.shared.core.events import ActiveLoop

    tracker = conversation("1", "2", "3")
    tracker.update(ActiveLoop("municipality_form"))
    tracker.update(ActionExecuted("action_listen"))
    await sql.save(tracker)
    found = await sql.retrieve("c")
    assert len([event for event in found.events if isinstance(event, UserUttered)]) == 3


async def test_the_database_is_made_in_the_installation_s_folder(sql, installation):
    await sql.save(conversation("hi"))
    assert (installation / "conversations.db").exists()
