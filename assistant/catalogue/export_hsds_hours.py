"""Opening hours as schedules of Open Referral HSDS 3.0."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from assistant.catalogue.hours import DAYS as NAMES
from assistant.catalogue.importers.hsds.hours import BY_APPOINTMENT, DAYS, EVEN_WEEKS, ODD_WEEKS
from assistant.catalogue.model import Hours, HoursRule, text_in
from assistant.catalogue.named_days import is_named_day

#: Named days and weekdays of an exception are written as the dates they have in so many days.
AHEAD = 366
CLOSED = "Closed"

Record = dict[str, Any]


def schedules_of(
    hours: Hours, language: str, key: Callable[[str], str], today: date | None = None
) -> list[Record]:
    """The schedules of opening hours.

    Args:
        hours: the hours.
        language: of the words.
        key: the id of a schedule from its number.
        today: the first of the dates that named days are written as.
    """
    records: list[Record] = []
    if hours.always_open:
        records.append(_weekly(list(range(7)), HoursRule("00:00", "24:00")))
    together: dict[tuple[Any, ...], list[HoursRule]] = {}
    for rule in hours.rules:
        if not rule.exception and not rule.holiday:
            together.setdefault(_but_for_the_day(rule), []).append(rule)
    for rules in together.values():
        if not rules[0].closed:
            days = {rule.weekday for rule in rules}
            records.append(
                _weekly(
                    list(range(7)) if None in days else sorted(d for d in days if d is not None),
                    rules[0],
                )
            )
    for rule in hours.rules:
        if rule.exception or rule.holiday:
            records += _exceptions(rule, today or date.today())
    words = text_in(hours.raw_text, language)
    if words:
        records.append({"description": words})
    return [{"id": key(str(number)), **record} for number, record in enumerate(records)]


def _but_for_the_day(rule: HoursRule) -> tuple[Any, ...]:
    return (rule.opens, rule.closes, rule.closes_after_days, rule.valid_from, rule.valid_to,
            rule.closed, rule.weeks, rule.on_reservation)  # fmt: skip


def _is_told(rule: HoursRule) -> bool:
    """True when opening and closing time say all: a place closes before 24 hours have passed."""
    nights = 1 if rule.closes <= rule.opens else 0
    return rule.closes_after_days in (0, nights) and bool(rule.opens and rule.closes)


def _weekly(days: list[int], rule: HoursRule) -> Record:
    if not _is_told(rule):
        name = "-".join(dict.fromkeys((NAMES[days[0]][0], NAMES[days[-1]][0])))
        nights = f" (+{rule.closes_after_days} d)" if rule.closes_after_days else ""
        return {"description": f"{name} {rule.opens}-{rule.closes}{nights}"}
    record: Record = {"freq": "WEEKLY", "byday": ",".join(DAYS[day] for day in days)}
    if rule.weeks:
        weeks = ODD_WEEKS if rule.weeks == "odd" else EVEN_WEEKS
        record["byweekno"] = ",".join(str(week) for week in weeks)
    return record | _limits(rule.valid_from, rule.valid_to) | _times(rule)


def _times(rule: HoursRule) -> Record:
    record = {"opens_at": rule.opens, "closes_at": rule.closes}
    return record | ({"attending_type": BY_APPOINTMENT} if rule.on_reservation else {})


def _limits(first: str | None, last: str | None) -> Record:
    dates = {"valid_from": (first or "")[:10], "valid_to": (last or "")[:10]}
    return {name: text for name, text in dates.items() if text}


def _exceptions(rule: HoursRule, today: date) -> Iterator[Record]:
    said = {"description": CLOSED} if rule.closed else _times(rule)
    if not rule.closed and not _is_told(rule):
        return
    if rule.holiday is None and rule.weekday is None and rule.weeks is None:
        first, last = rule.valid_from or rule.valid_to, rule.valid_to or rule.valid_from
        if first:
            yield _limits(first, last) | said
        return
    for step in range(AHEAD):
        day = today + timedelta(days=step)
        if _is_meant(rule, day):
            yield _limits(day.isoformat(), day.isoformat()) | said


def _is_meant(rule: HoursRule, day: date) -> bool:
    iso = day.isoformat()
    if (rule.valid_from or iso)[:10] > iso or (rule.valid_to or iso)[:10] < iso:
        return False
    if rule.holiday is not None and not is_named_day(rule.holiday, day):
        return False
    if rule.weeks is not None and (rule.weeks == "odd") != bool(day.isocalendar()[1] % 2):
        return False
    return rule.weekday is None or rule.weekday == day.weekday()
