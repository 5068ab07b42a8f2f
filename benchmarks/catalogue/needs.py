"""The labelled needs of `tests/search`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "tests" / "search"
NEEDS = FOLDER / "needs.jsonl"
#: Needs with many answering services each, as newcomers ask at first.
EVERYDAY = FOLDER / "everyday_needs.jsonl"
SPLITS = ("tune", "test")


@dataclass(frozen=True)
class Need:
    """What a person typed, and the ids of the records that answer it wholly or partly."""

    id: str
    split: str
    language: str
    text: str
    relevant: frozenset[str]
    partly: frozenset[str]


def load(split: str, path: Path = NEEDS) -> list[Need]:
    """The needs of a split, in the order of the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [_need(line) for line in lines if line.strip()]
    return [need for need in found if need.split == split]


def _need(line: str) -> Need:
    data = json.loads(line)
    return Need(
        id=data["id"],
        split=data["split"],
        language=data["lang"],
        text=data["text"],
        relevant=frozenset(data["relevant"]),
        partly=frozenset(data["partly"]),
    )
