"""Finds places, languages, ages, school classes, dates, situations and answers, by lists.

The lists are in `data/gazetteers`. All forms of a name are made when the lists are loaded and
looked up word by word. (spaCy's `PhraseMatcher` would do the same, but it keeps every word that a
person has ever written in its vocabulary, for as long as the process lives.)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

from assistant.nlu import language_names
from assistant.nlu.ages import AgeFinder
from assistant.nlu.dates import DateFinder
from assistant.nlu.name_entries import (
    CHILD_AGE,
    DATE,
    LANGUAGE_NAME,
    MUNICIPALITY,
    SCHOOL_CLASS,
    SITUATION,
    Entity,
    Entry,
)
from assistant.nlu.name_rules import NameRules, Place
from assistant.nlu.place_names import DEMO, district_forms, municipality_forms
from assistant.nlu.replies import Replies
from assistant.nlu.school_classes import SchoolClassFinder
from assistant.nlu.words import HAN, Token, phrase_key, read_lists, tokenize
from assistant.settings import PROJECT_ROOT

__all__ = ["DEMO", "FOLDER", "MUNICIPALITIES", "Entity", "Gazetteers", "Token", "tokenize"]

FOLDER = PROJECT_ROOT / "data" / "gazetteers"
MUNICIPALITIES = PROJECT_ROOT / "data" / "catalogue" / "municipalities.yml"
#: A municipality named so many words from a district is "next to" it.
_BESIDE = 2


class Gazetteers:
    """All lists, ready to be looked up. Use `Gazetteers.load()`."""

    def __init__(self) -> None:
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._longest: dict[str, int] = defaultdict(int)
        self._rules = NameRules()
        self._ages = AgeFinder({})
        self._classes = SchoolClassFinder({})
        self._dates = DateFinder({})
        self._replies: Optional[Replies] = None

    @classmethod
    def load(cls, folder: Path = FOLDER, municipalities: Path = MUNICIPALITIES) -> Gazetteers:
        """Read the lists and make all forms. The result is shared by all callers."""
        return _load(folder, municipalities)

    def find(self, text: str, language: Optional[str] = None) -> list[Entity]:
        """Everything found in a text, in order; of two that overlap, the longer one.

        Answers (a permit, the date of one) stand beside the other entities of the same words.
        """
        tokens = tokenize(text)
        found = list(self._names(tokens, language, text.isupper()))
        for name, finds in (
            (CHILD_AGE, self._ages.find(tokens, language)),
            (SCHOOL_CLASS, self._classes.find(tokens, language)),
            (DATE, self._dates.find(text, tokens, language)),
        ):
            found.extend(
                Entity(name, value, start, end, text[start:end]) for value, start, end in finds
            )
        found.sort(key=lambda entity: (entity.start - entity.end, entity.start))
        kept: list[Entity] = []
        for entity in found:
            if all(entity.end <= other.start or entity.start >= other.end for other in kept):
                kept.append(
                    Entity(
                        entity.entity,
                        entity.value,
                        entity.start,
                        entity.end,
                        text[entity.start : entity.end],
                    )
                )
        if self._replies is not None:
            kept.extend(self._replies.find(text, tokens, language))
        return sorted(kept, key=lambda entity: entity.start)

    def only_entities(self, text: str, entities: Iterable[Entity]) -> bool:
        """True when a text has entities and, beside them, only small connecting words."""
        spans = [(entity.start, entity.end) for entity in entities]
        return bool(spans) and all(
            not token.plain
            or token.plain in self._rules.connecting
            or any(start <= token.start and token.end <= end for start, end in spans)
            for token in tokenize(text)
        )

    def municipality_of(self, district: str) -> Optional[str]:
        """The code of the only municipality that has a district of this official name."""
        codes = {
            code
            for entry in self._entries.get(phrase_key(district), ())
            if entry.value == district
            for code in entry.codes
        }
        return codes.pop() if len(codes) == 1 else None

    def _names(
        self, tokens: list[Token], language: Optional[str], shouting: bool
    ) -> Iterator[Entity]:
        for position, token in enumerate(tokens):
            longest = self._longest.get(token.plain, 0)
            for length in range(min(longest, len(tokens) - position), 0, -1):
                part = tokens[position : position + length]
                entries = self._entries.get(" ".join(word.plain for word in part), ())
                place = Place(tokens, position, length, language, shouting)
                entry = next(
                    (entry for entry in entries if self._rules.fit(entry, place, self._beside)),
                    None,
                )
                if entry is not None:
                    yield Entity(entry.entity, entry.value, part[0].start, part[-1].end, "")
                    break

    def _beside(self, entry: Entry, place: Place) -> bool:
        """Whether the municipality of a district is named next to it."""
        end = place.position + place.length
        near = (
            *place.tokens[max(0, place.position - _BESIDE) : place.position],
            *place.tokens[end : end + _BESIDE],
        )
        return any(
            other.entity == MUNICIPALITY and other.value in entry.codes
            for token in near
            if token.plain
            for other in self._entries.get(token.plain, ())
        )

    def _add(self, phrase: str, entry: Entry) -> None:
        is_key = phrase.isascii() and phrase.islower() and phrase.isalpha()
        key = phrase if is_key else phrase_key(phrase)
        if not key or entry in self._entries[key]:
            return
        if entry.kind == "beside":  # before the municipality of the same name
            self._entries[key].insert(0, entry)
        else:
            self._entries[key].append(entry)
        first, *rest = key.split(" ")
        self._longest[first] = max(self._longest[first], len(rest) + 1)

    def _fill(self, folder: Path, municipalities: Path) -> None:
        places = read_lists(folder / "municipalities.yml")
        districts = read_lists(folder / "districts.yml")
        languages = read_lists(folder / "languages.yml")
        situations = read_lists(folder / "situations.yml")
        connecting = read_lists(folder / "connecting_words.yml")
        self._rules.fill(places, districts, languages, situations, connecting)
        cyrillic = read_lists(folder / "cyrillic.yml")
        for form, entry in municipality_forms(places, read_lists(municipalities), cyrillic):
            self._add(form, entry)
        for form, entry in district_forms(districts, cyrillic):
            self._add(form, entry)
        self._fill_languages(languages)
        self._fill_situations(situations)
        ages = read_lists(folder / "ages.yml")
        self._ages = AgeFinder(ages)
        self._classes = SchoolClassFinder(read_lists(folder / "school_classes.yml"))
        self._dates = DateFinder(read_lists(folder / "dates.yml"))
        self._replies = Replies(folder, self._dates, ages.get("numbers"))

    def _fill_languages(self, lists: dict[str, Any]) -> None:
        for code, names in (lists.get("names") or {}).items():
            for language, phrases in names.items():
                for phrase in phrases:
                    name, _, mark = phrase.rpartition(" ")
                    only = frozenset({language}) if mark == "only" else frozenset()
                    self._add(name if only else phrase, Entry(LANGUAGE_NAME, code, languages=only))
        for code, language, name in language_names.names() if lists else ():
            for form in language_names.forms(language, name):
                self._add(form, Entry(LANGUAGE_NAME, code))

    def _fill_situations(self, lists: dict[str, Any]) -> None:
        weak = frozenset(map(phrase_key, lists.get("weak") or ()))
        for code, languages in (lists.get("situations") or {}).items():
            for phrases in languages.values():
                for phrase in phrases:
                    says_enough = phrase_key(phrase) not in weak and _says_enough(phrase)
                    self._add(phrase, Entry(SITUATION, code, "free" if says_enough else "word"))


def _says_enough(phrase: str) -> bool:
    """Whether a phrase is more than one word: more than two characters in Chinese."""
    words = phrase_key(phrase).split()
    return len(words) > (2 if re.match(rf"[{HAN}]", phrase) else 1)


@lru_cache(maxsize=4)
def _load(folder: Path, municipalities: Path) -> Gazetteers:
    gazetteers = Gazetteers()
    gazetteers._fill(folder, municipalities)
    return gazetteers
