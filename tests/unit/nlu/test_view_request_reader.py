"""The component that makes typed requests about shown services the same as their buttons."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.catalogue.hours import ZONE
from assistant.nlu.conversation import ShownServices, shown_services
from assistant.nlu.emergency_detector import EMERGENCY, EMERGENCY_NEED
from assistant.nlu.view_request_reader import OPENING, ViewRequestReader
from assistant.nlu.view_requests import ViewRequests

LIBRARY = ShownServices("leisure", "library", 3)


@pytest.fixture
def read():
    """Reads a message while services are shown; gives the intent, the view and the time."""

    def of(text, shown=LIBRARY, intent="nlu_fallback", need="", language="en", entities=(), **more):
        message = Message({TEXT: text, INTENT: {"name": intent, "confidence": 0.5}})
        message.set("language", {"code": language})
        message.set("need", {"name": need})
        message.set(ENTITIES, list(entities))
        for name, value in more.items():
            message.set(name, value)
        token = shown_services.set(shown)
        try:
            ViewRequestReader(ViewRequests.load()).process([message])
        finally:
            shown_services.reset(token)
        views = [one["value"] for one in message.get(ENTITIES) if one["entity"] == "view"]
        return message.get(INTENT)["name"], next(iter(views), None), message.get(OPENING)

    return of


def test_a_request_becomes_the_button(read):
    assert read("show me more") == ("services", "more", None)
    assert read("tell me more about the second one") == ("services", "details_2", None)
    assert read("does anyone there speak Somali?") == ("services", "in_language_so", None)


def test_a_time_travels_beside_it(read):
    tomorrow = datetime.now(ZONE).date() + timedelta(days=1)
    assert read("open tomorrow evening?") == ("services", "open_at", f"{tomorrow}-evening")


@pytest.mark.parametrize("language, kept", [("uk", False), ("en", True)])
def test_words_that_two_languages_share_keep_the_language_of_the_conversation(language, kept):
    identified = {"entity": "conversation_language", "value": "ru"}
    message = Message({TEXT: "номер 2", INTENT: {"name": "nlu_fallback"}})
    message.set("language", {"code": "ru"})
    message.set(ENTITIES, [identified])
    token = shown_services.set(ShownServices("leisure", "library", 3, language=language))
    ViewRequestReader(ViewRequests.load()).process([message])
    shown_services.reset(token)
    assert message.get(INTENT)["name"] == "services"
    assert (identified in message.get(ENTITIES)) is kept


def test_the_last_one_is_counted(read):
    assert read("the opening hours of the last one")[1] == "hours_3"


def test_it_is_the_service_that_was_told_about(read):
    told = ShownServices("leisure", "library", 3, told=2)
    assert read("is it open now?", told)[1] == "open_now_2"
    assert read("show me more", told)[1] == "more"


def test_without_services_that_are_shown_nothing_is_a_request(read):
    assert read("show me more", None) == ("nlu_fallback", None, None)


def test_danger_is_never_a_request(read):
    assert read("open now?", intent="emergency", **{EMERGENCY: True})[0] == "emergency"
    assert read("open now?", **{EMERGENCY_NEED: "violence_now"})[0] == "nlu_fallback"


def test_a_payload_stays_as_it_is(read):
    assert read('/services{"view": "more"}', intent=None)[0] is None


def test_the_name_of_a_municipality_is_no_request(read):
    assert read("Lahti", intent="inform", language="et")[0] == "inform"


def test_something_else_answers_the_question_what_was_meant(read):
    unclear = ShownServices("leisure", "library", 3, unclear=True)
    assert read("something else", unclear, intent="none_of_these")[0] == "none_of_these"
    assert read("show more", unclear, intent="none_of_these")[0] == "none_of_these"
    assert read("something else", intent="none_of_these")[0] == "services"


def test_the_need_that_is_shown_may_be_named(read):
    text = "is the library open today?"
    assert read(text, intent="leisure", need="leisure/library")[0] == "services"
    assert read(text, intent="health", need="health/dental")[0] == "health"


def test_a_need_keeps_its_intent_and_notes_the_time(read):
    tomorrow = datetime.now(ZONE).date() + timedelta(days=1)
    found = read("I need a dentist that is open tomorrow", intent="health", need="health/dental")
    assert found == ("health", None, str(tomorrow))


def test_what_is_about_the_assistant_notes_no_time(read):
    assert read("are you open tomorrow", None, intent="bot_meta") == ("bot_meta", None, None)


def test_a_day_is_no_date_of_a_permit(read):
    permit = {"entity": "permit_date", "value": "2026-12-01"}
    language = {"entity": "conversation_language", "value": "en"}
    message = Message({TEXT: "open on 1.12.2026?", INTENT: {"name": "nlu_fallback"}})
    message.set("language", {"code": "en"})
    message.set(ENTITIES, [permit, language])
    token = shown_services.set(LIBRARY)
    ViewRequestReader(ViewRequests.load()).process([message])
    shown_services.reset(token)
    kinds = [one["entity"] for one in message.get(ENTITIES)]
    assert "permit_date" not in kinds and "conversation_language" in kinds


@pytest.mark.parametrize(
    "slot, expected",
    [
        (None, None),
        ({"topic": ""}, None),
        ({"topic": "leisure", "last": ["a", "b"]}, ShownServices("leisure", None, 2)),
        (
            {"topic": "leisure", "need": "library", "last": ["a", "b"], "focus": "b"},
            ShownServices("leisure", "library", 2, told=2),
        ),
        (
            {"topic": "leisure", "need": "library", "last": ["a"], "focus": "gone"},
            ShownServices("leisure", "library", 1),
        ),
    ],
)
def test_what_is_shown_is_read_from_the_slot(slot, expected):
    assert ShownServices.from_slot(slot) == expected
