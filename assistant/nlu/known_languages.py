"""Which languages a message can be in, by its script: all from data, so that more can be added.

The served ones are in `data/languages/languages.yml`. `data/languages/<code>.txt`, one sentence a
line, shows how people write a language that has no training phrases, served or not. Until a served
language has enough of them, the names that CLDR has in it stand beside them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Optional

from babel import Locale

from assistant.i18n.languages import FOLDER, LANGUAGES
from assistant.nlu.romanisation import ROMANISED
from assistant.nlu.text import script_counts

#: Languages that a script names by itself, when none that is known is written in it.
_USUAL = {
    "Thai": "th",
    "Bengali": "bn",
    "Devanagari": "ne",
    "Ethiopic": "am",
    "Greek": "el",
    "Hebrew": "he",
    "Armenian": "hy",
    "Georgian": "ka",
    "Hangul": "ko",
    "Kana": "ja",
    "Tamil": "ta",
    "Sinhala": "si",
    "Gurmukhi": "pa",
    "Burmese": "my",
    "Khmer": "km",
}
#: With so many sentences a language is recognised without CLDR's names.
ENOUGH = 100
#: Shorter names are abbreviations.
SHORTEST_NAME = 2


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """(text, code) in the languages without training phrases: sentences, else names."""
    files = {path.stem: path for path in sorted(FOLDER.glob("*.txt"))}
    drafts = [code for code, language in LANGUAGES.items() if language.draft]
    return tuple(
        (text, code)
        for code in dict.fromkeys((*files, *drafts))
        for text in texts_of(code, files.get(code), code in drafts)
    )


def texts_of(code: str, path: Optional[Path], is_draft: bool) -> list[str]:
    """What shows how a language is written: its sentences, and names while a draft has few.

    Args:
        code: of the language.
        path: its file of sentences, if it has one.
        is_draft: whether it is served, perhaps without training phrases.
    """
    lines = path.read_text(encoding="utf-8").splitlines() if path is not None else []
    found = [line.strip() for line in lines if line.strip()]
    return found + cldr_names(code) if is_draft and len(found) < ENOUGH else found


def cldr_names(code: str) -> list[str]:
    """Names of languages, countries, currencies, months and days in a language."""
    locale = Locale.parse(code)
    names: list[str] = []
    for of in (locale.languages, locale.territories, locale.currencies):
        names.extend(map(str, of.values()))
    for context in ("format", "stand-alone"):
        names.extend(map(str, locale.months[context]["wide"].values()))
        names.extend(map(str, locale.days[context]["wide"].values()))
    return list(dict.fromkeys(name for name in names if len(name) > SHORTEST_NAME))


@cache
def languages_of(script: str) -> tuple[str, ...]:
    """Codes of the languages that a text in a script can be in."""
    found = [code for code, language in LANGUAGES.items() if language.script == script]
    if script == "Latin":
        found += ROMANISED
    found += [code for code, written in _scripts_of_sentences().items() if written == script]
    if not found and script in _USUAL:
        found = [_USUAL[script]]
    return tuple(dict.fromkeys(found))


@cache
def _scripts_of_sentences() -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for sentence, code in sentences():
        texts.setdefault(code, []).append(sentence)
    counts = {code: script_counts(" ".join(lines)) for code, lines in texts.items()}
    return {code: of.most_common(1)[0][0] for code, of in counts.items() if of}
