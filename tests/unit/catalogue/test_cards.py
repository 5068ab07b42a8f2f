from datetime import datetime

import pytest

from assistant.catalogue import card
from assistant.catalogue.model import Address, Channel, Phone

from .conftest import service

NOW = datetime(2026, 11, 24, 10, 0)
KEYS = set(
    "id title summary provider municipality address phones url e_service_url form_url map_url "
    "open_now hours_today languages cost text_language checked source kind when".split()
)


def test_a_card_has_exactly_the_agreed_keys():
    assert set(card(service(), "fi", NOW)) == KEYS


@pytest.mark.parametrize(
    "names, wanted, expected",
    [
        ({"fi": "F", "sv": "S", "en": "E", "ar": "A"}, "ar", "ar"),
        ({"fi": "F", "sv": "S", "en": "E"}, "ar", "en"),
        ({"fi": "F", "sv": "S"}, "ar", "fi"),
        ({"sv": "S"}, "ar", "sv"),
        ({"ru": "R"}, "ar", "ru"),
    ],
)
def test_the_language_falls_back_and_is_told(names, wanted, expected):
    shown = card(service(names=names), wanted, NOW)
    assert (shown["title"], shown["text_language"]) == (names[expected], expected)


def test_title_and_summary_are_in_one_language():
    shown = card(service(names={"fi": "F", "en": "E"}, summaries={"fi": "f"}), "en", NOW)
    assert (shown["title"], shown["summary"], shown["text_language"]) == ("F", "f", "fi")


@pytest.mark.parametrize(
    "number, shown",
    [
        ("09 310 1691", "+358 9 3101691"),
        ("+358 (0)9 310 1691", "+358 9 3101691"),
        ("116 117", "116 117"),
        ("112", "112"),
        ("080005005", "080005005"),
        ("ask at the desk", "ask at the desk"),
    ],
)
def test_phones_are_shown_so_that_they_can_be_dialled(number, shown):
    item = service()
    item.channels = [Channel("c", "phone", phones=[Phone(number)])]
    assert card(item, "fi", NOW)["phones"][0]["number"] == shown


def test_one_number_is_shown_once():
    item = service()
    item.channels = [
        Channel("a", "phone", phones=[Phone("09 310 1691")]),
        Channel("b", "location", phones=[Phone("+358 9 310 1691")]),
    ]
    assert len(card(item, "fi", NOW)["phones"]) == 1


def test_of_several_places_the_one_at_home_is_shown():
    item = service()
    addresses = [
        Address({"fi": "Katu 1"}, "20100", {"fi": "TURKU"}, "853"),
        Address({"fi": "Katu 2"}, "00100", {"fi": "HELSINKI"}, "091", 60.17, 24.94),
    ]
    item.channels = [Channel("c", "location", addresses=addresses)]
    shown = card(item, "fi", NOW, municipality="091")
    assert shown["address"] == "Katu 2, 00100 HELSINKI"
    assert "60.17000" in shown["map_url"]


def test_an_own_service_shows_every_feature_of_a_card(own):
    shown = card(own.get("own:service:rental-homes"), "en", NOW)
    assert all(shown[key] is not None and shown[key] != [] for key in KEYS - {"when"})
    assert "fictional" in shown["provider"] and "ictional" in shown["source"]
