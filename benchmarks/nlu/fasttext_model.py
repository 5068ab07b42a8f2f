"""fastText, supervised: words and character n-grams of all languages in one model.

The package is not part of the installation: `uv sync --inexact --extra bench`.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.nlu.data import Messages
from benchmarks.processes import MEBI, BenchmarkFailed

#: Rows of the n-gram table; fastText's own 2,000,000 need 800 MB.
BUCKETS = 200_000
SETTINGS = {"dim": 100, "lr": 1.0, "epoch": 50, "wordNgrams": 2, "minn": 2, "maxn": 5}
PREFIX = "__label__"
_MARKS = re.compile(r"([^\w\s])")


class Missing(BenchmarkFailed):
    """A contender cannot run, for a package is not installed."""


def words(text: str) -> str:
    """A text as fastText reads it: one line in small letters, marks apart from words."""
    return " ".join(_MARKS.sub(r" \1 ", text.lower()).split()).replace(PREFIX, "")


def load() -> Any:
    """The package.

    Raises:
        Missing: if it is not installed.
    """
    try:
        import fasttext
    except ImportError:
        raise Missing("fastText is not installed: run `uv sync --inexact --extra bench`") from None
    return fasttext


class FastText:
    """A supervised model of fastText."""

    def __init__(self, train: Messages) -> None:
        fasttext = load()
        self.labels = sorted(set(train.labels))
        number = {label: position for position, label in enumerate(self.labels)}
        with tempfile.TemporaryDirectory() as folder:
            lines = Path(folder) / "train.txt"
            lines.write_text(
                "".join(
                    f"{PREFIX}{number[label]} {words(text)}\n"
                    for text, label in zip(train.texts, train.labels)
                ),
                encoding="utf-8",
            )
            self._model = fasttext.train_supervised(
                str(lines), bucket=BUCKETS, thread=os.cpu_count() or 1, verbose=0, **SETTINGS
            )

    def probabilities(
        self, texts: Sequence[str], vectors: np.ndarray, languages: Sequence[str]
    ) -> np.ndarray:
        """(n, labels) probabilities of n messages; the vectors are not looked at."""
        found = np.zeros((len(texts), len(self.labels)), dtype=np.float32)
        for row, text in enumerate(texts):
            names, shares = self._model.predict(words(text), k=-1)
            found[row, [int(name.removeprefix(PREFIX)) for name in names]] = shares
        return found

    def mebibytes(self) -> float:
        """The size of the stored model."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.bin"
            self._model.save_model(str(path))
            return path.stat().st_size / MEBI
