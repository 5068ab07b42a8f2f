"""Names of months in the served languages: CLDR's, their cases, and those of `dates.yml`."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, Iterator, NamedTuple

from babel import Locale

from assistant.i18n.languages import SERVED
from assistant.nlu.folding import fold
from assistant.nlu.phrases import Phrases
from assistant.nlu.words import HAN, phrase_key

#: Arabic prefixes make other words of names of so few letters ("باب", a door).
_SHORT_NAME = 3
#: How much a name says by itself: a full name, one that is another word too, an abbreviation.
SURE, WEAK, SHORT = "sure", "weak", "short"

_FINNISH = ("n", "ta", "ssa", "sta", "hun", "lla", "lta", "lle", "ksi", "na", "t", "s", "st")
_ESTONIAN = ("", "s", "st", "sse", "l", "lt", "le", "ks", "ni", "kuu", "kuus", "kuust", "kuuni",
             "kuul", "kuuks", "t")  # fmt: skip
_RUSSIAN_SOFT = ("ь", "я", "е", "ю", "ем")
_RUSSIAN_HARD = ("", "а", "е", "у", "ом")
_UKRAINIAN_SOFT = ("я", "і", "ю", "ем")
_TURKISH = ("da", "de", "ta", "te", "dan", "den", "tan", "ten", "a", "e")
_ARABIC_PREFIXES = ("ب", "ل", "و", "ف")


class Month(NamedTuple):
    """A month, how sure its name is, and the languages that call it so."""

    number: int
    kind: str
    languages: frozenset[str]


def month_names(data: dict[str, Any]) -> Phrases[Month]:
    """Every form of every name, with the month it stands for."""
    weak = frozenset(map(phrase_key, data.get("weak_months") or ()))
    found: dict[str, tuple[int, str]] = {}
    languages: dict[str, set[str]] = defaultdict(set)
    for language, number, name, kind in _all_names(data):
        key = phrase_key(name)
        found.setdefault(key, (number, WEAK if key in weak else kind))
        languages[key].add(language)
    return Phrases(
        (key, Month(number, kind, frozenset(languages[key])))
        for key, (number, kind) in found.items()
    )


def _all_names(data: dict[str, Any]) -> Iterator[tuple[str, int, str, str]]:
    """Language, number, form and kind; full names come first."""
    short = frozenset(map(phrase_key, data.get("verbs") or ())) | frozenset(
        map(phrase_key, data.get("short_names") or ())
    )
    for language in SERVED:
        listed = ((data.get("months") or {}).get(language) or {}).items()
        extra = [(int(number), name) for number, names in listed for name in names]
        for number, name in (*_full_names(language), *extra):
            for form in _forms(language, name):
                yield language, number, form, SHORT if phrase_key(form) in short else SURE
    for language in SERVED:
        listed = ((data.get("short_months") or {}).get(language) or {}).items()
        extra = [(int(number), name) for number, names in listed for name in names]
        for number, name in (*_short_names(language), *extra):
            yield language, number, name, SHORT


def _full_names(language: str) -> Iterator[tuple[int, str]]:
    for context in ("stand-alone", "format"):
        yield from _cldr(language, context, "wide")


def _short_names(language: str) -> Iterator[tuple[int, str]]:
    # The Finnish ones are words: oak, pearl, summer, life.
    if language != "fi":
        yield from _cldr(language, "format", "abbreviated")


def _cldr(language: str, context: str, width: str) -> Iterator[tuple[int, str]]:
    if language == "zh":  # numbers: the patterns of `dates` read them
        return
    for number, name in Locale.parse(language).months[context][width].items():
        # Babel gives Chinese names, or numbers such as M01, for languages that have none of their
        # own in a context.
        if not re.search(rf"[{HAN}]|^M\d\d$", name):
            yield int(number), str(name).rstrip(".")


def _forms(language: str, name: str) -> set[str]:
    """The case forms of a full name."""
    plain = fold(name)
    if language == "fi" and plain.endswith("kuu"):
        return {plain} | {plain + ending for ending in _FINNISH}
    if language == "et":
        stem = plain if plain[-1] in "aeiou" else re.sub(r"e(?=r$)", "", plain) + "i"
        return {plain} | {stem + ending for ending in _ESTONIAN}
    if language == "ru" and name[-1] == "ь":
        return {name[:-1] + ending for ending in _RUSSIAN_SOFT}
    if language == "ru" and name[-1] == "т":
        return {name + ending for ending in _RUSSIAN_HARD}
    if language == "ru" and name == "май":
        return {name, "мая", "мае", "маю", "маем"}
    if language == "uk" and name[-1] == "я":
        return {name[:-1] + ending for ending in _UKRAINIAN_SOFT}
    if language == "uk" and name.endswith("ого"):
        return {name, name[:-3] + "ому", name[:-3] + "им"}
    if language == "uk" and name.endswith("да"):
        return {name, name[:-1] + "і", name[:-1] + "ом", name[:-1] + "у"}
    if language == "ar":
        prefixes = _ARABIC_PREFIXES if len(plain) > _SHORT_NAME else ()
        return {name} | {prefix + name for prefix in prefixes}
    if language == "tr":
        return {plain} | {plain + ending for ending in _TURKISH}
    return {name}
