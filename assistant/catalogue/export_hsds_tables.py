"""Full services of HSDS 3.0 as a tabular data package: a zip file with a table for each entity."""

from __future__ import annotations

import csv
import json
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

Record = dict[str, Any]

#: Table -> its columns, as far as the catalogue has something to say in them.
COLUMNS = {
    "organizations": ("id", "name", "description", "website"),
    "organization_identifiers": (
        *("id", "organization_id", "identifier_scheme", "identifier_type", "identifier"),
    ),
    "services": (
        *("id", "organization_id", "name", "alternate_name", "description", "url", "email"),
        *("status", "application_process", "fees_description", "wait_time", "fees"),
        *("eligibility_description", "minimum_age", "maximum_age", "assured_date"),
    ),
    "locations": (*("id", "location_type", "url", "name", "description", "latitude", "longitude"),),
    "service_at_location": ("id", "service_id", "location_id"),
    "addresses": (
        *("id", "location_id", "address_1", "city", "state_province", "postal_code", "country"),
        "address_type",
    ),
    "phones": (
        *("id", "service_id", "organization_id", "service_at_location_id", "number", "type"),
        "description",
    ),
    "schedules": (
        *("id", "service_id", "service_at_location_id", "valid_from", "valid_to", "freq"),
        *("byday", "byweekno", "description", "opens_at", "closes_at", "attending_type"),
    ),
    "service_areas": ("id", "service_id", "name", "extent", "extent_type"),
    "languages": ("id", "service_id", "location_id", "name", "code"),
    "accessibility": ("id", "location_id", "description"),
    "cost_options": ("id", "service_id", "currency", "amount"),
    "attributes": ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value"),
    "taxonomy_terms": ("id", "code", "name", "description", "taxonomy", "language"),
}
#: A spreadsheet would run a cell that begins with one of these as a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t")
#: Columns whose texts are never formulas, and would be wrong with a mark before them.
_EXACT = frozenset(("number", "latitude", "longitude", "amount"))


def write_package(records: Iterable[Record], path: Path, language: str) -> int:
    """Write the package; the tables grow on disk, since a zip takes one file after the other.

    Args:
        records: full services.
        path: of the zip file.
        language: that the package says its texts are in.

    Raises:
        OSError: if the file cannot be written.
    """
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        with ExitStack() as stack:
            tables = _Tables(Path(folder), stack)
            for record in records:
                tables.add(record)
                count += 1
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("datapackage.json", _description(language))
            for name in COLUMNS:
                package.write(Path(folder) / f"{name}.csv", f"{name}.csv")
    return count


def _description(language: str) -> str:
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "profile": "tabular-data-resource",
            "schema": {"fields": [{"name": column} for column in columns], "primaryKey": "id"},
        }
        for name, columns in COLUMNS.items()
    ]
    package = {
        "name": "kuntaopas",
        "title": "Kuntaopas",
        "profile": "tabular-data-package",
        "language": language,
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


class _Tables:
    """The open tables, and what is in them already: places and organisations are shared."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._writers = {}
        self._seen: dict[str, set[str]] = {
            name: set() for name in ("organizations", "locations", "taxonomy_terms")
        }
        for name, columns in COLUMNS.items():
            file: TextIO = stack.enter_context(
                (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            )
            writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
            writer.writeheader()
            self._writers[name] = writer

    def _is_new(self, table: str, record: Record) -> bool:
        if record["id"] in self._seen[table]:
            return False
        self._seen[table].add(record["id"])
        return True

    def _write(self, table: str, record: Record, **keys: Any) -> None:
        row = {**record, **keys}
        self._writers[table].writerow({name: _safe(name, value) for name, value in row.items()})

    def _write_all(self, table: str, records: Iterable[Record], **keys: Any) -> None:
        for record in records:
            self._write(table, record, **keys)

    def add(self, record: Record) -> None:
        """Add a full service."""
        key = record["id"]
        organization = record.get("organization")
        owner = organization["id"] if organization else ""
        if organization and self._is_new("organizations", organization):
            self._write("organizations", organization)
            identifiers = organization.get("organization_identifiers", ())
            self._write_all("organization_identifiers", identifiers, organization_id=owner)
            self._write_all("phones", organization.get("phones", ()), organization_id=owner)
        self._write("services", record, organization_id=owner)
        for table in ("phones", "schedules", "service_areas", "languages", "cost_options"):
            self._write_all(table, record.get(table, ()), service_id=key)
        self._add_attributes(record)
        for place in record.get("service_at_locations", ()):
            self._add_place(key, place)

    def _add_attributes(self, record: Record) -> None:
        for item in record.get("attributes", ()):
            term = item.get("taxonomy_term")
            if term and self._is_new("taxonomy_terms", term):
                self._write("taxonomy_terms", term)
            keys = {"link_id": record["id"], "taxonomy_term_id": term["id"] if term else ""}
            self._write("attributes", item, **keys)

    def _add_place(self, service: str, place: Record) -> None:
        location = place["location"]
        key = place["id"]
        self._write("service_at_location", place, service_id=service, location_id=location["id"])
        for table in ("phones", "schedules"):
            self._write_all(table, place.get(table, ()), service_at_location_id=key)
        if not self._is_new("locations", location):
            return
        self._write("locations", location)
        for table in ("addresses", "languages", "accessibility"):
            self._write_all(table, location.get(table, ()), location_id=location["id"])
        self._add_attributes(location)


def _safe(column: str, value: Any) -> Any:
    if isinstance(value, str) and column not in _EXACT and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
