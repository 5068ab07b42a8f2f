"""Signs of danger in each language, as phrases in `data/gazetteers/emergency/<lang>.yml`.

```yaml
language: en
signs:
  ambulance_fire_police: [house|flat|home is? on? fire, not breath*]
not_signs: [fire safety, fire ... course]
past: [years ago, last year]
now: [again, right now]
```

A phrase is words in order. `a|b` matches either word, `word*` words that begin so, `word?` a word
or none, and `...` lets up to three words stand between; `=` in front means that the sentence has
nothing else, `$` at the end, alone or as one of the last alternatives, that it ends there. Phrases
with Chinese characters match anywhere; `...` is up to six characters there. Texts and phrases are
compared folded (see `folding`), and a letter drawn out ("heeelp") counts once or twice.

`not_signs` are taken out of the text before the signs are looked for ("fire safety course" holds
no fire). A sign in a sentence with a phrase of `past` is a story of long ago, and does not count
unless a phrase of `now` is there too. Every language's phrases are tried on every text, because
people mix languages when they are afraid.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Iterable, Iterator, Optional

import yaml

from assistant.nlu.folding import fold
from assistant.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "data" / "gazetteers" / "emergency"
#: When signs of several kinds are found, the one that stands first here is answered.
ORDER = (
    "ambulance_fire_police",
    "poisoning",
    "violence_now",
    "child_in_danger",
    "suicidal_crisis",
    "human_trafficking",
    "nowhere_to_sleep_tonight",
)
GAP = 3
HAN_GAP = 6
_NOT_SIGN, _PAST, _NOW = "not_sign", "past", "now"
#: Marks in a phrase: the sentence begins with it, the sentence ends with it.
_BEGIN, _END = "=", "$"
_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE_END = re.compile(r"[.!?\u061f\u3002\uff01\uff1f]+\s*|\n+")
_HAN_SENTENCE = re.compile(r"[^.!?\u3002\uff01\uff1f\n]+")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_ZWNJ = "\u200c"
#: Persian verbs are written with and without a gap after this prefix.
_PERSIAN_VERB = re.compile(r"\b(ن?مي) (?=\w)")
#: The same prefix in a phrase.
_PERSIAN_GAP = re.compile(r"\b(ن?می)[ \u200c](?=\w)")
_SHORTEST_STEM = 2

#: A word as it stands, and without drawn-out letters or the Arabic "and" joined to it.
_Word = tuple[str, ...]


def _plain(text: str) -> str:
    return _PERSIAN_VERB.sub(r"\1", fold(text.replace(_ZWNJ, "")))


def _word(word: str) -> _Word:
    forms = [word]
    if _DRAWN_OUT.search(word):
        forms += [_DRAWN_OUT.sub(r"\1", word), _DRAWN_OUT.sub(r"\1\1", word)]
    if len(word) > 3 and word[0] in "وف":
        forms.append(word[1:])
    return tuple(forms)


@dataclass(frozen=True)
class _Slot:
    """One place of a phrase: some words and beginnings of words, or a gap when it has none."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    optional: bool = False
    or_end: bool = False

    @classmethod
    def of(cls, text: str) -> _Slot:
        if text == "...":
            return cls()
        alternatives = text.rstrip("?").split("|")
        or_end = _END in alternatives
        alternatives = [word for word in alternatives if word != _END]
        for word in alternatives:
            if len(fold(word).split()) != 1:
                raise ValueError(f"{text!r} has an alternative that is not one word")
        return cls(
            words=frozenset(fold(word) for word in alternatives if not word.endswith("*")),
            stems=tuple(fold(word[:-1]) for word in alternatives if word.endswith("*")),
            optional=text.endswith("?"),
            or_end=or_end,
        )

    @property
    def is_gap(self) -> bool:
        return not self.words and not self.stems

    def matches(self, word: _Word) -> bool:
        return any(
            form in self.words or (self.stems and form.startswith(self.stems)) for form in word
        )


@dataclass(frozen=True)
class _Phrase:
    label: str
    slots: tuple[_Slot, ...]
    begins: bool = False
    ends: bool = False

    @classmethod
    def of(cls, label: str, text: str) -> _Phrase:
        parts = _PERSIAN_GAP.sub(r"\1", text).replace(_ZWNJ, "").split()
        begins = parts[:1] == [_BEGIN]
        ends = begins or parts[-1:] == [_END]
        slots = tuple(_Slot.of(part) for part in parts if part not in (_BEGIN, _END))
        if not slots or slots[0].is_gap or slots[0].optional:
            raise ValueError(f"the phrase {text!r} does not begin with a word")
        return cls(label, slots, begins, ends)

    def find(self, words: list[_Word], sentences: list[int], start: int) -> Optional[int]:
        """The index after the last word if the phrase is in the text at `start`."""
        if self.begins and start > 0 and sentences[start - 1] == sentences[start]:
            return None
        return self._end(words, sentences, start, 0)

    def _end(
        self, words: list[_Word], sentences: list[int], start: int, slot: int
    ) -> Optional[int]:
        at_end = start >= len(words) or (start > 0 and sentences[start] != sentences[start - 1])
        if slot == len(self.slots):
            return start if at_end or not self.ends else None
        current = self.slots[slot]
        if current.is_gap:
            for skipped in range(min(GAP, len(words) - start) + 1):
                end = self._end(words, sentences, start + skipped, slot + 1)
                if end is not None:
                    return end
            return None
        if start < len(words) and current.matches(words[start]):
            end = self._end(words, sentences, start + 1, slot + 1)
            if end is not None:
                return end
        if current.or_end and at_end and slot == len(self.slots) - 1:
            return start
        return self._end(words, sentences, start, slot + 1) if current.optional else None


@dataclass
class _Index:
    """Phrases by their first word, so that a text is read once however many phrases there are."""

    by_word: dict[str, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))
    by_stem: dict[str, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))
    longest_stem: int = 0

    def add(self, phrase: _Phrase) -> None:
        first = phrase.slots[0]
        for word in first.words:
            self.by_word[word].append(phrase)
        for stem in first.stems:
            self.by_stem[stem].append(phrase)
            self.longest_stem = max(self.longest_stem, len(stem))

    def starting_with(self, word: _Word) -> Iterator[_Phrase]:
        for form in word:
            yield from self.by_word.get(form, ())
            for length in range(_SHORTEST_STEM, min(len(form), self.longest_stem) + 1):
                yield from self.by_stem.get(form[:length], ())


@dataclass(frozen=True)
class EmergencyRules:
    """The phrases of all languages, ready to be looked up."""

    phrases: _Index
    not_phrases: _Index
    han: dict[str, re.Pattern[str]]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> EmergencyRules:
        """Read the phrases of all languages.

        Raises:
            ValueError: if a file names a kind that is not in `ORDER`, or has a phrase that does
                not begin with a word.
        """
        return _load(folder)

    def match(self, text: str) -> Optional[str]:
        """The kind of emergency that a text shows a sign of, or None."""
        found = self._match_words(text)
        if _HAN.search(text):
            found |= self._match_han(text)
        return next((kind for kind in ORDER if kind in found), None)

    def _match_words(self, text: str) -> set[str]:
        words: list[_Word] = []
        sentences: list[int] = []
        for number, sentence in enumerate(_SENTENCE_END.split(text)):
            for word in _plain(sentence).split():
                words.append(_word(word))
                sentences.append(number)
        past: set[int] = set()
        now: set[int] = set()
        position = 0
        while position < len(words):
            end = position
            for phrase in self.not_phrases.starting_with(words[position]):
                phrase_end = phrase.find(words, sentences, position)
                if phrase_end is None:
                    continue
                if phrase.label == _NOT_SIGN:
                    end = max(end, phrase_end)
                else:
                    (past if phrase.label == _PAST else now).add(sentences[position])
            for index in range(position, end):
                words[index] = ()
            position = max(end, position + 1)
        past -= now
        return {
            phrase.label
            for position, word in enumerate(words)
            if sentences[position] not in past
            for phrase in self.phrases.starting_with(word)
            if phrase.find(words, sentences, position) is not None
        }

    def _match_han(self, text: str) -> set[str]:
        found: set[str] = set()
        for sentence in _HAN_SENTENCE.findall(text):
            plain = fold(sentence)
            if self._is(_PAST, plain) and not self._is(_NOW, plain):
                continue
            if _NOT_SIGN in self.han:
                plain = self.han[_NOT_SIGN].sub("\n", plain)
            found.update(kind for kind in ORDER if self._is(kind, plain))
        return found

    def _is(self, label: str, text: str) -> bool:
        return label in self.han and self.han[label].search(text) is not None


def _han_expression(phrases: Iterable[str]) -> re.Pattern[str]:
    gap = rf"[^\n]{{0,{HAN_GAP}}}"
    return re.compile(
        "|".join(
            gap.join(
                r"\s*".join(map(re.escape, fold(part).replace(" ", "")))
                for part in phrase.split("...")
            )
            for phrase in phrases
        )
    )


@lru_cache(maxsize=4)
def _load(folder: Path) -> EmergencyRules:
    signs, others = _Index(), _Index()
    han: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader) or {}
        for kind in content.get("signs") or {}:
            if kind not in ORDER:
                raise ValueError(f"{path}: unknown kind of emergency {kind!r}; use one of {ORDER}")
        labelled = [(kind, content["signs"][kind]) for kind in content.get("signs") or {}]
        labelled += [
            (_NOT_SIGN, content.get("not_signs")),
            (_PAST, content.get("past")),
            (_NOW, content.get("now")),
        ]
        for label, phrases in labelled:
            for phrase in dict.fromkeys(phrases or []):
                if _HAN.search(phrase):
                    han[label].append(phrase)
                    continue
                try:
                    (signs if label in ORDER else others).add(_Phrase.of(label, phrase))
                except (AttributeError, TypeError, ValueError) as error:
                    raise ValueError(f"{path}: {label}: {phrase!r}: {error}") from error
    return EmergencyRules(
        phrases=signs,
        not_phrases=others,
        han={label: _han_expression(phrases) for label, phrases in han.items()},
    )
