"""A public intent set from a file, in place of our phrases and messages.

CSV, TSV or JSON lines with `text`, `label`, `split` (train, test; dev or validation where there is
one) and, in a set of several languages, `lang`. A slash in a label parts topic and need.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import NamedTuple

from assistant.nlu.text import clean, shorten
from benchmarks.nlu.data import Messages, Pick, encode
from benchmarks.processes import BenchmarkFailed

#: What a set calls its parts -> what they are called here.
SPLITS = {
    "train": "train",
    "test": "test",
    "dev": "tuning",
    "development": "tuning",
    "val": "tuning",
    "valid": "tuning",
    "validation": "tuning",
}
#: The language of a set that does not tell it.
UNTOLD = "xx"
COLUMNS = ("text", "label", "split")


class Example(NamedTuple):
    """One line of a set."""

    text: str
    label: str
    split: str
    language: str


def read(path: Path) -> list[Example]:
    """The lines of a set.

    Raises:
        BenchmarkFailed: if the file cannot be read as one.
    """
    found = []
    for number, fields in enumerate(_fields(path), start=1):
        told = {
            str(name).strip().lower(): str(value).strip()
            for name, value in fields.items()
            if name and value is not None
        }
        missing = [name for name in COLUMNS if not told.get(name)]
        if missing:
            raise BenchmarkFailed(f"{path}: example {number} has no {', '.join(missing)}")
        split = SPLITS.get(told["split"].lower())
        if split is None:
            raise BenchmarkFailed(
                f"{path}: example {number}: split {told['split']!r} is none of {', '.join(SPLITS)}"
            )
        language = told.get("lang", "").lower() or UNTOLD
        found.append(Example(shorten(clean(told["text"])), told["label"], split, language))
    for split in ("train", "test"):
        if not any(one.split == split for one in found):
            raise BenchmarkFailed(f"{path} has no example whose split is {split}")
    return found


def _fields(path: Path) -> list[dict]:
    kind = path.suffix.lower()
    try:
        text = path.read_text(encoding="utf-8-sig")
        if kind in (".jsonl", ".ndjson"):
            # Not splitlines: texts may hold other line separators.
            return [dict(json.loads(line)) for line in text.split("\n") if line.strip()]
        if kind in (".csv", ".tsv"):
            rows = csv.DictReader(text.splitlines(True), delimiter="\t" if kind == ".tsv" else ",")
            return list(rows)
    except (OSError, ValueError, TypeError, csv.Error) as error:
        raise BenchmarkFailed(f"{path} cannot be read: {error}") from error
    raise BenchmarkFailed(f"{path}: the name has to end in .csv, .tsv or .jsonl")


def messages(examples: list[Example], split: str, pick: Pick | None = None) -> Messages:
    """One part of a set with its sentence vectors."""
    own = [one for one in examples if one.split == split]
    if pick is not None:
        chosen = pick([one.label for one in own], [one.language for one in own])
        own = [own[position] for position in chosen]
    texts = [one.text for one in own]
    return Messages(
        texts,
        encode(texts),
        [one.label for one in own],
        [one.language for one in own],
        [[]] * len(own),
    )
