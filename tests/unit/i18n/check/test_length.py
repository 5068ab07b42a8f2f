"""A translation of an odd length is named, measured by the others of its language."""

import pytest

from assistant.i18n.check.length import MIN_TEXTS, check_lengths

SOURCE = "Ask the employment office of your own municipality for advice today."


def texts(times=1.0):
    """Translations of 60 texts, each about so many times as long as its source."""
    return {
        f"{SOURCE[:-1]} {chr(97 + row % 26)}{chr(97 + row // 26)}.": "x" * round(60 * times)
        for row in range(MIN_TEXTS + 10)
    }


def found(translations, language="es"):
    return [problem.message for problem in check_lengths(language, translations)]


def test_translations_of_one_length_have_no_problem():
    assert found(texts()) == []


def test_a_language_that_needs_more_letters_has_no_problem():
    assert found(texts(2.5)) == []


@pytest.mark.parametrize("times", [0.4, 2.4])
def test_a_translation_that_is_out_of_proportion_is_named(times):
    assert found({**texts(), SOURCE: "x" * round(58 * times)}) == [SOURCE]


@pytest.mark.parametrize("times", [0.5, 2.0])
def test_a_translation_within_the_bounds_is_none(times):
    assert found({**texts(), SOURCE: "x" * round(58 * times)}) == []


def test_the_yardstick_is_the_language_s_own():
    long, short = texts(2.0), "x" * 46
    assert found({**long, SOURCE: short}) == [SOURCE]
    assert found({**texts(), SOURCE: short}) == []


def test_a_title_may_be_said_in_a_word():
    assert found({**texts(), "General upper secondary school": "Instituto"}) == []


def test_the_finnish_term_and_numbers_are_not_counted():
    source = (
        "Ask the employment office about the school for adults (aikuisten perusopetus), "
        "or call 0800 147 111."
    )
    short = "Fråga om skolan (aikuisten perusopetus) 0800 147 111."
    whole = "Fråga arbetskraftsbyrån om skolan för vuxna (aikuisten perusopetus), 0800 147 111."
    assert found({**texts(), source: short}, "sv") == [source]
    assert found({**texts(), source: whole}, "sv") == []


@pytest.mark.parametrize("translation", ["Ka", "x" * 100])
def test_a_language_of_few_texts_is_measured_by_the_source(translation):
    assert found({"Where is the library of the town?": translation}, "fi")


def test_chinese_needs_few_characters():
    assert found({"Where is the library of the town?": "图书馆在哪里"}, "zh") == []
