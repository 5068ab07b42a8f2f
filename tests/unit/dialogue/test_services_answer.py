"""Buttons under services: more of them, narrowed, nearer, in detail."""

from __future__ import annotations

import pytest

from assistant.catalogue.hours import parse_hours
from assistant.catalogue.model import Address, Area, Batch, Channel, Connection, Service, Source
from assistant.catalogue.store import open_store
from assistant.dialogue.answers import services_answer
from assistant.dialogue.service_view import ServiceView
from assistant.dialogue.services_answer import view_answer

CODE = "091"


@pytest.fixture
def libraries(tmp_path):
    """Five libraries; the third is always open, the fourth serves in Arabic."""
    store = open_store(tmp_path / "catalogue.db")
    batch = Batch()
    for number in range(1, 6):
        service = Service(
            f"test:service:{number}",
            {"fi": f"Kirjasto {number}"},
            Source("Test"),
            descriptions={"fi": "Kirjoja ja lehtiä."},
            topics=["leisure"],
            languages=["fi", "ar"] if number == 4 else ["fi"],
            area=Area("limited", [CODE]),
        )
        address = Address(
            {"fi": f"Katu {number}"}, "00100", {"fi": "Helsinki"}, CODE, 60.1 + number / 10, 24.9
        )
        channel = Channel(f"test:channel:{number}", "location", addresses=[address])
        channel.hours = parse_hours("24/7") if number == 3 else parse_hours("mon 9-9.01")
        batch.services.append(service)
        batch.channels.append(channel)
        batch.connections.append(Connection(service.id, channel.id))
    store.replace("test", "one", batch, {})
    yield store
    store.close()


@pytest.fixture
def shown(turn, libraries):
    return services_answer(turn(municipality=CODE), "leisure", None, libraries).view


def ids(answer):
    return [card["id"].split(":")[-1] for card in answer.messages[0]["cards"]]


def payloads(answer):
    return [button["payload"] for button in answer.messages[0]["buttons"]]


def test_services_come_with_buttons_to_see_more_and_to_narrow_them(turn, libraries):
    answer = services_answer(turn(municipality=CODE), "leisure", None, libraries)
    assert len(ids(answer)) == 3
    assert payloads(answer) == [
        "/services/more",
        "/services/details",
        "/services/near",
        "/services/open_now",
        "/services/in_my_language",
    ]


def test_more_shows_the_rest_and_then_says_that_it_was_all(turn, libraries, shown):
    person = turn(municipality=CODE)
    rest = view_answer(person, "more", shown, libraries)
    assert len(ids(rest)) == 2
    assert not set(rest.view.last) & set(shown.last)
    assert "/services/more" not in payloads(rest)
    end = view_answer(person, "more", rest.view, libraries)
    assert end.messages[0]["text"] == "I have shown all the services that I know for this."


def test_open_now_leaves_what_is_open(turn, libraries, shown):
    assert ids(view_answer(turn(municipality=CODE), "open_now", shown, libraries)) == ["3"]


def test_in_my_language_leaves_what_serves_in_it(turn, libraries, shown):
    person = turn(municipality=CODE, language="ar")
    assert ids(view_answer(person, "in_my_language", shown, libraries)) == ["4"]


def test_a_language_in_which_nobody_serves_is_told_with_the_way_to_an_interpreter(
    turn, libraries, shown
):
    answer = view_answer(turn(municipality=CODE, language="en"), "in_my_language", shown, libraries)
    assert "interpreter" in answer.messages[0]["text"]


def test_nearer_asks_for_the_place_first(turn, libraries, shown):
    answer = view_answer(turn(municipality=CODE), "near", shown, libraries)
    assert (answer.messages, answer.form) == ([], "place_form")


def test_once_the_place_is_known_the_nearest_come_first(turn, libraries, shown):
    person = turn(municipality=CODE, place={"latitude": 60.6, "longitude": 24.9})
    answer = view_answer(person, "near", shown, libraries)
    assert ids(answer) == ["5", "4", "3"]
    assert answer.messages[0]["cards"][0]["distance_km"] < 1
    assert answer.view.near == (60.6, 24.9)


def test_details_of_several_services_ask_which_one(turn, libraries, shown):
    answer = view_answer(turn(municipality=CODE), "details", shown, libraries)
    assert payloads(answer) == [f"/services/details/{number}" for number in (1, 2, 3)]
    assert answer.view == shown


def test_details_have_the_hours_of_the_week_the_address_and_the_language_of_the_text(
    turn, libraries, shown
):
    answer = view_answer(turn(municipality=CODE), "details_1", shown, libraries)
    text = answer.messages[0]["text"]
    assert "Kirjoja ja lehtiä.\n\nThis text is in this language: Finnish" in text
    assert "00100 Helsinki" in text and "openstreetmap" in text
    assert text.count("closed") == 6
    assert answer.messages[0]["cards"][0]["id"] == shown.last[0]


def test_a_number_that_was_not_shown_has_no_details(turn, libraries, shown):
    answer = view_answer(turn(municipality=CODE), "details_9", shown, libraries)
    assert answer.messages[0]["cards"] == []


def test_a_button_without_services_asks_for_the_need(turn, libraries):
    assert view_answer(turn(), "more", None, libraries).messages[0]["kind"] == "question"


def test_a_catalogue_that_is_down_is_said_so(turn, shown):
    assert view_answer(turn(), "more", shown, None).messages[0]["kind"] == "error"


def test_a_view_survives_the_tracker(shown):
    assert ServiceView.from_slot(shown.as_slot()) == shown
    assert ServiceView.from_slot(None) is None
