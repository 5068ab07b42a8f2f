"""A time at which a service has to be open: days, perhaps a part of the day or a moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Optional

from assistant.catalogue.hours import ZONE, local
from assistant.catalogue.time_window import MOST_DAYS, PARTS, Window

_MINUTE = timedelta(minutes=1)
_DAY = r"\d{4}-\d\d-\d\d"
_FORM = re.compile(rf"({_DAY})(?:/({_DAY})|-({'|'.join(PARTS)})|T([01]\d|2[0-3]):([0-5]\d))?")


@dataclass(frozen=True)
class OpeningTime:
    """Days in Finland; of a single day perhaps a part or a moment.

    Attributes:
        first: the first day.
        last: the last one, often the same.
        part: a part of the day (`time_window.PARTS`), or None for all of it.
        clock: a moment of the day instead of a part.
    """

    first: date
    last: date
    part: Optional[str] = None
    clock: Optional[time] = None

    def as_text(self) -> str:
        """`2026-11-25-evening`, `2026-11-28/2026-11-29` or `2026-11-25T18:00`."""
        days = f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"
        if self.clock is not None:
            return f"{days}T{self.clock:%H:%M}"
        return f"{days}-{self.part}" if self.part else days

    @classmethod
    def from_text(cls, text: object) -> Optional[OpeningTime]:
        """What `as_text` wrote; None for anything else."""
        found = _FORM.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            return None
        try:
            first = date.fromisoformat(found[1])
            last = date.fromisoformat(found[2] or found[1])
        except ValueError:
            return None
        if not 0 <= (last - first).days <= MOST_DAYS:
            return None
        clock = time(int(found[4]), int(found[5])) if found[4] else None
        return cls(first, last, found[3], clock)

    def window(self, now: datetime) -> Optional[Window]:
        """Start and end in Finland, without what is past; None when all of it is past."""
        first = datetime.combine(self.first, time(0), ZONE)
        last = datetime.combine(self.last, time(0), ZONE)
        if self.clock is not None:
            start = datetime.combine(self.first, self.clock, ZONE)
            end = start + _MINUTE
        else:
            opens, closes = PARTS[self.part] if self.part else (0, 24)
            start, end = first + timedelta(hours=opens), last + timedelta(hours=closes)
        now = local(now)
        return (max(start, now), end) if end > now else None
