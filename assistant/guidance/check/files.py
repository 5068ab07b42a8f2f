"""Files of guides, sources, contacts and the assessment: what is missing, unknown or not shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from assistant.guidance.check.data import Entry, GuidanceData
from assistant.guidance.check.problem import Problem
from assistant.guidance.guides import SHOWN_STATUSES, GuideError, parse_guide
from assistant.guidance.sources import Source

GUIDE_FIELDS = ("title", "do", "where", "sources", "checked")
SOURCE_FIELDS = ("title", "url", "checked", "status")
CONTACT_FIELDS = ("name", "summary", "source", "status", "checked")
#: `advice` states no fact; a `planned` law is not shown as one.
OTHER_STATUSES = ("advice", "planned")


def file_problems(data: GuidanceData) -> Iterator[Problem]:
    """The errors in what is written in the files."""
    for guide in data.guides.values():
        found = [*_guide(data, guide)]
        yield from found or _refused(data, guide)
    for source in data.sources.values():
        yield from _missing(source, SOURCE_FIELDS)
        yield from _statuses(source, SHOWN_STATUSES)
    for contact in data.contacts.values():
        yield from _missing(contact, CONTACT_FIELDS)
        yield from _statuses(contact, SHOWN_STATUSES)
        cited = contact.content.get("source")
        if cited is not None and str(cited) not in data.sources:
            yield Problem("unknown_source", contact.file, contact.id, str(cited))
    for law in data.laws.values():
        yield from _statuses(law, (*SHOWN_STATUSES, *OTHER_STATUSES))
        for cited in used_sources(law.content):
            if cited not in data.sources:
                yield Problem("unknown_source", law.file, "", cited)


def used_sources(content: Any) -> Iterator[str]:
    """The sources that a file names anywhere."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key == "sources" and isinstance(value, list):
                yield from (str(one) for one in value)
            elif key == "source" and value is not None:
                yield str(value)
            else:
                yield from used_sources(value)
    elif isinstance(content, list):
        for one in content:
            yield from used_sources(one)


def _guide(data: GuidanceData, guide: Entry) -> Iterator[Problem]:
    def problem(kind: str, detail: str) -> Problem:
        return Problem(kind, guide.file, guide.id, detail)

    yield from _missing(guide, GUIDE_FIELDS)
    yield from _statuses(guide, SHOWN_STATUSES)
    for name in guide.names("sources"):
        if name not in data.sources:
            yield problem("unknown_source", name)
    for name in guide.names("contacts"):
        if name not in data.contacts:
            yield problem("unknown_contact", name)
    for name in guide.names("related"):
        if name not in data.topics.names:
            yield problem("unknown_related", name)
    search = guide.content.get("search")
    topics = (search.get("topics") if isinstance(search, dict) else None) or ()
    for name in topics:
        if str(name) not in data.topics.topics:
            yield problem("unknown_topic", str(name))
    if guide.id not in data.topics.names:
        yield problem("unknown_need", guide.id)


def _missing(entry: Entry, fields: tuple[str, ...]) -> Iterator[Problem]:
    missing = [name for name in fields if entry.content.get(name) is None]
    if missing:
        yield Problem("missing_field", entry.file, entry.id, ", ".join(missing))


def _statuses(entry: Entry, shown: tuple[str, ...]) -> Iterator[Problem]:
    for status in _written(entry.content, "status"):
        if status not in shown:
            yield Problem("not_shown_status", entry.file, entry.id, str(status))


def _written(content: Any, name: str) -> Iterator[Any]:
    """Every value of a field, wherever it is written in a file."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key == name:
                yield value
            else:
                yield from _written(value, name)
    elif isinstance(content, list):
        for one in content:
            yield from _written(one, name)


def _refused(data: GuidanceData, guide: Entry) -> Iterator[Problem]:
    """What the loader says of a guide in which nothing else was found."""
    known = {name: Source(name, "", "", date.min) for name in data.sources}
    try:
        parse_guide(guide.id, guide.content, known)
    except (GuideError, TypeError, ValueError, AttributeError) as error:
        yield Problem("unreadable", guide.file, guide.id, " ".join(str(error).split()))
    for name in ("checked", "valid_from", "valid_until"):
        value = guide.content.get(name)
        if value is not None and not isinstance(value, date):
            yield Problem("unreadable", guide.file, guide.id, f"{name} {value!r} is not a day")
