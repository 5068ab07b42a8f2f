"""The rows that all formats share: one text, its translation, and what is known about it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field

from babel.messages.catalog import Catalog

#: What tools put into texts without being seen: signs of byte order and direction, control
#: characters that XML cannot hold, halves of characters. Isolates are added when a text is shown.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SOURCE_HASH, _TRANSLATION_HASH = 12, 6


@dataclass(frozen=True)
class Row:
    """One text of a file.

    Attributes:
        place: where in the file, for people: `row 12`, `line 340`.
        source: the English text.
        translation: empty when there is none.
        id: see `row_id`; empty when the file has none.
        where: where the text is used.
        note: for the translator: what kind of text it is and what has to stay as it is.
        review: the mark of the reviewer; `Reviewed by: NAME, DATE` or only that there is one.
        comment: what the translator says about the text.
        fault: why the row cannot be taken, as far as its format knows.
    """

    place: str
    source: str
    translation: str
    id: str = ""
    where: str = ""
    note: str = ""
    review: str = ""
    comment: str = ""
    fault: str = ""


@dataclass
class Sheet:
    """The rows of one language.

    Attributes:
        language: its code as the file says it; empty when it does not.
        rows: in the order of the file.
        reviewer: who made the marks that carry no name.
        whole: the reviewer has reviewed all rows.
        title: the name of the sheet, in a format that has sheets.
        remarks: what the reader of the format left aside.
        catalog: in an export, the message catalogue that the rows come from.
    """

    language: str
    rows: list[Row] = field(default_factory=list)
    reviewer: str = ""
    whole: bool = False
    title: str = ""
    remarks: list[str] = field(default_factory=list)
    catalog: Catalog | None = None


def tidy(text: str, source: str = "") -> str:
    """A text without what editors add: outer spaces, Windows line ends, unseen characters.

    Args:
        text: as a file has it.
        source: its English source; when that is one line, so is the translation.
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if source and "\n" not in source.strip():
        text = re.sub(r"\s*\n\s*", " ", text)
    return text


def source_key(text: str) -> str:
    """A source text as texts are matched: white space does not count."""
    return " ".join(tidy(text).split())


def row_id(source: str, translation: str) -> str:
    """The id of a text in an export: what it is, and which translation it had then.

    The second half tells a translation that somebody has changed from one that was left alone.
    """
    return f"{source_hash(source)}-{translation_hash(translation, source)}"


def split_id(identifier: str) -> tuple[str, str]:
    """The hashes of source and translation in an id; empty ones when it is not one of ours."""
    found = re.fullmatch(r"([0-9a-f]{12})-([0-9a-f]{6})", identifier.strip().lower())
    return (found[1], found[2]) if found else ("", "")


def source_hash(source: str) -> str:
    """The first half of the id of a text."""
    return _hash(source_key(source), _SOURCE_HASH)


def translation_hash(translation: str, source: str) -> str:
    """The second half of the id of a text."""
    return _hash(tidy(translation, source), _TRANSLATION_HASH)


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:length]
