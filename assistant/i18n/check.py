"""`kuntaopas texts check`: completeness and health of the message catalogues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from assistant.i18n.catalogs import LOCALES, po_path
from assistant.i18n.languages import LANGUAGES, SERVED, SOURCE_LANGUAGE
from assistant.i18n.update import template

_PLACEHOLDER = re.compile(r"\{[a-z_]*\}")
_NUMBER = re.compile(r"\d[\d \u00a0]*\d|\d")
_BRACKETED = re.compile(r"\(([a-zåäö][a-zåäö -]+)\)")
_SCRIPTS = {
    "Cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "Arabic": re.compile(r"[\u0600-\u06ff]"),
    "Han": re.compile(r"[\u4e00-\u9fff]"),
    "Latin": re.compile(r"[A-Za-z]"),
}
#: A name is the term that some sources use and no official one has (domain rules).
FORBIDDEN = ("osaamisen ja kotoutumispalvelujen tarpeen arviointi",)
#: A translation is not this many times longer or shorter than its source.
LONGEST, SHORTEST, MIN_LENGTH = 3.0, 0.15, 20
#: Names that are written alike in every language.
NAMES = ("Job Market Finland (Työmarkkinatori)",)
#: Written alike in several languages: names of services, organisations and titles.
SAME_WORDS = 4


@dataclass(frozen=True)
class Problem:
    """One fault of one text in one language."""

    language: str
    kind: str
    message: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.language}: {self.kind}: {self.message!r} {self.detail}".rstrip()

    def as_dict(self) -> dict[str, str]:
        """For `--json`."""
        return asdict(self)


@dataclass
class CheckResult:
    """How complete each language is, and what is wrong."""

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def check_locales(locales: Path = LOCALES, source: Catalog | None = None) -> CheckResult:
    """Check every language against the texts in code and data."""
    wanted = source or template()
    texts = [str(message.id) for message in wanted if message.id]
    result = CheckResult()
    for code in SERVED:
        if code == SOURCE_LANGUAGE:
            result.counts[code] = (len(texts), len(texts))
            continue
        path = po_path(code, locales)
        if not path.exists():
            result.counts[code] = (0, len(texts))
            result.problems.append(Problem(code, "missing file", str(path.name)))
            continue
        try:
            with path.open("rb") as file:
                catalog = read_po(file, locale=code, abort_invalid=True)
        except Exception as error:  # a broken file is a fault to name, whatever is wrong with it
            result.counts[code] = (0, len(texts))
            result.problems.append(Problem(code, "unreadable file", str(path.name), str(error)))
            continue
        done = 0
        for text in texts:
            entry: Any = catalog.get(text)
            translation = str(entry.string or "") if entry is not None else ""
            if not translation:
                result.problems.append(Problem(code, "not translated", text))
                continue
            done += 1
            result.problems.extend(problems_of(code, text, translation))
        result.counts[code] = (done, len(texts))
    return result


def problems_of(language: str, source: str, translation: str) -> Iterator[Problem]:
    """What is wrong with one translation."""

    def problem(kind: str, detail: str = "") -> Problem:
        return Problem(language, kind, source, detail)

    if sorted(_PLACEHOLDER.findall(source)) != sorted(_PLACEHOLDER.findall(translation)):
        yield problem("placeholders differ", translation)
    if _digits(source) != _digits(translation):
        yield problem("numbers differ", translation)
    if any(term in translation.lower() for term in FORBIDDEN):
        yield problem("forbidden term", translation)
    if language not in ("fi", "sv"):
        lost = [term for term in _BRACKETED.findall(source) if term not in translation]
        if lost:
            yield problem("Finnish term lost", ", ".join(lost))
    if source in NAMES:
        return
    script = _SCRIPTS[LANGUAGES[language].script]
    letters = [character for character in translation if character.isalpha()]
    if letters and not script.search(translation) and len(source.split()) >= SAME_WORDS:
        yield problem("wrong script", translation)
    if translation == source and len(source.split()) >= SAME_WORDS:
        yield problem("left in English", "")
    ratio = len(translation) / len(source)
    # A Chinese character says about as much as three Latin letters.
    shortest = SHORTEST / 2 if LANGUAGES[language].script == "Han" else SHORTEST
    if len(source) >= MIN_LENGTH and not shortest <= ratio <= LONGEST:
        yield problem("length", f"{ratio:.2f} times the source")


def _digits(text: str) -> list[str]:
    return sorted(re.sub(r"\s", "", number) for number in _NUMBER.findall(text))
