"""Finds the answer to a question of the assistant in a free reply: a permit, a benefit, for whom.

A question about a permit is no answer. So the names of permits count when the message says little
else ("a student permit", "it is for work"), or when the person says to have one ("I have a student
permit and two children"). See `data/gazetteers/permits.yml` and `reply_words.yml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Optional

from assistant.nlu.phrases import Phrases
from assistant.nlu.words import Token, flat, phrase_key

_Found = tuple[str, int, int]

#: The longest phrase of having ("my residence permit is based on the").
_LONGEST = 7
_QUESTION = frozenset("?؟？")
NONE = "none"


class _Name(NamedTuple):
    """What a phrase stands for, and whether it is a common word as well ("work")."""

    value: str
    common: bool


class _Match(NamedTuple):
    """A name in a clause, by the numbers of its words."""

    value: str
    common: bool
    start: int
    end: int


class SmallWords:
    """Words that add nothing to an answer, and words that show that there is none."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._all = words_of(flat(data.get("small")))
        self._only = {
            language: words_of(words) for language, words in (data.get("only") or {}).items()
        }
        self.not_before = _phrases(data.get("not_before"))
        self.not_after = _phrases(data.get("not_after"))

    def small(self, language: Optional[str]) -> frozenset[str]:
        """The small words of a text in this language."""
        single = frozenset().union(*self._only.values()) if self._only else frozenset()
        return (self._all - single) | self._only.get(language or "", frozenset())


class ReplyFinder:
    """Answers to one question in all languages at once."""

    def __init__(
        self,
        data: dict[str, Any],
        small: SmallWords,
        several: bool = False,
        numbers: bool = False,
    ) -> None:
        """Take the lists of one file.

        Args:
            several: whether a person may name more than one value.
            numbers: whether numbers beside a name add nothing ("asylum, 2023").
        """
        self._several = several
        self._numbers = numbers
        self._small = small
        self._names: Phrases[_Name] = Phrases(
            (phrase, _Name(value, common))
            for part, common in (("names", False), ("words", True))
            for value, languages in (data.get(part) or {}).items()
            for phrase in flat(languages)
        )
        self._statements: Phrases[str] = Phrases(
            (phrase, value)
            for value, languages in (data.get("said") or {}).items()
            for phrase in flat(languages)
        )
        self._having = _phrases(data.get("having"))
        self._having_after = _phrases(data.get("having_after"))
        self._beside = words_of(flat(data.get("beside")))
        self._beside_words = words_of(flat(data.get("beside_words")))

    def find(self, tokens: Sequence[Token], language: Optional[str] = None) -> Iterator[_Found]:
        """Value, start and end of the answer: nothing when two answers contradict each other."""
        clauses = list(_clauses(tokens))
        found = [one for clause, asks in clauses for one in self._said(clause, asks)]
        if (self._several or not found) and not any(asks for _, asks in clauses):
            found += self._named([token for clause, _ in clauses for token in clause], language)
        values = {value for value, _, _ in found}
        if len(values) == 1 or (self._several and NONE not in values):
            for value in sorted(values):
                yield next(one for one in found if one[0] == value)

    def _said(self, clause: list[Token], asks: bool) -> list[_Found]:
        """What a person says, whatever else the clause says."""
        words = [token.plain for token in clause]
        found: list[_Found] = []
        for place in range(len(words)):
            statement = self._statements.at(words, place)
            if statement is not None:
                last = clause[place + statement[1] - 1]
                found.append((statement[0], clause[place].start, last.end))
        for match in self._matches(words):
            if match.common:
                continue
            start, end = match.start, match.end
            before = next(
                (
                    length
                    for length in range(min(_LONGEST, start), 0, -1)
                    if self._having.length_at(words[:start], start - length) == length
                ),
                0,
            )
            after = self._having_after.length_at(words, end)
            if not before and not after:
                continue
            start, end = start - before, end + after
            is_question = (
                self._small.not_before.ends_at(words, start)
                or self._small.not_after.length_at(words, end)
                or (asks and end == len(words))
            )
            if not is_question:
                found.append((match.value, clause[match.start].start, clause[match.end - 1].end))
        return found

    def _named(self, tokens: list[Token], language: Optional[str]) -> list[_Found]:
        """What a message names that says little else."""
        words = [token.plain for token in tokens]
        matches = list(self._matches(words))
        inside = {number for match in matches for number in range(match.start, match.end)}
        others = {
            word
            for number, word in enumerate(words)
            if number not in inside and not (self._numbers and word[0].isdigit())
        }
        allowed = self._beside | self._small.small(language)
        if any(match.common for match in matches):
            allowed = self._beside_words
        if not others <= allowed:
            return []
        return [
            (match.value, tokens[match.start].start, tokens[match.end - 1].end) for match in matches
        ]

    def _matches(self, words: list[str]) -> Iterator[_Match]:
        """Names from left to right, the longest at each place."""
        position = 0
        while position < len(words):
            found = self._names.at(words, position)
            if found is None:
                position += 1
                continue
            name, length = found
            yield _Match(name.value, name.common, position, position + length)
            position += length


def words_of(phrases: Iterable[str]) -> frozenset[str]:
    """The single plain words of phrases."""
    return frozenset(word for phrase in phrases for word in phrase_key(phrase).split())


def _clauses(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], bool]]:
    """Parts of a message between signs, and whether a question mark ends them."""
    clause: list[Token] = []
    for token in tokens:
        if token.plain:
            clause.append(token)
        elif clause:
            yield clause, token.text in _QUESTION
            clause = []
    if clause:
        yield clause, False


def _phrases(value: Any) -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in flat(value))
