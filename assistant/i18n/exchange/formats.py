"""The formats of exchange by the ending of a file's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.i18n.exchange.errors import ExchangeError
from assistant.i18n.exchange.rows import Sheet


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes:
        read: the sheets in the bytes of a file; the name is for messages.
        write: the bytes of a file with these sheets.
        several: one file can hold several languages.
    """

    read: Callable[[bytes, str], list[Sheet]]
    write: Callable[[Sequence[Sheet]], bytes]
    several: bool = False


def format_of(path: Path) -> Format:
    """The format that the name of a file asks for.

    Raises:
        ExchangeError: naming the endings that there are.
    """
    ending = path.suffix.lower()
    if ending == ".xlsx":
        from assistant.i18n.exchange import workbook_reader, workbook_writer

        return Format(workbook_reader.read, workbook_writer.write, several=True)
    if ending == ".po":
        from assistant.i18n.exchange import po

        return Format(po.read, po.write)
    if ending in (".xlf", ".xliff"):
        from assistant.i18n.exchange import xliff

        return Format(xliff.read, xliff.write)
    raise ExchangeError(f"{path}: choose a name that ends in .xlsx, .po or .xlf")
