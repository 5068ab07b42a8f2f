"""Faults of translations are found and named."""

import pytest
from babel.messages.catalog import Catalog

from assistant.i18n.catalogs import po_path
from assistant.i18n.check import check_locales, problems_of
from assistant.i18n.update import write_catalog


def kinds(language, source, translation):
    return {problem.kind for problem in problems_of(language, source, translation)}


@pytest.mark.parametrize(
    ("language", "source", "translation"),
    [
        ("fi", "Where is the library?", "Missä kirjasto on?"),
        ("ru", "Call 112 now.", "Позвоните 112 сейчас."),
        ("fi", "You live in {municipality}.", "Asut kunnassa {municipality}."),
        ("zh", "Ask your own municipality for advice.", "请咨询您所在的市镇。"),
        ("so", "Call 09 310 23400.", "Wac 0931023400."),
        ("ar", "Ask for it (alkukartoitus).", "اطلب ذلك (alkukartoitus)."),
        ("fi", "Ask for it (alkukartoitus).", "Pyydä sitä kunnalta: alkukartoitusta"),
    ],
)
def test_a_sound_translation_has_no_fault(language, source, translation):
    assert kinds(language, source, translation) == set()


@pytest.mark.parametrize(
    ("language", "source", "translation", "kind"),
    [
        ("fi", "In {municipality}", "Kunnassa {kunta}", "placeholders differ"),
        ("fi", "In {municipality}", "Kunnassa", "placeholders differ"),
        ("fi", "Call 112", "Soita 122", "numbers differ"),
        ("fi", "Call 112", "Soita", "numbers differ"),
        (
            "fi",
            "The assessment",
            "Osaamisen ja kotoutumispalvelujen tarpeen arviointi",
            "forbidden term",
        ),
        ("ru", "Ask for it (alkukartoitus).", "Попросите это.", "Finnish term lost"),
        ("ru", "Where is the library?", "Gde biblioteka nahoditsya?", "wrong script"),
        ("fr", "Where is the library?", "Where is the library?", "left in English"),
        ("fi", "Where is the library?", "Ka", "length"),
        ("fi", "Where is the library?", "x" * 100, "length"),
    ],
)
def test_a_fault_is_named(language, source, translation, kind):
    assert kind in kinds(language, source, translation)


def test_a_name_may_be_written_alike():
    assert (
        kinds("fr", "Job Market Finland (Työmarkkinatori)", "Job Market Finland (Työmarkkinatori)")
        == set()
    )


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

    from assistant.i18n.languages import SERVED

    for code in SERVED:
        script = {"ru": "а", "uk": "а", "ar": "ا", "fa": "ا", "zh": "家"}.get(code, "a")
        write(code, Housing=script, Library=script)
    write.folder = tmp_path
    return write


def test_complete_catalogues_have_no_problem(locales, source):
    result = check_locales(locales.folder, source)
    assert result.problems == []
    assert set(result.counts.values()) == {(2, 2)}


@pytest.mark.parametrize("translations", [{"Housing": "a"}, {"Housing": "a", "Library": ""}])
def test_a_missing_translation_is_named_and_counted(locales, source, translations):
    locales("sv", **translations)
    result = check_locales(locales.folder, source)
    assert [str(problem) for problem in result.problems] == ["sv: not translated: 'Library'"]
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


def test_a_problem_is_given_as_json_too():
    problem = next(problems_of("fi", "Call 112", "Soita"))
    assert problem.as_dict() == {
        "language": "fi",
        "kind": "numbers differ",
        "message": "Call 112",
        "detail": "Soita",
    }


def test_the_project_s_own_catalogues_are_complete_and_healthy():
    result = check_locales()
    assert [str(problem) for problem in result.problems] == []
