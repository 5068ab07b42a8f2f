"""Which rows are taken, which are not, and why."""

import pytest

from assistant.i18n.exchange import ExchangeError
from tests.unit.i18n.exchange.conftest import reasons

DENTIST = 'msgid "Dentist"\nmsgstr "Стоматолог"'


@pytest.fixture
def edited(exchange):
    """Imports the exported .po file after a change of its text."""

    def take(old, new, **options):
        path = exchange.export("edited.po", overwrite=True)
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        return exchange.take(path, **options)

    return take


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Вы живёте в {municipality}.", "Вы живёте в {город}.", "placeholders differ"),
        ("Позвоните 112 и", "Позвоните 113 и", "numbers differ"),
        (
            'msgid "Ask for it (alkukartoitus)."\nmsgstr ""',
            'msgid "Ask for it (alkukartoitus)."\nmsgstr "Попросите об этом."',
            "Finnish term lost (alkukartoitus)",
        ),
        ("Позвоните 112 и спросите.", "Call 112 and ask.", "wrong script"),
    ],
)
def test_a_translation_with_a_fault_is_not_taken(edited, exchange, old, new, reason):
    before = exchange.bytes()
    outcome = edited(old, new)
    assert (outcome.taken, outcome.unchanged) == (0, 3)
    assert reason in reasons(outcome)[0]
    assert exchange.bytes() == before


def test_a_row_that_is_not_taken_is_named_by_its_line(edited):
    outcome = edited("Позвоните 112 и", "Позвоните 113 и")
    assert outcome.refused[0].place.startswith("line ")
    assert outcome.refused[0].source == "Call 112 and ask."


def test_one_fault_does_not_stop_the_other_rows(edited, exchange):
    path = exchange.export("t.po")
    text = path.read_text("utf-8").replace("112 и", "113 и").replace("Стоматолог", "Зубной врач")
    path.write_text(text, "utf-8")
    outcome = exchange.take(path)
    assert (outcome.taken, len(outcome.refused)) == (1, 1)
    assert exchange.translation("Dentist") == "Зубной врач"
    assert exchange.translation("Call 112 and ask.") == "Позвоните 112 и спросите."


def test_every_row_is_counted_once(edited):
    assert edited("Позвоните 112 и", "Позвоните 113 и").rows == 4


def test_an_english_text_that_was_changed_in_the_file_is_listed(edited):
    outcome = edited(DENTIST, 'msgid "Dentist of old"\nmsgstr "Стоматолог"')
    assert "was changed in the file" in reasons(outcome)[0]


def test_a_text_that_is_not_known_is_listed(exchange):
    path = exchange.folder / "foreign.po"
    path.write_text(
        'msgid ""\nmsgstr "Language: ru\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Nothing of ours"\nmsgstr "Не наше"\n',
        "utf-8",
    )
    outcome = exchange.take(path)
    assert "no such English text" in reasons(outcome)[0]


def test_a_translation_that_stands_in_the_wrong_row_is_recognised_by_its_id(exchange):
    path = exchange.export("t.po")
    lines = path.read_text("utf-8").split("\n")
    ids = [number for number, line in enumerate(lines) if line.startswith("#. id: ")]
    lines[ids[0]], lines[ids[1]] = lines[ids[1]], lines[ids[0]]
    path.write_text("\n".join(lines), "utf-8")
    outcome = exchange.take(path)
    assert reasons(outcome) == ["the id belongs to another text: the rows have been mixed up"] * 2


def test_a_translation_is_never_deleted_by_an_empty_row(edited, exchange):
    outcome = edited(DENTIST, 'msgid "Dentist"\nmsgstr ""')
    assert "empty" in reasons(outcome)[0]
    assert exchange.translation("Dentist") == "Стоматолог"


def test_a_text_marked_as_fuzzy_is_not_taken(edited):
    outcome = edited(DENTIST, '#, fuzzy\nmsgid "Dentist"\nmsgstr "Зубной врач"')
    assert "fuzzy" in reasons(outcome)[0]


def test_a_row_that_nobody_touched_does_not_undo_what_was_done_here_since(exchange):
    path = exchange.export("old.po")
    newer = exchange.export("newer.po")
    newer.write_text(newer.read_text("utf-8").replace("Стоматолог", "Зубной врач"), "utf-8")
    exchange.take(newer)
    outcome = exchange.take(path)
    assert (outcome.taken, outcome.unchanged) == (0, 4)
    assert exchange.translation("Dentist") == "Зубной врач"


def test_two_people_who_changed_the_same_text_do_not_overwrite_each_other(exchange):
    path = exchange.export("mine.po")
    newer = exchange.export("newer.po")
    newer.write_text(newer.read_text("utf-8").replace("Стоматолог", "Зубной врач"), "utf-8")
    exchange.take(newer)
    path.write_text(path.read_text("utf-8").replace("Стоматолог", "Дантист"), "utf-8")
    assert "changed here too" in reasons(exchange.take(path))[0]
    assert exchange.translation("Dentist") == "Зубной врач"


def test_a_second_translation_of_a_text_in_the_same_file_is_listed(exchange):
    path = exchange.export("t.po")
    text = path.read_text("utf-8") + '\nmsgid "Dentist"\nmsgstr "Дантист"\n'
    path.write_text(text, "utf-8")
    assert "another translation" in reasons(exchange.take(path))[0]


def test_what_a_translator_says_about_a_text_is_told(edited):
    outcome = edited(DENTIST, f"# Is this a person or a place?\n{DENTIST}")
    assert any("a person or a place" in remark for remark in outcome.remarks)


@pytest.mark.parametrize("language", [None, "en"])
def test_a_file_without_a_language_says_what_to_do(exchange, language):
    path = exchange.folder / "none.po"
    path.write_text('msgid "Dentist"\nmsgstr "Дантист"\n', "utf-8")
    with pytest.raises(ExchangeError, match="--language|code and data"):
        exchange.take(path, language=language)


def test_the_language_can_be_given(exchange):
    path = exchange.folder / "none.po"
    path.write_text('msgid "Dentist"\nmsgstr "Дантист"\n', "utf-8")
    assert exchange.take(path, language="ru").taken == 1


def test_a_file_that_is_too_large_is_not_read(exchange, monkeypatch):
    monkeypatch.setattr("assistant.i18n.exchange.importing.MAX_BYTES", 100)
    path = exchange.export("t.po")
    with pytest.raises(ExchangeError, match="larger"):
        exchange.take(path)


def test_a_file_that_is_not_there_is_named(exchange):
    with pytest.raises(ExchangeError, match=r"nowhere\.po"):
        exchange.take(exchange.folder / "nowhere.po")
