"""An on-disk cache of sentence vectors, so that a text is encoded once."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Optional

import numpy as np

from assistant.embedding.encoder import Kind, SentenceEncoder

BATCH = 64
Progress = Callable[[int, int], None]


def text_key(encoder: str, kind: str, text: str) -> bytes:
    """The cache key of a text: a hash, so that the cache holds no text."""
    return hashlib.blake2b(f"{encoder}\0{kind}\0{text}".encode(), digest_size=16).digest()


class CachedEncoder:
    """A sentence encoder that remembers its vectors in a SQLite file."""

    def __init__(self, encoder: SentenceEncoder, path: Path) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.dimension = encoder.dimension
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path

    def encode(
        self, texts: Sequence[str], kind: Kind = "query", progress: Optional[Progress] = None
    ) -> np.ndarray:
        """Vectors of the texts, from the cache where they are known.

        New vectors are stored batch by batch, so an interrupted run goes on where it stopped.

        Args:
            texts: texts to encode.
            kind: see `SentenceEncoder.encode`.
            progress: called with (done, total) of the texts that had to be encoded.

        Returns:
            float32 array of shape (len(texts), dimension).
        """
        keys = [text_key(self.name, kind, text) for text in texts]
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        connection = sqlite3.connect(self._path, timeout=60, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"
                " WITHOUT ROWID"
            )
            missing: dict[bytes, list[int]] = {}
            for row, key in enumerate(keys):
                found = connection.execute(
                    "SELECT vector FROM vectors WHERE key = ?", (key,)
                ).fetchone()
                if found is None:
                    missing.setdefault(key, []).append(row)
                else:
                    vectors[row] = np.frombuffer(found[0], dtype=np.float32)
            todo = list(missing.items())
            batches = [todo[start : start + BATCH] for start in range(0, len(todo), BATCH)]

            def encode(batch: list[tuple[bytes, list[int]]]) -> np.ndarray:
                return self._encoder.encode([texts[rows[0]] for _, rows in batch], kind)

            done = 0
            # Encoding releases the interpreter, so that every core works on a batch of its own.
            with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
                for batch, encoded in zip(batches, pool.map(encode, batches)):
                    connection.executemany(
                        "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                        [(key, vector.tobytes()) for (key, _), vector in zip(batch, encoded)],
                    )
                    for (_, rows), vector in zip(batch, encoded):
                        vectors[rows] = vector
                    done += len(batch)
                    if progress is not None:
                        progress(done, len(todo))
        finally:
            connection.close()
        return vectors
