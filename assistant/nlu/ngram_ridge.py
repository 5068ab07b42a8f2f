"""Needs by the spelling of whole phrases: kernel ridge regression, one model a language.

Where naive Bayes (`ngram_bayes`) counts n-grams one by one, this learns which training phrases a
message is spelled like, and which of their n-grams tell needs apart. The two err on different
messages: together they are better than either (docs/nlu.md).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Optional

import numpy as np
from scipy import sparse

from assistant.nlu.letters import inverse_frequency, ngram_counter, unit_rows

SHORTEST, LONGEST = 2, 5
#: Added to the diagonal of the kernel matrix: how much single phrases are distrusted.
REGULARISATION = 0.3


class _Language(NamedTuple):
    """The model of one language."""

    #: Sparse (FEATURES, n): the tf-idf rows of the n training phrases, as columns.
    phrases: Any
    #: (n, classes): how much being like a phrase speaks for each class.
    weights: np.ndarray
    #: (FEATURES,)
    idf: np.ndarray


class NgramRidge:
    """Kernel ridge regression onto class indicators; the kernel is the cosine of tf-idf rows."""

    def __init__(self, languages: dict[str, _Language]) -> None:
        self._languages = languages

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        classes: np.ndarray,
        languages: Sequence[Optional[str]],
        count: int,
    ) -> NgramRidge:
        """Train one model a language.

        Args:
            texts: n messages.
            classes: (n,) positions of their labels.
            languages: n codes; messages of unknown language are left out.
            count: number of labels.
        """
        from scipy.linalg import solve
        from threadpoolctl import threadpool_limits

        of = np.array([code or "" for code in languages])
        models = {}
        with threadpool_limits(os.cpu_count(), user_api="blas"):
            for code in sorted(set(of) - {""}):
                rows = np.where(of == code)[0]
                counts = _counts([texts[row] for row in rows])
                idf = inverse_frequency(counts)
                phrases = unit_rows(counts, idf)
                kernel = (phrases @ phrases.T).toarray()
                kernel[np.diag_indices_from(kernel)] += REGULARISATION
                targets = np.zeros((len(rows), count), dtype=np.float32)
                targets[np.arange(len(rows)), classes[rows]] = 1
                weights = solve(
                    kernel,
                    targets,
                    assume_a="pos",
                    overwrite_a=True,
                    overwrite_b=True,
                    check_finite=False,
                )
                models[code] = _Language(phrases.T.tocsr(), weights, idf)
        return cls(models)

    def scores(self, text: str, language: Optional[str]) -> Optional[np.ndarray]:
        """(classes,) scores of a message, about 1 for a sure class and 0 for the others.

        None for a language without a model.
        """
        model = self._languages.get(language or "")
        if model is None:
            return None
        likeness = (unit_rows(_counts([text]), model.idf) @ model.phrases).toarray()[0]
        return np.asarray(likeness @ model.weights, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        for code, model in self._languages.items():
            sparse.save_npz(folder / f"ridge-{code}.npz", model.phrases)
            np.savez_compressed(
                folder / f"ridge-{code}-weights.npz",
                weights=model.weights.astype(np.float16),
                idf=model.idf,
            )

    @classmethod
    def load(cls, folder: Path) -> NgramRidge:
        """Read a model that `save` wrote."""
        models = {}
        for path in folder.glob("ridge-*-weights.npz"):
            code = path.name.split("-")[1]
            with np.load(path) as stored:
                models[code] = _Language(
                    sparse.load_npz(folder / f"ridge-{code}.npz"),
                    stored["weights"].astype(np.float32),
                    stored["idf"],
                )
        return cls(models)


def _counts(texts: Sequence[str]) -> Any:
    counter = ngram_counter(SHORTEST, LONGEST, across_words=True)
    return counter.transform([f" {text.lower()} " for text in texts])
