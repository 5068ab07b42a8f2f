"""Sentence vectors as short ASCII, to travel in a parse result from Rasa to the action server."""

import base64

import numpy as np


def pack_vector(vector: np.ndarray) -> str:
    """A unit vector as ASCII, one byte a dimension (a search ranks the same with it)."""
    scale = float(np.abs(vector).max()) or 1.0
    return base64.b64encode(np.round(vector / scale * 127).astype(np.int8).tobytes()).decode()


def unpack_vector(packed: str) -> np.ndarray:
    """The unit vector (float32, shape (dimension,)) that `pack_vector` packed."""
    vector = np.frombuffer(base64.b64decode(packed), dtype=np.int8).astype(np.float32)
    return np.asarray(vector / (np.linalg.norm(vector) + 1e-9))
