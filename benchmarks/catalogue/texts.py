"""Real texts from which services and questions for the benchmark are made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.catalogue.importers import own
from assistant.catalogue.training_phrases import QUESTIONS, training_phrases
from assistant.embedding import SentenceEncoder
from assistant.embedding.vectors import unit
from assistant.settings import PROJECT_ROOT
from benchmarks.catalogue.needs import SPLITS, load

SAMPLE = PROJECT_ROOT.parent / "shared/data/ptv/services_turku_oulu_mikkeli_national.jsonl"
#: Languages of the services that are made, and of the questions.
LANGUAGES = ("fi", "sv", "en", "ru", "ar")
PHRASES = 600


@dataclass
class LanguageTexts:
    """Texts in one language: names and summaries of services, and what people asked.

    `vectors` has the sentence vector of each name with its summary, one a row.
    """

    names: list[str] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    vectors: np.ndarray = field(default_factory=lambda: np.empty((0, 0), dtype=np.float32))

    def add(self, name: str, summary: str) -> None:
        """Add a service."""
        self.names.append(name)
        self.summaries.append(summary or name)


Texts = dict[str, LanguageTexts]


def read_texts(sample: Path = SAMPLE) -> Texts:
    """The real records where they are at hand, the own catalogue in every language, phrases.

    The own catalogue is small, so the summaries in the languages other than Finnish are joined by
    the phrases of people: else a word of them would be in very many of the services that are made.
    """
    texts = {language: LanguageTexts() for language in LANGUAGES}
    for name, summary in _records(sample):
        texts["fi"].add(name, summary)
    for dataset in ("national", "demo"):
        for service in own.read(dataset).batch.services:
            for language, found in texts.items():
                if service.names.get(language):
                    found.add(service.names[language], service.summaries.get(language, ""))
    for language, found in texts.items():
        phrases = list(_phrases(language))
        found.asked = [
            need.text for split in SPLITS for need in load(split) if need.language == language
        ]
        found.asked += phrases[:: len(phrases) // PHRASES + 1]
        if language != "fi" or not sample.exists():
            for row, phrase in enumerate(found.asked):
                found.add(found.names[row % len(found.names)], phrase)
    return texts


def encode_texts(texts: Texts, encoder: SentenceEncoder) -> None:
    """Compute the sentence vectors of the texts."""
    for found in texts.values():
        pairs = [f"{name}. {summary}" for name, summary in zip(found.names, found.summaries)]
        found.vectors = encoder.encode(pairs, "passage")


def chance_vectors(texts: Texts, dimension: int = 384) -> None:
    """Give the texts vectors of no meaning, where there is no time to encode them."""
    numbers = np.random.default_rng(1)
    shared = numbers.normal(size=dimension)
    for found in texts.values():
        own_part = numbers.normal(size=(len(found.names), dimension))
        found.vectors = unit((own_part + 2 * shared).astype(np.float32))


def _records(sample: Path) -> Iterator[tuple[str, str]]:
    if sample.exists():
        for line in sample.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record.get("name"):
                yield record["name"], record.get("summary") or ""


def _phrases(language: str) -> Iterator[str]:
    for path in sorted((QUESTIONS / language).glob("*.yml")):
        for _, phrase in training_phrases(path):
            if re.search(r"\s", phrase):
                yield phrase
