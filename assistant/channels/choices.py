"""Numbered choices: "1" means the first choice that was shown, until the next question."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Optional, Sequence

from assistant.dialogue.payloads import ACTS

#: What people write around a number: "1.", "(1)", "#1", and the signs of an emoji such as 1️⃣.
_AROUND = " \t.,:;)(#]['\"、。،）（№\ufe0f\u20e3"
#: A larger number is a year or a postal code, never a choice.
LARGEST = 99
_ISOLATES = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True)
class Choice:
    """A button: what the person sees, and what it sends."""

    title: str
    payload: str


@dataclass(frozen=True)
class Picked:
    """What a person picked; `payload` is None when there is no choice of that number."""

    payload: Optional[str]


def read_number(text: str) -> Optional[int]:
    """The number that is all of a message, in the digits of any script; else None."""
    plain = unicodedata.normalize("NFKC", text.translate(_ISOLATES)).strip(_AROUND)
    if plain.isdecimal():
        return int(plain) if len(plain) <= 9 else None
    if len(plain) == 1 and "\u4e00" <= plain <= "\u9fff":
        value = unicodedata.numeric(plain, 0.0)  # 一, 二, 三
        return int(value) if value else None
    return None


def pick(text: str, choices: Sequence[Choice]) -> Optional[Picked]:
    """What a typed message picks of the choices shown before; None: it picks none.

    A choice is picked by its number or by its title, word for word.
    """
    if not choices:
        return None
    number = None if open_question(choices) else read_number(text)
    if number is not None and number <= LARGEST:
        return Picked(choices[number - 1].payload if 1 <= number <= len(choices) else None)
    typed = _plain(text)
    for choice in choices:
        if typed and typed == _plain(choice.title):
            return Picked(choice.payload)
    return None


def open_question(choices: Sequence[Choice]) -> bool:
    """True when the choices only get a person out of a question, such as "I do not know".

    A number may then be the answer itself (the age of a child), so that they have no numbers.
    """
    return all(choice.payload.removeprefix("/") in ACTS for choice in choices)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.translate(_ISOLATES)).casefold()
    return " ".join(folded.split()).strip(_AROUND + "!?؟！？")
