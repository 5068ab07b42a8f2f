"""Responses of the domain as messages, emergencies and apologies."""

import pytest

from assistant.dialogue.apology import apology
from assistant.dialogue.emergency_answer import emergency_message
from assistant.dialogue.responses import domain_responses, respond
from assistant.guidance import load_guides, load_topics
from assistant.i18n import COMPLETE, SERVED, direction, translator

OWN = [name for name in domain_responses() if "/" not in name and "utter_topic_" not in name]
EMERGENCIES = [need.split("/")[1] for need in load_topics().needs_of("emergency")]


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("language", COMPLETE)
def test_a_response_is_a_message_in_the_person_s_language(turn, name, language):
    made = respond(name, turn(language=language))
    assert made["text"]
    assert (made["language"], made["direction"]) == (language, direction(language))
    if language != "en":
        assert made["text"] != respond(name, turn(language="en"))["text"]


def test_a_response_that_does_not_exist_is_an_error(turn):
    with pytest.raises(KeyError):
        respond("utter_no_such_thing", turn())


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("utter_greeting", 8),
        ("utter_which_languages", len(SERVED)),
        ("utter_ask_municipality", 7),
        ("utter_are_you_human", 1),
        ("utter_ask_situation", 9),
        ("utter_thanks", 0),
    ],
)
def test_a_response_offers_the_buttons_that_the_domain_lists(turn, name, count):
    assert len(respond(name, turn())["buttons"]) == count


def test_buttons_of_the_domain_are_translated(turn):
    titles = [
        button["title"] for button in respond("utter_ask_situation", turn(language="fi"))["buttons"]
    ]
    assert titles[0] == translator("fi").gettext("I am an unemployed jobseeker")


@pytest.mark.parametrize("need", [*EMERGENCIES, None])
@pytest.mark.parametrize("language", SERVED)
def test_danger_is_answered_with_its_guide_and_a_number(turn, need, language):
    made = respond("utter_danger", turn("emergency", need, language=language))
    assert made["kind"] == "emergency"
    numbers = made["text"] + str(made["cards"])
    assert "112" in numbers


def test_danger_without_a_guide_still_names_112(turn, monkeypatch):
    empty = type(load_guides())({})
    monkeypatch.setattr("assistant.dialogue.emergency_answer.load_guides", lambda: empty)
    assert emergency_message(turn("emergency")) is None
    assert "112" in respond("utter_danger", turn("emergency"))["text"]


def test_danger_with_broken_contacts_is_still_answered(turn, monkeypatch):
    def broken(*_):
        raise OSError("contacts")

    monkeypatch.setattr("assistant.catalogue.national_cards", broken)
    made = emergency_message(turn("emergency", "violence_now"))
    assert made["text"] and made["cards"] == []


def test_danger_in_a_language_that_is_not_served_offers_the_languages(turn):
    unserved = {"language": {"code": "th", "served": False}}
    payloads = [
        one["payload"] for one in emergency_message(turn("emergency", message=unserved))["buttons"]
    ]
    assert "/language/ar" in payloads


@pytest.mark.parametrize("language", SERVED)
def test_an_apology_names_112_in_each_language(language):
    made = apology(language)
    assert (made["kind"], made["language"]) == ("error", language)
    assert "112" in made["text"]


def test_an_apology_in_a_language_that_is_not_served_is_in_english():
    assert apology("th")["language"] == "en"
