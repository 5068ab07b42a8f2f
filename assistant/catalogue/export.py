"""Writing the catalogue out: CSV and JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Optional

from assistant.catalogue.hours import written
from assistant.catalogue.model import (
    NATIONWIDE,
    Channel,
    Hours,
    LocalizedText,
    Service,
    as_dict,
    text_in,
)
from assistant.catalogue.store import CatalogueStore
from assistant.errors import KuntaopasError

LANGUAGES = ("fi", "sv", "en")
#: A spreadsheet would run a cell that begins with one of these as a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t")


class ExportFailed(KuntaopasError):
    """The catalogue could not be written; the message is one clear line."""


def export_formats() -> list[str]:
    """The names of the formats."""
    return sorted(_WRITERS)


def export(
    store: CatalogueStore,
    format_name: str,
    path: str | Path,
    municipality: Optional[str] = None,
) -> int:
    """Write the published services to a file.

    Args:
        store: the catalogue.
        format_name: one of `export_formats()`.
        path: the file.
        municipality: only the services of this municipality.

    Returns:
        How many services were written.

    Raises:
        ExportFailed: if the format is not known or the file cannot be written.
    """
    write = _WRITERS.get(format_name.lower())
    if write is None:
        formats = ", ".join(export_formats())
        raise ExportFailed(f"unknown format {format_name!r}: choose one of {formats}")
    services = [
        service
        for service in store.all_services()
        if municipality is None or municipality in service.area.municipalities
    ]
    try:
        write(services, Path(path))
    except OSError as error:
        raise ExportFailed(f"{path}: cannot be written ({error.strerror})") from None
    return len(services)


def _write_json(services: Iterable[Service], path: Path) -> None:
    records = [as_dict(service) for service in services]
    text = json.dumps({"services": records}, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _write_csv(services: Iterable[Service], path: Path) -> None:
    """The columns of the table importer, so that the file can be edited and imported again."""
    rows = [_row(service) for service in services]
    columns = list(dict.fromkeys(column for row in rows for column in row)) or ["id", "name_fi"]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _row(service: Service) -> dict[str, str]:
    places = [channel for channel in service.channels if channel.addresses]
    address = places[0].addresses[0] if places else None
    phones = [phone for channel in service.channels for phone in channel.phones]
    row: dict[str, Any] = {"id": service.id}
    row |= _texts("name", service.names) | _texts("summary", service.summaries)
    row |= _texts("description", service.descriptions)
    row |= _texts("provider", service.organization.names if service.organization else {})
    row["topics"] = ", ".join(service.topics)
    row["needs"] = ", ".join(service.needs)
    for language, words in service.keywords.items():
        if language in LANGUAGES:
            row[f"keywords_{language}"] = ", ".join(words)
    codes = service.area.municipalities
    row["municipality"] = "all" if service.area.scope.startswith(NATIONWIDE) else ", ".join(codes)
    if address is not None:
        row |= _texts("street", address.street) | _texts("city", address.city)
        row["postal_code"] = address.postal_code
        row["latitude"], row["longitude"] = address.latitude or "", address.longitude or ""
    if phones:
        row["phone"], row["phone_charge"] = phones[0].number, phones[0].charge
        row |= _texts("phone_label", phones[0].label)
    hours = next((item.hours for item in service.channels if item.hours.known), Hours())
    row["hours"] = written(hours) or text_in(hours.raw_text, "fi")
    for column, kind in (("url", "web"), ("e_service_url", "eservice"), ("form_url", "form")):
        row[column] = _url(service.channels, kind)
    row["languages"] = ", ".join(service.languages)
    row["cost"], row["checked"] = service.charge, service.checked or ""
    return {column: _safe(column, str(value)) for column, value in row.items()}


def _texts(column: str, texts: LocalizedText) -> dict[str, str]:
    return {f"{column}_{code}": text for code, text in texts.items() if code in LANGUAGES}


def _url(channels: Iterable[Channel], kind: str) -> str:
    return next((text_in(item.urls, "fi") for item in channels if item.type == kind), "")


def _safe(column: str, text: str) -> str:
    if column == "phone":
        return text
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


_WRITERS: dict[str, Callable[[Iterable[Service], Path], None]] = {
    "csv": _write_csv,
    "json": _write_json,
}
