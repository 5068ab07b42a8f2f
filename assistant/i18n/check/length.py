"""Translations that are much longer or shorter than their source, for their language.

Languages differ: French needs more letters than Finnish, and a Chinese character says about as
much as three Latin letters. The yardstick of a text is the median of its own language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from assistant.i18n.check.problem import Problem
from assistant.i18n.check.words import letters_of_its_own, without_shared
from assistant.i18n.languages import LANGUAGES

#: Of the length that is expected in the language.
LONGEST, SHORTEST = 2.2, 0.45
#: Letters of a source; what is shorter may be a title, which can be said in a word.
MIN_LENGTH = 40
#: A median of fewer texts says nothing: then the source's own length is expected.
MIN_TEXTS = 50
#: Of the source, where there is no such yardstick; half as long in Chinese characters.
LONGEST_OF_SOURCE, SHORTEST_OF_SOURCE, MIN_SHORT = 3.0, 0.15, 20


def check_lengths(language: str, translations: Mapping[str, str]) -> Iterator[Problem]:
    """The translations of a language whose length is out of proportion."""
    ratios = {source: _ratio(source, text) for source, text in translations.items()}
    measured = [ratio for ratio, length in ratios.values() if length >= MIN_LENGTH]
    expected = median(measured) if len(measured) >= MIN_TEXTS else None
    han = LANGUAGES[language].script == "Han"
    shortest = SHORTEST_OF_SOURCE / 2 if han else SHORTEST_OF_SOURCE
    for source, (ratio, length) in ratios.items():
        if expected is not None and length >= MIN_LENGTH:
            times = ratio / expected
            if not SHORTEST <= times <= LONGEST:
                yield Problem(
                    language, "length", source, f"{times:.2f} times the length of other texts"
                )
        elif length >= MIN_SHORT and not shortest <= ratio <= LONGEST_OF_SOURCE:
            yield Problem(language, "length", source, f"{ratio:.2f} times the source")


def _ratio(source: str, translation: str) -> tuple[float, int]:
    """How many times as many letters as its source has, and those; names and terms not counted."""
    bare_source, bare = without_shared(source, translation)
    length = letters_of_its_own(bare_source, bare)
    return letters_of_its_own(bare, bare_source) / max(length, 1), length
