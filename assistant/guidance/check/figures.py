"""Finds the figures in a text: what a source has to support word for word.

A figure is a number in digits or in words, with what it counts ("three months", "18"), a telephone
number, a date or a month, a sum of money, opening or telephone hours, an e-mail address or a web
address. Street addresses have numbers, so they are found as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["e-mail", "web", "money", "hours", "date", "phone", "number"]

#: What changes so often that it is shown only until a day that somebody has set.
PERISHABLE: tuple[Kind, ...] = ("money", "hours")

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
#: "May" and "March" alone are words of their own.
_PLAIN_MONTHS = _MONTHS.replace("March|", "").replace("May|", "")
_WEEKDAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
_SEASONS = "(?:spring|summer|autumn|winter)"
_UNITS = (
    "(?:second|minute|hour|day|week|month|year|person|people|pupil|child|children|adult|level"
    "|kilometre|metre|room|grade|time|application|language|page|credit|municipalit)(?:s|y|ies)?"
)
_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
    "|thousand|million|half"
)
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
#: What may stand between a number and what it counts.
_ADJECTIVE = "(?:(?!(?:and|or|to) )[a-z-]+ )?"
_DIGITS = r"\d+(?:[.,\u00a0 ]?\d+)*"
_MONEY = r"(?:euros?|EUR|cents?)\b|[€%]|per ?cent\b"

_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("e-mail", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("web", r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:fi|com|org|net|eu|info|ax)\b(?:/\S*)?"),
    (
        "money",
        rf"(?:€|EUR) ?{_DIGITS}|{_DIGITS} ?(?:{_MONEY})"
        rf"|\b(?:one|{_WORDS})(?:[ -](?:{_WORDS}))* (?:{_MONEY})",
    ),
    (
        "hours",
        r"\b\d{1,2}[.:]\d{2}\b|\b24/7\b|\b24 hours\b|\b(?:at )?all hours\b|\bround the clock\b"
        rf"|\b{_WEEKDAYS}\b|\bfrom {_SEASONS} to {_SEASONS}\b",
    ),
    (
        "date",
        rf"\b(?:\d{{1,2}}\.? )?(?:{_MONTHS}) \d{{4}}\b|\b\d{{1,2}}\.? (?:{_MONTHS})\b"
        rf"|\b(?:{_MONTHS}) (?:and|or|to) (?:{_MONTHS})\b|\b(?:{_PLAIN_MONTHS})\b",
    ),
    # A long number or one of several groups; years and ages are short.
    ("phone", r"\+\d[\d\u00a0 ]{4,}\d|\b\d{2,4}(?:[\u00a0 ]\d{2,5})+\b|\b\d{5,}\b|\b112\b"),
    (
        "number",
        rf"{_DIGITS}(?:/\d+)?(?: {_ADJECTIVE}{_UNITS}\b)?"
        rf"|\bgrades? one\b|\b(?:{_WORDS})(?:[ -](?:{_WORDS}))*\b(?: {_ADJECTIVE}{_UNITS}\b)?"
        rf"|\bone {_ADJECTIVE}{_UNITS}\b|\b(?:once|twice) an? [a-z]+"
        rf"|\b(?:{_ORDINALS}) {_ADJECTIVE}(?:day|week|month|year)s?\b",
    ),
)
_FIGURES = re.compile(
    "|".join(f"(?P<k{number}>{pattern})" for number, (_, pattern) in enumerate(_PATTERNS)),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figure:
    """A figure as it is written, and where it stands in its text."""

    text: str
    kind: Kind
    start: int
    end: int


def figures_in(text: str) -> Iterator[Figure]:
    """The figures of an English text in their order."""
    for found in _FIGURES.finditer(text):
        number = int(str(found.lastgroup)[1:])
        yield Figure(found.group(), _PATTERNS[number][0], found.start(), found.end())
