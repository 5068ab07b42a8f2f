"""A guide as text: what to do, where, what else to know."""

import dataclasses
from datetime import date

import pytest

from assistant.dialogue.guide_text import guide_screens, guide_text, simple_text
from assistant.guidance import load_guides
from assistant.guidance.guides import parse_guide
from assistant.i18n import COMPLETE, translator

ENGLISH = translator("en")
GUIDE = parse_guide(
    "housing/x",
    {
        "title": "A home",
        "do": ["Ask.", "Wait."],
        "where": "The city.",
        "know": ["It takes time."],
        "sources": [],
        "checked": date(2026, 1, 1),
    },
    {},
)
OLD = "This may have changed. Check it with the office."
LAW = "The law may have changed. Check this with the authority."


def lines(guide=GUIDE, on=None):
    return guide_text(guide, ENGLISH, on).splitlines()


def test_steps_come_first_then_the_place_then_what_else_to_know():
    assert lines() == [
        "A home",
        "1. Ask.",
        "2. Wait.",
        "Where: The city.",
        "Good to know:",
        "• It takes time.",
    ]


def test_a_single_step_has_no_number():
    assert lines(dataclasses.replace(GUIDE, do=("Ask.",)))[1] == "Ask."


def test_parts_that_are_empty_have_no_heading():
    assert lines(dataclasses.replace(GUIDE, where="", know=())) == ["A home", "1. Ask.", "2. Wait."]


def test_facts_from_older_sources_say_that_they_have_to_be_checked():
    assert lines(dataclasses.replace(GUIDE, status="dated"))[-1] == OLD


def test_an_emergency_does_not_ask_for_checking():
    assert OLD not in lines(dataclasses.replace(GUIDE, id="emergency/x", status="dated"))


@pytest.mark.parametrize(
    ("day", "warned"),
    [
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), True),
    ],
)
def test_a_guide_out_of_its_time_says_so_first(day, warned):
    limited = dataclasses.replace(
        GUIDE, valid_from=date(2026, 7, 1), valid_until=date(2026, 12, 31)
    )
    assert (lines(limited, day)[0] == LAW) is warned


def test_the_shortest_form_is_the_simple_text_or_the_first_step():
    assert simple_text(GUIDE, ENGLISH) == "Ask."
    assert simple_text(dataclasses.replace(GUIDE, simple="Just ask."), ENGLISH) == "Just ask."


@pytest.mark.parametrize("language", [code for code in COMPLETE if code != "en"])
def test_a_guide_is_shown_in_the_person_s_language(language):
    guide = load_guides().find("initial_assessment", "what_is_it")
    shown = guide_text(guide, translator(language)).splitlines()
    assert not set(shown) & set(guide_text(guide, ENGLISH).splitlines())


def test_what_else_to_know_of_a_long_guide_has_a_message_of_its_own():
    long = dataclasses.replace(GUIDE, do=("Ask the office about it now. " * 14,))
    first, second = guide_screens(long, ENGLISH)
    assert first.endswith("Where: The city.")
    assert second.splitlines() == ["Good to know:", "• It takes time."]


def test_a_short_guide_is_one_message():
    assert guide_screens(GUIDE, ENGLISH) == [guide_text(GUIDE, ENGLISH)]
