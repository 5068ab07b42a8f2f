"""Opening hours of PTV, in the spellings of v7 to v11 and in the types of v12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Optional

from assistant.catalogue.hours import WEEKDAY, day_range
from assistant.catalogue.importers.values import entries, key, local_date, text, texts, truth
from assistant.catalogue.model import Hours, HoursRule, LocalizedText
from assistant.catalogue.named_days import day_name

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EXCEPTIONS = ("exceptional", "exception")
_OVER_MIDNIGHT = ("overmidnight", "special")
_PARITIES = {"oddweeks": "odd", "evenweeks": "even"}


def clock(value: Any) -> Optional[str]:
    """`08:00` of `08:00:00` or `8:00`; None for what is no time of day."""
    match = re.match(r"^(\d{1,2})[:.](\d{2})", value.strip()) if isinstance(value, str) else None
    if match is None or int(match.group(1)) > 24 or int(match.group(2)) > 59:
        return None
    return f"{int(match.group(1)):02d}:{match.group(2)}"


def _weekday(value: Any) -> Optional[int]:
    return WEEKDAY.get(value.strip().lower()) if isinstance(value, str) else None


def _say(hours: Hours, said: LocalizedText) -> None:
    """Add what the source says in words, once."""
    for language, words in said.items():
        lines = hours.raw_text.get(language, "").split("\n")
        if words not in lines:
            hours.raw_text[language] = "\n".join(line for line in (*lines, words) if line)


# v7 to v11 ------------------------------------------------------------------------------------


def hours_of(value: Any) -> Hours:
    """Opening hours of v7 to v11: weekly, over midnight, exceptions, always open, reservations."""
    hours = Hours()
    for item in entries(value):
        _say(hours, texts(item.get("additionalInformation")))
        _read_entry(hours, item, key(item.get("serviceHourType")))
    return hours


def _read_entry(hours: Hours, item: dict[str, Any], kind: str) -> None:
    exception = kind in _EXCEPTIONS
    start, end = local_date(item.get("validFrom")), local_date(item.get("validTo"))
    if exception:
        if start is None:
            return
        end = end or start
    elif truth(item.get("validForNow")):
        start = end = None
    base = HoursRule(
        valid_from=start,
        valid_to=end,
        exception=exception,
        on_reservation=bool(truth(item.get("isReservation"))),
    )
    if truth(item.get("isClosed")):
        # Closed for ever says nothing of when it is open, so it is left to the words.
        if exception or start or end:
            hours.rules.append(replace(base, closed=True, on_reservation=False))
        return
    if truth(item.get("isAlwaysOpen")):
        if exception or start or end or base.on_reservation:
            hours.rules.append(replace(base, opens="00:00", closes="24:00"))
        else:
            hours.always_open = True
        return
    for opening in entries(item.get("openingHour")):
        hours.rules += _rules(opening, base, kind)


def _rules(opening: dict[str, Any], base: HoursRule, kind: str) -> list[HoursRule]:
    opens, closes = clock(opening.get("from")), clock(opening.get("to"))
    if opens is None or closes is None:
        return []
    rule = replace(base, opens=opens, closes=closes)
    first = _weekday(opening.get("dayFrom"))
    last = _weekday(opening.get("dayTo"))
    last = first if last is None else last
    if base.exception:
        several = base.valid_from != base.valid_to
        if several and first is not None and last is not None:
            return [replace(rule, weekday=day) for day in day_range(first, last)]
        return [rule]
    if first is None or last is None:
        return []
    if kind in _OVER_MIDNIGHT:
        nights = (last - first) % 7 or (1 if closes <= opens else 0)
        return [replace(rule, weekday=first, closes_after_days=nights)]
    return [replace(rule, weekday=day) for day in day_range(first, last)]


# v12 ------------------------------------------------------------------------------------------


def hours_v12(value: Any) -> Hours:
    """Opening hours of v12: `{hours: [...], holidayServiceHours: {...}}`, or null.

    The named days of `holidayServiceHours` become exceptions on the dates of the day.
    """
    hours = Hours()
    if isinstance(value, list):
        value = {"hours": value}
    if not isinstance(value, dict):
        return hours
    for item in entries(value.get("hours")):
        _say(hours, texts(item.get("heading")))
        _say(hours, texts(item.get("additionalInformation")))
        _read_v12(hours, item, key(item.get("type")))
    named = value.get("holidayServiceHours")
    if isinstance(named, dict):
        _say(hours, texts(named.get("additionalInformation")))
        for holiday in entries(named.get("holidays")):
            _read_holiday(hours, holiday)
    return hours


def _read_v12(hours: Hours, item: dict[str, Any], kind: str) -> None:
    start, end = _date(item, "from"), _date(item, "to")
    exceptional = kind.startswith("exceptional")
    if exceptional:
        if start is None:
            return
        end = end or start
    base = HoursRule(valid_from=start, valid_to=end, exception=exceptional)
    if kind.startswith("continuous"):
        _read_continuous(hours, item, kind, base)
        return
    found = [
        rule
        for name, day in _week_days(item)
        for rule in _day_rules(hours, day, replace(base, weekday=WEEKDAYS.index(name)))
    ]
    if exceptional and start == end:
        # The one date is enough; its weekday may be that of another zone's date.
        found = [replace(rule, weekday=None) for rule in found]
    if exceptional and not found:
        found = list(_day_rules(hours, item, base)) or [replace(base, closed=True)]
    hours.rules += found


def _date(item: dict[str, Any], end: str) -> Optional[str]:
    names = (f"{end}Date", f"valid{end.capitalize()}", "startDate" if end == "from" else "endDate")
    return next((found for found in (local_date(item.get(name)) for name in names) if found), None)


def _read_continuous(hours: Hours, item: dict[str, Any], kind: str, base: HoursRule) -> None:
    """Open without a break: always, between two moments, or from a weekday to another."""
    status = key(item.get("openingStatus"))
    base = replace(base, on_reservation=status == "openonreservation")
    opens, closes = clock(item.get("fromTime")), clock(item.get("toTime"))
    if status == "closed":
        if base.valid_from or base.valid_to:
            hours.rules.append(replace(base, closed=True, on_reservation=False))
        return
    if kind.startswith("continuousweekdays"):
        first, last = _weekday(item.get("fromDay")), _weekday(item.get("toDay"))
        if first is None or last is None or opens is None or closes is None:
            return
        nights = (last - first) % 7 or (1 if closes <= opens else 0)
        hours.rules.append(
            replace(base, opens=opens, closes=closes, weekday=first, closes_after_days=nights)
        )
    elif kind.startswith("continuousdaterange") or base.valid_from or base.valid_to:
        hours.rules += _without_break(base, opens, closes)
    elif base.on_reservation:
        hours.rules.append(replace(base, opens="00:00", closes="24:00"))
    else:
        hours.always_open = True


def _without_break(
    base: HoursRule, opens: Optional[str], closes: Optional[str]
) -> Iterator[HoursRule]:
    """Rules of the days from the opening on the first date to the closing on the last one."""
    start, end = base.valid_from, base.valid_to
    whole = replace(base, opens="00:00", closes="24:00")
    if start is None or end is None or start == end:
        yield replace(base, opens=opens or "00:00", closes=closes or "24:00")
        return
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if last < first:
        return
    yield replace(whole, opens=opens or "00:00", valid_to=start)
    if (last - first).days > 1:
        yield replace(
            whole,
            valid_from=date.fromordinal(first.toordinal() + 1).isoformat(),
            valid_to=date.fromordinal(last.toordinal() - 1).isoformat(),
        )
    if closes != "00:00":
        yield replace(whole, closes=closes or "24:00", valid_from=end)


def _week_days(item: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(name, hours) of the days of a week, wherever the entry has them."""
    for source in (item.get("weeklyHours"), item.get("weekdays"), item):
        if isinstance(source, dict):
            for name, day in source.items():
                if key(name) in WEEKDAYS:
                    yield key(name), day
        elif isinstance(source, list):
            for day in entries(source):
                name = key(day.get("weekday") or day.get("day"))
                if name in WEEKDAYS:
                    yield name, day


def _day_rules(hours: Hours, day: Any, base: HoursRule) -> Iterator[HoursRule]:
    """The rules of the `{start, end, openingStatus, repetition}` of a day."""
    for item in entries(day.get("hours") if isinstance(day, dict) else day):
        _say(hours, texts(item.get("additionalInformation")))
        parity = _PARITIES.get(key(item.get("repetition")))
        rule = replace(base, weeks=parity)
        status = key(item.get("openingStatus"))
        if status == "closed":
            yield replace(rule, closed=True)
            continue
        opens, closes = clock(item.get("start")), clock(item.get("end"))
        if opens is not None and closes is not None:
            yield replace(
                rule, opens=opens, closes=closes, on_reservation=status == "openonreservation"
            )


def _read_holiday(hours: Hours, holiday: dict[str, Any]) -> None:
    name = day_name(text(holiday.get("holidayName")))
    if not name:
        return
    base = HoursRule(exception=True, holiday=name)
    found = list(_day_rules(hours, holiday, base))
    # A named day without times is one on which the place is shut, unless it says otherwise.
    status = key(holiday.get("openingStatus"))
    if not found and status in ("", "closed"):
        found = [replace(base, closed=True)]
    hours.rules += found
