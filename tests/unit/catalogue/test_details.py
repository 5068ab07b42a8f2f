from datetime import datetime

from assistant.catalogue.details import details
from assistant.catalogue.hours import parse_hours
from assistant.catalogue.model import Address, Channel, Hours

from .conftest import service

NOW = datetime(2026, 11, 24, 10, 0)


def test_every_text_says_in_which_language_it_is():
    item = service(descriptions={"fi": "Kuvaus"}, requirements={"en": "Bring an id", "fi": "Tuo"})
    assert details(item, "en", NOW)["texts"] == [
        {"name": "description", "text": "Kuvaus", "language": "fi"},
        {"name": "requirements", "text": "Bring an id", "language": "en"},
    ]


def test_a_place_has_the_hours_of_seven_days_its_map_and_its_accessibility():
    item = service()
    item.channels = [
        Channel(
            "c",
            "location",
            names={"fi": "Pääkirjasto"},
            addresses=[Address({"fi": "Katu 1"}, "20100", {"fi": "Turku"}, "853", 60.45, 22.27)],
            hours=parse_hours("mon-fri 9-16"),
            accessibility={"fi": ["Ovi on leveä."]},
        )
    ]
    place = details(item, "sv", NOW)["places"][0]
    assert place["name"] == "Pääkirjasto"
    assert place["addresses"][0]["address"] == "Katu 1, 20100 Turku"
    assert "60.45" in place["addresses"][0]["map_url"]
    assert place["hours"][0] == {"date": "2026-11-24", "open": "9–16", "on_reservation": None}
    assert len(place["hours"]) == 7
    assert place["accessibility"] == {"sentences": ["Ovi on leveä."], "language": "fi"}


def test_hours_that_are_only_words_are_told_as_words():
    item = service()
    channel = Channel("c", "location", addresses=[Address({"fi": "Katu 1"})])
    channel.hours = Hours(raw_text={"fi": "sopimuksen mukaan"})
    item.channels = [channel]
    place = details(item, "en", NOW)["places"][0]
    assert place["hours"] == []
    assert place["hours_text"] == {"text": "sopimuksen mukaan", "language": "fi"}
