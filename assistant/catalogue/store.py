"""What a catalogue store can do. Databases and their SQL are behind this interface."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Optional, Protocol

import numpy as np

from assistant.catalogue.analysis import QueryTerms
from assistant.catalogue.model import Batch, Service
from assistant.errors import KuntaopasError


class StoreError(KuntaopasError):
    """The catalogue database cannot be used; the message is one clear line."""


#: Language of the text that was encoded, and its sentence vector.
Vector = tuple[str, np.ndarray]

#: Topics that the sentence encoder has assigned, and its confidence in them.
AssignedTopics = tuple[Sequence[str], Optional[float]]


@dataclass(frozen=True)
class Filter:
    """Which services may be found at all. What is None does not filter.

    With a municipality: its own services, those of its county and those of the whole country.
    Without one: everything except fallback records and fictional services. Cancelled and postponed
    events are never found.

    Attributes:
        topics: one of these topics.
        need: marks the candidates that have it; it does not filter.
        municipality: code.
        service_language: the service says that it serves in this language.
        charge: exactly this charge, such as `free`.
        age: lies within the ages of the service; a limit that is not known admits everybody.
        kinds: one of these kinds.
        at: events that have ended before are not found; None: now.
    """

    topics: tuple[str, ...] = ()
    need: Optional[str] = None
    municipality: Optional[str] = None
    service_language: Optional[str] = None
    charge: Optional[str] = None
    age: Optional[int] = None
    kinds: tuple[str, ...] = ()
    at: Optional[datetime] = None


@dataclass(frozen=True)
class Candidate:
    """A service that passes a filter."""

    id: str
    local: bool = False
    fallback: bool = False
    has_need: bool = False


@dataclass
class Counts:
    """What an import did to the store."""

    kept: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0


#: How much being about the same needs counts beside the similarity of the vectors. Set on the
#: halves of `tests/search` that are for choosing.
NEED_WEIGHT = 0.8


class Meaning(NamedTuple):
    """How near in meaning a service is to a question.

    Attributes:
        id: of the service.
        similarity: cosine of the vectors, each seen from the centre of its language.
        agreement: how much both are about the same needs, from 0 to 1.
    """

    id: str
    similarity: float
    agreement: float

    @property
    def score(self) -> float:
        """What they are ordered by."""
        return self.similarity + NEED_WEIGHT * self.agreement


class CatalogueStore(Protocol):
    """A catalogue of services."""

    def get(self, service_id: str) -> Optional[Service]:
        """The service with its channels and organisation, also if it is withdrawn."""

    def services(self, ids: Sequence[str]) -> list[Service]:
        """The services of these ids, in their order."""

    def all_services(self) -> Iterator[Service]:
        """Every published service."""

    def count(self) -> int:
        """How many services are published."""

    def contacts(
        self,
        need: Optional[str] = None,
        topic: Optional[str] = None,
        municipality: Optional[str] = None,
        limit: int = 5,
    ) -> list[Service]:
        """Services that answer a need: local ones first, fallback records last."""

    def ids_of(self, source: str, dataset: str) -> set[str]:
        """Ids of the published records of a data set."""

    def payload(self, record_id: str) -> Optional[Any]:
        """What the source said of a service or a channel; None if that is not known."""

    def has_candidates(self, wanted: Filter) -> bool:
        """True when any service passes a filter."""

    def candidates(self, wanted: Filter, limit: Optional[int] = None) -> dict[str, Candidate]:
        """The services that pass a filter, by id; without a limit that can be very many.

        Those with the need come first, then local ones, then the others; fallback records last.
        """

    def candidates_of(self, ids: Iterable[str], wanted: Filter) -> dict[str, Candidate]:
        """Those of the ids that pass a filter."""

    def lexical(self, terms: QueryTerms, wanted: Filter, limit: int) -> list[str]:
        """Ids of the best full-text hits, best first."""

    def by_title(self, words: Sequence[str], wanted: Filter, limit: int) -> list[tuple[str, float]]:
        """(id, share of a word found) for titles and keywords that are spelled alike."""

    def nearest(self, vector: np.ndarray, wanted: Filter) -> list[tuple[str, float]]:
        """(id, similarity) of the services with a vector, best first; at most 200.

        Vectors are compared as seen from the centre of their language: sentence vectors of one
        language lie close together whatever they say.
        """

    def by_meaning(
        self,
        wanted: Filter,
        vector: Optional[np.ndarray] = None,
        profile: Optional[np.ndarray] = None,
    ) -> list[Meaning]:
        """The services near in meaning, best first; at most 200.

        Args:
            wanted: the filter.
            vector: of the question; None: only the needs count.
            profile: what the question is about (`need_prototypes`); None: only the vector counts.
        """

    def by_distance(
        self,
        near: tuple[float, float],
        wanted: Filter,
        limit: int,
        radius_km: Optional[float] = None,
    ) -> list[tuple[str, float]]:
        """(id, kilometres) of the services that have a place, nearest first."""

    def place_coordinates(self, name: str) -> Optional[tuple[float, float]]:
        """(latitude, longitude) of a postal code, a town or a street address of the catalogue.

        A street address may be followed by its town or postal code. None for what is not known,
        and for a street of that name in several towns.
        """

    def places(self, ids: Sequence[str]) -> dict[str, list[tuple[float, float]]]:
        """(latitude, longitude) of the addresses of these services."""

    def changed(self, batch: Batch) -> list[Service]:
        """The services of a batch that differ from what is stored, or have no vector."""

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
        """Store a batch in one transaction.

        Args:
            source: the importer.
            dataset: what the batch is the whole of.
            batch: the records.
            vectors: language and sentence vector of each changed service, by id.
            topics: topics of the sentence encoder, by id, for services that have none.
            seen: ids that are in the source but could not be read: they are not withdrawn.
            complete: records of the data set that are missing from the batch are withdrawn.
            dry_run: only count.
        """

    def set_topics(self, topics: Mapping[str, AssignedTopics]) -> None:
        """Give services the topics that the sentence encoder has assigned, by id."""

    def set_centres(self, centres: dict[str, np.ndarray]) -> None:
        """Keep the mean sentence vector of questions in each language."""

    def note(self, name: str) -> Optional[str]:
        """A note that was kept with the catalogue."""

    def set_note(self, name: str, value: str) -> None:
        """Keep a note with the catalogue."""

    def close(self) -> None:
        """Close the connections that are not in use; the store can go on being used."""


def open_store(url: str | Path) -> CatalogueStore:
    """The catalogue of a SQLite path or a database URL; its tables are brought up to date.

    Raises:
        StoreError: if the database cannot be opened or is not supported.
    """
    from assistant.catalogue.storage.catalogue import DatabaseStore

    return DatabaseStore(url)
