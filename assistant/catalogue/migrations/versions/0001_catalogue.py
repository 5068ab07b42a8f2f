"""The tables of the catalogue; a SQLite catalogue from before Alembic is taken over.

Such a catalogue has `PRAGMA user_version` 1. Its records are copied as they are; what they are
found by is copied from its full-text tables, so that nothing has to be analysed again.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Optional
from zoneinfo import ZoneInfo

import numpy as np
import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

OLD_TABLES = (
    *("services", "channels", "organizations", "connections", "topics", "needs", "areas"),
    *("languages", "texts", "words", "titles", "vectors", "centres", "notes"),
)
OLD = "old_"
HELSINKI = ZoneInfo("Europe/Helsinki")
TEXTS_OF_A_SERVICE = 64

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables, with the data of an older catalogue if there is one."""
    connection = op.get_bind()
    sqlite = connection.dialect.name == "sqlite"
    inherits = sqlite and connection.exec_driver_sql("PRAGMA user_version").scalar() == 1
    if inherits:
        _set_aside(connection)
    _create()
    if sqlite:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE words USING fts5 (title, alt_title, keywords, summary, body,"
            " grams, keys, tokenize = \"unicode61 remove_diacritics 0 tokenchars '=@#'\","
            " prefix = '4 5')"
        )
    else:
        connection.exec_driver_sql(
            "CREATE TABLE words (text BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL)"
        )
        connection.exec_driver_sql("CREATE INDEX words_tokens ON words USING gin (tokens)")
    if inherits:
        _take_over(connection)
        for name in OLD_TABLES:
            connection.exec_driver_sql(f"DROP TABLE {OLD}{name}")
    if sqlite:
        # An older program refuses what it cannot read.
        connection.exec_driver_sql("PRAGMA user_version = 2")


def _create() -> None:
    op.create_table(
        "services",
        sa.Column("key", KEY, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("source", "dataset", "hash")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("status", "scope", "kind")),
        sa.Column("charge", sa.Text, nullable=False),
        sa.Column("age_min", sa.SmallInteger),
        sa.Column("age_max", sa.SmallInteger),
        sa.Column("ends", sa.BigInteger),
        sa.Column("takes_place", sa.Boolean, nullable=False),
        sa.Column("fallback", sa.Boolean, nullable=False),
        sa.Column("fictional", sa.Boolean, nullable=False),
        sa.Column("organization", sa.Text),
        sa.Column("revision", sa.BigInteger, nullable=False),
    )
    op.create_index("services_dataset", "services", ["source", "dataset"])
    op.create_index("services_revision", "services", ["revision"])
    op.create_table(
        "service_data",
        sa.Column("service", KEY, primary_key=True, autoincrement=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    for name in ("channels", "organizations"):
        op.create_table(
            name,
            sa.Column("id", sa.Text, primary_key=True),
            *(sa.Column(column, sa.Text, nullable=False) for column in ("source", "dataset")),
            *(sa.Column(column, sa.Text, nullable=False) for column in ("hash", "status", "data")),
        )
        op.create_index(f"{name}_dataset", name, ["source", "dataset"])
    op.create_table(
        "connections",
        sa.Column("service_id", sa.Text, primary_key=True),
        sa.Column("channel_id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("connections_channel", "connections", ["channel_id"])
    for name, value in (
        *(("topics", "topic"), ("needs", "need")),
        *(("areas", "municipality"), ("languages", "language")),
    ):
        op.create_table(
            name,
            sa.Column(value, sa.Text, primary_key=True),
            sa.Column("service", sa.BigInteger, primary_key=True, autoincrement=False),
        )
        op.create_index(f"{name}_service", name, ["service"])
    for name in ("places", "place_names"):
        op.create_table(
            name,
            *((sa.Column("name", sa.Text, primary_key=True),) if name == "place_names" else ()),
            sa.Column("channel_id", sa.Text, primary_key=True),
            sa.Column("service_id", sa.Text, primary_key=True),
            sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("latitude", sa.Float, nullable=False),
            sa.Column("longitude", sa.Float, nullable=False),
        )
    op.create_index("place_names_channel", "place_names", ["channel_id"])
    op.create_table(
        "payloads",
        sa.Column("record_id", sa.Text, primary_key=True),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "vocabulary",
        sa.Column("term", WORD, primary_key=True),
        sa.Column("texts", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "title_grams",
        sa.Column("gram", WORD, primary_key=True),
        sa.Column("word", WORD, primary_key=True),
    )
    op.create_table(
        "vectors",
        sa.Column("service", KEY, primary_key=True, autoincrement=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("profile", sa.LargeBinary),
    )
    op.create_table(
        "centres",
        sa.Column("language", sa.Text, primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


# A catalogue from before Alembic ---------------------------------------------------------------


def _set_aside(connection: sa.engine.Connection) -> None:
    for (name,) in connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('services', 'channels', 'organizations', 'connections', 'topics',"
        " 'needs', 'areas', 'languages', 'texts')"
    ).fetchall():
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    for name in OLD_TABLES:
        connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {OLD}{name}")


def _take_over(connection: sa.engine.Connection) -> None:
    for name, columns in (
        ("channels", "id, source, dataset, hash, status, data"),
        ("organizations", "id, source, dataset, hash, status, data"),
        ("connections", "service_id, channel_id, position, data"),
        *(("topics", "topic, service"), ("needs", "need, service")),
        *(("areas", "municipality, service"), ("languages", "language, service")),
        *(("centres", "language, vector"), ("notes", "name, value")),
    ):
        connection.exec_driver_sql(
            f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {OLD}{name}"
        )
    connection.exec_driver_sql(
        "INSERT INTO service_data (service, data) SELECT key, data FROM old_services"
    )
    generation = connection.exec_driver_sql(
        "SELECT value FROM notes WHERE name = 'generation'"
    ).scalar()
    _insert(
        connection,
        "INSERT INTO services (key, id, source, dataset, hash, status, scope, kind, charge,"
        " age_min, age_max, ends, takes_place, fallback, fictional, organization, revision)"
        f" VALUES ({', '.join('?' * 17)})",
        (
            _service(row, int(generation or 1))
            for row in connection.exec_driver_sql(
                "SELECT key, id, source, dataset, hash, status, scope, fallback, fictional,"
                " organization, data FROM old_services ORDER BY key"
            )
        ),
    )
    _insert(
        connection,
        "INSERT INTO vectors (service, language, vector) VALUES (?, ?, ?)",
        (
            (key, language, np.frombuffer(vector, np.float32).astype("<f2").tobytes())
            for key, language, vector in connection.exec_driver_sql(
                "SELECT service, language, vector FROM old_vectors"
            )
        ),
    )
    _take_over_words(connection)
    for query in (
        "SELECT id, '', data FROM channels",
        "SELECT channel_id, service_id, data FROM connections",
    ):
        _take_over_places(connection, query)


def _service(row: Any, generation: int) -> tuple[Any, ...]:
    data = json.loads(row.data)
    occurrence = data.get("occurrence") or {}
    return (
        *(row.key, row.id, row.source, row.dataset, row.hash, row.status, row.scope),
        *(data.get("kind", "service"), data.get("charge", "unknown")),
        *(data.get("age_min"), data.get("age_max"), _ends(occurrence)),
        occurrence.get("status") not in ("cancelled", "postponed"),
        *(bool(row.fallback), bool(row.fictional), row.organization, generation),
    )


def _ends(occurrence: dict[str, Any]) -> Optional[int]:
    last = occurrence.get("end") or occurrence.get("start")
    try:
        moment = datetime.fromisoformat(str(last).replace("Z", "+00:00"))
    except ValueError:
        return None
    if len(str(last)) <= 10:
        moment += timedelta(days=1)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=HELSINKI)
    return int(moment.timestamp())


def _take_over_words(connection: sa.engine.Connection) -> None:
    areas: dict[int, list[str]] = {}
    for key, scope in connection.exec_driver_sql("SELECT key, scope FROM services"):
        tokens = {"nationwide": ["@all"], "nationwide_ex_aland": ["@mainland"]}.get(scope, [])
        areas[key] = tokens
    for query, sign in (
        ("SELECT service, municipality FROM areas", "@"),
        ("SELECT service, topic FROM topics", "#"),
    ):
        for key, value in connection.exec_driver_sql(query):
            areas.setdefault(key, []).append(f"{sign}{value}")
    vocabulary: Counter[str] = Counter()
    texts = 0

    def converted() -> Iterator[tuple[Any, ...]]:
        nonlocal texts
        position = last = 0
        for service, *columns, title in connection.exec_driver_sql(
            "SELECT t.service, w.title, w.alt_title, w.keywords, w.summary, w.body, w.grams,"
            " n.title FROM old_texts t JOIN old_words w ON w.rowid = t.key"
            " JOIN old_titles n ON n.rowid = t.key ORDER BY t.service, t.key"
        ):
            position = position + 1 if service == last else 0
            last = service
            if position >= TEXTS_OF_A_SERVICE:
                continue
            forms = [f"={word[:64]}" for word in dict.fromkeys(title.split())]
            keys = [*areas.get(service, ()), *forms]
            vocabulary.update({token for column in columns for token in column.split()} | {*keys})
            texts += 1
            yield (service * TEXTS_OF_A_SERVICE + position, *columns, " ".join(keys))

    _insert(
        connection,
        "INSERT INTO words (rowid, title, alt_title, keywords, summary, body, grams, keys)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        converted(),
    )
    _insert(connection, "INSERT INTO vocabulary (term, texts) VALUES (?, ?)", vocabulary.items())
    words = [term[1:] for term in vocabulary if term.startswith("=")]
    _insert(
        connection,
        "INSERT OR IGNORE INTO title_grams (gram, word) VALUES (?, ?)",
        ((word[i : i + 3], word) for word in words for i in range(len(word) - 2)),
    )
    _insert(
        connection,
        "INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)",
        [("indexed_texts", str(texts))],
    )


def _take_over_places(connection: sa.engine.Connection, query: str) -> None:
    def of(rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        for channel, service, data in rows:
            for position, address in enumerate(json.loads(data).get("addresses", ())):
                where = (address.get("latitude"), address.get("longitude"))
                if None not in where:
                    yield (address, channel, service, position, *where)

    found = list(of(connection.exec_driver_sql(query)))
    _insert(
        connection,
        "INSERT OR REPLACE INTO places (channel_id, service_id, position, latitude, longitude)"
        " VALUES (?, ?, ?, ?, ?)",
        (row[1:] for row in found),
    )
    _insert(
        connection,
        "INSERT OR REPLACE INTO place_names"
        " (name, channel_id, service_id, position, latitude, longitude) VALUES (?, ?, ?, ?, ?, ?)",
        ((name, *row[1:]) for row in found for name in _place_names(row[0])),
    )


def _place_names(address: dict[str, Any]) -> list[str]:
    streets = [*(address.get("street") or {}).values()]
    towns = [*(address.get("city") or {}).values()]
    names = [address.get("postal_code") or "", *streets, *towns]
    names += [f"{street} {town}" for street in streets for town in towns]
    return [name for name in dict.fromkeys(_plain(name) for name in names) if name]


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", plain))


def _insert(
    connection: sa.engine.Connection, statement: str, values: Iterable[tuple[Any, ...]]
) -> None:
    remaining = iter(values)
    while part := list(islice(remaining, 5000)):
        connection.exec_driver_sql(statement, part)
