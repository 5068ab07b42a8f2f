"""Buttons under services: more of them, narrowed, nearer, in detail."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from assistant.catalogue.hours import ZONE, parse_hours
from assistant.catalogue.model import Address, Area, Batch, Channel, Connection, Service, Source
from assistant.catalogue.opening_time import OpeningTime
from assistant.catalogue.store import open_store
from assistant.dialogue.answers import services_answer
from assistant.dialogue.opening_text import opening_words
from assistant.dialogue.service_view import ServiceView
from assistant.dialogue.services_answer import Wanted, view_answer

CODE = "091"
SOON = datetime.now(ZONE).date() + timedelta(days=8)
#: Only what is always open is open in the evening.
EVENING = OpeningTime(SOON, SOON, "evening").as_text()


@pytest.fixture
def libraries(tmp_path):
    """Five libraries; the third is always open, the fourth serves in Arabic."""
    yield from made(tmp_path, {3: "24/7"}, "mon 9-9.01")


@pytest.fixture
def libraries_without_hours(tmp_path):
    yield from made(tmp_path, {}, None)


@pytest.fixture
def libraries_half_without_hours(tmp_path):
    yield from made(tmp_path, {3: "24/7", 2: "mon 9-9.01"}, None)


def made(folder, hours, other_hours):
    store = open_store(folder / "catalogue.db")
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
        told = hours.get(number, other_hours)
        if told is not None:
            channel.hours = parse_hours(told)
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


def asked(turn, opening=EVENING, **slots):
    return turn(municipality=CODE, message={"opening": opening}, **slots)


def seen(turn, store):
    return services_answer(turn(municipality=CODE), "leisure", None, store).view


def test_open_at_a_time_leaves_what_is_open_then_and_says_when(turn, libraries, shown):
    answer = view_answer(asked(turn), "open_at", shown, libraries)
    assert ids(answer) == ["3"]
    words = opening_words(OpeningTime(SOON, SOON, "evening"), "en")
    assert answer.messages[0]["text"] == f"Open at this time: {words}\nKirjasto 3: 0–24"
    assert "/services/all" in payloads(answer)
    assert answer.view.open_at == EVENING


def test_more_of_what_is_open_at_a_time_stays_open_at_it(turn, libraries, shown):
    narrowed = view_answer(asked(turn), "open_at", shown, libraries).view
    assert ids(view_answer(turn(municipality=CODE), "more", narrowed, libraries)) == []


def test_all_services_come_back(turn, libraries, shown):
    narrowed = view_answer(asked(turn), "open_at", shown, libraries).view
    answer = view_answer(turn(municipality=CODE), "all", narrowed, libraries)
    assert len(ids(answer)) == 3
    assert not answer.view.is_narrowed


def test_open_now_after_another_time_takes_its_place(turn, libraries, shown):
    narrowed = view_answer(asked(turn), "open_at", shown, libraries).view
    view = view_answer(turn(municipality=CODE), "open_now", narrowed, libraries).view
    assert (view.open_now, view.open_at) == (True, None)


def test_nothing_open_at_a_time_says_so_and_offers_all(turn, libraries, shown):
    arabic = view_answer(turn(municipality=CODE, language="ar"), "in_my_language", shown, libraries)
    answer = view_answer(asked(turn, language="ar"), "open_at", arabic.view, libraries)
    assert ids(answer) == []
    assert payloads(answer) == ["/services/all"]
    assert answer.view is None  # what was shown stays shown


def test_hours_that_nobody_knows_are_not_told_as_closed(turn, libraries_without_hours):
    view = seen(turn, libraries_without_hours)
    for wanted in ("open_at", "open_now"):
        answer = view_answer(asked(turn), wanted, view, libraries_without_hours)
        assert answer.messages[0]["text"] == "I do not know the opening hours. Ask the service."
        assert payloads(answer) == ["/services/all"]


def test_hours_of_some_that_are_not_known_are_mentioned(turn, libraries_half_without_hours):
    view = seen(turn, libraries_half_without_hours)
    answer = view_answer(asked(turn), "open_at", view, libraries_half_without_hours)
    assert ids(answer) == ["3"]
    assert "For some services I do not know the opening hours." in answer.messages[0]["text"]


def test_one_service_is_said_to_be_open_or_not_with_its_hours(turn, libraries, shown):
    number = [one.split(":")[-1] for one in shown.last].index("3") + 1
    opened = view_answer(asked(turn), f"open_at_{number}", shown, libraries).messages[0]
    assert opened["text"].startswith("Open at this time: ")
    other = view_answer(asked(turn), f"open_at_{number % 3 + 1}", shown, libraries)
    assert other.messages[0]["text"].startswith("Not open at this time: ")
    assert "Opening hours:" in other.messages[0]["text"]
    assert other.view.focus == other.messages[0]["cards"][0]["id"]
    assert other.view.last == shown.last


def test_one_service_without_hours_is_not_said_to_be_closed(turn, libraries_without_hours):
    view = seen(turn, libraries_without_hours)
    answer = view_answer(asked(turn), "open_at_1", view, libraries_without_hours)
    assert "I do not know the opening hours." in answer.messages[0]["text"]
    assert "Not open" not in answer.messages[0]["text"]


def test_a_number_that_was_not_shown_is_asked_again(turn, libraries, shown):
    answer = view_answer(asked(turn), "open_at_7", shown, libraries)
    assert payloads(answer) == [f"/services/hours/{number}" for number in (1, 2, 3)]


def test_the_hours_of_one_are_told_without_the_rest(turn, libraries, shown):
    text = view_answer(turn(municipality=CODE), "hours_1", shown, libraries).messages[0]["text"]
    assert "Opening hours:" in text
    assert "Kirjoja ja lehtiä" not in text


def test_hours_that_are_not_known_are_told_so(turn, libraries_without_hours):
    view = seen(turn, libraries_without_hours)
    answer = view_answer(turn(municipality=CODE), "hours_1", view, libraries_without_hours)
    assert "I do not know the opening hours. Ask the service." in answer.messages[0]["text"]


def test_another_language_than_the_persons_can_be_asked_for(turn, libraries, shown):
    answer = view_answer(turn(municipality=CODE), "in_language_ar", shown, libraries)
    assert ids(answer) == ["4"]
    assert answer.messages[0]["text"].endswith("in this language: Arabic")
    none = view_answer(turn(municipality=CODE), "in_language_so", shown, libraries)
    assert "in this language: Somali. Ask" in none.messages[0]["text"]
    assert payloads(none) == ["/services/all"]


@pytest.mark.parametrize(
    "wanted, opening, expected",
    [
        ("details_2", None, Wanted("details", number=2)),
        ("in_language_so", None, Wanted("in_language", "so")),
        ("in_language", None, Wanted("in_my_language")),
        ("open_at", None, Wanted("open_now")),
        ("open_at_1", "nonsense", Wanted("open_now", number=1)),
        ("more", EVENING, Wanted("more")),
        ("details_abc", None, Wanted("details")),
        ("", None, Wanted("more")),
    ],
)
def test_what_is_wanted_is_read_whatever_it_is(wanted, opening, expected):
    assert Wanted.of(wanted, opening) == expected


@pytest.mark.parametrize(
    "language, opening, words",
    [
        ("en", OpeningTime(date(2026, 11, 25), date(2026, 11, 25)), "Wednesday, November 25, 2026"),
        (
            "fi",
            OpeningTime(date(2026, 11, 25), date(2026, 11, 25), "evening"),
            "keskiviikko 25. marraskuuta 2026, 17–22",
        ),
        (
            "zh",
            OpeningTime(date(2026, 11, 28), date(2026, 11, 29)),
            "2026年11月28日星期六 – 2026年11月29日星期日",
        ),
        (
            "sv",
            OpeningTime(date(2026, 11, 25), date(2026, 11, 25), clock=time(18, 0)),
            "onsdag 25 november 2026, 18:00",
        ),
        (
            "fr",
            OpeningTime(date(2026, 11, 25), date(2026, 11, 25), "night"),
            "mercredi 25 novembre 2026, 22–6",
        ),
    ],
)
def test_an_opening_time_is_told_with_its_date_in_the_persons_language(language, opening, words):
    assert opening_words(opening, language) == words
