"""Decides whether a form found in a message means what the lists say, by the words around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from assistant.nlu.folding import fold
from assistant.nlu.name_entries import DISTRICT, LANGUAGE_NAME, PLACES, SITUATION, Entry
from assistant.nlu.words import Token, flat, phrase_key

#: In these languages place words stand before common words as well ("on kallio": "is a rock").
_NORDIC = ("fi", "sv", "et")
_MARKED = "äöåüõ"


@dataclass(frozen=True)
class Place:
    """Where in a message a form stands."""

    tokens: Sequence[Token]
    position: int
    length: int
    language: Optional[str]
    shouting: bool

    @property
    def first(self) -> Token:
        """The first word of the form."""
        return self.tokens[self.position]

    @property
    def before(self) -> str:
        """The word before the form."""
        return self.tokens[self.position - 1].plain if self.position else ""

    @property
    def after(self) -> str:
        """The word after the form."""
        end = self.position + self.length
        return self.tokens[end].plain if end < len(self.tokens) else ""

    @property
    def alone(self) -> bool:
        """Whether the message has no other word."""
        return sum(1 for token in self.tokens if token.plain) == self.length

    @property
    def capital(self) -> bool:
        """Whether a capital letter says that this is a name."""
        return self.first.text[0].isupper() and not self.shouting

    @property
    def starts_sentence(self) -> bool:
        """Whether a capital letter says nothing."""
        return self.position == 0 or not self.tokens[self.position - 1].plain

    def others(self) -> list[str]:
        """The words beside the form."""
        around = (*self.tokens[: self.position], *self.tokens[self.position + self.length :])
        return [token.plain for token in around if token.plain]


class NameRules:
    """The lists of words that decide (municipalities.yml, languages.yml, situations.yml)."""

    def __init__(self) -> None:
        self.connecting: frozenset[str] = frozenset()
        self._place_words: dict[str, frozenset[str]] = {}
        self._place_nouns: frozenset[str] = frozenset()
        self._place_endings: frozenset[str] = frozenset()
        self._district_nouns: tuple[str, ...] = ()
        self._not_after: dict[str, frozenset[str]] = {}
        self._not_before: dict[str, tuple[str, ...]] = {}
        self._never_before: dict[str, tuple[str, ...]] = {}
        self._country_names: frozenset[str] = frozenset()
        self._being: frozenset[str] = frozenset()

    def fill(
        self,
        municipalities: dict[str, Any],
        districts: dict[str, Any],
        languages: dict[str, Any],
        situations: dict[str, Any],
        connecting: dict[str, Any],
    ) -> None:
        """Take the words from the lists."""
        self._place_words = {
            language: frozenset(map(phrase_key, words))
            for language, words in (municipalities.get("place_words") or {}).items()
        }
        self._place_nouns = frozenset(map(phrase_key, municipalities.get("place_nouns") or ()))
        self._place_endings = frozenset(map(phrase_key, municipalities.get("place_endings") or ()))
        self._district_nouns = _beginnings(districts.get("place_nouns"))
        for name, words in (municipalities.get("not_before") or {}).items():
            self._not_before[phrase_key(name)] = _beginnings(words)
        for lists in (municipalities, districts):
            for entity, words in (lists.get("never_before") or {}).items():
                self._never_before[entity] = _beginnings(words)
        self._never_before[LANGUAGE_NAME] = _beginnings(languages.get("not_before"))
        self._country_names = frozenset(map(phrase_key, languages.get("country_names") or ()))
        for lists in (languages, municipalities):
            for name, words in (lists.get("not_after") or {}).items():
                self._not_after[phrase_key(name)] = frozenset(map(phrase_key, words))
        self._being = frozenset(map(phrase_key, situations.get("being") or ()))
        self.connecting = frozenset(
            word for phrase in flat(connecting) for word in phrase_key(phrase).split()
        )

    def fit(self, entry: Entry, place: Place, is_beside: Callable[[Entry, Place], bool]) -> bool:
        """Whether a form that was found means what the entry says.

        `is_beside` tells whether the municipality of an entry is named next to it.
        """
        if entry.languages and place.language is not None:
            if place.language not in entry.languages:
                return False
        if entry.spelled and not _same_letters(entry, place):
            return False
        if place.before in self._not_after.get(place.first.plain, ()):
            return False
        after = place.after
        if after and after.startswith(self._not_before.get(place.first.plain, ())):
            return False
        if after and after.startswith(self._never_before.get(entry.entity, ())):
            return False
        if entry.entity == SITUATION:
            return (
                entry.kind == "free"
                or place.before in self._being
                or all(word in self.connecting for word in place.others())
            )
        if entry.entity == LANGUAGE_NAME:
            is_country = place.first.plain in self._country_names
            return not (is_country and place.capital and not place.starts_sentence)
        if entry.entity not in PLACES or entry.kind == "free":
            return True
        if entry.kind == "beside" or (entry.entity == DISTRICT and is_beside(entry, place)):
            return is_beside(entry, place)
        if entry.entity == DISTRICT:
            return self._is_district(entry, place)
        return self._is_municipality(entry, place)

    def _is_municipality(self, entry: Entry, place: Place) -> bool:
        if place.alone or self._has_place_word(place) or place.after in self._place_nouns:
            return True
        if entry.kind == "word" and place.language in ("fi", "sv"):
            return True
        if entry.local or self._has_ending(place):
            return entry.kind == "person" or place.capital
        return entry.kind != "person" and place.capital and not place.starts_sentence

    def _is_district(self, entry: Entry, place: Place) -> bool:
        """Districts are less known: their common names need more than those of towns."""
        if place.alone:
            return True
        has_noun = bool(place.after) and place.after.startswith(self._district_nouns)
        has_place_word = self._has_place_word(place)
        supported = has_noun or has_place_word or entry.local or self._has_ending(place)
        if entry.kind == "word":
            return supported or (place.capital and not place.starts_sentence)
        if place.capital:
            return supported
        # "in kallio": a rock in the Nordic languages, nothing in others.
        foreign = place.language not in (*_NORDIC, None)
        return has_place_word and foreign and entry.kind != "person"

    def _has_place_word(self, place: Place) -> bool:
        """Whether a word like "in" stands before; a single letter counts only in its language."""
        return any(
            place.before in words
            for language, words in self._place_words.items()
            if place.language in (language, None) or len(place.before) > 1
        )

    def _has_ending(self, place: Place) -> bool:
        """Whether a case ending stands behind the name ("Lahti'den")."""
        return place.language == "tr" and place.after in self._place_endings


def _same_letters(entry: Entry, place: Place) -> bool:
    """Whether the text has no diacritics that the name has not ("lähti" and Lahti)."""
    if not entry.exact and place.first.text.isascii():
        return True
    words = place.tokens[place.position : place.position + place.length]
    written = " ".join(token.text.lower() for token in words)
    for letter, wanted in zip(written, entry.spelled):
        if letter == wanted:
            continue
        if fold(letter) != fold(wanted):
            break
        if letter in _MARKED or (entry.exact and wanted in _MARKED):
            return False
    return True


def _beginnings(words: Any) -> tuple[str, ...]:
    return tuple(phrase_key(str(word).rstrip("*")) for word in words or ())
