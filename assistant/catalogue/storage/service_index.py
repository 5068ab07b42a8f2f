"""What filters need of every service, in memory: a few bytes of each, in arrays.

The arrays follow the database: what has changed since they were last looked at is read when a
filter is next used. They are replaced, never changed, so that readers in other threads keep theirs.
"""

from __future__ import annotations

import dataclasses
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Optional

import numpy as np
from sqlalchemy import Table
from sqlalchemy.engine import Connection

from assistant.catalogue.model import NATIONWIDE, NATIONWIDE_EX_ALAND, PUBLISHED
from assistant.catalogue.municipalities import municipality as municipality_of
from assistant.catalogue.storage.database import rows, storable
from assistant.catalogue.storage.one_reading import once
from assistant.catalogue.storage.tables import AREAS, LANGUAGES, NEEDS, TOPICS
from assistant.catalogue.store import Filter

GENERATION = "generation"
#: A time after every event that has no end.
NEVER = np.iinfo(np.int64).max
#: An age limit that is not known admits everybody.
NO_LIMIT = -1
CACHED_MASKS = 32
#: All municipalities, topics, needs and languages; together they are no larger than the tables.
CACHED_VALUES = 1024

PUBLIC, FALLBACK, FICTIONAL, EVERYWHERE, MAINLAND = 1, 2, 4, 8, 16
_SCOPES = {NATIONWIDE: EVERYWHERE, NATIONWIDE_EX_ALAND: MAINLAND}
_COLUMNS = (
    "key, status, takes_place, fallback, fictional, scope, kind, charge, age_min, age_max, ends, id"
)


class RowCache:
    """Where keys of services stand in `Services`; remembered for the newest state."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, keys: np.ndarray, services: Services) -> tuple[np.ndarray, np.ndarray]:
        """The row of each key, and whether a service has it; the keys of one cache never change."""
        known = self._known.get(services.generation)
        if known is None:
            at = np.minimum(np.searchsorted(services.keys, keys), len(services) - 1)
            known = at, services.keys[at] == keys
            self._known.clear()
            self._known[services.generation] = known
        return known


@dataclass(frozen=True)
class Services:
    """One state of the services; row i of every array is the same service, keys ascend."""

    generation: int
    keys: np.ndarray
    flags: np.ndarray
    kinds: np.ndarray
    charges: np.ndarray
    youngest: np.ndarray
    oldest: np.ndarray
    ends: np.ndarray
    ids: np.ndarray  # of texts
    codes: dict[str, int] = field(default_factory=dict)
    _masks: OrderedDict[Filter, np.ndarray] = field(default_factory=OrderedDict)
    _values: OrderedDict[tuple[str, str], np.ndarray] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __len__(self) -> int:
        return len(self.keys)

    def passing(self, connection: Connection, wanted: Filter) -> np.ndarray:
        """Which services pass a filter, as an array of truth values."""
        return once((id(self), wanted), lambda: self._passing(connection, wanted))

    def _passing(self, connection: Connection, wanted: Filter) -> np.ndarray:
        moment = (wanted.at or datetime.now().astimezone()).timestamp()
        known = dataclasses.replace(wanted, at=None)
        with self._lock:
            mask = self._masks.get(known)
        if mask is None:
            mask = self._mask(connection, known)
            with self._lock:
                _keep(self._masks, known, mask, CACHED_MASKS)
        result: np.ndarray = mask & (self.ends > int(moment))
        return result

    def _mask(self, connection: Connection, wanted: Filter) -> np.ndarray:
        mask = (self.flags & PUBLIC) != 0
        if wanted.municipality is None:
            mask &= (self.flags & (FALLBACK | FICTIONAL)) == 0
        else:
            home = municipality_of(wanted.municipality)
            scopes = EVERYWHERE if home is not None and home.in_aland else EVERYWHERE | MAINLAND
            offered = (self.flags & scopes) != 0
            offered[self.with_value(connection, AREAS, wanted.municipality)] = True
            mask &= offered
        if wanted.topics:
            mask &= self._any(connection, TOPICS, wanted.topics)
        if wanted.service_language:
            mask &= self._any(connection, LANGUAGES, (wanted.service_language,))
        if wanted.charge is not None:
            mask &= self.charges == self.codes.get(wanted.charge, -1)
        if wanted.kinds:
            mask &= np.isin(self.kinds, [self.codes.get(kind, -1) for kind in wanted.kinds])
        if wanted.age is not None:
            mask &= (self.youngest == NO_LIMIT) | (self.youngest <= wanted.age)
            mask &= (self.oldest == NO_LIMIT) | (self.oldest >= wanted.age)
        return mask

    def _any(self, connection: Connection, table: Table, values: tuple[str, ...]) -> np.ndarray:
        mask = np.zeros(len(self), dtype=bool)
        for value in values:
            mask[self.with_value(connection, table, value)] = True
        return mask

    def with_value(self, connection: Connection, table: Table, value: Optional[str]) -> np.ndarray:
        """The rows of the services with this topic, need, municipality or language."""
        if not value or not storable(value):
            return np.empty(0, dtype=np.int32)
        with self._lock:
            found = self._values.get((table.name, value))
        if found is None:
            column = next(item for item in table.c if item.name != "service")
            query = f"SELECT service FROM {table.name} WHERE {column.name} = ? ORDER BY service"
            keys = [row[0] for row in rows(connection, query, (value,))]
            found = self.rows_of(np.array(keys, dtype=np.int64)).astype(np.int32)
            with self._lock:
                _keep(self._values, (table.name, value), found, CACHED_VALUES)
        return found

    def named(self, found: np.ndarray | Sequence[int]) -> list[str]:
        """The ids of rows, in their order."""
        at = np.asarray(found, dtype=np.int64)
        ids: list[str] = self.ids[at].tolist()
        self._rows_by_id().update(zip(ids, at.tolist()))
        return ids

    def known_rows(self, ids: Iterable[str]) -> tuple[np.ndarray, list[str]]:
        """(rows, other ids): the rows of those ids that `named` has given in this reading."""
        known = self._rows_by_id()
        found, others = [], []
        for service_id in ids:
            row = known.get(service_id)
            found.append(row) if row is not None else others.append(service_id)
        return np.array(found, dtype=np.int64), others

    def _rows_by_id(self) -> dict[str, int]:
        return once((id(self), "rows by id"), dict)

    def rows_of(self, keys: np.ndarray) -> np.ndarray:
        """The rows of these keys, without those that are not here; in the order of the keys."""
        if not len(self.keys):
            return np.empty(0, dtype=np.int64)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        result: np.ndarray = places[self.keys[places] == keys]
        return result

    def candidates(
        self, connection: Connection, wanted: Filter
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """(rows, fallback, has need, local) of what passes, in the order of `candidates`."""
        found = np.flatnonzero(self.passing(connection, wanted))
        fallback, needed, local = self.judged(connection, found, wanted)
        # One small number instead of three keys: sorting those is many times slower.
        place = fallback.astype(np.uint8) * 4 + ~needed * np.uint8(2) + ~local
        order = np.argsort(place, kind="stable")
        return found[order], fallback[order], needed[order], local[order]

    def judged(
        self, connection: Connection, of: np.ndarray, wanted: Filter
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(fallback, has need, local) of these rows."""
        needed = self._has(connection, of, NEEDS, wanted.need)
        local = self._has(connection, of, AREAS, wanted.municipality)
        return (self.flags[of] & FALLBACK) != 0, needed, local

    def _has(
        self, connection: Connection, of: np.ndarray, table: Table, value: Optional[str]
    ) -> np.ndarray:
        if not value:
            return np.zeros(len(of), dtype=bool)
        result: np.ndarray = self._any(connection, table, (value,))[of]
        return result


class ServiceIndex:
    """Keeps `Services` up to date."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._services = _empty()

    def current(self, connection: Connection) -> Services:
        """The services as this connection sees them."""
        return once(self, lambda: self._current(connection))

    def _current(self, connection: Connection) -> Services:
        generation = generation_of(connection)
        known = self._services
        if known.generation == generation:
            return known
        with self._lock:
            known = self._services
            if known.generation < generation:
                known = _with_changes(connection, known, generation)
                self._services = known
        return known


def generation_of(connection: Connection) -> int:
    """A number that grows with every change of the services."""
    found = rows(connection, "SELECT value FROM notes WHERE name = ?", (GENERATION,))
    return int(found[0][0]) if found else 0


def _empty() -> Services:
    return Services(
        -1,
        np.empty(0, np.int64),
        np.empty(0, np.uint8),
        np.empty(0, np.int16),
        np.empty(0, np.int16),
        np.empty(0, np.int16),
        np.empty(0, np.int16),
        np.empty(0, np.int64),
        np.empty(0, object),
    )


def _with_changes(connection: Connection, known: Services, generation: int) -> Services:
    found = rows(
        connection,
        f"SELECT {_COLUMNS} FROM services WHERE revision > {known.generation} ORDER BY key",
    )
    if not found:
        return dataclasses.replace(
            known,
            generation=generation,
            _masks=OrderedDict(),
            _values=OrderedDict(),
            _lock=threading.Lock(),
        )
    codes = dict(known.codes)
    new = _arrays(found, codes)
    keys = new[0]
    places = np.searchsorted(known.keys, keys)
    inside = np.minimum(places, max(len(known) - 1, 0))
    is_known = (known.keys[inside] == keys) if len(known) else np.zeros(len(keys), dtype=bool)
    old = [known.keys, known.flags, known.kinds, known.charges]
    old += [known.youngest, known.oldest, known.ends, known.ids]
    merged = []
    for before, after in zip(old, new):
        # Keys are given in ascending order, so what is new stands at the end.
        array = np.concatenate([before, after[~is_known]])
        array[inside[is_known]] = after[is_known]
        merged.append(array)
    keys, flags, kinds, charges, youngest, oldest, ends, ids = merged
    return Services(generation, keys, flags, kinds, charges, youngest, oldest, ends, ids, codes)


def _arrays(found: list[Any], codes: dict[str, int]) -> tuple[np.ndarray, ...]:
    def code(text: str) -> int:
        return codes.setdefault(text, len(codes))

    columns = list(zip(*found))
    key, status, takes_place, fallback, fictional, scope, kind, charge, low, high, ends, ids = (
        columns
    )
    flags = [
        (PUBLIC if s == PUBLISHED and t else 0)
        | (FALLBACK if b else 0)
        | (FICTIONAL if f else 0)
        | _SCOPES.get(p, 0)
        for s, t, b, f, p in zip(status, takes_place, fallback, fictional, scope)
    ]
    return (
        np.array(key, dtype=np.int64),
        np.array(flags, dtype=np.uint8),
        np.array([code(item) for item in kind], dtype=np.int16),
        np.array([code(item) for item in charge], dtype=np.int16),
        np.array([NO_LIMIT if item is None else item for item in low], dtype=np.int16),
        np.array([NO_LIMIT if item is None else item for item in high], dtype=np.int16),
        np.array([NEVER if item is None else item for item in ends], dtype=np.int64),
        np.array(ids, dtype=object),
    )


def _keep(cache: OrderedDict[Any, np.ndarray], key: Any, value: np.ndarray, most: int) -> None:
    cache[key] = value
    while len(cache) > most:
        cache.popitem(last=False)
