"""Texts as a `.po` file, as Babel writes it; read with all that other editors put in."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import polib
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from assistant.i18n.catalogs import DOMAIN
from assistant.i18n.exchange.errors import ExchangeError
from assistant.i18n.exchange.rows import Row, Sheet, tidy
from assistant.i18n.review import TEXT_LABEL, reviewers_in

_CHARSET = re.compile(rb"charset=([\w-]+)", re.IGNORECASE)
_ID = re.compile(r"^id: (\S+)$", re.MULTILINE)
_SYNTAX = re.compile(r"\(line (\d+)\)")
#: Lines that the parser is given before the first of the file; see `_parsed`.
_EXTRA_LINES = 1


def write(sheets: Sequence[Sheet]) -> bytes:
    """The file with the rows of one sheet, under the header of its message catalogue."""
    (sheet,) = sheets
    source = sheet.catalog
    if source is None:
        raise ValueError("a .po file is written from a message catalogue")
    catalog = Catalog(
        locale=sheet.language, domain=DOMAIN, header_comment=source.header_comment, fuzzy=False
    )
    catalog.mime_headers = source.mime_headers
    for row in sheet.rows:
        message = source[row.source]
        comments = [f"id: {row.id}", *([row.note] if row.note else [])]
        added = catalog.add(
            row.source,
            row.translation,
            message.locations,
            message.flags,
            auto_comments=comments,
            # The header speaks for all texts: nothing has to be said at each.
            user_comments=[row.review] if row.review and not sheet.whole else (),
        )
        added.lineno = message.lineno
    buffer = io.BytesIO()
    write_po(buffer, catalog, include_lineno=False, width=100)
    return buffer.getvalue()


def read(data: bytes, name: str) -> list[Sheet]:
    """The rows of a `.po` file; texts that are obsolete or have plural forms are left aside.

    Raises:
        ExchangeError: naming the line that cannot be read.
    """
    file = _parsed(data, name)
    language = file.metadata.get("Language", "").replace("_", "-").split("-")[0].lower()
    sheet = Sheet(language)
    sheet.reviewer = reviewers_in(file.header)
    sheet.whole = bool(sheet.reviewer)
    plural = [entry for entry in file if entry.msgid_plural and not entry.obsolete]
    sheet.rows = [_row(entry) for entry in file if not entry.obsolete and not entry.msgid_plural]
    if plural:
        sheet.remarks.append(f"{len(plural)} texts with plural forms are left aside")
    return [sheet]


def _row(entry: polib.POEntry) -> Row:
    comments = [line for line in entry.tcomment.splitlines() if line.strip()]
    marks = [line for line in comments if line.startswith(TEXT_LABEL)]
    identifier = _ID.search(entry.comment)
    return Row(
        place=f"line {entry.linenum - _EXTRA_LINES}",
        source=entry.msgid,
        translation=tidy(entry.msgstr),
        id=identifier[1] if identifier else "",
        review=marks[-1] if marks else "",
        comment="; ".join(line for line in comments if line not in marks),
        fault="marked as needing work (fuzzy)" if entry.fuzzy else "",
    )


def _parsed(data: bytes, name: str) -> polib.POFile:
    found = _CHARSET.search(data[:10_000])
    charset = found[1].decode("ascii") if found else "utf-8"
    if charset.upper() == "CHARSET":
        charset = "utf-8"
    try:
        text = data.decode("utf-8-sig" if charset.lower() in ("utf-8", "utf8") else charset)
    except (UnicodeDecodeError, LookupError) as error:
        raise ExchangeError(f"{name}: is not written in {charset} ({error})") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        # The line before the first keeps polib from taking a short text for the name of a file.
        return polib.pofile("\n" * _EXTRA_LINES + text, encoding="utf-8", wrapwidth=0)
    except (OSError, ValueError, IndexError) as error:
        line = _SYNTAX.search(str(error))
        where = f" at line {int(line[1]) - _EXTRA_LINES}" if line else ""
        raise ExchangeError(
            f"{name}: is not a .po file{where}; open and save it in Poedit"
        ) from None
