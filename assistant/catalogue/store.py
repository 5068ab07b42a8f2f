"""What a catalogue store can do. Databases and their SQL are behind this interface."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Protocol

import numpy as np

from assistant.catalogue.analysis import QueryTerms
from assistant.catalogue.model import Batch, Service
from assistant.errors import KuntaopasError


class StoreError(KuntaopasError):
    """The catalogue database cannot be used; the message is one clear line."""


#: Language of the text that was encoded, and its sentence vector.
Vector = tuple[str, np.ndarray]


@dataclass(frozen=True)
class Filter:
    """Which services may be found at all. What is None does not filter.

    With a municipality: its own services, those of its county and those of the whole country.
    Without one: everything except fallback records and fictional services.
    """

    topics: tuple[str, ...] = ()
    need: Optional[str] = None
    municipality: Optional[str] = None
    service_language: Optional[str] = None


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

    def candidates(self, wanted: Filter) -> dict[str, Candidate]:
        """The services that pass a filter, by id."""

    def lexical(self, terms: QueryTerms, wanted: Filter, limit: int) -> list[str]:
        """Ids of the best full-text hits, best first."""

    def by_title(self, words: Sequence[str], wanted: Filter, limit: int) -> list[tuple[str, float]]:
        """(id, share of a word found) for titles and keywords that are spelled alike."""

    def nearest(self, vector: np.ndarray, wanted: Filter) -> list[tuple[str, float]]:
        """(id, similarity) of the services with a vector, best first; at most 200.

        Vectors are compared as seen from the centre of their language: sentence vectors of one
        language lie close together whatever they say.
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
        vectors: dict[str, Vector],
        *,
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
            seen: ids that are in the source but could not be read: they are not withdrawn.
            complete: records of the data set that are missing from the batch are withdrawn.
            dry_run: only count.
        """

    def set_centres(self, centres: dict[str, np.ndarray]) -> None:
        """Keep the mean sentence vector of questions in each language."""

    def note(self, name: str) -> Optional[str]:
        """A note that was kept with the catalogue."""

    def set_note(self, name: str, value: str) -> None:
        """Keep a note with the catalogue."""

    def close(self) -> None:
        """Close this thread's connection."""


def open_store(url: str | Path) -> CatalogueStore:
    """The catalogue of a SQLite path or a database URL.

    Raises:
        StoreError: if the database cannot be opened or is not supported.
    """
    text = str(url)
    if text.startswith(("postgres://", "postgresql://", "postgresql+")):
        raise StoreError("a PostgreSQL catalogue is not yet supported: give the path of a file")
    from assistant.catalogue.sqlite_store import SqliteStore

    return SqliteStore(Path(text.removeprefix("sqlite:///")))
