"""Topics of services whose source gives none: from the sentence encoder, with a confidence.

A service is compared with the mean vector of the training phrases of each topic. Descriptions of
services and questions of people lie apart whatever they say, so each is seen from a centre of its
own: the questions from the mean of the questions in their language, the services from the mean of
the project's own catalogue, which is about every topic, in their language. The services of an
import are no centre: a municipality's permits alone would make everything else alike.

The confidence is a logistic curve over how near the nearest topic is and how far behind the next
one, fitted on the services of the Finnish Service Catalogue's demonstration data whose classes
belong to a topic (110 of 165; the nearest topic is right for 70 % of them). In ten-fold
cross-validation a confidence of at least `MIN_CONFIDENCE` gives a topic to 50 % of the 110, and
84 % of these are right (recall 42 %); at .70 it would be 79 % (recall 53 %).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.catalogue.importers import own
from assistant.catalogue.store import AssignedTopics
from assistant.catalogue.topics import TOPICS
from assistant.catalogue.training_phrases import QUESTIONS, training_phrases
from assistant.embedding import SentenceEncoder
from assistant.embedding.vectors import unit

#: A topic with less confidence is not given.
MIN_CONFIDENCE = 0.75
NEARNESS, LEAD, BASE = 2.1, 4.7, 0.1

#: Phrases of these languages, so many of each need: more made it worse.
LANGUAGES = ("fi", "sv", "en")
PHRASES_A_NEED = 6
#: What the assistant itself answers; services near to these are about something else.
NEVER_ASSIGNED = frozenset(("emergency", "initial_assessment", "integration_plan", "human_contact"))


@dataclass(frozen=True)
class TopicVectors:
    """What services are compared with.

    Attributes:
        topics: names of the rows of `means`.
        means: (topics, dimension) unit vectors.
        centres: the centre of descriptions of services in each language; "" of all of them.
    """

    topics: tuple[str, ...]
    means: np.ndarray
    centres: dict[str, np.ndarray]

    def assign(self, vectors: np.ndarray, languages: Sequence[str]) -> list[AssignedTopics]:
        """Topics and confidence of services; no topics where the confidence is low.

        Args:
            vectors: (services, dimension) sentence vectors of the services, encoded as passages.
            languages: the language of each text that was encoded.
        """
        centres = np.stack([self.centres.get(code, self.centres[""]) for code in languages])
        similarity = unit(vectors - centres) @ self.means.T
        return [self._assigned(row) for row in similarity]

    def _assigned(self, similarity: np.ndarray) -> AssignedTopics:
        second, first = np.argsort(similarity)[-2:]
        confidence = confidence_of(
            float(similarity[first]), float(similarity[first] - similarity[second])
        )
        topic = self.topics[first]
        if confidence < MIN_CONFIDENCE or topic in NEVER_ASSIGNED:
            return (), None
        return (topic,), round(confidence, 2)


def confidence_of(similarity: float, lead: float) -> float:
    """The probability that the nearest topic is right.

    Args:
        similarity: of the service and the topic.
        lead: by how much it is more similar than the next topic.
    """
    return 1 / (1 + math.exp(-(NEARNESS * similarity + LEAD * lead + BASE)))


def topic_vectors(encoder: SentenceEncoder) -> TopicVectors:
    """Encode the training phrases and the own catalogue; with a cache that is done once."""
    by_need: dict[str, list[np.ndarray]] = {}
    for language in LANGUAGES:
        phrases = _phrases(language)
        if not phrases:
            continue
        vectors = encoder.encode([text for texts in phrases.values() for text in texts])
        centre = vectors.mean(axis=0)
        start = 0
        for need, texts in phrases.items():
            part = unit(vectors[start : start + len(texts)] - centre)
            by_need.setdefault(need, []).append(part.mean(axis=0))
            start += len(texts)
    by_topic: dict[str, list[np.ndarray]] = {}
    for need, means in by_need.items():
        by_topic.setdefault(need.split("/", 1)[0], []).append(unit(np.mean(means, axis=0)))
    topics = tuple(sorted(by_topic))
    means = np.stack([unit(np.mean(by_topic[topic], axis=0)) for topic in topics])
    return TopicVectors(topics, means, text_centres(encoder))


def _phrases(language: str) -> dict[str, list[str]]:
    """The first phrases of each need in a language."""
    found: dict[str, list[str]] = {}
    for path in sorted((QUESTIONS / language).glob("*.yml")):
        if path.stem in TOPICS:
            for need, phrase in training_phrases(path):
                found.setdefault(need, []).append(phrase)
    return {need: texts[:PHRASES_A_NEED] for need, texts in found.items()}


def text_centres(encoder: SentenceEncoder) -> dict[str, np.ndarray]:
    """The mean vector of the own catalogue's services in each language."""
    by_language: dict[str, list[str]] = {}
    for dataset in ("national", "demo"):
        for service in own.read(dataset).batch.services:
            for language, name in service.names.items():
                text = f"{name}. {service.summaries.get(language, '')}"
                by_language.setdefault(language, []).append(text)
    centres = {
        language: encoder.encode(texts, "passage").mean(axis=0)
        for language, texts in by_language.items()
    }
    centres[""] = _mean(centres.values(), encoder.dimension)
    return centres


def _mean(vectors: Iterable[np.ndarray], dimension: int) -> np.ndarray:
    found = list(vectors)
    return np.mean(found, axis=0) if found else np.zeros(dimension, dtype=np.float32)
