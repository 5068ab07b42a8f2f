"""Finds municipalities, languages, children's ages and situations in a message, by lists and rules.

The lists are in `data/gazetteers`. All forms of a name are made when the lists are loaded and
looked up word by word. (spaCy's `PhraseMatcher` would do the same, but it keeps every word that a
person has ever written in its vocabulary, for as long as the process lives.)
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterable, Iterator, Optional, Union

import yaml

from assistant.nlu import language_names
from assistant.nlu.ages import AgeFinder
from assistant.nlu.finnish_cases import finnish_forms, neighbour_forms, turkish_forms
from assistant.nlu.folding import fold
from assistant.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "data" / "gazetteers"
MUNICIPALITIES = PROJECT_ROOT / "data" / "catalogue" / "municipalities.yml"
#: The municipality of the demonstration, which no real list has.
DEMO = {"code": "999", "fi": "Esimerkkilä", "sv": "Exempelby"}

MUNICIPALITY, LANGUAGE_NAME, CHILD_AGE, SITUATION = (
    "municipality",
    "language_name",
    "child_age",
    "situation",
)
_MARKS = r"\u0300-\u036f\u064b-\u065f\u0670\u0640"
_HAN = r"\u3400-\u9fff"
_TOKEN = re.compile(
    rf"\d+(?:[.,\u066b]\d+)?|[{_HAN}]|[^\W\d_{_HAN}](?:[^\W\d_{_HAN}]|[{_MARKS}])*|[\n!?\u061f\u3002\uff01\uff1f]|\.(?=\s)"
)
_LONG_ENOUGH = 6
#: Arabic and Persian write these in front of a name.
_ARABIC_PREFIXES = ("ب", "ل", "و", "ف", "وب", "ول", "من")


@dataclass(frozen=True)
class Entity:
    """Something found in a text; `start` and `end` count characters of the original text."""

    entity: str
    value: Union[str, int]
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Token:
    """A word as it stands (`text`) and folded (`plain`); punctuation has no `plain`."""

    text: str
    plain: str
    start: int
    end: int


@dataclass(frozen=True)
class _Entry:
    entity: str
    value: str
    #: `free`, `word` and `strict` (also a common word), `person` (also a person's name)
    kind: str = "free"
    #: The form has a case ending that says "in", "from", "to".
    local: bool = False
    #: Only in texts of these languages; empty means all.
    languages: frozenset[str] = frozenset()


def tokenize(text: str) -> list[Token]:
    """The words of a text. Chinese characters and numbers stand alone."""
    return [
        Token(match.group(), fold(match.group()), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


def _key(phrase: str) -> str:
    return " ".join(token.plain for token in tokenize(phrase) if token.plain)


def _read(path: Path) -> dict[str, Any]:
    # Words like "on" and "no" would be booleans to the usual loader: this one reads only strings.
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return content if isinstance(content, dict) else {}


class Gazetteers:
    """All lists, ready to be looked up. Use `Gazetteers.load()`."""

    def __init__(self) -> None:
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._longest: dict[str, int] = defaultdict(int)
        self._place_words: frozenset[str] = frozenset()
        self._place_nouns: frozenset[str] = frozenset()
        self._not_after: dict[str, frozenset[str]] = {}
        self._not_before: dict[str, tuple[str, ...]] = {}
        self._country_names: frozenset[str] = frozenset()
        self._connecting: frozenset[str] = frozenset()
        self._being: frozenset[str] = frozenset()
        self._ages = AgeFinder({})

    @classmethod
    def load(cls, folder: Path = FOLDER, municipalities: Path = MUNICIPALITIES) -> Gazetteers:
        """Read the lists and make all forms. The result is shared by all callers."""
        return _load(folder, municipalities)

    def find(self, text: str, language: Optional[str] = None) -> list[Entity]:
        """Everything found in a text, in order; of two that overlap, the longer one."""
        tokens = tokenize(text)
        shouting = text.isupper()
        found = list(self._names(tokens, language, shouting))
        found.extend(
            Entity(CHILD_AGE, years, start, end, text[start:end])
            for years, start, end in self._ages.find(tokens, language)
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
        return sorted(kept, key=lambda entity: entity.start)

    def only_entities(self, text: str, entities: Iterable[Entity]) -> bool:
        """True when a text has entities and, beside them, only small connecting words."""
        spans = [(entity.start, entity.end) for entity in entities]
        return bool(spans) and all(
            not token.plain
            or token.plain in self._connecting
            or any(start <= token.start and token.end <= end for start, end in spans)
            for token in tokenize(text)
        )

    def _names(
        self, tokens: list[Token], language: Optional[str], shouting: bool
    ) -> Iterator[Entity]:
        for position, token in enumerate(tokens):
            longest = self._longest.get(token.plain, 0)
            for length in range(min(longest, len(tokens) - position), 0, -1):
                part = tokens[position : position + length]
                key = " ".join(word.plain for word in part)
                entry = next(
                    (
                        entry
                        for entry in self._entries.get(key, ())
                        if self._fits(entry, tokens, position, length, language, shouting)
                    ),
                    None,
                )
                if entry is not None:
                    yield Entity(entry.entity, entry.value, part[0].start, part[-1].end, "")
                    break

    def _fits(
        self,
        entry: _Entry,
        tokens: list[Token],
        position: int,
        length: int,
        language: Optional[str],
        shouting: bool,
    ) -> bool:
        """Whether a form that was found means what the entry says."""
        if entry.languages and language is not None and language not in entry.languages:
            return False
        first = tokens[position]
        words = [token for token in tokens if token.plain]
        alone = len(words) == length
        before = tokens[position - 1].plain if position else ""
        after = tokens[position + length].plain if position + length < len(tokens) else ""
        capital = first.text[0].isupper() and not shouting
        starts_sentence = position == 0 or not tokens[position - 1].plain
        if after and after.startswith(self._not_before.get(first.plain, ())):
            return False
        if entry.entity == SITUATION:
            return (
                entry.kind == "free"
                or before in self._being
                or all(
                    token.plain in self._connecting
                    for token in (*tokens[:position], *tokens[position + length :])
                    if token.plain
                )
            )
        if entry.entity == LANGUAGE_NAME:
            if first.plain in self._country_names and capital and not starts_sentence:
                return False
            if after and after.startswith(self._not_before.get("*language", ())):
                return False
            return before not in self._not_after.get(first.plain, ())
        if entry.entity != MUNICIPALITY or entry.kind == "free":
            return True
        if alone or before in self._place_words or after in self._place_nouns:
            return True
        if entry.kind == "word" and language in ("fi", "sv"):
            return True
        if entry.local:
            return entry.kind == "person" or capital
        return entry.kind != "person" and capital and not starts_sentence

    def _add(self, phrase: str, entry: _Entry) -> None:
        key = _key(phrase)
        if not key or entry in self._entries[key]:
            return
        self._entries[key].append(entry)
        first, *rest = key.split(" ")
        self._longest[first] = max(self._longest[first], len(rest) + 1)

    def _fill(self, folder: Path, municipalities: Path) -> None:
        self._fill_municipalities(_read(folder / "municipalities.yml"), _read(municipalities))
        languages = _read(folder / "languages.yml") if (folder / "languages.yml").exists() else {}
        for code, names in (languages.get("names") or {}).items():
            for language, phrases in names.items():
                for phrase in phrases:
                    name, _, mark = phrase.rpartition(" ")
                    only = frozenset({language}) if mark == "only" else frozenset()
                    self._add(name if only else phrase, _Entry(LANGUAGE_NAME, code, languages=only))
        for code, language, name in language_names.names() if languages else ():
            for form in language_names.forms(language, name):
                self._add(form, _Entry(LANGUAGE_NAME, code))
        self._country_names = frozenset(map(_key, languages.get("country_names") or ()))
        self._not_before["*language"] = tuple(
            _key(word.rstrip("*")) for word in languages.get("not_before") or ()
        )
        self._not_after.update(
            {
                _key(name): frozenset(map(_key, words))
                for name, words in (languages.get("not_after") or {}).items()
            }
        )
        path = folder / "situations.yml"
        situations = _read(path) if path.exists() else {}
        self._being = frozenset(map(_key, situations.get("being") or ()))
        weak = frozenset(map(_key, situations.get("weak") or ()))
        for code, languages_ in (situations.get("situations") or {}).items():
            for phrases in languages_.values():
                for phrase in phrases:
                    says_enough = _key(phrase) not in weak and _says_enough(phrase)
                    kind = "free" if says_enough else "word"
                    self._add(phrase, _Entry(SITUATION, code, kind))
        path = folder / "ages.yml"
        self._ages = AgeFinder(_read(path) if path.exists() else {})
        path = folder / "connecting_words.yml"
        self._connecting = frozenset(
            token.plain
            for words in (_read(path) if path.exists() else {}).values()
            for word in words
            for token in tokenize(word)
        )

    def _fill_municipalities(self, data: dict[str, Any], catalogue: dict[str, Any]) -> None:
        self._place_words = frozenset(
            key for words in data["place_words"].values() for key in map(_key, words)
        )
        self._place_nouns = frozenset(map(_key, data["place_nouns"]))
        self._not_before.update(
            {_key(name): tuple(map(_key, words)) for name, words in data["not_before"].items()}
        )
        kinds = {_key(name): kind for kind in ("word", "strict", "person") for name in data[kind]}
        rows = list(catalogue.get("municipalities") or [])
        if not any(str(row["code"]) == DEMO["code"] for row in rows):
            rows.append(DEMO)
        for row in rows:
            code = str(row["code"])
            names = row.get("name") if isinstance(row.get("name"), dict) else row
            for name in dict.fromkeys((names["fi"], names["sv"])):
                self._add_municipality(code, name, kinds.get(_key(name), "free"), data)
        for code, languages in data["names"].items():
            for language, written in languages.items():
                for name in written:
                    self._add_foreign(str(code), language, name, kinds.get(_key(name), "free"))

    def _add_municipality(self, code: str, name: str, kind: str, data: dict[str, Any]) -> None:
        exception = data["exceptions"].get(name) or {}
        first, last = "", _key(name)
        if " " in last:
            first, last = last.rsplit(" ", 1)
            first += " "
        pairs = frozenset(tuple(pair) for pair in exception.get("stems") or ())
        only = frozenset(data["only"].get(name) or ())
        plain = _Entry(MUNICIPALITY, code, kind, languages=only)
        local = _Entry(MUNICIPALITY, code, kind, local=True)
        self._add(name, plain)
        if exception.get("inflected") != "false":
            for form in finnish_forms(last, pairs):
                entry = local if form.endswith(_LOCAL_ENDINGS) else plain
                self._add(first + form, entry if kind == "free" else _finnish(entry))
            short = len(last) + 1 < _LONG_ENOUGH or kind != "free"
            for form in neighbour_forms(last, pairs) if len(last) > 3 else ():
                allowed = frozenset({"et", "fi", "sv"}) if short else frozenset()
                self._add(first + form, _Entry(MUNICIPALITY, code, kind, True, allowed))
            for form in turkish_forms(last) if kind == "free" else ():
                allowed = frozenset({"tr"}) if len(form) < _LONG_ENOUGH + 2 else frozenset()
                self._add(first + form, _Entry(MUNICIPALITY, code, kind, True, allowed))
        for form in exception.get("forms") or ():
            self._add(form, plain if kind == "free" else _Entry(MUNICIPALITY, code, kind, True))

    def _add_foreign(self, code: str, language: str, name: str, kind: str) -> None:
        entry = _Entry(MUNICIPALITY, code, kind)
        self._add(name, entry)
        if language in ("ar", "fa"):
            for prefix in _ARABIC_PREFIXES:
                self._add(prefix + name, entry)
        elif language in ("ru", "uk"):
            for form in _slavic_forms(name):
                self._add(form, entry)
        elif language == "fi":
            for form in finnish_forms(_key(name)) | neighbour_forms(_key(name)):
                self._add(form, entry)


_LOCAL_ENDINGS = ("ssa", "sta", "lla", "lta", "lle", "seen", "in", "on", "un", "an")


def _finnish(entry: _Entry) -> _Entry:
    languages = frozenset({"fi", "sv", "et"})
    return _Entry(entry.entity, entry.value, entry.kind, entry.local, languages)


def _says_enough(phrase: str) -> bool:
    """Whether a phrase is more than one word: more than two characters in Chinese."""
    words = _key(phrase).split()
    return len(words) > (2 if re.match(rf"[{_HAN}]", phrase) else 1)


def _slavic_forms(name: str) -> set[str]:
    """Cases of a Russian or Ukrainian name that ends in one -а or -я; others do not change."""
    if len(name) < 3 or name[-1] not in "ая" or name[-2] in "аяеиіоуюєї":
        return set()
    endings = (
        ("ы", "и", "е", "і", "у", "ою", "ой")
        if name[-1] == "а"
        else ("и", "і", "е", "ю", "ею", "ей")
    )
    return {name[:-1] + ending for ending in endings}


@lru_cache(maxsize=4)
def _load(folder: Path, municipalities: Path) -> Gazetteers:
    gazetteers = Gazetteers()
    gazetteers._fill(folder, municipalities)
    return gazetteers
