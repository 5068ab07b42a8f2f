"""Finds the class at school in the words of a message ("2nd grade", "3. luokka", "三年级").

The value is a number from 1 to 9. See `data/gazetteers/school_classes.yml` for the lists.
"""

from __future__ import annotations

import re
from typing import Any, Iterator, Optional, Sequence

from assistant.nlu.phrases import Phrases
from assistant.nlu.words import HAN, Token, flat, phrase_key

HAN_LETTER = re.compile(rf"[{HAN}]")
FIRST_CLASS, LAST_CLASS = 1, 9
#: Between a number and its ending ("2nd", "2-й", "4:an") is at most one character.
_JOINED = 1

#: Number of the class, and the words where it begins and ends.
_Found = tuple[int, int, int]


def _phrases(value: Any) -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in flat(value))


def _numbered(value: Any) -> Phrases[int]:
    """Phrases of a mapping of numbers to phrases, or of such a mapping for every language."""
    mappings = [value or {}]
    if value and not all(str(key).isdigit() for key in value):
        mappings = list(value.values())
    return Phrases(
        (phrase, int(number))
        for mapping in mappings
        for number, phrases in mapping.items()
        for phrase in phrases
    )


class SchoolClassFinder:
    """School classes in all languages at once."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._ordinals = _numbered(data.get("ordinals"))
        self._cardinals = {
            language: _numbered(numbers)
            for language, numbers in (data.get("cardinals") or {}).items()
        }
        self._only = {
            phrase_key(phrase): language
            for language, phrases in (data.get("only") or {}).items()
            for phrase in phrases
        }
        self._and = frozenset(map(phrase_key, data.get("and") or ()))
        self._suffixes = _phrases(data.get("suffixes"))
        self._letters = _phrases(data.get("letters"))
        self._after = _phrases(data.get("after"))
        self._weak_after = _phrases(data.get("weak_after"))
        self._before = _by_language(data.get("before"))
        self._weak_before = _by_language(data.get("weak_before"))
        self._whole = _numbered(data.get("whole"))
        self._weak_whole = _numbered(data.get("weak_whole"))
        self._context = _phrases(data.get("context"))
        self._not_before = _phrases(data.get("not_before"))
        self._not_after = _phrases(data.get("not_after"))

    def find(
        self, tokens: Sequence[Token], language: Optional[str] = None
    ) -> Iterator[tuple[int, int, int]]:
        """Number of the class, start and end of every school class."""
        kept = [token for token in tokens if token.plain]
        words = [token.plain for token in kept]
        position = 0
        while position < len(words):
            found = self._at(kept, words, position)
            if found is None or not self._in_language(words, found, language):
                position += 1
                continue
            number, start, end = found
            for one in (*self._listed_before(kept, words, start), (number, start, end)):
                if FIRST_CLASS <= one[0] <= LAST_CLASS:
                    yield one[0], kept[one[1]].start, kept[one[2] - 1].end
            position = end
            for one in self._listed_after(kept, words, found):
                yield one[0], kept[one[1]].start, kept[one[2] - 1].end
                position = one[2]

    def _in_language(self, words: list[str], found: _Found, language: Optional[str]) -> bool:
        """Whether the words mean a class in this language ("CP" is one in French)."""
        number, start, end = found
        only = self._only.get(" ".join(words[start:end])) or self._only.get(words[start])
        return only is None or language is None or language == only

    def _listed_before(self, kept: list[Token], words: list[str], start: int) -> list[_Found]:
        """The "first" of "first and second grade"."""
        if not self._is_number(words, start):
            return []
        joined = start > 1 and words[start - 1] in self._and
        index = start - 1 - joined
        if index < 0 or not (joined or HAN_LETTER.match(words[index])):
            return []
        for begin in range(max(0, index - 1), index + 1):
            number, end = self._number(kept, words, begin, self._ordinals)
            if number is not None and end == index + 1:
                return [(number, begin, end)]
        return []

    def _listed_after(self, kept: list[Token], words: list[str], found: _Found) -> list[_Found]:
        """The "second" of "الصف الأول والثاني"."""
        end = found[2]
        if end >= len(words) or self._is_number(words, found[1]):
            return []
        word = words[end]
        if word in self._and:
            number, last = self._number(kept, words, end + 1, self._ordinals)
        elif word.startswith("و"):
            plain = self._ordinals.at([word[1:]], 0)
            number, last = (plain[0], end + 1) if plain else (None, end)
        else:
            return []
        return [(number, end, last)] if number and number <= LAST_CLASS else []

    def _is_number(self, words: list[str], position: int) -> bool:
        return words[position].isdigit() or self._ordinals.at(words, position) is not None

    def _at(self, kept: list[Token], words: list[str], position: int) -> Optional[_Found]:
        whole = self._whole.at(words, position)
        if whole:
            return whole[0], position, position + whole[1]
        found = (
            self._short(words, position)
            or self._number_first(kept, words, position)
            or self._word_first(kept, words, position)
        )
        return None if found and self._not_after.ends_at(words, position) else found

    def _short(self, words: list[str], position: int) -> Optional[_Found]:
        """ "kolmosella", "en 6e": no word for class stands after it."""
        found = self._weak_whole.at(words, position)
        if not found:
            return None
        number, end = found[0], position + found[1]
        others = (self._after, self._weak_after, self._not_before)
        if any(phrases.length_at(words, end) for phrases in others):
            return None
        return (number, position, end) if self._at_school(words, position, end) else None

    def _number_first(self, kept: list[Token], words: list[str], position: int) -> Optional[_Found]:
        """ "2nd grade", "kolmas luokka"."""
        number, end = self._number(kept, words, position, self._ordinals)
        if number is None:
            return None
        end += self._letters.length_at(words, end)
        for phrases, sure in ((self._after, True), (self._weak_after, False)):
            length = phrases.length_at(words, end)
            if length and (sure or self._at_school(words, position, end + length)):
                if self._not_before.length_at(words, end + length):
                    return None
                return number, position, end + length
        return None

    def _word_first(self, kept: list[Token], words: list[str], position: int) -> Optional[_Found]:
        """ "grade 2", "الصف الثاني"."""
        for phrases, sure in ((self._before, True), (self._weak_before, False)):
            found = phrases.at(words, position)
            if not found:
                continue
            language, length = found
            start = position + length
            number, end = self._number(kept, words, start, self._ordinals)
            if number is None and language in self._cardinals:
                number, end = self._number(kept, words, start, self._cardinals[language])
            if number is None or self._not_before.length_at(words, end):
                continue
            if sure or self._at_school(words, position, end):
                return number, position, end
        return None

    def _number(
        self, kept: list[Token], words: list[str], position: int, spoken: Phrases[int]
    ) -> tuple[Optional[int], int]:
        """A number in digits or words at a place, with its ending, and where it ends."""
        if position >= len(words):
            return None, position
        if words[position].isdigit():
            if len(words[position]) > 2 or _inside_a_word(kept, position):
                return None, position
            number, end = int(words[position]), position + 1
            length = self._suffixes.length_at(words, end)
            if length and kept[end].start - kept[end - 1].end <= _JOINED:
                end += length
            return number, end
        found = spoken.at(words, position)
        return (found[0], position + found[1]) if found else (None, position)

    def _at_school(self, words: list[str], start: int, end: int) -> bool:
        """Whether other words speak of a child or a school, or there are no other words."""
        others = [index for index in range(len(words)) if not start <= index < end]
        return not others or any(self._context.length_at(words, index) for index in others)


def _by_language(value: Any) -> Phrases[str]:
    """Phrases, each with its language."""
    return Phrases(
        (phrase, language) for language, phrases in (value or {}).items() for phrase in phrases
    )


def _inside_a_word(kept: list[Token], index: int) -> bool:
    """Whether letters stand right before and after a number ("saf7a")."""
    before = index > 0 and kept[index - 1].end == kept[index].start
    after = index + 1 < len(kept) and kept[index + 1].start == kept[index].end
    return before and after and not HAN_LETTER.match(kept[index + 1].text)
