"""Which need a message is about: 169 needs, and their sums, the topics.

Four experts give an opinion: logistic regression on sentence vectors from which the mean of their
language has been taken away (the encoder's language signature is noise here), the nearest training
phrases, and two models of the message's letters. Their logarithms are added with weights that
minimise the log loss on the development split, which calibrates the probabilities at the same time
(a product of experts: Hinton 2002). docs/nlu.md has the measurements.
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Optional

import numpy as np

from assistant.embedding.vectors import unit
from assistant.nlu.ngram_bayes import NgramBayes
from assistant.nlu.ngram_ridge import NgramRidge

#: How the regression is trained: passes over the phrases, phrases a step, rate, penalty; unit
#: vectors have small components, so that they are scaled.
EPOCHS, BATCH, RATE, REGULARISATION, SCALE = 5, 512, 0.01, 1e-4, 8.0
#: So many steps at least, however few phrases there are.
LEAST_STEPS = 300
#: How many nearest phrases are asked, and how fast their weight falls with the distance.
NEAREST, NEAREST_SHARPNESS = 30, 20.0
#: Added to probabilities before their logarithm, so that no expert has a veto.
FLOOR = 1e-3


class Weights(NamedTuple):
    """How much each expert counts. Set by `python -m benchmarks.nlu.weights`."""

    regression: float
    nearest: float
    bayes: float = 0.0
    ridge: float = 0.0


#: For languages with training phrases, and for those without: there no model knows the letters.
WEIGHTS, WITHOUT_LETTERS = Weights(0.53, 0.28, 0.24, 11.29), Weights(0.76, 0.69)


@dataclass(frozen=True)
class Prediction:
    """Probabilities of labels, the likeliest first. A label is `topic/need` or a plain intent."""

    needs: list[tuple[str, float]]
    topics: list[tuple[str, float]]


def topic_of(label: str) -> str:
    """The topic (or plain intent) of a label."""
    return label.split("/", 1)[0]


class NeedModel:
    """Classifies sentence vectors into needs and topics."""

    def __init__(
        self,
        labels: Sequence[str],
        weights: np.ndarray,
        bias: np.ndarray,
        languages: Sequence[str],
        means: np.ndarray,
        phrases: np.ndarray,
        phrase_labels: np.ndarray,
        bayes: NgramBayes,
        ridge: NgramRidge,
    ) -> None:
        """Make a model of its parts.

        Args:
            labels: one label a class.
            weights: (classes, dimension); bias: (classes,).
            languages: codes of the rows of `means`.
            means: (languages + 1, dimension); the last row is the mean over all languages.
            phrases: (n, dimension) centred unit vectors of the training phrases.
            phrase_labels: (n,) positions of their labels.
            bayes: the first model of the letters, with the same labels.
            ridge: the second.
        """
        self.labels = list(labels)
        self._weights = weights.astype(np.float32)
        self._bias = bias.astype(np.float32)
        self.languages = list(languages)
        self._means = means.astype(np.float32)
        self._bayes = bayes
        self._ridge = ridge
        self._phrases = phrases.astype(np.float32)
        self._phrase_labels = phrase_labels.astype(np.int64)
        self.topics = sorted({topic_of(label) for label in self.labels})
        rows = {topic: row for row, topic in enumerate(self.topics)}
        self._topic_rows = np.array([rows[topic_of(label)] for label in self.labels])

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        vectors: np.ndarray,
        labels: Sequence[str],
        languages: Sequence[Optional[str]],
    ) -> NeedModel:
        """Train on phrases.

        Args:
            texts: n phrases.
            vectors: (n, dimension) their unit vectors.
            labels: n labels.
            languages: n language codes; None where a text's language is not known.
        """
        codes = sorted({code for code in languages if code})
        of = np.array([code or "" for code in languages])
        means = np.stack(
            [vectors[of == code].mean(axis=0) for code in codes] + [vectors.mean(axis=0)]
        ).astype(np.float32)
        row = {code: position for position, code in enumerate(codes)}
        centred = unit(vectors - means[[row.get(code, len(codes)) for code in of]])
        names, weights, bias = fit_regression(centred.astype(np.float32), labels)
        number = {name: index for index, name in enumerate(names)}
        phrase_labels = np.array([number[str(label)] for label in labels])
        letters = (texts, phrase_labels, languages, len(names))
        return cls(
            names,
            weights,
            bias,
            codes,
            means,
            centred,
            phrase_labels,
            NgramBayes.fit(*letters),
            NgramRidge.fit(*letters),
        )

    def probabilities(
        self, texts: Sequence[str], vectors: np.ndarray, languages: Sequence[Optional[str]]
    ) -> np.ndarray:
        """(n, labels) probabilities of n messages with their (n, dimension) vectors."""
        opinions = self.opinions(texts, vectors, languages)
        logits = np.zeros(opinions[0].shape, dtype=np.float32)
        lettered = np.array([code in self.languages for code in languages])
        for opinion, known, unknown in zip(opinions, WEIGHTS, WITHOUT_LETTERS):
            logits += np.where(lettered, known, unknown)[:, None] * opinion
        return np.asarray(np.exp(log_softmax(logits)))

    def opinions(
        self, texts: Sequence[str], vectors: np.ndarray, languages: Sequence[Optional[str]]
    ) -> tuple[np.ndarray, ...]:
        """What each expert says: (n, labels) logarithms or scores, in the order of `Weights`."""
        centred = self.centred(vectors, languages)
        bayes = np.zeros((len(texts), len(self.labels)), dtype=np.float32)
        ridge = np.zeros_like(bayes)
        for number, (text, code) in enumerate(zip(texts, languages)):
            likelihood, scores = (
                self._bayes.probabilities(text, code),
                self._ridge.scores(text, code),
            )
            if likelihood is not None and scores is not None:
                bayes[number], ridge[number] = np.log(likelihood + FLOOR), scores
        return (
            log_softmax(centred @ self._weights.T + self._bias),
            np.log(self._nearest(centred) + FLOOR),
            bayes,
            ridge,
        )

    def centred(self, vectors: np.ndarray, languages: Sequence[Optional[str]]) -> np.ndarray:
        """(n, dimension) unit vectors from which the mean of their language is taken away."""
        row = {code: position for position, code in enumerate(self.languages)}
        means = self._means[[row.get(code or "", len(self.languages)) for code in languages]]
        return unit(vectors - means).astype(np.float32)

    def _nearest(self, centred: np.ndarray) -> np.ndarray:
        """(n, labels) shares of the labels among the nearest training phrases."""
        return nearest_shares(centred @ self._phrases.T, self._phrase_labels, len(self.labels))

    def topic_probabilities(self, probabilities: np.ndarray) -> np.ndarray:
        """Sum (n, labels) probabilities to (n, topics)."""
        sums = np.zeros((len(probabilities), len(self.topics)), dtype=np.float32)
        np.add.at(sums.T, self._topic_rows, probabilities.T)
        return sums

    def predict(self, text: str, vector: np.ndarray, language: Optional[str]) -> Prediction:
        """Needs and topics of a message with its (dimension,) vector, the likeliest first."""
        probabilities = self.probabilities([text], vector[None], [language])
        topics = self.topic_probabilities(probabilities)[0]
        return Prediction(
            needs=_ranked(self.labels, probabilities[0]), topics=_ranked(self.topics, topics)
        )

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        np.savez_compressed(
            folder / "need_model.npz",
            weights=self._weights,
            bias=self._bias,
            means=self._means,
            phrases=self._phrases.astype(np.float16),
            phrase_labels=self._phrase_labels,
        )
        self._bayes.save(folder)
        self._ridge.save(folder)
        names = {"labels": self.labels, "languages": self.languages}
        (folder / "need_model.json").write_text(json.dumps(names), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> NeedModel:
        """Read a model that `save` wrote."""
        names = json.loads((folder / "need_model.json").read_text(encoding="utf-8"))
        with np.load(folder / "need_model.npz") as stored:
            return cls(
                names["labels"],
                stored["weights"],
                stored["bias"],
                names["languages"],
                stored["means"],
                stored["phrases"],
                stored["phrase_labels"],
                NgramBayes.load(folder),
                NgramRidge.load(folder),
            )


def nearest_shares(likeness: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    """Shares of labels among the nearest phrases.

    Args:
        likeness: (n, phrases) of n messages.
        labels: (phrases,) positions of the phrases' labels.
        count: number of labels.

    Returns:
        (n, count), rows summing to 1.
    """
    asked = min(NEAREST, likeness.shape[1])
    rows = np.argpartition(-likeness, asked - 1, axis=1)[:, :asked]
    near = np.take_along_axis(likeness, rows, axis=1)
    weights = np.exp((near - near.max(axis=1, keepdims=True)) * NEAREST_SHARPNESS)
    weights /= weights.sum(axis=1, keepdims=True)
    shares = np.zeros((len(likeness), count), dtype=np.float32)
    np.add.at(shares, (np.arange(len(likeness))[:, None], labels[rows]), weights)
    return shares


def fit_regression(
    vectors: np.ndarray, labels: Sequence[str]
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Train multinomial logistic regression.

    A network without a hidden layer is just that; Adam on small batches reaches the accuracy of a
    full solver in a tenth of its time.

    Args:
        vectors: (n, dimension) unit vectors.
        labels: n labels.

    Returns:
        The labels, one a class; (classes, dimension) weights; (classes,) bias.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier
    from threadpoolctl import threadpool_limits

    head = MLPClassifier(
        (),
        batch_size=min(BATCH, len(labels)),
        learning_rate_init=RATE,
        max_iter=max(EPOCHS, LEAST_STEPS * BATCH // max(len(labels), BATCH)),
        alpha=REGULARISATION,
        random_state=0,
    )
    with warnings.catch_warnings(), threadpool_limits(os.cpu_count(), user_api="blas"):
        warnings.simplefilter("ignore", ConvergenceWarning)
        head.fit(vectors * SCALE, np.array(labels))
    weights, bias = head.coefs_[0].T * SCALE, head.intercepts_[0]
    if len(weights) == 1:  # two classes: one row, for the second
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.r_[-bias / 2, bias / 2]
    return [str(label) for label in head.classes_], weights, bias


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """(n, classes) logarithms of the probabilities of (n, classes) logits."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def _ranked(names: Sequence[str], values: np.ndarray) -> list[tuple[str, float]]:
    order = np.argsort(-values)
    return [(names[position], float(values[position])) for position in order]
