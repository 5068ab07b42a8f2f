"""Problems in the data of the catalogue, for the people who look after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Optional

from assistant.catalogue.hours import DAYS
from assistant.catalogue.importers.base import web_address
from assistant.catalogue.link_check import LinkChecker, Progress, ask_for, links_of
from assistant.catalogue.model import LIMITED, Hours, HoursRule, Service, text_in
from assistant.catalogue.phones import parses
from assistant.catalogue.store import CatalogueStore
from assistant.catalogue.topics import TOPICS

OLD = timedelta(days=365)
#: A topic that the sentence encoder is less sure of should be looked at.
SURE_TOPIC = 0.8
WANTED_LANGUAGES = ("fi", "sv", "en")


def check(store: CatalogueStore, today: Optional[date] = None) -> list[dict[str, str]]:
    """The problems of every published service: rows of service_id, title, kind and detail.

    `kind` is one of: no_topic, unknown_topic, uncertain_topic, no_summary, no_contact, no_provider,
    no_area, bad_phone, bad_url, old, no_date, missing_language, expired_hours,
    contradicting_hours.
    """
    today = today or date.today()
    return [
        {
            "service_id": service.id,
            "title": text_in(service.names, "en"),
            "kind": kind,
            "detail": detail,
        }
        for service in store.all_services()
        if not service.fallback
        for kind, detail in _problems(service, today)
    ]


def check_links(
    store: CatalogueStore,
    most: int,
    checker: Optional[LinkChecker] = None,
    progress: Optional[Progress] = None,
) -> Iterator[dict[str, str]]:
    """The services with a dead or suspicious link, as rows of `check`.

    Args:
        store: the catalogue.
        most: how many addresses to ask for at most.
        checker: asks for them.
        progress: called with (done, total).
    """
    links = links_of(store.all_services())
    for service, kind, detail in ask_for(links, most, checker, progress):
        yield {
            "service_id": service.id,
            "title": text_in(service.names, "en"),
            "kind": kind,
            "detail": detail,
        }


def _problems(service: Service, today: date) -> Iterator[tuple[str, str]]:
    if not service.topics:
        yield "no_topic", "no class of it belongs to a topic"
    if service.topic_confidence is not None and service.topic_confidence < SURE_TOPIC:
        topics = ", ".join(service.topics)
        yield "uncertain_topic", f"{topics}, by its text, {service.topic_confidence:.2f} sure"
    for topic in service.topics:
        if topic not in TOPICS:
            yield "unknown_topic", topic
    if not service.summaries and not service.descriptions:
        yield "no_summary", "neither a summary nor a description"
    if service.area.scope == LIMITED and not service.area.municipalities:
        yield "no_area", "limited to an area that is not known"
    if service.organization is None and service.source_name != "own":
        yield "no_provider", "the organisation is not known"
    yield from _contact_problems(service, today)
    if service.checked is None:
        yield "no_date", "no date on which it was checked or changed"
    elif date.fromisoformat(service.checked) < today - OLD:
        yield "old", f"last checked or changed on {service.checked}"
    missing = [code for code in WANTED_LANGUAGES if code not in service.names]
    if missing:
        yield "missing_language", ", ".join(missing)


def _contact_problems(service: Service, today: date) -> Iterator[tuple[str, str]]:
    reachable = False
    for channel in service.channels:
        reachable = reachable or bool(channel.phones or channel.urls or channel.addresses)
        for phone in channel.phones:
            if not parses(phone.number):
                yield "bad_phone", phone.number
        for url in set(channel.urls.values()):
            if not web_address(url):
                yield "bad_url", url
        for detail in contradictions(channel.hours):
            yield "contradicting_hours", detail
        ends = [rule.valid_to for rule in channel.hours.rules if not rule.exception]
        if ends and all(end is not None and end < today.isoformat() for end in ends):
            yield "expired_hours", f"opening hours ended on {max(end for end in ends if end)}"
    if not reachable:
        yield "no_contact", "no telephone number, address or web page"


def contradictions(hours: Hours) -> Iterator[str]:
    """What cannot be true at once in opening hours."""
    weekly = [rule for rule in hours.rules if not rule.exception]
    if hours.always_open and weekly:
        yield "always open, and yet with hours"
    for one, other in combinations(weekly, 2):
        if not _same_days(one, other):
            continue
        if one.closed != other.closed:
            yield f"open and closed on weekday {_weekday(one, other)}"
        elif _overlap(one, other):
            yield (
                f"{one.opens}-{one.closes} and {other.opens}-{other.closes}"
                f" on weekday {_weekday(one, other)}"
            )
    for rule in hours.rules:
        if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
            yield f"end on {rule.valid_to}, before they begin on {rule.valid_from}"


def _same_days(one: HoursRule, other: HoursRule) -> bool:
    """True if two weekly rules speak of one weekday in the same weeks and without an end."""
    both_always = not (one.valid_from or one.valid_to or other.valid_from or other.valid_to)
    weeks = one.weeks is None or other.weeks is None or one.weeks == other.weeks
    days = one.weekday is None or other.weekday is None or one.weekday == other.weekday
    return both_always and weeks and days and one.on_reservation == other.on_reservation


def _weekday(one: HoursRule, other: HoursRule) -> str:
    number = one.weekday if one.weekday is not None else other.weekday
    return DAYS[number][0] if number is not None else "every day"


def _overlap(one: HoursRule, other: HoursRule) -> bool:
    """True if the times of two rules overlap without being the same or one within the other."""
    if one.closed or one.closes_after_days or other.closes_after_days:
        return False
    return one.opens < other.opens < one.closes < other.closes or (
        other.opens < one.opens < other.closes < one.closes
    )
