"""Reading single values of place registers: texts by language, dates, coordinates, telephones.

Nothing here raises: a value of the wrong type is as if it were not there.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, Optional

from assistant.catalogue.hours import ZONE
from assistant.catalogue.importers.base import (
    MAX_TEXT,
    language_code,
    plain_text,
    web_address,
    wgs84,
)
from assistant.catalogue.model import LocalizedText, Phone, clean
from assistant.catalogue.municipalities import Municipality, find_municipality
from assistant.catalogue.phones import parses

LANGUAGES = ("fi", "sv", "en")
#: What `plain_text` would change in a text in the usual form; most texts have none of it.
_UNUSUAL = re.compile("[<&\\x00-\\x08\\x0b-\\x1f\\x7f-\\xa0\\ud800-\\udfff]")
#: Range of ETRS-GK25 (EPSG:3879), whose eastings begin with the number of the zone.
GK25_EASTING = (25_200_000.0, 25_800_000.0)
GK25_NORTHING = (6_500_000.0, 7_900_000.0)
MAX_PHONES = 20
#: Words that say that a call or a visit costs nothing.
FREE = re.compile(
    r"\b(maksut(on|ta)|ilmai(nen|sta|seksi)|free( of charge)?|avgiftsfri(tt)?|kostnadsfri(tt)?"
    r"|gratis)\b",
    re.IGNORECASE,
)
_BETWEEN_NUMBERS = re.compile(r"[,;\n]|\s(?:tai|eller|or)\s|\s?/\s?")
_FEWEST_DIGITS_AFTER_SLASH = 6
_NO_DIGITS = re.compile(r"\D+")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def text_of(value: Any) -> str:
    """The plain text of a value; of Draft.js JSON in a string the texts of its blocks."""
    if not isinstance(value, str):
        return plain_text(value)
    if value[:1] == "{" and '"blocks"' in value:
        return plain_text(_draft_text(value))
    if _UNUSUAL.search(value) or not unicodedata.is_normalized("NFC", value):
        return plain_text(value)
    return value.strip()[:MAX_TEXT]


def _draft_text(value: str) -> str:
    try:
        blocks = json.loads(value)["blocks"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return value
    return "\n".join(text_of(block.get("text")) for block in items(blocks))


def items(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; nothing for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts(data: dict[str, Any], key: str) -> LocalizedText:
    """A text by language, written as `key: {fi: …}`, as `key_fi` or as a plain text."""
    value = data.get(key)
    found: LocalizedText = {}
    if isinstance(value, dict):
        for code, entry in value.items():
            text = text_of(entry)
            language = language_code(code) if text else ""
            if language:
                found[language] = text
    elif value is not None:
        text = text_of(value)
        if text:
            found["fi"] = text
    for language, name in _suffixed(key):
        entry = data.get(name)
        if entry is not None:
            text = text_of(entry)
            if text:
                found[language] = text
    return found


@lru_cache(maxsize=200)
def _suffixed(key: str) -> tuple[tuple[str, str], ...]:
    return tuple((language, f"{key}_{language}") for language in LANGUAGES)


def urls(data: dict[str, Any], key: str) -> LocalizedText:
    """Web addresses by language, only those that can be opened."""
    found = texts(data, key)
    return clean({language: web_page(text) for language, text in found.items()}) if found else {}


@lru_cache(maxsize=20_000)
def web_page(text: str) -> str:
    """A web address that is safe to open, or an empty text; languages often share a page."""
    return web_address(text)


def ids(value: Any) -> list[str]:
    """The ids of a list of numbers, texts or objects with an id."""
    found = []
    for item in value if isinstance(value, list) else ():
        known = identifier(item.get("id") if isinstance(item, dict) else item)
        if known:
            found.append(known)
    return list(dict.fromkeys(found))


def identifier(value: Any) -> Optional[str]:
    """`8215` of `8215`, `"8215"`, `8215.0` and `"tprek:8215"`; other short names as they are."""
    if type(value) is int:
        return str(value)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    text = str(value).strip().lower().rsplit(":", 1)[-1].removesuffix(".0")
    return text if _ID.fullmatch(text) else None


def day_of(value: Any) -> Optional[str]:
    """The date in Finland of a time stamp; one without a zone is in Finnish time already."""
    text = str(value).strip() if isinstance(value, str) else ""
    match = re.match(r"\d{4}-\d{2}-\d{2}", text)
    if match is None:
        return None
    stamp = re.sub(r"\.\d+", "", text).replace("Z", "+00:00").replace(" ", "T")
    for candidate in (stamp, match.group(0)):
        try:
            moment = datetime.fromisoformat(candidate)
            return (moment.astimezone(ZONE) if moment.tzinfo else moment).date().isoformat()
        except (ValueError, OverflowError):
            continue
    return None


def postal_code(value: Any) -> str:
    """Five digits; a spreadsheet or a number field may have lost the zeros in front."""
    text = text_of(value).removesuffix(".0")
    return text.zfill(5) if re.fullmatch(r"\d{1,5}", text) and int(text) else ""


# Coordinates --------------------------------------------------------------------------------


def point_of(northing: Any, easting: Any) -> Optional[tuple[float, float]]:
    """(latitude, longitude) of coordinates in WGS84, ETRS-TM35FIN or ETRS-GK25."""
    found = wgs84(northing, easting)
    if found is not None:
        return found
    try:
        north, east = float(str(northing)), float(str(easting))
    except ValueError:
        return None
    if not (
        GK25_NORTHING[0] <= north <= GK25_NORTHING[1] and GK25_EASTING[0] <= east <= GK25_EASTING[1]
    ):
        return None
    longitude, latitude = _from_gk25().transform(east, north)
    return wgs84(latitude, longitude)


@lru_cache(maxsize=1)
def _from_gk25() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:3879", "EPSG:4326", always_xy=True)


def first_point(geometry: Any) -> Optional[tuple[float, float]]:
    """(latitude, longitude) of the first point of a GeoJSON geometry, feature or collection."""
    for _ in range(4):
        if not isinstance(geometry, dict):
            return None
        inner = geometry.get("geometry") or next(
            (entry for key in ("features", "geometries") for entry in items(geometry.get(key))),
            None,
        )
        if inner is None:
            break
        geometry = inner
    pair: Any = geometry.get("coordinates") if isinstance(geometry, dict) else None
    for _ in range(6):
        if not isinstance(pair, list) or not pair:
            return None
        if not isinstance(pair[0], list):
            return point_of(pair[1], pair[0]) if len(pair) > 1 else None
        pair = pair[0]
    return None


# Telephones ---------------------------------------------------------------------------------


def phones_of(
    value: Any, charge_info: LocalizedText, label: Optional[LocalizedText] = None
) -> list[Phone]:
    """The numbers of a text with one or more numbers in it, each with what a call costs."""
    found = []
    text = text_of(value)
    for number in _numbers(text) if text else ():
        found.append(
            Phone(
                number=number,
                label=dict(label or {}),
                charge=call_charge(charge_info),
                charge_info=dict(charge_info),
            )
        )
    return found[:MAX_PHONES]


def _numbers(text: str) -> Iterator[str]:
    start = 0
    for match in [*_BETWEEN_NUMBERS.finditer(text), None]:
        part = text[start : match.start() if match else len(text)].strip()
        after_slash = start > 0 and "/" in text[max(0, start - 3) : start]
        start = match.end() if match else start
        digits = len(_NO_DIGITS.sub("", part))
        # `09 839 24500 / 24501`: what follows the slash is the end of a number, not a number.
        if after_slash and digits < _FEWEST_DIGITS_AFTER_SLASH:
            continue
        if digits > 2 and _parses(part):
            yield part


@lru_cache(maxsize=50_000)
def _parses(number: str) -> bool:
    return parses(number)


def call_charge(charge_info: LocalizedText) -> str:
    """`free`, `charged` or `unknown` from what a register says of the price of a call."""
    if not charge_info:
        return "unknown"
    return "free" if any(FREE.search(text) for text in charge_info.values()) else "charged"


def add_phones(phones: list[Phone], more: list[Phone]) -> None:
    """Add the numbers that are not there yet; a label is taken over by a number without one."""
    known = {digits_of(phone.number): phone for phone in phones}
    for phone in more:
        digits = digits_of(phone.number)
        if digits in known:
            known[digits].label = known[digits].label or phone.label
        else:
            known[digits] = phone
            phones.append(phone)


def digits_of(number: str) -> str:
    """The digits of a number in international form, to compare numbers by."""
    digits = _NO_DIGITS.sub("", number)
    return digits.removeprefix("358") if number.strip().startswith("+") else digits.lstrip("0")


# Municipalities -----------------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def municipality_named(name: str) -> Optional[Municipality]:
    """The municipality of a name, a code or a division id such as `…/kunta:helsinki`."""
    name = name.rsplit("kunta:", 1)[-1].strip()
    return find_municipality(name) if name else None
