"""Cards of national contacts, read from the files of the own catalogue.

They need no database: an emergency is answered with them whatever else is down.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from assistant.catalogue.cards import card
from assistant.catalogue.hours import ZONE
from assistant.catalogue.importers import own
from assistant.catalogue.importers.base import slug
from assistant.catalogue.model import Service


@lru_cache(maxsize=1)
def national_services() -> dict[str, Service]:
    """The national services by their id in `data/catalogue/national.yml`, channels filled in."""
    batch = own.read("national").batch
    channels = {channel.id: channel for channel in batch.channels}
    of: dict[str, list[Any]] = {}
    for connection in batch.connections:
        of.setdefault(connection.service_id, []).append(channels[connection.channel_id])
    return {
        service.id: dataclasses.replace(service, channels=of.get(service.id, []))
        for service in batch.services
    }


def national_cards(contacts: Iterable[str], language: str) -> list[dict[str, Any]]:
    """Cards of contacts in the order given; an id that does not exist is left out."""
    services = national_services()
    found = (services.get(f"own:service:{slug(contact)}") for contact in contacts)
    now = datetime.now(ZONE)
    return [card(service, language, now) for service in found if service is not None]
