"""The plain form in which texts are compared."""

import pytest

from assistant.nlu.folding import fold, without_marks


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đường phố", "duong pho"),
        ("Päiväkoti!", "paivakoti"),
        ("smørrebrød", "smorrebrod"),
        ("ليلى", "ليلي"),
        ("  a,b  ", "a b"),
    ],
)
def test_case_marks_and_punctuation_are_folded(text, plain):
    assert fold(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("đường ở đâu, bạn?", "duong o dau, ban?"),
        ("Đà Nẵng", "Da Nang"),
        ("plain text", "plain text"),
        ("dużo łez", "duzo lez"),
    ],
)
def test_a_text_is_put_as_people_type_it_without_marks(text, plain):
    assert without_marks(text) == plain


def test_marks_that_stand_apart_are_taken_away_too():
    assert without_marks("o\u031b\u0309") == "o"
