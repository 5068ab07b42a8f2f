"""The held-out sets in `tests/nlu`: never trained on, written by people who had not seen the
training phrases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "tests" / "nlu"


def _read(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def needs() -> list[dict[str, Any]]:
    """Messages with `text`, `language`, `topic`, `need`, `style` and other topics in `also`."""
    return [row for path in sorted((FOLDER / "heldout").glob("*.jsonl")) for row in _read(path)]


def languages() -> list[dict[str, Any]]:
    """Short messages with `text` and `language`."""
    return _read(FOLDER / "heldout_language.jsonl")


def emergencies() -> list[dict[str, Any]]:
    """Cries for help and messages that only look like one: `text`, `language`, `emergency`."""
    return _read(FOLDER / "heldout_emergency.jsonl")
