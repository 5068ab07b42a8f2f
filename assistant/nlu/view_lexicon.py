"""The words of one language about services that are shown (`data/gazetteers/view_requests.yml`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Optional

from assistant.nlu.phrases import Phrases
from assistant.nlu.words import phrase_key

Label = tuple[str, Optional[str]]
Labels = frozenset[Label]

#: Lists of phrases; `small` is the last: a word that is in another list too belongs to both.
LISTS = (
    "open", "closed", "when", "hours", "more", "near", "my_language", "they", "speak", "details",
    "regarding", "contact", "all", "thing", "some", "number", "about", "coming", "now", "today",
    "tomorrow", "overmorrow", "tonight", "weekend", "until", "clock_before", "clock_after", "not",
    "general", "tongue", "small",
)  # fmt: skip
#: Mappings of a value to phrases.
VALUED = (
    "ordinals", "weekdays", "next_weekdays", "parts", "this", "tomorrow_parts", "clock_words",
)  # fmt: skip
DAYS = ("tomorrow", "overmorrow", "weekdays")
#: "Day" is in the names of days of the week.
NOT_WITHIN = "day"
ABOUT = "about"
#: Words of these lists are near to others that mean something else ("toistaa" is to repeat).
EXACT = ("ordinals", "regarding", "thing", "they", "speak", "not")
#: A word that is written with another one is not shorter than this without it.
_SHORTEST, _SHORTEST_ARABIC = 3, 2
#: A shorter word is never taken for a typing mistake; one with two letters swapped may be.
_TYPO, _SWAP = 5, 4
_HAN = ("\u3400", "\u9fff")


class Lexicon:
    """Phrases of one language and the lists that each is in."""

    def __init__(self, code: str, data: dict[str, Any]) -> None:
        self.code = code
        labels: dict[str, set[Label]] = defaultdict(set)
        for name in LISTS:
            for phrase in data.get(name) or ():
                labels[_key(phrase)].add((name, None))
        for name in VALUED:
            for value, phrases in (data.get(name) or {}).items():
                for phrase in phrases:
                    labels[_key(phrase)].add((name, value))
        labels.pop("", None)
        self.doubtful = frozenset(map(phrase_key, data.get("doubtful") or ()))
        self._phrases: Phrases[Labels] = Phrases(
            (phrase, frozenset(found)) for phrase, found in labels.items()
        )
        self._prefixes = sorted(map(phrase_key, data.get("prefixes") or ()), key=len, reverse=True)
        self._suffixes = sorted(map(phrase_key, data.get("suffixes") or ()), key=len, reverse=True)
        self._and = frozenset(map(phrase_key, data.get("about") or ()))
        self._parts = sorted(
            {
                (phrase_key(phrase.rstrip("*")), part)
                for part, phrases in (data.get("parts") or {}).items()
                for phrase in phrases
                if part != NOT_WITHIN
            },
            key=lambda one: -len(one[0]),
        )
        self._spelled: dict[str, set[str]] = defaultdict(set)
        for phrase in labels:
            for word in phrase.rstrip("*").split():
                if len(word) >= _SWAP:
                    self._spelled[word[0]].add(word)

    def at(self, words: Sequence[str], position: int) -> Optional[tuple[Labels, int]]:
        """The lists that the longest phrase at a place is in, and how many words it has."""
        if position >= len(words):
            return None
        found = self._phrases.at(words, position)
        if found is None:
            return next(self._shortened(words, position), None)
        labels, length = found
        if length == 1 and any(name in DAYS for name, _ in labels):
            part = self._part_within(words[position])
            labels = labels | {("parts", part)} if part else labels
        return labels, length

    def misspelled(self, words: Sequence[str], position: int) -> Optional[tuple[Labels, int]]:
        """The same for a word with one wrong, missing, added or swapped letter."""
        word = words[position]
        if len(word) < _SWAP or not word.isalpha() or _HAN[0] <= word[0] <= _HAN[1]:
            return None
        for meant in sorted(self._spelled.get(word[0], ())):
            if one_letter_off(word, meant):
                found = self._phrases.at(_with(words, position, meant), position)
                if found is not None and not any(name in EXACT for name, _ in found[0]):
                    return found
        return None

    def _shortened(self, words: Sequence[str], position: int) -> Iterator[tuple[Labels, int]]:
        """The phrase at a place without what is written together with its first word."""
        word = words[position]
        for prefix in self._prefixes:
            rest = word.removeprefix(prefix)
            if rest != word and len(rest) >= _SHORTEST_ARABIC:
                found = self._phrases.at(_with(words, position, rest), position)
                if found is not None:
                    joined = {(ABOUT, None)} if prefix[0] in self._and else set()
                    yield found[0] | joined, found[1]
        for suffix in self._suffixes:
            rest = word.removesuffix(suffix)
            if rest != word and len(rest) >= _SHORTEST:
                found = self._phrases.at(_with(words, position, rest), position)
                if found is not None:
                    yield found

    def _part_within(self, word: str) -> Optional[str]:
        """The part of the day in a word such as `huomenillalla` or `lördagskväll`."""
        return next(
            (
                part
                for name, part in self._parts
                if len(name) >= _SHORTEST and name in word[_SHORTEST:]
            ),
            None,
        )


def one_letter_off(word: str, meant: str) -> bool:
    """Whether two words differ by one letter: swapped with the next one, or in longer words a
    wrong, missing or added one. The last letter may be another ending: it has to be the same."""
    if word == meant or abs(len(word) - len(meant)) > 1:
        return False
    start = next(
        (place for place, pair in enumerate(zip(word, meant)) if pair[0] != pair[1]),
        min(len(word), len(meant)),
    )
    one, other = word[start:], meant[start:]
    if len(one) == len(other) and one[:2] == other[:2][::-1] and one[2:] == other[2:]:
        return True
    if min(len(word), len(meant)) < _TYPO or word[-1] != meant[-1]:
        return False
    return one[1:] == other[1:] or one[1:] == other or one == other[1:]


def _key(phrase: str) -> str:
    return phrase_key(phrase.rstrip("*")) + ("*" if phrase.endswith("*") else "")


def _with(words: Sequence[str], position: int, word: str) -> list[str]:
    return [*words[:position], word, *words[position + 1 :]]
