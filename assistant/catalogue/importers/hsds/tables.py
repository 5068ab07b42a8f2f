"""Tabular packages of Open Referral HSDS 1.x to 3.x: tables that are joined to nested records.

Files and columns may be missing and may be in any order. A row that belongs to nothing is
reported; a row of a table that only says more of other records is not counted.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Optional

from assistant.catalogue.importers.base import Reading
from assistant.catalogue.importers.files.encodings import (
    TextStream,
    markup,
    refuse_what_is_not_text,
)
from assistant.catalogue.importers.hsds.records import Collector
from assistant.catalogue.importers.hsds.values import identifier, language_iso, text_of

MAX_FIELD = 1_000_000
#: A cell with more lines than this is the rest of a file after a quote that was not closed.
MAX_LINES = 200
MAX_NOTED = 5
SAMPLE = 4
EMPTY = frozenset(("", "null", "none", "\\n", "n/a", "nan", "#n/a"))

#: Table -> the names that its file has in the versions of HSDS and in the exports of publishers.
TABLES = {
    "services": ("service", "services"),
    "organizations": ("organization", "organizations", "organisation", "organisations"),
    "locations": ("location", "locations"),
    "service_at_locations": (
        *("service_at_location", "service_at_locations", "services_at_location"),
        *("services_at_locations", "service_location", "service_locations"),
    ),
    "addresses": ("address", "addresses"),
    "physical_addresses": ("physical_address", "physical_addresses"),
    "postal_addresses": ("postal_address", "postal_addresses"),
    "phones": ("phone", "phones"),
    "schedules": ("schedule", "schedules"),
    "regular_schedules": ("regular_schedule", "regular_schedules"),
    "holiday_schedules": ("holiday_schedule", "holiday_schedules"),
    "languages": ("language", "languages"),
    "contacts": ("contact", "contacts"),
    "service_areas": ("service_area", "service_areas"),
    "eligibilities": ("eligibility", "eligibilities", "eligibilitys"),
    "cost_options": ("cost_option", "cost_options", "fee", "fees"),
    "required_documents": ("required_document", "required_documents"),
    "accessibility": (
        *("accessibility", "accessibility_for_disabilities", "accessibilities"),
        *("accessibility_for_disability", "location_accessibility"),
    ),
    "attributes": ("attribute", "attributes", "other_attributes"),
    "service_taxonomies": (
        *("service_taxonomy", "services_taxonomy", "service_taxonomies", "services_taxonomies"),
        *("link_taxonomy", "link_taxonomies"),
    ),
    "taxonomy_terms": ("taxonomy_term", "taxonomy_terms"),
    "taxonomies": ("taxonomy", "taxonomies"),
    "urls": ("url", "urls", "additional_urls", "additional_websites"),
    "organization_identifiers": ("organization_identifier", "organization_identifiers"),
    "meta_table_descriptions": ("meta_table_description", "meta_table_descriptions"),
    "metadata": ("metadata",),
    "programs": ("program", "programs"),
    "funding": ("funding", "fundings"),
    "units": ("unit", "units"),
    "service_capacities": ("service_capacity", "service_capacities"),
    "payments_accepted": ("payment_accepted", "payments_accepted", "payment", "payments"),
}
_TABLE_OF = {name: table for table, names in TABLES.items() for name in names}
#: Tables that only say more of other records -> the columns that name those.
PARTS = {
    "service_at_locations": ("service_id",),
    "addresses": ("location_id", "organization_id"),
    "physical_addresses": ("location_id", "organization_id"),
    "postal_addresses": ("location_id", "organization_id"),
    "phones": (
        *("service_id", "location_id", "service_at_location_id", "organization_id", "contact_id"),
    ),
    "schedules": ("service_id", "location_id", "service_at_location_id"),
    "regular_schedules": ("service_id", "location_id", "service_at_location_id"),
    "holiday_schedules": ("service_id", "location_id", "service_at_location_id"),
    "languages": ("service_id", "location_id", "phone_id"),
    "service_areas": ("service_id", "service_at_location_id"),
    "eligibilities": ("service_id",),
    "cost_options": ("service_id",),
    "required_documents": ("service_id",),
    "accessibility": ("location_id",),
    "attributes": ("link_id", "service_id"),
    "service_taxonomies": ("service_id", "link_id"),
    "urls": ("service_id", "organization_id"),
}
_OWNERS = {
    "service_id": ("services",),
    "location_id": ("locations",),
    "service_at_location_id": ("service_at_locations",),
    "organization_id": ("organizations",),
    "contact_id": ("contacts",),
    "phone_id": ("phones",),
}
_OF_SERVICE = {
    "phones": "phones",
    "schedules": "schedules",
    "regular_schedules": "regular_schedules",
    "holiday_schedules": "holiday_schedules",
    "languages": "languages",
    "service_areas": "service_areas",
    "eligibilities": "eligibilitys",
    "cost_options": "cost_options",
    "required_documents": "required_documents",
    "urls": "additional_urls",
}
_OF_LOCATION = {
    "phones": "phones",
    "schedules": "schedules",
    "regular_schedules": "regular_schedules",
    "holiday_schedules": "holiday_schedules",
    "languages": "languages",
    "addresses": "addresses",
    "physical_addresses": "physical_addresses",
    "accessibility": "accessibility",
}
_OF_PLACE = {
    "phones": "phones",
    "schedules": "schedules",
    "regular_schedules": "regular_schedules",
    "holiday_schedules": "holiday_schedules",
    "service_areas": "service_areas",
}


@dataclass
class Table:
    """The rows of a table; a row has its cells in the order of the columns."""

    name: str
    file: str
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)

    def record(self, position: int) -> dict[str, Any]:
        """A row as a record, without its empty cells."""
        cells = self.rows[position][1]
        return {
            name: cells[place]
            for name, place in self.columns.items()
            if place < len(cells) and not _is_empty(cells[place])
        }

    def where(self, position: int) -> str:
        """The place of a row, for the report."""
        return f"{self.file}, line {self.rows[position][0]}"

    def keys(self, column: str) -> Iterator[tuple[int, str]]:
        """(position, value) of a column where it has one."""
        place = self.columns.get(column)
        if place is None:
            return
        for position, (_, cells) in enumerate(self.rows):
            if place < len(cells) and not _is_empty(cells[place]):
                yield position, identifier(cells[place])


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in EMPTY)


def table_of(name: str) -> Optional[str]:
    """The table of a file: `services` of `Services.csv`, `hsds-services (1).csv` and the like."""
    stem = PurePosixPath(name.replace("\\", "/")).name.lower()
    stem = re.sub(r"\.(csv|tsv|txt|json)$", "", stem)
    stem = re.sub(r"[\s_-]*\(?\d*\)?$", "", re.sub(r"[\s-]+", "_", stem)).strip("_")
    if stem in _TABLE_OF:
        return _TABLE_OF[stem]
    parts = stem.split("_")
    for start in range(1, len(parts)):
        found = _TABLE_OF.get("_".join(parts[start:]))
        if found is not None:
            return found
    return None


def csv_table(name: str, file: str, stream: BinaryIO, reading: Reading) -> Table:
    """A table of a CSV file with any of the usual delimiters and encodings.

    Raises:
        ImportFailed: if the file is no text.
    """
    text = TextStream(stream)
    refuse_what_is_not_text(text, file, "a CSV table")
    table = Table(name, file)
    csv.field_size_limit(MAX_FIELD)
    lines = (line.replace("\0", "") for line in text.lines())
    first = next((line for line in lines if line.strip("\ufeff \t\r\n,;")), "")
    if re.match(r"^sep=.$", first.strip()):
        first = next(lines, "")
    kind = markup(first)
    if kind is not None:
        reading.skip(file, f"this is {kind}, not a CSV table")
        reading.complete = False
        return table
    delimiter = max(",;\t|", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    for place, column in enumerate(header):
        plain = re.sub(r"[\s-]+", "_", column.strip("\ufeff \"'").lower())
        table.columns.setdefault(plain.replace("organisation", "organization"), place)
    _read_rows(table, csv.reader(lines, delimiter=delimiter), len(header), reading)
    if text.fallback:
        reading.notes.append(f"{file}: not all of it is UTF-8; that was read as Windows-1252")
    if text.damaged:
        reading.notes.append(f"{file}: {text.damaged}")
        reading.complete = False
    return table


def _read_rows(table: Table, rows: Any, width: int, reading: Reading) -> None:
    ragged = 0
    while True:
        line = rows.line_num + 2
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            reading.read += 1
            reading.skip(f"{table.file}, line {line}", f"not a row of a table ({error})")
            reading.complete = False
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.count("\n") > MAX_LINES for cell in cells):
            reading.read += 1
            reading.skip(f"{table.file}, line {line}", "a quote is not closed: rows are lost in it")
            reading.complete = False
            continue
        ragged += len(cells) > width and any(cell.strip() for cell in cells[width:])
        table.rows.append((line, cells))
    if ragged:
        reading.notes.append(f"{table.file}: {ragged} rows have more cells than there are columns")


def dict_table(name: str, file: str, items: Iterable[Any]) -> Table:
    """A table of JSON objects."""
    table = Table(name, file)
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            for column in item:
                table.columns.setdefault(str(column), len(table.columns))
            cells = [None] * len(table.columns)
            for column, value in item.items():
                cells[table.columns[str(column)]] = value
            table.rows.append((number, cells))
    return table


def language_of(tables: dict[str, Table]) -> str:
    """The language that the table of table descriptions gives for the services; empty if none."""
    table = tables.get("meta_table_descriptions")
    for position in range(len(table.rows)) if table else ():
        record = table.record(position)  # type: ignore[union-attr]
        if table_of(text_of(record.get("name"))) in ("services", "organizations"):
            code = language_iso(record.get("language"))
            if code:
                return code
    return ""


class Package:
    """Tables that belong together."""

    def __init__(self, tables: dict[str, Table], collector: Collector) -> None:
        self._tables = tables
        self._collector = collector
        self._groups: dict[tuple[str, str], dict[str, list[int]]] = {}

    def add(self) -> None:
        """Add the services and organisations of the tables, and report the rows left over."""
        services = self._tables.get("services")
        if services is not None and "status" not in services.columns:
            self._collector.status_required = False
            self._collector.reading.notes.append(
                f"{services.file} has no column status: every service is taken as active"
            )
        for record, where in self._records("organizations"):
            self._collector.add_organization(where, self._organization(record))
        for record, where in self._records("services"):
            self._collector.add_service(where, self._service(record))
        self._collector.status_required = True
        self._report_orphans()

    def _records(self, name: str) -> Iterator[tuple[dict[str, Any], str]]:
        table = self._tables.get(name)
        for position in range(len(table.rows)) if table else ():
            yield table.record(position), table.where(position)  # type: ignore[union-attr]

    def _rows(self, name: str, column: str, key: str) -> list[dict[str, Any]]:
        """The rows of a table whose column has a value."""
        table = self._tables.get(name)
        if table is None or not key:
            return []
        return [table.record(position) for position in self._group(name, column).get(key, ())]

    def _group(self, name: str, column: str) -> dict[str, list[int]]:
        if (name, column) not in self._groups:
            group: dict[str, list[int]] = {}
            table = self._tables.get(name)
            for position, key in table.keys(column) if table else ():
                group.setdefault(key, []).append(position)
            self._groups[name, column] = group
        return self._groups[name, column]

    def _first(self, name: str, key: str) -> dict[str, Any]:
        return next(iter(self._rows(name, "id", key)), {})

    # Joining --------------------------------------------------------------------------------

    def _joined(self, record: dict[str, Any], column: str, parts: dict[str, str]) -> dict[str, Any]:
        key = identifier(record.get("id"))
        result = dict(record)
        for table, name in parts.items():
            rows = self._rows(table, column, key)
            if rows:
                nested = result.get(name)
                result[name] = [*(nested if isinstance(nested, list) else []), *rows]
        return result

    def _service(self, record: dict[str, Any]) -> dict[str, Any]:
        key = identifier(record.get("id"))
        result = self._joined(record, "service_id", _OF_SERVICE)
        contacts = [self._contact(item) for item in self._rows("contacts", "service_id", key)]
        if contacts:
            result["contacts"] = contacts
        attributes = [*self._rows("attributes", "link_id", key), *self._links(key)]
        attributes += self._rows("attributes", "service_id", key)
        if attributes:
            result["attributes"] = [self._attribute(item) for item in attributes]
        places = [
            self._place(item) for item in self._rows("service_at_locations", "service_id", key)
        ]
        location = self._first("locations", identifier(record.get("location_id")))
        if location and not places:
            places = [{"location": self._location(location)}]
        if places:
            result["service_at_locations"] = places
        return result

    def _links(self, key: str) -> list[dict[str, Any]]:
        rows = self._rows("service_taxonomies", "service_id", key)
        return rows + self._rows("service_taxonomies", "link_id", key)

    def _attribute(self, item: dict[str, Any]) -> dict[str, Any]:
        for column in ("taxonomy_term_id", "taxonomy_id"):
            key = identifier(item.get(column))
            term = self._first("taxonomy_terms", key) or self._first("taxonomies", key)
            if term:
                return {**item, "taxonomy_term": term}
        return item

    def _place(self, item: dict[str, Any]) -> dict[str, Any]:
        result = self._joined(item, "service_at_location_id", _OF_PLACE)
        location = self._first("locations", identifier(item.get("location_id")))
        if location:
            result["location"] = self._location(location)
        return result

    def _location(self, item: dict[str, Any]) -> dict[str, Any]:
        result = self._joined(item, "location_id", _OF_LOCATION)
        postal = self._rows("postal_addresses", "location_id", identifier(item.get("id")))
        if postal:
            result["postal_addresses"] = [{"address_type": "postal", **row} for row in postal]
        attributes = self._rows("attributes", "link_id", identifier(item.get("id")))
        if attributes:
            result["attributes"] = attributes
        return result

    def _contact(self, item: dict[str, Any]) -> dict[str, Any]:
        return self._joined(item, "contact_id", {"phones": "phones"})

    def _organization(self, record: dict[str, Any]) -> dict[str, Any]:
        parts = {"phones": "phones", "organization_identifiers": "organization_identifiers"}
        return self._joined(record, "organization_id", parts)

    # What is left over ----------------------------------------------------------------------

    def _report_orphans(self) -> None:
        """Report the rows that belong to nothing that is in the package."""
        for name, table in self._tables.items():
            if name in PARTS:
                self._report_parts(table, PARTS[name])
        self._report_places()
        if not {"services", "organizations"} & set(self._tables):
            for name, table in self._tables.items():
                if name not in PARTS and name not in ("locations", "contacts"):
                    for position in range(len(table.rows)):
                        reason = f"a row of {name}, which only says more of other records"
                        self._collector.reject(table.where(position), reason)
                if name == "contacts":
                    for position in range(len(table.rows)):
                        self._collector.reject(table.where(position), "a contact person")

    def _report_parts(self, table: Table, columns: tuple[str, ...]) -> None:
        owned: set[int] = set()
        for column in columns:
            owners = _OWNERS.get(column, tuple(TABLES))
            for position, key in table.keys(column):
                if position not in owned and any(self._group(o, "id").get(key) for o in owners):
                    owned.add(position)
        for position in range(len(table.rows)):
            if position not in owned:
                named = [f"{name} {table.record(position)[name]}" for name in columns
                         if name in table.record(position)]  # fmt: skip
                reason = f"belongs to nothing in the data ({', '.join(named) or 'names nothing'})"
                self._collector.reject(table.where(position), reason[:300])

    def _report_places(self) -> None:
        locations = self._tables.get("locations")
        if locations is None:
            return
        used = set(self._group("service_at_locations", "location_id"))
        used |= set(self._group("services", "location_id"))
        for position in range(len(locations.rows)):
            key = identifier(locations.record(position).get("id"))
            if key not in used:
                self._collector.reject(locations.where(position), "a place without a service")
        table = self._tables.get("service_at_locations")
        known = self._group("locations", "id")
        for position, key in table.keys("location_id") if table else ():
            if key not in known and table is not None:
                self._collector.reading.notes.append(
                    f"{table.where(position)}: the location {key} is not in the data"
                )
