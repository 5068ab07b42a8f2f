"""Opening hours of Hauki (`date_periods` with `time_span_groups`), the city's hours register."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Optional

from assistant.catalogue.importers.servicemap.values import day_of, items
from assistant.catalogue.model import Hours, HoursRule

OPEN = frozenset(("open", "self_service", "open_and_reservable", "enter_only"))
ON_RESERVATION = frozenset(
    ("with_reservation", "with_key", "with_key_and_reservation", "only_with_reservation")
)
CLOSED = frozenset(("closed", "exit_only", "maintenance", "not_in_use", "noopen"))
#: States that only say that another part of the record decides.
UNSAID = frozenset(("", "undefined", "none"))
EVERY_DAY = tuple(range(7))


class Untold(Exception):
    """A period that the rules of the catalogue cannot tell, so that nothing must be said."""


@dataclass(frozen=True)
class _Period:
    start: Optional[str]
    end: Optional[str]
    override: bool


def hauki_hours(periods: Iterable[Any]) -> Hours:
    """Hours of the periods of one place; none at all if one of them cannot be told.

    Periods with `override` are exceptions: on their dates they replace all other hours.
    """
    rules: list[HoursRule] = []
    try:
        for period in periods:
            if isinstance(period, dict) and not period.get("is_removed"):
                rules += _period_rules(period)
    except Untold:
        return Hours()
    return Hours(rules=_joined(rules))


def _period_rules(data: dict[str, Any]) -> list[HoursRule]:
    start, end = day_of(data.get("start_date")), day_of(data.get("end_date"))
    if (data.get("start_date") and start is None) or (data.get("end_date") and end is None):
        raise Untold
    override = data.get("override") is True
    if override and start is None and end is None:
        raise Untold
    period = _Period(start, end, override)
    state = _state(data)
    rules: list[HoursRule] = []
    for group in items(data.get("time_span_groups")):
        weeks = _weeks(group)
        for span in items(group.get("time_spans")):
            rules += [replace(rule, weeks=weeks) for rule in _span_rules(span, state, period)]
    if not rules:
        if state in CLOSED:
            return [_rule(period, closed=True)]
        if state in OPEN and not items(data.get("time_span_groups")):
            return [_rule(period, opens="00:00", closes="24:00")]
        if override:
            raise Untold
        return []
    if override:
        # A day without hours in a period that replaces the others is a day when it is closed.
        told = {rule.weekday for rule in rules}
        if None not in told:
            rules += [
                _rule(period, weekday=day, closed=True) for day in EVERY_DAY if day not in told
            ]
    return rules


def _span_rules(span: dict[str, Any], period_state: str, period: _Period) -> list[HoursRule]:
    if span.get("is_removed"):
        return []
    state = _state(span)
    if state in UNSAID:
        state = "open" if period_state in UNSAID else period_state
    days = _weekdays(span.get("weekdays"))
    if state in CLOSED:
        return [_rule(period, weekday=day, closed=True) for day in days]
    if state not in OPEN | ON_RESERVATION:
        raise Untold
    opens, closes = _clock(span.get("start_time")), _clock(span.get("end_time"))
    nights = 1 if span.get("end_time_on_next_day") is True else 0
    if span.get("full_day") is True:
        opens, closes, nights = "00:00", "24:00", 0
    if opens is None or closes is None:
        raise Untold
    return [
        _rule(
            period,
            opens=opens,
            closes=closes,
            weekday=day,
            closes_after_days=nights,
            on_reservation=state in ON_RESERVATION,
        )
        for day in days
    ]


def _rule(period: _Period, **fields: Any) -> HoursRule:
    return HoursRule(
        valid_from=period.start, valid_to=period.end, exception=period.override, **fields
    )


def _state(data: dict[str, Any]) -> str:
    value = data.get("resource_state")
    return value.strip().lower() if isinstance(value, str) else ""


def _weekdays(value: Any) -> list[Optional[int]]:
    """Hauki counts from 1 (Monday) to 7; no list means every day."""
    if value is None or value == []:
        return [None]
    days = value if isinstance(value, list) else [value]
    if not all(str(day) in "1234567" and len(str(day)) == 1 for day in days):
        raise Untold
    return [int(day) - 1 for day in dict.fromkeys(map(str, days))]


def _weeks(group: dict[str, Any]) -> Optional[str]:
    """Odd or even weeks of a group; other rhythms cannot be told."""
    found: Optional[str] = None
    for rule in items(group.get("rules")):
        modifier = str(rule.get("frequency_modifier") or "").lower()
        subject = str(rule.get("subject") or "").lower()
        if modifier not in ("odd", "even") or subject != "week" or found is not None:
            raise Untold
        if str(rule.get("context") or "year").lower() != "year":
            raise Untold
        found = modifier
    return found


def _clock(value: Any) -> Optional[str]:
    match = re.match(r"(\d{1,2}):(\d{2})", value) if isinstance(value, str) else None
    if match is None or int(match.group(1)) > 24 or int(match.group(2)) > 59:
        return None
    return f"{int(match.group(1)):02d}:{match.group(2)}"


def _joined(rules: list[HoursRule]) -> list[HoursRule]:
    """Rules whose times follow each other without a gap are one: 8–10 and 10–20 are 8–20."""
    found: list[HoursRule] = []
    for rule in sorted(rules, key=lambda item: (item.weekday is not None, item.weekday or 0)):
        found.append(rule)
    joined = True
    while joined:
        joined = False
        for first in found:
            second = next((item for item in found if _follows(first, item)), None)
            if second is not None:
                found.remove(second)
                first.closes, first.closes_after_days = second.closes, second.closes_after_days
                joined = True
                break
    return found


def _follows(first: HoursRule, second: HoursRule) -> bool:
    if first is second or first.closed or second.closed or first.closes_after_days:
        return False
    if first.closes != second.opens or first.opens >= first.closes:
        return False
    aligned = replace(
        second,
        opens=first.opens,
        closes=first.closes,
        closes_after_days=first.closes_after_days,
    )
    return aligned == first
