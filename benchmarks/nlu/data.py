"""Training phrases and evaluation sets as arrays, with their sentence vectors from the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple, Optional

import numpy as np

from assistant.embedding import CachedEncoder, load_encoder
from assistant.embedding.vectors import unit
from assistant.evaluation import datasets
from assistant.nlu.importer import read_phrases
from assistant.nlu.need_model import topic_of
from assistant.nlu.romanisation import Deromaniser
from assistant.nlu.text import clean, shorten
from assistant.settings import PROJECT_ROOT, get_settings


class Messages(NamedTuple):
    """n messages."""

    texts: list[str]
    #: (n, dimension) unit vectors.
    vectors: np.ndarray
    labels: list[str]
    languages: list[str]
    #: Labels and topics that fit as well as the label.
    also: list[list[str]]

    def where(self, keep: Iterable[bool]) -> Messages:
        """The messages at which `keep` is true."""
        rows = [row for row, kept in enumerate(keep) if kept]
        return Messages(
            [self.texts[row] for row in rows],
            self.vectors[rows],
            [self.labels[row] for row in rows],
            [self.languages[row] for row in rows],
            [self.also[row] for row in rows],
        )


def encode(texts: list[str]) -> np.ndarray:
    """(n, dimension) vectors of texts."""
    return CachedEncoder(load_encoder(), get_settings().vector_cache).encode(texts)


@cache
def _all_phrases() -> list[tuple[str, str, str]]:
    files = sorted((PROJECT_ROOT / "data" / "nlu").glob("*/*.yml"))
    return [
        (clean(text), label, code) for file in files for text, label, code in read_phrases(file)
    ]


@cache
def _deromaniser() -> Deromaniser:
    rows = _all_phrases()
    return Deromaniser.fit([text for text, _, _ in rows], [code for _, _, code in rows])


def read(texts: list[str], languages: list[str]) -> tuple[list[str], np.ndarray]:
    """Messages as the pipeline reads them: romanised ones restored, and (n, dimension) vectors."""
    restored = [shorten(_deromaniser().restore(text, code)) for text, code in zip(texts, languages)]
    typed = [shorten(text) for text in texts]
    vectors = encode(typed)
    rows = [row for row, text in enumerate(typed) if restored[row] != text]
    if rows:
        vectors[rows] = unit(vectors[rows] + encode([restored[row] for row in rows]))
    return restored, vectors


#: Positions that are kept, of labels and languages.
Pick = Callable[[list[str], list[str]], list[int]]


def training_phrases(pick: Optional[Pick] = None) -> Messages:
    """The phrases of data/nlu: all, or those that `pick` keeps; only these are encoded."""
    rows = _all_phrases()
    if pick is not None:
        kept = pick([label for _, label, _ in rows], [code for _, _, code in rows])
        rows = [rows[position] for position in kept]
    labels, languages = [row[1] for row in rows], [row[2] for row in rows]
    texts, vectors = read([text for text, _, _ in rows], languages)
    return Messages(texts, vectors, labels, languages, [[]] * len(rows))


def messages(split: datasets.Split) -> Messages:
    """The need messages of an evaluation split."""
    rows: list[dict[str, Any]] = datasets.needs(split)
    texts, vectors = read([clean(row["text"]) for row in rows], [row["lang"] for row in rows])
    return Messages(
        texts,
        vectors,
        [f"{row['topic']}/{row['need']}" for row in rows],
        [row["lang"] for row in rows],
        [row.get("also", []) for row in rows],
    )


def accuracy(found: Messages, labels: list[str], probabilities: np.ndarray) -> dict[str, Any]:
    """Topic and need accuracy of (n, labels) probabilities; topics are sums of their needs."""
    topics = [topic_of(label) for label in labels]
    names = sorted(set(topics))
    sums = np.stack(
        [probabilities[:, [t == name for t in topics]].sum(axis=1) for name in names], axis=1
    )
    topic_right, need_right = [], []
    for row, best in enumerate(sums.argmax(axis=1)):
        inside = [number for number, topic in enumerate(topics) if topic == names[best]]
        need = labels[max(inside, key=lambda number: probabilities[row, number])]
        fitting = [found.labels[row], *found.also[row]]
        topic_right.append(names[best] in {topic_of(label) for label in fitting})
        need_right.append(need in fitting or names[best] in found.also[row])
    right = np.array(topic_right)
    codes = np.array(found.languages)
    return {
        "topic": float(right.mean()),
        "need": float(np.mean(need_right)),
        "by_language": {
            code: float(right[codes == code].mean()) for code in sorted(set(found.languages))
        },
    }
