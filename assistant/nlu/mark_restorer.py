"""Puts marks back on messages that are typed without them: "toi can giup do", "tôi cần giúp đỡ".

Where many of a language's letters have marks, people who leave them out are read by nobody: the
sentence encoder takes the words for noise. Each word is given the marks that it most often has
after the word before it, in the sentences of the language (`data/languages`) and in its translated
texts. A word that is not known, and every word with a mark, stays as it is.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Optional

from babel.messages.pofile import read_po

from assistant.i18n.catalogs import po_path
from assistant.nlu.folding import without_marks
from assistant.nlu.known_languages import languages_of, sentences

#: From this share of letters beyond a to z on, people also type a language without its marks.
MANY_MARKS = 0.2
#: With fewer of them a message is not written with the marks of such a language.
FEW_MARKS = 0.1
#: How much a word's neighbour says beside how common the word is.
NEIGHBOUR = 0.7
#: Counts of what has not been seen.
SMOOTHING = 0.1
#: Readings of a message that are kept, word by word.
READINGS = 20
_WORD = re.compile(r"[^\W\d_]+")
_START = ""


def share_of_marks(text: str) -> float:
    """The share of a text's letters that are beyond a to z."""
    letters = [character for character in text if character.isalpha()]
    return sum(not letter.isascii() for letter in letters) / max(1, len(letters))


@cache
def restorer_of(language: str) -> Optional[MarkRestorer]:
    """What restores the marks of a language; None where people do not leave them out."""
    own = [text for text, code in sentences() if code == language]
    if language not in languages_of("Latin") or share_of_marks(" ".join(own)) <= MANY_MARKS:
        return None
    return MarkRestorer([*own, *_translations(language)])


def is_typed_without_marks(text: str, language: Optional[str]) -> bool:
    """True for a text in a language of many marks that has few of them."""
    return (
        language is not None
        and restorer_of(language) is not None
        and share_of_marks(text) < FEW_MARKS
    )


class MarkRestorer:
    """How often words stand alone and after each other in a language."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._before: Counter[str] = Counter()
        for text in texts:
            before = _START
            for word in _WORD.findall(text.lower()):
                self._words[word] += 1
                self._pairs[before, word] += 1
                self._before[before] += 1
                before = word
        self._total = sum(self._words.values())
        self._marked: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            self._marked[without_marks(word)].append(word)

    def restore(self, text: str) -> str:
        """The likeliest reading of a text."""
        words = [found.group() for found in _WORD.finditer(text)]
        likely = iter(self._likeliest([word.lower() for word in words]))
        return _WORD.sub(lambda found: _cased(next(likely), found.group()), text)

    def _likeliest(self, words: list[str]) -> list[str]:
        readings: list[tuple[float, list[str]]] = [(0.0, [])]
        for word in words:
            longer = [
                max(
                    (score + self._weight(read[-1] if read else _START, marked), [*read, marked])
                    for score, read in readings
                )
                for marked in self._candidates(word)
            ]
            readings = sorted(longer, reverse=True)[:READINGS]
        return readings[0][1]

    def _candidates(self, word: str) -> list[str]:
        return (self._marked.get(word) if word.isascii() else None) or [word]

    def _weight(self, before: str, word: str) -> float:
        """The logarithm of how likely a word is after another one."""
        alone = (self._words[word] + SMOOTHING) / (self._total + SMOOTHING)
        after = self._pairs[before, word] / max(1, self._before[before])
        return math.log(NEIGHBOUR * after + (1 - NEIGHBOUR) * alone)


def _cased(word: str, typed: str) -> str:
    """A word in capitals where it was typed so."""
    if len(typed) > 1 and typed.isupper():
        return word.upper()
    return word.capitalize() if typed[0].isupper() else word


def _translations(language: str) -> list[str]:
    path = po_path(language)
    if not path.exists():
        return []
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    return [str(message.string) for message in catalog if message.id and message.string]
