"""When an event or a course takes place, in the words of a language (CLDR through Babel)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Optional

from babel.dates import format_date, format_time

from assistant.catalogue.hours import ZONE, local
from assistant.catalogue.model import Occurrence

#: Weekday, day and month; the year is added where it is not this one.
DAY, DAY_AND_YEAR = "EEE d MMM", "EEE d MMM y"
LOCALES = {"zh": "zh_Hans"}


def moment(text: Optional[str]) -> Optional[datetime]:
    """A time of an occurrence in Finnish time; a date is the start of that day."""
    if not text:
        return None
    try:
        return local(datetime.fromisoformat(text.replace("Z", "+00:00")))
    except ValueError:
        return None


def has_ended(occurrence: Occurrence, now: datetime) -> bool:
    """True for an event whose end has passed; one without an end lasts until the end of its day."""
    end, start = moment(occurrence.end), moment(occurrence.start)
    if end is not None and not occurrence.all_day:
        return end <= local(now)
    last = end or start
    return last is not None and last.date() < local(now).date()


def takes_place(occurrence: Occurrence, window: tuple[datetime, datetime]) -> bool:
    """True for an event that is going on at some time between two moments."""
    start = moment(occurrence.start)
    if start is None:
        return False
    end = moment(occurrence.end) or start
    if occurrence.all_day or end <= start:
        end = end.replace(hour=23, minute=59) if occurrence.all_day else start
    return start < local(window[1]) and local(window[0]) <= end


def when(occurrence: Optional[Occurrence], now: datetime, language: str) -> Optional[str]:
    """Such as `Tue 24 Nov, 17:00–19:00`; None where the start is not known."""
    start = moment(occurrence.start) if occurrence is not None else None
    if occurrence is None or start is None:
        return None
    end = moment(occurrence.end)
    first = _day(start.date(), now, language)
    if occurrence.all_day:
        many_days = end is not None and end.date() > start.date()
        return f"{first} – {_day(end.date(), now, language)}" if end and many_days else first
    begins = f"{first}, {_clock(start, language)}"
    if end is None:
        return begins
    if end.date() == start.date():
        return f"{begins}–{_clock(end, language)}"
    return f"{begins} – {_day(end.date(), now, language)}, {_clock(end, language)}"


def _day(day: date, now: datetime, language: str) -> str:
    form = DAY if day.year == local(now).year else DAY_AND_YEAR
    return format_date(day, form, locale=LOCALES.get(language, language))


def _clock(time: datetime, language: str) -> str:
    pattern = "H.mm" if language in ("fi", "sv") else "H:mm"
    return format_time(time, pattern, tzinfo=ZONE, locale=LOCALES.get(language, language))
