"""Opening hours: is it open now, what are today's hours, and reading hours written as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Optional
from zoneinfo import ZoneInfo

from assistant.catalogue.model import Hours, HoursRule
from assistant.catalogue.named_days import is_named_day

ZONE = ZoneInfo("Europe/Helsinki")
MAX_NIGHTS = 7
MAX_HOURS_TEXT = 400

Interval = tuple[datetime, datetime]

DAYS = (
    ("mon", "monday", "mondays", "ma", "maanantai", "maanantaisin", "mån", "måndag", "må"),
    ("tue", "tuesday", "tuesdays", "ti", "tiistai", "tiistaisin", "tis", "tisdag"),
    ("wed", "wednesday", "wednesdays", "ke", "keskiviikko", "keskiviikkoisin", "ons", "onsdag"),
    ("thu", "thursday", "thursdays", "to", "torstai", "torstaisin", "tor", "tors", "torsdag"),
    ("fri", "friday", "fridays", "pe", "perjantai", "perjantaisin", "fre", "fredag", "fr"),
    ("sat", "saturday", "saturdays", "la", "lauantai", "lauantaisin", "lör", "lördag", "lö"),
    ("sun", "sunday", "sundays", "su", "sunnuntai", "sunnuntaisin", "sön", "söndag", "sö"),
)
WEEKDAY = {name: number for number, names in enumerate(DAYS) for name in names}
#: Words for several days, as first and last weekday.
SEVERAL_DAYS = {
    **dict.fromkeys(("arkisin", "arkipäivisin", "vardagar", "weekdays"), (0, 4)),
    **dict.fromkeys(("viikonloppuisin", "helger", "weekends"), (5, 6)),
    **dict.fromkeys(
        ("päivittäin", "joka päivä", "dagligen", "varje dag", "daily", "every day"), (0, 6)
    ),
}
ALWAYS = ("24/7", "24 h", "24h", "ympäri vuorokauden", "dygnet runt")
CLOSED_WORDS = {"closed", "suljettu", "kiinni", "stängt"}
_DASH = r"\s*[-–—]\s*"
_NAMES = sorted((*WEEKDAY, *SEVERAL_DAYS), key=len, reverse=True)
_DAY = rf"(?:(?:{'|'.join(_NAMES)})\b\.?)"
_CLOSED = rf"(?:{'|'.join(CLOSED_WORDS)})\b"
_TIME = r"\d{1,2}(?:[.:]\d{2})?"
_SPAN = rf"{_TIME}{_DASH}{_TIME}"
_AND = r"\s*(?:[,&]|\bja\b|\boch\b|\band\b)\s*"
_RANGE = rf"{_DAY}(?:{_DASH}{_DAY})?"
_DAYS = rf"{_RANGE}(?:{_AND}{_RANGE})*"
_PART = re.compile(
    rf"(?P<days>{_DAYS})\s*:?\s*(?:(?:klo|kello|kl)\b\.?\s*)?"
    rf"(?:(?P<spans>{_SPAN}(?:\s*(?:,|&|ja|och|and)\s*{_SPAN})*)|(?P<closed>{_CLOSED}))"
)
_CLOSED_PART = re.compile(rf"(?P<closed>{_CLOSED})\s*:?\s*(?P<days>{_DAYS})(?=\s*(?:[,;.]|$))")
_OPENING = re.compile(
    r"^(?:avoinna|auki|aukioloajat|open|opening hours|öppet|öppettider)\b\s*:?\s*"
)


def local(moment: datetime) -> datetime:
    """The moment in Finnish time; a moment without a zone already is."""
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)


def _clock(text: str) -> Optional[time]:
    match = re.match(r"(\d{1,2})(?:[.:](\d{2}))?", text)
    if match is None:
        return None
    hour, minute = int(match.group(1)), int(match.group(2) or 0)
    if hour == 24 and minute == 0:
        return time(23, 59, 59)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _in_force(rule: HoursRule, day: date) -> bool:
    iso = day.isoformat()
    return (not rule.valid_from or rule.valid_from[:10] <= iso) and (
        not rule.valid_to or iso <= rule.valid_to[:10]
    )


def _decides(rule: HoursRule, day: date) -> bool:
    """True if a rule speaks of this date."""
    if not _in_force(rule, day):
        return False
    if rule.holiday is not None and not is_named_day(rule.holiday, day):
        return False
    if rule.weeks is not None and (rule.weeks == "odd") != bool(day.isocalendar().week % 2):
        return False
    return rule.weekday is None or rule.weekday == day.weekday()


def rules_on(hours: Hours, day: date) -> list[HoursRule]:
    """The rules that decide a date: its exceptions if it has any, else those of the weekday."""
    today = [rule for rule in hours.rules if _decides(rule, day)]
    exceptions = [rule for rule in today if rule.exception]
    return exceptions or [rule for rule in today if not rule.exception]


def intervals(hours: Hours, day: date, on_reservation: bool = False) -> list[Interval]:
    """The times a place is open that begin on this date.

    Args:
        hours: opening hours.
        day: a date in Finland.
        on_reservation: the times that have to be booked instead of those to walk in.
    """
    if hours.always_open and not any(rule.exception for rule in rules_on(hours, day)):
        start = datetime.combine(day, time(0), ZONE)
        whole = (start, datetime.combine(day + timedelta(days=1), time(0), ZONE))
        return [] if on_reservation else [whole]
    found: list[Interval] = []
    for rule in rules_on(hours, day):
        opens, closes = _clock(rule.opens), _clock(rule.closes)
        if rule.closed or opens is None or closes is None or rule.on_reservation != on_reservation:
            continue
        nights = rule.closes_after_days or (1 if closes <= opens else 0)
        start = datetime.combine(day, opens, ZONE)
        found.append((start, datetime.combine(day + timedelta(days=nights), closes, ZONE)))
    return sorted(set(found))


def open_now(hours: Hours, now: datetime) -> Optional[bool]:
    """True or false; None when the hours are not known, or a visit now has to be booked."""
    if not _known_on(hours, local(now).date()):
        return None
    moment = local(now)
    if _open_between(hours, moment, moment + timedelta(seconds=1), False):
        return True
    return None if _open_between(hours, moment, moment + timedelta(seconds=1), True) else False


def open_between(hours: Hours, start: datetime, end: datetime) -> Optional[bool]:
    """Whether a place is open at any time from `start` to `end`; None when it is not known."""
    if not _known_on(hours, local(start).date()):
        return None
    return _open_between(hours, local(start), local(end), False)


def _open_between(hours: Hours, start: datetime, end: datetime, on_reservation: bool) -> bool:
    day = start.date() - timedelta(days=MAX_NIGHTS)
    while day <= end.date():
        for opens, closes in intervals(hours, day, on_reservation):
            if opens < end and start < closes:
                return True
        day += timedelta(days=1)
    return False


def _known_on(hours: Hours, day: date) -> bool:
    """False when there are no rules, or all of them have ended."""
    if not hours.known:
        return False
    iso = day.isoformat()
    return hours.always_open or any(
        not rule.valid_to or rule.valid_to[:10] >= iso for rule in hours.rules
    )


def hours_today(hours: Hours, now: datetime, language: str = "en") -> Optional[str]:
    """Today's hours such as `9–16`, or None when it is closed today or not known."""
    return hours_on(hours, local(now).date(), language) if hours.known else None


def hours_on(hours: Hours, day: date, language: str, on_reservation: bool = False) -> Optional[str]:
    """The hours of a date such as `9–16`, or None when there are none."""
    spans = intervals(hours, day, on_reservation)
    separator = "." if language in ("fi", "sv") else ":"
    return ", ".join(f"{_shown(a, separator)}–{_end(a, b, separator)}" for a, b in spans) or None


@dataclass(frozen=True)
class DayHours:
    """The hours of one day of a table: times to walk in, and times that have to be booked."""

    day: date
    open: Optional[str] = None
    on_reservation: Optional[str] = None


def week(hours: Hours, first: date, language: str) -> list[DayHours]:
    """The hours of the seven days from `first` on; nothing when they are not known."""
    if not _known_on(hours, first):
        return []
    days = [first + timedelta(days=step) for step in range(7)]
    return [
        DayHours(day, hours_on(hours, day, language), hours_on(hours, day, language, True))
        for day in days
    ]


def _shown(moment: datetime, separator: str) -> str:
    return f"{moment.hour}{separator}{moment.minute:02d}" if moment.minute else str(moment.hour)


def _end(start: datetime, end: datetime, separator: str) -> str:
    whole_day = end.date() > start.date() and (end.hour, end.minute) == (0, 0)
    last_second = (end.hour, end.minute, end.second) == (23, 59, 59)
    return "24" if whole_day or last_second else _shown(end, separator)


def parse_hours(text: str) -> Optional[Hours]:
    """Hours of a text such as `mon-fri 9-16, sat 10-14` or `24/7`.

    The grammar is strict: a text with anything else in it gives None, so that nothing is guessed.
    Weekdays may be written in English, Finnish or Swedish.
    """
    text = text.strip().casefold()
    if len(text) > MAX_HOURS_TEXT:
        return None
    if text in ALWAYS:
        return Hours(always_open=True)
    rules: list[HoursRule] = []
    opening = _OPENING.match(text)
    position = opening.end() if opening else 0
    while position < len(text):
        match = _CLOSED_PART.match(text, position) or _PART.match(text, position)
        if match is None:
            return None
        days = _weekdays(match.group("days"))
        if match.group("closed"):
            rules += [HoursRule(weekday=day, closed=True) for day in days]
        else:
            for span in re.findall(_SPAN, match.group("spans")):
                opens, closes = (_clock(part) for part in re.split(_DASH, span))
                if opens is None or closes is None:
                    return None
                rules += [HoursRule(_text(opens), _text(closes), weekday=day) for day in days]
        position = match.end()
        rest = re.compile(r"\s*[,;.]?\s*").match(text, position)
        position = rest.end() if rest else position
    return Hours(rules=rules) if rules else None


def written(hours: Hours) -> str:
    """Weekly hours as `parse_hours` reads them; empty if there are none."""
    if hours.always_open:
        return "24/7"
    by_day: dict[int, set[str]] = {}
    for rule in hours.rules:
        weekly = not (rule.exception or rule.closed or rule.valid_from or rule.valid_to)
        if weekly and rule.weekday is not None:
            by_day.setdefault(rule.weekday, set()).add(f"{rule.opens}-{rule.closes}")
    parts = [f"{DAYS[day][0]} {', '.join(sorted(by_day[day]))}" for day in sorted(by_day)]
    return ", ".join(parts)


def _text(clock: time) -> str:
    return "24:00" if clock.second else clock.strftime("%H:%M")


def _weekdays(text: str) -> list[int]:
    days: list[int] = []
    for part in re.split(_AND, text):
        several = SEVERAL_DAYS.get(part.strip())
        ends = [WEEKDAY.get(name.strip(". ")) for name in re.split(_DASH, part.strip())]
        first, last = several if several is not None else (ends[0], ends[-1])
        if first is not None and last is not None:
            days += day_range(first, last)
    return days


def day_range(first: int, last: int) -> Sequence[int]:
    """The weekdays from the first to the last, over the turn of the week if need be."""
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]
