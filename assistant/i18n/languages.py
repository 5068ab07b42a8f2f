"""The languages Kuntaopas serves: the one list that every other module reads.

It is data, `data/languages/languages.yml`, so that a language is added without code
(`kuntaopas languages add`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Optional

import yaml

from assistant.errors import KuntaopasError

SOURCE_LANGUAGE = "en"
FOLDER = Path(__file__).resolve().parents[2] / "data" / "languages"
FILE = FOLDER / "languages.yml"
DIRECTIONS = ("ltr", "rtl")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LanguagesError(KuntaopasError):
    """The list of languages cannot be read, or a language cannot be added to it."""


@dataclass(frozen=True)
class Language:
    """A served language.

    Attributes:
        code: of two or three letters, as CLDR has it.
        own_name: as its speakers call it.
        direction: `ltr` or `rtl`.
        script: its name in `assistant.i18n.scripts`.
        draft: texts may be missing; they are shown in English and say so.
        tokenizer: the language whose rules for words spaCy has; None for its general ones.
    """

    code: str
    own_name: str
    direction: str = "ltr"
    script: str = "Latin"
    draft: bool = False
    tokenizer: Optional[str] = None


def read_languages(path: Path = FILE) -> dict[str, Language]:
    """The languages of a file by their codes, in its order.

    Raises:
        LanguagesError: naming the entry that is wrong.
    """
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LanguagesError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(entries, list):
        raise LanguagesError(f"{path}: is not a list of languages")
    languages: dict[str, Language] = {}
    for entry in entries:
        language = _language(entry, path)
        if language.code in languages:
            raise LanguagesError(f"{path}: {language.code} is there twice")
        languages[language.code] = language
    if SOURCE_LANGUAGE not in languages or languages[SOURCE_LANGUAGE].draft:
        raise LanguagesError(f"{path}: {SOURCE_LANGUAGE}, in which the texts are, has to be there")
    return languages


def _language(entry: Any, path: Path) -> Language:
    try:
        language = Language(**entry)
    except TypeError as error:
        known = ", ".join(field.name for field in fields(Language))
        raise LanguagesError(f"{path}: {entry!r}: an entry has {known}") from error
    texts = (language.code, language.own_name, language.script, language.tokenizer or "xx")
    if not all(isinstance(text, str) and text for text in texts):
        # "no" is a boolean to YAML.
        raise LanguagesError(f"{path}: {entry!r}: names and codes are texts (in quotes)")
    if language.direction not in DIRECTIONS or not isinstance(language.draft, bool):
        raise LanguagesError(
            f"{path}: {language.code}: direction is ltr or rtl, draft true or false"
        )
    return language


LANGUAGES: dict[str, Language] = read_languages()
SERVED = tuple(LANGUAGES)
#: Languages whose texts are complete: the others are drafts.
COMPLETE = tuple(code for code, language in LANGUAGES.items() if not language.draft)


def direction(code: str) -> str:
    """`rtl` or `ltr`; an unknown language is shown left to right."""
    language = LANGUAGES.get(code)
    return language.direction if language else "ltr"


def served(code: object) -> str:
    """The served language of a code (`en-GB` is `en`); the source language if it is not served."""
    base = str(code or "").replace("_", "-").split("-")[0].lower()
    return base if base in LANGUAGES else SOURCE_LANGUAGE
