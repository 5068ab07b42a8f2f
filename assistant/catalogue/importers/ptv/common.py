"""What all shapes of PTV data share: names of things, ids, what is published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.catalogue.importers.values import BadRecord, key
from assistant.catalogue.model import Source

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
CHANNEL_TYPES = {
    "servicelocation": "location",
    "echannel": "eservice",
    "eservice": "eservice",
    "electronicchannel": "eservice",
    "phone": "phone",
    "telephoneservice": "phone",
    "webpage": "web",
    "printableform": "form",
}
KINDS = {
    "permissionandobligation": "permit",
    "permitorobligation": "permit",
    "permitorotherobligation": "permit",
    "professionalqualification": "qualification",
    "professionalqualifications": "qualification",
}
ORGANIZATION_TYPES = {
    "municipality": "municipality",
    "regionalorganization": "county",
    "state": "state",
    "company": "company",
}


def identifier(value: Any) -> str:
    """An id in small letters; empty if the value is none."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return str(value).strip().lower()


def record_id(data: dict[str, Any], *fields: str) -> str:
    """The id of a record.

    Raises:
        BadRecord: if it has none.
    """
    for field in fields or ("id", "contentId"):
        value = identifier(data.get(field))
        if value:
            return value
    raise BadRecord("it has no id")


def charge_of(value: Any) -> str:
    """`free`, `charged` or `unknown` for every spelling of PTV."""
    return CHARGES.get(key(value), "unknown")


def check_published(data: dict[str, Any]) -> None:
    """Leave out drafts and archived records.

    Raises:
        BadRecord: without an id, so that a record that was published before is withdrawn.
    """
    for field in ("publishingStatus", "status"):
        status = data.get(field)
        if key(status) not in ("", "published"):
            raise BadRecord(f"not published (status {str(status)[:40]})")
    if data.get("archivedAt"):
        raise BadRecord("not published (archived)")


def possible_ids(data: Any) -> Iterator[str]:
    """The ids that a record which could not be read may have in the catalogue."""
    for field in ("id", "contentId"):
        value = identifier(data.get(field)) if isinstance(data, dict) else ""
        if value:
            yield from (prefix + value for prefix in (SERVICE, CHANNEL, ORGANIZATION))
