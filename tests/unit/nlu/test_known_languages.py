"""Languages that a message can be in, from data."""

import pytest

from assistant.i18n.languages import LANGUAGES
from assistant.nlu.known_languages import ENOUGH, cldr_names, languages_of, sentences, texts_of


@pytest.fixture
def file(tmp_path):
    def file(count):
        path = tmp_path / "sq.txt"
        path.write_text("mirëdita\n\n" * count, encoding="utf-8")
        return path

    return file


@pytest.mark.parametrize(
    ("script", "languages"),
    [
        ("Cyrillic", {"ru", "uk"}),
        ("Arabic", {"ar", "fa", "ckb"}),
        ("Han", {"zh"}),
        ("Thai", {"th"}),
        ("Ethiopic", {"am"}),
        ("Runic", set()),
    ],
)
def test_a_script_has_the_served_languages_those_with_sentences_or_its_usual_one(script, languages):
    assert set(languages_of(script)) == languages


def test_latin_letters_stand_for_romanised_languages_and_those_with_sentences_too():
    found = languages_of("Latin")
    assert {"fi", "so", "ar", "fa", "ru", "uk", "sq", "ku", "pl", "de"} <= set(found)
    assert len(found) == len(set(found))
    assert not {"ckb", "zh"} & set(found)


def test_a_served_language_is_known_in_its_script():
    assert all(code in languages_of(one.script) for code, one in LANGUAGES.items())


def test_sentences_are_read_of_languages_that_are_served_or_not():
    codes = {code for _, code in sentences()}
    drafts = {code for code, language in LANGUAGES.items() if language.draft}
    assert {"sq", "pl", *drafts} <= codes


def test_empty_lines_are_no_sentences(file):
    assert texts_of("sq", file(3), is_draft=False) == ["mirëdita"] * 3


@pytest.mark.parametrize(
    ("count", "is_draft", "named"),
    [
        (ENOUGH - 1, True, True),
        (ENOUGH, True, False),
        (1, False, False),
    ],
)
def test_names_stand_in_until_a_draft_has_enough_sentences(file, count, is_draft, named):
    assert ("finlandisht" in texts_of("sq", file(count), is_draft)) is named


def test_a_draft_without_any_sentence_has_names():
    assert "finlandisht" in texts_of("sq", None, is_draft=True)


@pytest.mark.parametrize("code", ["sq", "ti", "ckb", "qu", "aa"])
def test_names_are_known_in_languages_of_which_cldr_knows_little(code):
    assert all(len(name) > 2 for name in cldr_names(code))
