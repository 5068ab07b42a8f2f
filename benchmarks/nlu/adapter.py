"""A linear map of the sentence vectors, learnt in seconds: phrases of a need come together.

The supervised contrastive loss (Khosla et al. 2020) with Adam, in NumPy; then the nearest centroid
of a need, or the nearest phrases, on the mapped vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from assistant.embedding.vectors import unit
from assistant.nlu.need_model import nearest_shares
from benchmarks.nlu.centring import Centring
from benchmarks.nlu.data import Messages

STEPS, LABELS_A_STEP, PHRASES_A_LABEL = 500, 128, 4
TEMPERATURE, RATE = 0.1, 1e-3
Rule = Literal["centroid", "phrases"]
RULES: tuple[Rule, ...] = ("centroid", "phrases")


def loss_and_gradient(
    matrix: np.ndarray, inputs: np.ndarray, labels: np.ndarray
) -> tuple[float, np.ndarray]:
    """The contrastive loss of a batch, and its gradient.

    Args:
        matrix: (dimension, dimension) the map.
        inputs: (n, dimension) vectors.
        labels: (n,) numbers; each has to be there at least twice.
    """
    mapped = inputs @ matrix
    lengths = np.linalg.norm(mapped, axis=1, keepdims=True) + 1e-9
    points = mapped / lengths
    likeness = points @ points.T / TEMPERATURE
    np.fill_diagonal(likeness, -np.inf)
    likeness -= likeness.max(axis=1, keepdims=True)
    exponents = np.exp(likeness)
    totals = exponents.sum(axis=1, keepdims=True)
    same = (labels[:, None] == labels[None]).astype(inputs.dtype)
    np.fill_diagonal(same, 0)
    same /= same.sum(axis=1, keepdims=True)
    logs = np.where(same > 0, likeness - np.log(totals), 0)
    slopes = (exponents / totals - same) / len(inputs)
    by_point = (slopes + slopes.T) @ points / TEMPERATURE
    by_mapped = (by_point - points * (points * by_point).sum(axis=1, keepdims=True)) / lengths
    return float(-(same * logs).sum() / len(inputs)), inputs.T @ by_mapped


def learn(inputs: np.ndarray, labels: np.ndarray, steps: int = STEPS) -> np.ndarray:
    """The (dimension, dimension) map that Adam finds, starting from no change."""
    random = np.random.default_rng(0)
    members = [np.where(labels == label)[0] for label in np.unique(labels)]
    count = min(LABELS_A_STEP, len(members))
    matrix = np.eye(inputs.shape[1], dtype=inputs.dtype)
    mean, square = np.zeros_like(matrix), np.zeros_like(matrix)
    for step in range(1, steps + 1):
        chosen = random.choice(len(members), count, replace=False)
        rows = np.concatenate(
            [
                random.choice(own, PHRASES_A_LABEL, replace=len(own) < PHRASES_A_LABEL)
                for own in (members[one] for one in chosen)
            ]
        )
        _, gradient = loss_and_gradient(matrix, inputs[rows], labels[rows])
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        change = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        # The rate falls to nothing, so that the last batches do not decide.
        matrix -= (RATE * (1 - step / steps) * change).astype(matrix.dtype)
    return matrix


class LinearMap:
    """The map, learnt from training phrases."""

    def __init__(self, train: Messages) -> None:
        _, numbers = np.unique(train.labels, return_inverse=True)
        self._centring = Centring(train.vectors, train.languages)
        self._matrix = learn(self._centring(train.vectors, train.languages), numbers)

    def __call__(self, vectors: np.ndarray, languages: Sequence[str]) -> np.ndarray:
        """(n, dimension) mapped unit vectors."""
        return unit(self._centring(vectors, languages) @ self._matrix)


class Adapter:
    """The nearest centroid or the nearest phrases on mapped vectors."""

    def __init__(self, train: Messages, linear: LinearMap, rule: Rule) -> None:
        names, self._numbers = np.unique(train.labels, return_inverse=True)
        self.labels = [str(name) for name in names]
        self._map, self._rule = linear, rule
        self._points = linear(train.vectors, train.languages)
        if rule == "centroid":
            of_label = [
                self._points[self._numbers == one].mean(axis=0) for one in range(len(names))
            ]
            self._points = unit(np.stack(of_label))

    def probabilities(
        self, texts: Sequence[str], vectors: np.ndarray, languages: Sequence[str]
    ) -> np.ndarray:
        """(n, labels) probabilities of n messages."""
        likeness = self._map(vectors, languages) @ self._points.T
        if self._rule == "phrases":
            return nearest_shares(likeness, self._numbers, len(self.labels))
        exponents = np.exp((likeness - likeness.max(axis=1, keepdims=True)) / TEMPERATURE)
        return np.asarray(exponents / exponents.sum(axis=1, keepdims=True))
