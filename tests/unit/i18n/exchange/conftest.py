"""A folder of two small message catalogues, and a file that was exported from them."""

import shutil
from datetime import date

import pytest

from assistant.i18n.catalogs import po_path
from assistant.i18n.exchange import export_texts, import_texts
from assistant.i18n.exchange.stored import read_catalog

HEADER = """\
# Kuntaopas: texts in {code}.
# Written by: somebody
# Reviewed by a native speaker: no
msgid ""
msgstr ""
"Project-Id-Version: Kuntaopas 0.1.0\\n"
"Report-Msgid-Bugs-To: docs/translating.md\\n"
"POT-Creation-Date: 2026-11-24 04:04+0000\\n"
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"
"Last-Translator: none\\n"
"Language: {code}\\n"
"Language-Team: {code}\\n"
"Plural-Forms: {plural};\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Generated-By: {generator}\\n"

"""
TEXTS = """\
#. know
#: data/guidance/needs/health/dental.yml
msgid "Call 112 and ask."
msgstr "{call}"

#. title
#: data/guidance/needs/health/dental.yml domain.yml
msgid "Dentist"
msgstr "{dentist}"

#. responses utter_where text
#: domain.yml
#, python-brace-format
msgid "You live in {{municipality}}."
msgstr "{live}"

#. do
#: data/guidance/needs/health/_topic.yml
msgid "Ask for it (alkukartoitus)."
msgstr ""

"""
TODAY = date(2026, 11, 24)


def catalog_text(code, plural, call, dentist, live):
    from babel import __version__ as version

    header = HEADER.format(code=code, plural=plural, generator=f"Babel {version}")
    return header + TEXTS.format(call=call, dentist=dentist, live=live)


@pytest.fixture
def locales(tmp_path):
    written = {
        "ru": catalog_text(
            "ru",
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "
            "n%100>=20) ? 1 : 2)",
            "Позвоните 112 и спросите.",
            "Стоматолог",
            "Вы живёте в {municipality}.",
        ),
        "ar": catalog_text(
            "ar",
            "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
            "n%100>=0 && n%100<=2 ? 4 : 5)",
            "اتصلوا على 112 واسألوا.",
            "طبيب الأسنان",
            "تسكنون في {municipality}.",
        ),
    }
    folder = tmp_path / "locales"
    for code, text in written.items():
        path = po_path(code, folder)
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        # As this Babel folds the lines of the header.
        from assistant.i18n.exchange.stored import write_catalog_in_place

        write_catalog_in_place(read_catalog(code, folder), code, folder)
    return folder


class Exchange:
    """Exports, imports and looks at the catalogues."""

    def __init__(self, locales, folder):
        self.locales, self.folder = locales, folder

    def export(self, name, languages=("ru",), **options):
        path = self.folder / name
        self.counts = export_texts(path, languages, locales=self.locales, **options)
        return path

    def take(self, path, **options):
        options.setdefault("today", TODAY)
        self.outcome = import_texts(path, locales=self.locales, **options)
        return self.outcome.languages[0] if self.outcome.languages else None

    def translation(self, source, code="ru"):
        return read_catalog(code, self.locales)[source].string

    def bytes(self, code="ru"):
        return po_path(code, self.locales).read_bytes()

    def text(self, code="ru"):
        return self.bytes(code).decode("utf-8")

    def copy(self, path, name):
        return shutil.copy(path, self.folder / name)


@pytest.fixture
def exchange(locales, tmp_path):
    return Exchange(locales, tmp_path)


def reasons(outcome):
    return [refused.reason for refused in outcome.refused]
