"""Search in the catalogue: filters first, then relevance, then one card for what is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Optional

import numpy as np

from assistant.catalogue.event_times import takes_place
from assistant.catalogue.explanation import QuestionWords, why
from assistant.catalogue.folding import fold
from assistant.catalogue.hours import ZONE, open_between, open_now
from assistant.catalogue.model import Service
from assistant.catalogue.relevance import relevance
from assistant.catalogue.storage.one_reading import one_reading
from assistant.catalogue.store import CatalogueStore, Filter
from assistant.catalogue.time_window import Window

#: Services that are read at once, best first: few at first, as most searches need no more.
FIRST_PAGE, LAST_PAGE = 8, 40


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for.

    Attributes:
        text: what the person wrote, or None.
        vector: its sentence vector; without it only words are searched.
        topics: only services of these topics.
        need: `topic/need`: services with this need come first; its topic is a filter too.
        municipality: code; its services, those of its county and of the whole country.
        language: language of the text, if it is known.
        service_language: only services that say they serve in this language.
        open_now: only services that are known to be open.
        open_at: only services that are known to be open at some time in this window, and events
            that take place in it.
        near: (latitude, longitude): nearer services come first.
        radius_km: with `near`: only services with a place this near.
        charge: only services that cost this: `free` or `charged`.
        age: only services for people of this age; those that name no age are for everybody.
        kinds: only services of these kinds, such as `event`.
        limit: how many services at most.
        now: the moment from which the question is asked; default: this moment.
    """

    text: Optional[str] = None
    vector: Optional[np.ndarray] = None
    topics: Sequence[str] = ()
    need: Optional[str] = None
    municipality: Optional[str] = None
    language: Optional[str] = None
    service_language: Optional[str] = None
    open_now: bool = False
    open_at: Optional[Window] = None
    near: Optional[tuple[float, float]] = None
    radius_km: Optional[float] = None
    charge: Optional[str] = None
    age: Optional[int] = None
    kinds: Sequence[str] = ()
    limit: int = 5
    now: Optional[datetime] = None

    def filter(self) -> Filter:
        """The filter of the store."""
        topics = tuple(dict.fromkeys(self.topics))
        if self.need and not topics:
            topics = (self.need.split("/", 1)[0],)
        return Filter(
            topics=topics,
            need=self.need,
            municipality=self.municipality,
            service_language=self.service_language,
            charge=self.charge,
            age=self.age,
            kinds=tuple(self.kinds),
            at=self.now,
        )


@dataclass(frozen=True)
class ScoredService:
    """A service that was found.

    Attributes:
        service: the service.
        score: how well it fits; only comparable within one search.
        similarity: of its meaning to the question (cosine of centred sentence vectors).
        distance_km: how far the nearest of its places is.
        why: the reasons for which it was found (`assistant.catalogue.explanation.why`).
        others: ids of the services that are the same to a person and were folded into it.
        places: how many addresses there are together.
    """

    service: Service
    score: float
    similarity: Optional[float] = None
    distance_km: Optional[float] = None
    why: Sequence[dict[str, Any]] = ()
    others: Sequence[str] = ()
    places: int = 0


def search(store: CatalogueStore, query: SearchQuery) -> list[ScoredService]:
    """The services that fit a query best, best first.

    A question that fits nothing gives an empty list. Fallback records ("contact your
    municipality") come last.
    """
    with one_reading():
        return _search(store, query)


def _search(store: CatalogueStore, query: SearchQuery) -> list[ScoredService]:
    wanted = query.filter()
    if not store.has_candidates(wanted):
        return []
    fitting = relevance(
        store, wanted, query.text, query.vector, query.language, query.near, query.radius_km
    )
    services = _open(_read(store, fitting.order(), query.limit), query)
    asked = QuestionWords.of(query.text, query.language) if query.text else None
    found = []
    for folded in fold(services, query.limit):
        key = folded.service.id
        meaning, distance = fitting.meanings.get(key), fitting.distance_km.get(key)
        similarity = (
            meaning.similarity if meaning is not None and query.vector is not None else None
        )
        reasons = why(
            folded.service,
            asked,
            similarity,
            distance,
            fitting.candidates[key].has_need,
            wanted.topics,
        )
        found.append(
            ScoredService(
                folded.service,
                round(fitting.scores[key], 6),
                similarity,
                distance,
                reasons,
                folded.others,
                folded.places,
            )
        )
    return found


def _read(store: CatalogueStore, order: Sequence[str], limit: int) -> Iterator[Service]:
    start, size = 0, max(FIRST_PAGE, limit + limit // 2)
    while start < len(order):
        yield from store.services(order[start : start + size])
        start += size
        size = min(2 * size, LAST_PAGE)


def _open(services: Iterator[Service], query: SearchQuery) -> Iterator[Service]:
    """The services that are open when the query wants them to be."""
    now = query.now or datetime.now(ZONE)
    for service in services:
        hours = [channel.hours for channel in service.channels]
        if query.open_now and not any(open_now(item, now) for item in hours):
            continue
        if query.open_at is not None and not (
            takes_place(service.occurrence, query.open_at)
            if service.occurrence is not None
            else any(open_between(item, *query.open_at) for item in hours)
        ):
            continue
        yield service
