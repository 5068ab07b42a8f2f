"""The catalogue in a SQLite file: FTS5 for words, a trigram table for titles, vectors in numpy.

Write-ahead logging lets readers go on while an import writes. Every thread has its own
connection.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Optional

import numpy as np

from assistant.catalogue.analysis import ANALYSIS_VERSION, QueryTerms, grams, title_form, tokens
from assistant.catalogue.model import (
    NATIONWIDE,
    NATIONWIDE_EX_ALAND,
    PUBLISHED,
    WITHDRAWN,
    Batch,
    Channel,
    Connection,
    Organization,
    Service,
    channel_from,
    connected,
    connection_from,
    content_hash,
    organization_from,
    service_from,
    to_json,
)
from assistant.catalogue.municipalities import municipality as municipality_of
from assistant.catalogue.store import Candidate, Counts, Filter, StoreError, Vector

SCHEMA_VERSION = 1
SCHEMA = """
CREATE TABLE services (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, dataset TEXT NOT NULL,
    hash TEXT NOT NULL, status TEXT NOT NULL, scope TEXT NOT NULL, fallback INTEGER NOT NULL,
    fictional INTEGER NOT NULL, organization TEXT, data TEXT NOT NULL);
CREATE INDEX services_dataset ON services (source, dataset);
CREATE TABLE channels (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, dataset TEXT NOT NULL, hash TEXT NOT NULL,
    status TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX channels_dataset ON channels (source, dataset);
CREATE TABLE organizations (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, dataset TEXT NOT NULL, hash TEXT NOT NULL,
    status TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX organizations_dataset ON organizations (source, dataset);
CREATE TABLE connections (
    service_id TEXT NOT NULL, channel_id TEXT NOT NULL, position INTEGER NOT NULL,
    data TEXT NOT NULL, PRIMARY KEY (service_id, channel_id)) WITHOUT ROWID;
CREATE INDEX connections_channel ON connections (channel_id);
CREATE TABLE topics (
    service INTEGER NOT NULL, topic TEXT NOT NULL, PRIMARY KEY (topic, service)) WITHOUT ROWID;
CREATE INDEX topics_service ON topics (service);
CREATE TABLE needs (
    service INTEGER NOT NULL, need TEXT NOT NULL, PRIMARY KEY (need, service)) WITHOUT ROWID;
CREATE INDEX needs_service ON needs (service);
CREATE TABLE areas (
    service INTEGER NOT NULL, municipality TEXT NOT NULL,
    PRIMARY KEY (municipality, service)) WITHOUT ROWID;
CREATE INDEX areas_service ON areas (service);
CREATE TABLE languages (
    service INTEGER NOT NULL, language TEXT NOT NULL,
    PRIMARY KEY (language, service)) WITHOUT ROWID;
CREATE INDEX languages_service ON languages (service);
CREATE TABLE texts (key INTEGER PRIMARY KEY, service INTEGER NOT NULL, language TEXT NOT NULL);
CREATE INDEX texts_service ON texts (service);
CREATE VIRTUAL TABLE words USING fts5 (
    title, alt_title, keywords, summary, body, grams,
    tokenize = "unicode61 remove_diacritics 0", prefix = '4 5');
CREATE VIRTUAL TABLE titles USING fts5 (title, tokenize = "trigram");
CREATE TABLE vectors (
    service INTEGER PRIMARY KEY, language TEXT NOT NULL, vector BLOB NOT NULL);
CREATE TABLE centres (language TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
#: title, alt_title, keywords, summary, body, grams
WEIGHTS = "10.0, 8.0, 5.0, 2.0, 1.0, 5.0"
BODY_CHARACTERS = 3000
BUSY_SECONDS = 30
MAX_NEAREST = 200
MIN_FOR_CENTRE = 30
MAX_TRIGRAMS = 60
CACHED_FILTERS = 64

_DETAILS = ("topics", "needs", "areas", "languages")


class SqliteStore:
    """See `CatalogueStore`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._generation = ""
        self._keys = np.empty(0, dtype=np.int64)
        self._matrix = np.empty((0, 0), dtype=np.float32)
        self._centres = np.empty((0, 0), dtype=np.float32)
        self._filters: dict[Filter, tuple[dict[str, Candidate], dict[int, str]]] = {}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"cannot open the catalogue {path}: {error}") from error

    # Connections and transactions -----------------------------------------------------------

    @property
    def _db(self) -> sqlite3.Connection:
        connection: Optional[sqlite3.Connection] = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
            connection.execute("PRAGMA synchronous=NORMAL")
            self._local.connection = connection
        return connection

    def _prepare(self) -> None:
        # Switching to write-ahead logging does not wait for a lock by itself.
        for last in (False,) * 50 + (True,):
            try:
                self._db.execute("PRAGMA journal_mode=WAL")
                break
            except sqlite3.OperationalError:
                if last:
                    raise
                time.sleep(0.1)
        if self._db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
            return
        with self._transaction() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version == SCHEMA_VERSION:
                return
            if version != 0 or db.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise StoreError(f"{self._path} is not a catalogue of this version of Kuntaopas")
            for statement in SCHEMA.split(";"):
                if statement.strip():
                    db.execute(statement)
            db.execute(f"PRAGMA user_version={SCHEMA_VERSION}")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def close(self) -> None:
        """See `CatalogueStore.close`."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    # Notes ----------------------------------------------------------------------------------

    def note(self, name: str) -> Optional[str]:
        """See `CatalogueStore.note`."""
        row = self._db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_note(self, name: str, value: str) -> None:
        """See `CatalogueStore.set_note`."""
        self._db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    # Reading --------------------------------------------------------------------------------

    def count(self) -> int:
        """See `CatalogueStore.count`."""
        query = "SELECT count(*) FROM services WHERE status = ?"
        return int(self._db.execute(query, (PUBLISHED,)).fetchone()[0])

    def get(self, service_id: str) -> Optional[Service]:
        """See `CatalogueStore.get`."""
        found = self.services([service_id])
        return found[0] if found else None

    def services(self, ids: Sequence[str]) -> list[Service]:
        """See `CatalogueStore.services`."""
        found = {}
        db = self._db
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            marks = ",".join("?" * len(part))
            rows = db.execute(
                f"SELECT id, status, data, organization FROM services WHERE id IN ({marks})", part
            )
            organizations: dict[str, list[Service]] = {}
            for service_id, status, data, organization in rows:
                service = service_from(json.loads(data))
                service.status = status
                found[service_id] = service
                if organization:
                    organizations.setdefault(organization, []).append(service)
            for key, channel in self._channels(part):
                if key in found:
                    found[key].channels.append(channel)
            self._add_organizations(organizations)
        return [found[service_id] for service_id in ids if service_id in found]

    def _channels(self, ids: Sequence[str]) -> Iterator[tuple[str, Channel]]:
        marks = ",".join("?" * len(ids))
        for service_id, data, special in self._db.execute(
            "SELECT c.service_id, channels.data, c.data FROM connections c JOIN channels"
            f" ON channels.id = c.channel_id WHERE c.service_id IN ({marks})"
            " AND channels.status = ? ORDER BY c.service_id, c.position",
            [*ids, PUBLISHED],
        ):
            channel = channel_from(json.loads(data))
            yield service_id, connected(channel, connection_from(json.loads(special)))

    def _add_organizations(self, wanted: dict[str, list[Service]]) -> None:
        if not wanted:
            return
        marks = ",".join("?" * len(wanted))
        for organization_id, data in self._db.execute(
            f"SELECT id, data FROM organizations WHERE id IN ({marks})", list(wanted)
        ):
            organization = organization_from(json.loads(data))
            for service in wanted[organization_id]:
                service.organization = organization

    def all_services(self) -> Iterator[Service]:
        """See `CatalogueStore.all_services`."""
        rows = self._db.execute(
            "SELECT id FROM services WHERE status = ? ORDER BY id", (PUBLISHED,)
        ).fetchall()
        ids = [row[0] for row in rows]
        for start in range(0, len(ids), 500):
            yield from self.services(ids[start : start + 500])

    def contacts(
        self,
        need: Optional[str] = None,
        topic: Optional[str] = None,
        municipality: Optional[str] = None,
        limit: int = 5,
    ) -> list[Service]:
        """See `CatalogueStore.contacts`."""
        topics = (topic,) if topic else ()
        wanted = Filter(topics=topics, need=need, municipality=municipality)
        found = [
            candidate
            for candidate in self.candidates(wanted).values()
            if need is None or candidate.has_need or candidate.fallback
        ]
        found.sort(key=lambda candidate: (candidate.fallback, not candidate.local))
        return self.services([candidate.id for candidate in found[:limit]])

    # Searching ------------------------------------------------------------------------------

    def _where(self, wanted: Filter) -> tuple[str, list[Any]]:
        """The SQL condition of a filter on the table services."""
        parts, values = ["services.status = ?"], [PUBLISHED]
        if wanted.municipality is None:
            parts.append("services.fallback = 0 AND services.fictional = 0")
        else:
            scopes = [NATIONWIDE, NATIONWIDE_EX_ALAND]
            home = municipality_of(wanted.municipality)
            if home is not None and home.in_aland:
                scopes.remove(NATIONWIDE_EX_ALAND)
            marks = ",".join("?" * len(scopes))
            parts.append(
                f"(services.scope IN ({marks}) OR services.key IN"
                " (SELECT service FROM areas WHERE municipality = ?))"
            )
            values += [*scopes, wanted.municipality]
        if wanted.topics:
            marks = ",".join("?" * len(wanted.topics))
            parts.append(f"services.key IN (SELECT service FROM topics WHERE topic IN ({marks}))")
            values += wanted.topics
        if wanted.service_language:
            parts.append("services.key IN (SELECT service FROM languages WHERE language = ?)")
            values.append(wanted.service_language)
        return " AND ".join(parts), values

    def candidates(self, wanted: Filter) -> dict[str, Candidate]:
        """See `CatalogueStore.candidates`."""
        return self._eligible(wanted)[0]

    def _eligible(self, wanted: Filter) -> tuple[dict[str, Candidate], dict[int, str]]:
        generation = self._refresh()
        known = self._filters.get(wanted)
        if known is not None:
            return known
        where, values = self._where(wanted)
        local = self._keys_of(
            "SELECT service FROM areas WHERE municipality = ?", wanted.municipality
        )
        needed = self._keys_of("SELECT service FROM needs WHERE need = ?", wanted.need)
        found: dict[str, Candidate] = {}
        names: dict[int, str] = {}
        for key, service_id, fallback in self._db.execute(
            f"SELECT key, id, fallback FROM services WHERE {where} ORDER BY key", values
        ):
            found[service_id] = Candidate(service_id, key in local, bool(fallback), key in needed)
            names[key] = service_id
        with self._lock:
            if generation == self._generation:
                if len(self._filters) >= CACHED_FILTERS:
                    self._filters.clear()
                self._filters[wanted] = (found, names)
        return found, names

    def _keys_of(self, query: str, value: Optional[str]) -> set[int]:
        return {row[0] for row in self._db.execute(query, (value,))} if value else set()

    def lexical(self, terms: QueryTerms, wanted: Filter, limit: int) -> list[str]:
        """See `CatalogueStore.lexical`."""
        parts = [f'"{term}"' for term in terms.exact]
        parts += [f'"{term}"*' for term in terms.prefixes]
        expression = " OR ".join(parts)
        pairs = " OR ".join(f'"{gram}"' for gram in terms.grams)
        if pairs:
            pairs = f"grams : ({pairs})"
            expression = f"{expression} OR {pairs}" if expression else pairs
        return [row[0] for row in self._matches("words", expression, wanted, limit, WEIGHTS)]

    def by_title(self, words: Sequence[str], wanted: Filter, limit: int) -> list[tuple[str, float]]:
        """See `CatalogueStore.by_title`."""
        wanted_grams = [(word, _trigrams(word)) for word in words if len(word) >= 3]
        every = list(dict.fromkeys(gram for _, found in wanted_grams for gram in found))
        expression = " OR ".join(f'"{gram}"' for gram in every[:MAX_TRIGRAMS])
        best: dict[str, float] = {}
        for service_id, title in self._matches("titles", expression, wanted, limit, "1.0"):
            titles = [set(_trigrams(word)) for word in title.split()]
            shares = [
                len(held.intersection(found)) / len(found)
                for _, found in wanted_grams
                for held in titles
            ]
            best[service_id] = max(best.get(service_id, 0.0), max(shares, default=0.0))
        return sorted(best.items(), key=lambda item: -item[1])

    def _matches(
        self, table: str, expression: str, wanted: Filter, limit: int, weights: str
    ) -> list[tuple[str, str]]:
        if not expression:
            return []
        where, values = self._where(wanted)
        rows = self._db.execute(
            f"SELECT services.id, {table}.title FROM {table}"
            f" JOIN texts ON texts.key = {table}.rowid"
            f" JOIN services ON services.key = texts.service"
            f" WHERE {table} MATCH ? AND {where} ORDER BY bm25({table}, {weights}) LIMIT ?",
            [expression, *values, limit * 3],
        ).fetchall()
        seen: dict[str, list[str]] = {}
        for service_id, title in rows:
            seen.setdefault(service_id, []).append(title)
        return [(key, " ".join(found)) for key, found in list(seen.items())[:limit]]

    def nearest(self, vector: np.ndarray, wanted: Filter) -> list[tuple[str, float]]:
        """See `CatalogueStore.nearest`."""
        _, names = self._eligible(wanted)
        with self._lock:
            keys, matrix, centres = self._keys, self._matrix, self._centres
        if not len(keys) or matrix.shape[1] != vector.shape[-1]:
            return []
        asked = vector.astype(np.float32).reshape(1, -1)
        # The nearest centre is almost always that of the language of the question.
        centre = centres[((centres - asked) ** 2).sum(axis=1).argmin()]
        asked = centred(asked, centre)[0]
        allowed = np.fromiter(names, dtype=np.int64, count=len(names))
        rows = np.flatnonzero(np.isin(keys, allowed, assume_unique=True))
        similarity = matrix[rows] @ asked
        order = np.argsort(-similarity, kind="stable")[:MAX_NEAREST]
        return [(names[int(keys[rows[i]])], float(similarity[i])) for i in order]

    def _refresh(self) -> str:
        """Load the vectors again if the catalogue has changed; gives its generation."""
        generation = self.note("generation") or "0"
        if generation == self._generation:
            return generation
        rows = self._db.execute(
            "SELECT vectors.service, vectors.language, vectors.vector FROM vectors JOIN services"
            " ON services.key = vectors.service WHERE services.status = ? ORDER BY 1",
            (PUBLISHED,),
        ).fetchall()
        found = self._db.execute("SELECT vector FROM centres ORDER BY language").fetchall()
        centres = matrix = np.empty((0, 0), dtype=np.float32)
        if rows:
            matrix = np.stack([np.frombuffer(row[2], dtype=np.float32) for row in rows])
            centres = matrix.mean(axis=0, keepdims=True)
            if found and len(found[0][0]) == matrix.shape[1] * matrix.itemsize:
                centres = np.stack([np.frombuffer(row[0], dtype=np.float32) for row in found])
            matrix = _centred_by_language(matrix, [row[1] for row in rows])
        with self._lock:
            self._keys = np.array([row[0] for row in rows], dtype=np.int64)
            self._matrix = matrix
            self._centres = centres
            self._filters = {}
            self._generation = generation
        return generation

    def places(self, ids: Sequence[str]) -> dict[str, list[tuple[float, float]]]:
        """See `CatalogueStore.places`."""
        found: dict[str, list[tuple[float, float]]] = {}
        for start in range(0, len(ids), 500):
            for service_id, channel in self._channels(ids[start : start + 500]):
                for address in channel.addresses:
                    if address.latitude is not None and address.longitude is not None:
                        place = (address.latitude, address.longitude)
                        found.setdefault(service_id, []).append(place)
        return found

    # Writing --------------------------------------------------------------------------------

    def changed(self, batch: Batch) -> list[Service]:
        """See `CatalogueStore.changed`."""
        stored = {
            row[0]: (row[1], row[2])
            for row in self._db.execute(
                "SELECT id, hash, EXISTS (SELECT 1 FROM vectors WHERE service = key) FROM services"
            )
        }
        return [
            service
            for service in batch.services
            if stored.get(service.id) != (_service_hash(service), 1)
        ]

    def replace(
        self,
        source: str,
        dataset: str,
        batch: Batch,
        vectors: dict[str, Vector],
        *,
        seen: frozenset[str] = frozenset(),
        complete: bool = True,
        dry_run: bool = False,
    ) -> Counts:
        """See `CatalogueStore.replace`."""
        changed: set[str] = set()
        withdrawn: list[str] = []
        try:
            with self._transaction() as db:
                write = partial(_write_records, db, source, dataset, changed)
                write("organizations", [(item.id, item) for item in batch.organizations])
                write("channels", [(item.id, item) for item in batch.channels])
                for service in batch.services:
                    self._write_service(db, source, dataset, service, changed)
                changed |= _write_connections(db, batch)
                for service_id, (language, vector) in vectors.items():
                    db.execute(
                        "INSERT OR REPLACE INTO vectors"
                        " SELECT key, ?, ? FROM services WHERE id = ?",
                        (language, vector.astype(np.float32).tobytes(), service_id),
                    )
                if complete:
                    withdrawn = _withdraw(db, source, dataset, batch, seen)
                if dry_run:
                    raise _DryRun
                if changed or withdrawn or vectors:
                    _next_generation(db)
        except _DryRun:
            pass
        return _counts(batch, changed, withdrawn)

    def set_centres(self, centres: dict[str, np.ndarray]) -> None:
        """See `CatalogueStore.set_centres`."""
        with self._transaction() as db:
            db.execute("DELETE FROM centres")
            db.executemany(
                "INSERT INTO centres VALUES (?, ?)",
                [(code, item.astype(np.float32).tobytes()) for code, item in centres.items()],
            )
            _next_generation(db)

    def _write_service(
        self, db: sqlite3.Connection, source: str, dataset: str, service: Service, changed: set[str]
    ) -> None:
        digest = _service_hash(service)
        row = db.execute(
            "SELECT key, hash, status, dataset FROM services WHERE id = ?", (service.id,)
        ).fetchone()
        if row is not None and row[1:3] == (digest, PUBLISHED):
            if row[3] != dataset:
                db.execute("UPDATE services SET dataset = ? WHERE key = ?", (dataset, row[0]))
            return
        changed.add(service.id)
        values = (
            *(service.id, source, dataset, digest, PUBLISHED, service.area.scope),
            *(service.fallback, service.fictional, service.organization_id, to_json(service)),
        )
        columns = (
            "id, source, dataset, hash, status, scope, fallback, fictional, organization, data"
        )
        if row is None:
            marks = ",".join("?" * len(values))
            cursor = db.execute(f"INSERT INTO services ({columns}) VALUES ({marks})", values)
            key = int(cursor.lastrowid or 0)
        else:
            key = row[0]
            assignments = ", ".join(f"{column} = ?" for column in columns.split(", "))
            db.execute(f"UPDATE services SET {assignments} WHERE key = ?", (*values, key))
            self._forget_details(db, key)
            if row[1] != digest:
                db.execute("DELETE FROM vectors WHERE service = ?", (key,))
        for table, items in (
            ("topics (service, topic)", service.topics),
            ("needs (service, need)", service.needs),
            ("areas (service, municipality)", service.area.municipalities),
            ("languages (service, language)", service.languages),
        ):
            db.executemany(
                f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", [(key, item) for item in items]
            )
        self._index(db, key, service)

    def _forget_details(self, db: sqlite3.Connection, key: int) -> None:
        for table in _DETAILS:
            db.execute(f"DELETE FROM {table} WHERE service = ?", (key,))
        for table in ("words", "titles"):
            db.execute(
                f"DELETE FROM {table} WHERE rowid IN (SELECT key FROM texts WHERE service = ?)",
                (key,),
            )
        db.execute("DELETE FROM texts WHERE service = ?", (key,))

    def _index(self, db: sqlite3.Connection, key: int, service: Service) -> None:
        languages = {
            *(service.names | service.summaries | service.descriptions | service.alt_names),
            *service.keywords,
        }
        for language in sorted(languages):
            title = service.names.get(language, "")
            alt_title = service.alt_names.get(language, "")
            keywords = service.keywords.get(language, [])
            summary = service.summaries.get(language, "")
            body = "\n".join(
                texts[language]
                for texts in (service.descriptions, service.instructions, service.requirements)
                if texts.get(language)
            )[:BODY_CHARACTERS]
            columns = (title, alt_title, " ".join(keywords), summary, body)
            cursor = db.execute(
                "INSERT INTO texts (service, language) VALUES (?, ?)", (key, language)
            )
            row = cursor.lastrowid
            db.execute(
                "INSERT INTO words (rowid, title, alt_title, keywords, summary, body, grams)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    row,
                    *(" ".join(tokens(column, language)) for column in columns),
                    " ".join(gram for column in columns for gram in grams(column)),
                ),
            )
            db.execute(
                "INSERT INTO titles (rowid, title) VALUES (?, ?)",
                (row, title_form(" ".join((title, alt_title, *keywords)))),
            )


class _DryRun(Exception):
    """Leaves the transaction of a dry run."""


def _write_records(
    db: sqlite3.Connection,
    source: str,
    dataset: str,
    changed: set[str],
    table: str,
    records: Sequence[tuple[str, Channel | Organization]],
) -> None:
    for record_id, record in records:
        digest = content_hash(record)
        row = db.execute(
            f"SELECT hash, status, dataset FROM {table} WHERE id = ?", (record_id,)
        ).fetchone()
        name_only = isinstance(record, Organization) and record.name_only
        if row == (digest, PUBLISHED, dataset) or (row and name_only):
            continue
        if not row or row[:2] != (digest, PUBLISHED):
            changed.add(record_id)
        db.execute(
            f"INSERT OR REPLACE INTO {table} (id, source, dataset, hash, status, data)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (record_id, source, dataset, digest, PUBLISHED, to_json(record)),
        )


def _write_connections(db: sqlite3.Connection, batch: Batch) -> set[str]:
    """Store the connections of a batch; the services with one that is new, changed or gone."""
    by_service: dict[str, list[Connection]] = {}
    for connection in batch.connections:
        by_service.setdefault(connection.service_id, []).append(connection)
    changed = set()
    own = {service.id for service in batch.services}
    read = {channel.id for channel in batch.channels}
    for service_id in own | set(by_service):
        stored = dict(
            db.execute(
                "SELECT channel_id, data FROM connections WHERE service_id = ?", (service_id,)
            ).fetchall()
        )
        offered = {item.channel_id: to_json(item) for item in by_service.get(service_id, ())}
        # A file of channels only knows its own connections, a service knows all of its own.
        for channel_id in stored:
            if channel_id not in offered and (service_id in own or channel_id in read):
                changed.add(service_id)
                db.execute(
                    "DELETE FROM connections WHERE service_id = ? AND channel_id = ?",
                    (service_id, channel_id),
                )
        for position, (channel_id, data) in enumerate(offered.items()):
            if stored.get(channel_id) != data:
                changed.add(service_id)
                db.execute(
                    "INSERT OR REPLACE INTO connections VALUES (?, ?, ?, ?)",
                    (service_id, channel_id, position, data),
                )
    return changed


def _withdraw(
    db: sqlite3.Connection, source: str, dataset: str, batch: Batch, seen: frozenset[str]
) -> list[str]:
    """Withdraw the records of a data set that are not in the batch; the ids that are counted."""
    withdrawn = []
    for table, records in (
        ("services", [item.id for item in batch.services]),
        ("channels", [item.id for item in batch.channels]),
        ("organizations", [item.id for item in batch.organizations]),
    ):
        present = {*records, *seen}
        rows = db.execute(
            f"SELECT id FROM {table} WHERE source = ? AND dataset = ? AND status = ?",
            (source, dataset, PUBLISHED),
        ).fetchall()
        gone = [row[0] for row in rows if row[0] not in present]
        db.executemany(
            f"UPDATE {table} SET status = ? WHERE id = ?", [(WITHDRAWN, item) for item in gone]
        )
        if table == "services" or not batch.whole_services:
            withdrawn += gone
    return withdrawn


def _counts(batch: Batch, changed: set[str], withdrawn: list[str]) -> Counts:
    counted = batch.counted()
    new = counted & changed
    if batch.whole_services:
        new |= {item.id for item in batch.services if batch.parts_of(item) & changed}
    return Counts(len(counted), len(new), len(counted) - len(new), len(withdrawn))


def _next_generation(db: sqlite3.Connection) -> None:
    db.execute(
        "INSERT INTO notes VALUES ('generation', '1') ON CONFLICT (name)"
        " DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )


def centred(vectors: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Unit vectors as seen from a centre: what all texts share no longer makes them alike."""
    moved = vectors - centre
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    result: np.ndarray = moved / np.where(length > 1e-6, length, 1.0)
    return result


def _centred_by_language(matrix: np.ndarray, languages: Sequence[str]) -> np.ndarray:
    """Every vector from the centre of its language, if enough texts are in that language."""
    codes = np.array(languages)
    result = centred(matrix, matrix.mean(axis=0))
    for code in sorted(set(languages)):
        rows = np.flatnonzero(codes == code)
        if len(np.unique(matrix[rows], axis=0)) >= MIN_FOR_CENTRE:
            # Many records share one text; each text counts once.
            result[rows] = centred(matrix[rows], np.unique(matrix[rows], axis=0).mean(axis=0))
    return result


def _service_hash(service: Service) -> str:
    return content_hash(service, ANALYSIS_VERSION)


def _trigrams(text: str) -> list[str]:
    return list(dict.fromkeys(text[i : i + 3] for i in range(len(text) - 2)))
