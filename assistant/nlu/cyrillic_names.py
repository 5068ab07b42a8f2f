"""Russian and Ukrainian spellings of Finnish place names, made by rule (`cyrillic.yml`)."""

from __future__ import annotations

from itertools import product
from typing import Any

_VOWELS = "aeiouyäöå"
#: More spellings of one name than this are not made.
_MOST = 48


def spellings(name: str, tables: dict[str, Any]) -> set[str]:
    """How people may write a Finnish name of one word in the letters of `tables`."""
    name = name.lower()
    pieces: list[list[str]] = []
    position = 0
    while position < len(name):
        piece = _piece(name, position, tables)
        if piece is None:
            return set()
        length, written = piece
        pieces.append(written)
        position += length
    choices = 1
    for index, written in enumerate(pieces):
        # Of a long name with many doubtful letters, the last ones are written the usual way.
        if choices * len(written) > _MOST:
            pieces[index] = written[:1]
        choices *= len(pieces[index])
    return {"".join(parts) for parts in product(*pieces)}


def _piece(name: str, position: int, tables: dict[str, Any]) -> tuple[int, list[str]] | None:
    """The longest piece of a name at a position: its length and spellings."""
    after_vowel = position > 0 and name[position - 1] in _VOWELS
    special = tables["first"] if position == 0 else tables["after"] if after_vowel else {}
    for length in (2, 1):
        part = name[position : position + length]
        written = special.get(part) or tables["letters"].get(part)
        if written and len(part) == length:
            return length, written
    return None
