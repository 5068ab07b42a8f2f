"""Values of Open Referral HSDS records: texts, dates, ages, languages, areas and costs.

Publishers give any type for any field, so every function takes any value and gives something
empty for what it cannot read.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, Optional

from babel import Locale
from babel.core import get_global

from assistant.catalogue.analysis import fold
from assistant.catalogue.importers.base import MAX_TEXT, plain_text
from assistant.catalogue.model import (
    LIMITED,
    NATIONWIDE,
    NATIONWIDE_EX_ALAND,
    Area,
)
from assistant.catalogue.municipalities import find_municipality, municipalities, municipality

MAX_AGE = 150
#: Years out of this range are mistakes, or mean that there is no end.
FIRST_YEAR, LAST_YEAR = 1900, 2200
MAX_DEPTH = 20
#: Languages in whose words publishers name languages.
_NAMED_IN = ("en", "fi", "sv", "fr", "es", "de")
#: Languages that publishers name in the language itself.
_WITH_OWN_NAME = (
    *("fi", "sv", "en", "et", "ru", "uk", "ar", "fa", "so", "ku", "tr", "zh", "es", "fr", "de"),
    *("pl", "vi", "th", "sq", "ro", "bg", "hu", "hi", "ur", "bn", "ne", "am", "ti", "pt", "it"),
    *("nl", "da", "nb", "is", "lv", "lt", "el", "he", "ja", "ko", "ta", "sw", "sr", "hr", "bs"),
    *("cy", "ga", "gd", "ps", "se", "ckb"),
)
#: Names that CLDR does not have.
_OTHER_NAMES = {
    "farsi": "fa",
    "dari": "fa",
    "mandarin": "zh",
    "cantonese": "yue",
    "sorani": "ckb",
    "kurmanji": "ku",
    "tagalog": "fil",
    "mainland chinese": "zh",
    "bengali": "bn",
    "sign language": "sgn",
    "finnish sign language": "fse",
    "viittomakieli": "sgn",
    "suomalainen viittomakieli": "fse",
    "selkosuomi": "fi",
}
WHOLE_COUNTRY = {
    *("finland", "suomi", "all of finland", "whole of finland", "the whole country"),
    *("whole country", "nationwide", "national", "koko suomi", "koko maa", "valtakunnallinen"),
    *("hela landet", "hela finland", "riksomfattande", "fi", "fin"),
}
WITHOUT_ALAND = {
    *("finland except aland", "finland except the aland islands", "manner-suomi"),
    *("finland excluding aland", "nationwide except the aland islands", "fasta finland"),
}
FREE = {
    *("free", "free of charge", "no charge", "no cost", "no fee", "no fees", "none", "0", "0.00"),
    *("free to use", "free service", "this service is free", "the service is free", "free for all"),
    *("maksuton", "ilmainen", "palvelu on maksuton", "avgiftsfri", "gratis", "kostnadsfri"),
    *("this service is free of charge", "the service is free of charge"),
}
CHARGED = {
    *("charged", "chargeable", "fee", "fees apply", "charges apply", "there is a charge"),
    *("maksullinen", "palvelu on maksullinen", "avgiftsbelagd"),
}
#: What has to be taken out of a text or read in another way; most texts of ASCII have nothing.
_UNCLEAN = re.compile(r"[<&{\x00-\x08\x0b-\x1f\x7f]")
_MONEY = re.compile(
    r"(?:[€£$]\s*(\d+(?:[.,]\d+)?))|(?:\b(\d+(?:[.,]\d+)?)\s*(?:€|£|e\b|eur\b|euros?\b|euroa\b|gbp\b))",
    re.IGNORECASE,
)


def text_of(value: Any) -> str:
    """A text without markup; of Draft.js content in a string, its texts."""
    if value is None:
        return ""
    if isinstance(value, str) and value.isascii() and not _UNCLEAN.search(value):
        return value.strip()[:MAX_TEXT]
    text = plain_text(value)
    if text.startswith("{") and '"blocks"' in text:
        try:
            blocks = json.loads(str(value)).get("blocks")
        except (ValueError, RecursionError):
            return text
        if isinstance(blocks, list):
            lines = [plain_text(item.get("text")) for item in blocks if isinstance(item, dict)]
            return "\n".join(line for line in lines if line)
    return text


def first_text(record: dict[str, Any], *names: str) -> str:
    """The text of the first of these fields that has one."""
    return next((text for name in names if (text := text_of(record.get(name)))), "")


def identifier(value: Any) -> str:
    """An id: a text or a whole number; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return text_of(value).split("\n")[0][:200]


def children(record: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    """The objects in these fields, whether they hold a list or one object.

    A text in such a list is taken as an object with that name, as in `languages: ["en"]`.
    """
    found: list[dict[str, Any]] = []
    for name in names:
        value = record.get(name)
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, dict):
                found.append(item)
            elif isinstance(item, str) and item.strip():
                found.append({"name": item})
    return found


def child(record: dict[str, Any], *names: str) -> dict[str, Any]:
    """The first object in these fields; empty if there is none."""
    return next(iter(children(record, *names)), {})


def number(value: Any) -> Optional[float]:
    """A number, also one in a text; None if it is not one."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(str(value).strip().replace(",", "."))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def whole(value: Any) -> Optional[int]:
    """A whole number, None for anything else."""
    found = number(value)
    return int(found) if found is not None and found == int(found) else None


def flag(value: Any) -> bool:
    """True for `true`, `1`, `yes` and the like."""
    return str(value).strip().lower() in ("true", "1", "1.0", "yes", "y", "t", "x")


def day(value: Any) -> Optional[date]:
    """The date of `2026-11-24`, `20261124`, a date with a time, or `24/11/2026 00:00:00`.

    The last form is that of Open Referral UK V1.0, always with the day first and a time. A date
    with slashes and no time could be either way round, so it is not read.
    """
    text = text_of(value)
    british = re.match(r"^(\d{2})/(\d{2})/(\d{4}) \d", text)
    iso = re.match(r"^(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?!\d)", text)
    if british:
        parts = (british.group(3), british.group(2), british.group(1))
    elif iso:
        parts = (iso.group(1), iso.group(2), iso.group(3))
    else:
        return None
    try:
        found = date(*(int(part) for part in parts))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def age_range(*records: dict[str, Any]) -> tuple[Optional[int], Optional[int]]:
    """(youngest, oldest) of the first record that has ages; what cannot be an age is left out."""
    for record in records:
        low, high = (whole(record.get(name)) for name in ("minimum_age", "maximum_age"))
        low = low if low is not None and 0 <= low <= MAX_AGE else None
        high = high if high is not None and 0 <= high <= MAX_AGE else None
        if low is not None and high is not None and low > high:
            continue
        if low is not None or high is not None:
            return low, high
    return None, None


# Languages ----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for code in _NAMED_IN:
        for language, name in Locale(code).languages.items():
            if re.fullmatch(r"[a-z]{2,3}", language):
                names.setdefault(fold(name.casefold()), language)
    for code in _WITH_OWN_NAME:
        own = Locale(code).get_language_name(code)
        if own:
            names.setdefault(fold(own.casefold()), code)
    return names | _OTHER_NAMES


@lru_cache(maxsize=1)
def _known_codes() -> frozenset[str]:
    codes = (str(code) for code in Locale("en").languages)
    return frozenset(code for code in codes if re.fullmatch(r"[a-z]{2,3}", code))


def language_iso(value: Any) -> str:
    """The code of a language by its code (`so`, `som`, `so-FI`) or name; empty if unknown."""
    return _language_iso(text_of(value).strip(".").casefold()[:80])


@lru_cache(maxsize=4096)
def _language_iso(text: str) -> str:
    code = text.replace("_", "-").split("-")[0]
    if re.fullmatch(r"[a-z]{2,3}", code):
        alias = get_global("language_aliases").get(code, code).split("_")[0]
        if alias in _known_codes():
            return alias
    name = fold(re.sub(r"\s*\(.*", "", text))
    return _language_names().get(name) or _language_names().get(
        re.sub(r" (language|kieli)$", "", name), ""
    )


def languages_in(items: list[dict[str, Any]]) -> list[str]:
    """The codes of the languages that records of the table `language` name."""
    found: list[str] = []
    for item in items:
        code = language_iso(item.get("code"))
        if code:
            found.append(code)
            continue
        names = first_text(item, "name", "language")
        for name in re.split(r"[,;/&|\n]|\band\b|\bja\b|\boch\b", names):
            found.append(language_iso(name))
    return list(dict.fromkeys(code for code in found if code))


# Areas --------------------------------------------------------------------------------------


def area_of(items: list[dict[str, Any]], fallback: list[str]) -> Area:
    """The area of records of the table `service_area`.

    Args:
        items: the records.
        fallback: codes of municipalities for a service none of whose areas is known.
    """
    codes: set[str] = set()
    scope = ""
    for item in items:
        for text in _area_names(item):
            name = fold(text.casefold())
            if name in WHOLE_COUNTRY:
                scope = NATIONWIDE
            elif name in WITHOUT_ALAND:
                scope = scope or NATIONWIDE_EX_ALAND
            else:
                codes.update(_municipality_codes(text))
    if scope:
        return Area(scope)
    return Area(LIMITED, sorted(codes or fallback))


def _area_names(item: dict[str, Any]) -> Iterator[str]:
    for name in ("name", "service_area", "extent", "uri"):
        text = text_of(item.get(name))
        if not text or len(text) > 2000 or text.startswith(("{", "[")):
            continue
        if name == "uri":
            yield text.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
            continue
        yield text
        for part in re.split(r"[,;\n]|\band\b|\bja\b|\boch\b", text):
            if part.strip() and part.strip() != text:
                yield part.strip()


@lru_cache(maxsize=4096)
def _municipality_codes(text: str) -> tuple[str, ...]:
    """The codes of a municipality or region by name, or of a code of three digits."""
    name = text.strip().strip(".")
    if re.fullmatch(r"\d+", name):
        # A shorter number may be anything, such as the distance that can be travelled.
        found = municipality(name) if len(name) == 3 else None
        return (found.code,) if found else ()
    town = re.sub(r"\s+(municipality|city|kommun|stad)$|^(city|town) of\s+", "", name, flags=re.I)
    for candidate in (name, town):
        found = find_municipality(candidate)
        if found is not None:
            return (found.code,)
    wanted = fold(name.casefold())
    return tuple(
        entry.code
        for entry in municipalities()
        if wanted in (fold(entry.region_fi.casefold()), fold(entry.region_sv.casefold()))
        and not entry.fictional
    )


def town_code(*values: Any) -> Optional[str]:
    """The code of the municipality of an address, from the name of its town."""
    return next((code for value in values if (code := _town(text_of(value)[:80]))), None)


@lru_cache(maxsize=4096)
def _town(name: str) -> Optional[str]:
    found = find_municipality(name) if name else None
    return found.code if found else None


# Costs --------------------------------------------------------------------------------------


def cost_of(service: dict[str, Any], options: list[dict[str, Any]]) -> tuple[str, str]:
    """(`free`, `charged` or `unknown`; the words) of a service and its cost options."""
    words = [text_of(service.get(name)) for name in ("fees_description", "fees")]
    lines = list(dict.fromkeys(text for text in words if text and not _only_says_cost(text)))
    amounts = []
    for option in options:
        amount = number(option.get("amount"))
        if amount is not None:
            amounts.append(amount)
        line = _option_line(option, amount)
        if line and line not in lines:
            lines.append(line)
    charge = "unknown"
    if amounts:
        charge = "charged" if any(amount > 0 for amount in amounts) else "free"
    else:
        found = [_charge_in(text) for text in words if text]
        charge = next((item for item in found if item != "unknown"), "unknown")
    return charge, "\n".join(lines)


def _phrase(text: str) -> str:
    return text.strip().strip(".! ").casefold()


def _only_says_cost(text: str) -> bool:
    return _phrase(text) in FREE or _phrase(text) in CHARGED


def _charge_in(text: str) -> str:
    if _phrase(text) in FREE:
        return "free"
    if _phrase(text) in CHARGED:
        return "charged"
    sums = [float((a or b).replace(",", ".")) for a, b in _MONEY.findall(text)]
    return "charged" if any(item > 0 for item in sums) else "unknown"


def _option_line(option: dict[str, Any], amount: Optional[float]) -> str:
    """A cost option in words; a plain nought says nothing more than that it is free."""
    currency = text_of(option.get("currency")).upper()
    name, per = (text_of(option.get(field)) for field in ("option", "amount_description"))
    price = f"{amount:g} {currency}".strip() if amount is not None else ""
    if not name and not per:
        return price if amount else ""
    line = ": ".join(part for part in (name, " ".join(p for p in (price, per) if p)) if part)
    dates = [found.isoformat() if (found := day(option.get(key))) else "" for key in _VALIDITY]
    return f"{line} ({dates[0]}–{dates[1]})" if any(dates) else line


_VALIDITY = ("valid_from", "valid_to")


# Persons ------------------------------------------------------------------------------------

#: Fields that name persons, or say who wrote or judged what.
PERSONAL = frozenset(
    ("contacts", "contact", "metadata", "reviews", "review", "assurer_email", "attention")
)


def without_persons(value: Any, depth: int = 0) -> Any:
    """A payload without the fields that name persons, and without what is nested too deep."""
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {
            key: without_persons(item, depth + 1) if isinstance(item, (dict, list)) else item
            for key, item in value.items()
            if str(key).lower() not in PERSONAL
        }
    if isinstance(value, list):
        return [
            without_persons(item, depth + 1) if isinstance(item, (dict, list)) else item
            for item in value
        ]
    return value
