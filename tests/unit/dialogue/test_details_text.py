import pytest

from assistant.dialogue.details_text import details_text, language_name, shortened
from assistant.i18n import translator


def details(**changes):
    return {
        "title": "Library",
        "summary": "Books.",
        "text_language": "en",
        "texts": [],
        "places": [],
        "channels": [],
        **changes,
    }


def place(**changes):
    return {
        "name": "Main",
        "addresses": [{"address": "Street 1", "map_url": None}],
        "hours": [],
        "hours_text": None,
        "accessibility": None,
        **changes,
    }


def test_hours_that_have_to_be_booked_say_so():
    hours = [{"date": "2026-11-24", "open": "9–12", "on_reservation": "12–16"}]
    text = details_text(details(places=[place(hours=hours)]), translator("en"))
    assert "Tue 24.11. 9–12, 12–16 by appointment" in text


def test_hours_in_words_are_given_as_they_are():
    told = place(hours_text={"text": "sopimuksen mukaan", "language": "fi"})
    text = details_text(details(places=[told]), translator("en"))
    assert "Opening hours:\nsopimuksen mukaan" in text


def test_several_places_are_told_apart_by_name():
    text = details_text(details(places=[place(), place(name="Branch")]), translator("en"))
    assert "Main\nStreet 1" in text and "Branch\nStreet 1" in text


def test_accessibility_is_told():
    told = place(accessibility={"sentences": ["The door is wide."], "language": "en"})
    text = details_text(details(places=[told]), translator("en"))
    assert "Accessibility:\nThe door is wide." in text


def test_a_long_text_ends_after_a_sentence():
    text = "One two three four five. " * 40
    assert shortened(text).endswith("five.")
    assert len(shortened(text).split()) <= 60


@pytest.mark.parametrize("language", "fi sv en ru uk et ar so fa tr zh es fr".split())
def test_every_served_language_has_a_name_for_finnish(language):
    assert language_name("fi", language) != "fi"
