"""Problems in the data of the catalogue, for the people who look after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Optional

from assistant.catalogue.importers.base import web_address
from assistant.catalogue.model import LIMITED, Service, text_in
from assistant.catalogue.phones import parses
from assistant.catalogue.store import CatalogueStore
from assistant.catalogue.topics import TOPICS

OLD = timedelta(days=365)
WANTED_LANGUAGES = ("fi", "sv", "en")


def check(store: CatalogueStore, today: Optional[date] = None) -> list[dict[str, str]]:
    """The problems of every published service: rows of service_id, title, kind and detail.

    `kind` is one of: no_topic, unknown_topic, no_summary, no_contact, no_provider, no_area,
    bad_phone, bad_url, old, no_date, missing_language, expired_hours.
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


def _problems(service: Service, today: date) -> Iterator[tuple[str, str]]:
    if not service.topics:
        yield "no_topic", "no class of it belongs to a topic"
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
        ends = [rule.valid_to for rule in channel.hours.rules if not rule.exception]
        if ends and all(end is not None and end < today.isoformat() for end in ends):
            yield "expired_hours", f"opening hours ended on {max(end for end in ends if end)}"
    if not reachable:
        yield "no_contact", "no telephone number, address or web page"
