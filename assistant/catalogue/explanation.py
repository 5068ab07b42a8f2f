"""Why a service was found: the words that it shares with the question, or its meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Optional

from assistant.catalogue.analysis import (
    COMMON_LANGUAGES,
    content_words,
    fold,
    grams,
    query_terms,
    tokens,
)
from assistant.catalogue.model import Service

MAX_WORDS = 5


def matched_words(text: str, language: Optional[str], service: Service) -> list[str]:
    """The words of a question, as they were written, that a service shares in some form."""
    held = _held(service)
    found = []
    languages = dict.fromkeys((language, *COMMON_LANGUAGES) if language else COMMON_LANGUAGES)
    for word in content_words(text, languages):
        terms = query_terms(word, language)
        exact = any(term in held for term in (*terms.exact, *terms.grams))
        if exact or any(token.startswith(terms.prefixes) for token in held if terms.prefixes):
            found.append(word)
    pairs = query_terms(text, language).grams
    found += [pair for pair in pairs if pair in held and pair not in found]
    return found[:MAX_WORDS]


def _held(service: Service) -> set[str]:
    """The analysed words of the title, the keywords and the summary of a service."""
    held: set[str] = set()
    for texts in (service.names, service.alt_names, service.summaries):
        for language, text in texts.items():
            held.update(_forms(tokens(text, language)), grams(text))
    for language, words in service.keywords.items():
        held.update(_forms(tokens(" ".join(words), language)))
    return held


def _forms(found: Iterable[str]) -> Iterable[str]:
    for token in found:
        yield token
        yield fold(token)


def why(
    service: Service,
    text: Optional[str] = None,
    language: Optional[str] = None,
    similarity: Optional[float] = None,
    distance_km: Optional[float] = None,
    has_need: bool = False,
    topics: Iterable[str] = (),
) -> list[dict[str, Any]]:
    """The reasons for which a service was found, the strongest first.

    Returns:
        `{"reason": "need"}`, `{"reason": "words", "words": [...]}`,
        `{"reason": "meaning", "similarity": 0.61}`, `{"reason": "topic", "topics": [...]}`,
        `{"reason": "distance", "km": 1.2}`.
    """
    reasons: list[dict[str, Any]] = [{"reason": "need"}] if has_need else []
    words = matched_words(text, language, service) if text else []
    if words:
        reasons.append({"reason": "words", "words": words})
    if similarity is not None:
        reasons.append({"reason": "meaning", "similarity": round(similarity, 3)})
    shared = [topic for topic in topics if topic in service.topics]
    if shared:
        reasons.append({"reason": "topic", "topics": shared})
    if distance_km is not None:
        reasons.append({"reason": "distance", "km": round(distance_km, 1)})
    return reasons
