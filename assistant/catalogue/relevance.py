"""How well services fit a question: meaning, words, titles spelled alike, nearness.

Each kind of evidence gives a ranking, and the rankings are fused by reciprocal ranks (Cormack,
Clarke and Buettcher, SIGIR 2009). Meaning is the similarity of the sentence vectors together with
the needs that question and service are about (`need_prototypes`). The weights were set on the
halves of `tests/search` that are for choosing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Optional

import numpy as np

from assistant.catalogue.analysis import query_terms
from assistant.catalogue.need_prototypes import NeedPrototypes, load_prototypes
from assistant.catalogue.store import Candidate, CatalogueStore, Filter, Meaning

#: The usual constant of reciprocal rank fusion.
RRF_K = 60
WEIGHT_WORDS = 0.3
WEIGHT_TITLES = 0.2
WEIGHT_MEANING = 2.0
WEIGHT_NEED = 2.0
WEIGHT_DISTANCE = 2.0
#: At about equal rank a service of the municipality comes before one of the whole country.
LOCAL_BONUS = 1.15
POOL = 100
#: So many services of a topic are ranked; beyond them nobody reads.
TOPIC_POOL = 200
#: Share of the trigrams of a word that a word of a title must have.
MIN_TITLE_SHARE = 0.5
#: A service that is less near in meaning (similarity and needs together) than this, or than this
#: share of the best, has nothing to do with the question.
MIN_SCORE, SCORE_SHARE = 0.20, 0.5
#: Hits of words alone, less near than this, share only a common word.
MIN_WORD_SCORE = 0.12
#: Words with at most this many hits are rare enough to be meant.
RARE = 8
#: A question that is so strange and so unlike every service fits nothing: only the hits most alike
#: are shown. Of the 84 needs for choosing one is; of 19 senseless questions 16 were, before the
#: prototypes had subjects.
STRANGE, STRANGE_SIMILARITY = 0.3, 0.3
#: The same without prototypes of needs, by the similarity alone.
WEAK_SIMILARITY = 0.27
WEAK_HITS = 3
#: How much the need that the conversation knows counts in what a question is about.
KNOWN_NEED = 0.7


@dataclass
class Relevance:
    """The services that fit, with the fused score and the evidence of each, by id."""

    scores: dict[str, float] = field(default_factory=dict)
    candidates: dict[str, Candidate] = field(default_factory=dict)
    meanings: dict[str, Meaning] = field(default_factory=dict)
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
    close = _add_meaning(store, wanted, found, vector)
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
    store: CatalogueStore, wanted: Filter, found: Relevance, vector: Optional[np.ndarray]
) -> Optional[set[str]]:
    """Add the services near in meaning; those not far from it, or None if no vector is known."""
    prototypes = load_prototypes()
    if prototypes is not None and vector is not None and len(vector) != prototypes.dimension:
        prototypes = None
    profile = question_profile(prototypes, vector, wanted.need) if prototypes else None
    if vector is None and profile is None:
        return None
    ranked = store.by_meaning(wanted, vector, profile)
    if not ranked:
        return None
    found.meanings = {one.id: one for one in ranked}
    best = max(one.similarity for one in ranked)
    strangeness = prototypes.strangeness(profile) if prototypes and profile is not None else None
    hits, floor = ranked[:POOL], max(MIN_SCORE, ranked[0].score * SCORE_SHARE)
    if is_strange(best, strangeness) and not wanted.need:
        hits = sorted(ranked, key=lambda one: -one.similarity)[:WEAK_HITS]
        floor = MIN_SCORE
    _add_ranks(found.scores, [one.id for one in hits if one.score >= floor], WEIGHT_MEANING)
    return {one.id for one in ranked if one.score >= MIN_WORD_SCORE}


def is_strange(similarity: float, strangeness: Optional[float]) -> bool:
    """True for a question that no service answers.

    Args:
        similarity: of the service most alike.
        strangeness: how much of the question is about nothing that a service answers; None: not
            known.
    """
    if strangeness is None:
        return similarity < WEAK_SIMILARITY
    return strangeness > STRANGE and similarity < STRANGE_SIMILARITY


def question_profile(
    prototypes: NeedPrototypes, vector: Optional[np.ndarray], need: Optional[str]
) -> Optional[np.ndarray]:
    """What a question is about, by its vector and by the need that the conversation knows."""
    told = prototypes.of_need(need) if need else None
    meant = prototypes.of_question(vector) if vector is not None else None
    if told is None or meant is None:
        return meant if told is None else told
    profile: np.ndarray = KNOWN_NEED * told + (1 - KNOWN_NEED) * meant
    return profile


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
