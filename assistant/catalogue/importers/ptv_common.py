"""What both shapes of PTV data share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Optional

from assistant.catalogue.importers.base import Reading
from assistant.catalogue.model import LIMITED, Service, Source
from assistant.catalogue.municipalities import find_municipality, municipalities, municipality

SERVICE = "ptv:service:"
CHANNEL = "ptv:channel:"
ORGANIZATION = "ptv:organization:"
SOURCE = Source("Suomi.fi Finnish Service Catalogue", "https://www.suomi.fi")

CHARGES = {
    "chargeable": "charged",
    "charged": "charged",
    "extracharge": "charged",
    "freeofcharge": "free",
    "free": "free",
}
REGION_TYPES = ("province", "region")


class BadRecord(Exception):
    """A record that cannot be imported; its id is still seen unless it is left out on purpose."""

    def __init__(self, reason: str, record_id: Optional[str] = None) -> None:
        super().__init__(reason)
        self.record_id = record_id


def charge_of(value: Any) -> str:
    """`free`, `charged` or `unknown` for every spelling of PTV."""
    return CHARGES.get(re.sub(r"[^a-z]", "", str(value or "").lower()), "unknown")


def municipality_code(value: Any) -> Optional[str]:
    """The code of `{code}`, `"491 Mikkeli"`, `491` or a name; None if it is not known."""
    if isinstance(value, dict):
        value = value.get("code")
    text = str(value if value is not None else "").strip()
    match = re.match(r"^(\d{1,3})\b", text)
    found = municipality(match.group(1)) if match else find_municipality(text) if text else None
    return found.code if found else None


def expand_regions(kind: Any, code: Any) -> Iterator[str]:
    """The municipalities of a region; nothing for areas whose members are not known."""
    if str(kind or "").lower() in REGION_TYPES:
        for entry in municipalities():
            if entry.region_code == str(code or "").zfill(2):
                yield entry.code


def merge_duplicate(reading: Reading, service: Service) -> bool:
    """Add a service to the batch; one that is there already only adds its area.

    Returns:
        True if the service was there already.
    """
    index = reading.service_index
    known = index.get(service.id)
    if known is None:
        index[service.id] = service
        reading.batch.services.append(service)
        return False
    if known.area.scope == LIMITED == service.area.scope:
        both = {*known.area.municipalities, *service.area.municipalities}
        known.area.municipalities = sorted(both)
    elif known.area.scope == LIMITED:
        known.area = service.area
    reading.skip(service.id, "the same id again: its area was added to the first record")
    return True
