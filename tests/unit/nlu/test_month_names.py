"""Names of months that CLDR has in the served languages, whichever they are."""

import pytest

from assistant.nlu import month_names
from assistant.nlu.words import phrase_key


@pytest.fixture
def named(monkeypatch):
    """The months that a phrase is a name of, when these languages are served."""

    def named(phrase, *served):
        monkeypatch.setattr(month_names, "SERVED", served)
        words = phrase_key(phrase).split()
        found = month_names.month_names({}).at(words, 0)
        return found[0].number if found and found[1] == len(words) else None

    return named


@pytest.mark.parametrize(
    ("language", "phrase", "number"),
    [
        ("vi", "tháng 3", 3),
        ("vi", "thang 12", 12),
        ("vi", "tháng 13", None),
        ("sq", "mars", 3),
        ("th", "มีนาคม", 3),
        ("ckb", "ئازار", 3),
        ("ti", "መጋቢት", 3),
    ],
)
def test_a_language_is_added_with_the_names_that_cldr_has(named, language, phrase, number):
    assert named(phrase, "en", language) == number


def test_numbers_of_months_in_place_of_names_are_no_names(named):
    assert named("M03", "en", "aa") is None
