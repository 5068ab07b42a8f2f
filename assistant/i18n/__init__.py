"""Texts in the person's language: message catalogues, formatting, right-to-left."""

from assistant.i18n.catalogs import Translator, marked, translator
from assistant.i18n.languages import LANGUAGES, SERVED, SOURCE_LANGUAGE, direction, served

__all__ = [
    "LANGUAGES",
    "SERVED",
    "SOURCE_LANGUAGE",
    "Translator",
    "direction",
    "marked",
    "served",
    "translator",
]
