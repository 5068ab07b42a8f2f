"""Events as the ticket seller Lippupiste gives them, which Linked Events imports too."""

from __future__ import annotations

import re
from typing import Any

from assistant.catalogue.importers.base import slug
from assistant.catalogue.importers.linkedevents.values import identifier, items, text

_SOURCE = "lippupiste"
_LINKS = {"fi": "EventLinkFi", "sv": "EventLinkSv", "en": "EventLinkEn"}


def is_ticket_event(data: dict[str, Any]) -> bool:
    """True for an event of Lippupiste."""
    return "EventName" in data and ("EventId" in data or "EventDate" in data)


def as_event(data: dict[str, Any]) -> dict[str, Any]:
    """The event as a record of Linked Events."""
    event_id, series = identifier(data.get("EventId")), identifier(data.get("EventSerieId"))
    # Where the text goes on after a title of its own, the seller begins with a comma.
    description = text(data.get("EventSerieText")).lstrip(" ,;")
    return {
        "id": f"{_SOURCE}:{event_id}" if event_id else None,
        "@type": "Event/LinkedEvent",
        "data_source": _SOURCE,
        "name": {"fi": data.get("EventName")},
        "short_description": {"fi": data.get("EventSerieInfo")},
        "description": {"fi": description},
        "start_time": _start(data.get("EventDate"), data.get("EventTime")),
        "super_event": f"{_SOURCE}:{series}" if series else None,
        "provider": {"fi": data.get("EventPromoterName")},
        "info_url": {language: data.get(field) for language, field in _LINKS.items()},
        "location": _place(data),
        "keywords": [
            {"id": f"{_SOURCE}:{identifier(item.get('CategoryId'))}", "name": item.get("Name")}
            for item in items(data.get("Categories"))
            if isinstance(item, dict) and identifier(item.get("CategoryId"))
        ],
    }


def _start(day: Any, clock: Any) -> Any:
    """`24.04.2020` and `19:00` as a time in Finland."""
    match = re.match(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$", text(day))
    if match is None:
        return None
    written = f"{match.group(3)}-{int(match.group(2)):02d}-{int(match.group(1)):02d}"
    time = re.match(r"^(\d{1,2})[:.](\d{2})", text(clock))
    return f"{written}T{int(time.group(1)):02d}:{time.group(2)}:00" if time else written


def _place(data: dict[str, Any]) -> dict[str, Any]:
    venue, city = text(data.get("EventVenue")), text(data.get("EventPlace"))
    return {
        "id": f"{_SOURCE}:{slug(f'{venue} {city}')}" if venue else None,
        "name": {"fi": venue},
        "street_address": {"fi": data.get("EventStreet")},
        "postal_code": data.get("EventZip"),
        "address_locality": {"fi": city},
    }
