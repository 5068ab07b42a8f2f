"""How well services fit a question: words, titles spelled alike, sentence vectors, nearness.

Each kind of evidence gives a ranking, and the rankings are fused by reciprocal ranks (Cormack,
Clarke and Buettcher, SIGIR 2009).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Optional

import numpy as np

from assistant.catalogue.analysis import query_terms
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
#: So many services of a topic are ranked; beyond them nobody reads.
TOPIC_POOL = 500
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


@dataclass
class Relevance:
    """The services that fit, with the fused score and the evidence of each, by id."""

    scores: dict[str, float] = field(default_factory=dict)
    candidates: dict[str, Candidate] = field(default_factory=dict)
    similarity: dict[str, float] = field(default_factory=dict)
    distance_km: dict[str, float] = field(default_factory=dict)

    def order(self) -> list[str]:
        """Ids, best first; fallback records last."""
        known = self.candidates
        return sorted(
            self.scores,
            key=lambda key: (known[key].fallback, -self.scores[key], not known[key].local, key),
        )


def relevance(
    store: CatalogueStore,
    wanted: Filter,
    text: Optional[str] = None,
    vector: Optional[np.ndarray] = None,
    language: Optional[str] = None,
    near: Optional[tuple[float, float]] = None,
    radius_km: Optional[float] = None,
) -> Relevance:
    """The services that pass a filter and fit a question.

    Args:
        store: the catalogue.
        wanted: the filter. Where it has topics, each of their services is an answer, and the
            question only orders them.
        text: the question.
        vector: its sentence vector.
        language: its language, if it is known.
        near: (latitude, longitude) near which a service should be.
        radius_km: with `near`, how near it has to be.
    """
    found = Relevance()
    text = (text or "").strip() or None
    asked = text is not None or vector is not None
    if wanted.topics or not asked:
        found.candidates = store.candidates(wanted, limit=TOPIC_POOL)
        found.scores = dict.fromkeys(found.candidates, 1.0 / (2 * RRF_K))
    close = _add_meaning(store, wanted, found, vector) if vector is not None else None
    if text is not None:
        _add_words(store, wanted, found, text, language, close)
    missing = [key for key in found.scores if key not in found.candidates]
    found.candidates.update(store.candidates_of(missing, wanted))
    found.scores = {key: found.scores[key] for key in found.scores if key in found.candidates}
    for key, candidate in found.candidates.items():
        if candidate.has_need and key in found.scores:
            found.scores[key] += WEIGHT_NEED / RRF_K
    for key in found.scores:
        if found.candidates[key].local:
            found.scores[key] *= LOCAL_BONUS
    if near is not None:
        _add_distance(store, wanted, found, near, radius_km, asked or bool(wanted.topics))
    return found


def _add_meaning(
    store: CatalogueStore, wanted: Filter, found: Relevance, vector: np.ndarray
) -> Optional[set[str]]:
    """Add the services alike in meaning; those not far from it, or None if no vector is known."""
    ranked = store.nearest(vector, wanted)
    if not ranked:
        return None
    found.similarity = dict(ranked)
    best = ranked[0][1]
    floor = max(MIN_SIMILARITY, best * SIMILARITY_SHARE)
    most = POOL if best >= WEAK_SIMILARITY else WEAK_HITS
    hits = [key for key, value in ranked[:most] if value >= floor]
    _add_ranks(found.scores, hits, WEIGHT_VECTORS)
    return {key for key, value in ranked if value >= MIN_WORD_SIMILARITY}


def _add_words(
    store: CatalogueStore,
    wanted: Filter,
    found: Relevance,
    text: str,
    language: Optional[str],
    close: Optional[set[str]],
) -> None:
    """Add the services that share words, or words of the title spelled alike."""
    terms = query_terms(text, language)
    words = store.lexical(terms, wanted, POOL) if terms else []
    titles = store.by_title(terms.title_words, wanted, POOL)
    alike = [key for key, share in titles if share >= MIN_TITLE_SHARE]
    if len(words) > RARE:
        words = [key for key in words if close is None or key in close]
    _add_ranks(found.scores, words, WEIGHT_WORDS)
    _add_ranks(found.scores, [key for key in alike if close is None or key in close], WEIGHT_TITLES)


def _add_distance(
    store: CatalogueStore,
    wanted: Filter,
    found: Relevance,
    near: tuple[float, float],
    radius_km: Optional[float],
    asked: bool,
) -> None:
    """Rank by nearness; with a radius, leave out what is farther or has no place."""
    nearest = dict(store.by_distance(near, wanted, TOPIC_POOL, radius_km))
    if not asked:
        found.candidates.update(store.candidates_of(nearest, wanted))
        for key in nearest:
            found.scores.setdefault(key, 1.0 / (2 * RRF_K))
    found.distance_km = {key: km for key, km in nearest.items() if key in found.scores}
    if radius_km is not None:
        found.scores = {key: found.scores[key] for key in found.distance_km}
    _add_ranks(found.scores, found.distance_km, WEIGHT_DISTANCE)


def _add_ranks(scores: dict[str, float], ranked: Iterable[str], weight: float) -> None:
    for rank, key in enumerate(ranked, start=1):
        scores[key] = scores.get(key, 0.0) + weight / (RRF_K + rank)
