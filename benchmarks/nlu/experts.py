"""The experts of the need model one by one, and the model without each of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Optional

import numpy as np

from assistant.nlu import need_model
from assistant.nlu.need_model import NeedModel, Weights, fit_regression, log_softmax
from assistant.nlu.ngram_bayes import NgramBayes
from assistant.nlu.ngram_ridge import NgramRidge
from benchmarks.nlu.centring import Centring
from benchmarks.nlu.data import Messages
from benchmarks.nlu.measuring import GROUP, Cost, measured
from benchmarks.nlu.weights import best_weights

EXPERTS = Weights._fields
LETTERS = frozenset({"bayes", "ridge"})
#: Rows of the table: name -> the experts that are kept.
ALL = "Kuntaopas, weights set anew"
SUBSETS = {
    ALL: frozenset(EXPERTS),
    **{f"{name} alone": frozenset({name}) for name in EXPERTS},
    **{f"without {name}": frozenset(EXPERTS) - {name} for name in EXPERTS},
    "without letters": frozenset(EXPERTS) - LETTERS,
}


class _SilentBayes(NgramBayes):
    def __init__(self, count: int) -> None:
        super().__init__({})
        self._count = count

    def probabilities(self, text: str, language: Optional[str]) -> Optional[np.ndarray]:
        return np.full(self._count, 1 / self._count, dtype=np.float32)


class _SilentRidge(NgramRidge):
    def __init__(self, count: int) -> None:
        super().__init__({})
        self._count = count

    def scores(self, text: str, language: Optional[str]) -> Optional[np.ndarray]:
        return np.zeros(self._count, dtype=np.float32)


class Parts:
    """The experts, each trained once, and what that cost."""

    def __init__(self, train: Messages) -> None:
        self.labels = sorted(set(train.labels))
        number = {label: position for position, label in enumerate(self.labels)}
        self._numbers = np.array([number[label] for label in train.labels])
        letters = (train.texts, self._numbers, train.languages, len(self.labels))
        self.costs: dict[str, Cost] = {}
        with measured() as self.costs["regression"]:
            self._centring = Centring(train.vectors, train.languages)
            self._phrases = self._centring(train.vectors, train.languages)
            _, self._weights, self._bias = fit_regression(self._phrases, train.labels)
        with measured() as self.costs["nearest"]:
            pass  # the phrases themselves
        with measured() as self.costs["bayes"]:
            self._bayes = NgramBayes.fit(*letters)
        with measured() as self.costs["ridge"]:
            self._ridge = NgramRidge.fit(*letters)

    def model(self, kept: Collection[str]) -> NeedModel:
        """A need model in which the other experts have no opinion and cost nothing."""
        count = len(self.labels)
        near = "nearest" in kept
        by_regression = "regression" in kept
        return NeedModel(
            self.labels,
            self._weights if by_regression else np.zeros_like(self._weights),
            self._bias if by_regression else np.zeros_like(self._bias),
            self._centring.languages,
            self._centring.means,
            self._phrases if near else self._phrases[:1],
            self._numbers if near else self._numbers[:1],
            self._bayes if "bayes" in kept else _SilentBayes(count),
            self._ridge if "ridge" in kept else _SilentRidge(count),
        )


class Mixture:
    """Some of the experts, with weights of their own."""

    def __init__(self, model: NeedModel, known: np.ndarray, unknown: np.ndarray) -> None:
        """Make a mixture.

        Args:
            model: holds the experts.
            known: (4,) weights for languages with training phrases; 0 for experts left out.
            unknown: (4,) those for other languages.
        """
        self.labels = model.labels
        self._model, self._known, self._unknown = model, known, unknown

    def probabilities(
        self, texts: Sequence[str], vectors: np.ndarray, languages: Sequence[str]
    ) -> np.ndarray:
        """(n, labels) probabilities of n messages."""
        return self.combined(self._model.opinions(texts, vectors, languages), languages)

    def combined(self, opinions: Sequence[np.ndarray], languages: Sequence[str]) -> np.ndarray:
        """(n, labels) probabilities of n messages, by opinions of all experts that are known."""
        lettered = np.array([code in self._model.languages for code in languages])
        weights = np.where(lettered[:, None], self._known, self._unknown)
        logits = sum(weights[:, [row]] * opinion for row, opinion in enumerate(opinions))
        return np.asarray(np.exp(log_softmax(np.asarray(logits))))


def weights_of(
    kept: Collection[str], labels: list[str], opinions: Sequence[np.ndarray], tuning: Messages
) -> np.ndarray:
    """(4,) weights of the experts that are kept, set on messages; those of the model without any.

    Args:
        kept: names of experts.
        labels: the labels of the model.
        opinions: what each expert says of the messages.
        tuning: the messages; those whose label the model does not have are left out.
    """
    chosen = [row for row, name in enumerate(EXPERTS) if name in kept]
    rows = [row for row, label in enumerate(tuning.labels) if label in labels]
    weights = np.zeros(len(EXPERTS))
    if rows:
        gold = np.array([labels.index(tuning.labels[row]) for row in rows])
        weights[chosen] = best_weights([opinions[one][rows] for one in chosen], gold)
    if not weights.any():
        weights[chosen] = np.array(need_model.WEIGHTS)[chosen]
    return weights


def weights_without_letters(kept: Collection[str]) -> np.ndarray:
    """(4,) weights of the experts that are kept for languages without training phrases."""
    given = np.array(need_model.WITHOUT_LETTERS, dtype=float)
    return given * [name in kept for name in EXPERTS]


def opinions_in_groups(model: NeedModel, found: Messages) -> list[np.ndarray]:
    """What each expert says of n messages: (n, labels) each."""
    parts = [
        model.opinions(found.texts[rows], found.vectors[rows], found.languages[rows])
        for start in range(0, len(found.texts), GROUP)
        for rows in [slice(start, start + GROUP)]
    ]
    return [np.concatenate(of_expert) for of_expert in zip(*parts)]
