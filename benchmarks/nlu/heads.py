"""Classifiers of sentence vectors that scikit-learn has: logistic regression and a network."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, Optional

import numpy as np

from benchmarks.nlu.centring import Centring
from benchmarks.nlu.data import Messages

HIDDEN, EPOCHS, BATCH = 512, 12, 256
#: scikit-learn's C, and how long its solver may go on.
STRENGTH, MAX_ITERATIONS = 10.0, 40


class Head:
    """A classifier of scikit-learn on sentence vectors."""

    def __init__(self, estimator: Any, train: Messages, centred: bool, scale: float = 1.0) -> None:
        """Train on phrases.

        Args:
            estimator: one of scikit-learn that tells probabilities.
            train: the phrases.
            centred: whether the mean of their language is taken from the vectors.
            scale: what vectors are multiplied with.
        """
        from sklearn.exceptions import ConvergenceWarning

        self._centring = Centring(train.vectors, train.languages) if centred else None
        self._scale = scale
        inputs = self._inputs(train.vectors, train.languages)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            self._estimator = estimator.fit(inputs, np.array(train.labels))
        self.labels = [str(label) for label in self._estimator.classes_]

    def _inputs(self, vectors: np.ndarray, languages: Sequence[str]) -> np.ndarray:
        if self._centring is not None:
            vectors = self._centring(vectors, languages)
        return vectors.astype(np.float32) * np.float32(self._scale)

    def probabilities(
        self, texts: Sequence[str], vectors: np.ndarray, languages: Sequence[str]
    ) -> np.ndarray:
        """(n, labels) probabilities of n messages."""
        return np.asarray(self._estimator.predict_proba(self._inputs(vectors, languages)))

    def weights_and_bias(self) -> tuple[np.ndarray, np.ndarray]:
        """(labels, dimension) and (labels,): what logistic regression has learnt."""
        weights, bias = self._estimator.coef_, self._estimator.intercept_
        if len(self.labels) == 2:
            weights, bias = np.vstack([-weights / 2, weights / 2]), np.r_[-bias / 2, bias / 2]
        return weights, bias


def regression(strength: float = STRENGTH, class_weight: Optional[str] = None) -> Any:
    """Logistic regression by a full solver (lbfgs).

    Args:
        strength: scikit-learn's C, the inverse of the regularisation strength.
        class_weight: `balanced`, so that rare labels count as much as frequent ones.
    """
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(
        C=strength, max_iter=MAX_ITERATIONS, tol=1e-3, class_weight=class_weight
    )


def logistic(
    train: Messages, strength: float, centred: bool = True, class_weight: Optional[str] = None
) -> Head:
    """Logistic regression on sentence vectors."""
    return Head(regression(strength, class_weight), train, centred)


def network(train: Messages) -> Head:
    """One hidden layer on centred vectors, a few epochs."""
    from sklearn.neural_network import MLPClassifier

    estimator = MLPClassifier((HIDDEN,), max_iter=EPOCHS, batch_size=BATCH, random_state=0)
    # Numbers of about one: the first layer learns slowly from those of unit vectors.
    return Head(estimator, train, centred=True, scale=train.vectors.shape[1] ** 0.5)
