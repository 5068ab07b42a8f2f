"""Workbooks: what a translator sees, and what comes back from spreadsheet programs."""

import datetime
import zipfile

import openpyxl
import pytest

from assistant.i18n.exchange import ExchangeError
from tests.unit.i18n.exchange.conftest import reasons

#: A row of the export: id, where, note, English, translation, status, comment.
FIRST = 5


def opened(path):
    book = openpyxl.load_workbook(path)
    return book, book.worksheets[0]


def edited(exchange, change, language="ru"):
    path = exchange.export("edited.xlsx", [language], overwrite=True)
    book, page = opened(path)
    change(page)
    book.save(path)
    return exchange.take(path)


def row_of(page, english):
    return next(row for row in range(FIRST, 20) if page.cell(row, 4).value == english)


def translate(english, value):
    def change(page):
        page.cell(row_of(page, english), 5).value = value

    return change


def test_the_columns_of_a_sheet(exchange):
    _, page = opened(exchange.export("t.xlsx"))
    assert [cell.value for cell in page[4]] == [
        *("id", "where", "note", "English", "translation (ru)", "status", "comment")
    ]


def test_the_source_is_locked_and_the_translation_is_not(exchange):
    _, page = opened(exchange.export("t.xlsx"))
    assert page.protection.sheet
    assert [cell.protection.locked for cell in page[5]] == [True] * 4 + [False] * 3


def test_the_heading_stays_in_sight_and_texts_wrap(exchange):
    _, page = opened(exchange.export("t.xlsx"))
    assert page.freeze_panes == "A5"
    assert page["D5"].alignment.wrap_text and page["E5"].alignment.wrap_text


@pytest.mark.parametrize(("language", "rtl"), [("ru", False), ("ar", True)])
def test_a_sheet_is_written_in_the_direction_of_its_language(exchange, language, rtl):
    _, page = opened(exchange.export("t.xlsx", [language]))
    assert bool(page.sheet_view.rightToLeft) is rtl
    assert page["E5"].alignment.readingOrder == (2 if rtl else 1)
    assert page["D5"].alignment.readingOrder == 1


def test_a_translator_is_told_where_a_text_is_and_what_stays(exchange):
    _, page = opened(exchange.export("t.xlsx"))
    row = row_of(page, "You live in {municipality}.")
    assert page.cell(row, 2).value == "conversation"
    assert page.cell(row, 3).value == "where. keep as it is: {municipality}"
    row = row_of(page, "Ask for it (alkukartoitus).")
    assert page.cell(row, 2).value == "guide health"
    assert "(alkukartoitus)" in page.cell(row, 3).value


def test_texts_that_look_like_formulas_or_numbers_are_texts(exchange):
    path = exchange.export("t.po")
    text = path.read_text("utf-8").replace('"Стоматолог"', '"=Стоматолог"')
    path.write_text(text, "utf-8")
    exchange.take(path)
    sheet = exchange.export("t.xlsx")
    _, page = opened(sheet)
    cell = page.cell(row_of(page, "Dentist"), 5)
    assert (cell.value, cell.data_type) == ("=Стоматолог", "s")
    assert exchange.take(sheet).unchanged == 4


def test_a_filled_cell_is_taken(exchange):
    outcome = edited(exchange, translate("Dentist", "Зубной врач"))
    assert (outcome.taken, outcome.unchanged) == (1, 3)
    assert exchange.translation("Dentist") == "Зубной врач"


def test_a_row_that_is_not_taken_is_named_by_its_number(exchange):
    outcome = edited(exchange, translate("Call 112 and ask.", "Позвоните и спросите."))
    assert outcome.refused[0].place == "row 5"


@pytest.mark.parametrize(
    "typed", ["  Зубной врач \n", "Зубной\r\nврач", "\ufeffЗубной врач", "Зубной_x000D_\nврач"]
)
def test_stray_spaces_and_line_ends_do_not_reach_the_catalogue(exchange, typed):
    edited(exchange, translate("Dentist", typed))
    assert exchange.translation("Dentist") == "Зубной врач"


def test_columns_may_be_moved_and_added(exchange):
    def change(page):
        translate("Dentist", "Зубной врач")(page)
        page.move_range("E4:E20", cols=6)
        page["I4"] = "my notes"
        page["I5"] = "whatever"

    assert edited(exchange, change).taken == 1


def test_columns_may_be_missing_but_for_the_two_texts(exchange):
    book = openpyxl.Workbook()
    book.active.title = "ru"
    for row in (["Translation", " ENGLISH "], ["Зубной врач", "Dentist"], [None, None]):
        book.active.append(row)
    path = exchange.folder / "own.xlsx"
    book.save(path)
    outcome = exchange.take(path)
    assert (outcome.taken, outcome.rows) == (1, 1)


def test_a_number_is_a_text_without_a_decimal_point(exchange):
    outcome = edited(exchange, translate("Call 112 and ask.", 113.0))
    assert outcome.refused[0].translation == "113"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("=A1", "formula"),
        (True, "true or false"),
        (datetime.datetime(2026, 11, 24), "date"),
    ],
)
def test_a_cell_that_holds_no_text_is_listed(exchange, value, reason):
    outcome = edited(exchange, translate("Dentist", value))
    assert reason in reasons(outcome)[0]


def test_a_text_that_needs_work_is_not_taken(exchange):
    def change(page):
        translate("Dentist", "Зубной врач")(page)
        page.cell(row_of(page, "Dentist"), 6).value = "needs work"

    assert "needs work" in reasons(edited(exchange, change))[0]


def test_other_words_in_the_status_are_told_and_refuse_nothing(exchange):
    def change(page):
        translate("Dentist", "Зубной врач")(page)
        page.cell(row_of(page, "Dentist"), 6).value = "unsure"

    outcome = edited(exchange, change)
    assert outcome.taken == 1
    assert any("unsure" in remark for remark in outcome.remarks)


def test_a_sheet_that_was_renamed_is_known_by_its_heading(exchange):
    def change(page):
        page.title = "Sheet1"

    assert edited(exchange, change).language == "ru"


def test_sheets_without_texts_are_named(exchange):
    path = exchange.export("t.xlsx")
    book, _ = opened(path)
    book.create_sheet("Questions").append(["What is Ohjaamo?"])
    book.save(path)
    assert any("Questions" in remark for remark in exchange.take(path).remarks)


def test_a_workbook_without_headings_is_refused(exchange):
    path = exchange.folder / "other.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(ExchangeError, match="headings"):
        exchange.take(path)


def test_a_comment_is_told(exchange):
    def change(page):
        page.cell(row_of(page, "Dentist"), 7).value = "A person?"

    assert any("A person?" in remark for remark in edited(exchange, change).remarks)


def test_notes_attached_to_cells_are_not_passed_over_in_silence(exchange):
    from openpyxl.comments import Comment

    def change(page):
        page["E5"].comment = Comment("Is this right?", "Anna")

    assert any("attached to cells" in remark for remark in edited(exchange, change).remarks)


_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "/xl/workbook.xml": "sheet.main",
    "/xl/worksheets/sheet1.xml": "worksheet",
    "/xl/sharedStrings.xml": "sharedStrings",
}
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="{part}" ContentType="{_SPREADSHEET}.{kind}+xml"/>'
        for part, kind in _PARTS.items()
    )
    + "</Types>"
)
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006/relationships"
_M = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def office_file(path, shared, sheet, extra=()):
    """A package as LibreOffice writes it: no cell styles, empty rows to the end of the sheet."""
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_P}"><Relationship Id="rId1" '
        f'Type="{_R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_P}"><Relationship Id="rId2" '
        f'Type="{_R}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId3" '
        f'Type="{_R}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_M}" xmlns:r="{_R}"><sheets>'
        '<sheet name="ru" sheetId="1" state="visible" r:id="rId2"/></sheets></workbook>',
        "xl/sharedStrings.xml": shared,
        "xl/worksheets/sheet1.xml": sheet,
        **dict(extra),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


SHARED = (
    f'<sst xmlns="{_M}" count="4" uniqueCount="4"><si><t xml:space="preserve">English</t></si>'
    '<si><t xml:space="preserve">translation</t></si><si><t xml:space="preserve">Dentist</t></si>'
    '<si><r><rPr><b/></rPr><t xml:space="preserve">Зубной </t></r><r><t>врач</t></r></si></sst>'
)
SHEET = (
    f'<worksheet xmlns="{_M}"><dimension ref="A1:XFD1048576"/><sheetData>'
    '<row r="1"><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="B2" t="s"><v>2</v></c><c r="C2" t="s"><v>3</v></c></row>'
    '<row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'
)


def test_a_workbook_of_libreoffice_with_bold_words_and_empty_cells_to_the_end(exchange):
    path = office_file(exchange.folder / "office.xlsx", SHARED, SHEET)
    outcome = exchange.take(path)
    assert (outcome.taken, outcome.rows) == (1, 1)
    assert exchange.translation("Dentist") == "Зубной врач"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    + SHARED.replace("English", "&b;")
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_with_entities_is_refused(exchange, encoding):
    bomb = BOMB.replace('"1.0"?', f'"1.0" encoding="{encoding}"?').encode(encoding)
    path = office_file(exchange.folder / "bomb.xlsx", bomb, SHEET)
    with pytest.raises(ExchangeError, match="DOCTYPE"):
        exchange.take(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(exchange, monkeypatch):
    monkeypatch.setattr("assistant.i18n.exchange.safe_xml.MAX_UNPACKED", 1_000_000)
    extra = {"xl/media/image1.png": b"\0" * 2_000_000}
    path = office_file(exchange.folder / "bomb.xlsx", SHARED, SHEET, extra.items())
    assert path.stat().st_size < 10_000
    with pytest.raises(ExchangeError, match="unpacks to more"):
        exchange.take(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0 old", b"English;x"])
def test_what_is_no_workbook_says_so(exchange, data):
    path = exchange.folder / "broken.xlsx"
    path.write_bytes(data)
    with pytest.raises(ExchangeError, match=r"save it as \.xlsx"):
        exchange.take(path)
