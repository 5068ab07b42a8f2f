"""Values of any type as a tolerant reader takes them: texts, dates, codes, without persons."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Optional

from assistant.catalogue.hours import ZONE
from assistant.catalogue.importers.base import (
    MAX_TEXT,
    language_code,
    office_email,
    plain_text,
)
from assistant.catalogue.model import LocalizedText
from assistant.catalogue.municipalities import find_municipality, municipality

#: Language of a text that does not say its own.
LANGUAGE = "fi"
#: Keys that make an object a set of texts by language. Not every short key is a language: `url`.
LANGUAGES = frozenset("fi sv en se smn sms ru uk et ar so fa tr zh es fr de".split())

_EMAIL = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
#: Keys of payloads that name a person.
_PERSONAL = re.compile(r"contactperson|contactinfo|createdby|modifiedby|username")
_PERSONAL_TEXT = re.compile(
    r"contact[\W_]*person|contact[\W_]*info|created[\W_]*by|modified[\W_]*by|user[\W_]*name", re.I
)
MAX_DEPTH = 60


class BadRecord(Exception):
    """A record that cannot be imported; its id is still seen unless it is left out on purpose."""

    def __init__(self, reason: str, record_id: Optional[str] = None) -> None:
        super().__init__(reason)
        self.record_id = record_id


def key(value: Any) -> str:
    """A name of an enumeration without capitals and marks: `FreeOfCharge` gives `freeofcharge`."""
    return _plain_key(value) if isinstance(value, str) else ""


@lru_cache(maxsize=4096)
def _plain_key(value: str) -> str:
    return re.sub(r"[^a-z0-9]", "", value.lower())


def text(value: Any) -> str:
    """A text without markup; of an editor's JSON (`{"blocks": [...]}`) the texts of its blocks.

    Addresses of persons in it are taken out.
    """
    if isinstance(value, str) and '"blocks"' in value and value.lstrip().startswith("{"):
        value = _editor_text(value)
    if isinstance(value, str) and _is_plain(value):
        plain = value.strip()
    else:
        plain = plain_text(value)
    if "@" in plain:
        plain = _without_persons(plain).strip()
    return plain


def _is_plain(value: str) -> bool:
    """True for the many texts that `plain_text` would not change."""
    return (
        len(value) < MAX_TEXT
        and value.replace("\n", "").isprintable()
        and not any(mark in value for mark in "<&")
        and unicodedata.is_normalized("NFC", value)
    )


def _editor_text(value: str) -> str:
    try:
        blocks = json.loads(value)["blocks"]
        return "\n".join(str(block["text"]) for block in blocks if block.get("text"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ""


def _without_persons(value: str) -> str:
    return _EMAIL.sub(lambda match: match.group(0) if office_email(match.group(0)) else "", value)


def entries(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, whatever the value is.

    A text becomes `{"value": text}`; an object by languages (`{"fi": "…", "sv": […]}`) becomes one
    entry for each text, with its language; any other object is a list of one.
    """
    if isinstance(value, list):
        found = []
        for item in value:
            if isinstance(item, dict):
                found.append(item)
            elif isinstance(item, str) and item.strip():
                found.append({"value": item, "language": LANGUAGE})
        return found
    if isinstance(value, str):
        return [{"value": value, "language": LANGUAGE}] if value.strip() else []
    if not isinstance(value, dict) or not value:
        return []
    if not LANGUAGES.issuperset(value):
        return [value]
    return [
        {**(item if isinstance(item, dict) else {"value": item}), "language": language}
        for language, items in value.items()
        for item in (items if isinstance(items, list) else [items])
        if item is not None
    ]


def texts(
    value: Any,
    kinds: Optional[Collection[str]] = None,
    field: str = "value",
    convert: Callable[[Any], str] = text,
) -> LocalizedText:
    """The texts of localised entries, the first one of each language.

    Args:
        value: see `entries`.
        kinds: only entries whose `type` (see `key`) is one of these.
        field: where an entry has its text.
        convert: cleans it.
    """
    found: LocalizedText = {}
    for item in entries(value):
        if kinds is None or key(item.get("type")) in kinds:
            language = language_code(item.get("language"))
            said = convert(item.get(field)) if language and language not in found else ""
            if said:
                found[language] = said
    return found


def words(value: Any) -> list[str]:
    """The different texts of a value that is a list, or one."""
    items = value if isinstance(value, list) else [value]
    found = [text(item.get("value") if isinstance(item, dict) else item) for item in items]
    return list(dict.fromkeys(word for word in found if word))


def languages_of(value: Any) -> list[str]:
    """The language codes of a list."""
    codes = [language_code(code) for code in value] if isinstance(value, list) else []
    return list(dict.fromkeys(code for code in codes if code))


def truth(value: Any) -> Optional[bool]:
    """True or false, also of `"true"`; None for anything else."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(key(value))


def municipality_code(value: Any) -> Optional[str]:
    """The code of `{code}`, `"491 Mikkeli"`, `491` or a name; None if it is not known."""
    if isinstance(value, dict):
        names = texts(value.get("name")).values()
        candidates = [value.get("code"), value.get("municipalityCode"), *names]
        found = (municipality_code(item) for item in candidates if not isinstance(item, dict))
        return next((code for code in found if code), None)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    said = str(value).strip()
    match = re.match(r"^(\d{1,3})\b", said)
    known = municipality(match.group(1)) if match else find_municipality(said) if said else None
    return known.code if known else None


def local_date(value: Any) -> Optional[str]:
    """The date in Finland of a time stamp; those without a zone are in Finnish time already."""
    said = value.strip() if isinstance(value, str) else ""
    match = re.match(r"^\d{4}-\d{2}-\d{2}", said)
    if match is None:
        return None
    try:
        date.fromisoformat(match.group(0))
        moment = datetime.fromisoformat(re.sub(r"\.\d+", "", said).replace("Z", "+00:00"))
    except ValueError:
        return match.group(0) if _is_date(match.group(0)) else None
    try:
        return moment.astimezone(ZONE).date().isoformat() if moment.tzinfo else match.group(0)
    except OverflowError:
        return match.group(0)


def _is_date(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def without_persons(payload: Any) -> Any:
    """A payload without names and addresses of persons.

    What is nested too deep to be a record is left out.
    """
    try:
        # Most payloads have none, and a look at the text is much faster than one at every value.
        said = json.dumps(payload, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        said = "@"
    if "@" in said or _PERSONAL_TEXT.search(said):
        return _scrubbed(payload, 0)
    return payload


def _scrubbed(payload: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        return None
    if isinstance(payload, dict):
        return {
            name: _scrubbed(value, depth + 1)
            for name, value in payload.items()
            if not _PERSONAL.search(key(name))
        }
    if isinstance(payload, list):
        return [_scrubbed(item, depth + 1) for item in payload]
    if isinstance(payload, str) and "@" in payload:
        return _without_persons(payload)
    return payload
