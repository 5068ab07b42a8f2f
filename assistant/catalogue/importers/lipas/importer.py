"""Sports places of LIPAS: both of its interfaces, features of its map services, and tables.

A place gets the id `lipas:service:505`. Its geometry, which of a trail has thousands of points, is
not kept with the payload; the first point of it is the place's coordinates.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, Optional
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.encodings import TextStream
from assistant.catalogue.importers.files.records import (
    Record,
    check_pages,
    contents,
    is_url,
    json_records,
)
from assistant.catalogue.importers.lipas.place import (
    SERVICE,
    fields_of,
    is_place,
    left_out,
    names_of,
    number_of,
    place_of,
)
from assistant.catalogue.importers.servicemap.privacy import without_persons
from assistant.catalogue.model import Batch, Connection

GEOMETRIES = frozenset(("geometries", "geometry", "simple-geoms", "geom"))
PAGE_SIZE = 100
MAX_PAGES = 5_000
#: What the first interface leaves out of lists unless it is asked for.
LIST_FIELDS = (
    *("name", "marketingName", "type.typeCode", "type.name", "properties", "admin", "owner"),
    *("email", "phoneNumber", "www", "lastModified", "freeUse", "location.address"),
    *("location.postalCode", "location.postalOffice", "location.city.name"),
    *("location.city.cityCode", "location.coordinates.wgs84", "location.coordinates.tm35fin"),
)
_CSV = (".csv",)


def read(path_or_url: str, municipality: Optional[str]) -> Reading:
    """Read sports places.

    Args:
        path_or_url: a file, a folder, an archive, or an address of one of the interfaces.
        municipality: code for places that do not say where they are.

    Raises:
        ImportFailed: if there is nothing to read, or no sports place in it.
    """
    reading = Reading(Batch(whole_services=True))
    reader = PlaceReader(reading, municipality)
    for record in _records(path_or_url, reading):
        reader.add(record)
    check_pages(reading)
    if not reader.places:
        raise ImportFailed(f"{path_or_url}: no sports place of LIPAS in it{reader.contents()}")
    reader.note()
    return reading


def _records(path_or_url: str, reading: Reading) -> Iterator[Record]:
    path = urlsplit(path_or_url).path if is_url(path_or_url) else path_or_url
    if path.lower().endswith(_CSV):
        for content in contents(path_or_url, _CSV, reading):
            yield from _rows(TextStream(content.stream), content.name)
    elif is_url(path_or_url) and path.rstrip("/").endswith("/sports-sites"):
        yield from _numbered_pages(path_or_url, reading)
    elif is_url(path_or_url) and path.rstrip("/").endswith("/sports-places"):
        yield from json_records(with_fields(path_or_url), reading)
    else:
        yield from json_records(path_or_url, reading)


def with_fields(url: str) -> str:
    """The address of a list of the first interface with all the fields that are read."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query)
    names = {name for name, _ in query}
    if "fields" not in names:
        query += [("fields", name) for name in LIST_FIELDS]
    if "pageSize" not in names:
        query.append(("pageSize", str(PAGE_SIZE)))
    return urlunsplit(parts._replace(query=urlencode(query)))


def _numbered_pages(url: str, reading: Reading) -> Iterator[Record]:
    """The pages of the second interface: the last one is not full."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    size = int(query["page-size"]) if query.get("page-size", "").isdigit() else PAGE_SIZE
    first = int(query["page"]) if query.get("page", "").isdigit() else 1
    for page in range(first, first + MAX_PAGES):
        asked = {**query, "page": str(page), "page-size": str(size)}
        address = urlunsplit(parts._replace(query=urlencode(asked)))
        count, skipped = 0, len(reading.skipped)
        try:
            for record in json_records(address, reading):
                count += 1
                yield record
        except ImportFailed as error:
            if page == first:
                raise
            reading.complete = False
            reading.skip(address, str(error).removeprefix(f"{address}: "))
            return
        if count + len(reading.skipped) - skipped < size or count > size:
            return


def _rows(text: TextStream, name: str) -> Iterator[Record]:
    lines = text.lines()
    heading = next(lines, "").lstrip("\ufeff")
    separator = max(";,\t", key=heading.count)
    names = next(csv.reader([heading], delimiter=separator), [])
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=separator), start=2):
            if any(cell.strip() for cell in row):
                yield Record(f"{name}, row {number}", dict(zip(names, row)))
    except csv.Error as error:
        raise ImportFailed(f"{name}: not a table ({error})") from None


class PlaceReader:
    """Takes records as they come."""

    def __init__(self, reading: Reading, municipality: Optional[str]) -> None:
        self._reading = reading
        self._home = municipality
        self._known: set[str] = set()
        self._owners: set[str] = set()
        self._types = 0
        self.places = 0

    def contents(self) -> str:
        """What else there was, in words."""
        return f" ({self._types} types and categories of places)" if self._types else ""

    def note(self) -> None:
        """Remark on records that are no places."""
        if self._types:
            self._reading.notes.append(f"{self._types} types and categories were not needed")

    def add(self, record: Record) -> None:
        """Take one record."""
        data, reading = record.data, self._reading
        if isinstance(data, dict) and _is_type(data):
            self._types += 1
            return
        reading.read += 1
        if not isinstance(data, dict):
            reading.skip(record.where, f"not an object but {type(data).__name__}")
            return
        if not is_place(data):
            reading.skip(record.where, "not a sports place of LIPAS")
            return
        self.places += 1
        service_id: Optional[str] = None
        try:
            fields = fields_of(data)
            if data.get("type") == "Feature" and "id" not in fields:
                fields["id"] = data.get("id")
            number = number_of(fields)
            if number is None:
                reading.skip(record.where, "it has no id")
                return
            reason = left_out(fields)
            if reason is not None:
                reading.skip(record.where, reason)
                return
            service_id = SERVICE + number
            self._place(record, fields, number, service_id)
        except (TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
            reason = f"cannot be read: {type(error).__name__}: {error}"
            reading.skip(record.where, reason, service_id)

    def _place(self, record: Record, fields: dict[str, Any], number: str, service_id: str) -> None:
        reading, batch = self._reading, self._reading.batch
        names = names_of(fields)
        if not names:
            reading.skip(record.where, "it has no name", service_id)
            return
        if number in self._known:
            # A trail is one feature a section in the map services.
            reading.skip(record.where, f"the same id again ({number})", service_id)
            return
        own = " ".join(names.values())
        place = place_of(record.data, without_persons(fields, own), number, self._home)
        payload = without_persons(_without_geometry(record.data), own)
        self._known.add(number)
        batch.services.append(place.service)
        for channel in place.channels:
            batch.channels.append(channel)
            batch.connections.append(Connection(service_id, channel.id))
        if place.organization is not None and place.organization.id not in self._owners:
            self._owners.add(place.organization.id)
            batch.organizations.append(place.organization)
        reading.keep_payload(service_id, payload)


def _is_type(data: dict[str, Any]) -> bool:
    """True for a type or a category of places, as LIPAS lists them."""
    code = "typeCode" in data or "type-code" in data
    return code and "sportsPlaceId" not in data and "lipas-id" not in data


def _without_geometry(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_geometry(entry)
            for key, entry in value.items()
            if not (key in GEOMETRIES and isinstance(entry, (dict, list)))
        }
    if isinstance(value, list):
        return [_without_geometry(entry) for entry in value]
    return value
