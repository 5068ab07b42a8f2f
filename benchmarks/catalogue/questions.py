"""Questions for the benchmark, and the ways in which they are put to the catalogue."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from assistant.catalogue import SearchQuery
from assistant.catalogue.hours import ZONE
from assistant.catalogue.topics import TOPICS
from assistant.embedding import SentenceEncoder
from benchmarks.catalogue.texts import Texts

#: A Tuesday at noon.
NOON = datetime(2026, 11, 24, 12, tzinfo=ZONE)
MOST_WORDS = 3
_TOPICS = sorted(TOPICS)

#: (code, latitude, longitude)
Town = tuple[str, float, float]


@dataclass(frozen=True)
class Question:
    """What is asked."""

    text: str
    language: str
    vector: np.ndarray


def make_questions(
    texts: Texts, count: int, encoder: SentenceEncoder | None = None, seed: int = 1
) -> list[Question]:
    """Questions in every language in turn: what people asked, and words of names.

    Without an encoder their vectors are those of texts in their language.
    """
    chance = random.Random(seed)
    chosen: list[tuple[str, str]] = []
    languages = list(texts)
    for number in range(count):
        language = languages[number % len(languages)]
        known = texts[language]
        if number // len(languages) % 2:
            words = chance.choice(known.names).split()
            start = chance.randrange(max(1, len(words) - MOST_WORDS + 1))
            chosen.append((" ".join(words[start : start + MOST_WORDS]), language))
        else:
            chosen.append((chance.choice(known.asked), language))
    if encoder is not None:
        vectors = list(encoder.encode([text for text, _ in chosen]))
    else:
        vectors = [chance.choice(texts[language].vectors) for _, language in chosen]
    return [Question(text, language, vector) for (text, language), vector in zip(chosen, vectors)]


def question_centres(questions: Sequence[Question]) -> dict[str, np.ndarray]:
    """The mean vector of the questions in each language."""
    return {
        language: np.stack([q.vector for q in questions if q.language == language]).mean(axis=0)
        for language in dict.fromkeys(question.language for question in questions)
    }


#: Makes the query of a question; the number chooses municipality, topic and place.
Way = Callable[[int, Question, Sequence[Town]], SearchQuery]


def words(number: int, asked: Question, towns: Sequence[Town]) -> SearchQuery:
    """Words alone."""
    return SearchQuery(text=asked.text, language=asked.language)


def meaning(number: int, asked: Question, towns: Sequence[Town]) -> SearchQuery:
    """Words and vector."""
    return SearchQuery(text=asked.text, vector=asked.vector, language=asked.language)


def municipality(number: int, asked: Question, towns: Sequence[Town]) -> SearchQuery:
    """In a municipality, its county and the whole country."""
    return SearchQuery(
        text=asked.text,
        vector=asked.vector,
        language=asked.language,
        municipality=towns[number % len(towns)][0],
    )


def topic(number: int, asked: Question, towns: Sequence[Town]) -> SearchQuery:
    """Of a topic, anywhere."""
    return SearchQuery(
        text=asked.text,
        vector=asked.vector,
        language=asked.language,
        topics=(_TOPICS[number % len(_TOPICS)],),
    )


def conversation(number: int, asked: Question, towns: Sequence[Town]) -> SearchQuery:
    """Of a topic in a municipality: what a conversation asks."""
    return SearchQuery(
        text=asked.text,
        vector=asked.vector,
        language=asked.language,
        topics=(_TOPICS[number % len(_TOPICS)],),
        municipality=towns[number % len(towns)][0],
    )


def near(number: int, asked: Question, towns: Sequence[Town]) -> SearchQuery:
    """Near a place, anywhere."""
    return SearchQuery(
        text=asked.text,
        vector=asked.vector,
        language=asked.language,
        near=towns[number % len(towns)][1:],
    )


def open_now(number: int, asked: Question, towns: Sequence[Town]) -> SearchQuery:
    """Open at noon, anywhere."""
    return SearchQuery(
        text=asked.text,
        vector=asked.vector,
        language=asked.language,
        open_now=True,
        now=NOON,
    )


WAYS: dict[str, Way] = {
    "words": words,
    "words + vector": meaning,
    "municipality": municipality,
    "topic": topic,
    "municipality + topic": conversation,
    "near": near,
    "open now": open_now,
}
