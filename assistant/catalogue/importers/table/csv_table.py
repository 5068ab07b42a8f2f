"""Rows of a CSV file as it is found: any delimiter and encoding, broken quotation marks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Optional

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.encodings import (
    TextStream,
    markup,
    refuse_what_is_not_text,
)
from assistant.catalogue.importers.table.columns import HEADER_ROWS, Header, find_header

DELIMITERS = ";,\t|"
MAX_FIELD = 1_000_000
#: A text in quotation marks has at most so many lines; more means that the mark is missing.
MAX_LINES = 60


@dataclass(frozen=True)
class RawRow:
    """A row of a table before its cells are read.

    Attributes:
        number: as a spreadsheet shows it, from 1.
        values: the cells.
        problem: why the row cannot be read, if it cannot.
    """

    number: int
    values: list[Any] = field(default_factory=list)
    problem: Optional[str] = None


def csv_table(text: TextStream, name: str, reading: Reading) -> tuple[Header, Iterator[RawRow]]:
    """The headings of a CSV file and the rows below them.

    Raises:
        ImportFailed: if it is no text, or no row has a name column.
    """
    refuse_what_is_not_text(text, name, "a CSV table")
    csv.field_size_limit(MAX_FIELD)
    lines = text.lines()
    # A cell may have several lines, so more lines are looked at than rows.
    first = list(islice(lines, 3 * HEADER_ROWS))
    kind = markup("".join(first[:5]))
    if kind is not None:
        raise ImportFailed(f"{name}: this is {kind}, not a CSV table")
    if not "".join(first).strip():
        raise ImportFailed(f"{name}: the file is empty")
    skipped = 0
    delimiters = DELIMITERS
    mark = first[0].strip().strip('"').lower()
    if mark.startswith("sep=") and len(first[0].strip('\r\n"')) == 5:
        delimiters, skipped = first[0].strip('\r\n"')[4], 1
    best: Optional[tuple[int, Header, str]] = None
    for delimiter in delimiters:
        rows = [row.values for row in _rows(iter(first[skipped:]), delimiter, 0, skipped)]
        header = find_header(rows)
        if header is not None:
            known = len(set(header.columns) - {None})
            if best is None or known > best[0]:
                best = known, header, delimiter
    if best is None:
        raise ImportFailed(
            f"{name}: none of the first rows has a heading such as name_fi, nimi or namn"
        )
    _, header, delimiter = best
    rows_of_all = _rows(chain(first[skipped:], lines), delimiter, len(header.columns), skipped)
    return header, _below(rows_of_all, header, text, name, reading)


def _below(
    rows: Iterator[RawRow], header: Header, text: TextStream, name: str, reading: Reading
) -> Iterator[RawRow]:
    yield from islice(rows, header.index + 1, None)
    if text.fallback:
        reading.notes.append(f"{name}: the file is not UTF-8; it was read as Windows-1252")
    if text.damaged:
        reading.notes.append(f"{name}: {text.damaged}")
        reading.complete = False


def _rows(lines: Iterator[str], delimiter: str, width: int, skipped: int) -> Iterator[RawRow]:
    """The rows; `width` is the number of headings, where it is known."""
    waiting: list[str] = []
    number = skipped
    while True:
        line = waiting.pop(0) if waiting else next(lines, None)
        if line is None:
            return
        number += 1
        if not _is_open(line, delimiter):
            yield _row(line, delimiter, number)
            continue
        taken: list[str] = []
        whole = line
        while _is_open(whole, delimiter) and len(taken) < MAX_LINES:
            following = waiting.pop(0) if waiting else next(lines, None)
            if following is None:
                break
            taken.append(following)
            whole += following
        if _is_open(whole, delimiter) or _swallowed(whole, taken, delimiter, width):
            waiting[:0] = taken
            yield _without_quotes(line, delimiter, number, width)
        else:
            yield _row(whole, delimiter, number)


def _is_open(text: str, delimiter: str) -> bool:
    """True when a text in quotation marks goes on after the end."""
    if '"' not in text:
        return False
    position = 0
    while True:
        if text.startswith('"', position):
            end = text.find('"', position + 1)
            while end >= 0 and text.startswith('""', end):
                end = text.find('"', end + 2)
            if end < 0:
                return True
            position = end + 1
        position = text.find(delimiter, position) + 1
        if position == 0:
            return False


def _swallowed(whole: str, lines: list[str], delimiter: str, width: int) -> bool:
    """True when a stray quotation mark made one row of several."""
    if width < 3:
        return False
    # A line of a real text hardly ever has just as many separators as a row.
    rows = [
        not _is_open(line, delimiter) and len(_row(line, delimiter, 0).values) == width
        for line in lines
    ]
    if len(_row(whole, delimiter, 0).values) == width:
        return len(rows) > 1 and all(rows[:-1])
    return any(rows)


def _row(text: str, delimiter: str, number: int) -> RawRow:
    try:
        rows = list(csv.reader([text], delimiter=delimiter))
    except csv.Error as error:
        return RawRow(number, [], f"cannot be read ({error})")
    return RawRow(number, rows[0] if rows else [])


def _without_quotes(line: str, delimiter: str, number: int, width: int) -> RawRow:
    """A row with a quotation mark that is never closed, read as if there were none."""
    values = [cell.strip().strip('"') for cell in line.rstrip("\n").split(delimiter)]
    if width and len(values) > width:
        return RawRow(number, values, "a quotation mark is not closed")
    return RawRow(number, values)
