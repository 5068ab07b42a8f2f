"""Message catalogues: gettext `.po` files read into memory.

`.po` files are read directly (no compiled `.mo` in git, none to forget). A message that has no
translation falls back to English and is counted.
"""

from __future__ import annotations

import gettext as _gettext
import io
import logging
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Optional

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from assistant.i18n.languages import SOURCE_LANGUAGE, served

logger = logging.getLogger(__name__)

LOCALES = Path(__file__).parent / "locales"
DOMAIN = "kuntaopas"

#: (language, message) -> how often a text was shown in English because it is not translated.
untranslated: Counter[tuple[str, str]] = Counter()
_PLACEHOLDER = re.compile(r"\{\w*\}")


def po_path(language: str, locales: Path = LOCALES) -> Path:
    """Where the message catalogue of a language lies."""
    return locales / language / "LC_MESSAGES" / f"{DOMAIN}.po"


class Translator:
    """The texts of one language."""

    def __init__(
        self, language: str, translations: Optional[_gettext.GNUTranslations] = None
    ) -> None:
        self.language = language
        self._translations = translations

    def gettext(self, message: str) -> str:
        """The message in this language, or the English message itself."""
        if self._translations is None or not message:
            return message
        text = str(self._translations.gettext(message))
        if text == message and not self._knows(message):
            untranslated[(self.language, message)] += 1
        return text

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The plural form that fits `count` in this language."""
        if self._translations is None:
            return singular if count == 1 else plural
        return str(self._translations.ngettext(singular, plural, count))

    def has(self, message: str) -> bool:
        """True when the message is shown in this language, not in English instead."""
        return self.language == SOURCE_LANGUAGE or self._knows(message)

    def _knows(self, message: str) -> bool:
        catalog: dict[object, str] = getattr(self._translations, "_catalog", {})
        return bool(catalog.get(message)) or (message, 0) in catalog


@cache
def translator(language: str, locales: Path = LOCALES) -> Translator:
    """The texts of a language, read once a process; English for a language that is not served."""
    code = served(language)
    path = po_path(code, locales)
    if code == SOURCE_LANGUAGE:
        return Translator(code)
    if not path.exists():
        logger.warning("no message catalogue for language %s", code)
        return Translator(code, _gettext.GNUTranslations(_empty_mo()))
    with path.open("rb") as file:
        catalog = read_po(file, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translator(code, _gettext.GNUTranslations(compiled))


def _empty_mo() -> io.BytesIO:
    from babel.messages.catalog import Catalog

    empty = io.BytesIO()
    write_mo(empty, Catalog())
    empty.seek(0)
    return empty


def in_english(text: str, language: str) -> bool:
    """Whether a text has parts in English because they are not translated into its language.

    Args:
        text: made of messages that this process has just looked up.
        language: of the text.
    """
    return any(
        code == language and _stands_in(message, text) for code, message in list(untranslated)
    )


def _stands_in(message: str, text: str) -> bool:
    """Whether a message stands in a text; its longest part where it has placeholders."""
    part = max(_PLACEHOLDER.split(message), key=len).strip()
    if part not in text or not any(map(str.isalpha, part)):
        return False
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None


def marked(message: str) -> str:
    """Mark a text for extraction where it is written, to be translated where it is shown."""
    return message
