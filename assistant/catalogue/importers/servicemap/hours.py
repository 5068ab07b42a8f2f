"""Opening hours of units: free text, hours written as objects, and those of Turku's register."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Optional

from assistant.catalogue.hours import WEEKDAY, day_range, parse_hours
from assistant.catalogue.importers.servicemap.hauki import hauki_hours
from assistant.catalogue.importers.servicemap.values import day_of, items, texts
from assistant.catalogue.model import Hours, HoursRule, LocalizedText

#: The languages in the order in which the text that decides the rules is chosen.
ORDER = ("fi", "sv", "en")
_DIGIT = re.compile(r"\d")
CLOSED_WORDS = frozenset(("closed", "suljettu", "stängt", "kiinni"))
OPEN_KEYS = ("opens", "start", "start_time", "from", "open", "opening_time")
CLOSE_KEYS = ("closes", "end", "end_time", "to", "close", "closing_time")


@dataclass
class HoursText:
    """One statement of opening hours: its text and a page that tells more, by language."""

    text: LocalizedText = field(default_factory=dict)
    pages: LocalizedText = field(default_factory=dict)
    hours: Optional[Hours] = None  # of a statement written as an object

    @property
    def is_title(self) -> bool:
        """True for the title of a page with hours, such as `Opening hours`."""
        return bool(self.pages) and not any(map(_DIGIT.search, self.text.values()))


def hours_of(statements: Iterable[HoursText]) -> Hours:
    """The hours of a place.

    There are rules only if every statement could be read whole and none contradicts another; then
    the texts that say the same are left out. Otherwise all that is known is the text.
    """
    statements = list(statements)
    told = [item for item in statements if not item.is_title]
    read = [_read(item) for item in told]
    rules: list[HoursRule] = []
    always_open = False
    if told and all(hours is not None for hours in read):
        whole = _together([hours for hours in read if hours is not None])
        rules, always_open = whole.rules, whole.always_open
    known = bool(rules) or always_open
    raw: dict[str, list[str]] = {}
    for item in statements:
        for language, text in item.text.items():
            if known and not item.is_title and _parsed(text) is not None:
                continue
            page = item.pages.get(language)
            line = f"{text}: {page}" if page and item.is_title else text
            lines = raw.setdefault(language, [])
            if line not in lines:
                lines.append(line)
    return Hours(
        rules=rules,
        raw_text={language: "\n".join(lines) for language, lines in raw.items()},
        always_open=always_open,
    )


def _read(item: HoursText) -> Optional[Hours]:
    if item.hours is not None:
        return item.hours
    languages = [*ORDER, *(code for code in item.text if code not in ORDER)]
    first = next((code for code in languages if code in item.text), None)
    return _parsed(item.text[first]) if first else None


@lru_cache(maxsize=20_000)
def _parsed(text: str) -> Optional[Hours]:
    return parse_hours(text)


def _together(parts: list[Hours]) -> Hours:
    """Statements as one; nothing if two of them speak of the same day in different words."""
    unique = [part for number, part in enumerate(parts) if part not in parts[:number]]
    if len(unique) > 1:
        days: set[Optional[int]] = set()
        for part in unique:
            own = {rule.weekday for rule in part.rules if not rule.exception}
            if part.always_open or None in own or own & days:
                return Hours()
            days |= own
    return Hours(
        rules=[copy(rule) for part in unique for rule in part.rules],
        always_open=any(part.always_open for part in unique),
    )


# Hours written as an object -----------------------------------------------------------------


def object_hours(value: Any) -> Optional[Hours]:
    """Hours of an object, or of JSON in a text; None if it is neither or cannot be read whole.

    Read are periods of Hauki, lists of schema.org `OpeningHoursSpecification`, and objects with a
    key for each weekday.
    """
    if isinstance(value, str):
        if value.lstrip()[:1] not in ("{", "["):
            return None
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    hours: Optional[Hours] = None
    if isinstance(value, dict):
        if isinstance(value.get("date_periods"), list):
            hours = hauki_hours(value["date_periods"])
        elif "time_span_groups" in value:
            hours = hauki_hours([value])
        else:
            hours = _weekday_hours(value)
    elif isinstance(value, list) and value and len(items(value)) == len(value):
        if any("time_span_groups" in item for item in value):
            hours = hauki_hours(value)
        else:
            hours = _specified_hours(value)
    return hours if hours is not None and hours.known else None


def _weekday_hours(value: dict[str, Any]) -> Optional[Hours]:
    rules: list[HoursRule] = []
    for key, entry in value.items():
        day = _weekday(key)
        if day is None:
            return None
        spans = entry if isinstance(entry, list) else [entry]
        if entry is None or spans == [] or str(entry).strip().lower() in CLOSED_WORDS:
            rules.append(HoursRule(weekday=day, closed=True))
            continue
        for span in spans:
            pair = _span(span)
            if pair is None:
                return None
            rules.append(HoursRule(*pair, weekday=day))
    return Hours(rules=rules)


def _specified_hours(value: list[dict[str, Any]]) -> Optional[Hours]:
    rules: list[HoursRule] = []
    for item in value:
        named = next((item[key] for key in ("dayOfWeek", "weekday", "weekdays") if key in item), ())
        days = [_weekday(day) for day in (named if isinstance(named, list) else [named])]
        pair = _span(item)
        start, end = day_of(item.get("validFrom")), day_of(item.get("validThrough"))
        if not days or None in days or pair is None:
            return None
        rules += [HoursRule(*pair, weekday=day, valid_from=start, valid_to=end) for day in days]
    return Hours(rules=rules)


def _weekday(value: Any) -> Optional[int]:
    name = str(value).strip().rstrip(".").rsplit("/", 1)[-1].lower()
    if name in WEEKDAY:
        return WEEKDAY[name]
    return int(name) - 1 if re.fullmatch(r"[1-7]", name) else None


def _span(value: Any) -> Optional[tuple[str, str]]:
    if isinstance(value, str):
        parts = re.split(r"\s*[-–—]\s*", value.strip())
        clocks = [clock(part) for part in parts]
    elif isinstance(value, dict):
        clocks = [
            clock(next((value[key] for key in keys if value.get(key)), None))
            for keys in (OPEN_KEYS, CLOSE_KEYS)
        ]
    else:
        return None
    if len(clocks) != 2 or clocks[0] is None or clocks[1] is None:
        return None
    return clocks[0], clocks[1]


def clock(value: Any) -> Optional[str]:
    """`09:00` of `9`, `9.00`, `09:00` and `09:00:00`."""
    text = str(value).strip() if isinstance(value, (str, int)) else ""
    match = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2}))?(?::\d{2})?", text)
    if match is None or int(match.group(1)) > 24 or int(match.group(2) or 0) > 59:
        return None
    return f"{int(match.group(1)):02d}:{match.group(2) or '00'}"


# Turku --------------------------------------------------------------------------------------


def turku_hours(value: Any) -> Hours:
    """Hours of `aukioloajat` of Turku's register.

    Special hours (`erityinen`) are of a part of the place, such as its telephone, so they are
    only told in words.
    """
    hours = Hours()
    for item in items(value):
        kind = str(item.get("aukiolotyyppi") or "").strip().lower()
        exception, closed = kind.startswith("poikkeus"), kind.endswith("suljettu")
        start = day_of(item.get("voimassaoloAlkamishetki"))
        end = day_of(item.get("voimassaoloPaattymishetki"))
        if start and end and end < start:
            end = start
        for language, text in texts(item, "kuvaus_kieliversiot").items():
            known = hours.raw_text.get(language, "")
            if text not in known.split("\n"):
                hours.raw_text[language] = f"{known}\n{text}".strip()
        days = _turku_days(item.get("viikonpaiva"))
        opens, closes = clock(item.get("avaamisaika")), clock(item.get("sulkemisaika"))
        if exception and start is None or not (exception or kind.startswith("normaali")):
            continue
        if exception and end is None:
            end = start
        if not closed and (opens is None or closes is None):
            continue
        for day in days:
            rule = HoursRule(
                weekday=day, valid_from=start, valid_to=end, exception=exception, closed=closed
            )
            if not closed and opens and closes:
                rule.opens, rule.closes = opens, closes
            if rule not in hours.rules:
                hours.rules.append(rule)
    return hours


def _turku_days(value: Any) -> list[Optional[int]]:
    """The weekdays of `1-5` or `6`; no weekday means every day of the period."""
    ends = re.findall(r"[1-7]", str(value or ""))
    if not ends:
        return [None]
    return list(day_range(int(ends[0]) - 1, int(ends[-1]) - 1))
