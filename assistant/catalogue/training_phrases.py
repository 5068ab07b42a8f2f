"""The phrases from which the assistant learns needs: questions of people in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.catalogue.municipalities import DATA

QUESTIONS = DATA.parent / "nlu"

_LINE = re.compile(r"^- intent: (\S+)|^ {4}- (.+)$", re.MULTILINE)
_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def training_phrases(path: Path) -> Iterator[tuple[str, str]]:
    """(intent, phrase) of a file of training data, in its order, without marks of entities."""
    intent = ""
    for name, phrase in _LINE.findall(path.read_text(encoding="utf-8")):
        if name:
            intent = name
        else:
            yield intent, _ENTITY.sub(r"\1", phrase)
