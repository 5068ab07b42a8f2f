"""Texts in the person's language: message catalogues, formatting, right-to-left."""

from assistant.i18n.catalogs import Translator, in_english, marked, translator
from assistant.i18n.languages import (
    COMPLETE,
    LANGUAGES,
    SERVED,
    SOURCE_LANGUAGE,
    direction,
    served,
)

__all__ = [
    "COMPLETE",
    "LANGUAGES",
    "SERVED",
    "SOURCE_LANGUAGE",
    "Translator",
    "direction",
    "in_english",
    "marked",
    "served",
    "translator",
]
