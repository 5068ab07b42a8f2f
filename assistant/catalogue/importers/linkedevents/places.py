"""Places of Linked Events: addresses, coordinates, and the municipality they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Optional

from assistant.catalogue.importers.base import office_email, web_address, wgs84
from assistant.catalogue.importers.linkedevents.values import items, reference, text, texts, urls
from assistant.catalogue.importers.values import truth
from assistant.catalogue.model import Address, Channel, LocalizedText, Phone
from assistant.catalogue.municipalities import find_municipality
from assistant.catalogue.phones import parses

CHANNEL = "linkedevents:channel:"
#: The place of events on the internet: `helsinki:internet`, `turku:internet` …
_INTERNET = re.compile(r"(?:^|:)(?:internet|virtual|verkko|online)$", re.IGNORECASE)
_INTERNET_NAMES = frozenset(
    "internet verkossa verkkotapahtuma etätapahtuma etänä online nätet webben zoom teams".split()
)
_MUNICIPALITY = re.compile(r"kunta:([^/]+)")
_BETWEEN_NUMBERS = re.compile(r"[,;\n]|\s(?:tai|eller|or)\s")
MAX_PHONES = 10


@dataclass
class Place:
    """A place that events refer to.

    Attributes:
        id: such as `tprek:67850`.
        channel: None for the internet, and for a place of which only the id is known.
        municipality: code, if it is known.
        internet: true for events on the internet.
        replaced_by: id of the place that took its place.
        deleted: true when the source says so.
    """

    id: str
    channel: Optional[Channel] = None
    municipality: Optional[str] = None
    internet: bool = False
    replaced_by: str = ""
    deleted: bool = False


def place_of(data: dict[str, Any]) -> Place:
    """A place from its record, from the place inside an event, or from a reference."""
    place_id = reference(data)
    names = texts(data.get("name"))
    internet = is_internet(place_id, names)
    municipality = municipality_of(data)
    place = Place(
        place_id,
        municipality=municipality,
        internet=internet,
        replaced_by=reference(data.get("replaced_by")),
        deleted=bool(truth(data.get("deleted"))),
    )
    address = _address(data, municipality)
    if place_id and not internet and (names or address is not None):
        email = office_email(data.get("email"))
        place.channel = Channel(
            id=CHANNEL + place_id,
            type="location",
            names=names,
            urls=urls(data.get("info_url")),
            phones=_phones(data.get("telephone")),
            addresses=[address] if address is not None else [],
            descriptions=texts(data.get("description")),
            emails=[email] if email else [],
        )
    return place


def is_internet(place_id: str, names: LocalizedText) -> bool:
    """True for the place that stands for the internet."""
    if _INTERNET.search(place_id):
        return True
    return any(name.casefold().strip(" .!") in _INTERNET_NAMES for name in names.values())


def municipality_of(data: dict[str, Any]) -> Optional[str]:
    """The code of the municipality: of the divisions, else of the post office."""
    for name in _municipality_names(data):
        found = find_municipality(name)
        if found is not None:
            return found.code
    return None


def _municipality_names(data: dict[str, Any]) -> Iterator[str]:
    divisions = [item for item in items(data.get("divisions")) if isinstance(item, dict)]
    for division in divisions:
        match = _MUNICIPALITY.search(text(division.get("ocd_id")))
        if match is not None:
            yield match.group(1).replace("_", " ")
    for division in divisions:
        if text(division.get("type")) in ("muni", "municipality"):
            yield from texts(division.get("name")).values()
        yield from texts(division.get("municipality")).values()
    for name in texts(data.get("address_locality")).values():
        yield name
        # `00100 Helsinki`, `Espoo (Leppävaara)`
        yield re.sub(r"^\d{5}\s+|\s*[(,].*$", "", name)


def _address(data: dict[str, Any], municipality: Optional[str]) -> Optional[Address]:
    point = _point(data.get("position"))
    code = re.sub(r"\D", "", text(data.get("postal_code")))
    address = Address(
        street=texts(data.get("street_address")),
        postal_code=code if len(code) == 5 else "",
        city=texts(data.get("address_locality")),
        municipality=municipality,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )
    return address if address.street or point or address.city else None


def _point(position: Any) -> Optional[tuple[float, float]]:
    """(latitude, longitude) of the first point of a GeoJSON geometry."""
    pair = position.get("coordinates") if isinstance(position, dict) else None
    for _ in range(5):
        if not isinstance(pair, list) or not pair:
            return None
        if not isinstance(pair[0], list):
            return wgs84(pair[1], pair[0]) if len(pair) > 1 else None
        pair = pair[0]
    return None


def _phones(value: Any) -> list[Phone]:
    """The numbers of a localised object; one given in several languages is one phone."""
    numbers = (
        number.strip() for said in texts(value).values() for number in _BETWEEN_NUMBERS.split(said)
    )
    found = dict.fromkeys(number for number in numbers if number and parses(number))
    return [Phone(number) for number in found][:MAX_PHONES]


def virtual_urls(data: dict[str, Any]) -> LocalizedText:
    """Where an event on the internet takes place, if the source says so."""
    address = web_address(data.get("virtualevent_url"))
    return {"fi": address} if address else {}
