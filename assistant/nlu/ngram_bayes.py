"""Needs by the letters of a message: naive Bayes over character n-grams, one model a language.

The sentence encoder knows some languages less well (Somali above all); spelling helps most there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Optional

import numpy as np
from scipy import sparse

from assistant.nlu.letters import FEATURES, inverse_frequency, ngram_counter, unit_rows

SMOOTHING = 0.05


class NgramBayes:
    """Multinomial naive Bayes on tf-idf weights of hashed character n-grams, flat class prior."""

    def __init__(self, languages: dict[str, tuple[Any, np.ndarray, np.ndarray]]) -> None:
        """Make a model of its parts.

        Args:
            languages: code -> (sparse (classes, FEATURES) matrix of log(1 + weight / smoothing),
                (classes,) log of the class totals or -inf for classes without a phrase,
                (FEATURES,) inverse document frequencies).
        """
        self._languages = languages

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        classes: np.ndarray,
        languages: Sequence[Optional[str]],
        count: int,
    ) -> NgramBayes:
        """Train one model a language.

        Args:
            texts: n messages.
            classes: (n,) positions of their labels.
            languages: n codes; messages of unknown language are left out.
            count: number of labels.
        """
        counts = ngram_counter(2, 4).transform([text.lower() for text in texts])
        of = np.array([code or "" for code in languages])
        models = {}
        for code in sorted(set(of) - {""}):
            rows = np.where(of == code)[0]
            own = counts[rows]
            idf = inverse_frequency(own)
            weights = unit_rows(own, idf)
            membership = sparse.csr_matrix(
                (np.ones(len(rows), dtype=np.float32), (classes[rows], np.arange(len(rows)))),
                shape=(count, len(rows)),
            )
            sums = (membership @ weights).tocsr()
            totals = np.asarray(sums.sum(axis=1)).ravel() + SMOOTHING * FEATURES
            present = np.bincount(classes[rows], minlength=count) > 0
            sums.data = np.log1p(sums.data / SMOOTHING)
            models[code] = (sums, np.where(present, np.log(totals), np.inf), idf)
        return cls(models)

    def probabilities(self, text: str, language: Optional[str]) -> Optional[np.ndarray]:
        """(classes,) probabilities of a message; None for a language without a model."""
        if language not in self._languages:
            return None
        matrix, totals, idf = self._languages[language]
        weights = unit_rows(ngram_counter(2, 4).transform([text.lower()]), idf)
        logs = np.asarray((matrix @ weights.T).todense()).ravel() - weights.sum() * totals
        exponents = np.exp(logs - logs.max())
        return np.asarray(exponents / exponents.sum(), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        for code, (matrix, totals, idf) in self._languages.items():
            compact = matrix.astype(np.float32)
            sparse.save_npz(folder / f"ngrams-{code}.npz", compact)
            np.savez_compressed(folder / f"ngrams-{code}-weights.npz", totals=totals, idf=idf)

    @classmethod
    def load(cls, folder: Path) -> NgramBayes:
        """Read a model that `save` wrote."""
        models = {}
        for path in folder.glob("ngrams-*-weights.npz"):
            code = path.name.split("-")[1]
            with np.load(path) as stored:
                models[code] = (
                    sparse.load_npz(folder / f"ngrams-{code}.npz"),
                    stored["totals"],
                    stored["idf"],
                )
        return cls(models)
