"""All forms of the names of municipalities and districts, from the lists in `data/gazetteers`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assistant.nlu.cyrillic_names import spellings
from assistant.nlu.finnish_cases import finnish_forms, neighbour_forms, turkish_forms
from assistant.nlu.name_entries import DISTRICT, MUNICIPALITY, Entry
from assistant.nlu.words import phrase_key

#: The municipality of the demonstration, which no real list has.
DEMO = {"code": "999", "fi": "Esimerkkilä", "sv": "Exempelby"}
_LONG_ENOUGH = 6
_SURE_LETTERS = 4
#: Arabic and Persian write these in front of a name.
_ARABIC_PREFIXES = ("ب", "ل", "و", "ف", "وب", "ول", "من")
#: Endings of forms that may say "in", "from", "to" ("Kolariin", but "Kolarin" as well).
_LOCAL_ENDINGS = ("ssa", "sta", "lla", "lta", "lle", "seen", "in", "on", "un", "an")
#: The same without genitives: "Kallioon", but not "Kallion".
_LOCAL = re.compile(r"(?:ss|st|ll|lt)a$|lle$|([aeiouy])\1n$|h[aeiouy]n$|iin$")
_NORTHERN = frozenset({"et", "fi", "sv"})
_SLAVIC_SOFT = "аяеиіоуюєї"

Form = tuple[str, Entry]


def municipality_forms(
    lists: dict[str, Any], catalogue: dict[str, Any], cyrillic: dict[str, Any]
) -> Iterator[Form]:
    """Every form of every municipality (`municipalities.yml` of both folders)."""
    kinds = {
        phrase_key(name): kind for kind in ("word", "strict", "person") for name in lists[kind]
    }
    exact, never = lists.get("exact") or (), frozenset(map(phrase_key, lists.get("never") or ()))
    rows = list(catalogue.get("municipalities") or [])
    if not any(str(row["code"]) == DEMO["code"] for row in rows):
        rows.append(DEMO)
    for row in rows:
        code = str(row["code"])
        names = row.get("name") if isinstance(row.get("name"), dict) else row
        for name in dict.fromkeys((names["fi"], names["sv"])):
            kind = kinds.get(phrase_key(name), "free")
            entry = Entry(
                MUNICIPALITY,
                code,
                kind,
                languages=frozenset(lists["only"].get(name) or ()),
                spelled=name.lower(),
                exact=name in exact,
            )
            exception = lists["exceptions"].get(name) or {}
            forms = _municipality if name == names["fi"] else _swedish_municipality
            for form, made in forms(name, entry, exception):
                if phrase_key(form) not in never:
                    yield form, made
        yield from _cyrillic_forms(names["fi"], kinds, Entry(MUNICIPALITY, code), cyrillic)
    for code, languages in lists["names"].items():
        for language, written in languages.items():
            for name in written:
                kind = kinds.get(phrase_key(name), "free")
                yield from foreign_forms(language, name, Entry(MUNICIPALITY, str(code), kind))


def _municipality(name: str, plain: Entry, exception: dict[str, Any]) -> Iterator[Form]:
    first, last = _split(name)
    pairs = _pairs(exception)
    kind = plain.kind
    yield name, plain
    if exception.get("inflected") != "false":
        for form in finnish_forms(last, pairs):
            local = form.endswith(_LOCAL_ENDINGS)
            free = frozenset[str]() if local else plain.languages
            yield first + form, _with(plain, local, free if kind == "free" else _NORTHERN)
        short = len(last) + 1 < _LONG_ENOUGH or kind != "free"
        for form in neighbour_forms(last, pairs) if len(last) > 3 else ():
            yield first + form, _with(plain, True, _NORTHERN if short else frozenset())
        for form in turkish_forms(last) if kind in ("free", "word") else ():
            short = kind != "free" or len(form) < _LONG_ENOUGH + 2
            yield first + form, _with(plain, True, frozenset({"tr"}) if short else frozenset())
    for form in exception.get("forms") or ():
        yield form, plain if kind == "free" else _with(plain, True, frozenset())


def _swedish_municipality(name: str, plain: Entry, exception: dict[str, Any]) -> Iterator[Form]:
    """A Swedish name, its genitive, and Turkish endings."""
    yield name, plain
    if exception.get("inflected") != "false" and name[-1] != "s":
        yield name + "s", plain
    for form in turkish_forms(phrase_key(name)) if " " not in name else ():
        yield form, _with(plain, True, frozenset({"tr"}))
    for form in exception.get("forms") or ():
        yield form, plain if plain.kind == "free" else _with(plain, True, frozenset())


def _free(entry: Entry) -> Entry:
    return Entry(entry.entity, entry.value, codes=entry.codes)


def _with(plain: Entry, local: bool, languages: frozenset[str]) -> Entry:
    return replace(plain, local=local, languages=languages)


def _split(name: str) -> tuple[str, str]:
    """The words of a name that do not change, and the last one."""
    first, space, last = phrase_key(name).rpartition(" ")
    return first + space, last


def _pairs(exception: dict[str, Any]) -> frozenset[tuple[str, str]]:
    return frozenset((strong, weak) for strong, weak in exception.get("stems") or ())


def district_forms(lists: dict[str, Any], cyrillic: dict[str, Any]) -> Iterator[Form]:
    """Every form of every district (`districts.yml`)."""
    kinds = {
        phrase_key(name): kind
        for kind in ("word", "strict", "person", "beside")
        for name in lists.get(kind) or ()
    }
    codes: dict[str, list[str]] = defaultdict(list)
    for code, names in (lists.get("districts") or {}).items():
        for name in names:
            codes[name].append(str(code))
    never = frozenset(map(phrase_key, lists.get("never") or ()))
    for form, entry in _district_forms(lists, kinds, codes, cyrillic):
        if phrase_key(form) not in never:
            yield form, entry


def _district_forms(
    lists: dict[str, Any],
    kinds: dict[str, str],
    codes: dict[str, list[str]],
    cyrillic: dict[str, Any],
) -> Iterator[Form]:
    only = lists.get("only") or {}
    for names in (lists.get("districts") or {}).values():
        for name, others in names.items():
            here = tuple(codes[name])
            others = others if isinstance(others, dict) else {}
            kind = _district_kind(name, kinds)
            entry = Entry(DISTRICT, name, kind, codes=here, spelled=name.lower())
            yield from _district(name, entry, (lists.get("exceptions") or {}).get(name) or {})
            yield from _cyrillic_forms(name, kinds, replace(entry, spelled=""), cyrillic)
            for language, written in others.items():
                for other in written if isinstance(written, list) else [written]:
                    kind = _district_kind(other, kinds)
                    languages = frozenset(only.get(other) or ())
                    spelled = other.lower() if language in ("fi", "sv") else ""
                    entry = Entry(DISTRICT, name, kind, False, languages, here, spelled)
                    yield from foreign_forms(language, other, entry)


def _district_kind(name: str, kinds: dict[str, str]) -> str:
    key = phrase_key(name)
    short = key.isascii() and len(key) < _LONG_ENOUGH
    return kinds.get(key) or ("word" if short else "free")


def _district(name: str, plain: Entry, exception: dict[str, Any]) -> Iterator[Form]:
    first, last = _split(name)
    pairs = _pairs(exception)
    yield name, plain
    careful = plain.kind != "free"
    for form in finnish_forms(last, pairs):
        local = bool(_LOCAL.search(form))
        yield first + form, _with(plain, local, _NORTHERN if careful else frozenset())
    for form in neighbour_forms(last, pairs):
        yield first + form, _with(plain, True, _NORTHERN if careful else frozenset())
    for form in turkish_forms(last):
        yield first + form, _with(plain, True, frozenset({"tr"}))


def _cyrillic_forms(
    name: str, kinds: dict[str, str], entry: Entry, cyrillic: dict[str, Any]
) -> Iterator[Form]:
    """Russian and Ukrainian spellings of a name that is no common word."""
    if len(name) < _LONG_ENOUGH or not name.isalpha() or phrase_key(name) in kinds:
        return
    for language, tables in cyrillic.items():
        for spelling in spellings(name, tables):
            yield from foreign_forms(language, spelling, entry)


def foreign_forms(language: str, name: str, entry: Entry) -> Iterator[Form]:
    """The forms of a name as a language writes it."""
    yield name, entry
    if language in ("ar", "fa"):
        for prefix in _ARABIC_PREFIXES:
            # "In" says that a place is meant.
            is_place = prefix.endswith("ب") and len(name) >= _SURE_LETTERS
            yield prefix + name, _free(entry) if is_place else entry
    elif language in ("ru", "uk"):
        for form in slavic_forms(name):
            yield form, entry
    elif language == "sv" and not name.endswith("s"):
        yield name + "s", entry
    elif language == "fi":
        for form in finnish_forms(phrase_key(name)) | neighbour_forms(phrase_key(name)):
            yield form, entry


def slavic_forms(name: str) -> set[str]:
    """Cases of a Russian or Ukrainian name that ends in one -а or -я; others do not change."""
    if len(name) < 3 or name[-1] not in "ая" or name[-2] in _SLAVIC_SOFT:
        return set()
    endings = (
        ("ы", "и", "е", "і", "у", "ою", "ой")
        if name[-1] == "а"
        else ("и", "і", "е", "ю", "ею", "ей")
    )
    return {name[:-1] + ending for ending in endings}
