"""The evaluation sets in `tests/nlu`, written by people who had not seen the training phrases.

`heldout` is for measuring only: nothing is trained or tuned on it. `development` is for setting
weights and thresholds. A row names its language in `lang`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from assistant.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "tests" / "nlu"
Split = Literal["heldout", "development"]
Rows = list[dict[str, Any]]


def _read(path: Path) -> Rows:
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def needs(split: Split = "heldout") -> Rows:
    """Messages with `topic`, `need`, `style`, and in `also` needs or topics that fit as well.

    The held-out ones hold languages without training phrases too.
    """
    return [
        row for path in sorted((FOLDER / split / "needs").glob("*.jsonl")) for row in _read(path)
    ]


def out_of_scope(split: Split = "heldout") -> Rows:
    """Messages that a municipal guide cannot answer, with `kind`."""
    return _read(FOLDER / split / "out_of_scope.jsonl")


def emergencies(split: Split = "heldout") -> Rows:
    """Cries for help and messages that only look like one: `emergency`, the `kind` of danger.

    Those of the development split that were written first are marked: `author` 1.
    """
    return _read(FOLDER / split / "emergency.jsonl")


def languages(split: Split = "heldout") -> Rows:
    """Short messages whose language is to be found, with `style`."""
    return _read(FOLDER / split / "language.jsonl")


def entities(split: Split = "heldout") -> Rows:
    """Messages with `entities`: a list of `entity` and `value`."""
    return _read(FOLDER / split / "entities.jsonl")
