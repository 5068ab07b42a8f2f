"""What questions and services are about, told by the needs that their sentence vectors lie near.

The training phrases of each need (`data/nlu`, thirteen languages) are condensed to a few typical
vectors, its prototypes; so are the phrases of subjects (`data/catalogue/subjects.yml`) that
municipal catalogues have and the assistant has no need for. A question and a service in another
language than the question are both compared with them: where both lie near the same needs, the
service answers the question even if no word is shared. `data/catalogue/need_prototypes.npz` is made
by

    python -m assistant.catalogue.need_training

from the cached vectors of the phrases. It is made again when phrases have been added to a need or
the encoder has changed; with vectors of another size it is not used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Optional

import numpy as np

from assistant.catalogue.municipalities import DATA
from assistant.embedding.vectors import unit
from assistant.guidance.topics import NO_SERVICE_TOPICS

FILE = DATA / "need_prototypes.npz"
#: In front of what services are about and the assistant has no need for.
SUBJECT = "subject"
#: So many of the nearest prototypes speak, the nearer the louder (softmax of this temperature).
NEAREST, TEMPERATURE = 40, 0.05
#: Needs that are kept of a service.
KEPT = 8
SCALE = 127


@dataclass(frozen=True)
class NeedPrototypes:
    """Prototypes of every need.

    Attributes:
        needs: `topic/need` or `subject/…`, one a column of a profile.
        vectors: (prototypes, dimension) unit vectors, seen from the centre of their language.
        labels: (prototypes,) the need of each, as its place in `needs`.
        question_centres: the mean vector of questions in each language.
        text_centres: the mean vector of descriptions of services in each language; "" of all.
    """

    needs: tuple[str, ...]
    vectors: np.ndarray
    labels: np.ndarray
    question_centres: Mapping[str, np.ndarray]
    text_centres: Mapping[str, np.ndarray]

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self.vectors.shape[1])

    def of_question(self, vector: np.ndarray) -> np.ndarray:
        """(needs,) how much a question is about each need; the sum is 1.

        Args:
            vector: the sentence vector of the question, encoded as a query.
        """
        centres = np.stack(list(self.question_centres.values()))
        # The nearest centre is almost always that of the language of the question.
        centre = centres[((centres - vector) ** 2).sum(axis=1).argmin()]
        profile: np.ndarray = self._profiles(unit(vector[None] - centre))[0]
        return profile

    def of_services(
        self, vectors: np.ndarray, languages: Sequence[str]
    ) -> tuple[np.ndarray, np.ndarray]:
        """The needs that services are about.

        Args:
            vectors: (services, dimension) sentence vectors, encoded as passages.
            languages: the language of each text that was encoded.

        Returns:
            (services, KEPT) places in `needs` as uint8, and (services, KEPT) weights as float32,
            whose sum is 1 for each service that is about anything. What no service answers is
            left out.
        """
        every = self.text_centres[""]
        centres = np.stack([self.text_centres.get(code, every) for code in languages])
        profiles = self._profiles(unit(vectors - centres))
        profiles[:, self._strange()] = 0
        order = np.argsort(-profiles, axis=1, kind="stable")[:, :KEPT]
        weights = np.take_along_axis(profiles, order, axis=1)
        return order.astype(np.uint8), (
            weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-6)
        ).astype(np.float32)

    def of_need(self, need: str) -> Optional[np.ndarray]:
        """(needs,) the profile of a question that is about one need; None for an unknown need."""
        if need not in self.needs:
            return None
        return np.eye(len(self.needs), dtype=np.float32)[self.needs.index(need)]

    def strangeness(self, profile: np.ndarray) -> float:
        """How much of a question is about nothing that a service answers."""
        return float(profile[self._strange()].sum())

    def _strange(self) -> np.ndarray:
        return np.array([need.split("/")[0] in NO_SERVICE_TOPICS for need in self.needs])

    def _profiles(self, vectors: np.ndarray) -> np.ndarray:
        similarity = vectors @ self.vectors.T
        count = min(NEAREST, similarity.shape[1])
        near = np.argpartition(-similarity, count - 1, axis=1)[:, :count]
        values = np.take_along_axis(similarity, near, axis=1)
        weights = np.exp((values - values.max(axis=1, keepdims=True)) / TEMPERATURE)
        weights /= weights.sum(axis=1, keepdims=True)
        profiles = np.zeros((len(vectors), len(self.needs)), dtype=np.float32)
        rows = np.repeat(np.arange(len(vectors)), count)
        np.add.at(profiles, (rows, self.labels[near].ravel()), weights.ravel())
        return profiles

    def save(self, path: Path) -> None:
        """Write the prototypes, one byte a number."""
        np.savez_compressed(
            path,
            needs=np.array(self.needs),
            vectors=np.round(self.vectors * SCALE).astype(np.int8),
            labels=self.labels.astype(np.uint8),
            questions=np.array(list(self.question_centres)),
            question_centres=np.stack(list(self.question_centres.values())).astype(np.float16),
            texts=np.array(list(self.text_centres)),
            text_centres=np.stack(list(self.text_centres.values())).astype(np.float16),
        )


@lru_cache(maxsize=1)
def load_prototypes(path: Path = FILE) -> Optional[NeedPrototypes]:
    """The prototypes; None where they are missing."""
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as stored:
        return NeedPrototypes(
            needs=tuple(str(need) for need in stored["needs"]),
            vectors=unit(stored["vectors"].astype(np.float32)),
            labels=stored["labels"].astype(np.int64),
            question_centres=_named(stored["questions"], stored["question_centres"]),
            text_centres=_named(stored["texts"], stored["text_centres"]),
        )


def _named(names: np.ndarray, centres: np.ndarray) -> dict[str, np.ndarray]:
    return {str(name): row.astype(np.float32) for name, row in zip(names, centres)}
