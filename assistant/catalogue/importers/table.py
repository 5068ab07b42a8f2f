"""Services in a table: a CSV file or an Excel workbook, one service a row.

`data/catalogue/table_template.csv` is an empty table with an example. The first row names the
columns; `name_fi` can be `name_sv` or any other language. A workbook may have several sheets.

Column | Content
--- | ---
id | a name of your own that never changes; if missing, made from the name
name_LANG, summary_LANG, description_LANG | texts; at least one name
provider_LANG | who provides the service
topics, needs | ids of `topics.yml`, separated by commas; a need is `topic/need`
keywords_LANG | words people search for, separated by commas
municipality | codes or names, separated by commas; `all` for the whole country
street_LANG, postal_code, city_LANG | visiting address
latitude, longitude | WGS84 or ETRS-TM35FIN
phone, phone_label_LANG, phone_charge | number; what it is for; free or charged
hours | such as `mon-fri 9-16, sat 10-14` or `24/7`
url, e_service_url, form_url | web addresses
languages | codes of the languages of service, separated by commas
cost | free or charged
checked | date on which the row was checked, such as 2026-11-24
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Optional

from assistant.catalogue.hours import parse_hours
from assistant.catalogue.importers.base import (
    ImportFailed,
    Reading,
    language_code,
    plain_text,
    slug,
    web_address,
    wgs84,
)
from assistant.catalogue.importers.files import decode, download, existing, is_url
from assistant.catalogue.importers.ptv_common import municipality_code
from assistant.catalogue.model import (
    LIMITED,
    NATIONWIDE,
    Address,
    Area,
    Batch,
    Channel,
    Connection,
    Hours,
    LocalizedText,
    Organization,
    Phone,
    Service,
    Source,
)
from assistant.catalogue.phones import parses
from assistant.catalogue.topics import TOPICS, is_need

LOCALIZED = (
    *("name", "summary", "description", "provider", "keywords"),
    *("street", "city", "phone_label"),
)
PLAIN = (
    *("id", "topics", "needs", "municipality", "postal_code", "latitude", "longitude"),
    *("phone", "phone_charge", "hours", "url", "e_service_url", "form_url"),
    *("languages", "cost", "checked"),
)
CHARGES = {"free": "free", "charged": "charged", "unknown": "unknown", "": "unknown"}
EVERYWHERE = "all"
EXCEL = (".xlsx", ".xlsm")
MAX_FIELD = 1_000_000


@dataclass(frozen=True)
class Row:
    """A row: its place, and the text of each column."""

    where: str
    cells: dict[str, str]

    def localized(self, column: str) -> LocalizedText:
        """The texts of a column in its languages."""
        prefix = column + "_"
        return {
            name.removeprefix(prefix): text
            for name, text in self.cells.items()
            if name.startswith(prefix) and text and column_of(name) == column
        }

    def listed(self, column: str) -> list[str]:
        """The items of a cell that are separated by commas or semicolons."""
        text = self.cells.get(column, "").replace(";", ",")
        return list(dict.fromkeys(item.strip() for item in text.split(",") if item.strip()))


class _BadCell(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"column {column}: {reason}")


def column_of(name: str) -> Optional[str]:
    """The column that a heading means (`name` for `name_fi`), or None if it is unknown."""
    if name in PLAIN:
        return name
    base, _, language = name.rpartition("_")
    return base if base in LOCALIZED and language_code(language) == language else None


def read(path_or_url: str, municipality: Optional[str]) -> Reading:
    """Read a CSV file or an Excel workbook.

    Args:
        path_or_url: the file or its address.
        municipality: code for rows that name no municipality.

    Raises:
        ImportFailed: if the file cannot be read or has no name column.
    """
    reading = Reading(Batch(whole_services=True))
    name = Path(path_or_url.split("?")[0]).name if is_url(path_or_url) else path_or_url
    content = download(path_or_url) if is_url(path_or_url) else _content(path_or_url)
    rows = _excel if name.lower().endswith(EXCEL) or content[:2] == b"PK" else _csv
    source = Source(Path(name).name, path_or_url if is_url(path_or_url) else None)
    seen: dict[str, str] = {}
    namespace = municipality or slug(Path(name).stem) or "table"
    for row in rows(content, name, reading):
        reading.read += 1
        record_id = _record_id(row, namespace)
        try:
            if record_id in seen:
                raise _BadCell("id", f"the same service as {seen[record_id]}")
            _add(reading, row, record_id, source, municipality)
            seen[record_id] = row.where
        except _BadCell as error:
            reading.skip(f"{name}: {row.where}", str(error), record_id)
    if not reading.read:
        raise ImportFailed(f"{name}: the table has no rows")
    return reading


def _content(path: str) -> bytes:
    file = existing(path)
    try:
        return file.read_bytes()
    except OSError as error:
        raise ImportFailed(f"{path}: cannot be read ({error.strerror})") from None


def _csv(content: bytes, name: str, reading: Reading) -> Iterator[Row]:
    try:
        text = decode(content, name)
    except ImportFailed:
        # Excel in Finland saves CSV in this encoding unless it is told otherwise.
        text = content.decode("cp1252", errors="replace")
        reading.notes.append("the file is not UTF-8; it was read as Windows-1252")
    csv.field_size_limit(MAX_FIELD)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ImportFailed(f"{name}: not a CSV table ({error})") from None
    yield from _rows(rows, name, None, reading)


def _excel(content: bytes, name: str, reading: Reading) -> Iterator[Row]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [
            (sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets
        ]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ImportFailed(f"{name}: not an Excel workbook ({error})") from None
    tables = [(title, rows) for title, rows in sheets if any(any(row) for row in rows)]
    for title, rows in tables:
        try:
            yield from _rows(rows, name, title, reading)
        except ImportFailed as error:
            if len(tables) == 1:
                raise
            reading.notes.append(str(error))


def _rows(rows: list[Any], name: str, sheet: Optional[str], reading: Reading) -> Iterator[Row]:
    place = f"sheet {sheet}, " if sheet else ""
    header = [_cell(item).lower().replace(" ", "_") for item in rows[0]] if rows else []
    if not any(column_of(item) == "name" for item in header):
        where = f"{name}, sheet {sheet}" if sheet else name
        raise ImportFailed(f"{where}: the first row has no column such as name_fi")
    unknown = [item for item in header if item and column_of(item) is None]
    if unknown:
        reading.notes.append(f"{place}unknown columns were not read: {', '.join(unknown)}")
    for number, row in enumerate(rows[1:], start=2):
        cells = {key: _cell(value) for key, value in zip(header, row) if column_of(key)}
        if any(cells.values()):
            yield Row(f"{place}row {number}", cells)


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain_text(value)


def _record_id(row: Row, namespace: str) -> str:
    names = row.localized("name")
    own = row.cells.get("id") or next(iter(names.values()), row.where)
    return f"table:service:{namespace}-{slug(own) or slug(row.where)}"


def _add(
    reading: Reading, row: Row, record_id: str, source: Source, municipality: Optional[str]
) -> None:
    names = row.localized("name")
    if not names:
        raise _BadCell("name_fi", "the service has no name")
    codes = _municipalities(row, municipality)
    service = Service(
        id=record_id,
        names=names,
        source=source,
        checked=_date(row),
        summaries=row.localized("summary"),
        descriptions=row.localized("description"),
        keywords={
            language: [word.strip() for word in text.replace(";", ",").split(",") if word.strip()]
            for language, text in row.localized("keywords").items()
        },
        topics=_known(row, "topics", TOPICS.__contains__),
        needs=_known(row, "needs", is_need),
        charge=_charge(row, "cost"),
        languages=[_language(code) for code in row.listed("languages")],
        area=Area(NATIONWIDE) if codes is None else Area(LIMITED, codes),
    )
    service.topics = list(
        dict.fromkeys([*service.topics, *(need.split("/")[0] for need in service.needs)])
    )
    channels = list(_channels(row, record_id, codes))
    provider = row.localized("provider")
    if provider:
        organization = Organization(
            id=f"table:organization:{slug(next(iter(provider.values())))}",
            names=provider,
            municipality=codes[0] if codes and len(codes) == 1 else None,
        )
        service.organization_id = organization.id
        if all(known.id != organization.id for known in reading.batch.organizations):
            reading.batch.organizations.append(organization)
    reading.batch.services.append(service)
    for channel in channels:
        reading.batch.channels.append(channel)
        reading.batch.connections.append(Connection(record_id, channel.id))


def _channels(row: Row, record_id: str, codes: Optional[list[str]]) -> Iterator[Channel]:
    base = record_id.replace(":service:", ":channel:", 1)
    phones, hours, address = _phones(row), _hours(row), _address(row, codes)
    if address is not None:
        yield Channel(
            f"{base}-location", "location", phones=phones, addresses=[address], hours=hours
        )
    elif phones or hours.known or hours.raw_text:
        yield Channel(f"{base}-phone", "phone", phones=phones, hours=hours)
    for kind, column in (("web", "url"), ("eservice", "e_service_url"), ("form", "form_url")):
        text = row.cells.get(column)
        if text:
            url = web_address(text)
            if not url:
                raise _BadCell(column, f"{text!r} is not a web address")
            yield Channel(f"{base}-{kind}", kind, urls={"fi": url})


def _municipalities(row: Row, municipality: Optional[str]) -> Optional[list[str]]:
    """Codes of the municipalities of a row; None for the whole country."""
    listed = row.listed("municipality")
    if [item.casefold() for item in listed] == [EVERYWHERE]:
        return None
    found = []
    for item in listed:
        code = municipality_code(item)
        if code is None:
            raise _BadCell("municipality", f"{item!r} is not a municipality of Finland")
        found.append(code)
    if not found and municipality is None:
        raise _BadCell("municipality", "missing: give a code, a name or `all`")
    return sorted(set(found)) or [str(municipality)]


def _phones(row: Row) -> list[Phone]:
    number = row.cells.get("phone", "")
    if not number:
        return []
    if not parses(number):
        raise _BadCell("phone", f"{number!r} is not a telephone number")
    return [Phone(number, row.localized("phone_label"), _charge(row, "phone_charge"))]


def _hours(row: Row) -> Hours:
    text = row.cells.get("hours", "")
    return (parse_hours(text) or Hours(raw_text={"fi": text})) if text else Hours()


def _address(row: Row, codes: Optional[list[str]]) -> Optional[Address]:
    street = row.localized("street")
    latitude, longitude = row.cells.get("latitude", ""), row.cells.get("longitude", "")
    point = wgs84(latitude, longitude)
    if (latitude or longitude) and point is None:
        raise _BadCell("latitude", f"({latitude}, {longitude}) is not a place in Finland")
    if not street and point is None:
        return None
    return Address(
        street=street,
        postal_code=row.cells.get("postal_code", ""),
        city=row.localized("city"),
        municipality=codes[0] if codes and len(codes) == 1 else None,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )


def _known(row: Row, column: str, known: Callable[[str], bool]) -> list[str]:
    listed = row.listed(column)
    for item in listed:
        if not known(item):
            raise _BadCell(column, f"{item!r} is not known")
    return listed


def _charge(row: Row, column: str) -> str:
    text = row.cells.get(column, "").lower()
    if text not in CHARGES:
        raise _BadCell(column, f"{text!r} is neither free nor charged")
    return CHARGES[text]


def _language(text: str) -> str:
    code = language_code(text)
    if not code:
        raise _BadCell("languages", f"{text!r} is not the code of a language")
    return code


def _date(row: Row) -> Optional[str]:
    text = row.cells.get("checked", "")
    if not text:
        return None
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            found = datetime.strptime(text, pattern).date()
        except ValueError:
            continue
        return found.isoformat()
    raise _BadCell("checked", f"{text!r} is not a date such as 2026-11-24")
