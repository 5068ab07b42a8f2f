"""Finds dates in a message, as ISO 8601 writes them or as one of a few words.

"1.3.2025" is `2025-03-01`, "15 March" is `--03-15`, "March 2025" is `2025-03`, "in March" is
`month:03`; "tomorrow" is `tomorrow`, "in autumn" is `next_autumn`. See `data/gazetteers/dates.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Optional

from assistant.nlu.month_names import SHORT, SURE, Month, month_names
from assistant.nlu.numeric_dates import NumericDates, ascii_digits, date_value
from assistant.nlu.phrases import Phrases
from assistant.nlu.words import Token, flat, phrase_key

_Found = tuple[str, int, int]

_ENDING = r"(?:[-:]?(?:st|nd|rd|th|er|re|e|a|de|go|ka|kii|nda|ndal|го|е|ое|ого)|\.|º|°|م|ام|-?й)?"
_JOINT = (
    r"(?:of|de|del|dagen i|päivänä|päivä|p|من|شهر|من شهر|числа|ماه|bisha|the|of the|ee|ee bisha)?"
)
_DAY_BEFORE = re.compile(
    rf"(?<![\d.,:/A-Za-z])(\d{{1,2}})({_ENDING})\s*({_JOINT})\s*$", re.IGNORECASE
)
_DAY_AFTER = re.compile(r"\s+(?:the\s+)?(\d{1,2})(st|nd|rd|th|\.)?(?![\d:])(?!\.\d)", re.IGNORECASE)
_YEAR_AFTER = re.compile(
    r"[\s,./-]*(?:de|del|года?|року|р|г|aastal|aasta|سنة|عام|لعام|لسنة|سال|yılı|år|vuonna|vuoden|sannadka|sanadka|في|ee)?[\s,.]*"
    r"((?:19|20)\d\d)(?!\d|\s*(?:€|eur|евро|يورو|یورو|yuuro|avro))",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s*(?:yılı|yılının|yılında|aasta|года|року|aastal))?[\s,]*$",
    re.IGNORECASE,
)
#: What looks like a relative date and is none; and those that are none after a number.
_NONE = "none"
_COUNTABLE = ("next_week", "next_month", "next_year")
_REACH = 28
#: A word that is not joined to the next one by a mere space.
_LOOSE = 2


class DateFinder:
    """Dates in all languages at once."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._numeric = NumericDates(data)
        self._months = month_names(data) if data else Phrases[Month]()
        self._month_words = {
            language: _phrases(words) for language, words in (data.get("month_words") or {}).items()
        }
        self._month_words_after = _phrases(data.get("month_words_after"))
        self._firsts = _phrases(data.get("firsts"))
        self._countable = _phrases(data.get("countable"))
        self._relative: Phrases[str] = Phrases(
            (phrase, value)
            for values in (data.get("relative") or {}).values()
            for value, phrases in values.items()
            for phrase in phrases
        )
        self._only: dict[str, str] = {
            phrase_key(phrase): language
            for language, phrases in (data.get("only") or {}).items()
            for phrase in phrases
        }
        self._not_last = frozenset(map(phrase_key, data.get("not_last") or ()))
        self._verbs = frozenset(map(phrase_key, data.get("verbs") or ()))
        self._counted = _phrases(data.get("counted"))
        self._last = frozenset(map(phrase_key, data.get("last") or ()))

    def find(
        self, text: str, tokens: Sequence[Token], language: Optional[str] = None
    ) -> Iterator[_Found]:
        """Value, start and end of every date."""
        kept = [token for token in tokens if token.plain]
        words = [token.plain for token in kept]
        found = list(self._numeric.find(text, kept, words))
        found.extend(self._named(ascii_digits(text), kept, words, language))
        found.sort(key=lambda one: one[1])
        ends_at = -1
        for value, start, end in found:
            if start >= ends_at:
                yield value, start, end
                ends_at = end

    def month_at(self, words: Sequence[str], position: int) -> Optional[tuple[int, int]]:
        """The number of a month that is named at `position`, and how many words its name has."""
        found = self._months.at(words, position)
        return (found[0].number, found[1]) if found is not None else None

    def _named(
        self, text: str, kept: list[Token], words: list[str], language: Optional[str]
    ) -> Iterator[_Found]:
        """Dates with the name of a month, and relative ones."""
        position = 0
        while position < len(words):
            month = self._months.at(words, position)
            if month is not None:
                end = position + month[1]
                found = self._with_month(text, kept, words, position, end, month[0], language)
                if found is not None:
                    yield found
                    position = end
                    continue
            relative = self._relative.at(words, position)
            if relative is None:
                position += 1
                continue
            end = position + relative[1]
            value = relative[0]
            if value in _COUNTABLE and self._is_counted(words, position):
                value = _NONE
            if value != _NONE and self._counts(kept, words, position, end, language):
                if not self._is_month(words, end) and not self._is_month(words, position - 1):
                    yield value, kept[position].start, kept[end - 1].end
            position = end

    def _counts(
        self, kept: list[Token], words: list[str], start: int, end: int, language: Optional[str]
    ) -> bool:
        """Whether a relative word means a time in this language and place."""
        phrase = " ".join(words[start:end])
        only = self._only.get(phrase)
        if only is not None and language is not None and language != only:
            return False
        is_last = end == len(words)
        if phrase in self._not_last and is_last:
            return False
        loose = is_last or kept[end].start - kept[end - 1].end >= _LOOSE
        return phrase not in self._last or loose

    def _is_counted(self, words: list[str], position: int) -> bool:
        """Whether a number stands before ("two weeks later")."""
        return position > 0 and (
            words[position - 1].isdigit() or bool(self._counted.length_at(words, position - 1))
        )

    def _is_month(self, words: list[str], position: int) -> bool:
        """Whether "next year" belongs to the "March" beside it."""
        month = self._months.at(words, position)
        return month is not None and month[0].kind == SURE

    def _with_month(
        self,
        text: str,
        kept: list[Token],
        words: list[str],
        position: int,
        end: int,
        month: Month,
        language: Optional[str],
    ) -> Optional[_Found]:
        """The date that a month is part of."""
        start_at, end_at = kept[position].start, kept[end - 1].end
        before = text[max(0, start_at - _REACH) : start_at]
        after = text[end_at : end_at + _REACH]
        day, named = self._day_before(before, words, position, month, kept[position])
        if day:
            start_at = kept[position - 1].start if named == 0 else start_at - named
        year_match = _YEAR_AFTER.match(after)
        if not day and not year_match:
            day_match = _DAY_AFTER.match(after)
            if day_match and self._is_day(words, end, day_match, month):
                day = int(day_match.group(1))
                end_at += day_match.end()
                year_match = _YEAR_AFTER.match(text[end_at : end_at + _REACH])
        year: Optional[int] = None
        if year_match:
            year = int(year_match.group(1))
            end_at += year_match.end()
        else:
            year_before = _YEAR_BEFORE.search(before)
            if year_before and not day:
                year = int(year_before.group(1))
                start_at -= len(before) - year_before.start()
        if not year and not self._without_year(words, position, end, month, day, language):
            return None
        value = date_value(year, month.number, day)
        return (value, start_at, end_at) if value else None

    def _day_before(
        self, before: str, words: list[str], position: int, month: Month, token: Token
    ) -> tuple[Optional[int], int]:
        """The day before a month, and how many characters it takes; none for a word ("first")."""
        match = _DAY_BEFORE.search(before)
        if match:
            joined = bool(match.group(2) or match.group(3))
            # "12 may apply": a small letter makes it a verb.
            doubtful = month.kind != SURE and token.text.isascii() and token.text.islower()
            if words[position] in ("may", "march", "mar", "sat") and doubtful and not joined:
                return None, 0
            return int(match.group(1)), len(before) - match.start()
        if month.kind == SHORT:
            return None, 0
        if self._firsts.ends_at(words, position) or (
            position > 1
            and words[position - 1] in ("of", "de")
            and self._firsts.ends_at(words, position - 1)
        ):
            return 1, 0
        return None, 0

    def _is_day(self, words: list[str], end: int, match: re.Match[str], month: Month) -> bool:
        """Whether the number after a month is a day, and not of "in March 3 children"."""
        if not 1 <= int(match.group(1)) <= 31:
            return False
        if match.group(2):
            return True
        # "March 15" is English; others say the day first.
        return "en" in month.languages and not self._countable.length_at(words, end + 1)

    def _without_year(
        self,
        words: list[str],
        position: int,
        end: int,
        month: Month,
        day: Optional[int],
        language: Optional[str],
    ) -> bool:
        """Whether a month without a year is meant as one."""
        if month.kind == SURE:
            return True
        if language is not None and language not in month.languages:
            return False
        if day:
            return words[position] not in self._verbs or end == len(words)
        return self._alone(words, position, end, month)

    def _alone(self, words: list[str], position: int, end: int, month: Month) -> bool:
        """Whether a doubtful month without day and year is meant as one."""
        if month.kind == SHORT:
            return False
        return bool(self._month_words_after.length_at(words, end)) or any(
            self._month_words[language].ends_at(words, position)
            for language in month.languages
            if language in self._month_words
        )


def _phrases(value: Any) -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in flat(value))
