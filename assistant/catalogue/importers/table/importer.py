"""Services in a table: a CSV file or an Excel workbook, one service a row.

`table_template.write_template` makes an empty table with an example, and `table_columns.yml` has
the headings that are understood: in Finnish, Swedish and English, in any order, not necessarily in
the first row. A workbook may have several sheets. `name_fi` can be `name_sv` or any other language.

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
phone, phone_label_LANG, phone_charge | numbers; what they are for; free or charged
email | of an office; addresses of persons are dropped
hours | such as `mon-fri 9-16, sat 10-14` or `24/7`
url, e_service_url, form_url | web addresses
languages | codes or names of the languages of service, separated by commas
cost | free or charged
checked | date on which the row was checked, such as 2026-11-24

A mistake in what decides whether and where people are sent (id, name, municipality, topics, needs,
phone) skips the row. A mistake in any other cell loses that cell, and a remark says so. Both are
reported with sheet, row and column.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Optional
from urllib.parse import urlsplit

from assistant.catalogue.hours import parse_hours
from assistant.catalogue.importers.base import (
    ImportFailed,
    Reading,
    office_email,
    slug,
    web_address,
    wgs84,
)
from assistant.catalogue.importers.files.records import contents, is_url, masked
from assistant.catalogue.importers.table.cells import (
    EVERYWHERE,
    BadCell,
    charge_of,
    date_of,
    language_of,
)
from assistant.catalogue.importers.table.columns import base_column
from assistant.catalogue.importers.table.rows import Row, rows_of
from assistant.catalogue.importers.values import municipality_code
from assistant.catalogue.model import (
    LIMITED,
    NATIONWIDE,
    Address,
    Area,
    Batch,
    Channel,
    Connection,
    Hours,
    Organization,
    Phone,
    Service,
    Source,
)
from assistant.catalogue.phones import parses
from assistant.catalogue.topics import TOPICS, is_need

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls")
#: A mistake in one of these skips the row.
DECISIVE = frozenset(("id", "name", "municipality", "topics", "needs", "phone"))
MAX_REMARKS = 1000
_WITH_TOWN = re.compile(r"^(.*\d.*?)[,\n]\s*(\d{5})\s+([^\d,]+?)\s*$", re.DOTALL)


def read(path_or_url: str, municipality: Optional[str]) -> Reading:
    """Read a CSV file or an Excel workbook, or a folder or zip archive of them.

    Args:
        path_or_url: the file or its address.
        municipality: code for rows that name no municipality.

    Raises:
        ImportFailed: if nothing can be read: a file that is no table, has no name column or no
            rows.
    """
    reading = Reading(Batch(whole_services=True))
    table = _Table(path_or_url, municipality, reading)
    failures: list[ImportFailed] = []
    for content in contents(path_or_url, SUFFIXES, reading):
        try:
            for row in rows_of(content, reading):
                table.add(row)
        except ImportFailed as error:
            failures.append(error)
            if not content.alone:
                reading.skip(content.name, str(error).removeprefix(f"{content.name}: "))
                reading.complete = False
    if failures and not reading.read:
        raise failures[0]
    if not reading.read:
        raise ImportFailed(f"{masked(path_or_url)}: the table has no rows")
    table.finish()
    return reading


class _Table:
    """Makes services of rows."""

    def __init__(self, path_or_url: str, municipality: Optional[str], reading: Reading) -> None:
        remote = is_url(path_or_url)
        path = urlsplit(path_or_url).path if remote else path_or_url
        name = PurePosixPath(path.replace("\\", "/")).name or "table"
        self._reading = reading
        self._municipality = municipality
        self._namespace = municipality or slug(name.split(".")[0]) or "table"
        self._source = Source(name, masked(path_or_url) if remote else None)
        self._seen: dict[str, str] = {}
        self._organizations: set[str] = set()
        self._lost = 0

    def add(self, row: Row) -> None:
        """A service, or a skipped row."""
        reading = self._reading
        reading.read += 1
        record_id = self._record_id(row)
        try:
            if row.problem:
                raise BadCell("", row.problem)
            if record_id in self._seen:
                raise BadCell("id", f"the same service as in {self._seen[record_id]}")
            for error in row.bad:
                if base_column(error.column) in DECISIVE:
                    raise error
                self._lose(row, error)
            self._add(row, record_id)
            self._seen[record_id] = row.where
        except BadCell as error:
            column = f"column {row.header.title(error.column)}: " if error.column else ""
            # The id of a row that is there twice belongs to the first one.
            reading.skip(row.where, f"{column}{error}", record_id)

    def finish(self) -> None:
        """Say how many cells more were lost than are listed."""
        if self._lost > MAX_REMARKS:
            self._reading.notes.append(f"and {self._lost - MAX_REMARKS} more cells were left out")

    def _lose(self, row: Row, error: BadCell) -> None:
        """Leave out one cell."""
        self._lost += 1
        if self._lost <= MAX_REMARKS:
            title = row.header.title(error.column)
            self._reading.notes.append(f"{row.where}, column {title}: {error}; left out")

    def _record_id(self, row: Row) -> str:
        names = row.localized("name")
        own = row.cells.get("id")
        base = f"table:service:{self._namespace}-"
        if own:
            return base + _slug(own)
        name = _slug(next(iter(names.values()), row.where))
        if base + name in self._seen and row.localized("street"):
            # The same service at another address.
            return f"{base}{name}-{_slug(next(iter(row.localized('street').values())))}"
        return base + name

    def _add(self, row: Row, record_id: str) -> None:
        names = row.localized("name")
        if not names:
            raise BadCell("name_fi", "the service has no name")
        codes = _municipalities(row, self._municipality)
        topics = _known(row, "topics", TOPICS.__contains__)
        needs = _known(row, "needs", is_need)
        phones = _phones(row, self._charge(row, "phone_charge"))
        service = Service(
            id=record_id,
            names=names,
            source=self._source,
            checked=self._checked(row),
            summaries=row.localized("summary"),
            descriptions=row.localized("description"),
            keywords=_keywords(row),
            topics=list(dict.fromkeys([*topics, *(need.split("/")[0] for need in needs)])),
            needs=needs,
            charge=self._charge(row, "cost"),
            languages=self._languages(row),
            area=Area(NATIONWIDE) if codes is None else Area(LIMITED, codes),
        )
        one = codes[0] if codes and len(codes) == 1 else None
        self._add_provider(row, service, one)
        self._reading.batch.services.append(service)
        for channel in self._channels(row, record_id, phones, one):
            self._reading.batch.channels.append(channel)
            self._reading.batch.connections.append(Connection(record_id, channel.id))

    def _add_provider(self, row: Row, service: Service, municipality: Optional[str]) -> None:
        provider = row.localized("provider")
        if not provider:
            return
        organization_id = f"table:organization:{_slug(next(iter(provider.values())))}"
        service.organization_id = organization_id
        if organization_id not in self._organizations:
            self._organizations.add(organization_id)
            self._reading.batch.organizations.append(
                Organization(id=organization_id, names=provider, municipality=municipality)
            )

    def _channels(
        self, row: Row, record_id: str, phones: list[Phone], municipality: Optional[str]
    ) -> Iterator[Channel]:
        base = record_id.replace(":service:", ":channel:", 1)
        hours, address = _hours(row), self._address(row, municipality)
        emails = self._emails(row)
        if address is not None:
            yield Channel(
                f"{base}-location",
                "location",
                phones=phones,
                addresses=[address],
                hours=hours,
                emails=emails,
            )
        elif phones or emails or hours.known or hours.raw_text:
            yield Channel(f"{base}-phone", "phone", phones=phones, hours=hours, emails=emails)
        language = next(iter(row.localized("name")))
        for kind, column in (("web", "url"), ("eservice", "e_service_url"), ("form", "form_url")):
            text = row.cells.get(column)
            if not text:
                continue
            url = web_address(text)
            if url:
                yield Channel(f"{base}-{kind}", kind, urls={language: url})
            else:
                self._lose(row, BadCell(column, f"{text[:80]!r} is not a web address"))

    def _address(self, row: Row, municipality: Optional[str]) -> Optional[Address]:
        street, city = row.localized("street"), row.localized("city")
        postal_code = row.cells.get("postal_code", "")
        for language, text in list(street.items()):
            # The whole address is often in one cell.
            whole = _WITH_TOWN.match(text)
            if whole is not None:
                street[language] = whole.group(1).strip()
                postal_code = postal_code or whole.group(2)
                city.setdefault(language, whole.group(3))
        latitude, longitude = row.cells.get("latitude", ""), row.cells.get("longitude", "")
        point = wgs84(latitude, longitude)
        if (latitude or longitude) and point is None:
            reason = f"({latitude}, {longitude}) is not a place in Finland"
            self._lose(row, BadCell("latitude", reason))
        if not street and point is None:
            return None
        return Address(
            street=street,
            postal_code=postal_code,
            city=city,
            municipality=municipality,
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
        )

    def _emails(self, row: Row) -> list[str]:
        found = []
        for text in row.listed("email"):
            address = office_email(text)
            if address:
                found.append(address)
            else:
                # The address itself may be personal, so it is not repeated here.
                self._lose(row, BadCell("email", "not an address of an office"))
        return found

    def _charge(self, row: Row, column: str) -> str:
        text = row.cells.get(column, "")
        charge = charge_of(text)
        if charge is None:
            self._lose(row, BadCell(column, f"{text[:80]!r} is neither free nor charged"))
        return charge or "unknown"

    def _languages(self, row: Row) -> list[str]:
        found = []
        for text in row.listed("languages"):
            code = language_of(text)
            if code:
                found.append(code)
            else:
                self._lose(row, BadCell("languages", f"{text[:80]!r} is not a language"))
        return list(dict.fromkeys(found))

    def _checked(self, row: Row) -> Optional[str]:
        text = row.cells.get("checked", "")
        found = date_of(text) if text else None
        if text and found is None:
            reason = f"{text[:80]!r} is not a date such as 2026-11-24"
            self._lose(row, BadCell("checked", reason))
        return found


def _slug(text: str) -> str:
    """A short name; for a text without Latin letters, a number that is always the same."""
    return slug(text) or hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def _keywords(row: Row) -> dict[str, list[str]]:
    return {
        language: [word.strip() for word in re.split(r"[,;\n]", text) if word.strip()]
        for language, text in row.localized("keywords").items()
    }


def _municipalities(row: Row, municipality: Optional[str]) -> Optional[list[str]]:
    """Codes of the municipalities of a row; None for the whole country."""
    listed = row.listed("municipality")
    if len(listed) == 1 and listed[0].casefold() in EVERYWHERE:
        return None
    found = []
    for item in listed:
        code = municipality_code(item)
        if code is None:
            raise BadCell("municipality", f"{item[:80]!r} is not a municipality of Finland")
        found.append(code)
    if not found and municipality is None:
        raise BadCell("municipality", "missing: give a code, a name or `all`")
    return sorted(set(found)) or [str(municipality)]


def _phones(row: Row, charge: str) -> list[Phone]:
    text = row.cells.get("phone", "")
    if not text:
        return []
    numbers = _divided(text)
    # A number may have a remark after it, or another ending (`09 123 456 / 457`).
    if parses(text) and not all(parses(part) and _digits(part) > 4 for part in numbers):
        numbers = [text]
    for number in numbers:
        if not parses(number):
            raise BadCell("phone", f"{number[:80]!r} is not a telephone number")
    return [Phone(number, row.localized("phone_label"), charge) for number in numbers]


def _divided(text: str) -> list[str]:
    parts = re.split(r"[,;/\n]|\b(?:tai|ja|eller|och|or|and)\b", text)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip())) or [text]


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _hours(row: Row) -> Hours:
    text = row.cells.get("hours", "")
    language = next(iter(row.localized("name")), "fi")
    return (parse_hours(text) or Hours(raw_text={language: text})) if text else Hours()


def _known(row: Row, column: str, known: Callable[[str], bool]) -> list[str]:
    listed = row.listed(column)
    for item in listed:
        if not known(item):
            raise BadCell(column, f"{item[:80]!r} is not known")
    return listed
