"""Reads since when a person has a permit: "3/2025", "last year", "two years ago", "去年三月".

The result is as exact as the reply: a year ("2024"), a month ("2024-03") or a day ("2024-03-14").
What cannot be counted from is no date: "before 2024", "more than two years ago", a month without a
year, two dates, a day that does not exist, a day to come. Years of other calendars (1403) are no
dates either: such a year is parts of two of ours, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple, Optional

from assistant.nlu.dates import DateFinder
from assistant.nlu.numeric_dates import ascii_digits
from assistant.nlu.phrases import Phrases
from assistant.nlu.reply_finder import SmallWords, words_of
from assistant.nlu.words import Token, flat, read_lists, tokenize
from assistant.settings import PROJECT_ROOT

_FOLDER = PROJECT_ROOT / "data" / "gazetteers"
_EARLIEST = 1960
_MONTHS = 12
_YEAR_LENGTH = len("2024")
#: So many words may stand between a month and its year ("March of the last year").
_NEAR = 2
#: "Three hundred years ago" is no reply.
_MOST = 60

_MONTH_YEAR = re.compile(r"(?<![\d./\-])(\d{1,2})\s?[./\-]\s?((?:19|20)\d\d)(?![\d])(?![./\-]\d)")
_YEAR_MONTH = re.compile(r"(?<![\d./\-])((?:19|20)\d\d)\s?[./\-]\s?(\d{1,2})(?![\d])(?![./\-]\d)")
_YEAR = re.compile(r"(?<!\d)(?<!\d[./\-])((?:19|20)\d\d)(?!\d)(?![./\-]\d)")
_WHOLE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_WITHOUT_YEAR = re.compile(r"month:(\d\d)|-(-\d\d-\d\d)")


class _Span(NamedTuple):
    """A date, or a part of one, and where it stands in the text."""

    value: str
    start: int
    end: int


class PermitDateFinder:
    """Dates of a first permit, in all languages at once; see `data/gazetteers/permit_dates.yml`."""

    def __init__(
        self,
        data: dict[str, Any],
        small: SmallWords,
        dates: DateFinder,
        numbers: Optional[dict[str, Any]] = None,
    ) -> None:
        """Take the lists.

        Args:
            numbers: language -> number -> its words (those of ages.yml).
        """
        self._small = small
        self._dates = dates
        self._fixed: Phrases[str] = Phrases(
            (phrase, step)
            for steps in (data.get("fixed") or {}).values()
            for step, phrases in steps.items()
            for phrase in phrases
        )
        self._half_years = _phrases(data.get("half_years"))
        self._units: Phrases[str] = Phrases(
            (phrase, unit)
            for unit, phrases in (data.get("units") or {}).items()
            for phrase in phrases
        )
        self._numbers: Phrases[int] = Phrases(
            (word, int(number))
            for names in (data.get("numbers") or {}, *(numbers or {}).values())
            for number, words in names.items()
            for word in words
        )
        self._ago_after = _phrases(data.get("ago_after"))
        self._ago_before = _phrases(data.get("ago_before"))
        self._getting = _phrases(data.get("getting"))
        self._other_matter = _phrases(data.get("other_matter"))
        self._not_known = _phrases(data.get("not_known"))
        self._beside = words_of(flat(data.get("beside")))

    def find(
        self, text: str, tokens: Sequence[Token], today: date, language: Optional[str] = None
    ) -> Optional[tuple[str, int, int]]:
        """Value, start and end of the date; None when the message is no such reply."""
        if "?" in text or "؟" in text or "？" in text:
            return None
        kept = [token for token in tokens if token.plain]
        words = [token.plain for token in kept]
        spans = self._spans(text, tokens, kept, words, today, language)
        whole = _combined(spans)
        if whole is None or not _is_past(whole.value, today):
            return None
        inside = [
            any(span.start < token.end and token.start < span.end for span in spans)
            for token in kept
        ]
        others = [word for word, is_inside in zip(words, inside) if not is_inside]
        if not self._is_reply(words, inside, others, language):
            return None
        return whole.value, whole.start, whole.end

    def _is_reply(
        self, words: list[str], inside: list[bool], others: list[str], language: Optional[str]
    ) -> bool:
        """Whether the words beside a date say that it is the answer."""
        if any(word[0].isdigit() for word in others):
            return False
        if any(
            not inside[position] and self._not_known.at(words, position) is not None
            for position in range(len(words))
        ):
            return False
        if set(others) <= self._beside | self._small.small(language):
            return True
        places = range(len(words))
        return any(self._getting.at(words, place) for place in places) and not any(
            self._other_matter.at(words, place) for place in places
        )

    def _spans(
        self,
        text: str,
        tokens: Sequence[Token],
        kept: list[Token],
        words: list[str],
        today: date,
        language: Optional[str],
    ) -> list[_Span]:
        """Dates and parts of dates, none inside another."""
        found = [_Span(*one) for one in self._dates.find(text, tokens, language)]
        found = [one for one in found if one.value[0].isdigit() or _WITHOUT_YEAR.match(one.value)]
        found.extend(self._steps(kept, words, today))
        found.extend(_in_digits(ascii_digits(text)))
        if all(len(one.value) == _YEAR_LENGTH for one in found):
            found.extend(self._months_beside(kept, words, found))
        found.sort(key=lambda span: (span.start - span.end, span.start))
        spans: list[_Span] = []
        for span in found:
            if all(span.end <= other.start or span.start >= other.end for other in spans):
                spans.append(span)
        return sorted(spans, key=lambda span: span.start)

    def _months_beside(
        self, kept: list[Token], words: list[str], years: list[_Span]
    ) -> list[_Span]:
        """Months named near a year, also those that are words as well ("March last year")."""
        found = []
        for position in range(len(words)):
            month = self._dates.month_at(words, position)
            if month is None:
                continue
            first, last = kept[position], kept[position + month[1] - 1]
            between = (
                sum(1 for token in kept if low <= token.start and token.end <= high)
                for year in years
                for low, high in ((last.end, year.start), (year.end, first.start))
                if low <= high
            )
            if any(count <= _NEAR for count in between):
                found.append(_Span(f"month:{month[0]:02}", first.start, last.end))
        return found

    def _steps(self, kept: list[Token], words: list[str], today: date) -> Iterator[_Span]:
        """What is said as a distance from today."""
        position = 0
        while position < len(words):
            found = self._step_at(words, position)
            if found is None:
                position += 1
                continue
            step, length = found
            value = _stepped(step, today)
            if value:
                yield _Span(value, kept[position].start, kept[position + length - 1].end)
            position += length

    def _step_at(self, words: list[str], position: int) -> Optional[tuple[str, int]]:
        """A step back like `-2y`, and its number of words."""
        half = self._half_years.length_at(words, position)
        if half:
            return "-18m", half
        start = position
        before = self._ago_before.length_at(words, start)
        start += before
        number = self._numbers.at(words, start)
        amount, length = number if number else (0, 0)
        if not length and start < len(words) and words[start].isdecimal():
            amount, length = int(words[start]), 1
        if length:
            unit = self._units.at(words, start + length)
            if unit:
                end = start + length + unit[1]
                after = self._ago_after.length_at(words, end)
                if (before or after) and 0 < amount <= _MOST:
                    return f"-{amount}{unit[0]}", end + after - position
        return self._fixed.at(words, position)


@cache
def _finder() -> PermitDateFinder:
    return PermitDateFinder(
        read_lists(_FOLDER / "permit_dates.yml"),
        SmallWords(read_lists(_FOLDER / "reply_words.yml")),
        DateFinder(read_lists(_FOLDER / "dates.yml")),
        read_lists(_FOLDER / "ages.yml").get("numbers"),
    )


def permit_date(text: str, today: date, language: Optional[str] = None) -> Optional[str]:
    """The date in a reply to "since when do you have a permit?".

    Args:
        today: the day from which "last year" is counted.
        language: the language of the reply, where it is known.

    Returns:
        "2024", "2024-03" or "2024-03-14"; None when the message gives no such date.
    """
    found = _finder().find(text, tokenize(text), today, language)
    return found[0] if found else None


def _in_digits(text: str) -> Iterator[_Span]:
    """Months and years in digits. A month 13 is a number that no date explains."""
    for pattern, year, month in ((_MONTH_YEAR, 2, 1), (_YEAR_MONTH, 1, 2)):
        for match in pattern.finditer(text):
            number = int(match.group(month))
            if 1 <= number <= _MONTHS:
                yield _Span(f"{match.group(year)}-{number:02}", match.start(), match.end())
    for match in _YEAR.finditer(text):
        yield _Span(match.group(), match.start(), match.end())


def _combined(spans: list[_Span]) -> Optional[_Span]:
    """The only date of a message: "last year" and "March" are one, and so is a date said twice."""
    whole = [span for span in spans if span.value[0].isdigit()]
    parts = [span for span in spans if not span.value[0].isdigit()]
    values = {span.value for span in whole}
    longest = max(values, key=len, default="")
    if not longest or not all(longest.startswith(value) for value in values):
        return None
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    if not parts:
        return _Span(longest, start, end)
    if len({span.value for span in parts}) > 1 or len(longest) != _YEAR_LENGTH:
        return None
    match = _WITHOUT_YEAR.fullmatch(parts[0].value)
    if match is None:
        return None
    value = f"{longest}-{match.group(1)}" if match.group(1) else f"{longest}{match.group(2)}"
    return _Span(value, start, end)


def _stepped(step: str, today: date) -> Optional[str]:
    """The date that lies a step back; as exact as people remember such a distance."""
    amount, unit = -int(step[:-1]), step[-1]
    if unit == "y":
        return str(today.year - amount)
    if unit == "m":
        months = today.year * _MONTHS + today.month - 1 - amount
        return f"{months // _MONTHS}-{months % _MONTHS + 1:02}"
    day = today - timedelta(days=amount * (7 if unit == "w" else 1))
    return day.isoformat() if unit == "d" and amount <= 1 else f"{day.year}-{day.month:02}"


def _is_past(value: str, today: date) -> bool:
    """Whether there is such a day, month or year, and it has begun."""
    match = _WHOLE.fullmatch(value)
    if match is None:
        return False
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or year < _EARLIEST:
        return False
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return False
    return first <= today


def _phrases(value: Any) -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in flat(value))
