"""Dates in digits ("1.3.2025", "15/3", "2025-03-15", "3月15日"), day first, as ISO 8601."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any, Optional

from assistant.nlu.phrases import Phrases
from assistant.nlu.words import Token, flat

#: Two digits of a year up to this one are of this century.
_THIS_CENTURY = 60
#: A leap year: the 29th of February is a date when there is no year.
_ANY_YEAR = 2024

_YEAR = r"(?:19|20)\d\d"
_ISO = re.compile(rf"(?<![\d/.\-])({_YEAR})([-/.])\s?(\d{{1,2}})\2\s?(\d{{1,2}})(?!\d)")
_FULL = re.compile(
    rf"(?<![\d/,:+])(?<!\d[.\-])(\d{{1,2}})([./\-])\s?(\d{{1,2}})\2\s?({_YEAR}|\d\d)(?![\d/])(?!\.\d)"
)
_POINTS = re.compile(r"(?<![\d/,:+])(?<!\d[.\-])(\d{1,2})\.\s?(\d{1,2})\.(?![\d])")
_BARE = re.compile(r"(?<![\d/,:+.\-])(\d{1,2})([./])(\d{1,2})(?![\d/:])(?![.,]\d)")
_CHINESE = re.compile(
    rf"(?:({_YEAR}|[〇零一二三四五六七八九]{{4}})\s?年\s?)?"
    r"(?<![\d十〇])(\d{1,2}|十[一二]?|[一二三四五六七八九])\s?月份?(?![大龄])"
    r"(?:\s?(\d{1,2}|[一二三四五六七八九十廿]{1,4})\s?[日号號])?"
)
_NO_NUMBER = 100
_CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}


def ascii_digits(text: str) -> str:
    """A text of the same length with European digits."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )


def date_value(year: Optional[int], month: int, day: Optional[int]) -> Optional[str]:
    """The value of a date; None when there is no such day."""
    try:
        date(year or _ANY_YEAR, month, day or 1)
    except ValueError:
        return None
    if day is None:
        return f"{year}-{month:02}" if year else f"month:{month:02}"
    return f"{year}-{month:02}-{day:02}" if year else f"--{month:02}-{day:02}"


def chinese_number(text: str) -> int:
    """A number below a hundred in digits or Chinese characters; of anything else, a larger one."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.replace("廿", "二十").partition("十")
    if not ten:
        return _CHINESE_DIGITS.get(text, _NO_NUMBER)
    return _CHINESE_DIGITS.get(tens, 1 if not tens else _NO_NUMBER) * 10 + _CHINESE_DIGITS.get(
        ones, 0 if not ones else _NO_NUMBER
    )


class NumericDates:
    """The words that tell dates from times, prices and numbers; see `dates.yml`."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._not_before = _phrases(data.get("not_date_before"))
        self._not_after = _phrases(data.get("not_date_after"))
        self._before = _phrases(data.get("date_before"))
        self._after = _phrases(data.get("date_after"))

    def find(
        self, text: str, kept: list[Token], words: list[str]
    ) -> Iterator[tuple[str, int, int]]:
        """Value, start and end of every date in digits; the first pattern that fits counts."""
        if "月" in text:
            yield from _chinese(ascii_digits(text))
        if not any(word[0].isdigit() for word in words):
            return
        text = ascii_digits(text)
        taken: list[tuple[int, int]] = []
        for value, start, end in self._candidates(text, kept, words):
            if all(end <= other_start or start >= other_end for other_start, other_end in taken):
                taken.append((start, end))
                yield value, start, end

    def _candidates(
        self, text: str, kept: list[Token], words: list[str]
    ) -> Iterator[tuple[str, int, int]]:
        for match in _ISO.finditer(text):
            year, month, day = int(match.group(1)), int(match.group(3)), int(match.group(4))
            yield from _dated(match, date_value(year, month, day))
        for match in _FULL.finditer(text):
            if match.group(2) == "-" and len(match.group(4)) == 2:
                continue
            yield from _dated(match, _day_first(match))
        for match in _POINTS.finditer(text):
            if not self._is_other(match, text, kept, words):
                value = date_value(None, int(match.group(2)), int(match.group(1)))
                yield from _dated(match, value)
        for match in _BARE.finditer(text):
            if self._is_bare_date(match, text, kept, words):
                value = date_value(None, int(match.group(3)), int(match.group(1)))
                yield from _dated(match, value)

    def _is_bare_date(
        self, match: re.Match[str], text: str, kept: list[Token], words: list[str]
    ) -> bool:
        """Whether "15.3" or "15/3" is a date: words say so, or the month has a zero ("15.03")."""
        if self._is_other(match, text, kept, words):
            return False
        first, after = _around(match, kept)
        says_date = self._before.ends_at(words, first) or self._after.length_at(words, after)
        zero = match.group(3).startswith("0") and len(match.group(1)) == 2
        return bool(says_date) or zero

    def _is_other(
        self, match: re.Match[str], text: str, kept: list[Token], words: list[str]
    ) -> bool:
        """Whether words or signs beside a number make it a price, a time or the like."""
        first, after = _around(match, kept)
        signs = text[match.end() : match.end() + 2].strip()[:1]
        sign_before = text[: match.start()].rstrip()[-1:]
        return (
            signs in ("€", "$", "%", "£")
            or sign_before in ("€", "$", "£", "#")
            or self._not_before.ends_at(words, first)
            or bool(self._not_after.length_at(words, after))
        )


def _phrases(value: Any) -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in flat(value))


def _dated(match: re.Match[str], value: Optional[str]) -> Iterator[tuple[str, int, int]]:
    if value:
        yield value, match.start(), match.end()


def _day_first(match: re.Match[str]) -> Optional[str]:
    day, month, year = int(match.group(1)), int(match.group(3)), int(match.group(4))
    if year < 100:
        year += 2000 if year <= _THIS_CENTURY else 1900
    if month > 12 and match.group(2) == "/":  # 3/15/2025
        day, month = month, day
    return date_value(year, month, day)


def _around(match: re.Match[str], kept: list[Token]) -> tuple[int, int]:
    """Index of the first word of a match, and of the first word after it."""
    first = sum(1 for token in kept if token.end <= match.start())
    after = sum(1 for token in kept if token.start < match.end())
    return first, after


def _chinese(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _CHINESE.finditer(text):
        year, month, day = match.groups()
        value = date_value(
            int("".join(str(_CHINESE_DIGITS.get(digit, digit)) for digit in year))
            if year
            else None,
            chinese_number(month),
            chinese_number(day) if day else None,
        )
        yield from _dated(match, value)
