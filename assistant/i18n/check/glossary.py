"""One concept, one name: `data/languages/glossary.yml` says how each language names a concept.

Words inflect, so that the glossary has stems. A stem stands anywhere in a word (compounds,
articles); a stem of several words needs words that follow each other, each beginning so. `^`
before a stem begins a word, `$` after it ends one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import yaml

from assistant.errors import KuntaopasError
from assistant.i18n.check.problem import Problem
from assistant.i18n.check.words import FINNISH_TERMS, PLACEHOLDER
from assistant.i18n.languages import FOLDER

FILE = FOLDER / "glossary.yml"
#: The concept that is no term: a lost "not".
NEGATION = "not, no, nobody"
#: Stems of a concept that a message names.
NAMED = 4
FIELDS = ("concept", "english", "except", "official", "stems", "old", "old_english")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Zero-width joiners, direction marks and Arabic vowel marks are not part of a word's name.
_INVISIBLE = re.compile("[\u200b-\u200f\u2066-\u2069\u064b-\u0652\u0640]")
_ALIKE = str.maketrans({"’": "'", "ʼ": "'", "ي": "ی", "ى": "ی", "ك": "ک"})


class GlossaryError(KuntaopasError):
    """The glossary cannot be used; the message says what to mend."""


@dataclass(frozen=True)
class Concept:
    """A concept and its names.

    Attributes:
        name: for messages.
        english: finds it in a source text.
        excluded: phrases of a source text in which the same words mean something else.
        official: languages whose name is the official one of 2025.
        stems: per language, what finds its name in a translation.
        spelled: per language, the first stems as they are written in the glossary.
        old: per language, what finds an old name that must not stand alone.
        old_english: phrases of a source text that speak of the old thing.
    """

    name: str
    english: re.Pattern[str]
    excluded: Optional[re.Pattern[str]]
    official: frozenset[str]
    stems: dict[str, re.Pattern[str]]
    spelled: dict[str, str]
    old: dict[str, re.Pattern[str]] = field(default_factory=dict)
    old_english: Optional[re.Pattern[str]] = None


Glossary = tuple[Concept, ...]


@lru_cache(maxsize=4)
def load_glossary(path: Path = FILE) -> Glossary:
    """The concepts of a glossary.

    Raises:
        GlossaryError: naming the entry that is wrong.
    """
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GlossaryError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(entries, list):
        raise GlossaryError(f"{path}: is not a list of concepts")
    return tuple(_concept(entry, path) for entry in entries)


def _concept(entry: Any, path: Path) -> Concept:
    if not isinstance(entry, dict) or not {"concept", "english", "stems"} <= entry.keys():
        raise GlossaryError(f"{path}: {entry!r}: a concept has concept, english and stems")
    unknown = entry.keys() - set(FIELDS)
    if unknown:
        raise GlossaryError(f"{path}: {entry['concept']}: unknown field {', '.join(unknown)}")
    texts = [entry["concept"], entry["english"]]
    texts += [entry[name] for name in ("except", "old_english") if name in entry]
    for names in (entry["stems"], entry.get("old", {})):
        texts += [*names, *names.values()]
    for text in texts:
        if not text or not all(isinstance(item, str) and item for item in _listed(text)):
            # "no" is a boolean to YAML.
            raise GlossaryError(f"{path}: {entry['concept']}: {text!r}: texts only (in quotes)")
    stems = {code: _listed(value) for code, value in entry["stems"].items()}
    old = {code: _listed(value) for code, value in entry.get("old", {}).items()}
    return Concept(
        name=entry["concept"],
        english=_phrases(entry["english"]),
        excluded=_phrases(entry["except"]) if entry.get("except") else None,
        official=frozenset(entry.get("official", ())),
        stems={code: _stems(code, values) for code, values in stems.items()},
        spelled={code: ", ".join(values[:NAMED]) for code, values in stems.items()},
        old={code: _stems(code, values) for code, values in old.items()},
        old_english=_phrases(entry["old_english"]) if entry.get("old_english") else None,
    )


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _phrases(phrases: Any) -> re.Pattern[str]:
    """Whole English words, in the plural too; `*` is any ending."""
    found = [
        r"[ -]".join(re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
        for phrase in _listed(phrases)
    ]
    return re.compile(rf"\b(?:{'|'.join(found)})s?\b", re.IGNORECASE)


def _stems(language: str, stems: Sequence[str]) -> re.Pattern[str]:
    # An Arabic word may have the article, and a word before it, in front of it.
    between = r"\w*\W+(?:[وبلفک]?ال|لل)?" if language == "ar" else r"\w*\W+"
    patterns = []
    for stem in stems:
        words = [re.escape(word) for word in folded(stem.strip("^$"), language).split()]
        start, end = r"\b" if stem[0] == "^" else "", r"\b" if stem[-1] == "$" else ""
        patterns.append(start + between.join(words) + end)
    return re.compile("|".join(patterns))


def folded(text: str, language: str) -> str:
    """A text without differences that are none for a reader: case, joiners, vowel marks."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_ALIKE)
    if language == "tr":
        text = text.replace("İ", "i").replace("I", "ı")
    return text.casefold()


def check_terms(
    language: str, source: str, translation: str, glossary: Glossary
) -> Iterator[Problem]:
    """Concepts that a translation names in another way, or by an old name alone."""
    english, text = _bare(source), bare_text(translation, language)
    for concept in glossary:
        stems = concept.stems.get(language)
        if stems is None:
            continue
        old = concept.old.get(language)
        if old is not None and old.search(text) and not _means_the_old(concept, english):
            text_without = old.sub("|", text)
            if not stems.search(text_without):
                yield Problem(
                    language, "old term", source, f"{concept.name}: {concept.spelled[language]}"
                )
                continue
        if mentions(concept, source) and not stems.search(text):
            official = " (official)" if language in concept.official else ""
            detail = f"{concept.name}: {concept.spelled[language]}{official}"
            kind = "negation lost" if concept.name == NEGATION else "glossary"
            yield Problem(language, kind, source, detail)


def mentions(concept: Concept, source: str) -> bool:
    """Whether a source text speaks of a concept."""
    english = _bare(source)
    if concept.excluded is not None:
        english = concept.excluded.sub("|", english)
    return bool(concept.english.search(english))


def bare_text(translation: str, language: str) -> str:
    """A translation as stems are looked for in it: folded, without Finnish terms in brackets."""
    return folded(_bare(translation), language)


def _bare(text: str) -> str:
    return PLACEHOLDER.sub("|", FINNISH_TERMS.sub("|", text))


def _means_the_old(concept: Concept, english: str) -> bool:
    return concept.old_english is not None and bool(concept.old_english.search(english))
