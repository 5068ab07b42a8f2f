"""What is done to sentence vectors beside encoding them."""

import numpy as np


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors (the last axis) of unit length."""
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-9))
