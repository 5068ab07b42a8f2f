"""The columns of the plain table, and the headings that people give them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Optional

from assistant.catalogue.importers.base import language_code
from assistant.catalogue.municipalities import DATA, read_yaml

#: How many rows from the top may be titles and remarks.
HEADER_ROWS = 20


@dataclass(frozen=True)
class Header:
    """The row with the headings.

    Attributes:
        index: of the row, from 0.
        columns: column of each cell; None for one that is unknown or empty.
        titles: the headings as they are written.
    """

    index: int
    columns: list[Optional[str]]
    titles: list[str]

    def title(self, column: str) -> str:
        """The heading of a column, and which column it is."""
        for known, title in zip(self.columns, self.titles):
            if known == column:
                return column if _normal(title) == _normal(column) else f"{title} ({column})"
        return column

    @property
    def unknown(self) -> list[str]:
        """Headings that mean nothing."""
        return [t for column, t in zip(self.columns, self.titles) if column is None and t]

    @property
    def repeated(self) -> list[str]:
        """Columns that are there more than once."""
        known = [column for column in self.columns if column is not None]
        return sorted({column for column in known if known.count(column) > 1})


@lru_cache(maxsize=1)
def definitions() -> dict[str, dict[str, Any]]:
    """What `table_columns.yml` says of each column, in the order of the template."""
    data = read_yaml(DATA / "table_columns.yml")
    return {name: entry for name, entry in data.items() if name != "language_words"}


@lru_cache(maxsize=1)
def localized_columns() -> frozenset[str]:
    """The columns whose texts are in a language, as in `name_fi`."""
    return frozenset(name for name, entry in definitions().items() if entry.get("localized"))


@lru_cache(maxsize=1)
def _spellings() -> dict[str, tuple[str, str]]:
    """Heading -> (column, language)."""
    found: dict[str, tuple[str, str]] = {}
    for column, entry in definitions().items():
        for language, names in entry["names"].items():
            for name in names:
                found.setdefault(_normal(name), (column, language))
        found.setdefault(_normal(column), (column, "en"))
    return found


@lru_cache(maxsize=1)
def _language_words() -> dict[str, str]:
    words = read_yaml(DATA / "table_columns.yml")["language_words"]
    return {_normal(word): code for code, listed in words.items() for word in listed}


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", " ", text).strip()


def base_column(column: str) -> str:
    """`name` of `name_fi`; a column without a language is itself."""
    base, _, language = column.rpartition("_")
    return base if base in localized_columns() and language_code(language) == language else column


def column_of(heading: str) -> Optional[str]:
    """The column that a heading means, with its language (`name_fi`); None if it is unknown."""
    text = heading.strip().lower()
    if text in definitions() and text not in localized_columns():
        return text
    if base_column(text) != text:
        return text
    words = _normal(heading)
    found = _spelled(words, None)
    if found is None:
        for word, code in sorted(_language_words().items(), key=lambda item: -len(item[0])):
            rest = re.sub(rf"(^|\s){re.escape(word)}(?=\s|$)", " ", words)
            if rest != words and (found := _spelled(" ".join(rest.split()), code)):
                break
    if found is None:
        rest, _, last = words.rpartition(" ")
        found = _spelled(rest, last) if language_code(last) == last and len(last) == 2 else None
    return found


def _spelled(words: str, language: Optional[str]) -> Optional[str]:
    known = _spellings().get(words)
    if known is None:
        return None
    column, own = known
    return f"{column}_{language or own}" if column in localized_columns() else column


def find_header(rows: Sequence[Sequence[str]]) -> Optional[Header]:
    """The row among the first ones that names most columns; None if none has a name column."""
    best: Optional[Header] = None
    most = 0
    for index, row in enumerate(rows[:HEADER_ROWS]):
        titles = [str(cell).strip() for cell in row]
        columns = [column_of(title) if 0 < len(title) <= 60 else None for title in titles]
        known = {column for column in columns if column is not None}
        if len(known) > most and any(base_column(column) == "name" for column in known):
            best, most = Header(index, columns, titles), len(known)
    return best
