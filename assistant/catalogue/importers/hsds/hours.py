"""Opening hours from the schedules of Open Referral HSDS, which follow the RRULE of iCalendar.

A schedule becomes rules only where they say exactly the same; any other schedule stays text, and
then so do the others of the same place: with a part of its hours a place would seem to be closed
when it is open. Times are those of the clock on the wall: publishers write a `Z` or an offset
after times that are not in UTC, and no office moves its hours by an hour twice a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Optional

from assistant.catalogue.hours import CLOSED_WORDS, WEEKDAY, parse_hours
from assistant.catalogue.importers.hsds.values import day, flag, text_of, whole
from assistant.catalogue.model import Hours, HoursRule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last"}
#: What `attending_type` says where a visit has to be booked.
BY_APPOINTMENT = "by appointment"
#: The ISO weeks with an odd and with an even number, as `byweekno` lists them.
ODD_WEEKS = tuple(range(1, 54, 2))
EVEN_WEEKS = tuple(range(2, 53, 2))
MAX_SCHEDULES = 200
MAX_COUNT = 1000
#: Over how many years with 53 weeks a fortnightly schedule is followed.
LONG_YEARS = 3
_TIME = re.compile(
    r"^(?:\d{4}-\d{2}-\d{2}T)?(\d{1,2}?)(?:[:.]?(\d{2}))?(?:[:.]?(\d{2})(?:\.\d+)?)?\s*"
    r"(am|pm|a\.m\.|p\.m\.)?\s*(?:z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)


class _NotExact(Exception):
    """A schedule that no rules can say."""


def hours_of(schedules: list[dict[str, Any]], language: str) -> Hours:
    """The hours of schedules (HSDS 3.x) or regular and holiday schedules (1.x and 2.x).

    Args:
        schedules: the records.
        language: the language in which the publisher writes.
    """
    rules: list[HoursRule] = []
    words: list[str] = []
    english: list[str] = []
    exact = True
    for item in schedules[:MAX_SCHEDULES]:
        words += _words(item)
        if not _is_timed(item):
            continue
        english.append(_in_english(item))
        try:
            rules += _rules(item)
        except _NotExact:
            exact = False
    words = list(dict.fromkeys(words))
    if exact and not rules:
        return _of_words(words, language)
    if exact:
        rules = list({repr(rule): rule for rule in rules}.values())
        # What only repeats the rules, such as "mon-fri 9-16", need not be said twice.
        words = [text for text in words if parse_hours(text) is None]
        always = _is_always_open(rules)
        rules = [rule for rule in rules if rule.exception] if always else rules
        return Hours(rules, _texts(language, words, []), always)
    return Hours(raw_text=_texts(language, words, english))


def clock(value: Any) -> Optional[str]:
    """A time as `09:00`: of `09:00`, `9:00:00Z`, `0900`, `9 am`, `9.00` and the like."""
    text = text_of(value)
    match = _TIME.match(text)
    if match is None or not text:
        return None
    hour, minute = int(match.group(1)), int(match.group(2) or 0)
    half = (match.group(4) or "").lower().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if (hour, minute) == (24, 0):
        return "24:00"
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _of_words(words: list[str], language: str) -> Hours:
    found = parse_hours(words[0]) if len(words) == 1 else None
    return found or Hours(raw_text=_texts(language, words, []))


def _texts(language: str, words: list[str], english: list[str]) -> dict[str, str]:
    lines = {language: list(words)}
    lines["en"] = lines.get("en", []) + [text for text in english if text]
    joined = {code: "\n".join(dict.fromkeys(texts)) for code, texts in lines.items()}
    return {code: text for code, text in joined.items() if text}


def _words(item: dict[str, Any]) -> list[str]:
    texts = [text_of(item.get(name)) for name in ("description", "original_text", "notes")]
    return [text for text in texts if text and not (_is_closed_date(item) and _is_closed(text))]


def _is_closed(text: str) -> bool:
    return text.strip(". ").casefold() in CLOSED_WORDS


def _is_closed_date(item: dict[str, Any]) -> bool:
    """True for dates on which nothing opens, as HSDS 3.x says that a place is closed."""
    timed = any(text_of(item.get(name)) for name in ("opens_at", "closes_at", "byday", "freq"))
    closed = flag(item.get("closed")) or _is_closed(text_of(item.get("description")))
    return closed and not timed and _dates(item) is not None


def _is_timed(item: dict[str, Any]) -> bool:
    names = ("opens_at", "closes_at", "byday", "weekday")
    return any(text_of(item.get(name)) for name in names) or _is_closed_date(item)


def _dates(item: dict[str, Any]) -> Optional[tuple[date, date]]:
    """First and last date of an exception; a holiday schedule has its own names for them."""
    first = day(item.get("start_date")) or day(item.get("valid_from"))
    last = day(item.get("end_date")) or day(item.get("valid_to"))
    if first is None or last is None or last < first:
        return None
    return first, last


# Rules --------------------------------------------------------------------------------------


def _rules(item: dict[str, Any]) -> list[HoursRule]:
    """The rules of a schedule.

    Raises:
        _NotExact: if rules cannot say the same.
    """
    if _is_closed_date(item) or flag(item.get("closed")):
        return [_exception(item, "", "", closed=True)]
    opens, closes = _times(item)
    freq = text_of(item.get("freq")).upper()
    days = list(_weekdays(item))
    if not days and not freq:
        return [_exception(item, opens, closes)]
    if freq not in ("", "WEEKLY", "DAILY"):
        raise _NotExact
    if any(text_of(item.get(name)) for name in ("bymonthday", "byyearday", "bysetpos")):
        raise _NotExact
    start = _date_of(item, "dtstart")
    if not days and freq == "DAILY":
        days = list(range(7))
    if not days:
        if start is None:
            raise _NotExact
        days = [start.weekday()]
    first, last = _limits(item, start, days)
    weeks = _week_numbers(item)
    rules = []
    for weekday in days:
        for parity, begin, end in _fortnights(item, weekday, start, first, last):
            rules.append(
                HoursRule(
                    opens,
                    closes,
                    weekday,
                    _nights(opens, closes),
                    begin.isoformat() if begin else None,
                    end.isoformat() if end else None,
                    weeks=parity or weeks,
                    on_reservation=_booked(item),
                )
            )
    return rules


def _booked(item: dict[str, Any]) -> bool:
    return text_of(item.get("attending_type")).casefold() == BY_APPOINTMENT


def _times(item: dict[str, Any]) -> tuple[str, str]:
    opens, closes = clock(item.get("opens_at")), clock(item.get("closes_at"))
    if opens is None or closes is None or opens == "24:00":
        raise _NotExact
    if opens == closes and opens != "00:00":
        raise _NotExact
    return opens, closes


def _nights(opens: str, closes: str) -> int:
    return 1 if closes <= opens else 0


def _exception(item: dict[str, Any], opens: str, closes: str, closed: bool = False) -> HoursRule:
    dates = _dates(item)
    if dates is None:
        raise _NotExact
    return HoursRule(
        opens,
        closes,
        closes_after_days=_nights(opens, closes) if opens else 0,
        valid_from=dates[0].isoformat(),
        valid_to=dates[1].isoformat(),
        closed=closed,
        exception=True,
        on_reservation=_booked(item),
    )


def _weekdays(item: dict[str, Any]) -> Iterator[int]:
    """The weekdays of `byday`, or of `weekday` (HSDS 1.x) where it is a word.

    A number could count from Sunday or Monday and from nought or one, so it says nothing sure.
    """
    text = text_of(item.get("byday")) or text_of(item.get("weekday"))
    for part in re.split(r"[,;\s]+", text.strip("[]'\" ")):
        word = part.strip("'\"")
        if not word:
            continue
        if word.upper() in DAYS:
            yield DAYS.index(word.upper())
        elif word.casefold() in WEEKDAY and not word.isdigit():
            yield WEEKDAY[word.casefold()]
        else:
            raise _NotExact


def _date_of(item: dict[str, Any], name: str) -> Optional[date]:
    """The date in a field; a text that is no date leaves the schedule without a sure meaning."""
    found = day(item.get(name))
    if found is None and text_of(item.get(name)):
        raise _NotExact
    return found


def _limits(
    item: dict[str, Any], start: Optional[date], days: list[int]
) -> tuple[Optional[date], Optional[date]]:
    """First and last date of a weekly schedule."""
    begins = [found for found in (_date_of(item, "valid_from"), start) if found]
    ends = [found for name in ("valid_to", "until") if (found := _date_of(item, name))]
    count = whole(item.get("count"))
    if count is None and text_of(item.get("count")):
        raise _NotExact
    if count:
        if start is None or not 0 < count <= MAX_COUNT or _interval(item) != 1:
            raise _NotExact
        ends.append(_last_of(count, start, days))
    first, last = max(begins, default=None), min(ends, default=None)
    if first and last and last < first:
        raise _NotExact
    return first, last


def _interval(item: dict[str, Any]) -> int:
    interval = whole(item.get("interval"))
    if interval is None and text_of(item.get("interval")):
        raise _NotExact
    return interval or 1


def _last_of(count: int, start: date, days: list[int]) -> date:
    """The date of the last of so many occurrences."""
    monday = start - timedelta(days=start.weekday())
    while True:
        for weekday in sorted(set(days)):
            found = monday + timedelta(days=weekday)
            if found >= start:
                count -= 1
                if count == 0:
                    return found
        monday += timedelta(weeks=1)


def _week_numbers(item: dict[str, Any]) -> Optional[str]:
    """`odd` or `even` where `byweekno` lists all of those weeks of a year."""
    text = text_of(item.get("byweekno"))
    if not text:
        return None
    numbers = {part.strip() for part in text.split(",")}
    for name, weeks in (("odd", ODD_WEEKS), ("even", EVEN_WEEKS)):
        if numbers | {"53"} == {str(week) for week in weeks} | {"53"}:
            return name
    raise _NotExact


Part = tuple[Optional[str], Optional[date], Optional[date]]


def _fortnights(
    item: dict[str, Any],
    weekday: int,
    start: Optional[date],
    first: Optional[date],
    last: Optional[date],
) -> Iterator[Part]:
    """(odd or even, first date, last date) of a weekday; the parity turns after a week 53."""
    interval = _interval(item)
    if text_of(item.get("freq")).upper() == "DAILY" and interval != 1:
        raise _NotExact
    if interval == 1:
        yield None, first, last
        return
    if interval != 2 or start is None or _week_numbers(item):
        raise _NotExact
    begin = text_of(item.get("wkst")).upper() or "MO"
    if begin not in DAYS:
        raise _NotExact
    shift = DAYS.index(begin)
    week = start - timedelta(days=(start.weekday() - shift) % 7)
    monday_of = week + timedelta(days=(weekday - shift) % 7)
    odd = bool(monday_of.isocalendar()[1] % 2)
    for number, (opens, closes) in enumerate(_long_years(first or start, last)):
        yield ("odd" if odd == (number % 2 == 0) else "even"), opens, closes


def _long_years(first: date, last: Optional[date]) -> Iterator[tuple[date, Optional[date]]]:
    """The time from one week 53 to the next."""
    year = first.isocalendar()[0]
    for _ in range(LONG_YEARS):
        while date(year, 12, 28).isocalendar()[1] != 53:
            year += 1
        end = date.fromisocalendar(year, 53, 7)
        if last is not None and last <= end:
            break
        yield first, end
        first = end + timedelta(days=1)
        year += 1
    yield first, last


def _is_always_open(rules: Iterable[HoursRule]) -> bool:
    whole_days = {
        rule.weekday
        for rule in rules
        if rule.opens == "00:00"
        and rule.closes in ("00:00", "24:00", "23:59")
        and not (rule.valid_from or rule.valid_to or rule.weeks or rule.exception)
        and not rule.on_reservation
    }
    return whole_days >= set(range(7))


# Words --------------------------------------------------------------------------------------


def _in_english(item: dict[str, Any]) -> str:
    """A schedule in English words, as far as it can be read."""
    parts = [_rhythm(item), _span(item), _validity(item)]
    return " ".join(part for part in parts if part)


def _rhythm(item: dict[str, Any]) -> str:
    freq = text_of(item.get("freq")).upper()
    days = " and ".join(_day_words(text_of(item.get("byday")) or text_of(item.get("weekday"))))
    month_days = text_of(item.get("bymonthday"))
    interval = whole(item.get("interval")) or 1
    weeks = text_of(item.get("byweekno"))
    if freq == "MONTHLY":
        when = days or (f"day {month_days}" if month_days else "")
        months = "every month" if interval == 1 else f"every {interval} months"
        return f"{when} {months}".strip()
    if interval > 1 and freq == "WEEKLY":
        days = f"{days} every {interval} weeks".strip()
    if weeks:
        days = f"{days} in weeks {weeks}".strip()
    if month_days:
        days = f"{days} on days {month_days} of the month".strip()
    return days


def _day_words(text: str) -> Iterator[str]:
    for part in re.split(r"[,;\s]+", text):
        match = re.fullmatch(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)", part.upper())
        if match is None:
            if part:
                yield part
            continue
        name = DAY_NAMES[DAYS.index(match.group(2))]
        ordinal = ORDINALS.get((match.group(1) or "").lstrip("+"))
        yield f"{ordinal} {name}" if ordinal else name


def _span(item: dict[str, Any]) -> str:
    times = []
    for name in ("opens_at", "closes_at"):
        text = text_of(item.get(name))
        times.append(clock(text) or text)
    return "–".join(times) if all(times) else " ".join(times).strip()


def _validity(item: dict[str, Any]) -> str:
    first = day(item.get("start_date")) or day(item.get("valid_from"))
    last = day(item.get("end_date")) or day(item.get("valid_to"))
    if first is None and last is None:
        return ""
    shown = [found.isoformat() if found else "" for found in (first, last)]
    return f"({shown[0]})" if shown[0] == shown[1] else f"({shown[0]}–{shown[1]})"
