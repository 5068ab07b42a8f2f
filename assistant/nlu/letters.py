"""Counts of character n-grams, hashed into a fixed number of columns: nothing to store or learn."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

FEATURES = 2**16


@cache
def ngram_counter(shortest: int, longest: int) -> Any:
    """A vectorizer of n-grams within words; `transform` gives sparse (n, FEATURES) counts."""
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer="char_wb",
        ngram_range=(shortest, longest),
        n_features=FEATURES,
        alternate_sign=False,
        norm=None,
        lowercase=False,
        dtype=np.float32,
    )
