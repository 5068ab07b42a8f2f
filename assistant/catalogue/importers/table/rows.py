"""Rows of a table with their cells read: from CSV, Excel, and both of them packed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO
from typing import BinaryIO, cast

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.encodings import TextStream, not_text
from assistant.catalogue.importers.files.records import Content
from assistant.catalogue.importers.table.cells import BadCell, cell_text
from assistant.catalogue.importers.table.columns import Header, base_column
from assistant.catalogue.importers.table.csv_table import RawRow, csv_table
from assistant.catalogue.importers.table.excel import excel_sheets, refuse_old_workbook
from assistant.catalogue.model import LocalizedText

ZIP = b"PK"


@dataclass(frozen=True)
class Row:
    """A row.

    Attributes:
        where: its file, sheet and number.
        header: the headings above it.
        cells: the text of each column that has one.
        bad: cells that cannot be used.
        problem: why the whole row cannot be read, if it cannot.
    """

    where: str
    header: Header
    cells: dict[str, str]
    bad: list[BadCell] = field(default_factory=list)
    problem: str = ""

    def localized(self, column: str) -> LocalizedText:
        """The texts of a column in its languages."""
        prefix = column + "_"
        return {
            name.removeprefix(prefix): text
            for name, text in self.cells.items()
            if text and name.startswith(prefix) and base_column(name) == column
        }

    def listed(self, column: str) -> list[str]:
        """The items of a cell that are separated by commas, semicolons or line ends."""
        text = self.cells.get(column, "").replace(";", ",").replace("\n", ",")
        return list(dict.fromkeys(item.strip() for item in text.split(",") if item.strip()))


def rows_of(content: Content, reading: Reading) -> Iterator[Row]:
    """The rows of a file.

    Raises:
        ImportFailed: if it is no table.
    """
    name = content.name
    stream = content.stream
    head = _peek(stream)
    refuse_old_workbook(head, stream, name)
    if head.startswith(ZIP):
        for sheet in excel_sheets(_seekable(stream), name, reading):
            place = f"{name}: sheet {sheet.title}, "
            _remark(sheet.header, f"{name}, sheet {sheet.title}", reading)
            for raw in sheet.rows:
                yield from _row(raw, sheet.header, place)
        return
    kind = not_text(head)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls")) and kind is None:
        raise ImportFailed(f"{name}: not an Excel workbook (it begins like a text)")
    header, rows = csv_table(TextStream(stream), name, reading)
    _remark(header, name, reading)
    for raw in rows:
        yield from _row(raw, header, f"{name}: ")


def _peek(stream: BinaryIO) -> bytes:
    if isinstance(stream, BufferedReader):
        return stream.peek(8)[:4096]
    head = stream.read(4096)
    stream.seek(0)
    return head


def _seekable(stream: BinaryIO) -> BinaryIO:
    """The stream, or for a workbook that is itself packed, its content in memory."""
    try:
        stream.seek(0)
    except (OSError, ValueError):
        return BytesIO(stream.read())
    return cast(BinaryIO, stream)


def _remark(header: Header, place: str, reading: Reading) -> None:
    if header.unknown:
        names = ", ".join(header.unknown[:20])
        reading.notes.append(f"{place}: unknown columns were not read: {names}")
    if header.repeated:
        names = ", ".join(header.repeated)
        reading.notes.append(
            f"{place}: columns are there more than once, the first that is filled counts: {names}"
        )


def _row(raw: RawRow, header: Header, place: str) -> Iterator[Row]:
    where = f"{place}row {raw.number}"
    cells: dict[str, str] = {}
    bad = []
    for column, value in zip(header.columns, raw.values):
        if column is None or cells.get(column):
            continue
        try:
            text = cell_text(base_column(column), value)
        except BadCell as error:
            bad.append(BadCell(column, str(error)))
            continue
        if text:
            cells[column] = text
    problem = raw.problem or ""
    # A text with the delimiter in it and no quotation marks moves all cells after it.
    more = [value for value in raw.values[len(header.columns) :] if value not in (None, "")]
    if more and not problem and isinstance(raw.values[-1], (str, type(None))):
        problem = (
            f"{len(raw.values)} cells under {len(header.columns)} headings; "
            "a text with the separator in it needs quotation marks"
        )
    if cells or bad or problem:
        yield Row(where, header, cells, bad, problem)
