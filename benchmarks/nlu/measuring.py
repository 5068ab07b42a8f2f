"""What a contender is measured by: accuracy, training time, time a message, memory."""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import statistics
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional, Protocol

import numpy as np

from assistant.embedding import CachedEncoder, load_encoder
from benchmarks.nlu.data import Messages, accuracy
from benchmarks.nlu.sampling import SEED
from benchmarks.processes import MEBI, memory

#: Messages that are sent one by one to see how long one takes, after some that do not count.
SINGLE, WARM_UP = 200, 5
#: Messages are classified in groups, for nearest phrases compare each with every phrase.
GROUP = 256


class Fitted(Protocol):
    """A trained contender."""

    labels: list[str]

    def probabilities(
        self, texts: Sequence[str], vectors: np.ndarray, languages: Sequence[str]
    ) -> np.ndarray:
        """(n, labels) probabilities of n messages with their (n, dimension) vectors."""


@dataclass
class Cost:
    """Seconds of a training, and by how many MiB the process has grown afterwards."""

    seconds: float = 0.0
    mebibytes: float = 0.0


@dataclass(frozen=True)
class Accuracy:
    """Shares of right answers, where there are messages and answers of that kind."""

    #: In languages with training phrases.
    topic: Optional[float]
    need: Optional[float]
    worst_language: Optional[str]
    worst: Optional[float]
    #: Topics in languages without training phrases.
    untrained: Optional[float]
    by_language: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One contender in the table."""

    name: str
    accuracy: Accuracy
    training: Cost
    #: Median of single messages, with the encoding where it is needed.
    milliseconds: float
    model_mebibytes: float


@dataclass(frozen=True)
class Encoding:
    """What sentence vectors cost that are not stored yet."""

    #: Of each single message, on one core.
    singles: list[float]
    #: Seconds for 1,000 texts on all cores.
    per_thousand: float

    @property
    def milliseconds(self) -> float:
        """The median of single messages."""
        return statistics.median(self.singles)


def resident() -> float:
    """MiB that this process holds, after giving back what it does not need."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return memory(os.getpid()).rss


@contextmanager
def measured() -> Iterator[Cost]:
    """Fills in what the block costs. All cores may be used for it."""
    from threadpoolctl import threadpool_limits

    cost = Cost()
    before = resident()
    with threadpool_limits(os.cpu_count(), user_api="blas"):
        start = time.perf_counter()
        yield cost
        cost.seconds = time.perf_counter() - start
    cost.mebibytes = resident() - before


def in_groups(fitted: Fitted, found: Messages) -> np.ndarray:
    """(n, labels) probabilities of n messages."""
    parts = []
    for start in range(0, len(found.texts), GROUP):
        rows = slice(start, start + GROUP)
        parts.append(
            fitted.probabilities(found.texts[rows], found.vectors[rows], found.languages[rows])
        )
    return np.concatenate(parts)


def score(
    found: Messages, trained: Collection[str], labels: list[str], probabilities: np.ndarray
) -> Accuracy:
    """Accuracy in the languages with and without training phrases.

    Args:
        found: n messages.
        trained: languages with training phrases.
        labels: the labels that the contender tells apart; without needs, only topics count.
        probabilities: (n, labels).
    """
    known = np.array([code in trained for code in found.languages], dtype=bool)
    told = [
        accuracy(found.where(rows), labels, probabilities[rows]) if rows.any() else None
        for rows in (known, ~known)
    ]
    with_needs = any("/" in label for label in labels)
    served = told[0]
    by_language: dict[str, float] = {}
    for each in told:
        by_language |= each["by_language"] if each else {}
    worst = min(served["by_language"], key=lambda code: by_language[code]) if served else None
    return Accuracy(
        topic=served["topic"] if served else None,
        need=served["need"] if served and with_needs else None,
        worst_language=worst,
        worst=by_language[worst] if worst else None,
        untrained=told[1]["topic"] if told[1] else None,
        by_language=by_language,
    )


def single_messages(found: Messages) -> Messages:
    """The messages that are sent one by one, the same for every contender."""
    count = min(SINGLE, len(found.texts))
    chosen = set(np.random.default_rng(SEED).choice(len(found.texts), count, replace=False))
    return found.where(row in chosen for row in range(len(found.texts)))


def times(texts: Sequence[str], answer: Callable[[int], object]) -> list[float]:
    """Milliseconds that each text takes on one core, after a few that do not count.

    Args:
        texts: the texts.
        answer: does what is measured for the text at a position.
    """
    from threadpoolctl import threadpool_limits

    took = []
    with threadpool_limits(1):
        for row in [*range(min(WARM_UP, len(texts))), *range(len(texts))]:
            start = time.perf_counter()
            answer(row)
            took.append((time.perf_counter() - start) * 1000)
    return took[-len(texts) :]


def milliseconds(fitted: Fitted, singles: Messages, encoding: Optional[Encoding]) -> float:
    """The median time of a message, with what its encoding took, if that is given.

    The encoding is the same for every contender, so it is measured once, message by message.
    """

    def answer(row: int) -> object:
        rows = slice(row, row + 1)
        return fitted.probabilities(
            singles.texts[rows], singles.vectors[rows], singles.languages[rows]
        )

    took = times(singles.texts, answer)
    if encoding is not None:
        took = [alone + before for alone, before in zip(took, encoding.singles)]
    return statistics.median(took)


def encoding_cost(singles: Messages, phrases: Sequence[str]) -> Encoding:
    """Encode messages one by one and phrases together, without the stored vectors."""
    encoder = load_encoder()
    alone = times(singles.texts, lambda row: encoder.encode([singles.texts[row]]))
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        CachedEncoder(encoder, Path(folder) / "vectors.db").encode(phrases)
        seconds = time.perf_counter() - start
    return Encoding(alone, seconds / len(set(phrases)) * 1000)


def pickled(fitted: object) -> float:
    """MiB of a trained contender without the encoder."""
    return len(pickle.dumps(fitted, protocol=5)) / MEBI
