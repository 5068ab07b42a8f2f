"""Finds a child's age in the words of a message ("3-vuotias", "my 3 year old", "三岁")."""

from __future__ import annotations

from typing import Any, Iterator, Optional, Protocol, Sequence

from assistant.nlu.folding import fold

#: An age above this is not a child's.
OLDEST_CHILD = 17
OLDEST_IN_MONTHS = 47
_BEFORE, _AFTER = 7, 4


class Word(Protocol):
    """What this module needs of a token."""

    @property
    def plain(self) -> str:
        """The folded word; empty for punctuation."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset after the last character."""


class _Phrases:
    """Phrases of one or more words; the last word may be a beginning (`word*`)."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._phrases = sorted(
            {
                (tuple(fold(part.rstrip("*")) for part in phrase.split()), phrase.endswith("*"))
                for phrase in phrases
            },
            key=lambda phrase: -len(phrase[0]),
        )
        self._first = {words[0][:2] for words, _ in self._phrases}

    def length_at(self, words: Sequence[str], position: int) -> int:
        """How many words a phrase that stands at `position` has; 0 when there is none."""
        if position >= len(words) or words[position][:2] not in self._first:
            return 0
        for parts, is_stem in self._phrases:
            here = words[position : position + len(parts)]
            if len(here) == len(parts) and tuple(here[:-1]) == parts[:-1]:
                if here[-1] == parts[-1] or (is_stem and here[-1].startswith(parts[-1])):
                    return len(parts)
        return 0


class AgeFinder:
    """Ages in all languages at once; see `data/gazetteers/ages.yml` for what the lists mean."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._numbers: dict[str, dict[str, int]] = {
            language: {
                fold(str(form)): int(value) for value, forms in numbers.items() for form in forms
            }
            for language, numbers in (data.get("numbers") or {}).items()
        }
        languages = self._numbers
        self._units: list[tuple[bool, bool, dict[str, _Phrases]]] = [
            (
                months,
                sure,
                {
                    language: _Phrases((data.get(name) or {}).get(language) or ())
                    for language in languages
                },
            )
            for name, months, sure in (
                ("sure_years", False, True),
                ("sure_months", True, True),
                ("years", False, False),
                ("months", True, False),
            )
        ]
        self._context = _Phrases(_flat(data.get("context")))
        self._not_age = _Phrases(_flat(data.get("not_age")))
        self._before_bare = {
            tuple(fold(word) for word in phrase.split())
            for phrase in _flat(data.get("before_bare"))
        }
        self._tens = {
            language: frozenset(map(fold, words))
            for language, words in (data.get("tens") or {}).items()
        }
        self._halves = _Phrases(_flat(data.get("halves")))
        self._whole: list[tuple[_Phrases, int]] = [
            (_Phrases(_flat(phrases)), int(years))
            for years, phrases in (data.get("whole") or {}).items()
        ]
        self._whole_in_context: list[tuple[_Phrases, int]] = [
            (_Phrases(_flat(phrases)), int(years))
            for years, phrases in (data.get("whole_in_context") or {}).items()
        ]

    def find(
        self, tokens: Sequence[Word], language: Optional[str] = None
    ) -> Iterator[tuple[int, int, int]]:
        """Years, start and end of every age. The language only decides between readings."""
        kept = [token for token in tokens if token.plain]
        words = [token.plain for token in kept]
        position = 0
        while position < len(words):
            found = self._at(words, position, language)
            if found is None:
                position += 1
                continue
            years, end = found
            yield years, kept[position].start, kept[end - 1].end
            position = end

    def _at(
        self, words: list[str], position: int, language: Optional[str]
    ) -> Optional[tuple[int, int]]:
        for phrases, years in self._whole:
            length = phrases.length_at(words, position)
            if length:
                return years, position + length
        for phrases, years in self._whole_in_context:
            length = phrases.length_at(words, position)
            if length and self._is_age(words, position, position + length):
                return years, position + length
        for spoken in self._numbers:
            number, end = self._number(words, position, spoken)
            if number is None or self._ends_a_larger_number(words, position, spoken):
                continue
            found = self._with_unit(words, position, end, number, spoken, language)
            if found is not None:
                return found
        return None

    def _with_unit(
        self,
        words: list[str],
        position: int,
        end: int,
        number: float,
        spoken: str,
        language: Optional[str],
    ) -> Optional[tuple[int, int]]:
        after = end + self._halves.length_at(words, end)
        for months, sure, units in self._units:
            length = units[spoken].length_at(words, after)
            if not length or number > (OLDEST_IN_MONTHS if months else OLDEST_CHILD):
                continue
            if len("".join(words[after : after + length])) == 1 and spoken != language:
                if not words[after] > "\u3400":
                    continue
            if not sure and not self._is_age(words, position, after + length):
                continue
            after += length
            after += self._halves.length_at(words, after)
            return (int(number // 12) if months else int(number)), after
        if end == len(words) and number <= OLDEST_CHILD and self._is_said_to_be(words, position):
            return int(number), end
        return None

    def _number(self, words: list[str], position: int, spoken: str) -> tuple[Optional[float], int]:
        numbers = self._numbers[spoken]
        two = "".join(words[position : position + 2])
        if len(two) == 2 and two in numbers:
            return numbers[two], position + 2
        word = words[position].replace(" ", ".")
        if word[0].isdigit():
            try:
                return float(word), position + 1
            except ValueError:
                return None, position
        return numbers.get(word), position + 1

    def _ends_a_larger_number(self, words: list[str], position: int, spoken: str) -> bool:
        """Whether the number here is the "five" of "twenty-five"."""
        before = words[max(0, position - 2) : position]
        tens = self._tens.get(spoken, frozenset())
        return bool(before) and (
            before[-1] in tens
            or (len(before) == 2 and before[0] in tens and before[1] in ("و", "iyo", "et"))
        )

    def _is_said_to_be(self, words: list[str], position: int) -> bool:
        """Whether "she is" or the like stands before a number that ends the message."""
        return any(
            len(parts) <= position and tuple(words[position - len(parts) : position]) == parts
            for parts in self._before_bare
        )

    def _is_age(self, words: list[str], start: int, end: int) -> bool:
        """Whether words around a time say that it is an age, or nothing else is said."""
        if start == 0 and end == len(words):
            return True
        near = range(max(0, start - _BEFORE), min(len(words), end + _AFTER))
        outside = [index for index in near if not start <= index < end]
        if any(
            self._not_age.length_at(words, index)
            for index in outside
            if start - 3 <= index < end + 3
        ):
            return False
        return any(self._context.length_at(words, index) for index in outside)


def _flat(value: Any) -> list[str]:
    """The phrases of a list, or of all lists of a mapping of languages."""
    if isinstance(value, dict):
        return [str(phrase) for phrases in value.values() for phrase in phrases]
    return [str(phrase) for phrase in value or ()]
