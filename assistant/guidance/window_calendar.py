"""A calendar entry (iCalendar, RFC 5545) for the last day of the three years."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from assistant.guidance.request_letter import said
from assistant.i18n import marked

SUMMARY = marked("The three years for the assessment (alkukartoitus) end")
THREE_YEARS = marked(
    "Your first permit, residence card or registration may be at most three years old."
)
DECIDES = marked("The authority that you ask decides if you need the assessment.")
EARLIEST = marked("The three years end on this day or later.")
REMINDER = marked("Ask for the assessment (alkukartoitus) now, if you have not asked yet.")

#: Days before the last one, at nine o'clock: an alarm of an all-day entry counts from midnight.
REMINDERS = (60, 14)
_MORNING = timedelta(hours=9)


def window_calendar(ends: date, language: str, now: datetime, exact: bool = True) -> bytes:
    """An all-day entry with two reminders, without anything about the person.

    Args:
        ends: the last day of the three years.
        language: a served language.
        now: when the entry is made.
        exact: False if the three years may also end later.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Kuntaopas//Assessment//EN")
    calendar.add("version", "2.0")
    event = Event()
    # The same day gives the same entry: adding it again does not make a second one.
    event.add("uid", f"assessment-window-{ends.isoformat()}@kuntaopas")
    event.add("dtstamp", now)
    event.add("dtstart", ends)
    event.add("dtend", ends + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    summary = said(SUMMARY, language)
    event.add("summary", summary.plain, {"LANGUAGE": summary.language})
    messages = [THREE_YEARS, *([] if exact else [EARLIEST]), REMINDER, DECIDES]
    description = "\n".join(said(message, language).plain for message in messages)
    event.add("description", description, {"LANGUAGE": said(REMINDER, language).language})
    for days in REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", _MORNING - timedelta(days=days))
        alarm.add("description", said(REMINDER, language).plain)
        event.add_component(alarm)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
