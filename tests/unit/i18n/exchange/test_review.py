"""Reviewers sign single texts or all of them; the header of the catalogue says it of all."""

import openpyxl
import pytest

from assistant.i18n.exchange.stored import read_catalog, write_catalog_in_place
from assistant.i18n.review import reviewers, signature, store_reviewers
from tests.unit.i18n.exchange.conftest import TODAY

NOBODY = "# Reviewed by a native speaker: no\n"
ANNA = "Anna Ahola, 2026-11-20"
ASK = 'msgid "Ask for it (alkukartoitus)."\nmsgstr ""'
ASKED = 'msgid "Ask for it (alkukartoitus)."\nmsgstr "Попросите об этом (alkukartoitus)."'
HEADER = "# Reviewed by a native speaker:"


@pytest.fixture
def complete(exchange):
    """The Russian texts are complete."""
    path = exchange.export("complete.po")
    path.write_text(path.read_text("utf-8").replace(ASK, ASKED), "utf-8")
    exchange.take(path)
    return exchange


def signed_po(exchange, changes=()):
    path = exchange.export("signed.po", overwrite=True)
    text = path.read_text("utf-8").replace(NOBODY, f"{HEADER} {ANNA}\n")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Ahola, 2026-11-20", ANNA),
        ("Reviewed by: Anna Ahola, 20.11.2026", ANNA),
        ("Anna  Ahola", "Anna Ahola, 2026-11-24"),
        ("no", ""),
        ("Reviewed by: No", ""),
        ("-", ""),
        ("2026-11-20", ""),
        ("", ""),
    ],
)
def test_a_signature_is_a_name_and_a_date(text, expected):
    assert signature(text, TODAY) == expected


def test_the_header_names_the_reviewer_of_all_texts(complete):
    outcome = complete.take(signed_po(complete))
    assert outcome.covered == ANNA
    assert f"{HEADER} {ANNA}\n" in complete.text()


def test_the_header_says_no_while_a_text_is_missing_and_the_read_ones_are_marked(exchange):
    outcome = exchange.take(signed_po(exchange))
    assert (outcome.covered, outcome.reviewed) == ("", 3)
    assert NOBODY in exchange.text()
    assert exchange.text().count(f"# Reviewed by: {ANNA}\n") == 3


def test_texts_that_are_reviewed_are_not_exported_for_review_again(exchange):
    exchange.take(signed_po(exchange))
    exchange.export("rest.xlsx", only="unreviewed")
    assert exchange.counts == {"ru": 0}


def test_a_row_that_was_not_taken_is_not_reviewed(exchange):
    outcome = exchange.take(signed_po(exchange, [("112 и", "113 и")]))
    assert (outcome.reviewed, len(outcome.refused)) == (2, 1)


def test_two_reviewers_of_parts_cover_all(complete):
    path = complete.export("one.po")
    text = path.read_text("utf-8").replace(
        'msgid "Dentist"', f'# Reviewed by: {ANNA}\nmsgid "Dentist"'
    )
    path.write_text(text, "utf-8")
    assert complete.take(path).covered == ""
    rest = complete.export("rest.po", only="unreviewed")
    assert complete.counts == {"ru": 3}
    rest.write_text(
        rest.read_text("utf-8").replace(NOBODY, f"{HEADER} Boris, 2026-11-22\n"), "utf-8"
    )
    assert complete.take(rest).covered == f"{ANNA}; Boris, 2026-11-22"
    assert "# Reviewed by: " not in complete.text()


def test_a_change_without_a_review_ends_the_review_of_the_language_but_not_of_the_other_texts(
    complete,
):
    complete.take(signed_po(complete))
    path = complete.export("later.po")
    path.write_text(path.read_text("utf-8").replace("Стоматолог", "Зубной врач"), "utf-8")
    outcome = complete.take(path)
    assert (outcome.taken, outcome.covered) == (1, "")
    assert NOBODY in complete.text()
    assert complete.text().count(f"# Reviewed by: {ANNA}\n") == 3


def test_a_text_that_is_translated_after_the_review_of_all_others_ends_it(exchange, locales):
    path = locales / "ru" / "LC_MESSAGES" / "kuntaopas.po"
    path.write_text(exchange.text().replace(NOBODY, f"{HEADER} {ANNA}\n"), "utf-8")
    new = exchange.export("new.po", only="missing")
    new.write_text(new.read_text("utf-8").replace(ASK, ASKED), "utf-8")
    outcome = exchange.take(new)
    assert (outcome.taken, outcome.reviewed, outcome.covered) == (1, 0, "")
    assert NOBODY in exchange.text()
    assert exchange.text().count(f"# Reviewed by: {ANNA}\n") == 3


def test_many_reviewers_are_all_named_and_read_back(complete):
    names = [f"Reviewer with the long name of {letter * 20}, 2026-11-20" for letter in "abcd"]
    path = complete.export("many.po")
    text = path.read_text("utf-8")
    for name in names:
        text = text.replace("\n#. id:", f"\n# Reviewed by: {name}\n#. ID:", 1)
    path.write_text(text, "utf-8")
    assert complete.take(path).covered == "; ".join(names)
    before = complete.bytes()
    for name in ("t.xlsx", "t.po", "t.xlf"):
        assert complete.take(complete.export(name)).covered == "; ".join(names)
        assert complete.bytes() == before


def test_a_mark_stays_on_one_line_however_many_reviewers_there_were(complete):
    names = "; ".join(f"Reviewer {letter * 40}, 2026-11-20" for letter in "abcd")
    catalog = read_catalog("ru", complete.locales)
    store_reviewers(catalog, {"Dentist": names})
    write_catalog_in_place(catalog, "ru", complete.locales)
    found = reviewers(read_catalog("ru", complete.locales))
    assert found == {"Dentist": f"Reviewer {'a' * 40}, 2026-11-20; and others"}


def test_a_reviewed_file_that_comes_back_as_it_was_changes_no_byte(complete):
    complete.take(signed_po(complete))
    before = complete.bytes()
    for name in ("t.xlsx", "t.po", "t.xlf"):
        assert complete.take(complete.export(name)).reviewed == 0
        assert complete.bytes() == before


def test_a_partly_reviewed_file_that_comes_back_as_it_was_changes_no_byte(exchange):
    exchange.take(signed_po(exchange))
    before = exchange.bytes()
    for name in ("t.xlsx", "t.po", "t.xlf"):
        assert exchange.take(exchange.export(name)).reviewed == 0
        assert exchange.bytes() == before


def test_the_mark_of_a_text_that_was_changed_after_it_does_not_count(exchange):
    exchange.take(signed_po(exchange))
    path = exchange.export("later.po")
    path.write_text(path.read_text("utf-8").replace("Стоматолог", "Зубной врач"), "utf-8")
    outcome = exchange.take(path)
    assert any("has to be reviewed again" in remark for remark in outcome.remarks)
    assert exchange.text().count("# Reviewed by: ") == 2


def sheet_of(exchange, name="review.xlsx"):
    path = exchange.export(name, overwrite=True)
    book = openpyxl.load_workbook(path)
    return path, book, book.worksheets[0]


def test_a_reviewer_signs_a_whole_sheet(complete):
    path, book, page = sheet_of(complete)
    page["D2"], page["D3"] = "Anna Ahola, 20.11.2026", "yes"
    book.save(path)
    assert complete.take(path).covered == ANNA


def test_a_second_reviewer_of_a_whole_sheet_is_named_instead_of_the_first(complete):
    complete.take(signed_po(complete))
    path, book, page = sheet_of(complete)
    assert (page["D2"].value, page["D3"].value) == (ANNA, "yes")
    page["D2"] = "Boris, 2026-11-22"
    book.save(path)
    assert complete.take(path).covered == "Boris, 2026-11-22"


def test_a_name_alone_signs_only_the_rows_that_are_marked(complete):
    path, book, page = sheet_of(complete)
    page["D2"] = ANNA
    page["F5"] = "reviewed"
    book.save(path)
    outcome = complete.take(path)
    assert (outcome.reviewed, outcome.covered) == (1, "")
    assert f"# Reviewed by: {ANNA}\n" in complete.text()


def test_a_row_can_carry_its_own_signature(complete):
    path, book, page = sheet_of(complete)
    page["F5"] = f"Reviewed by: {ANNA}"
    book.save(path)
    assert complete.take(path).reviewed == 1


def test_a_mark_without_a_name_is_told_and_the_reviewer_can_be_given(complete):
    path, book, page = sheet_of(complete)
    page["F5"] = "reviewed"
    book.save(path)
    outcome = complete.take(path)
    assert outcome.reviewed == 0
    assert any("--reviewer" in remark for remark in outcome.remarks)
    assert complete.take(path, reviewer="Anna Ahola").reviewed == 1


def test_an_approved_unit_of_xliff_is_reviewed_by_the_reviewer_that_is_given(complete):
    path = complete.export("t.xlf")
    text = path.read_text("utf-8").replace("<trans-unit ", '<trans-unit approved="yes" ', 2)
    path.write_text(text, "utf-8")
    assert complete.take(path, reviewer=ANNA).reviewed == 2


def test_the_note_of_the_reviewer_signs_an_xliff_file(complete):
    path = complete.export("t.xlf")
    text = path.read_text("utf-8").replace("Reviewed by: no", f"Reviewed by: {ANNA}")
    path.write_text(text, "utf-8")
    assert complete.take(path).covered == ANNA
