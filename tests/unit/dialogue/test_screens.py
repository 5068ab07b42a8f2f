"""How much an answer gives to read at once."""

import pytest

from assistant.dialogue.screens import (
    MOST_WORDS,
    Screen,
    check_screens,
    measure_screens,
    median_words,
)
from assistant.guidance import load_guides


@pytest.fixture(scope="module")
def screens():
    return measure_screens(["en", "zh"])


def test_every_guide_is_measured_in_every_language(screens):
    for language in ("en", "zh"):
        measured = {one.name for one in screens if one.language == language and one.is_guide}
        assert measured == set(load_guides().guides)


def test_the_answer_to_a_person_s_own_case_is_measured_too(screens):
    assert {one.name for one in screens if not one.is_guide} == {
        "assessment/whom_to_ask",
        "assessment/meeting",
        "assessment/refusal_and_more",
    }


def test_a_message_that_is_too_long_is_named_with_its_language():
    screens = [
        Screen("housing", "en", MOST_WORDS),
        Screen("housing", "fr", MOST_WORDS + 1),
        Screen("housing", "es", MOST_WORDS + 20),
    ]
    assert [str(problem) for problem in check_screens(screens)] == [
        "es: long answer: 'housing' 110 words on a screen (at most 90)",
        "fr: long answer: 'housing' 91 words on a screen (at most 90)",
    ]


def test_the_median_is_of_guides_alone():
    screens = [Screen("housing", "en", words) for words in (10, 20, 40)]
    screens.append(Screen("assessment/meeting", "en", 90))
    assert median_words(screens) == {"en": 20}


def test_no_answer_is_too_long_to_read_at_once():
    assert [str(problem) for problem in check_screens(measure_screens())] == []
