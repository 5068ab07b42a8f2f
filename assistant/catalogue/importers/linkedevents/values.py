"""Values of Linked Events records: references, texts by language, times, ages and prices.

Every function takes any value and gives something empty for what it cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Any, Optional, Union
from urllib.parse import unquote, urlsplit

from assistant.catalogue.hours import ZONE
from assistant.catalogue.importers.base import language_code, web_address
from assistant.catalogue.importers.values import text as _text
from assistant.catalogue.importers.values import truth, without_persons
from assistant.catalogue.model import LocalizedText

MAX_ID = 200
MAX_AGE = 120
MAX_DEPTH = 20
#: Longer texts are rarely the same in two records, so they are not worth remembering.
MAX_REMEMBERED = 200
#: Other years are mistakes.
FIRST_YEAR, LAST_YEAR = 1990, 2200
#: Language of a text that does not say its own.
LANGUAGE = "fi"
#: Parts of a record that name persons, or are of no use.
_DROPPED = frozenset(
    "provider_contact_info custom_data created_by last_modified_by user user_name user_email "
    "user_phone_number user_organization user_consent contact_person images image videos".split()
)
_FREE = re.compile(
    r"\b(?:maksut(?:on|ta|tomat|tomia)|ilmai(?:nen|sta|set|sia|seksi)|vapaa pääsy|"
    r"gratis|avgiftsfri\w*|kostnadsfri\w*|fritt? inträde|fri entré|free|no charge|бесплатно)\b"
    r"|مجان|免费",
    re.IGNORECASE,
)
_NOT_FREE = re.compile(
    r"\b(?:ei (?:ole )?(?:ilmai|maksut)|not free|inte gratis|ej gratis)", re.IGNORECASE
)
_MONEY = re.compile(
    r"(?:€\s*(\d+(?:[.,]\d+)?))|(\d+(?:[.,]\d+)?)\s*(?:€|e\b|eur\b|euro\w*)", re.IGNORECASE
)
_BARE_NUMBER = re.compile(r"^\W*(\d+(?:[.,]\d+)?)(?:\s*[-–/]\s*(\d+(?:[.,]\d+)?))?\W*$")

Moment = Union[date, datetime]


def text(value: Any) -> str:
    """A text without markup and without addresses of persons (see `importers.values.text`)."""
    if isinstance(value, str) and len(value) <= MAX_REMEMBERED:
        return _short_text(value)
    return _text(value)


@lru_cache(maxsize=50_000)
def _short_text(value: str) -> str:
    return _text(value)


def items(value: Any) -> list[Any]:
    """The items of a list; a single value is a list of one, None an empty list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def identifier(value: Any) -> str:
    """An id: a text or a whole number in one line; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    found = text(value)
    return found if len(found) <= MAX_ID and not re.search(r"\s", found) else ""


def reference(value: Any) -> str:
    """The id that an object (`{"id": …}`, `{"@id": …}`), an address or an id itself refers to."""
    if isinstance(value, dict):
        return identifier(value.get("id")) or reference(value.get("@id"))
    found = identifier(value)
    if "/" not in found:
        return found
    try:
        path = urlsplit(found).path
    except ValueError:
        return ""
    return unquote(path.rstrip("/").rsplit("/", 1)[-1])


def texts(value: Any, convert: Callable[[Any], str] = text) -> LocalizedText:
    """The texts of a localised object; a plain text is in Finnish."""
    if not isinstance(value, dict):
        said = convert(value)
        return {LANGUAGE: said} if said else {}
    found: LocalizedText = {}
    for code, said in value.items():
        language = language_code(code)
        # `zh_hans` and `zh_hant` are both Chinese; what the source lists first counts.
        if language and language not in found:
            plain = convert(said)
            if plain:
                found[language] = plain
    return found


def urls(value: Any) -> LocalizedText:
    """The web addresses of a localised object."""
    return texts(value, web_address)


def languages_of(value: Any) -> list[str]:
    """The language codes of a list of references."""
    found = (language_code(reference(item)) for item in items(value))
    return list(dict.fromkeys(code for code in found if code))


def age_of(value: Any) -> Optional[int]:
    """A whole number of years; None for what can be no age."""
    if isinstance(value, float) and value == value and value.is_integer():
        value = int(value)
    said = identifier(value)
    return int(said) if said.isdigit() and len(said) <= 3 and int(said) <= MAX_AGE else None


def ages_of(data: dict[str, Any]) -> tuple[Optional[int], Optional[int]]:
    """(youngest, oldest) of an audience; the two are put in order."""
    low, high = age_of(data.get("audience_min_age")), age_of(data.get("audience_max_age"))
    return (high, low) if low is not None and high is not None and low > high else (low, high)


def payload_of(data: dict[str, Any]) -> dict[str, Any]:
    """A record without persons and pictures, as it is kept."""
    kept: dict[str, Any] = _useful(data, 0)
    return kept


def _useful(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return without_persons(value) if "@" in value else value
    if isinstance(value, (dict, list)) and depth > MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {
            key: _useful(inner, depth + 1)
            for key, inner in value.items()
            if key not in _DROPPED and not key.startswith("contact_")
        }
    if isinstance(value, list):
        return [_useful(item, depth + 1) for item in value]
    return value


# Times ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Times:
    """When something takes place, as an `Occurrence` has it."""

    start: Optional[str] = None
    end: Optional[str] = None
    all_day: bool = False


def times_of(data: dict[str, Any]) -> Times:
    """Start and end of an event: two moments, or two dates for whole days.

    The last day of an event of whole days is its `end`. An end before the start is left out.
    """
    start = _moment(data.get("start_time"), data.get("has_start_time"))
    end = _moment(data.get("end_time"), data.get("has_end_time"))
    if isinstance(start, datetime) and _midnight(start) and _whole_days(start, end):
        start = start.astimezone(ZONE).date()
        if isinstance(end, datetime):
            # Midnight ends the day before.
            end = (end.astimezone(ZONE) - timedelta(minutes=1)).date()
    if isinstance(start, datetime) and not isinstance(end, datetime):
        if end is None or end <= start.astimezone(ZONE).date():
            return Times(_written(start))
        return Times(start.astimezone(ZONE).date().isoformat(), end.isoformat(), True)
    if start is None and end is not None:
        return Times(None, _written(end), not isinstance(end, datetime))
    if start is None:
        return Times()
    if isinstance(start, datetime):
        assert isinstance(end, datetime)
        return Times(_written(start), _written(end) if end > start else None)
    last = end.astimezone(ZONE).date() if isinstance(end, datetime) else end
    return Times(start.isoformat(), last.isoformat() if last and last > start else None, True)


def _moment(value: Any, has_time: Any) -> Optional[Moment]:
    said = value.strip() if isinstance(value, str) else ""
    match = re.match(r"^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)?(.*))?$", said)
    if match is None:
        return None
    day, clock, seconds, offset = match.groups()
    try:
        if clock is None:
            found = date.fromisoformat(day)
            return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
        zone = re.sub(r"^([+-]\d{2}):?(\d{2})?$", _with_colon, (offset or "").strip())
        zone = "+00:00" if zone in ("Z", "z") else zone
        moment = datetime.fromisoformat(f"{day}T{clock}{seconds or ':00'}{zone}")
    except ValueError:
        return None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
    return moment.astimezone(ZONE).date() if truth(has_time) is False else moment


def _with_colon(match: re.Match[str]) -> str:
    return f"{match.group(1)}:{match.group(2) or '00'}"


def _midnight(moment: datetime) -> bool:
    return moment.astimezone(ZONE).time() == time(0)


def _whole_days(start: datetime, end: Optional[Moment]) -> bool:
    """True when an event that starts at midnight is one of whole days."""
    if not isinstance(end, datetime):
        return True
    last = end.astimezone(ZONE).time().replace(second=0, microsecond=0)
    return end > start and last in (time(0), time(23, 59))


def _written(moment: Moment) -> str:
    if isinstance(moment, datetime):
        return moment.astimezone(timezone.utc).isoformat(timespec="seconds")
    return moment.isoformat()


def days_between(first: Any, last: Any) -> str:
    """`1.12.2026 – 5.12.2026`, `– 5.12.2026` or `1.12.2026 –`; empty without both."""
    days = []
    for value in (first, last):
        moment = _moment(value, None)
        day = moment.astimezone(ZONE).date() if isinstance(moment, datetime) else moment
        days.append(f"{day.day}.{day.month}.{day.year}" if day else "")
    return " – ".join(days).strip() if any(days) else ""


# Prices -----------------------------------------------------------------------------------------


@dataclass
class Price:
    """What an event costs."""

    charge: str = "unknown"
    info: LocalizedText = field(default_factory=dict)
    urls: LocalizedText = field(default_factory=dict)


def price_of(offers: Any) -> Price:
    """What the offers of an event say; one price makes the whole event one with a charge.

    `is_free` is often false although the price is "0 €" or "maksuton", so the text counts too.
    """
    found = Price()
    charges = []
    lines: dict[str, list[str]] = {}
    for offer in items(offers):
        if not isinstance(offer, dict):
            continue
        price, said = texts(offer.get("price")), texts(offer.get("description"))
        charges.append(charge_of(truth(offer.get("is_free")), list(price.values())))
        for language in {**price, **said}:
            # A zero says nothing that `free` does not say.
            shown = price.get(language, "")
            if charges[-1] == "free" and _BARE_NUMBER.match(re.sub(r"€|e\b|eur\w*", "", shown)):
                shown = ""
            parts = list(dict.fromkeys(part for part in (shown, said.get(language)) if part))
            line = " – ".join(parts)
            if line and line not in lines.setdefault(language, []):
                lines[language].append(line)
        for language, address in urls(offer.get("info_url")).items():
            found.urls.setdefault(language, address)
    if "charged" in charges:
        found.charge = "charged"
    elif charges and set(charges) == {"free"}:
        found.charge = "free"
    found.info = {language: "\n".join(said) for language, said in lines.items() if said}
    return found


def charge_of(is_free: Optional[bool], prices: list[str]) -> str:
    """`free`, `charged` or `unknown` from a mark and from what is said of the price."""
    amounts = [
        float((first or second).replace(",", "."))
        for price in prices
        for first, second in _MONEY.findall(price)
    ]
    for price in prices:
        bare = _BARE_NUMBER.match(price)
        if bare is not None:
            amounts += [float(n.replace(",", ".")) for n in bare.groups() if n]
    if any(amount > 0 for amount in amounts):
        return "charged"
    if any(_NOT_FREE.search(price) for price in prices):
        return "charged"
    if is_free or amounts or any(_FREE.search(price) for price in prices):
        return "free"
    return "charged" if prices else "unknown"
