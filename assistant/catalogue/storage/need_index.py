"""What the services are about, in memory: the needs that their vectors lie near.

See `assistant.catalogue.need_prototypes`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Optional

import numpy as np
from sqlalchemy.engine import Connection

from assistant.catalogue.need_prototypes import KEPT, NeedPrototypes
from assistant.catalogue.storage.database import rows
from assistant.catalogue.store import NEED_WEIGHT

BATCH = 20_000
ROOTS = np.dtype("<f2")
WIDTH = KEPT * (1 + ROOTS.itemsize)


@dataclass(frozen=True)
class NeedProfiles:
    """One state; row i is about the service `keys[i]`, keys ascending.

    Attributes:
        generation: of the catalogue.
        keys: (services,) of the services whose needs are known.
        needs: (services, KEPT) places of the needs.
        roots: (services, KEPT) square roots of their weights.
    """

    generation: int
    keys: np.ndarray
    needs: np.ndarray
    roots: np.ndarray
    _aligned: dict[int, NeedProfiles] = field(default_factory=dict)

    def aligned(self, keys: np.ndarray) -> NeedProfiles:
        """The same with a row for each of the keys (ascending), empty where nothing is known."""
        if len(keys) == len(self.keys) and np.array_equal(keys, self.keys):
            return self
        known = self._aligned.get(id(keys))
        if known is None or known.keys is not keys:
            known = self._with_rows_of(keys)
            self._aligned.clear()
            self._aligned[id(keys)] = known
        return known

    def _with_rows_of(self, keys: np.ndarray) -> NeedProfiles:
        needs = np.zeros((len(keys), KEPT), dtype=np.uint8)
        roots = np.zeros((len(keys), KEPT), dtype=np.float32)
        if len(self.keys):
            places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            there = self.keys[places] == keys
            needs[there], roots[there] = self.needs[places[there]], self.roots[places[there]]
        return NeedProfiles(self.generation, keys, needs, roots)

    def agreement(self, found: np.ndarray, profile: np.ndarray) -> np.ndarray:
        """How much services and a question are about the same needs, from 0 to 1.

        It is the Bhattacharyya coefficient of the two distributions over needs.

        Args:
            found: (n,) rows of services, ascending.
            profile: (needs,) of the question.

        Returns:
            (n,) float32; 0 where the needs of a service are not known.
        """
        asked = np.sqrt(profile).astype(np.float32)
        needs, roots = self.needs, self.roots
        if len(found) < len(self.keys):
            needs, roots = needs[found], roots[found]
        result: np.ndarray = np.einsum("ij,ij->i", asked[needs], roots)
        return result

    def bonus(self, profile: np.ndarray, found: np.ndarray) -> np.ndarray:
        """What being about the same needs adds to the similarity of the services of rows."""
        return NEED_WEIGHT * self.agreement(found, profile)


class NeedIndex:
    """Keeps `NeedProfiles` up to date."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._profiles = _joined(-1, [])

    def current(self, connection: Connection, generation: int) -> NeedProfiles:
        """What this connection sees of the needs of services."""
        known = self._profiles
        if known.generation == generation:
            return known
        with self._lock:
            known = self._profiles
            if known.generation < generation:
                known = _renewed(connection, known, generation)
                self._profiles = known
        return known


def packed_profiles(
    prototypes: Optional[NeedPrototypes], vectors: np.ndarray, languages: Sequence[str]
) -> list[Optional[bytes]]:
    """What is stored of the needs of services; None where prototypes of the encoder are missing."""
    if prototypes is None or vectors.shape[-1] != prototypes.dimension:
        return [None] * len(languages)
    needs, weights = prototypes.of_services(vectors, languages)
    roots = np.sqrt(weights).astype(ROOTS)
    return [one.tobytes() + other.tobytes() for one, other in zip(needs, roots)]


def _renewed(connection: Connection, known: NeedProfiles, generation: int) -> NeedProfiles:
    parts: list[tuple[np.ndarray, ...]] = []
    since = known.generation
    if len(known.keys):
        changed = rows(connection, f"SELECT key FROM services WHERE revision > {since}")
        kept = ~np.isin(known.keys, np.array([row[0] for row in changed], dtype=np.int64))
        parts.append((known.keys[kept], known.needs[kept], known.roots[kept]))
    else:
        since = -1
    parts += _stored(connection, since)
    return _joined(generation, parts)


def _stored(connection: Connection, since: int) -> Iterator[tuple[np.ndarray, ...]]:
    changed = f" AND service IN (SELECT key FROM services WHERE revision > {since})"
    last = -1
    while True:
        found = rows(
            connection,
            f"SELECT service, profile FROM vectors WHERE profile IS NOT NULL AND service > {last}"
            f"{changed if since >= 0 else ''} ORDER BY service LIMIT {BATCH}",
        )
        if not found:
            return
        last = found[-1][0]
        # A driver may give a view of memory instead of bytes.
        stored = np.frombuffer(b"".join(bytes(row[1]) for row in found), np.uint8)
        stored = stored.reshape(len(found), WIDTH)
        roots = np.ascontiguousarray(stored[:, KEPT:]).view(ROOTS).astype(np.float32)
        yield np.array([row[0] for row in found], dtype=np.int64), stored[:, :KEPT], roots


def _joined(generation: int, parts: Sequence[tuple[np.ndarray, ...]]) -> NeedProfiles:
    if not parts:
        return NeedProfiles(
            generation,
            np.empty(0, dtype=np.int64),
            np.empty((0, KEPT), dtype=np.uint8),
            np.empty((0, KEPT), dtype=np.float32),
        )
    keys, needs, roots = (np.concatenate(columns) for columns in zip(*parts))
    order = np.argsort(keys, kind="stable")
    return NeedProfiles(generation, keys[order], needs[order], roots[order])
