"""Opening hours: is it open now, what are today's hours, and reading hours written as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Optional
from zoneinfo import ZoneInfo

from assistant.catalogue.model import Hours, HoursRule

ZONE = ZoneInfo("Europe/Helsinki")
MAX_NIGHTS = 7

Interval = tuple[datetime, datetime]

DAYS = (
    ("mon", "monday", "ma", "maanantai", "mån", "måndag"),
    ("tue", "tuesday", "ti", "tiistai", "tis", "tisdag"),
    ("wed", "wednesday", "ke", "keskiviikko", "ons", "onsdag"),
    ("thu", "thursday", "to", "torstai", "tor", "torsdag"),
    ("fri", "friday", "pe", "perjantai", "fre", "fredag"),
    ("sat", "saturday", "la", "lauantai", "lör", "lördag"),
    ("sun", "sunday", "su", "sunnuntai", "sön", "söndag"),
)
WEEKDAY = {name: number for number, names in enumerate(DAYS) for name in names}
CLOSED_WORDS = {"closed", "suljettu", "kiinni", "stängt"}
_DASH = r"\s*[-–—]\s*"
_DAY = r"[a-zåäö]+"
_TIME = r"\d{1,2}(?:[.:]\d{2})?"
_SPAN = rf"{_TIME}{_DASH}{_TIME}"
_PART = re.compile(
    rf"(?P<days>{_DAY}(?:{_DASH}{_DAY})?(?:\s*[,&]\s*{_DAY}(?:{_DASH}{_DAY})?)*)\s*:?\s*"
    rf"(?:(?P<spans>{_SPAN}(?:\s*(?:,|&|ja|och|and)\s*{_SPAN})*)|(?P<closed>[a-zåäö]+))"
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


def rules_on(hours: Hours, day: date) -> list[HoursRule]:
    """The rules that decide a date: its exceptions if it has any, else those of the weekday."""
    today = [
        rule
        for rule in hours.rules
        if _in_force(rule, day) and (rule.weekday is None or rule.weekday == day.weekday())
    ]
    exceptions = [rule for rule in today if rule.exception]
    return exceptions or [rule for rule in today if not rule.exception]


def intervals(hours: Hours, day: date) -> list[Interval]:
    """The times a place is open that begin on this date."""
    if hours.always_open and not any(rule.exception for rule in rules_on(hours, day)):
        start = datetime.combine(day, time(0), ZONE)
        return [(start, datetime.combine(day + timedelta(days=1), time(0), ZONE))]
    found: list[Interval] = []
    for rule in rules_on(hours, day):
        opens, closes = _clock(rule.opens), _clock(rule.closes)
        if rule.closed or opens is None or closes is None:
            continue
        nights = rule.closes_after_days or (1 if closes <= opens else 0)
        start = datetime.combine(day, opens, ZONE)
        found.append((start, datetime.combine(day + timedelta(days=nights), closes, ZONE)))
    return sorted(set(found))


def open_now(hours: Hours, now: datetime) -> Optional[bool]:
    """True or false, or None when the hours are not known."""
    if not hours.known:
        return None
    now = local(now)
    if not hours.always_open and not any(_in_force(rule, now.date()) for rule in hours.rules):
        return None if not _ever_after(hours, now.date()) else False
    for back in range(MAX_NIGHTS + 1):
        for start, end in intervals(hours, now.date() - timedelta(days=back)):
            if start <= now < end:
                return True
    return False


def _ever_after(hours: Hours, day: date) -> bool:
    iso = day.isoformat()
    return any(not rule.valid_to or rule.valid_to[:10] >= iso for rule in hours.rules)


def hours_today(hours: Hours, now: datetime, language: str = "en") -> Optional[str]:
    """Today's hours such as `9–16`, or None when it is closed today or not known."""
    if not hours.known:
        return None
    spans = intervals(hours, local(now).date())
    separator = "." if language in ("fi", "sv") else ":"
    return ", ".join(f"{_shown(a, separator)}–{_end(a, b, separator)}" for a, b in spans) or None


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
    if text == "24/7":
        return Hours(always_open=True)
    rules: list[HoursRule] = []
    position = 0
    while position < len(text):
        match = _PART.match(text, position)
        if match is None:
            return None
        days = _weekdays(match.group("days"))
        if days is None:
            return None
        if match.group("closed"):
            if match.group("closed") not in CLOSED_WORDS:
                return None
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


def _weekdays(text: str) -> Optional[list[int]]:
    days: list[int] = []
    for part in re.split(r"\s*[,&]\s*", text):
        ends = [WEEKDAY.get(name) for name in re.split(_DASH, part.strip())]
        if any(end is None for end in ends) or len(ends) > 2:
            return None
        first, last = ends[0], ends[-1]
        assert first is not None and last is not None
        days += day_range(first, last)
    return days


def day_range(first: int, last: int) -> Sequence[int]:
    """The weekdays from the first to the last, over the turn of the week if need be."""
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]
