"""Days: what is past its time or soon will be, and what nobody has looked at for long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from assistant.guidance.check.data import Entry, GuidanceData
from assistant.guidance.check.problem import Problem

OLD = timedelta(days=365)
#: So long before the end somebody should find out what comes after it.
SOON = timedelta(days=60)


def age_problems(data: GuidanceData, today: date, older_than: timedelta) -> Iterator[Problem]:
    """Guides that are past their time (errors), and what is old or ends soon (warnings)."""
    for guide in data.guides.values():
        yield from _end(guide, today, "expired")
        yield from _old(guide, today, older_than, "old_guide")
        days = {
            name: data.sources[name].day("checked")
            for name in guide.names("sources")
            if name in data.sources
        }
        read = guide.day("checked")
        newer = [f"{name} of {day}" for name, day in days.items() if read and day and day > read]
        if newer:
            yield Problem("older_than_source", guide.file, guide.id, ", ".join(newer))
    for source in data.sources.values():
        yield from _old(source, today, older_than, "old_source")
    for fact in data.facts:
        yield from _end(fact, today, "figure_expired")
        yield from _old(fact, today, older_than, "old_fact")


def _end(entry: Entry, today: date, past: str) -> Iterator[Problem]:
    end = entry.day("valid_until")
    if end is not None and end < today:
        yield Problem(past, entry.file, entry.id, f"ended on {end}")
    elif end is not None and end - today <= SOON:
        yield Problem("expires_soon", entry.file, entry.id, f"ends on {end}")


def _old(entry: Entry, today: date, older_than: timedelta, kind: str) -> Iterator[Problem]:
    checked = entry.day("checked")
    if checked is not None and today - checked > older_than:
        yield Problem(kind, entry.file, entry.id, f"checked on {checked}")
