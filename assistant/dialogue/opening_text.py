"""A time at which services have to be open, and their hours then, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Optional

from babel.dates import format_date, format_time

from assistant.catalogue import Service
from assistant.catalogue.hours import hours_on
from assistant.catalogue.model import text_in
from assistant.catalogue.opening_time import OpeningTime
from assistant.catalogue.time_window import PARTS
from assistant.dialogue.details_text import LOCALES

_HOURS_OF_DAY = 24


def opening_words(opening: OpeningTime, language: str) -> str:
    """The time with its date, such as `Wednesday, November 25, 2026, 17–22`."""
    locale = LOCALES.get(language, language)
    days = [
        format_date(day, "full", locale=locale)
        for day in dict.fromkeys((opening.first, opening.last))
    ]
    words = " – ".join(days)
    comma = "، " if language in ("ar", "fa") else ", "
    if opening.clock is not None:
        return f"{words}{comma}{format_time(opening.clock, 'short', locale=locale)}"
    if opening.part is not None:
        start, end = PARTS[opening.part]
        return f"{words}{comma}{start}–{end if end <= _HOURS_OF_DAY else end - _HOURS_OF_DAY}"
    return words


def opening_lines(
    services: Iterable[Service], opening: OpeningTime, language: str
) -> Iterator[str]:
    """The hours of services on the day that is asked about, one line each.

    A service whose places have different hours is left out: its details tell them.
    """
    if opening.first != opening.last:
        return
    for service in services:
        hours = _same_hours(service, opening, language)
        if hours:
            yield f"{text_in(service.names, language)}: {hours}"


def _same_hours(service: Service, opening: OpeningTime, language: str) -> Optional[str]:
    known = [channel for channel in service.channels if channel.hours.known]
    places = [channel for channel in known if channel.type == "location"]
    found = {hours_on(channel.hours, opening.first, language) for channel in places or known}
    return found.pop() if len(found) == 1 else None
