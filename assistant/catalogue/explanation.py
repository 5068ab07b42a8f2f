"""Why a service was found: the words that it shares with the question, or its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Optional

from assistant.catalogue.analysis import (
    COMMON_LANGUAGES,
    MAX_QUERY_WORDS,
    QueryTerms,
    content_words,
    grams,
    query_terms,
    tokens,
)
from assistant.catalogue.model import Service

MAX_WORDS = 5


@dataclass(frozen=True)
class QuestionWords:
    """The words of a question with what each looks for, and its pairs of Chinese signs."""

    terms: Sequence[tuple[str, QueryTerms]]
    pairs: Sequence[str]

    @classmethod
    def of(cls, text: str, language: Optional[str]) -> QuestionWords:
        """Take a question apart.

        Args:
            text: the question.
            language: its language, if it is known.
        """
        languages = dict.fromkeys((language, *COMMON_LANGUAGES) if language else COMMON_LANGUAGES)
        words = content_words(text, languages)[:MAX_QUERY_WORDS]
        return cls([(word, query_terms(word, language)) for word in words], grams(text))

    def shared(self, service: Service) -> list[str]:
        """The words, as they were written, that a service shares in some form."""
        held = _held(service)
        found = []
        for word, terms in self.terms:
            exact = any(term in held for term in terms.exact)
            if exact or any(map(str.startswith, held, repeat(terms.prefixes))):
                found.append(word)
        found += [pair for pair in dict.fromkeys(self.pairs) if pair in held]
        return found[:MAX_WORDS]


def _held(service: Service) -> set[str]:
    """The analysed words of the title, the keywords and the summary of a service."""
    held: set[str] = set()
    for texts in (service.names, service.alt_names, service.summaries):
        for language, text in texts.items():
            held.update(tokens(text, language), grams(text))
    for language, words in service.keywords.items():
        held.update(tokens(" ".join(words), language))
    return held


def why(
    service: Service,
    asked: Optional[QuestionWords] = None,
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
    words = asked.shared(service) if asked is not None else []
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
