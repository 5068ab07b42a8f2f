"""The catalogue store: reading, searching and writing on one database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Optional

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from assistant.catalogue.analysis import QueryTerms
from assistant.catalogue.model import PUBLISHED, Batch, Service, unpacked
from assistant.catalogue.municipalities import municipality as municipality_of
from assistant.catalogue.storage import query_plan, reader, schema
from assistant.catalogue.storage.database import Database, rows, storable
from assistant.catalogue.storage.full_text import FullText, KeyGroups
from assistant.catalogue.storage.import_plan import ImportPlan, changed_services, make_plan
from assistant.catalogue.storage.need_index import NeedIndex
from assistant.catalogue.storage.place_index import PlaceIndex
from assistant.catalogue.storage.records import (
    AREA,
    FORM,
    SCOPES,
    TEXTS_OF_A_SERVICE,
    TOPIC,
    word_grams,
)
from assistant.catalogue.storage.service_index import ServiceIndex, Services, generation_of
from assistant.catalogue.storage.tables import NOTES, PAYLOADS, SERVICES
from assistant.catalogue.storage.vector_index import VectorIndex
from assistant.catalogue.storage.writer import Writer, set_note
from assistant.catalogue.store import (
    NEED_WEIGHT,
    AssignedTopics,
    Candidate,
    Counts,
    Filter,
    Meaning,
    Vector,
)

#: A word of a title that has fewer of the letter groups of a word is not spelled alike.
MIN_SHARE = 0.5
#: So many words of titles are looked for, the most alike and shortest ones.
MAX_FORMS = 60
MAX_BY_TITLE = 3000
#: A plan that another import has overtaken is made again so often, at last while others wait.
PLANS = 3


class DatabaseStore:
    """See `CatalogueStore`."""

    def __init__(self, url: str | Path) -> None:
        self._database = Database(url)
        self._full_text = _full_text(self._database)
        self._services = ServiceIndex()
        self._vectors = VectorIndex()
        self._needs = NeedIndex()
        self._places = PlaceIndex()
        schema.prepare(self._database)

    def close(self) -> None:
        """See `CatalogueStore.close`."""
        self._database.close()

    # Notes ----------------------------------------------------------------------------------

    def note(self, name: str) -> Optional[str]:
        """See `CatalogueStore.note`."""
        with self._database.reading() as db:
            value = db.execute(select(NOTES.c.value).where(NOTES.c.name == name)).scalar()
        return None if value is None else str(value)

    def set_note(self, name: str, value: str) -> None:
        """See `CatalogueStore.set_note`."""
        with self._database.writing() as db:
            set_note(db, name, value)

    # Reading --------------------------------------------------------------------------------

    def count(self) -> int:
        """See `CatalogueStore.count`."""
        query = select(func.count()).select_from(SERVICES).where(SERVICES.c.status == PUBLISHED)
        with self._database.reading() as db:
            return int(db.execute(query).scalar() or 0)

    def get(self, service_id: str) -> Optional[Service]:
        """See `CatalogueStore.get`."""
        found = self.services([service_id])
        return found[0] if found else None

    def services(self, ids: Sequence[str]) -> list[Service]:
        """See `CatalogueStore.services`."""
        with self._database.reading() as db:
            return reader.services(db, ids)

    def all_services(self) -> Iterator[Service]:
        """See `CatalogueStore.all_services`."""
        last = ""
        while True:
            with self._database.reading() as db:
                ids = reader.ids_after(db, last)
                found = reader.services(db, ids)
            if not ids:
                return
            yield from found
            last = ids[-1]

    def ids_of(self, source: str, dataset: str) -> set[str]:
        """See `CatalogueStore.ids_of`."""
        with self._database.reading() as db:
            return reader.ids_of_dataset(db, source, dataset)

    def payload(self, record_id: str) -> Optional[Any]:
        """See `CatalogueStore.payload`."""
        if not storable(record_id):
            return None
        query = select(PAYLOADS.c.content).where(PAYLOADS.c.record_id == record_id)
        with self._database.reading() as db:
            content = db.execute(query).scalar()
        return None if content is None else unpacked(bytes(content))

    def contacts(
        self,
        need: Optional[str] = None,
        topic: Optional[str] = None,
        municipality: Optional[str] = None,
        limit: int = 5,
    ) -> list[Service]:
        """See `CatalogueStore.contacts`."""
        wanted = Filter((topic,) if topic else (), need, municipality)
        with self._database.reading() as db:
            services = self._services.current(db)
            found, fallback, needed, local = services.candidates(db, wanted)
            if need is not None:
                kept = needed | fallback
                found, fallback, local = found[kept], fallback[kept], local[kept]
            best = found[np.lexsort((~local, fallback))[:limit]]
            return reader.services(db, services.named(best))

    # Searching ------------------------------------------------------------------------------

    def has_candidates(self, wanted: Filter) -> bool:
        """See `CatalogueStore.has_candidates`."""
        with self._database.reading() as db:
            return bool(self._services.current(db).passing(db, wanted).any())

    def candidates(self, wanted: Filter, limit: Optional[int] = None) -> dict[str, Candidate]:
        """See `CatalogueStore.candidates`."""
        with self._database.reading() as db:
            services = self._services.current(db)
            found, fallback, needed, local = services.candidates(db, wanted)
            part = slice(None, limit)
            return _candidates(services, found[part], fallback[part], needed[part], local[part])

    def candidates_of(self, ids: Iterable[str], wanted: Filter) -> dict[str, Candidate]:
        """See `CatalogueStore.candidates_of`."""
        with self._database.reading() as db:
            services = self._services.current(db)
            mask = services.passing(db, wanted)
            known, others = services.known_rows(ids)
            if others:
                keys = list(reader.keys_of(db, others).values())
                known = np.concatenate([known, services.rows_of(np.array(keys, dtype=np.int64))])
            found = known[mask[known]]
            judged = services.judged(db, found, wanted)
            return _candidates(services, found, *judged)

    def lexical(self, terms: QueryTerms, wanted: Filter, limit: int) -> list[str]:
        """See `CatalogueStore.lexical`."""
        with self._database.reading() as db:
            services = self._services.current(db)
            mask = services.passing(db, wanted)
            passing = int(mask.sum())
            if not terms or not passing:
                return []
            planned = query_plan.plan(db, terms, len(services), passing / len(services))
            texts = self._full_text.search(db, planned, _keys(wanted), query_plan.MAX_RANKED)
            return _first_ids(services, mask, texts, limit)

    def by_title(self, words: Sequence[str], wanted: Filter, limit: int) -> list[tuple[str, float]]:
        """See `CatalogueStore.by_title`."""
        with self._database.reading() as db:
            services = self._services.current(db)
            mask = services.passing(db, wanted)
            shares: dict[float, list[str]] = {}
            for form, share in _alike(db, words):
                shares.setdefault(share, []).append(FORM + form)
            best: dict[str, float] = {}
            for share, forms in sorted(shares.items(), reverse=True):
                texts = self._full_text.with_form(db, forms, _keys(wanted), MAX_BY_TITLE)
                for service_id in _first_ids(services, mask, texts, limit):
                    best.setdefault(service_id, share)
                if len(best) >= limit:
                    break
        return list(best.items())[:limit]

    def nearest(self, vector: np.ndarray, wanted: Filter) -> list[tuple[str, float]]:
        """See `CatalogueStore.nearest`."""
        return [(one.id, one.similarity) for one in self.by_meaning(wanted, vector)]

    def by_meaning(
        self,
        wanted: Filter,
        vector: Optional[np.ndarray] = None,
        profile: Optional[np.ndarray] = None,
    ) -> list[Meaning]:
        """See `CatalogueStore.by_meaning`."""
        with self._database.reading() as db:
            services = self._services.current(db)
            mask = services.passing(db, wanted)
            vectors = self._vectors.current(db, services.generation)
            bonus = None
            if profile is not None:
                needs = self._needs.current(db, services.generation).aligned(vectors.keys)
                bonus = partial(needs.bonus, profile)
            found = vectors.nearest(db, vector, services, mask, bonus)
            ids = services.named([row for row, _, _ in found])
            return [
                Meaning(service_id, similarity, added / NEED_WEIGHT)
                for service_id, (_, similarity, added) in zip(ids, found)
            ]

    def by_distance(
        self,
        near: tuple[float, float],
        wanted: Filter,
        limit: int,
        radius_km: Optional[float] = None,
    ) -> list[tuple[str, float]]:
        """See `CatalogueStore.by_distance`."""
        with self._database.reading() as db:
            services = self._services.current(db)
            mask = services.passing(db, wanted)
            places = self._places.current(db)
            found = places.nearest(near, services, mask, limit, radius_km)
            return list(zip(services.named([row for row, _ in found]), [km for _, km in found]))

    def places(self, ids: Sequence[str]) -> dict[str, list[tuple[float, float]]]:
        """See `CatalogueStore.places`."""
        found: dict[str, list[tuple[float, float]]] = {}
        with self._database.reading() as db:
            for service_id, latitude, longitude in reader.place_pairs(db, ids):
                found.setdefault(service_id, []).append((latitude, longitude))
        return found

    def place_coordinates(self, name: str) -> Optional[tuple[float, float]]:
        """See `CatalogueStore.place_coordinates`."""
        with self._database.reading() as db:
            return reader.place_coordinates(db, name)

    # Writing --------------------------------------------------------------------------------

    def changed(self, batch: Batch) -> list[Service]:
        """See `CatalogueStore.changed`."""
        with self._database.reading() as db:
            return changed_services(db, batch.services)

    def replace(
        self,
        source: str,
        dataset: str,
        batch: Batch,
        vectors: Mapping[str, Vector],
        *,
        topics: Optional[Mapping[str, AssignedTopics]] = None,
        seen: frozenset[str] = frozenset(),
        complete: bool = True,
        dry_run: bool = False,
    ) -> Counts:
        """See `CatalogueStore.replace`."""
        assigned = topics or {}

        def plan(db: Connection) -> ImportPlan:
            return make_plan(db, source, dataset, batch, assigned, seen, complete)

        for attempt in range(PLANS):
            with self._database.reading() as db:
                made = plan(db)
            try:
                if dry_run:
                    return made.counts
                with self._database.writing(alone=True) as db:
                    if generation_of(db) != made.generation:
                        if attempt < PLANS - 1:
                            continue
                        made.services.close()
                        made = plan(db)
                    writer = Writer(db, self._full_text)
                    writer.write(source, dataset, made, vectors, assigned, batch.payloads)
                    writer.finish()
                return made.counts
            finally:
                made.services.close()
        raise AssertionError("the last plan is always carried out")

    def set_topics(self, topics: Mapping[str, AssignedTopics]) -> None:
        """See `CatalogueStore.set_topics`."""
        with self._database.writing(alone=True) as db:
            writer = Writer(db, self._full_text)
            writer.assign_topics(topics)
            self._full_text.tidy(db, much=False)
            writer.finish()

    def set_centres(self, centres: Mapping[str, np.ndarray]) -> None:
        """See `CatalogueStore.set_centres`."""
        with self._database.writing(alone=True) as db:
            writer = Writer(db, self._full_text)
            writer.write_centres(centres)
            writer.finish()


def _full_text(database: Database) -> FullText:
    if database.is_sqlite:
        from assistant.catalogue.storage.sqlite_text import SqliteText

        return SqliteText()
    from assistant.catalogue.storage.postgresql_text import PostgresqlText

    return PostgresqlText()


def _keys(wanted: Filter) -> KeyGroups:
    """What full text itself can filter by: where a service is offered, and its topics."""
    groups = []
    if wanted.municipality is not None:
        home = municipality_of(wanted.municipality)
        scopes = list(SCOPES.values())
        if home is not None and home.in_aland:
            scopes.remove(f"{AREA}mainland")
        groups.append([*scopes, AREA + _plain(wanted.municipality)])
    if wanted.topics:
        groups.append([TOPIC + _plain(topic) for topic in wanted.topics])
    return groups


def _plain(value: str) -> str:
    return "".join(sign for sign in value if sign.isalnum() or sign == "_")


def _alike(db: Connection, words: Sequence[str]) -> list[tuple[str, float]]:
    """(word of a title, share of a word's letter groups in it), the most alike first."""
    best: dict[str, float] = {}
    for word in dict.fromkeys(words):
        grams = word_grams(word[:40])
        if not grams or not storable(word):
            continue
        for form, count in rows(
            db,
            f"SELECT word, count(*) FROM title_grams WHERE gram IN ({', '.join('?' * len(grams))})"
            " GROUP BY word HAVING count(*) >= ?",
            (*grams, MIN_SHARE * len(grams)),
        ):
            best[form] = max(best.get(form, 0.0), count / len(grams))
    return sorted(best.items(), key=lambda item: (-item[1], len(item[0]), item[0]))[:MAX_FORMS]


def _first_ids(services: Services, mask: np.ndarray, texts: Sequence[int], limit: int) -> list[str]:
    """Ids of the first services of these texts that pass."""
    keys = np.array(texts, dtype=np.int64) // TEXTS_OF_A_SERVICE
    keys = np.array(list(dict.fromkeys(keys.tolist())), dtype=np.int64)
    found = services.rows_of(keys)
    return services.named(found[mask[found]][:limit])


def _candidates(
    services: Services,
    found: np.ndarray,
    fallback: np.ndarray,
    needed: np.ndarray,
    local: np.ndarray,
) -> dict[str, Candidate]:
    ids = services.named(found)
    judged = zip(ids, local.tolist(), fallback.tolist(), needed.tolist())
    return {one[0]: Candidate(*one) for one in judged}
