"""How far a language is."""

import pytest

from assistant.i18n.catalogs import po_path
from assistant.i18n.coverage import Coverage, coverage_of
from assistant.i18n.languages import Language

FINNISH = Language("fi", "suomi")
PO = """\
# Kuntaopas: texts in fi.
# Reviewed by a native speaker: {reviewed}
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Housing"
msgstr "Asuminen"

{comment}
msgid "Library"
msgstr "{library}"
"""


@pytest.fixture
def coverage(tmp_path):
    def coverage(language=FINNISH, reviewed="no", library="", comment="#"):
        path = po_path(language.code, tmp_path)
        path.parent.mkdir(parents=True)
        text = PO.format(reviewed=reviewed, library=library, comment=comment)
        path.write_text(text, encoding="utf-8")
        return coverage_of(language, tmp_path)

    return coverage


def test_texts_and_translations_are_counted(coverage):
    assert coverage() == Coverage(texts=2, translated=1, reviewed=0)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "not reviewed"),
        ({"library": "Kirjasto", "reviewed": "Maija, 2026-11-24"}, "reviewed"),
        ({"library": "Kirjasto", "comment": "# Reviewed by: Maija, 2026-11-24"}, "partly reviewed"),
        ({"language": Language("sq", "shqip", draft=True)}, "draft"),
    ],
)
def test_the_state_is_told_in_words(coverage, values, state):
    found = coverage(**values)
    assert found.state(values.get("language", FINNISH)) == state


def test_the_source_language_has_no_catalogue(tmp_path):
    english = Language("en", "English")
    assert coverage_of(english, tmp_path) == Coverage()
    assert coverage_of(english).state(english) == "source"


def test_a_language_without_a_catalogue_has_no_texts(tmp_path):
    assert coverage_of(FINNISH, tmp_path) == Coverage()
