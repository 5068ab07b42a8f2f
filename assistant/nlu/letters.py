"""Counts of character n-grams, hashed into a fixed number of columns: nothing to store or learn."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from scipy import sparse

FEATURES = 2**16


@cache
def ngram_counter(shortest: int, longest: int, across_words: bool = False) -> Any:
    """A vectorizer of n-grams; `transform` gives sparse (n, FEATURES) counts.

    Args:
        shortest: letters of the shortest n-gram.
        longest: letters of the longest.
        across_words: whether an n-gram may reach over the space between two words.
    """
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer="char" if across_words else "char_wb",
        ngram_range=(shortest, longest),
        n_features=FEATURES,
        alternate_sign=False,
        norm=None,
        lowercase=False,
        dtype=np.float32,
    )


def inverse_frequency(counts: Any) -> np.ndarray:
    """(FEATURES,) smoothed inverse document frequencies of (n, FEATURES) counts."""
    frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
    return (np.log((1 + counts.shape[0]) / (1 + frequency)) + 1).astype(np.float32)


def unit_rows(counts: Any, idf: np.ndarray) -> Any:
    """Counts as tf-idf rows of unit length, with logarithmic term frequencies."""
    weights = counts.tocsr().astype(np.float32, copy=True)
    weights.data = (1 + np.log(weights.data)) * idf[weights.indices]
    norms = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel()) + 1e-9
    return sparse.diags(1 / norms).dot(weights).tocsr()
