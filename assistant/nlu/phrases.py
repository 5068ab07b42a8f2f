"""Phrases of one or more plain words, looked up where they stand in a message."""

from __future__ import annotations

from typing import Generic, Hashable, Iterable, Optional, Sequence, TypeVar

from assistant.nlu.words import phrase_key

Value = TypeVar("Value", bound=Hashable)
#: So many letters of a phrase that ends in `*` decide where it is looked for.
_SHORTEST_STEM = 2


class Phrases(Generic[Value]):
    """Phrases and what each means; the last word may be a beginning (`word*`)."""

    def __init__(self, phrases: Iterable[tuple[str, Value]] = ()) -> None:
        self._exact: dict[str, Value] = {}
        self._stems: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        self._longest: dict[str, int] = {}
        for phrase, value in phrases:
            self.add(phrase, value)

    def add(self, phrase: str, value: Value) -> None:
        """Add a phrase; what a phrase meant before stays."""
        words = phrase_key(phrase.rstrip("*")).split(" ")
        if not words[0]:
            return
        if phrase.endswith("*"):
            start = words[0][:_SHORTEST_STEM]
            stems = self._stems.setdefault(start, [])
            stems.append((tuple(words), value))
            stems.sort(key=lambda stem: (-len(stem[0]), -len(stem[0][-1])))
        else:
            self._exact.setdefault(" ".join(words), value)
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def at(self, words: Sequence[str], position: int) -> Optional[tuple[Value, int]]:
        """What the longest phrase at `position` means, and its number of words."""
        if not 0 <= position < len(words):
            return None
        first = words[position]
        for length in range(self._longest.get(first, 0), 0, -1):
            value = self._exact.get(" ".join(words[position : position + length]))
            if value is not None and position + length <= len(words):
                return value, length
        for parts, value in self._stems.get(first[:_SHORTEST_STEM], ()):
            here = words[position : position + len(parts)]
            if (
                len(here) == len(parts)
                and tuple(here[:-1]) == parts[:-1]
                and here[-1].startswith(parts[-1])
            ):
                return value, len(parts)
        return None

    def length_at(self, words: Sequence[str], position: int) -> int:
        """How many words a phrase that stands at `position` has; 0 when there is none."""
        found = self.at(words, position)
        return found[1] if found else 0

    def ends_at(self, words: Sequence[str], end: int) -> bool:
        """Whether a phrase of at most four words ends just before `end`."""
        return any(
            self.length_at(words, start) == end - start for start in range(max(0, end - 4), end)
        )
