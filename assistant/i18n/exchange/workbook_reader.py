"""Reads the sheets of a workbook, however a spreadsheet program has saved it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from assistant.i18n.exchange.errors import ExchangeError
from assistant.i18n.exchange.rows import Row, Sheet, tidy
from assistant.i18n.exchange.safe_xml import check_workbook
from assistant.i18n.exchange.workbook_layout import (
    MISSING,
    NEEDS_WORK,
    NOT_REVIEWED,
    REVIEWED,
    heading,
    is_reviewer_label,
    is_whole_label,
)
from assistant.i18n.languages import LANGUAGES

#: The heading is among the first rows; a sheet has no more columns or rows than these.
HEADING_ROWS, MAX_COLUMNS, MAX_ROWS = 30, 100, 100_000
_YES = ("yes", "y", "x", "true", "kyllä", "ja", "да")
_ESCAPED_CR = re.compile("_x000D_", re.IGNORECASE)
_BROKEN = (KeyError, ValueError, OSError, TypeError, AttributeError, IndexError, SyntaxError)


def read(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a workbook that have a column for the English text and one for translations.

    Raises:
        ExchangeError: if it cannot be read safely, or no sheet has these columns.
    """
    parts = check_workbook(data, name)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        read_sheets = [(page, _read_sheet(page)) for page in book.worksheets]
    except _BROKEN as error:
        raise ExchangeError(f"{name}: is not a workbook that can be read ({error})") from None
    sheets = [sheet for _, sheet in read_sheets if sheet is not None]
    if not sheets:
        raise ExchangeError(
            f"{name}: no sheet has the headings “English” and “translation”; keep the row of"
            " headings of the export"
        )
    others = [page.title for page, sheet in read_sheets if sheet is None and _has_rows(page)]
    if others:
        sheets[0].remarks.append(f"sheets without the headings are left out: {', '.join(others)}")
    if any(re.search(r"(^|/)(threaded)?comments?[^/]*\d*\.xml$", part, re.I) for part in parts):
        sheets[0].remarks.append(
            "notes that are attached to cells are not read; write them into the column “comment”"
        )
    return sheets


def _read_sheet(page: Any) -> Sheet | None:
    # A sheet may claim to have a million columns; what counts is what there is.
    page.reset_dimensions()
    rows = page.iter_rows()
    sheet = Sheet(_language_of_title(page.title), title=page.title)
    whole: bool | None = None
    for cells in islice(rows, HEADING_ROWS):
        cells = cells[:MAX_COLUMNS]
        texts = [_text(cell)[0] for cell in cells]
        columns = _columns(texts)
        if columns is not None:
            places, language = columns
            sheet.language = language or sheet.language
            sheet.rows = list(_rows(rows, places))
            # Who signs a sheet without saying of what has read all of it.
            sheet.whole = bool(sheet.reviewer) if whole is None else whole
            return sheet
        filled = [text for text in texts if text]
        if filled and is_reviewer_label(filled[0]):
            sheet.reviewer = _after_label(filled)
        elif filled and is_whole_label(filled[0]):
            whole = _after_label(filled).casefold() in _YES
    return None


def _after_label(filled: list[str]) -> str:
    """What stands in the cells after a label, or after its colon."""
    return ", ".join(filled[1:]) or filled[0].partition(":")[2].strip()


def _columns(texts: list[str]) -> tuple[dict[str, int], str] | None:
    """The place of each column, and the language that a heading names."""
    places: dict[str, int] = {}
    language = ""
    for place, text in enumerate(texts):
        column, named = heading(text)
        if column and column not in places:
            places[column] = place
            language = named or language
    return (places, language) if {"english", "translation"} <= set(places) else None


def _rows(rows: Iterator[Any], places: dict[str, int]) -> Iterator[Row]:
    count = 0
    for cells in rows:
        found = {column: cells[place] for column, place in places.items() if place < len(cells)}
        texts = {column: _text(cell) for column, cell in found.items()}
        values = {column: tidy(text) for column, (text, _) in texts.items()}
        if not values.get("english") and not values.get("translation"):
            continue
        count += 1
        if count > MAX_ROWS:
            raise ValueError(f"more than {MAX_ROWS} rows")
        number = next(cell.row for cell in cells if hasattr(cell, "row"))
        review, comment, fault = _status(values.get("status", ""))
        yield Row(
            place=f"row {number}",
            source=values.get("english", ""),
            translation=values.get("translation", ""),
            id=values.get("id", ""),
            review=review,
            comment="; ".join(filter(None, (comment, values.get("comment", "")))),
            fault=texts.get("translation", ("", ""))[1] or fault,
        )


def _status(text: str) -> tuple[str, str, str]:
    """(mark of the review, comment, fault) of the cell of the status."""
    word = text.casefold().strip(" .!")
    if word in ("", MISSING, NOT_REVIEWED):
        return "", "", ""
    if word.startswith(REVIEWED):
        return text, "", ""
    if word == NEEDS_WORK:
        return "", "", f"marked as “{NEEDS_WORK}”"
    return "", f"status “{text}”", ""


def _text(cell: Any) -> tuple[str, str]:
    """The text of a cell, and why it is not what the person has written."""
    value = cell.value
    if value is None:
        return "", ""
    if isinstance(value, str):
        if getattr(cell, "data_type", "s") == "f":
            return value, "the cell holds a formula; write the text"
        return _ESCAPED_CR.sub("", value), ""
    if isinstance(value, bool):
        return str(value), "the cell holds true or false; write the text"
    if isinstance(value, (int, float)):
        whole = isinstance(value, float) and value.is_integer()
        return str(int(value) if whole else value), ""
    if isinstance(value, (date, datetime)):
        return value.isoformat()[:10], "the spreadsheet has made a date of the cell; write a text"
    return str(value), "the cell holds no text"


def _language_of_title(title: str) -> str:
    words = title.casefold().split()
    for code, language in LANGUAGES.items():
        if code in words[:1] or language.own_name.casefold() in (title.casefold(), *words):
            return code
    return ""


def _has_rows(page: Any) -> bool:
    return any(cell.value is not None for row in islice(page.iter_rows(), 50) for cell in row)
