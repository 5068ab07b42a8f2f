"""Checks every message catalogue against the texts in code and data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Optional

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from assistant.i18n.catalogs import LOCALES, po_path
from assistant.i18n.check.glossary import Glossary, check_terms, load_glossary
from assistant.i18n.check.leftovers import check_leftovers
from assistant.i18n.check.length import check_lengths
from assistant.i18n.check.problem import CheckResult, Problem
from assistant.i18n.check.readability import check_readability
from assistant.i18n.check.translation import check_translation
from assistant.i18n.languages import LANGUAGES, SERVED, SOURCE_LANGUAGE
from assistant.i18n.update import template


def check_locales(locales: Path = LOCALES, source: Optional[Catalog] = None) -> CheckResult:
    """Check every language against the texts in code and data.

    Texts that a draft language lacks are counted, and are no problem.
    """
    catalog = source or template()
    texts = [str(message.id) for message in catalog if message.id]
    glossary = load_glossary()
    result = CheckResult()
    for code in SERVED:
        if code == SOURCE_LANGUAGE:
            translations = {text: text for text in texts}
            result.problems.extend(check_readability(code, translations))
        else:
            try:
                translations = _translations(code, texts, locales)
            except _Unreadable as error:
                result.counts[code] = (0, len(texts))
                result.problems.append(error.problem)
                continue
            if not LANGUAGES[code].draft:
                result.problems.extend(
                    Problem(code, "not translated", text)
                    for text in texts
                    if text not in translations
                )
            result.problems.extend(check_language(code, translations, glossary))
        result.counts[code] = (len(translations), len(texts))
        result.translations[code] = translations
    return result


def check_language(
    code: str, translations: dict[str, str], glossary: Glossary
) -> Iterator[Problem]:
    """What is wrong with the translations of a language, text by text and together."""
    for source, translation in translations.items():
        yield from check_translation(code, source, translation)
        yield from check_leftovers(code, source, translation)
        yield from check_terms(code, source, translation, glossary)
    yield from check_lengths(code, translations)
    yield from check_readability(code, translations)


class _Unreadable(Exception):
    """A message catalogue that is not there or cannot be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def _translations(code: str, texts: list[str], locales: Path) -> dict[str, str]:
    path = po_path(code, locales)
    if not path.exists():
        raise _Unreadable(Problem(code, "missing file", path.name))
    try:
        with path.open("rb") as file:
            catalog = read_po(file, locale=code, abort_invalid=True)
    except Exception as error:  # a broken file is a fault to name, whatever is wrong with it
        problem = Problem(code, "unreadable file", path.name, str(error))
        raise _Unreadable(problem) from error
    translations: dict[str, str] = {}
    for text in texts:
        entry: Any = catalog.get(text)
        if entry is not None and entry.string:
            translations[text] = str(entry.string)
    return translations
