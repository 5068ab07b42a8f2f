"""Yes or no about a message: a small neural network on the sentence vectors.

Danger and what is out of scope are among the many topics that `need_model` tells apart. These two
questions matter so much that each is asked by itself as well: a yes or no needs other features
than 169 needs do. The classifier adds the log odds of both (docs/nlu.md has the figures).
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np

HIDDEN, EPOCHS, BATCH, DECAY = 128, 8, 256, 1e-3
#: Unit vectors have small components: the network learns faster from larger ones.
SCALE = 8.0
#: Networks of different random starts, whose mean is taken.
MEMBERS = 2
_TINY = 1e-6


class BinaryNetwork:
    """Multilayer perceptrons with one hidden layer of rectified units; their mean log odds."""

    def __init__(self, hidden: np.ndarray, hidden_bias: np.ndarray, out: np.ndarray) -> None:
        """Make a model of its parts.

        Args:
            hidden: (members, dimension, HIDDEN) weights; hidden_bias: (members, HIDDEN).
            out: (members, HIDDEN + 1) weights of the hidden units, the bias last.
        """
        self._hidden = hidden.astype(np.float32)
        self._hidden_bias = hidden_bias.astype(np.float32)
        self._out = out.astype(np.float32)

    @classmethod
    def fit(cls, vectors: np.ndarray, answers: np.ndarray) -> BinaryNetwork:
        """Train on (n, dimension) centred unit vectors and n answers, true for yes."""
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.neural_network import MLPClassifier

        parts = []
        for seed in range(MEMBERS):
            network = MLPClassifier(
                (HIDDEN,), max_iter=EPOCHS, batch_size=BATCH, alpha=DECAY, random_state=seed
            )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ConvergenceWarning)
                network.fit(vectors.astype(np.float32) * SCALE, answers)
            (hidden, out), (hidden_bias, out_bias) = network.coefs_, network.intercepts_
            parts.append((hidden, hidden_bias, np.r_[out[:, 0], out_bias]))
        return cls(*(np.stack(part) for part in zip(*parts)))

    def log_odds(self, vector: np.ndarray) -> float:
        """The log odds of yes for a centred unit vector (dimension,)."""
        inputs = vector.astype(np.float32) * SCALE
        units = np.maximum(np.einsum("d,mdh->mh", inputs, self._hidden) + self._hidden_bias, 0)
        return float((np.einsum("mh,mh->m", units, self._out[:, :-1]) + self._out[:, -1]).mean())

    def save(self, path: Path) -> None:
        """Write the model into a file."""
        np.savez_compressed(
            path,
            hidden=self._hidden,
            hidden_bias=self._hidden_bias,
            out=self._out,
        )

    @classmethod
    def load(cls, path: Path) -> BinaryNetwork:
        """Read a model that `save` wrote."""
        with np.load(path) as stored:
            return cls(stored["hidden"], stored["hidden_bias"], stored["out"])


def log_odds(probability: float) -> float:
    """The log odds of a probability, bounded."""
    bounded = min(max(probability, _TINY), 1 - _TINY)
    return float(np.log(bounded / (1 - bounded)))
