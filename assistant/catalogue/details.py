"""Everything a person may want to know of a service, beyond its card."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Optional

from assistant.catalogue.cards import card, map_address, postal_line
from assistant.catalogue.hours import local, week
from assistant.catalogue.model import (
    Address,
    Channel,
    LocalizedText,
    Service,
    language_order,
    text_in,
)

#: Texts of a service that a card does not show, in the order in which they are shown.
TEXTS = (
    ("description", "descriptions"),
    ("instructions", "instructions"),
    ("requirements", "requirements"),
    ("terms", "terms"),
    ("charge_info", "charge_info"),
)


def details(
    service: Service,
    language: str,
    now: datetime,
    *,
    municipality: Optional[str] = None,
    near: Optional[tuple[float, float]] = None,
) -> dict[str, Any]:
    """The card of a service with its texts, all its places, their hours and accessibility.

    Args:
        service: a service as the store gives it.
        language: language of the person. Every text says in which language it is, since a source
            seldom has all of them in one.
        now: the first day of the table of hours.
        municipality: see `card`.
        near: see `card`.
    """
    return {
        **card(service, language, now, municipality=municipality, near=near),
        "texts": [
            {"name": name, **found}
            for name, field in TEXTS
            for found in (_told(getattr(service, field), language),)
            if found is not None
        ],
        "age_min": service.age_min,
        "age_max": service.age_max,
        "places": [_place(item, language, now) for item in service.channels if _is_place(item)],
        "channels": [_channel(item, language, now) for item in service.channels],
    }


def _told(texts: LocalizedText, language: str) -> Optional[dict[str, str]]:
    """A text and the language it is in."""
    for code in language_order(language, texts):
        if texts.get(code):
            return {"text": texts[code], "language": code}
    return None


def _is_place(channel: Channel) -> bool:
    return channel.type == "location" and bool(channel.addresses)


def _place(channel: Channel, language: str, now: datetime) -> dict[str, Any]:
    return {
        "name": text_in(channel.names, language),
        "addresses": [_address(item, language) for item in channel.addresses],
        "hours": _hours(channel, language, now),
        "hours_text": _told(channel.hours.raw_text, language),
        "accessibility": _accessibility(channel, language),
    }


def _address(address: Address, language: str) -> dict[str, Any]:
    return {
        "address": postal_line(address, language),
        "map_url": map_address(address),
        "latitude": address.latitude,
        "longitude": address.longitude,
    }


def _channel(channel: Channel, language: str, now: datetime) -> dict[str, Any]:
    return {
        "type": channel.type,
        "name": text_in(channel.names, language),
        "url": text_in(channel.urls, language) or None,
        "emails": channel.emails,
        "hours": _hours(channel, language, now) if channel.type != "location" else [],
        "requires_authentication": channel.requires_authentication,
    }


def _hours(channel: Channel, language: str, now: datetime) -> list[dict[str, Any]]:
    """The seven days from today on, as dates with their hours."""
    return [
        {"date": day.day.isoformat(), "open": day.open, "on_reservation": day.on_reservation}
        for day in week(channel.hours, local(now).date(), language)
    ]


def _accessibility(channel: Channel, language: str) -> Optional[dict[str, Any]]:
    for code in language_order(language, channel.accessibility):
        if channel.accessibility.get(code):
            return {"sentences": channel.accessibility[code], "language": code}
    return None
