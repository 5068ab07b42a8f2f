"""What the writer and the reader of workbooks agree on: columns, labels, words of the status."""

from __future__ import annotations

import re

COLUMNS = ("id", "where", "note", "English", "translation", "status", "comment")
REVIEWER_LABEL = "Reviewed by (name, date)"
WHOLE_LABEL = "Everything on this sheet is reviewed (yes or no)"

MISSING = "missing"
NOT_REVIEWED = "not reviewed"
REVIEWED = "reviewed"
NEEDS_WORK = "needs work"
STATUSES = (NOT_REVIEWED, REVIEWED, NEEDS_WORK)

#: Headings by column, as people may have changed them.
_HEADINGS = {
    "id": ("id", "key"),
    "where": ("where", "location", "context"),
    "note": ("note", "notes"),
    "english": ("english", "english text", "source", "source text", "en"),
    "translation": ("translation", "target", "target text"),
    "status": ("status", "state", "review", "reviewed"),
    "comment": ("comment", "comments", "remark", "remarks"),
}
_COLUMN_OF = {heading: column for column, names in _HEADINGS.items() for heading in names}
_LANGUAGE = re.compile(r"\(([a-z]{2,3})\)$")


def heading(text: str) -> tuple[str, str]:
    """The column that a heading names, and the language in brackets; empty ones for others."""
    text = " ".join(text.casefold().split())
    language = _LANGUAGE.search(text)
    column = _COLUMN_OF.get(_LANGUAGE.sub("", text).strip(" :*"), "")
    return column, language[1] if language else ""


def is_reviewer_label(text: str) -> bool:
    """True for the cell before the name of the reviewer."""
    return text.casefold().lstrip().startswith("reviewed by")


def is_whole_label(text: str) -> bool:
    """True for the cell before "yes" when all of a sheet is reviewed."""
    return text.casefold().lstrip().startswith("everything on this sheet")
