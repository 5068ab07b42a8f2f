"""How much of a message a platform can show."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Callable


def characters(text: str) -> int:
    """Length as Python counts it."""
    return len(text)


def utf16_units(text: str) -> int:
    """Length as Telegram and most phones count it: an emoji is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def width(text: str) -> int:
    """Columns on a screen: a Chinese character takes two, a mark above a letter none."""
    return sum(
        0
        if unicodedata.category(character) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


@dataclass(frozen=True)
class PlatformLimits:
    """What a platform can show.

    Attributes:
        text: longest text of one message, as `length` counts it.
        length: counts a text, the sum of its characters.
        buttons: choices that can be shown as buttons; of more, all are numbered in the text.
        title: widest title of a button (`width`); of a wider one the button has the beginning, and
            the text has all of it.
        payload: bytes of the longest payload of a button.
        rich: words can stand out, and be links.
    """

    text: int
    length: Callable[[str], int] = characters
    buttons: int = 0
    title: int = 20
    payload: int = 64
    rich: bool = False
