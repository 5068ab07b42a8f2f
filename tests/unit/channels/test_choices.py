"""A number, in whatever digits, means the choice that was shown with it."""

import pytest

from assistant.channels.choices import Choice, Picked, open_question, pick, read_number

CHOICES = [
    Choice("Helsinki", "/inform/municipality/091"),
    Choice("Espoo (Esbo)", "/x"),
    Choice("Vantaa", "/y"),
]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        (" 2. ", 2),
        ("(3)", 3),
        ("#1", 1),
        ("12", 12),
        ("٢", 2),
        ("۳", 3),
        ("３", 3),
        ("①", 1),
        ("1️⃣", 1),
        ("二", 2),
        ("2、", 2),
        ("\u20661\u2069", 1),
        ("२", 2),
    ],
)
def test_a_number_is_read_in_the_digits_of_any_script(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "one", "1 a", "1 2", "1.5", "-", "家", "½", "²x", "9" * 30, "1-2", "/1x"]
)
def test_anything_else_is_no_number(text):
    assert read_number(text) is None


def test_a_number_picks_the_choice_in_its_place():
    assert pick("3", CHOICES) == Picked("/y")


@pytest.mark.parametrize("text", ["7", "0", "٩", "99"])
def test_a_number_without_a_choice_picks_nothing_but_is_understood(text):
    assert pick(text, CHOICES) == Picked(None)


@pytest.mark.parametrize("text", ["2025", "00100", "3 years", "where?", ""])
def test_a_year_a_postal_code_and_words_pick_nothing(text):
    assert pick(text, CHOICES) is None


@pytest.mark.parametrize("text", ["Helsinki", "HELSINKI!", " helsinki ", "espoo (esbo)"])
def test_a_title_picks_its_choice(text):
    assert pick(text, CHOICES).payload in ("/inform/municipality/091", "/x")


def test_nothing_is_picked_when_nothing_was_shown():
    assert pick("1", []) is None


def test_a_number_may_be_the_answer_to_a_question_that_one_need_not_answer():
    ways_out = [Choice("I do not know", "/dont_know"), Choice("Why do you ask?", "/why_ask")]
    assert open_question(ways_out)
    assert pick("1", ways_out) is None
    assert pick("i do not know", ways_out) == Picked("/dont_know")
    assert not open_question([*CHOICES, *ways_out])
