"""Messages in Latin letters are put back into the script of their language."""

from __future__ import annotations

import pytest

from assistant.nlu.romanisation import Deromaniser, is_romanised

PHRASES = [
    ("أريد تسجيل ابني في المدرسة", "ar"),
    ("متى موعد الطبيب", "ar"),
    ("مدرسه برای پسرم", "fa"),
    ("یک خانه اجاره می خواهم", "fa"),
    ("где записать ребёнка в школу", "ru"),
    ("пособие на детей", "ru"),
    ("допомога на дитину", "uk"),
    ("потрібен лікар", "uk"),
    ("lapsen päivähoitopaikka", "fi"),
    ("toimeentulotuki hakemus", "fi"),
]


@pytest.fixture
def deromaniser():
    return Deromaniser.fit(*zip(*PHRASES))


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("ar", "mata maw3id altabib", "متى موعد الطبيب"),
        ("fa", "madreseh baraye pesaram", "مدرسه برای پسرم"),
        ("ru", "gde zapisat rebyonka v shkolu", "где записать ребёнка в школу"),
        ("ru", "posobie na detey", "пособие на детей"),
        ("uk", "potriben likar", "потрібен лікар"),
    ],
)
def test_a_word_of_the_phrases_is_found_by_its_sound(deromaniser, language, typed, meant):
    assert deromaniser.restore(typed, language) == meant


def test_spellings_of_one_sound_lead_to_the_same_word(deromaniser):
    typed = ("shkolu", "skolu", "schkolu")
    assert deromaniser.restore(typed[0], "ru") == "школу"
    assert deromaniser.restore(typed[2], "ru") == "школу"


def test_a_word_that_no_phrase_has_is_spelled_letter_by_letter(deromaniser):
    assert deromaniser.restore("babushka", "ru") == "бабушка"


def test_finnish_words_stay_as_they_are(deromaniser):
    assert deromaniser.restore("toimeentulotuki na detey", "ru") == "toimeentulotuki на детей"


def test_names_of_offices_in_capitals_stay_as_they_are(deromaniser):
    assert deromaniser.restore("DVV gde", "ru") == "DVV где"


def test_a_text_in_its_own_script_is_not_touched(deromaniser):
    assert deromaniser.restore("где Kela", "ru") == "где Kela"


def test_a_language_that_is_written_in_latin_letters_is_not_touched(deromaniser):
    assert deromaniser.restore("shkola", "fi") == "shkola"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("gde vrach", "ru", True),
        ("где врач", "ru", False),
        ("where is a doctor", "en", False),
        ("gde vrach", None, False),
        ("123", "ru", False),
    ],
)
def test_only_text_in_another_script_than_its_language_is_romanised(text, language, expected):
    assert is_romanised(text, language) is expected


def test_what_is_saved_restores_in_the_same_way(deromaniser, tmp_path):
    deromaniser.save(tmp_path)
    assert Deromaniser.load(tmp_path).restore("gde shkolu", "ru") == "где школу"
