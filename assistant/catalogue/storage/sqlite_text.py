"""Full text in SQLite: FTS5 over our own tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
from sqlalchemy.engine import Connection

from assistant.catalogue.storage.database import rows
from assistant.catalogue.storage.full_text import KeyGroups
from assistant.catalogue.storage.query_plan import PlannedTerm
from assistant.catalogue.storage.records import TEXTS_OF_A_SERVICE, TOPIC, TextEntry

#: title, alt_title, keywords, summary, body, grams, keys
WEIGHTS = "10.0, 8.0, 5.0, 2.0, 1.0, 5.0, 0.0"
ONLY_KEYS = "0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0"
BATCH = 2000
_LAST = TEXTS_OF_A_SERVICE - 1


class SqliteText:
    """See `FullText`."""

    def write(
        self, connection: Connection, texts: Iterable[tuple[int, TextEntry, Sequence[str]]]
    ) -> None:
        """See `FullText.write`."""
        values = (
            (number, *entry.columns, entry.grams, " ".join((*keys, *entry.forms)))
            for number, entry, keys in texts
        )
        while part := list(islice(values, BATCH)):
            connection.exec_driver_sql(
                "INSERT INTO words (rowid, title, alt_title, keywords, summary, body, grams, keys)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                part,
            )

    def forget(self, connection: Connection, services: Sequence[int]) -> None:
        """See `FullText.forget`."""
        if services:
            connection.exec_driver_sql(
                "DELETE FROM words WHERE rowid BETWEEN ? AND ?",
                [(key * TEXTS_OF_A_SERVICE, key * TEXTS_OF_A_SERVICE + _LAST) for key in services],
            )

    def replace_topics(
        self, connection: Connection, services: Sequence[tuple[int, Sequence[str]]]
    ) -> None:
        """See `FullText.replace_topics`."""
        changes = []
        for key, topics in services:
            first = key * TEXTS_OF_A_SERVICE
            for number, keys in connection.exec_driver_sql(
                "SELECT rowid, keys FROM words WHERE rowid BETWEEN ? AND ?", (first, first + _LAST)
            ):
                kept = [word for word in keys.split() if not word.startswith(TOPIC)]
                changes.append((" ".join([*(TOPIC + topic for topic in topics), *kept]), number))
        if changes:
            connection.exec_driver_sql("UPDATE words SET keys = ? WHERE rowid = ?", changes)

    def tidy(self, connection: Connection, much: bool) -> None:
        """See `FullText.tidy`: FTS5 merges its parts while it writes."""

    def search(
        self, connection: Connection, terms: Sequence[PlannedTerm], keys: KeyGroups, limit: int
    ) -> list[int]:
        """See `FullText.search`."""
        words = [_quoted(term.text) + ("*" if term.is_prefix else "") for term in terms]
        return self._ranked(connection, words, keys, limit, f"bm25(words, {WEIGHTS})")

    def with_form(
        self, connection: Connection, forms: Sequence[str], keys: KeyGroups, limit: int
    ) -> list[int]:
        """See `FullText.with_form`."""
        words = [_quoted(form) for form in forms]
        # A word that stands once in a text ranks higher the shorter the text is.
        return self._ranked(connection, words, keys, limit, f"bm25(words, {ONLY_KEYS})")

    def _ranked(
        self, connection: Connection, words: Sequence[str], keys: KeyGroups, limit: int, rank: str
    ) -> list[int]:
        if not words:
            return []
        expression = f"({' OR '.join(words)})"
        for group in keys:
            alternatives = " OR ".join(_quoted(key) for key in group)
            expression += f" AND ({alternatives})"
        query = f"SELECT rowid, {rank} FROM words WHERE words MATCH ? LIMIT ?"
        found = rows(connection, query, (expression, limit))
        if not found:
            return []
        numbers = np.array([row[0] for row in found], dtype=np.int64)
        order = np.argsort(np.array([row[1] for row in found]), kind="stable")
        return list(numbers[order].tolist())


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
