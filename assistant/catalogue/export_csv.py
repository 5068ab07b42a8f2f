"""The catalogue as a CSV table, with the columns of the table importer."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from assistant.catalogue.hours import written
from assistant.catalogue.model import (
    NATIONWIDE,
    Channel,
    Hours,
    LocalizedText,
    Service,
    text_in,
)

LANGUAGES = ("fi", "sv", "en")
#: A spreadsheet would run a cell that begins with one of these as a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t")


def write_csv(services: Callable[[], Iterator[Service]], path: Path, language: str) -> int:
    """Write a table that can be edited and imported again; it has all languages.

    Raises:
        OSError: if the file cannot be written.
    """
    columns: dict[str, None] = {}
    for service in services():
        columns.update(dict.fromkeys(_row(service)))
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(columns) or ["id", "name_fi"], restval="")
        writer.writeheader()
        for service in services():
            # What an import has written meanwhile may have a column more.
            row = {name: text for name, text in _row(service).items() if name in columns}
            writer.writerow(row)
            count += 1
    return count


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
