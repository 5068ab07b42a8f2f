"""The served languages."""

import pytest

from assistant.i18n.languages import LANGUAGES, SERVED, direction, served


def test_thirteen_languages_are_served():
    assert len(SERVED) == len(set(SERVED)) == 13


@pytest.mark.parametrize("code", SERVED)
def test_a_language_has_a_name_in_its_own_script(code):
    from assistant.nlu.text import script_counts

    language = LANGUAGES[code]
    assert set(script_counts(language.own_name)) == {language.script}


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
