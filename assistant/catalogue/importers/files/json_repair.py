"""JSON that is not quite JSON: where a value ends, and taking out comments and extra commas."""

from __future__ import annotations

import re
from typing import Any, Optional

#: Strings, comments and brackets; a lone quotation mark is a string that does not end.
_TOKEN = re.compile(
    r'"[^"\\]*(?:\\.[^"\\]*)*"|"|//[^\n]*|/\*.*?\*/|/\*|#[^\n]*|[{}\[\]]', re.DOTALL
)
_COMMA = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")|,(?=[\s,]*[}\]])', re.DOTALL)
_KEY = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:', re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}

#: Containers in containers, at most: more is no record of a catalogue but an attack or a mistake.
MAX_DEPTH = 200


def balanced_end(text: str, start: int) -> Optional[int]:
    """Where the object or list that starts at `start` ends.

    Returns:
        The position after it; -1 if brackets do not match; None if the text ends before.
    """
    open_brackets: list[str] = []
    for token in _TOKEN.finditer(text, start):
        first = token.group()
        if first in ("{", "["):
            open_brackets.append(_CLOSING[first])
        elif first in ("}", "]"):
            if not open_brackets or open_brackets.pop() != first:
                return -1
            if not open_brackets:
                return token.end()
        elif first in ('"', "/*"):
            return None
    return None


def top_keys(text: str, start: int, end: int) -> list[str]:
    """The keys of the object that starts at `start`, as far as `end`, without those inside it."""
    keys = []
    depth = 0
    for token in _TOKEN.finditer(text, start, end):
        first = token.group()
        if first in ("{", "["):
            depth += 1
        elif first in ("}", "]"):
            depth -= 1
        elif depth == 1 and first.startswith('"'):
            key = _KEY.match(text, token.start(), end)
            if key is not None:
                keys.append(key.group(1))
    return keys


def repaired(text: str) -> str:
    """The JSON without comments and without commas that nothing follows."""
    without = _TOKEN.sub(lambda m: " " if m.group()[0] in "/#" else m.group(), text)
    return _COMMA.sub(lambda m: m.group(1) or "", without)


def too_deep(value: Any) -> bool:
    """True when containers are nested deeper than `MAX_DEPTH`."""
    level = [value]
    for _ in range(MAX_DEPTH):
        inner: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                inner += [v for v in item.values() if isinstance(v, (dict, list)) and v]
            elif isinstance(item, list):
                inner += [v for v in item if isinstance(v, (dict, list)) and v]
        if not inner:
            return False
        level = inner
    return True


def without_surrogates(value: Any) -> Any:
    """The value with every lone half of a character pair, and every NUL, taken out of its texts.

    Neither can be written to a database. The nesting must have been checked.
    """
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff\0]", "", value)
    if isinstance(value, list):
        return [without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {without_surrogates(k): without_surrogates(v) for k, v in value.items()}
    return value
