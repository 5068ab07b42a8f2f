"""Search in the catalogue: words, titles spelled alike and sentence vectors, fused by rank."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Optional

import numpy as np

from assistant.catalogue.analysis import query_terms
from assistant.catalogue.hours import ZONE, open_now
from assistant.catalogue.model import Service
from assistant.catalogue.store import Candidate, CatalogueStore, Filter

#: The usual constant of reciprocal rank fusion.
RRF_K = 60
WEIGHT_WORDS = 1.0
WEIGHT_TITLES = 0.5
WEIGHT_VECTORS = 2.0
WEIGHT_NEED = 2.0
WEIGHT_DISTANCE = 2.0
#: At about equal rank a service of the municipality comes before one of the whole country.
LOCAL_BONUS = 1.15
POOL = 100
#: Share of the trigrams of a word that a word of a title must have.
MIN_TITLE_SHARE = 0.5
#: Below this similarity (of centred vectors) a service has nothing to do with the question.
MIN_SIMILARITY = 0.20
#: When the best similarity is below this, the question fits the catalogue badly, and only so many
#: hits are shown. Set on 39 short needs in nine languages and 19 senseless questions.
WEAK_SIMILARITY = 0.27
WEAK_HITS = 3
#: With a vector: hits of words alone, less similar than this, share only a common word.
MIN_WORD_SIMILARITY = 0.12
#: Words with at most this many hits are rare enough to be meant.
RARE = 8
#: A hit must be at least this share of the best similarity.
SIMILARITY_SHARE = 0.5
EARTH_RADIUS_KM = 6371.0


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
        near: (latitude, longitude): nearer services come first.
        radius_km: with `near`: only services with a place this near.
        limit: how many services at most.
    """

    text: Optional[str] = None
    vector: Optional[np.ndarray] = None
    topics: Sequence[str] = ()
    need: Optional[str] = None
    municipality: Optional[str] = None
    language: Optional[str] = None
    service_language: Optional[str] = None
    open_now: bool = False
    near: Optional[tuple[float, float]] = None
    radius_km: Optional[float] = None
    limit: int = 5
    now: Optional[datetime] = None


@dataclass(frozen=True)
class ScoredService:
    """A service that was found, and how well it fits."""

    service: Service
    score: float
    similarity: Optional[float] = None
    distance_km: Optional[float] = None


def search(store: CatalogueStore, query: SearchQuery) -> list[ScoredService]:
    """The services that fit a query best, best first.

    A question that fits nothing gives an empty list. Fallback records ("contact your
    municipality") come last.
    """
    topics = tuple(dict.fromkeys(query.topics))
    if query.need and not topics:
        topics = (query.need.split("/", 1)[0],)
    wanted = Filter(topics, query.need, query.municipality, query.service_language)
    candidates = store.candidates(wanted)
    if not candidates:
        return []
    scores, similarity = _relevance(store, query, wanted, candidates)
    distances: dict[str, float] = {}
    if query.near is not None:
        distances = _distances(store, scores, query.near)
        if query.radius_km is not None:
            distances = {key: km for key, km in distances.items() if km <= query.radius_km}
            scores = {key: score for key, score in scores.items() if key in distances}
        _add_ranks(scores, sorted(distances, key=distances.__getitem__), WEIGHT_DISTANCE)
    order = sorted(
        scores,
        key=lambda key: (candidates[key].fallback, -scores[key], not candidates[key].local, key),
    )
    found = _open(store, order, query) if query.open_now else store.services(order[: query.limit])
    return [
        ScoredService(
            service,
            round(scores[service.id], 6),
            similarity.get(service.id),
            distances.get(service.id),
        )
        for service in found
    ]


def _relevance(
    store: CatalogueStore, query: SearchQuery, wanted: Filter, candidates: dict[str, Candidate]
) -> tuple[dict[str, float], dict[str, float]]:
    """Fused score of each service that fits, and the similarities of the vectors."""
    scores: dict[str, float] = {}
    similarity: dict[str, float] = {}
    asked = bool(query.text and query.text.strip()) or query.vector is not None
    if wanted.topics or not asked:
        # The topic is known: each of its services is an answer, the text only orders them.
        scores = dict.fromkeys(candidates, 1.0 / (2 * RRF_K))
        for key, candidate in candidates.items():
            if candidate.has_need:
                scores[key] += WEIGHT_NEED / RRF_K
    close: Optional[set[str]] = None
    if query.vector is not None:
        ranked = store.nearest(query.vector, wanted)
        if ranked:
            similarity = dict(ranked)
            floor = max(MIN_SIMILARITY, ranked[0][1] * SIMILARITY_SHARE)
            most = POOL if ranked[0][1] >= WEAK_SIMILARITY else WEAK_HITS
            hits = [key for key, value in ranked[:most] if value >= floor]
            _add_ranks(scores, hits, WEIGHT_VECTORS)
            close = {key for key, value in ranked if value >= MIN_WORD_SIMILARITY}
    if query.text and query.text.strip():
        terms = query_terms(query.text, query.language)
        words = store.lexical(terms, wanted, POOL) if terms else []
        titles = store.by_title(terms.title_words, wanted, POOL)
        alike = [key for key, share in titles if share >= MIN_TITLE_SHARE]
        if len(words) > RARE:
            words = [key for key in words if close is None or key in close]
        _add_ranks(scores, words, WEIGHT_WORDS)
        _add_ranks(scores, [key for key in alike if close is None or key in close], WEIGHT_TITLES)
    for key in scores:
        if candidates[key].local:
            scores[key] *= LOCAL_BONUS
    return scores, similarity


def _add_ranks(scores: dict[str, float], ranked: Iterable[str], weight: float) -> None:
    for rank, key in enumerate(ranked, start=1):
        scores[key] = scores.get(key, 0.0) + weight / (RRF_K + rank)


def _open(store: CatalogueStore, order: list[str], query: SearchQuery) -> list[Service]:
    now = query.now or datetime.now(ZONE)
    found: list[Service] = []
    for start in range(0, len(order), POOL):
        for service in store.services(order[start : start + POOL]):
            if any(open_now(channel.hours, now) for channel in service.channels):
                found.append(service)
                if len(found) == query.limit:
                    return found
    return found


def _distances(
    store: CatalogueStore, keys: Iterable[str], near: tuple[float, float]
) -> dict[str, float]:
    return {
        key: min(distance_km(near, place) for place in places)
        for key, places in store.places(list(keys)).items()
    }


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two (latitude, longitude) in kilometres (haversine)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, place)) for place in (one, other))
    a = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(a))
