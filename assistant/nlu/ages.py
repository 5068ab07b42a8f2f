"""Finds a child's age in the words of a message ("3-vuotias", "my 3 year old", "三岁").

The value is in years; months and weeks are parts of a year (eight months are 0.67).
"""

from __future__ import annotations

import re
from typing import Any, Iterator, NamedTuple, Optional, Sequence, Union

from assistant.nlu.folding import fold
from assistant.nlu.phrases import Phrases
from assistant.nlu.words import HAN, Token, flat

#: More than this is not the age of a child in this unit.
OLDEST_CHILD = 17
OLDEST_IN = {1: OLDEST_CHILD, 12: 47, 52: 60}
_BEFORE, _AFTER = 7, 4
_HAN = re.compile(rf"[{HAN}]")
#: Words of these stand inside texts of all languages.
_MIXED = ("fi", "en")
#: A comma and a space.
_LISTED_GAP = 2

Years = Union[int, float]


class _Age(NamedTuple):
    """An age in years, and where its words end."""

    years: float
    end: int


class _Unit(NamedTuple):
    """A unit of time: how many of them a year has, and whether it always says an age."""

    in_a_year: int
    sure: bool
    phrases: dict[str, Phrases[bool]]


def _phrases(value: Any) -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in flat(value))


class AgeFinder:
    """Ages in all languages at once; see `data/gazetteers/ages.yml` for what the lists mean."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._numbers: dict[str, Phrases[int]] = {
            language: Phrases(
                (form, int(value)) for value, forms in numbers.items() for form in forms
            )
            for language, numbers in (data.get("numbers") or {}).items()
        }
        self._units = [
            _Unit(
                in_a_year,
                sure,
                {
                    language: _phrases((data.get(name) or {}).get(language))
                    for language in self._numbers
                },
            )
            for name, in_a_year, sure in (
                ("sure_years", 1, True),
                ("sure_months", 12, True),
                ("sure_weeks", 52, True),
                ("years", 1, False),
                ("months", 12, False),
                ("weeks", 52, False),
            )
        ]
        self._context = {
            language: _phrases(words) for language, words in (data.get("context") or {}).items()
        }
        self._baby = _phrases(data.get("baby"))
        self._not_just_before = _phrases(data.get("not_just_before"))
        self._not_just_after = _phrases(data.get("not_just_after"))
        self._not_age = _phrases(data.get("not_age"))
        self._before_bare = _phrases(data.get("before_bare"))
        self._turning = _phrases(data.get("turning"))
        self._and = frozenset(map(fold, flat(data.get("and"))))
        self._now = frozenset(map(fold, flat(data.get("now"))))
        self._tens = {
            language: frozenset(map(fold, words))
            for language, words in (data.get("tens") or {}).items()
        }
        self._halves = _phrases(data.get("halves"))
        self._whole = _ages_of(data.get("whole"))
        self._whole_in_context = _ages_of(data.get("whole_in_context"))

    def find(
        self, tokens: Sequence[Token], language: Optional[str] = None
    ) -> Iterator[tuple[Years, int, int]]:
        """Years, start and end of every age. The language only decides between readings."""
        kept = [token for token in tokens if token.plain]
        words = [token.plain for token in kept]
        position = 0
        while position < len(words):
            age = self._at(kept, words, position, language)
            if age is None:
                position += 1
                continue
            for index, number in self._listed_before(kept, words, position):
                yield number, kept[index].start, kept[index].end
            yield _rounded(age.years), kept[position].start, kept[age.end - 1].end
            position = age.end

    def _at(
        self, kept: list[Token], words: list[str], position: int, language: Optional[str]
    ) -> Optional[_Age]:
        after_number = position > 0 and words[position - 1][0].isdigit()
        found = None if after_number else self._whole.at(words, position)
        if found:
            return _Age(found[0], position + found[1])
        found = None if after_number else self._whole_in_context.at(words, position)
        if found and self._is_age(words, position, position + found[1], language, language):
            return _Age(found[0], position + found[1])
        if position and words[position][0].isdigit() and _glued(kept, position - 1):
            return None
        for spoken in self._numbers:
            number, end = self._number(words, position, spoken)
            if number is None or self._ends_a_larger_number(words, position, spoken):
                continue
            glued = _glued(kept, end - 1)
            if glued and spoken not in (*_MIXED, language):
                continue  # "3an" is a word of Arabic in Latin letters, not "three years" in French
            age = self._with_unit(words, position, end, number, spoken, language, glued)
            if age is None and self._is_said_to_be(kept, words, position, end, number):
                age = _Age(number, end)
            if age is not None:
                return age
        return None

    def _with_unit(
        self,
        words: list[str],
        position: int,
        end: int,
        number: float,
        spoken: str,
        language: Optional[str],
        glued: bool,
    ) -> Optional[_Age]:
        half = self._halves.length_at(words, end)
        for unit in self._units:
            start = end + half
            length = unit.phrases[spoken].length_at(words, start)
            if not length or number > OLDEST_IN[unit.in_a_year]:
                continue
            is_letter = len("".join(words[start : start + length])) == 1
            # "3v" in a Finnish text that was taken for another language.
            sure_letter = spoken == language or (glued and spoken in _MIXED)
            if is_letter and not sure_letter and words[start] <= "\u3400":
                continue
            after = start + length
            half_after = self._halves.length_at(words, after)
            years = (number + (0.5 if half or half_after else 0)) / unit.in_a_year
            after += half_after
            if unit.in_a_year == 1 and not half_after:
                months, after = self._months_after(words, after, spoken)
                years += months / 12
            if unit.in_a_year == 52 and not (unit.sure or self._of_a_baby(words, position, after)):
                continue
            if self._not_just_after.length_at(words, after):
                continue
            if unit.sure or self._is_age(words, position, after, spoken, language):
                return _Age(years, after)
        return None

    def _months_after(self, words: list[str], position: int, spoken: str) -> tuple[int, int]:
        """The months of "1 year and 3 months", and where they end."""
        start = position + (position < len(words) and words[position] in self._and)
        if start >= len(words):
            return 0, position
        number, end = self._number(words, start, spoken)
        if number is None or number > 11 or number != int(number):
            return 0, position
        for unit in self._units:
            length = unit.phrases[spoken].length_at(words, end)
            if unit.in_a_year == 12 and length:
                return int(number), end + length
        return 0, position

    def _number(self, words: list[str], position: int, spoken: str) -> tuple[Optional[float], int]:
        word = words[position].replace(" ", ".")
        if word[0].isdigit():
            try:
                return float(word), position + 1
            except ValueError:
                return None, position
        found = self._numbers[spoken].at(words, position)
        return (found[0], position + found[1]) if found else (None, position)

    def _ends_a_larger_number(self, words: list[str], position: int, spoken: str) -> bool:
        """Whether the number here is the "five" of "twenty-five"."""
        before = words[max(0, position - 2) : position]
        tens = self._tens.get(spoken, frozenset())
        return bool(before) and (
            before[-1] in tens
            or (len(before) == 2 and before[0] in tens and before[1] in ("و", "iyo", "et"))
        )

    def _is_said_to_be(
        self, kept: list[Token], words: list[str], position: int, end: int, number: float
    ) -> bool:
        """Whether "she is" stands before a number that ends its clause, or "turns" before it."""
        if not 0 < number <= OLDEST_CHILD:
            return False
        if self._turning.ends_at(words, position):
            return True
        ends_clause = (
            end == len(words)
            or words[end] in self._and
            or words[end] in self._now
            or kept[end].start - kept[end - 1].end >= _LISTED_GAP
        )
        return ends_clause and self._before_bare.ends_at(words, position)

    def _listed_before(
        self, kept: list[Token], words: list[str], position: int
    ) -> list[tuple[int, int]]:
        """Places and values of the numbers before "11 years" in "4, 7 and 11 years"."""
        found: list[tuple[int, int]] = []
        index = position - 1
        while index >= 0:
            joined = words[index] in self._and
            index -= joined
            if index < 0 or not (joined or kept[index + 1].start - kept[index].end == _LISTED_GAP):
                break
            number = self._list_number(words[index])
            if number is None:
                break
            found.append((index, number))
            index -= 1
        return found[::-1]

    def _list_number(self, word: str) -> Optional[int]:
        if word.isdigit():
            number: Optional[int] = int(word)
        else:
            values = (numbers.at([word], 0) for numbers in self._numbers.values())
            number = next((value[0] for value in values if value), None)
        return number if number is not None and 0 < number <= OLDEST_CHILD else None

    def _of_a_baby(self, words: list[str], start: int, end: int) -> bool:
        """Whether weeks are told of a baby, close by."""
        near = range(max(0, start - _AFTER), min(len(words), end + _AFTER))
        return any(self._baby.length_at(words, index) for index in near)

    def _is_age(
        self, words: list[str], start: int, end: int, spoken: Optional[str], language: Optional[str]
    ) -> bool:
        """Whether words around a time say that it is an age, or nothing else is said."""
        if start == 0 and end == len(words):
            return True
        if self._not_just_before.ends_at(words, start):
            return False
        near = range(max(0, start - _BEFORE), min(len(words), end + _AFTER))
        outside = [index for index in near if not start <= index < end]
        if any(
            self._not_age.length_at(words, index)
            for index in outside
            if start - 3 <= index < end + 3
        ):
            return False
        languages = {spoken, language, *_MIXED} if spoken else set(self._context)
        return any(
            self._context[code].length_at(words, index)
            for code in languages
            if code in self._context
            for index in outside
        )


def _glued(kept: list[Token], index: int) -> bool:
    """Whether a number and the letters beside it are written as one; Chinese always is."""
    pair = kept[index : index + 2]
    return (
        len(pair) == 2
        and pair[0].end == pair[1].start
        and not any(_HAN.match(token.text) for token in pair)
    )


def _ages_of(value: Any) -> Phrases[float]:
    """Phrases that hold number and unit: a mapping of years to phrases."""
    return Phrases(
        (phrase, float(years)) for years, phrases in (value or {}).items() for phrase in phrases
    )


def _rounded(years: float) -> Years:
    rounded = round(years, 2)
    return int(rounded) if rounded == int(rounded) else rounded
