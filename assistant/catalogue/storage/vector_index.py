"""The sentence vectors in memory, compared as seen from the centre of their language.

Up to `EXACT` vectors all are compared as they are. Beyond that, 384 numbers of each would take
gigabytes and a tenth of a second: then the directions in which the vectors differ most are kept,
and the best few hundred by these are compared exactly with their stored vectors.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Optional

import numpy as np
from sqlalchemy import select
from sqlalchemy.engine import Connection

from assistant.catalogue.storage.database import rows, rows_in
from assistant.catalogue.storage.service_index import RowCache, Services
from assistant.catalogue.storage.tables import CENTRES

EXACT = 60_000
DIRECTIONS = 96
#: So many by the kept directions are compared exactly.
COMPARED = 1200
MAX_NEAREST = 200
#: A language with fewer texts has no centre of its own.
MIN_FOR_CENTRE = 30
SAMPLE = 20_000
BATCH = 20_000
#: After this share of changes everything is read again, with centres of today.
RENEWED = 0.1
STORED = np.dtype("<f2")
#: The part of the services above which all vectors are compared rather than some picked out.
MOST = 0.05


@dataclass(frozen=True)
class Vectors:
    """One state of the vectors; row i of `matrix` is the vector of the service `keys[i]`.

    `directions` is None where the matrix holds whole vectors.
    """

    generation: int
    keys: np.ndarray
    matrix: np.ndarray
    centres: dict[str, np.ndarray]  # of the stored texts, "" is that of all of them
    questions: np.ndarray
    directions: Optional[np.ndarray] = None
    changed: int = 0
    #: Where the services of the vectors stand among all services, by generation.
    _rows: RowCache = field(default_factory=RowCache)

    @property
    def dimension(self) -> int:
        """How many numbers a whole vector has; 0 if there are none."""
        return int(self.questions.shape[1]) if self.questions.size else 0

    def nearest(
        self,
        connection: Connection,
        vector: Optional[np.ndarray],
        services: Services,
        mask: np.ndarray,
        bonus: Optional[Callable[[np.ndarray], np.ndarray]] = None,
    ) -> list[tuple[int, float, float]]:
        """(row, similarity, bonus) of the services that pass; at most `MAX_NEAREST`.

        Args:
            connection: reads the stored vectors of the best.
            vector: of the question; None: only the bonus counts.
            services: all services.
            mask: which of them pass.
            bonus: of rows of `matrix`, what is added to the similarity of each; the highest sum
                comes first.
        """
        asked = self._seen(vector)
        if not len(self.keys) or not len(services) or (asked is None and bonus is None):
            return []
        at, known = self._rows.of(self.keys, services)
        found = np.flatnonzero(mask[at] & known)
        added = np.zeros(len(found), np.float32) if bonus is None else bonus(found)
        if asked is None:
            best = _best(added, MAX_NEAREST)
            return list(zip(at[found[best]].tolist(), repeat(0.0), added[best].tolist()))
        seen = asked if self.directions is None else asked @ self.directions
        if len(found) > MOST * len(self.keys):
            similarity = _products(self.matrix, seen)[found]
        else:
            similarity = _products(self.matrix[found], seen)
        if self.directions is not None:
            best = _best(similarity + added, COMPARED)
            chosen = found[best]
            exact = self._compared(connection, self.keys[chosen], asked, added[best])
            row_of = dict(zip(self.keys[chosen].tolist(), at[chosen].tolist()))
            return [(row_of[key], alike, more) for key, alike, more in exact]
        best = _best(similarity + added, MAX_NEAREST)
        rows_found = at[found[best]].tolist()
        return list(zip(rows_found, similarity[best].tolist(), added[best].tolist()))

    def _seen(self, vector: Optional[np.ndarray]) -> Optional[np.ndarray]:
        """A question's vector as seen from the centre of questions; None for one of another size.

        The nearest centre is almost always that of the language of the question.
        """
        if vector is None:
            return None
        asked = np.asarray(vector, dtype=np.float32).reshape(-1)
        if asked.shape[0] != self.dimension:
            return None
        centre = self.questions[((self.questions - asked) ** 2).sum(axis=1).argmin()]
        seen: np.ndarray = centred(asked[None], centre)[0]
        return seen

    def _compared(
        self, connection: Connection, keys: np.ndarray, asked: np.ndarray, added: np.ndarray
    ) -> list[tuple[int, float, float]]:
        query = "SELECT service, language, vector FROM vectors WHERE service IN ({})"
        stored = rows_in(connection, query, keys.tolist())
        if not stored:
            return []
        matrix = unpacked([bytes(row[2]) for row in stored])
        similarity = centred(matrix, self.centres_of([row[1] for row in stored])) @ asked
        of_key = dict(zip(keys.tolist(), added.tolist()))
        bonus = np.array([of_key[row[0]] for row in stored], dtype=np.float32)
        return [
            (stored[i][0], float(similarity[i]), float(bonus[i]))
            for i in _best(similarity + bonus, MAX_NEAREST)
        ]

    def centres_of(self, languages: Sequence[str]) -> np.ndarray:
        """The centre from which a text in each of the languages is seen."""
        return np.stack([self.centres.get(code, self.centres[""]) for code in languages])


class VectorIndex:
    """Keeps `Vectors` up to date."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._vectors = _empty(-1)

    def current(self, connection: Connection, generation: int) -> Vectors:
        """The vectors as this connection sees them."""
        known = self._vectors
        if known.generation == generation:
            return known
        with self._lock:
            known = self._vectors
            if known.generation < generation:
                known = _renewed(connection, known, generation)
                self._vectors = known
        return known


def packed(vector: np.ndarray) -> bytes:
    """A vector as it is stored."""
    return np.asarray(vector).astype(STORED).tobytes()


def unpacked(stored: Sequence[bytes]) -> np.ndarray:
    """Stored vectors of one length, one a row."""
    return np.frombuffer(b"".join(stored), dtype=STORED).reshape(len(stored), -1).astype(np.float32)


def centred(vectors: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Unit vectors as seen from a centre: what all texts share no longer makes them alike."""
    moved = vectors - centre
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    result: np.ndarray = moved / np.where(length > 1e-6, length, 1.0)
    return result


def _products(matrix: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """The product of each row with a vector, in this thread alone.

    The threads of BLAS gain nothing where memory is the limit, and go on spinning afterwards.
    """
    result: np.ndarray = np.einsum("ij,j->i", matrix, vector)
    return result


def _empty(generation: int) -> Vectors:
    nothing = np.empty((0, 0), dtype=np.float32)
    return Vectors(generation, np.empty(0, dtype=np.int64), nothing, {}, nothing)


def _best(similarity: np.ndarray, most: int) -> np.ndarray:
    """Places of the highest values, highest first; of equal ones the first comes first."""
    if len(similarity) > most:
        # All that equal the last one taken, so that it does not depend on chance which are.
        least = np.partition(similarity, len(similarity) - most)[len(similarity) - most]
        places = np.flatnonzero(similarity >= least)
    else:
        places = np.arange(len(similarity))
    order = np.argsort(-similarity[places], kind="stable")[:most]
    result: np.ndarray = places[order]
    return result


def _renewed(connection: Connection, known: Vectors, generation: int) -> Vectors:
    if known.directions is None:
        return _read(connection, generation)
    changed = np.array(
        [
            row[0]
            for row in rows(
                connection,
                f"SELECT key FROM services WHERE revision > {known.generation} ORDER BY key",
            )
        ],
        dtype=np.int64,
    )
    if known.changed + len(changed) > RENEWED * len(known.keys):
        return _read(connection, generation)
    kept = ~np.isin(known.keys, changed)
    keys, matrix = known.keys[kept], known.matrix[kept]
    for page in _pages(connection, known.dimension, known.generation):
        keys = np.concatenate([keys, np.array(page.keys, dtype=np.int64)])
        matrix = np.concatenate([matrix, _projected(page, known, known.directions)])
    order = np.argsort(keys, kind="stable")
    if (np.diff(order) < 0).any():
        keys, matrix = keys[order], matrix[order]
    questions = _questions(connection, known.dimension, known.centres[""])
    total = known.changed + len(changed)
    return Vectors(generation, keys, matrix, known.centres, questions, known.directions, total)


def _read(connection: Connection, generation: int) -> Vectors:
    found = rows(connection, "SELECT vector FROM vectors ORDER BY service LIMIT 1")
    if not found:
        return _empty(generation)
    dimension = len(found[0][0]) // STORED.itemsize
    count = int(rows(connection, "SELECT count(*) FROM vectors")[0][0])
    centres, sample = _survey(connection, dimension, count)
    state = Vectors(
        generation,
        np.empty(count, dtype=np.int64),
        np.empty((0, 0), dtype=np.float32),
        centres,
        _questions(connection, dimension, centres[""]),
    )
    directions = None
    if count > EXACT:
        seen = centred(unpacked(sample.vectors), state.centres_of(sample.languages))
        directions = np.linalg.eigh(seen.T @ seen)[1][:, -DIRECTIONS:].astype(np.float32)
    width = dimension if directions is None else DIRECTIONS
    matrix = np.empty((count, width), dtype=np.float32)
    filled = 0
    for page in _pages(connection, dimension):
        part = slice(filled, filled + len(page.keys))
        state.keys[part] = page.keys
        matrix[part] = _projected(page, state, directions)
        filled = part.stop
    return dataclasses.replace(
        state, keys=state.keys[:filled], matrix=matrix[:filled], directions=directions
    )


@dataclass
class _Page:
    """Stored vectors, keys ascending."""

    keys: list[int]
    languages: list[str]
    vectors: list[bytes]


def _pages(connection: Connection, dimension: int, since: int = -1) -> Iterator[_Page]:
    """The stored vectors that have so many numbers, of services changed after a generation."""
    last = -1
    changed = f" AND service IN (SELECT key FROM services WHERE revision > {since})"
    while True:
        found = rows(
            connection,
            f"SELECT service, language, vector FROM vectors WHERE service > {last}"
            f"{changed if since >= 0 else ''} ORDER BY service LIMIT {BATCH}",
        )
        if not found:
            return
        last = found[-1][0]
        good = [row for row in found if len(row[2]) == dimension * STORED.itemsize]
        if good:
            # A driver may give a view of memory instead of bytes.
            yield _Page([r[0] for r in good], [r[1] for r in good], [bytes(r[2]) for r in good])


def _survey(
    connection: Connection, dimension: int, count: int
) -> tuple[dict[str, np.ndarray], _Page]:
    """The centre of each language that has enough texts, and a sample of the vectors.

    Many records share one text; each text counts once in the centre of its language.
    """
    sums: dict[str, np.ndarray] = {}
    seen: dict[str, set[int]] = {}
    total = np.zeros(dimension)
    number = 0
    sample = _Page([], [], [])
    step = max(1, count // SAMPLE)
    for page in _pages(connection, dimension):
        matrix = unpacked(page.vectors)
        total += matrix.sum(axis=0)
        number += len(matrix)
        for row, (language, stored) in enumerate(zip(page.languages, page.vectors)):
            texts = seen.setdefault(language, set())
            if hash(stored) not in texts:
                texts.add(hash(stored))
                sums.setdefault(language, np.zeros(dimension))
                sums[language] += matrix[row]
        sample.languages += page.languages[::step]
        sample.vectors += page.vectors[::step]
    centres = {
        language: (value / len(seen[language])).astype(np.float32)
        for language, value in sums.items()
        if len(seen[language]) >= MIN_FOR_CENTRE
    }
    centres[""] = (total / max(number, 1)).astype(np.float32)
    return centres, sample


def _projected(page: _Page, state: Vectors, directions: Optional[np.ndarray]) -> np.ndarray:
    whole = centred(unpacked(page.vectors), state.centres_of(page.languages))
    return whole if directions is None else whole @ directions


def _questions(connection: Connection, dimension: int, otherwise: np.ndarray) -> np.ndarray:
    """The centres of questions, one a row; that of the stored texts if there are none."""
    query = select(CENTRES.c.vector).order_by(CENTRES.c.language)
    found = [np.frombuffer(bytes(row[0]), dtype=np.float32) for row in connection.execute(query)]
    found = [vector for vector in found if len(vector) == dimension]
    return np.stack(found) if found else otherwise[None]
