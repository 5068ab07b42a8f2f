"""What a turn is about, read from the tracker's state."""

import pytest

from assistant.dialogue.turn import Turn
from assistant.settings import get_settings


@pytest.fixture
def configured_language(monkeypatch):
    def configure(code):
        monkeypatch.setenv("KUNTAOPAS_LANGUAGE", code)
        get_settings.cache_clear()

    yield configure
    monkeypatch.undo()
    get_settings.cache_clear()


def test_an_empty_state_is_a_turn_about_nothing(turn):
    made = Turn.from_tracker({}, turn().today)
    assert (made.intent, made.topic, made.need, made.municipality) == (None, None, None, None)
    assert made.language == "en"
    assert made.last_answer == (None, None)


@pytest.mark.parametrize(
    ("slot", "metadata", "language"),
    [
        ("fi", {"language": "sv"}, "fi"),
        (None, {"language": "sv"}, "sv"),
        (None, {}, "en"),
        ("de", {}, "en"),
    ],
)
def test_the_language_is_the_conversation_s_then_the_website_s(turn, slot, metadata, language):
    assert turn(metadata=metadata, language=slot).language == language


def test_the_language_of_the_installation_is_the_last_resort(turn, configured_language):
    configured_language("so")
    assert turn().language == "so"
    assert turn(language="fi").language == "fi"


@pytest.mark.parametrize(
    ("slot", "metadata", "municipality"),
    [
        ("091", {"municipality": "049"}, "091"),
        (None, {"municipality": "049"}, "049"),
        ("unknown", {"municipality": "049"}, None),
        (None, {}, None),
    ],
)
def test_the_municipality_is_what_was_told_then_the_website_s(turn, slot, metadata, municipality):
    assert turn(metadata=metadata, municipality=slot).municipality == municipality


def test_a_button_s_need_comes_before_the_understood_one(turn):
    made = turn("housing", "buying_home", entities={"need": "private_rental"})
    assert made.need == "private_rental"


def test_the_need_of_another_topic_is_not_taken(turn):
    made = turn("nlu_fallback", message={"need": {"name": "housing/buying_home"}})
    assert (made.topic, made.need) == (None, None)


def test_replies_are_no_topic(turn):
    assert turn("inform").topic is None


@pytest.mark.parametrize(
    ("intent", "expected"),
    [
        ("housing", True),
        ("emergency", True),
        ("bot_meta", False),
        ("out_of_scope", False),
        ("deny", False),
    ],
)
def test_a_message_asks_for_a_service_when_a_guide_answers_it(turn, intent, expected):
    assert turn(intent).asked_for_service is expected


@pytest.mark.parametrize(
    ("detected", "expected"),
    [({"code": "th", "served": False}, True), ({"code": "fi", "served": True}, False), ({}, False)],
)
def test_a_language_that_is_not_served_is_noticed(turn, detected, expected):
    assert turn(message={"language": detected}).unserved_language is expected


RANKING = [
    {"name": "bot_meta/thanks", "confidence": 0.4},
    {"name": "housing/buying_home", "confidence": 0.3},
    {"name": "affirm", "confidence": 0.1},
    {"name": "health/dental", "confidence": 0.1},
    {"name": "leisure/library", "confidence": 0.1},
    {"name": "leisure/nature", "confidence": 0.01},
]


def test_the_likeliest_needs_are_offered_without_talk_about_the_assistant(turn):
    made = turn(message={"need": {"ranking": RANKING}})
    assert made.likely_needs() == ["housing/buying_home", "health/dental"]


def test_a_hardly_likely_need_is_not_offered(turn):
    made = turn(message={"need": {"ranking": RANKING}})
    assert "leisure/nature" not in made.likely_needs(limit=9)


def danger(need="violence_now"):
    parsed = {"entities": [], "need": {"name": f"emergency/{need}"}}
    return [
        {"event": "user", "parse_data": parsed},
        {"event": "action", "name": "utter_danger"},
    ]


def test_the_last_answer_is_remembered_in_the_slots(turn):
    assert turn(topic="housing", need=None).last_answer == ("housing", None)


def test_an_emergency_after_an_answer_is_the_last_answer(turn):
    events = [{"event": "action", "name": "action_answer"}, *danger()]
    assert turn(events=events, topic="housing").last_answer == ("emergency", "violence_now")


def test_an_answer_after_an_emergency_is_the_last_answer(turn):
    events = [*danger(), {"event": "action", "name": "action_answer"}]
    assert turn(events=events, topic="housing").last_answer == ("housing", None)


def test_after_starting_over_no_emergency_is_remembered(turn):
    events = [*danger(), {"event": "reset_slots"}]
    assert turn(events=events).last_answer == (None, None)
