"""What a register says of its staff is dropped before anything else is read.

Registers of places name contact persons and their addresses. None of that reaches the catalogue,
neither its fields nor the payloads that are kept beside them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from assistant.catalogue.analysis import fold
from assistant.catalogue.importers.base import office_email

PERSON_KEYS = frozenset(("contact_person", "contactperson", "yhteyshenkilo", "yhteyshenkilot"))
EMAIL_KEYS = ("email", "sahkoposti")
#: Abbreviations in the addresses of offices: päiväkoti, daghem, leikkipuisto, nuorisotalo, …
ABBREVIATIONS = frozenset(
    ("pk", "pvk", "dh", "lpk", "ph", "lp", "nk", "ntalo", "kk", "ala", "yla", "aula", "vss")
)
MAX_DEPTH = 12
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?[(\[]at[)\]]\s?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",
    re.IGNORECASE,
)


def without_persons(data: dict[str, Any], name: str = "") -> dict[str, Any]:
    """A copy of a record without contact persons and without addresses of persons.

    Args:
        data: a record of a register, with records inside it.
        name: the name of the place, whose words make an address that looks like a person's
            (`pk.lappi@`) one of the office.
    """
    words = frozenset(re.findall(r"\w+", fold(name.casefold())))
    cleaned = _cleaned(data, words, 0)
    assert isinstance(cleaned, dict)
    return cleaned


def _cleaned(value: Any, words: frozenset[str], depth: int) -> Any:
    kind = type(value)
    if kind is str:
        return _text(value, words) if _suspect(value) else value
    if kind is list:
        return None if depth >= MAX_DEPTH else [_cleaned(item, words, depth + 1) for item in value]
    if kind is not dict:
        return value
    if depth >= MAX_DEPTH:
        return None
    person = ""
    found: dict[str, Any] = {}
    emails: list[str] = []
    for key, entry in value.items():
        of_person, of_email = _kind(key)
        if of_person:
            person = f"{person} {entry}" if entry else person
        elif of_email and isinstance(entry, str):
            found[key] = office_address(entry, words) if entry else entry
            emails.append(key)
        elif type(entry) is str:
            found[key] = _text(entry, words) if _suspect(entry) else entry
        else:
            found[key] = _cleaned(entry, words, depth + 1)
    if person:
        # The address beside a person's name is that person's, however it is written.
        found = {key: _without_name(entry, person) for key, entry in found.items()}
        found.update(dict.fromkeys(emails, ""))
    return found


@lru_cache(maxsize=2_000)
def _kind(key: Any) -> tuple[bool, bool]:
    """Whether a field names a person, and whether it is an e-mail address."""
    lowered = str(key).lower()
    return lowered in PERSON_KEYS, lowered.endswith(EMAIL_KEYS)


def _suspect(text: str) -> bool:
    return "@" in text or "(at)" in text or "[at]" in text


def _text(text: str, words: frozenset[str]) -> str:
    return _EMAIL.sub(lambda match: office_address(match.group(0), words), text)


@lru_cache(maxsize=20_000)
def office_address(value: str, words: frozenset[str] = frozenset()) -> str:
    """An address of an office, also one made of the name of the place; empty for others."""
    found = office_email(value)
    if found or "@" not in value:
        return found
    address = value.strip().lower()
    parts = set(re.split(r"[._-]", fold(address.split("@", 1)[0])))
    own = parts - ABBREVIATIONS
    if own != parts and own <= words and _EMAIL.fullmatch(address):
        return address
    return ""


def _without_name(value: Any, person: str) -> Any:
    """A text without the person's name, if the whole name is in it."""
    if not isinstance(value, str):
        return value
    names = [word for word in re.findall(r"[^\W\d_]+", person) if len(word) > 1]
    patterns = [re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in names[:5]]
    if not patterns or not all(pattern.search(value) for pattern in patterns):
        return value
    for pattern in patterns:
        value = pattern.sub("", value)
    return re.sub(r"\s{2,}", " ", value).strip(" ,;:-–")
