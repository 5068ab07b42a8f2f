"""Sets the weights of the need model's experts: least log loss on the development split.

    python -m benchmarks.nlu.weights

prints them; they are constants in `assistant/nlu/need_model.py`. The held-out sets are not read.
Weights for languages without training phrases are set on served languages whose phrases have been
left out of the training.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from assistant.nlu.need_model import NeedModel, Weights, log_softmax
from benchmarks.nlu.data import Messages, accuracy, messages, training_phrases

#: Each is once treated as a language that has no training phrases.
LEFT_OUT = ("tr", "et", "fr", "ar")


def fit(train: Messages) -> NeedModel:
    """The need model of these phrases."""
    return NeedModel.fit(train.texts, train.vectors, train.labels, train.languages)


def best_weights(opinions: Sequence[np.ndarray], gold: np.ndarray) -> np.ndarray:
    """(experts,) weights, none negative, with the least log loss of the (n,) right labels."""
    stack = np.stack(opinions).astype(np.float64)
    rows = np.arange(len(gold))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        logs = log_softmax(np.tensordot(weights, stack, 1))
        expected = (np.exp(logs) * stack).sum(axis=2).mean(axis=1)
        return -logs[rows, gold].mean(), expected - stack[:, rows, gold].mean(axis=1)

    start = np.full(len(stack), 0.5)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(stack))
    return np.asarray(found.x)


def _tuned(model: NeedModel, tuning: Messages, experts: int) -> tuple[Weights, dict]:
    codes = list(tuning.languages)
    opinions = model.opinions(tuning.texts, tuning.vectors, codes)[:experts]
    gold = np.array([model.labels.index(label) for label in tuning.labels])
    weights = best_weights(opinions, gold)
    logits = np.tensordot(weights, np.stack(opinions), 1)
    probabilities = np.exp(log_softmax(logits))
    return Weights(*weights.round(2)), accuracy(tuning, model.labels, probabilities)


def main() -> None:
    """Print the weights."""
    train, tuning = training_phrases(), messages("development")
    weights, figures = _tuned(fit(train), tuning, 4)
    sys.stdout.write(f"WEIGHTS = {weights}\n{figures}\n")
    for code in LEFT_OUT:
        model = fit(train.where(other != code for other in train.languages))
        own = tuning.where(other == code for other in tuning.languages)
        weights, figures = _tuned(model, own, 2)
        sys.stdout.write(f"WITHOUT_LETTERS ({code} left out) = {weights}\n{figures}\n")


if __name__ == "__main__":
    main()
