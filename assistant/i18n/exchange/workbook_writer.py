"""Texts as an Excel workbook: one sheet a language, only the translator's columns unlocked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assistant.i18n.exchange.rows import Row, Sheet, tidy
from assistant.i18n.exchange.workbook_layout import (
    COLUMNS,
    MISSING,
    NOT_REVIEWED,
    REVIEWER_LABEL,
    STATUSES,
    WHOLE_LABEL,
)
from assistant.i18n.languages import LANGUAGES, direction

_WIDTHS = (12, 26, 30, 58, 58, 20, 30)
_OPEN = ("translation", "status", "comment")
_HELP = (
    "Kuntaopas: texts in {name} ({code}). Write in the white and yellow cells. Keep {{words in"
    " braces}}, numbers and Finnish words in brackets as they are. Status: “reviewed” when you"
    " have read the text, “needs work” when it must not be used yet."
)
HEADER_ROW = 4
_HEAD = PatternFill("solid", fgColor="1F4E78")
_LOCKED = PatternFill("solid", fgColor="F2F2F2")
_MISSING = PatternFill("solid", fgColor="FFF6D6")
_GRID = Border(*(Side(style="thin", color="BFBFBF"),) * 4)
#: Reading order of a cell: left to right, right to left.
_LTR, _RTL = 1, 2
# Made once: a workbook of all languages has 180,000 cells.
_TOP_LTR = Alignment(wrap_text=True, vertical="top", horizontal="left", readingOrder=_LTR)
_TOP_RTL = Alignment(wrap_text=True, vertical="top", horizontal="right", readingOrder=_RTL)
_UNLOCKED = Protection(locked=False)
_SMALL = Font(size=8, color="595959")


def write(sheets: Sequence[Sheet]) -> bytes:
    """The workbook with these sheets."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _add(book, sheet)
    book.properties.title = "Kuntaopas: texts"
    book.properties.creator = "Kuntaopas"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _add(book: Workbook, sheet: Sheet) -> None:
    language = LANGUAGES[sheet.language]
    rtl = direction(sheet.language) == "rtl"
    page = book.create_sheet(f"{language.code} {language.own_name}"[:31])
    page.sheet_view.rightToLeft = rtl
    page.sheet_view.showGridLines = False
    for number, width in enumerate(_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    _add_top(page, sheet, language.own_name)
    for number, row in enumerate(sheet.rows, start=HEADER_ROW + 1):
        _add_row(page, number, row, rtl)
    last = HEADER_ROW + max(len(sheet.rows), 1)
    page.freeze_panes = page.cell(HEADER_ROW + 1, 1)
    page.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(COLUMNS))}{last}"
    status = get_column_letter(COLUMNS.index("status") + 1)
    _offer(page, f"{status}{HEADER_ROW + 1}:{status}{last}", STATUSES)
    _protect(page)
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _add_top(page: Any, sheet: Sheet, name: str) -> None:
    """The help and the cells for the reviewer, above the table."""
    left = Alignment(wrap_text=True, vertical="center", horizontal="left", readingOrder=_LTR)
    page.cell(1, 1, _HELP.format(name=name, code=sheet.language)).alignment = left
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=5)
    page.row_dimensions[1].height = 48
    whole = "yes" if sheet.whole else "no"
    for number, label, value in ((2, REVIEWER_LABEL, sheet.reviewer), (3, WHOLE_LABEL, whole)):
        page.cell(number, 1, label).font = Font(bold=True)
        page.cell(number, 1).alignment = left
        page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=3)
        cell = page.cell(number, 4)
        _put(cell, value)
        cell.alignment, cell.border = left, _GRID
        cell.protection = _UNLOCKED
    _offer(page, "D3", ("yes", "no"))
    for number, column in enumerate(COLUMNS, start=1):
        text = f"translation ({sheet.language})" if column == "translation" else column
        cell = page.cell(HEADER_ROW, number, text)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        cell.alignment = Alignment(vertical="center", wrap_text=True)


def _add_row(page: Any, number: int, row: Row, rtl: bool) -> None:
    status = row.review or (NOT_REVIEWED if row.translation else MISSING)
    values = (row.id, row.where, row.note, row.source, row.translation, status, row.comment)
    for place, (column, value) in enumerate(zip(COLUMNS, values), start=1):
        cell = page.cell(number, place)
        _put(cell, value)
        cell.border = _GRID
        cell.alignment = _TOP_RTL if rtl and column in ("translation", "comment") else _TOP_LTR
        if column in _OPEN:
            cell.protection = _UNLOCKED
            if column == "translation" and not row.translation:
                cell.fill = _MISSING
        else:
            cell.fill = _LOCKED
        if column == "id":
            cell.font = _SMALL


def _put(cell: Any, text: str) -> None:
    """Write a text as a text: one that begins with = is no formula, 112 is no number."""
    cell.number_format = "@"
    if text:
        cell.value = tidy(text)
        cell.data_type = "s"


def _offer(page: Any, cells: str, choices: tuple[str, ...]) -> None:
    """A list to choose from; other words are accepted."""
    offered = DataValidation(
        type="list",
        formula1='"' + ",".join(choices) + '"',
        allow_blank=True,
        showErrorMessage=False,
    )
    page.add_data_validation(offered)
    offered.add(cells)


def _protect(page: Any) -> None:
    """Lock the columns of the source, without a password; widths, heights and filters stay free."""
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.protection.formatRows = False
    page.protection.autoFilter = False
    page.protection.sort = False
