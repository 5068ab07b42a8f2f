"""Message catalogues: what is translated, what falls back to English and is counted."""

import pytest

from assistant.i18n.catalogs import (
    Translator,
    in_english,
    marked,
    po_path,
    translator,
    untranslated,
)

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Housing"
msgstr "Asuminen"

msgid "Library"
msgstr ""

msgid "%(n)s service"
msgid_plural "%(n)s services"
msgstr[0] "%(n)s palvelu"
msgstr[1] "%(n)s palvelua"
"""


@pytest.fixture
def locales(tmp_path):
    path = po_path("fi", tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def own_count():
    before = untranslated.copy()
    untranslated.clear()
    yield
    untranslated.clear()
    untranslated.update(before)


def test_a_text_is_translated(locales):
    assert translator("fi", locales).gettext("Housing") == "Asuminen"


@pytest.mark.parametrize("text", ["Library", "Not in the file"])
def test_a_text_without_a_translation_is_shown_in_english_and_counted(locales, text):
    assert translator("fi", locales).gettext(text) == text
    assert untranslated == {("fi", text): 1}


def test_a_translated_text_is_not_counted(locales):
    translator("fi", locales).gettext("Housing")
    assert not untranslated


def test_an_empty_text_is_not_the_file_s_header(locales):
    assert translator("fi", locales).gettext("") == ""


@pytest.mark.parametrize(("count", "expected"), [(1, "%(n)s palvelu"), (3, "%(n)s palvelua")])
def test_plural_forms_follow_the_language(locales, count, expected):
    texts = translator("fi", locales)
    assert texts.ngettext("%(n)s service", "%(n)s services", count) == expected


@pytest.mark.parametrize(("count", "expected"), [(1, "service"), (0, "services"), (2, "services")])
def test_english_has_its_own_plurals_without_a_file(count, expected):
    assert translator("en").ngettext("service", "services", count) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [("fi", "Housing", True), ("fi", "Library", False), ("en", "anything", True)],
)
def test_it_is_known_whether_a_text_is_translated(locales, language, text, expected):
    assert translator(language, locales).has(text) is expected


def test_a_language_without_a_file_speaks_english(tmp_path):
    texts = translator("sv", tmp_path)
    assert texts.gettext("Housing") == "Housing"
    assert untranslated == {("sv", "Housing"): 1}


def test_a_language_that_is_not_served_speaks_english(locales):
    assert translator("de", locales).language == "en"


def test_a_translator_is_read_once(locales):
    assert translator("fi", locales) is translator("fi", locales)


def test_a_text_is_marked_without_being_changed():
    assert marked("Housing") == "Housing"


def test_english_is_not_counted():
    assert Translator("en").gettext("x") == "x"
    assert not untranslated


@pytest.mark.parametrize(
    ("message", "text", "expected"),
    [
        ("Library", "Tässä:\nLibrary", True),
        ("Library", "Libraryn kirjat", False),
        ("Library", "Kirjasto", False),
        ("You asked about {name}.", "You asked about Espoo.", True),
        ("{hours} by appointment", "9–16 by appointment", True),
        ("{first}, {second}", "Espoo, Vantaa", False),
    ],
)
def test_a_text_with_a_message_that_is_not_translated_is_found(locales, message, text, expected):
    translator("fi", locales).gettext(message)
    assert in_english(text, "fi") is expected


def test_only_the_language_of_the_text_counts(locales):
    translator("fi", locales).gettext("Library")
    assert not in_english("Library", "sv")
    assert not in_english("Library", "en")


def test_what_is_translated_is_not_in_english(locales):
    translator("fi", locales).gettext("Housing")
    assert not in_english("Asuminen", "fi")
