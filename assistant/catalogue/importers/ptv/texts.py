"""Texts of PTV records: names that are shown, language versions, and Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from assistant.catalogue.importers.base import language_code
from assistant.catalogue.importers.values import entries, key, text, texts, truth
from assistant.catalogue.model import LocalizedText

ALTERNATIVE = ("alternativename", "alternatename")

_LINK = re.compile(r"!?\[([^\]\n]*)\]\(\s*<?([^\s()<>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+|mailto:[^<>\s]+)>")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]*)[*+][ \t]+", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}>\s?", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}([-*_])(?:\s*\1){2,}\s*$", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


def markdown(value: Any) -> str:
    """A text of v12, whose descriptions are Markdown, without its marks.

    A link is written as its words, with its address after them; list items keep a dash.
    """
    if isinstance(value, str):
        # An address in angle brackets would be taken for markup.
        value = _AUTOLINK.sub(r"\1", value)
    said = text(value)
    # Escaped marks are hidden while the others are taken away.
    said = _ESCAPE.sub(lambda match: f"\ue000{ord(match.group(1)):03d}", said)
    said = _LINK.sub(_link, said)
    said = _RULE.sub("", said)
    said = _HEADING.sub(r"\1", said)
    said = _QUOTE.sub("", said)
    said = _BULLET.sub(r"\1- ", said)
    said = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", said))
    said = re.sub(r"\ue000(\d{3})", lambda match: chr(int(match.group(1))), said)
    return re.sub(r"\n{3,}", "\n\n", said).strip()


def _link(match: re.Match[str]) -> str:
    words, address = match.group(1).strip(), match.group(2).removeprefix("mailto:")
    return address if words in ("", address) else f"{words} ({address})"


def display_names(value: Any, shown: Any) -> LocalizedText:
    """Names, with the alternative one where `displayNameType` says that it is shown."""
    names = texts(value, ("name", "")) or texts(value)
    others = texts(value, ALTERNATIVE)
    for item in entries(shown):
        kind = key(item.get("type") or item.get("value"))
        language = language_code(item.get("language"))
        wanted = [language] if "type" in item else list(others)
        for code in wanted:
            if kind in ALTERNATIVE and code in others:
                names[code] = others[code]
    return names


def language_versions(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(language, version) of a v12 record."""
    versions = data.get("languageVersions")
    for name, version in versions.items() if isinstance(versions, dict) else ():
        language = language_code(name)
        if language and isinstance(version, dict):
            yield language, version


def version_texts(
    data: dict[str, Any], fields: tuple[str, ...], convert: Callable[[Any], str] = text
) -> LocalizedText:
    """The first of some fields that has a text, in each language version."""
    found: LocalizedText = {}
    for language, version in language_versions(data):
        said = next((said for name in fields if (said := convert(version.get(name)))), "")
        if said:
            found[language] = said
    return found


def version_names(data: dict[str, Any]) -> tuple[LocalizedText, LocalizedText]:
    """(names that are shown, other names) of a v12 record."""
    names: LocalizedText = {}
    others: LocalizedText = {}
    for language, version in language_versions(data):
        name, other = text(version.get("name")), text(version.get("alternativeName"))
        if other and (truth(version.get("isAlternativeNamePrimary")) or not name):
            name, other = other, name
        for texts_of, said in ((names, name), (others, other)):
            if said:
                texts_of[language] = said
    return names, others
