"""What is typed about the services that are shown, in all languages, and what is something else."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path

import pytest
import yaml

from assistant.catalogue.hours import ZONE
from assistant.catalogue.opening_time import OpeningTime
from assistant.dialogue.view_titles import TITLES
from assistant.i18n import COMPLETE, translator
from assistant.nlu.gazetteers import FOLDER
from assistant.nlu.view_lexicon import LISTS, VALUED, one_letter_off
from assistant.nlu.view_requests import LAST, ViewRequests
from assistant.nlu.words import read_lists

HERE = Path(__file__).parent
#: A Tuesday.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)
TABLE = [
    (language, str(text), expected)
    for language, messages in yaml.safe_load(
        (HERE / "view_requests.yml").read_text(encoding="utf-8")
    ).items()
    for text, expected in messages.items()
]
HELD_OUT = [
    json.loads(line)
    for line in (HERE / "view_requests_heldout.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def requests() -> ViewRequests:
    return ViewRequests.load()


def in_words(request) -> str:
    if request is None:
        return "none"
    number = "last" if request.number == LAST else request.number
    parts = (request.view, number, request.opening and request.opening.as_text(), request.language)
    return " ".join(str(part) for part in parts if part)


@pytest.mark.parametrize("language, text, expected", TABLE)
def test_a_message_asks_for_the_services_otherwise_or_for_something_else(
    requests, language, text, expected
):
    assert in_words(requests.read(text, language, NOW)) == expected


def test_the_table_has_every_language_and_enough_of_both_kinds():
    asked = [language for language, _, expected in TABLE if expected != "none"]
    assert {language for language, _, _ in TABLE} == set(COMPLETE)
    assert len(asked) >= 120 and len(TABLE) - len(asked) >= 50


@pytest.mark.parametrize("language", COMPLETE)
@pytest.mark.parametrize("view", TITLES)
def test_the_title_of_a_button_is_the_same_as_the_button(requests, language, view):
    title = translator(language).gettext(TITLES[view])
    assert in_words(requests.read(title, language, NOW)) == view


@pytest.mark.parametrize(
    "language, text", [("ar", "open now?"), ("so", "auki huomenna"), (None, "öppet nu?")]
)
def test_a_few_words_of_another_language_are_read_too(requests, language, text):
    assert requests.read(text, language, NOW) is not None


def test_a_word_that_is_the_name_of_a_town_too_is_not_read_in_another_language(requests):
    assert requests.read("Lahti", "fi", NOW) is None


def test_words_that_are_in_no_list_matter_unless_the_message_names_the_need_that_is_shown(requests):
    text = "is the library open tomorrow?"
    assert requests.read(text, "en", NOW) is None
    assert in_words(requests.read(text, "en", NOW, about_shown=True)) == "open_at 2026-11-25"


def test_the_need_that_is_shown_does_not_make_everything_a_request(requests):
    assert requests.read("how do I open a library account", "en", NOW, about_shown=True) is None


def test_a_long_message_is_never_a_request(requests):
    assert requests.read("show me more " * 20, "en", NOW) is None


@pytest.mark.parametrize(
    "language, text, expected",
    [
        ("en", "I need a dentist that is open tomorrow", "2026-11-25"),
        ("fi", "tarvitsen hammaslääkärin joka on auki lauantaina", "2026-11-28"),
        ("zh", "我需要明天开门的牙医", "2026-11-25"),
        ("en", "I want to open a company tomorrow morning", None),
        ("en", "the restaurant where I worked closes on Monday", None),
        ("en", "I need a dentist tomorrow", None),
        (None, "open tomorrow", None),
    ],
)
def test_a_need_names_a_time_to_be_open_only_beside_a_word_for_it(
    requests, language, text, expected
):
    found = requests.opening_of(text, language, NOW)
    assert (found.as_text() if found else None) == expected


@pytest.mark.parametrize(
    "language, text, expected",
    [
        ("en", "is it open at 6?", "hours"),
        ("en", "is it open at 6 tomorrow?", "open_at 2026-11-25"),
        ("fi", "onko auki klo 6 huomenna", "open_at 2026-11-25T06:00"),
        ("en", "is it open at 6 in the evening", "open_at 2026-11-24T18:00"),
        ("en", "open today in the morning?", "open_at 2026-11-24-morning"),
        ("en", "open at 9 am?", "hours"),
        ("en", "open next tuesday?", "open_at 2026-12-01"),
        ("en", "open on tuesday?", "open_at 2026-11-24"),
        ("en", "open on saturday and sunday?", "open_at 2026-11-28/2026-11-29"),
        ("en", "open on monday and friday?", "none"),
        ("fi", "auki lauantaina 28.11.", "open_at 2026-11-28"),
        ("fi", "auki sunnuntaina 28.11.", "none"),
    ],
)
def test_a_time_that_may_be_two_is_not_guessed(requests, language, text, expected):
    assert in_words(requests.read(text, language, NOW)) == expected


def test_held_out_messages_are_read_rightly(requests):
    right, wrong, missed = 0, [], []
    for row in HELD_OUT:
        opening = row.get("opening")
        number = "last" if row.get("number") == LAST else row.get("number")
        parts = (row["view"], number, opening, row.get("spoken"))
        expected = " ".join(str(part) for part in parts if part) if row["view"] else "none"
        found = in_words(requests.read(row["text"], row["language"], NOW))
        if found == "none" and expected != "none":
            missed.append(row["text"])
        elif found != expected:
            wrong.append((row["text"], found))
        elif expected != "none":
            right += 1
    assert wrong == []
    assert right / (right + len(missed)) >= 0.95, missed


def test_every_language_has_the_lists_that_the_reader_knows():
    lists = read_lists(FOLDER / "view_requests.yml")
    assert set(lists) == set(COMPLETE)
    known = {*LISTS, *VALUED, "doubtful", "prefixes", "suffixes"}
    for language, parts in lists.items():
        assert set(parts) <= known, language
        assert sorted(parts["weekdays"]) == [str(day) for day in range(7)], language


@pytest.mark.parametrize(
    "word, meant, expected",
    [
        ("opne", "open", True),
        ("tomorow", "tomorrow", True),
        ("saturdey", "saturday", True),
        ("opened", "opening", False),
        ("работаю", "работают", False),
        ("near", "nearer", False),
        ("cat", "car", False),
    ],
)
def test_one_wrong_letter_of_a_longer_word_does_not_matter(word, meant, expected):
    assert one_letter_off(word, meant) is expected


@pytest.mark.parametrize(
    "opening",
    [
        OpeningTime(date(2026, 11, 25), date(2026, 11, 25)),
        OpeningTime(date(2026, 11, 25), date(2026, 11, 25), "evening"),
        OpeningTime(date(2026, 11, 28), date(2026, 11, 29)),
        OpeningTime(date(2026, 11, 25), date(2026, 11, 25), clock=time(18, 30)),
    ],
)
def test_an_opening_time_survives_as_text(opening):
    assert OpeningTime.from_text(opening.as_text()) == opening


@pytest.mark.parametrize(
    "text", [None, "", "tomorrow", "2026-13-01", "2026-11-29/2026-11-28", "2026-11-25T25:00"]
)
def test_other_text_is_no_opening_time(text):
    assert OpeningTime.from_text(text) is None


def test_what_is_past_of_a_day_does_not_count():
    today = OpeningTime(NOW.date(), NOW.date())
    window = today.window(NOW)
    assert window is not None and window[0] == NOW
    assert OpeningTime(date(2026, 11, 23), date(2026, 11, 23)).window(NOW) is None
