"""Puts messages that are typed in Latin letters back into the script of their language.

The sentence encoder and the training phrases know Arabic, Persian, Russian and Ukrainian in their
own scripts; "madrasa" and "shkola" mean little to them. People romanise in many ways, so a word is
looked up by its skeleton (its consonants, similar ones made equal) among the words of the training
phrases; the one whose vowels fit best is taken. A word that is not known is spelled letter by
letter. Finnish words, which people type inside every language, stay as they are.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from assistant.nlu.text import script_counts
from assistant.settings import PROJECT_ROOT

#: Languages that people also write in Latin letters; lingua does not know them so.
ROMANISED = ("ar", "fa", "ru", "uk")

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`-][^\W_]+)*")
#: "nooo": not how a word is written.
_STRETCHED = re.compile(r"(.)\1\1")
#: Letters of a Finnish word that is hardly a romanised word of another language.
LONG = 6


class _Table(NamedTuple):
    """How one language is written in Latin letters (data/gazetteers/romanisation.yml)."""

    sounds: dict[str, str]
    same: dict[str, str]
    vowels: str
    spelling: dict[str, str]


@cache
def _table(language: str) -> _Table:
    path = PROJECT_ROOT / "data" / "gazetteers" / "romanisation.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return _Table(*(content[part][language] for part in _Table._fields))


def is_romanised(text: str, language: str | None) -> bool:
    """True for a text in Latin letters whose language is written in another script."""
    if language not in ROMANISED:
        return False
    counts = script_counts(text)
    return counts["Latin"] * 3 > sum(counts.values()) * 2


class Deromaniser:
    """Finds the words that romanised ones stand for."""

    def __init__(self, words: dict[str, dict[str, int]], finnish: Iterable[str]) -> None:
        """Make it of words.

        Args:
            words: language -> word in the language's own script -> how often phrases have it.
            finnish: words that are left as they are.
        """
        self.words = words
        self.finnish = frozenset(finnish)
        self._index: dict[str, dict[str, list[tuple[str, str, int]]]] = {}
        for language, counts in words.items():
            index: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
            for word, count in counts.items():
                sound = _sound(word, language)
                index[_skeleton(sound, language)].append((word, sound, count))
            self._index[language] = dict(index)

    @classmethod
    def fit(cls, texts: Iterable[str], languages: Iterable[str | None]) -> Deromaniser:
        """Collect the words of training phrases that are in their language's own script."""
        words: dict[str, Counter[str]] = {language: Counter() for language in ROMANISED}
        finnish: set[str] = set()
        for text, language in zip(texts, languages):
            if language == "fi":
                finnish |= {word for word in _WORD.findall(text.lower()) if len(word) >= LONG}
            if language in ROMANISED and not is_romanised(text, language):
                words[language].update(
                    word
                    for word in _WORD.findall(text.lower())
                    if not word.isascii() and not _STRETCHED.search(word)
                )
        return cls({language: dict(counts) for language, counts in words.items()}, finnish)

    def restore(self, text: str, language: str | None) -> str:
        """The text in the script of its language; unchanged if it is not romanised."""
        if language is None or not is_romanised(text, language):
            return text
        return _WORD.sub(lambda found: self._word(found.group(), language), text)

    def _word(self, word: str, language: str) -> str:
        if not word.isascii() or word.isdigit() or (word.isupper() and len(word) > 1):
            return word
        if word.lower() in self.finnish:
            return word
        sound = _same(word.lower(), language)
        candidates = self._index[language].get(_skeleton(sound, language))
        if candidates:
            return max(candidates, key=lambda one: (_likeness(sound, one[1]), one[2]))[0]
        return _spell(word.lower(), language)

    def save(self, folder: Path) -> None:
        """Write the words into a folder."""
        (folder / "romanisation.json").write_text(
            json.dumps([self.words, sorted(self.finnish)], ensure_ascii=False), encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> Deromaniser:
        """Read what `save` wrote."""
        return cls(*json.loads((folder / "romanisation.json").read_text(encoding="utf-8")))


def _sound(word: str, language: str) -> str:
    """How a word of the language's own script sounds, each letter for itself."""
    letters = _table(language).sounds
    return _single("".join(_same(letters.get(letter, ""), language) for letter in word))


def _same(sound: str, language: str) -> str:
    for typed, meant in _table(language).same.items():
        sound = sound.replace(typed, meant)
    return _single(sound)


def _single(sound: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sound)


def _skeleton(sound: str, language: str) -> str:
    """The consonants, and whether a vowel stands first: "al" and "l" are not the same word."""
    vowels = _table(language).vowels
    bare = "".join(letter for letter in sound if letter not in vowels)
    if language in ("ar", "fa"):
        bare = bare.rstrip("h") or bare
    return ("a" if sound[:1] in vowels else "") + bare


def _likeness(one: str, other: str) -> float:
    return round(SequenceMatcher(None, one, other, autojunk=False).ratio(), 2)


def _spell(word: str, language: str) -> str:
    spelling = _table(language).spelling
    result, place = [], 0
    while place < len(word):
        for length in (4, 3, 2, 1):
            piece = word[place : place + length]
            if len(piece) == length and piece in spelling:
                result.append(spelling[piece])
                place += length
                break
        else:
            place += 1
    return "".join(result)
