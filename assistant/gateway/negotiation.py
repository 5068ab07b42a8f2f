"""The language of a request."""

from __future__ import annotations

from typing import Optional

from assistant.i18n import LANGUAGES, served


def request_language(chosen: Optional[str], accept_language: Optional[str]) -> str:
    """The served language that was chosen, else the best of `Accept-Language`, else English."""
    if chosen:
        return served(chosen)
    wishes = []
    for place, part in enumerate((accept_language or "").split(",")):
        code, _, quality = part.strip().partition(";")
        base = code.strip().split("-")[0].lower()
        if base in LANGUAGES:
            wishes.append((-_quality(quality), place, base))
    return min(wishes)[2] if wishes else served(None)


def _quality(parameter: str) -> float:
    try:
        return float(parameter.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
