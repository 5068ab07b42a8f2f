"""Words of a message and phrases of the lists, in the plain form in which they are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.nlu.folding import fold

_MARKS = r"\u0300-\u036f\u064b-\u065f\u0670\u0640"
HAN = r"\u3400-\u9fff"
_TOKEN = re.compile(
    rf"\d+(?:[.,\u066b]\d+)?|[{HAN}]|[^\W\d_{HAN}](?:[^\W\d_{HAN}]|[{_MARKS}])*|[\n!?\u061f\u3002\uff01\uff1f]|\.(?=\s)"
)


@dataclass(frozen=True)
class Token:
    """A word as it stands (`text`) and folded (`plain`); punctuation has no `plain`."""

    text: str
    plain: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The words of a text. Chinese characters and numbers stand alone."""
    return [
        Token(match.group(), fold(match.group()), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


def phrase_key(phrase: str) -> str:
    """The plain words of a phrase, joined by spaces."""
    return " ".join(token.plain for token in tokenize(phrase) if token.plain)


def read_lists(path: Path) -> dict[str, Any]:
    """A file of lists, every value a string; nothing when there is no such file."""
    if not path.exists():
        return {}
    # Words like "on" and "no" would be booleans to the usual loader: this one reads only strings.
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return content if isinstance(content, dict) else {}


def flat(value: Any) -> list[str]:
    """The phrases of a list, or of all lists of a mapping of languages."""
    if isinstance(value, dict):
        return [str(phrase) for phrases in value.values() for phrase in phrases]
    return [str(phrase) for phrase in value or ()]
