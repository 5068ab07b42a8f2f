"""Adds a language to those that are served: an entry in the list, and an empty message catalogue.

Everything that is not given is asked of CLDR. The language is a draft until its texts are there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from assistant.i18n.catalogs import LOCALES, po_path
from assistant.i18n.languages import (
    DIRECTIONS,
    FILE,
    Language,
    LanguagesError,
    read_languages,
)
from assistant.i18n.scripts import NAMES, script_name
from assistant.i18n.update import template, update_catalog
from assistant.settings import PROJECT_ROOT

_CODE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Added:
    """What adding a language did."""

    language: Language
    #: Texts that wait for a translation.
    missing: int
    catalogue: Path


def described(
    code: str,
    own_name: Optional[str] = None,
    direction: Optional[str] = None,
    script: Optional[str] = None,
) -> Language:
    """A language as CLDR describes it, and as a person knows it better.

    Args:
        code: of two or three letters.
        own_name: as its speakers call it.
        direction: `ltr` or `rtl`.
        script: a name of `assistant.i18n.scripts.NAMES`.

    Raises:
        LanguagesError: if the code, or another value, cannot be used.
    """
    if not _CODE.fullmatch(code):
        raise LanguagesError(
            f"{code!r} is not the code of a language: give two or three letters, such as vi, "
            "without a country or a script"
        )
    try:
        locale = Locale.parse(code)
    except UnknownLocaleError:
        raise LanguagesError(
            f"CLDR, which writes dates and names, does not know the language {code!r}"
        ) from None
    if locale.language != code:
        raise LanguagesError(f"CLDR calls this language {locale.language!r}: use that code")
    if direction is not None and direction not in DIRECTIONS:
        raise LanguagesError(f"a direction is ltr or rtl, not {direction!r}")
    found = script or script_name(_script_code(code))
    if found not in NAMES:
        known = f"{script!r} is no script" if script else f"the script of {code} is not known"
        raise LanguagesError(f"{known}: --script takes one of {', '.join(NAMES)}")
    name = own_name or locale.languages.get(code)
    if not name:
        raise LanguagesError(f"CLDR has no own name of {code}: give it with --name")
    return Language(
        code=code,
        own_name=str(name).strip(),
        direction=direction or locale.text_direction,
        script=found,
        draft=True,
    )


def _script_code(code: str) -> str:
    """The script in which CLDR says that a language is usually written, such as `Cyrl`."""
    likely = str(get_global("likely_subtags").get(code, "")).split("_")
    return likely[1] if len(likely) > 1 else ""


def tokenizer_of(code: str) -> Optional[str]:
    """The code itself if spaCy has rules for the words of a language, without other packages."""
    import spacy

    try:
        spacy.blank(code)
    except ImportError:  # spaCy does not know the language, or needs a package that is not here
        return None
    return code


def entry(language: Language) -> str:
    """The line of a language in the list."""
    parts = [f"code: {_quoted(language.code)}", f"own_name: {_quoted(language.own_name)}"]
    if language.direction != "ltr":
        parts.append(f"direction: {language.direction}")
    if language.script != "Latin":
        parts.append(f"script: {language.script}")
    if language.tokenizer:
        parts.append(f"tokenizer: {_quoted(language.tokenizer)}")
    return "- {" + ", ".join([*parts, "draft: true"]) + "}\n"


def _quoted(text: str) -> str:
    """A text of YAML; a code such as `no` would be a boolean without quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def add_language(
    code: str,
    own_name: Optional[str] = None,
    direction: Optional[str] = None,
    script: Optional[str] = None,
    *,
    root: Path = PROJECT_ROOT,
    languages: Path = FILE,
    locales: Path = LOCALES,
) -> Added:
    """Add a language as a draft.

    The entry is written last: a language is served when everything else is there.

    Args:
        code: see `described`, as for the next three.
        own_name: where CLDR's is not the best.
        direction: where CLDR is wrong.
        script: where CLDR is wrong.
        root: of the project whose texts are to be translated.
        languages: the list.
        locales: the folder of all message catalogues.

    Raises:
        LanguagesError: if it cannot be added, or the list cannot be read.
    """
    if code in read_languages(languages):
        raise LanguagesError(
            f"{code} is served already: `kuntaopas languages list` shows how far it is"
        )
    language = described(code, own_name, direction, script)
    missing = update_catalog(code, template(root), locales)
    language = replace(language, tokenizer=tokenizer_of(code))
    before = languages.read_text(encoding="utf-8")
    gap = "" if before.endswith("\n") else "\n"
    languages.write_text(before + gap + entry(language), encoding="utf-8")
    return Added(language, missing, po_path(code, locales))
