"""Rows of an Excel workbook, read sheet by sheet and row by row."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from typing import Any, BinaryIO, Optional

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.archives import Archive, open_archive
from assistant.catalogue.importers.table.cells import title_text
from assistant.catalogue.importers.table.columns import HEADER_ROWS, Header, find_header
from assistant.catalogue.importers.table.csv_table import RawRow

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
#: Sheets of the template that hold no services.
INFO_SHEETS = frozenset(("Help", "Lists"))
MAX_COLUMNS = 500
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_BROKEN = (
    *(zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, AttributeError, IndexError),
    *(SyntaxError, EOFError, NotImplementedError),
)


@dataclass(frozen=True)
class Sheet:
    """A sheet with services."""

    title: str
    header: Header
    rows: Iterator[RawRow]


@dataclass(frozen=True)
class _Facts:
    """What is known of a sheet before its rows are read: merged cells by column, formulas."""

    merged: list[tuple[int, int, int]]  # column from 0, first and last row from 1
    formulas: bool


def refuse_old_workbook(head: bytes, stream: BinaryIO, name: str) -> None:
    """Raise a clear error for an .xls file or a workbook with a password.

    Raises:
        ImportFailed: for both of them.
    """
    if not head.startswith(OLD_OFFICE):
        return
    protected = "EncryptedPackage".encode("utf-16-le") in stream.read(8_000_000)
    what = "is protected by a password" if protected else "is an old .xls workbook"
    how = "remove the password" if protected else "save it as .xlsx"
    raise ImportFailed(f"{name}: the file {what}; {how} and import it again")


def excel_sheets(stream: BinaryIO, name: str, reading: Reading) -> Iterator[Sheet]:
    """The sheets that have services.

    Hidden sheets, and sheets without a name column, are noted. Cells that are merged down a column
    have their value in every row. Of a formula the value is taken that the spreadsheet has stored.

    Raises:
        ImportFailed: if this is no workbook, if it is dangerous, or if no sheet has a name column.
    """
    with open_archive(stream, name) as archive:
        facts = _facts(archive, name)
    try:
        stream.seek(0)
        book = load_workbook(stream, read_only=True, data_only=True)
        formulas = None
        if any(fact.formulas for fact in facts.values()):
            formulas = load_workbook(stream, read_only=True, data_only=False)
        sheets = list(book.worksheets)
    except _BROKEN as error:
        raise ImportFailed(f"{name}: not an Excel workbook ({error})") from None
    found = 0
    problems = []
    for number, sheet in enumerate(sheets):
        if sheet.title in INFO_SHEETS:
            continue
        path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
        fact = facts.get(path, _Facts([], False))
        other = formulas.worksheets[number] if formulas is not None and fact.formulas else None
        rows = _guarded(_rows(sheet, other, fact), name, sheet.title, reading)
        first = list(islice(rows, HEADER_ROWS))
        if not any(value not in (None, "") for row in first for value in row.values):
            continue
        header = find_header([[title_text(value) for value in row.values] for row in first])
        if sheet.sheet_state != "visible":
            if header is not None:
                reading.notes.append(f"{name}: the hidden sheet {sheet.title} was not read")
        elif header is None:
            problems.append(
                f"{name}, sheet {sheet.title}: none of the first rows has a heading such as "
                "name_fi, nimi or namn"
            )
        else:
            found += 1
            yield Sheet(sheet.title, header, chain(first[header.index + 1 :], rows))
    if not found:
        raise ImportFailed(problems[0] if problems else f"{name}: the workbook has no rows")
    reading.notes += problems


def _facts(archive: Archive, name: str) -> dict[str, _Facts]:
    """Look through the sheets once, as bytes; this also refuses what XML must not have."""
    facts = {}
    for member in archive.names:
        if not member.endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(member) as stream:
            head = stream.read(1 << 16)
            if b"<!DOCTYPE" in head.replace(b"\0", b"").upper():
                raise ImportFailed(f"{name}: {member} declares entities, so it is not read")
            if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", member):
                continue
            merged, formulas = set(), False
            tail = b""
            while head:
                text = tail + head
                formulas = formulas or _FORMULA.search(text) is not None
                for left, top, _, bottom in _MERGED.findall(text):
                    column = column_index_from_string(left.decode()) - 1
                    merged.add((column, int(top), int(bottom)))
                tail = text[-300:]
                head = stream.read(1 << 18)
            facts[member] = _Facts(sorted(merged), formulas)
    return facts


def _rows(sheet: Any, formulas: Optional[Any], facts: _Facts) -> Iterator[RawRow]:
    # A sheet may claim to have a million columns; what counts is what there is.
    sheet.reset_dimensions()
    values = sheet.iter_rows(values_only=True)
    if formulas is not None:
        formulas.reset_dimensions()
        written = formulas.iter_rows(values_only=True)
        rows = (_combined(v or (), f or ()) for v, f in zip_longest(values, written))
    else:
        rows = (list(row[:MAX_COLUMNS]) for row in values)
    carried: dict[int, Any] = {}
    merged = [area for area in facts.merged if area[2] > area[1]]
    tops: dict[int, list[tuple[int, int]]] = {}
    for column, top, bottom in merged:
        tops.setdefault(top, []).append((column, bottom))
    until: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        for column in [column for column, last in until.items() if last < number]:
            del until[column]
        for column in until:
            row += [None] * (column + 1 - len(row))
            if row[column] is None:
                row[column] = carried[column]
        for column, bottom in tops.get(number, ()):
            if column < len(row):
                carried[column], until[column] = row[column], bottom
        yield RawRow(number, row)


def _combined(values: tuple[Any, ...], written: tuple[Any, ...]) -> list[Any]:
    """Values, and the formula where there is no value or where it holds a web address."""
    row = []
    for value, formula in zip_longest(values[:MAX_COLUMNS], written[:MAX_COLUMNS]):
        text = formula if isinstance(formula, str) else ""
        is_formula = text.startswith("=") or (value is None and formula is not None and not text)
        if is_formula and (value is None or "HYPERLINK" in text.upper()):
            value = text or "="
        row.append(value)
    return row


def _guarded(rows: Iterator[RawRow], name: str, sheet: str, reading: Reading) -> Iterator[RawRow]:
    """The rows until the sheet is broken, which is noted."""
    try:
        yield from rows
    except _BROKEN as error:
        reading.notes.append(
            f"{name}, sheet {sheet}: broken after the rows that were read ({error})"
        )
        reading.complete = False
