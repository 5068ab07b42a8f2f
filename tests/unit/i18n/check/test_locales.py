"""Every message catalogue is checked, whatever is wrong with one of them."""

from dataclasses import replace

import pytest
from babel.messages.catalog import Catalog

from assistant.i18n.catalogs import po_path
from assistant.i18n.check import check_locales
from assistant.i18n.languages import LANGUAGES, SERVED
from assistant.i18n.update import write_catalog


@pytest.fixture
def source():
    catalog = Catalog()
    catalog.add("Housing")
    catalog.add("Library")
    return catalog


@pytest.fixture
def locales(tmp_path, source):
    def write(code, **translations):
        catalog = Catalog(locale=code)
        for message, translation in translations.items():
            catalog.add(message, translation)
        write_catalog(catalog, po_path(code, tmp_path))

    for code in SERVED:
        script = {"ru": "а", "uk": "а", "ar": "ا", "fa": "ا", "zh": "家"}.get(code, "a")
        write(code, Housing=script, Library=script)
    write.folder = tmp_path
    return write


def test_complete_catalogues_have_no_problem(locales, source):
    result = check_locales(locales.folder, source)
    assert result.problems == []
    assert set(result.counts.values()) == {(2, 2)}
    assert result.translations["ru"] == {"Housing": "а", "Library": "а"}


@pytest.mark.parametrize("translations", [{"Housing": "a"}, {"Housing": "a", "Library": ""}])
def test_a_missing_translation_is_named_and_counted(locales, source, translations):
    locales("sv", **translations)
    result = check_locales(locales.folder, source)
    assert [str(problem) for problem in result.problems] == ["sv: not translated: 'Library'"]
    assert result.counts["sv"] == (1, 2)


def test_what_a_draft_language_lacks_is_counted_and_no_problem(locales, source, monkeypatch):
    monkeypatch.setitem(LANGUAGES, "sv", replace(LANGUAGES["sv"], draft=True))
    locales("sv", Housing="a")
    result = check_locales(locales.folder, source)
    assert result.problems == []
    assert result.counts["sv"] == (1, 2)


def test_a_missing_file_is_named(locales, source):
    po_path("tr", locales.folder).unlink()
    result = check_locales(locales.folder, source)
    assert [(one.language, one.kind) for one in result.problems] == [("tr", "missing file")]
    assert result.counts["tr"] == (0, 2)


@pytest.mark.parametrize("content", [b"no po file", b"\xff\xfe\x00"])
def test_a_broken_file_is_named_and_the_others_are_checked(locales, source, content):
    po_path("et", locales.folder).write_bytes(content)
    result = check_locales(locales.folder, source)
    assert {(one.language, one.kind) for one in result.problems} == {("et", "unreadable file")}
    assert result.counts["fi"] == (2, 2)


@pytest.mark.parametrize(
    ("text", "translation", "kind"),
    [
        ("Call 112", "Ring", "numbers differ"),
        ("Where is the library of the town?", "Var är the library of stan?", "English left"),
        ("Where is the library of the town?", "V", "length"),
        ("Ask for an interpreter.", "Be om hjälp.", "glossary"),
        ("Ask.", f"Fråga {'om ' * 30}det.", "long sentence"),
    ],
)
def test_every_check_is_made(locales, source, text, translation, kind):
    source.add(text)
    for code in SERVED:
        locales(code, **{text: translation if code == "sv" else ""})
    found = check_locales(locales.folder, source).problems
    assert kind in {problem.kind for problem in found if problem.language == "sv"}


def test_the_english_texts_are_read_too(locales, source):
    text = f"Ask {'and ask ' * 10}again."
    source.add(text)
    found = [one for one in check_locales(locales.folder, source).problems if one.language == "en"]
    assert [(one.kind, one.message) for one in found] == [("long sentence", text)]


def test_the_project_s_own_catalogues_are_complete_and_healthy():
    result = check_locales()
    assert [str(problem) for problem in result.problems] == []
