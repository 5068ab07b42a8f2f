"""What is exported and imported again changes nothing; what is changed reaches the catalogue."""

import pytest

from assistant.i18n.exchange import ExchangeError

FORMATS = ("t.xlsx", "t.po", "t.xlf", "t.XLIFF")


@pytest.mark.parametrize("language", ["ru", "ar"])
@pytest.mark.parametrize("name", FORMATS)
def test_an_export_that_comes_back_as_it_was_changes_no_byte(exchange, name, language):
    before = exchange.bytes(language)
    outcome = exchange.take(exchange.export(name, [language]))
    assert (outcome.taken, outcome.unchanged, outcome.refused) == (0, 4, [])
    assert exchange.bytes(language) == before


@pytest.mark.parametrize("name", FORMATS)
def test_every_text_is_there_with_its_translation(exchange, name):
    exchange.export(name)
    assert exchange.counts == {"ru": 4}


def test_a_workbook_holds_several_languages(exchange):
    path = exchange.export("t.xlsx", ["ru", "ar"])
    exchange.take(path)
    assert [one.language for one in exchange.outcome.languages] == ["ru", "ar"]
    assert [one.unchanged for one in exchange.outcome.languages] == [4, 4]


def test_only_missing_texts(exchange):
    exchange.export("t.xlsx", only="missing")
    assert exchange.counts == {"ru": 1}


def test_only_texts_that_nobody_has_reviewed(exchange):
    exchange.export("t.po", only="unreviewed")
    assert exchange.counts == {"ru": 3}


def test_nothing_is_written_when_no_text_is_wanted(exchange, locales):
    path = exchange.export("t.po")
    text = path.read_text("utf-8")
    text = text.replace(
        'msgid "Ask for it (alkukartoitus)."\nmsgstr ""',
        'msgid "Ask for it (alkukartoitus)."\nmsgstr "Попросите об этом (alkukartoitus)."',
    )
    path.write_text(text, "utf-8")
    assert exchange.take(path).taken == 1
    again = exchange.export("again.xlsx", only="missing")
    assert exchange.counts == {"ru": 0}
    assert not again.exists()


def test_a_file_that_is_there_is_not_overwritten(exchange):
    path = exchange.export("t.po")
    path.write_text("work of a translator")
    with pytest.raises(ExchangeError, match="--overwrite"):
        exchange.export("t.po")
    assert path.read_text() == "work of a translator"
    exchange.export("t.po", overwrite=True)
    assert path.read_text("utf-8").startswith("# Kuntaopas")


@pytest.mark.parametrize(
    ("name", "languages", "advice"),
    [
        ("t.po", ["ru", "ar"], "--language"),
        ("t.xlf", [], "--language"),
        ("t.csv", ["ru"], ".xlsx, .po or .xlf"),
        ("t.xlsx", ["en"], "another language"),
        ("t.xlsx", ["sv"], "texts update"),
    ],
)
def test_an_export_that_cannot_be_made_says_what_to_do(exchange, name, languages, advice):
    with pytest.raises(ExchangeError, match=advice):
        exchange.export(name, languages)


def test_the_other_languages_are_never_touched(exchange):
    before = exchange.bytes("ar")
    path = exchange.export("t.po")
    path.write_text(path.read_text("utf-8").replace("Стоматолог", "Зубной врач"), "utf-8")
    assert exchange.take(path).taken == 1
    assert exchange.bytes("ar") == before


def test_only_the_lines_of_a_changed_text_change(exchange):
    before = exchange.text().splitlines()
    path = exchange.export("t.xlf")
    path.write_text(path.read_text("utf-8").replace("Стоматолог", "Зубной врач"), "utf-8")
    exchange.take(path)
    changed = [(a, b) for a, b in zip(before, exchange.text().splitlines()) if a != b]
    assert changed == [('msgstr "Стоматолог"', 'msgstr "Зубной врач"')]


def test_a_dry_run_writes_nothing_and_says_what_would_be_taken(exchange):
    before = exchange.bytes()
    path = exchange.export("t.po")
    path.write_text(path.read_text("utf-8").replace("Стоматолог", "Зубной врач"), "utf-8")
    assert exchange.take(path, dry_run=True).taken == 1
    assert exchange.bytes() == before
