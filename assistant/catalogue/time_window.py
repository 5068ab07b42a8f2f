"""Times in a few words, such as `tomorrow-evening`, as a start and an end in Finland."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Optional

from assistant.catalogue.hours import ZONE, local

Window = tuple[datetime, datetime]

#: Part of a day -> hours from which and to which it is.
PARTS = {
    "morning": (6, 12),
    "day": (9, 17),
    "afternoon": (12, 17),
    "evening": (17, 22),
    "night": (22, 30),
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_DAYS = 366


def time_window(text: str, now: datetime) -> Optional[Window]:
    """The start and the end of a time in words.

    Args:
        text: `now`, `today`, `tonight`, `tomorrow`, `weekend`, a weekday (the next one, today
            included), a date such as 2026-11-25, any of these days with a part of the day after
            it (`tomorrow-evening`, `2026-11-25 morning`), or two moments such as
            `2026-11-25T17:00/2026-11-25T19:00`. Capitals, spaces and hyphens do not matter.
        now: the moment that the words are seen from.

    Returns:
        Two moments in Finnish time, the end after the start; None for anything else.
    """
    now = local(now)
    if "/" in text:
        return _between(text)
    words = re.sub(r"[\s_]+", " ", text.strip().lower())
    if words == "now":
        return now, now + timedelta(minutes=1)
    if words == "tonight":
        words = "today evening"
    day_text, part = _split(words)
    days = _days(day_text, now.date())
    if days is None:
        return None
    start, end = PARTS[part] if part else (0, 24)
    first = datetime.combine(days[0], time(0), ZONE) + timedelta(hours=start)
    last = datetime.combine(days[1], time(0), ZONE) + timedelta(hours=end)
    return (max(first, now), last) if last > now else None


def _split(words: str) -> tuple[str, Optional[str]]:
    match = re.fullmatch(rf"(.+?)[ -]({'|'.join(PARTS)})", words)
    return (match[1], match[2]) if match else (words, None)


def _days(text: str, today: date) -> Optional[tuple[date, date]]:
    if text in ("today", "tomorrow"):
        day = today + timedelta(days=text == "tomorrow")
        return day, day
    if text == "weekend":
        saturday = today + timedelta(days=(5 - today.weekday()) % 7)
        return (today, today) if today.weekday() == 6 else (saturday, saturday + timedelta(days=1))
    if text in WEEKDAYS:
        day = today + timedelta(days=(WEEKDAYS.index(text) - today.weekday()) % 7)
        return day, day
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return (day, day) if abs((day - today).days) <= MOST_DAYS else None


def _between(text: str) -> Optional[Window]:
    try:
        start, end = (
            local(datetime.fromisoformat(part.strip().replace("Z", "+00:00")))
            for part in text.split("/")
        )
    except ValueError:
        return None
    return (start, end) if start < end and (end - start).days <= MOST_DAYS else None
