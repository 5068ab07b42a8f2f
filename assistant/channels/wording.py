"""Words around the facts of a message: dates, distances, languages, right-to-left marks."""

from __future__ import annotations

import unicodedata
from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.units import format_unit

from assistant.i18n import direction

#: First-strong isolate, its end, and the right-to-left mark (Unicode Standard Annex 9).
FSI, PDI, RLM = "\u2068", "\u2069", "\u200f"
#: Languages as CLDR names them where the code is not enough.
_LOCALES = {"zh": "zh_Hans"}
_RIGHT = ("R", "AL")


def date_text(iso: str, language: str) -> str:
    """A date such as 2026-11-03 as people of a language write it; what is no date stays."""
    try:
        return str(format_date(date.fromisoformat(iso), "medium", _locale(language)))
    except ValueError:
        return iso


def kilometres(distance: float, language: str) -> str:
    """A distance with its unit."""
    return str(
        format_unit(round(distance, 1), "length-kilometer", "short", locale=_locale(language))
    )


def language_name(code: str, language: str) -> str:
    """The name of a language in another one, by CLDR; its code where CLDR has none."""
    return str(_locale(language).languages.get(code) or code)


def value(text: str, language: str) -> str:
    """Text of another direction than the message's, perhaps, that keeps its own order in it."""
    if direction(language) == "rtl" or any(_is_right(character) for character in text):
        return f"{FSI}{text}{PDI}"
    return text


def lines_of(text: str, language: str) -> str:
    """A text whose lines all begin on the side of its language.

    Apps find the side of a line by its first letter: one that begins with a Finnish name or a
    number would stand on the wrong one.
    """
    if direction(language) != "rtl":
        return text
    return "\n".join(
        line if not line.strip() or _begins_right(line) else RLM + line for line in text.split("\n")
    )


def _begins_right(line: str) -> bool:
    for character in line:
        side = unicodedata.bidirectional(character)
        if side in ("L", "LRI", "FSI", "RLI", "EN", "AN"):
            return False
        if side in _RIGHT:
            return True
    return False


def _is_right(character: str) -> bool:
    return unicodedata.bidirectional(character) in _RIGHT


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(_LOCALES.get(language, language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")
