"""What a translator is told about a text: where it is used, and what has to stay as it is."""

from __future__ import annotations

import re
from typing import Any

from assistant.i18n.check.words import FINNISH_TERM, PLACEHOLDER

_NUMBER = re.compile(r"\+?\d(?:[\d .,:/–-]*\d)?")
_PLACES = (
    ("data/guidance/needs/", "guide "),
    ("data/guidance/assessment/", "assessment: "),
    ("data/catalogue/national.yml", "contacts"),
    ("data/catalogue/demo.yml", "example services"),
    ("domain.yml", "conversation"),
    ("assistant/gateway/", "web page"),
    ("assistant/", "conversation"),
    ("actions/", "conversation"),
)
_FIELDS = {
    "title": "title: 2 to 8 words",
    "do": "step: what to do",
    "where": "where to go",
    "know": "good to know",
    "simple": "the guide in at most three very short sentences",
    "name": "name",
    "summary": "summary",
    "label": "label",
}


def where(message: Any) -> str:
    """Where a text is used, for people: `guide health/dental; conversation`."""
    return "; ".join(dict.fromkeys(_place(path) for path, _ in message.locations))


def note(message: Any) -> str:
    """What kind of text this is, and what has to stay in its translation."""
    kinds = dict.fromkeys(_kind(comment) for comment in message.auto_comments)
    parts = ["; ".join(kind for kind in kinds if kind)]
    kept = _kept(str(message.id))
    if kept:
        parts.append("keep as it is: " + ", ".join(kept))
    return ". ".join(part for part in parts if part)


def _place(path: str) -> str:
    for start, name in _PLACES:
        if not path.startswith(start):
            continue
        if name.endswith(" "):
            rest = path.removeprefix(start).removesuffix(".yml")
            return name + rest.removesuffix("/_topic")
        return name
    return path


def _kind(comment: str) -> str:
    """The path of the key in its file, in words where it is a field of a guide."""
    known = _FIELDS.get(comment) or _FIELDS.get(comment.split()[-1] if comment else "")
    if known:
        return known
    words = comment.removesuffix(" text").removeprefix("responses utter_")
    return words.replace("_", " ")


def _kept(text: str) -> list[str]:
    terms = [f"({term})" for term in FINNISH_TERM.findall(text)]
    numbers = _NUMBER.findall(PLACEHOLDER.sub("", text))
    return list(dict.fromkeys([*PLACEHOLDER.findall(text), *numbers, *terms]))
