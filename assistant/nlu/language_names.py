"""How the languages are called in the served languages: CLDR's names and their usual forms."""

from __future__ import annotations

from typing import Iterator

from babel import Locale

from assistant.i18n.languages import SERVED
from assistant.nlu.finnish_cases import turkish_forms
from assistant.nlu.folding import fold

#: Languages that people ask for, beside the served ones.
OTHERS = ("vi", "sq", "ku", "ckb", "th", "ne", "bn", "am", "ti", "pl", "de", "pt")

_ESTONIAN = ("{} keel", "{} keeles", "{} keele", "{} keelt", "{} keelde", "{} keelne", "{}keelne")
_FINNISH_KIELI = ("kieli", "kielen", "kielellä", "kieltä", "kielinen", "kielisen", "kielistä",
                  "kielisiä", "kielelle", "tulkki", "tulkin", "tulkkia", "tulkkausta",
                  "kurssi", "kurssin", "kurssia", "kurssille", "kurssilla")  # fmt: skip


def _finnish(name: str) -> set[str]:
    forms = {name, f"{name}ksi", f"{name}a", f"{name}ä", f"{name}lla", f"{name}llä"}
    for kieli in _FINNISH_KIELI:
        forms |= {f"{name}n {kieli}", f"{name}n{kieli}"}
    return forms


def _slavic(name: str) -> set[str]:
    if name.endswith("ий"):
        return {name} | {name[:-2] + ending for ending in ("ом", "ого", "им", "ому", "и")}
    if name.endswith("ька"):
        return {name} | {name[:-1] + ending for ending in ("ою", "ої", "у", "ій")}
    return {name}


def _arabic(name: str) -> set[str]:
    bare = name.removeprefix("ال")
    forms = {name, bare, f"ب{name}", f"ل{bare}", f"لل{bare}", f"بال{bare}"}
    if bare.endswith("ية") and " " not in bare:
        masculine = bare[:-1]
        forms |= {masculine, f"ال{masculine}", f"بال{masculine}", f"ب{masculine}"}
    return forms


def forms(language: str, name: str) -> set[str]:
    """The forms of a language's name in a text in `language`."""
    if language == "fi":
        return _finnish(name)
    if language == "et":
        return {pattern.format(name) for pattern in _ESTONIAN}
    if language in ("ru", "uk"):
        return _slavic(name)
    if language == "ar":
        return _arabic(name)
    if language == "tr" and " " not in name:
        plain = fold(name)
        return {plain} | {form for form in turkish_forms(plain) if len(form) > len(plain) + 1}
    if language == "zh" and len(name) > 1 and name[-1] in "语文":
        return {name[:-1] + last for last in "语文話话語"}
    if language == "so":
        return {name, f"af {name}", f"af{name}", f"afka {name}"}
    return {name}


def names() -> Iterator[tuple[str, str, str]]:
    """Code of a language, language of the text, name."""
    for language in SERVED:
        known = Locale.parse(language).languages
        for code in (*SERVED, *OTHERS):
            if code in known:
                yield code, language, known[code]
