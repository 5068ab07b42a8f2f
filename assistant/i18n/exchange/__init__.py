"""Texts for translators who do not use git: spreadsheets, `.po` and XLIFF, out and back in."""

from assistant.i18n.exchange.errors import ExchangeError
from assistant.i18n.exchange.export import ONLY, export_texts
from assistant.i18n.exchange.importing import import_texts
from assistant.i18n.exchange.outcome import LanguageOutcome, Outcome

__all__ = ["ONLY", "ExchangeError", "LanguageOutcome", "Outcome", "export_texts", "import_texts"]
