"""A month and a year alone say nothing against the language of a conversation."""

import pytest

from assistant.nlu.bare_month import is_bare_month


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("مارس 2025", "fa"),
        ("مارس 2025", "ar"),
        ("mars 2024", "sv"),
        ("mars 2024", "fr"),
        ("14 maaliskuuta 2024", "fi"),
        ("март", "ru"),
    ],
)
def test_a_month_of_the_language_is_one(text, language):
    assert is_bare_month(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("maaliskuu 2024", "fa"),
        ("2025", "fa"),
        ("hei maaliskuu", "fi"),
        ("", "fi"),
    ],
)
def test_another_language_or_another_word_is_none(text, language):
    assert not is_bare_month(text, language)
