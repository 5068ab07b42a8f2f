"""The served languages: read from data, drafts apart."""

import pytest

from assistant.i18n.languages import (
    COMPLETE,
    LANGUAGES,
    SERVED,
    LanguagesError,
    direction,
    read_languages,
    served,
)
from assistant.i18n.scripts import NAMES

ENGLISH = "- {code: en, own_name: English}\n"


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "languages.yml"
        path.write_text(content, encoding="utf-8")
        return read_languages(path)

    return read


def test_thirteen_languages_are_complete():
    assert COMPLETE == tuple("fi sv en ru uk et ar so fa tr zh es fr".split())


def test_a_draft_is_served_and_not_complete():
    drafts = {code for code, language in LANGUAGES.items() if language.draft}
    assert set(SERVED) - set(COMPLETE) == drafts


@pytest.mark.parametrize("code", SERVED)
def test_a_language_has_a_name_in_its_own_script(code):
    from assistant.nlu.text import script_counts

    language = LANGUAGES[code]
    assert set(script_counts(language.own_name)) == {language.script}
    assert language.script in NAMES


@pytest.mark.parametrize(
    ("code", "expected"),
    [("ar", "rtl"), ("fa", "rtl"), ("fi", "ltr"), ("zh", "ltr"), ("xx", "ltr")],
)
def test_arabic_and_persian_are_written_from_right_to_left(code, expected):
    assert direction(code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("fi", "fi"),
        ("FI", "fi"),
        ("en-GB", "en"),
        ("zh_Hans_CN", "zh"),
        ("de", "en"),
        ("", "en"),
        (None, "en"),
        (5, "en"),
    ],
)
def test_a_code_is_understood_with_or_without_a_region(code, expected):
    assert served(code) == expected


def test_what_is_not_said_of_a_language_is_usual(read):
    language = read(ENGLISH)["en"]
    assert (language.direction, language.script) == ("ltr", "Latin")
    assert (language.draft, language.tokenizer) == (False, None)


def test_languages_stay_in_the_order_of_the_file(read):
    assert list(read("- {code: sq, own_name: shqip, draft: true}\n" + ENGLISH)) == ["sq", "en"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "not a list"),
        ("code: en", "not a list"),
        ("- [", "cannot be read"),
        ("- {code: sq, own_name: shqip}", "en, in which the texts are"),
        ("- {code: en, own_name: English, draft: true}", "en, in which the texts are"),
        (ENGLISH + ENGLISH, "en is there twice"),
        (ENGLISH + "- {code: sq}", "own_name"),
        (ENGLISH + "- {code: sq, own_name: shqip, colour: red}", "colour"),
        (ENGLISH + "- sq", "an entry has"),
        (ENGLISH + "- {code: no, own_name: norsk}", "in quotes"),
        (ENGLISH + "- {code: sq, own_name: ''}", "names and codes are texts"),
        (ENGLISH + "- {code: sq, own_name: shqip, direction: up}", "ltr or rtl"),
        (ENGLISH + "- {code: sq, own_name: shqip, draft: maybe}", "true or false"),
    ],
)
def test_a_wrong_list_is_named_in_one_line(read, content, told):
    with pytest.raises(LanguagesError) as error:
        read(content)
    assert told in str(error.value)
    assert "languages.yml" in str(error.value) and "\n" not in str(error.value)


def test_a_list_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LanguagesError, match="missing.yml: cannot be read"):
        read_languages(tmp_path / "missing.yml")
