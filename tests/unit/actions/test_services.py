"""The buttons under services, and the question for a place."""

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer
from actions.services import ActionServiceView, ValidatePlaceForm
from assistant.dialogue.responses import domain_responses

from .conftest import make_tracker


def checked(value, intent="out_of_scope", **state):
    dispatcher = CollectingDispatcher()
    tracker = make_tracker(intent, **state)
    found = ValidatePlaceForm().validate_place(value, dispatcher, tracker, {})
    return found["place"], [message["text"] for message in dispatcher.messages]


@pytest.fixture
def shown(play):
    """The services of an answer in the fictional municipality, as the slot keeps them."""
    return play(ActionAnswer(), "leisure", "library", municipality="999").slots["service_view"]


def press(play, view, shown, **slots):
    entities = {"view": view} if view else {}
    return play(
        ActionServiceView(),
        "services",
        entities=entities,
        service_view=shown,
        municipality="999",
        **slots,
    )


def test_more_services_are_shown_and_remembered(play, shown):
    played = press(play, "more", shown)
    cards = played.messages[0]["cards"]
    assert cards and not {card["id"] for card in cards} & set(shown["shown"])
    assert played.slots["service_view"]["last"] == [card["id"] for card in cards]


def test_what_was_typed_about_one_of_them_is_answered_as_a_button(play, shown):
    played = press(play, "hours_2", shown)
    assert played.messages[0]["cards"][0]["id"] == shown["last"][1]
    assert played.slots["service_view"]["focus"] == shown["last"][1]


def test_nearer_asks_for_a_place_that_is_not_known(play, shown):
    played = press(play, "near", shown)
    assert (played.texts, played.next_actions) == ([], ["place_form"])


def test_after_the_place_was_told_the_nearest_are_shown(play, shown):
    place = {"latitude": 60.99, "longitude": 25.1}
    played = press(play, None, shown, place=place, loop="place_form")
    assert played.messages[0]["cards"]
    assert played.slots["service_view"]["near"] == (60.99, 25.1)
    assert played.ends_question


def test_a_person_who_does_not_tell_the_place_sees_other_services(play, shown):
    played = press(play, None, shown, place="unknown", loop="place_form")
    assert played.next_actions == []
    assert played.messages


def test_a_place_is_found_by_the_postal_code_in_a_reply(own_services, monkeypatch):
    monkeypatch.setattr(
        own_services, "place_coordinates", lambda name: (60.2, 24.9) if name == "00530" else None
    )
    assert checked("I live in 00530 Helsinki") == ({"latitude": 60.2, "longitude": 24.9}, [])


def test_a_place_that_is_not_known_is_asked_again():
    expected = [domain_responses()["utter_unknown_place"][0]["text"]]
    assert checked("Atlantis") == (None, expected)


@pytest.mark.parametrize("intent", ["dont_know", "deny"])
def test_a_person_need_not_tell_the_place(intent):
    assert checked("no", intent) == ("unknown", [])


def test_a_button_of_another_question_is_no_place():
    assert checked('/inform{"municipality": "091"}', "inform") == (None, [])


def test_the_button_that_asks_for_the_place_is_no_wrong_reply():
    assert checked("near", "services", entities={"view": "near"}) == (None, [])
