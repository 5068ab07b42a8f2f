"""How far each language is: texts that are translated, and texts that have been reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

from assistant.i18n.catalogs import LOCALES, po_path
from assistant.i18n.languages import SOURCE_LANGUAGE, Language
from assistant.i18n.review import reviewers, texts, translated


@dataclass(frozen=True)
class Coverage:
    """How many texts a message catalogue has, in translation, and reviewed."""

    texts: int = 0
    translated: int = 0
    reviewed: int = 0

    def state(self, language: Language) -> str:
        """In a word or two: `source`, `draft`, `not reviewed`, `partly reviewed` or `reviewed`."""
        if language.code == SOURCE_LANGUAGE:
            return "source"
        if language.draft:
            return "draft"
        if not self.reviewed:
            return "not reviewed"
        return "reviewed" if self.reviewed == self.texts else "partly reviewed"


def coverage_of(language: Language, locales: Path = LOCALES) -> Coverage:
    """What of a language's message catalogue is there, as `texts update` last left it.

    The texts are written in the source language: its figures are 0.
    """
    path = po_path(language.code, locales)
    if language.code == SOURCE_LANGUAGE or not path.exists():
        return Coverage()
    with path.open("rb") as file:
        catalog = read_po(file, locale=language.code)
    return Coverage(
        texts=len(texts(catalog)),
        translated=len(translated(catalog)),
        reviewed=len(reviewers(catalog)),
    )
