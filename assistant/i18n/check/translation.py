"""What a translation has to keep of its source: placeholders, numbers, terms, the script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.i18n.check.problem import Problem
from assistant.i18n.check.words import FINNISH_TERM, PLACEHOLDER
from assistant.i18n.languages import LANGUAGES
from assistant.i18n.scripts import RANGES

_NUMBER = re.compile(r"\d[\d \u00a0]*\d|\d")
#: A name is the term that some sources use and no official one has (domain rules).
FORBIDDEN = ("osaamisen ja kotoutumispalvelujen tarpeen arviointi",)
#: Names that are written alike in every language.
NAMES = ("Job Market Finland (Työmarkkinatori)",)
#: Written alike in several languages: names of services, organisations and titles.
SAME_WORDS = 4


def check_translation(language: str, source: str, translation: str) -> Iterator[Problem]:
    """What one translation has lost of its source."""

    def problem(kind: str, detail: str = "") -> Problem:
        return Problem(language, kind, source, detail)

    if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(translation)):
        yield problem("placeholders differ", translation)
    if _digits(source) != _digits(translation):
        yield problem("numbers differ", translation)
    if any(term in translation.lower() for term in FORBIDDEN):
        yield problem("forbidden term", translation)
    if language not in ("fi", "sv"):
        lost = [term for term in FINNISH_TERM.findall(source) if term not in translation]
        if lost:
            yield problem("Finnish term lost", ", ".join(lost))
    if source in NAMES or len(source.split()) < SAME_WORDS:
        return
    if any(map(str.isalpha, translation)) and not _letters(language).search(translation):
        yield problem("wrong script", translation)
    if translation == source:
        yield problem("left in English", "")


def _digits(text: str) -> list[str]:
    return sorted(re.sub(r"\s", "", number) for number in _NUMBER.findall(text))


@cache
def _letters(language: str) -> re.Pattern[str]:
    """A letter of the language's script."""
    script = LANGUAGES[language].script
    ranges = [(first, last) for name, first, last in RANGES if name == script]
    return re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]")
