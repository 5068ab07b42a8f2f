"""Full text in PostgreSQL: a tsvector of our own tokens, with the weights A to D.

PostgreSQL's ranking knows nothing of rare and common words, so every term is ranked by itself and
weighted by its rarity.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy.engine import Connection

from assistant.catalogue.storage.database import rows
from assistant.catalogue.storage.full_text import KeyGroups
from assistant.catalogue.storage.query_plan import PlannedTerm
from assistant.catalogue.storage.records import TEXTS_OF_A_SERVICE, TOPIC, TextEntry
from assistant.catalogue.storage.tables import METADATA

#: Weights of body, summary, keywords and titles; as in SQLite, relative to the title.
WEIGHTS = "{0.1, 0.2, 0.5, 1.0}"
#: title, alt_title, keywords, summary, body, grams
LABELS = "AABCDB"
#: Ranking a text costs much more than in SQLite.
MAX_RANKED = 4000
MAX_RANKED_TERMS = 16
MAX_POSITION = 16_383
BATCH = 1000


class PostgresqlText:
    """See `FullText`."""

    def write(
        self, connection: Connection, texts: Iterable[tuple[int, TextEntry, Sequence[str]]]
    ) -> None:
        """See `FullText.write`."""
        from psycopg2.extras import execute_values

        values = ((number, _vector(entry, keys)) for number, entry, keys in texts)
        cursor = connection.connection.cursor()
        try:
            while part := list(islice(values, BATCH)):
                execute_values(
                    cursor,
                    "INSERT INTO words (text, tokens) VALUES %s",
                    part,
                    template="(%s, %s::tsvector)",
                    page_size=BATCH,
                )
        finally:
            cursor.close()

    def forget(self, connection: Connection, services: Sequence[int]) -> None:
        """See `FullText.forget`."""
        connection.exec_driver_sql(
            "DELETE FROM words USING unnest(%(keys)s::bigint[]) AS service"
            " WHERE text >= service * %(room)s AND text < (service + 1) * %(room)s",
            {"keys": list(services), "room": TEXTS_OF_A_SERVICE},
        )

    def replace_topics(
        self, connection: Connection, services: Sequence[tuple[int, Sequence[str]]]
    ) -> None:
        """See `FullText.replace_topics`."""
        for key, topics in services:
            span = {"first": key * TEXTS_OF_A_SERVICE, "end": (key + 1) * TEXTS_OF_A_SERVICE}
            old = connection.exec_driver_sql(
                "SELECT DISTINCT lexeme FROM words, unnest(tokens)"
                " WHERE text >= %(first)s AND text < %(end)s AND left(lexeme, 1) = %(sign)s",
                {**span, "sign": TOPIC},
            ).fetchall()
            connection.exec_driver_sql(
                "UPDATE words SET tokens = ts_delete(tokens, %(old)s::text[]) || %(new)s::tsvector"
                " WHERE text >= %(first)s AND text < %(end)s",
                {
                    **span,
                    "old": [row[0] for row in old],
                    "new": " ".join(_quoted(TOPIC + topic) for topic in topics),
                },
            )

    def tidy(self, connection: Connection, much: bool) -> None:
        """See `FullText.tidy`."""
        # What waits to be put into the index is read by every search.
        connection.exec_driver_sql("SELECT gin_clean_pending_list('words_tokens'::regclass)")
        if not much:
            return
        # Without figures of every table the planner joins all channels for a page of services.
        names = ", ".join(f'"{name}"' for name in ("words", *METADATA.tables))
        connection.exec_driver_sql(f"ANALYZE {names}")

    def search(
        self, connection: Connection, terms: Sequence[PlannedTerm], keys: KeyGroups, limit: int
    ) -> list[int]:
        """See `FullText.search`."""
        if not terms:
            return []
        words = [_quoted(term.text) + (":*" if term.is_prefix else "") for term in terms]
        ranked = list(zip(words, terms))[:MAX_RANKED_TERMS]
        rank = " + ".join(
            f"{term.weight:.4f} * ts_rank('{WEIGHTS}', tokens, ?::tsquery)" for _, term in ranked
        )
        return self._ranked(
            connection, words, keys, min(limit, MAX_RANKED), rank, [word for word, _ in ranked]
        )

    def with_form(
        self, connection: Connection, forms: Sequence[str], keys: KeyGroups, limit: int
    ) -> list[int]:
        """See `FullText.with_form`."""
        words = [_quoted(form) for form in forms]
        return self._ranked(connection, words, keys, limit, "- length(tokens)", [])

    def _ranked(
        self,
        connection: Connection,
        words: Sequence[str],
        keys: KeyGroups,
        limit: int,
        rank: str,
        ranked: Sequence[str],
    ) -> list[int]:
        if not words:
            return []
        expression = f"({' | '.join(words)})"
        for group in keys:
            expression += f" & ({' | '.join(_quoted(key) for key in group)})"
        # The planner takes reading all texts for cheap: it does not know what comparing them costs.
        found = rows(
            connection,
            "SET LOCAL enable_seqscan = off;"
            f" SELECT text FROM (SELECT text, {rank} AS rank FROM words"
            " WHERE tokens @@ ?::tsquery LIMIT ?) AS found ORDER BY rank DESC, text",
            (*ranked, expression, limit),
        )
        connection.exec_driver_sql("SET LOCAL enable_seqscan = on")
        return [int(row[0]) for row in found]


def _vector(entry: TextEntry, keys: Sequence[str]) -> str:
    places: dict[str, list[str]] = {}
    position = 0
    for label, column in zip(LABELS, (*entry.columns, entry.grams)):
        for term in column.split():
            position = min(position + 1, MAX_POSITION)
            places.setdefault(term, []).append(f"{position}{label}")
    parts = [f"{_quoted(term)}:{','.join(found[:20])}" for term, found in places.items()]
    return " ".join([*parts, *(_quoted(key) for key in (*keys, *entry.forms))])


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
