"""Writing what an import has planned into the tables, in the transaction of the caller."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
from sqlalchemy import Table, bindparam, delete, func, insert, select, text, update
from sqlalchemy.engine import Connection

from assistant.catalogue.model import PUBLISHED, WITHDRAWN
from assistant.catalogue.need_prototypes import load_prototypes
from assistant.catalogue.storage import vector_index
from assistant.catalogue.storage.database import chunks
from assistant.catalogue.storage.full_text import FullText
from assistant.catalogue.storage.import_plan import ConnectionRow, ImportPlan, RecordRow
from assistant.catalogue.storage.need_index import packed_profiles
from assistant.catalogue.storage.place_index import PLACES_GENERATION
from assistant.catalogue.storage.query_plan import INDEXED
from assistant.catalogue.storage.reader import keys_of
from assistant.catalogue.storage.records import (
    FORM,
    TEXTS_OF_A_SERVICE,
    ServiceEntry,
    word_grams,
)
from assistant.catalogue.storage.service_index import GENERATION
from assistant.catalogue.storage.tables import (
    AREAS,
    CENTRES,
    CHANNELS,
    CONNECTIONS,
    LANGUAGES,
    NEEDS,
    NOTES,
    ORGANIZATIONS,
    PAYLOADS,
    PLACE_NAMES,
    PLACES,
    SERVICE_DATA,
    SERVICES,
    TITLE_GRAMS,
    TOPICS,
    VECTORS,
    VOCABULARY,
)
from assistant.catalogue.store import AssignedTopics, Vector

#: More services than this may change what a planner of queries has to know.
MANY = 500


class Writer:
    """Writes one import; its revision is the generation that the import begins."""

    def __init__(self, connection: Connection, full_text: FullText) -> None:
        self._db = connection
        self._full_text = full_text
        self._revision = _number(connection, GENERATION) + 1
        self._changed = False
        self._places_changed = False

    def write(
        self,
        source: str,
        dataset: str,
        plan: ImportPlan,
        vectors: Mapping[str, Vector],
        topics: Mapping[str, AssignedTopics],
        payloads: Mapping[str, bytes],
    ) -> None:
        """Write a plan with the vectors, topics and payloads that belong to it."""
        for table in (ORGANIZATIONS, CHANNELS):
            self._write_records(table, source, dataset, plan.records[table.name])
        self._write_services(source, dataset, plan)
        self._write_connections(plan)
        self._publish_again(plan.returning)
        for table in (ORGANIZATIONS, CHANNELS, SERVICES):
            _move(self._db, table, plan.moved[table.name], dataset)
            self._withdraw(table, plan.gone.get(table.name, ()))
        self._write_payloads(plan.payloads, payloads)
        others = {i: found for i, found in topics.items() if i not in plan.service_ids}
        self.assign_topics(others)
        self.write_vectors(vectors)
        self._full_text.tidy(self._db, len(plan.service_ids) > MANY)

    def finish(self) -> None:
        """Begin a new generation if anything has changed."""
        if self._changed:
            set_note(self._db, GENERATION, str(self._revision))
        if self._places_changed:
            count = _number(self._db, PLACES_GENERATION) + 1
            set_note(self._db, PLACES_GENERATION, str(count))

    # Channels and organisations -----------------------------------------------------------------

    def _write_records(
        self, table: Table, source: str, dataset: str, rows: Sequence[RecordRow]
    ) -> None:
        for part in chunks(rows):
            ids = [row.id for row in part]
            self._db.execute(delete(table).where(table.c.id.in_(ids)))
            self._db.execute(
                insert(table),
                [
                    {
                        "id": row.id,
                        "source": source,
                        "dataset": dataset,
                        "hash": row.hash,
                        "status": PUBLISHED,
                        "data": row.data,
                    }
                    for row in part
                ],
            )
            self._changed = True
            if table is CHANNELS:
                self._places_changed = True
                for places in (PLACES, PLACE_NAMES):
                    self._db.execute(
                        delete(places).where(
                            places.c.channel_id.in_(ids), places.c.service_id == ""
                        )
                    )
                self._write_places((row.id, "", row) for row in part)

    def _write_places(self, rows: Iterable[tuple[str, str, RecordRow | ConnectionRow]]) -> None:
        places, names = [], []
        for channel_id, service_id, row in rows:
            of = {"channel_id": channel_id, "service_id": service_id}
            for position, latitude, longitude in row.places:
                where = {"position": position, "latitude": latitude, "longitude": longitude}
                places.append({**of, **where})
            for name, position, latitude, longitude in row.names:
                where = {"position": position, "latitude": latitude, "longitude": longitude}
                names.append({**of, "name": name, **where})
        if places:
            self._db.execute(insert(PLACES), places)
        if names:
            self._db.execute(insert(PLACE_NAMES), names)

    # Services -----------------------------------------------------------------------------------

    def _write_services(self, source: str, dataset: str, plan: ImportPlan) -> None:
        if not plan.services.count:
            return
        self._changed = True
        following = (self._db.execute(select(func.max(SERVICES.c.key))).scalar() or 0) + 1
        terms: Counter[str] = Counter()
        texts = 0
        for group in plan.services.groups():
            known = keys_of(self._db, [entry.id for entry in group])
            self._forget(list(known.values()))
            keyed = []
            for entry in group:
                key = known.get(entry.id)
                if key is None:
                    key, following = following, following + 1
                keyed.append((key, entry))
            self._insert_services(source, dataset, keyed)
            self._full_text.write(
                self._db,
                (
                    (key * TEXTS_OF_A_SERVICE + position, found, entry.keys())
                    for key, entry in keyed
                    for position, found in enumerate(entry.texts)
                ),
            )
            for _, entry in keyed:
                keys = entry.keys()
                for found in entry.texts:
                    terms.update(found.terms().union(keys))
                    texts += 1
        self._count_terms(terms, texts)

    def _forget(self, keys: Sequence[int]) -> None:
        """Remove what is written again of services that have changed."""
        if not keys:
            return
        self._db.execute(delete(SERVICES).where(SERVICES.c.key.in_(keys)))
        for table in (SERVICE_DATA, TOPICS, NEEDS, AREAS, LANGUAGES, VECTORS):
            self._db.execute(delete(table).where(table.c.service.in_(keys)))
        self._full_text.forget(self._db, keys)

    def _insert_services(
        self, source: str, dataset: str, keyed: Sequence[tuple[int, ServiceEntry]]
    ) -> None:
        common = {"source": source, "dataset": dataset, "status": PUBLISHED}
        common["revision"] = self._revision  # type: ignore[assignment]
        _insert(
            self._db,
            SERVICES,
            ({"key": key, "id": entry.id, **common, **entry.columns} for key, entry in keyed),
        )
        _insert(
            self._db,
            SERVICE_DATA,
            ({"service": key, "data": entry.data} for key, entry in keyed),
        )
        for table, column, name in (
            *((TOPICS, "topic", "topics"), (NEEDS, "need", "needs")),
            *((AREAS, "municipality", "areas"), (LANGUAGES, "language", "languages")),
        ):
            _insert(
                self._db,
                table,
                (
                    {column: value, "service": key}
                    for key, entry in keyed
                    for value in getattr(entry, name)
                ),
            )

    def _count_terms(self, terms: Counter[str], texts: int) -> None:
        """Add to the vocabulary, and the words of titles that are new to it."""
        words = sorted(terms)
        fresh: list[str] = []
        for part in chunks(words):
            query = select(VOCABULARY.c.term).where(VOCABULARY.c.term.in_(part))
            known = set(self._db.execute(query).scalars())
            new = [term for term in part if term not in known]
            _insert(self._db, VOCABULARY, ({"term": t, "texts": terms[t]} for t in new))
            more = [{"of": term, "more": terms[term]} for term in part if term in known]
            if more:
                self._db.execute(
                    update(VOCABULARY)
                    .where(VOCABULARY.c.term == bindparam("of"))
                    .values(texts=VOCABULARY.c.texts + bindparam("more")),
                    more,
                )
            fresh += [term[len(FORM) :] for term in new if term.startswith(FORM)]
        _insert(
            self._db,
            TITLE_GRAMS,
            ({"gram": gram, "word": word} for word in fresh for gram in word_grams(word)),
        )
        set_note(self._db, INDEXED, str(_number(self._db, INDEXED) + texts))

    def _publish_again(self, ids: Sequence[str]) -> None:
        for part in chunks(ids):
            self._changed = True
            self._db.execute(
                update(SERVICES)
                .where(SERVICES.c.id.in_(part))
                .values(status=PUBLISHED, revision=self._revision)
            )

    # Connections --------------------------------------------------------------------------------

    def _write_connections(self, plan: ImportPlan) -> None:
        rows = plan.connections
        old = [*plan.cut, *((r.service_id, r.channel_id) for r in rows if not r.is_new)]
        if not old and not rows:
            return
        self._changed = self._places_changed = True
        for table in (CONNECTIONS, PLACES, PLACE_NAMES) if old else ():
            self._db.execute(
                delete(table).where(
                    table.c.service_id == bindparam("of_service"),
                    table.c.channel_id == bindparam("of_channel"),
                ),
                [{"of_service": service, "of_channel": channel} for service, channel in old],
            )
        _insert(
            self._db,
            CONNECTIONS,
            (
                {
                    "service_id": row.service_id,
                    "channel_id": row.channel_id,
                    "position": row.position,
                    "data": row.data,
                }
                for row in rows
            ),
        )
        for part in chunks(rows):
            self._write_places((row.channel_id, row.service_id, row) for row in part)

    # The rest -----------------------------------------------------------------------------------

    def _withdraw(self, table: Table, ids: Sequence[str]) -> None:
        values: dict[str, Any] = {"status": WITHDRAWN}
        if table is SERVICES:
            values["revision"] = self._revision
        for part in chunks(ids):
            self._changed = True
            self._places_changed = self._places_changed or table is CHANNELS
            self._db.execute(update(table).where(table.c.id.in_(part)).values(**values))

    def _write_payloads(self, hashes: Mapping[str, str], payloads: Mapping[str, bytes]) -> None:
        for part in chunks(list(hashes)):
            self._db.execute(delete(PAYLOADS).where(PAYLOADS.c.record_id.in_(part)))
            _insert(
                self._db,
                PAYLOADS,
                ({"record_id": i, "hash": hashes[i], "content": payloads[i]} for i in part),
            )

    def write_vectors(self, vectors: Mapping[str, Vector]) -> None:
        """Store the sentence vectors of services, by id."""
        for part in chunks(list(vectors)):
            keys = keys_of(self._db, part)
            if not keys:
                continue
            self._changed = True
            self._db.execute(delete(VECTORS).where(VECTORS.c.service.in_(list(keys.values()))))
            found = [vectors[service_id] for service_id in keys]
            profiles = packed_profiles(
                load_prototypes(),
                np.stack([np.asarray(vector) for _, vector in found]),
                [language for language, _ in found],
            )
            _insert(
                self._db,
                VECTORS,
                (
                    {
                        "service": key,
                        "language": language,
                        "vector": vector_index.packed(vector),
                        "profile": profile,
                    }
                    for key, (language, vector), profile in zip(keys.values(), found, profiles)
                ),
            )
            self._touch(list(keys.values()))

    def assign_topics(self, topics: Mapping[str, AssignedTopics]) -> None:
        """Give services other topics than those they were stored with, by id."""
        for part in chunks(list(topics)):
            keys = keys_of(self._db, part)
            if not keys:
                continue
            self._changed = True
            query = select(SERVICE_DATA).where(SERVICE_DATA.c.service.in_(list(keys.values())))
            stored = {row.service: json.loads(row.data) for row in self._db.execute(query)}
            rows, texts = [], []
            for service_id, key in keys.items():
                found, confidence = topics[service_id]
                data = stored[key]
                for name, value in (("topics", list(found)), ("topic_confidence", confidence)):
                    data.pop(name, None)
                    if value:
                        data[name] = value
                written = json.dumps(
                    data, ensure_ascii=False, sort_keys=True, separators=(",", ":")
                )
                rows.append({"of": key, "data": written})
                texts.append((key, list(dict.fromkeys(found))))
            self._db.execute(
                update(SERVICE_DATA)
                .where(SERVICE_DATA.c.service == bindparam("of"))
                .values(data=bindparam("data")),
                rows,
            )
            self._db.execute(delete(TOPICS).where(TOPICS.c.service.in_(list(keys.values()))))
            _insert(
                self._db,
                TOPICS,
                ({"topic": topic, "service": key} for key, found in texts for topic in found),
            )
            self._full_text.replace_topics(self._db, texts)
            self._touch(list(keys.values()))

    def _touch(self, keys: Sequence[int]) -> None:
        self._db.execute(
            update(SERVICES).where(SERVICES.c.key.in_(keys)).values(revision=self._revision)
        )

    def write_centres(self, centres: Mapping[str, Any]) -> None:
        """Store the mean vectors of questions instead of those there were."""
        self._changed = True
        self._db.execute(delete(CENTRES))
        _insert(
            self._db,
            CENTRES,
            (
                {"language": code, "vector": vector.astype("<f4").tobytes()}
                for code, vector in centres.items()
            ),
        )


def set_note(connection: Connection, name: str, value: str) -> None:
    """Keep a note instead of the one of this name."""
    connection.execute(
        text(
            "INSERT INTO notes (name, value) VALUES (:name, :value)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        ),
        {"name": name, "value": value},
    )


def _number(connection: Connection, name: str) -> int:
    query = select(NOTES.c.value).where(NOTES.c.name == name)
    return int(connection.execute(query).scalar() or 0)


def _move(connection: Connection, table: Table, ids: Sequence[str], dataset: str) -> None:
    for part in chunks(ids):
        connection.execute(update(table).where(table.c.id.in_(part)).values(dataset=dataset))


def _insert(connection: Connection, table: Table, values: Iterable[dict[str, Any]]) -> None:
    for part in _parts(values):
        connection.execute(insert(table), part)


def _parts(values: Iterable[dict[str, Any]], size: int = 5000) -> Iterator[list[dict[str, Any]]]:
    remaining = iter(values)
    while part := list(islice(remaining, size)):
        yield part
