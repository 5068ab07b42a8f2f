"""Takes the mean of their language away from sentence vectors, as the need model does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.embedding.vectors import unit


class Centring:
    """The mean vector of each language, and that of all for languages that are not known."""

    def __init__(self, vectors: np.ndarray, languages: Sequence[str]) -> None:
        codes = np.array(languages)
        self.languages = sorted(set(languages))
        means = [vectors[codes == code].mean(axis=0) for code in self.languages]
        self.means = np.stack([*means, vectors.mean(axis=0)]).astype(np.float32)

    def __call__(self, vectors: np.ndarray, languages: Sequence[str]) -> np.ndarray:
        """(n, dimension) centred vectors of unit length."""
        row = {code: position for position, code in enumerate(self.languages)}
        means = self.means[[row.get(code, len(self.languages)) for code in languages]]
        return unit(vectors - means).astype(np.float32)
