"""Makes one opening time of the days, parts of the day and hours that a message names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Optional, Union

from assistant.catalogue.opening_time import OpeningTime
from assistant.catalogue.time_window import MOST_DAYS
from assistant.nlu.numeric_dates import ascii_digits, chinese_number

#: Not a certain time: "in the evenings". The hours of the week are the answer.
GENERAL = "general"
NOW = "now"
MORNING, EVENING, NIGHT, AFTERNOON = "morning", "evening", "night", "afternoon"
#: An hour up to this one without a part of the day may be of the morning or of the evening.
_DOUBTFUL_HOUR = 7
#: Where "at 6" is the morning, as hours are counted to 24.
_COUNT_TO_24 = ("fi", "sv", "et", "fr")
_SUNDAY, _SATURDAY = 6, 5

_CLOCK = re.compile(r"(?<![\d.])(\d{1,2})\s?[:：]\s?([0-5]\d)(?!\d)(?:\s*([ap])\.?\s?m\b)?", re.I)
_MERIDIEM = re.compile(r"(?<![\d.])(\d{1,2})(?:[.:]([0-5]\d))?\s*([ap])\.?\s?m\b", re.IGNORECASE)
_H = re.compile(r"(?<![\d.])(\d{1,2})\s?h\s?([0-5]\d)?(?![^\W\d_])", re.IGNORECASE)
_ARABIC = re.compile(r"(?<![\d.])(\d{1,2})(?:[.:]([0-5]\d))?\s*([صم])(?!\w)")
_CHINESE = re.compile(
    r"(?:(?<=[早上午晚])|(?<!\d)(?=\d))(\d{1,2}|[一二三四五六七八九十两]{1,3})\s?[点點](半|[0-5]\d)?"
)
_LETTER = {"a": MORNING, "p": EVENING, "ص": MORNING, "م": EVENING}


@dataclass(frozen=True)
class Clock:
    """An hour of the day as it is written, and where; `half` is the part of the day it is in."""

    hour: int
    minute: int
    start: int
    end: int
    half: Optional[str] = None


@dataclass
class Named:
    """What a message names: days as (first, last), parts, moments, and "now"."""

    today: date
    days: set[tuple[date, date]] = field(default_factory=set)
    weekdays: set[int] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    clocks: list[Clock] = field(default_factory=list)
    now: bool = False
    coming: bool = False

    @property
    def nothing(self) -> bool:
        """True when no time is named at all."""
        return not (self.days or self.weekdays or self.parts or self.clocks or self.now)

    def add_day(self, days_from_today: int) -> None:
        """Add a day as so many from today."""
        day = self.today + timedelta(days=days_from_today)
        self.days.add((day, day))

    def add_weekend(self) -> None:
        """Add the coming weekend, or what is left of this one."""
        saturday = self.today + timedelta(days=(_SATURDAY - self.today.weekday()) % 7)
        if self.today.weekday() == _SUNDAY:
            saturday = self.today - timedelta(days=1)
        self.days.add((max(saturday, self.today), saturday + timedelta(days=1)))

    def add_date(self, value: str) -> bool:
        """Add what `DateFinder` finds; False for what is no day, such as a month."""
        if value == "today":
            self.add_day(0)
        elif value == "tomorrow":
            self.add_day(1)
        elif value == "next_week":
            monday = self.today + timedelta(days=7 - self.today.weekday())
            self.days.add((monday, monday + timedelta(days=6)))
        else:
            day = _day(value, self.today)
            if day is None:
                return False
            self.days.add((day, day))
        return True


def clocks(text: str) -> Iterator[Clock]:
    """The hours that are written so that they can be nothing else: "18:00", "6 pm", "18 h"."""
    text, ends_at = ascii_digits(text), -1
    found = [_clock(match) for form in _FORMS for match in form.finditer(text)]
    for clock in sorted(filter(None, found), key=lambda one: (one.start, -one.end)):
        if clock.start >= ends_at:
            yield clock
            ends_at = clock.end


_FORMS = (_CLOCK, _MERIDIEM, _H, _ARABIC, _CHINESE)


def clock_of(text: str, start: int, end: int) -> Optional[Clock]:
    """A number such as `18` or `18.30` as an hour of the day; None when it cannot be one."""
    match = re.fullmatch(r"(\d{1,2})(?:[.,]([0-5]\d))?", ascii_digits(text))
    if match is None or int(match[1]) > 24:
        return None
    return Clock(int(match[1]), int(match[2] or 0), start, end)


def opening_time(named: Named, language: str, now: datetime) -> Union[OpeningTime, str, None]:
    """One time of what a message names.

    Args:
        named: what is named.
        language: the language of the message.
        now: the moment at which it is written, in Finland.

    Returns:
        A time; `NOW`; `GENERAL` for no certain day, or one that is past; None when the message
        names several times or contradicts itself.
    """
    days = _days(named)
    if days is None or len(named.clocks) > 1 or len(named.parts) > 1:
        return None
    today = (named.today, named.today)
    if named.now and days in ([], [today]):
        return NOW if not (named.parts or named.clocks) else None
    part = next(iter(named.parts), None)
    clock = _moment(named.clocks[0], part, language) if named.clocks else None
    if named.clocks and clock is None and not days:
        return GENERAL
    if clock is not None:
        part = None
        if not days:
            days = [today]
    if not days or (days[0][0] != days[0][1] and (part or clock)):
        return GENERAL
    wanted = OpeningTime(*days[0], part, clock)
    return wanted if wanted.window(now) is not None else GENERAL


def _days(named: Named) -> Optional[list[tuple[date, date]]]:
    """The day or days that are meant, at most one; None for several."""
    days, weekdays = sorted(named.days), sorted(named.weekdays)
    if len(days) > 1:
        return None
    if days and weekdays:
        within = [_next_weekday(number, days[0][0]) for number in weekdays]
        if len(within) > 1 or within[0] > days[0][1]:
            return None
        return [(within[0], within[0])]
    if weekdays == [_SATURDAY, _SUNDAY]:
        weekend = Named(named.today)
        weekend.add_weekend()
        return list(weekend.days)
    if len(weekdays) > 1:
        return None
    for number in weekdays:
        day = _next_weekday(number, named.today)
        if named.coming and day == named.today:
            day += timedelta(days=7)
        return [(day, day)]
    return days


def _next_weekday(number: int, start: date) -> date:
    return start + timedelta(days=(number - start.weekday()) % 7)


def _moment(clock: Clock, part: Optional[str], language: str) -> Optional[time]:
    """The moment that an hour means; None when it may be of the morning or of the evening."""
    hour, half = clock.hour % 24, clock.half or part
    if hour < 12 and half in (EVENING, AFTERNOON) or (half == NIGHT and 6 <= hour < 12):
        hour += 12
    elif hour == 12 and half == MORNING:
        hour = 0
    elif half is None and 1 <= hour <= _DOUBTFUL_HOUR and language not in _COUNT_TO_24:
        return None
    return time(hour, clock.minute)


def _clock(match: re.Match[str]) -> Optional[Clock]:
    hour = chinese_number(match[1].replace("两", "二"))
    if hour > 24:
        return None
    groups: Iterable[Optional[str]] = match.groups()[1:]
    minute, half = 0, None
    for group in groups:
        if group == "半":
            minute = 30
        elif group and group.isdigit():
            minute = int(group)
        elif group:
            half = _LETTER[group.lower()]
    if half is not None and hour > 12:
        half = None
    return Clock(hour, minute, match.start(), match.end(), half)


def _day(value: str, today: date) -> Optional[date]:
    """The day of an ISO date, or the next one of a day without a year (`--12-06`)."""
    try:
        if not value.startswith("--"):
            day = date.fromisoformat(value)
        else:
            day = date.fromisoformat(f"{today.year}-{value[2:]}")
            if day < today:
                day = day.replace(year=today.year + 1)
    except ValueError:
        return None
    return day if abs((day - today).days) <= MOST_DAYS else None
