"""A service as a card: what every channel shows of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Optional

from assistant.catalogue.distance import distance_km
from assistant.catalogue.event_times import when
from assistant.catalogue.hours import hours_today, open_now
from assistant.catalogue.model import (
    Address,
    Channel,
    Hours,
    LocalizedText,
    Phone,
    Service,
    language_order,
    text_in,
)
from assistant.catalogue.phones import shown
from assistant.catalogue.search import ScoredService

MAX_PHONES = 5
MAP = "https://www.openstreetmap.org/?mlat={lat:.5f}&mlon={lon:.5f}#map=17/{lat:.5f}/{lon:.5f}"
_TYPES_WITH_HOURS = ("location", "phone", "eservice", "web", "form")


def card(
    service: Service,
    language: str,
    now: datetime,
    *,
    municipality: Optional[str] = None,
    near: Optional[tuple[float, float]] = None,
) -> dict[str, Any]:
    """The card of a service (design, section 5), with its kind and, of an event, the time.

    Args:
        service: a service as the store gives it.
        language: language of the person; English, Finnish, Swedish and any other follow.
        now: the moment for which the opening hours are told.
        municipality: of several places, one in this municipality is shown.
        near: of several places, the one nearest to this (latitude, longitude) is shown.
    """
    text_language = _text_language(service, language)
    place = _place(service, municipality, near)
    address = place[1] if place else None
    hours = _hours(service, place[0] if place else None)
    organization = service.organization
    return {
        "id": service.id,
        "title": text_in(service.names, text_language),
        "summary": text_in(service.summaries, text_language),
        "provider": text_in(organization.names, language) if organization else "",
        "municipality": _municipality(service),
        "address": postal_line(address, language) if address else None,
        "phones": _phones(service, language),
        "url": _url(service, language),
        "e_service_url": _channel_url(service, "eservice", language),
        "form_url": _channel_url(service, "form", language),
        "map_url": map_address(address),
        "open_now": open_now(hours, now),
        "hours_today": hours_today(hours, now, language),
        "languages": service.languages
        or list(dict.fromkeys(code for item in service.channels for code in item.languages)),
        "cost": service.charge,
        "text_language": text_language,
        "checked": service.checked,
        "source": service.source.title,
        "kind": service.kind,
        "when": when(service.occurrence, now, language),
    }


def hit_card(
    hit: ScoredService,
    language: str,
    now: datetime,
    *,
    municipality: Optional[str] = None,
    near: Optional[tuple[float, float]] = None,
) -> dict[str, Any]:
    """The card of a service that was found, with its score and why it was found.

    `places` counts the addresses of all services that were folded into it, `others` are their ids.
    """
    return {
        **card(hit.service, language, now, municipality=municipality, near=near),
        "score": hit.score,
        "similarity": None if hit.similarity is None else round(hit.similarity, 4),
        "distance_km": None if hit.distance_km is None else round(hit.distance_km, 2),
        "places": hit.places,
        "others": list(hit.others),
        "why": list(hit.why),
    }


def _text_language(service: Service, language: str) -> str:
    """The language in which the title, and the summary if there is one, can be shown."""
    order = language_order(language, service.names)
    complete = [code for code in order if service.names.get(code) and service.summaries.get(code)]
    named = [code for code in order if service.names.get(code)]
    return (complete or named or [language])[0]


def _municipality(service: Service) -> Optional[str]:
    if len(service.area.municipalities) == 1:
        return service.area.municipalities[0]
    return service.organization.municipality if service.organization else None


def _place(
    service: Service, municipality: Optional[str], near: Optional[tuple[float, float]]
) -> Optional[tuple[Channel, Address]]:
    places = [
        (channel, address)
        for channel in service.channels
        if channel.type == "location"
        for address in channel.addresses
    ]
    if not places:
        return None
    at_home = [place for place in places if place[1].municipality == municipality]
    if municipality is not None and at_home:
        places = at_home
    if near is not None:
        return min(places, key=lambda place: _distance(place[1], near))
    return places[0]


def _distance(address: Address, near: tuple[float, float]) -> float:
    if address.latitude is None or address.longitude is None:
        return float("inf")
    return distance_km((address.latitude, address.longitude), near)


def _hours(service: Service, shown_place: Optional[Channel]) -> Hours:
    """The hours of the place shown, else of the first channel whose hours are known."""
    if shown_place is not None and shown_place.hours.known:
        return shown_place.hours
    known = [channel for channel in service.channels if channel.hours.known]
    known.sort(key=lambda channel: _TYPES_WITH_HOURS.index(channel.type))
    return known[0].hours if known else Hours()


def postal_line(address: Address, language: str) -> Optional[str]:
    """An address in one line."""
    town = f"{address.postal_code} {text_in(address.city, language)}".strip()
    parts = [part for part in (text_in(address.street, language), town) if part]
    return ", ".join(parts) or None


def map_address(address: Optional[Address]) -> Optional[str]:
    """The page of a map that shows an address."""
    if address is None or address.latitude is None or address.longitude is None:
        return None
    return MAP.format(lat=address.latitude, lon=address.longitude)


def _phones(service: Service, language: str) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for phone in _all_phones(service):
        number = shown(phone.number)
        if number and number not in found:
            found[number] = {
                "number": number,
                "label": text_in(phone.label, language),
                "charge": text_in(phone.charge_info, language) or phone.charge,
            }
    return list(found.values())[:MAX_PHONES]


def _all_phones(service: Service) -> Iterable[Phone]:
    phones = [phone for channel in service.channels for phone in channel.phones]
    if not phones and service.organization is not None:
        phones = service.organization.phones
    return phones


def _channel_url(service: Service, kind: str, language: str) -> Optional[str]:
    urls: LocalizedText = {}
    for channel in service.channels:
        if channel.type == kind:
            urls = {**channel.urls, **urls}
    return text_in(urls, language) or None


def _url(service: Service, language: str) -> Optional[str]:
    for kind in ("web", "location", "phone"):
        url = _channel_url(service, kind, language)
        if url:
            return url
    return text_in(service.organization.urls, language) or None if service.organization else None
