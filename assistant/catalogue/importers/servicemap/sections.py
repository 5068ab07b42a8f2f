"""The connections of a unit: telephones, links, hours and remarks, each with its section type."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from assistant.catalogue.importers.base import office_email
from assistant.catalogue.importers.servicemap.hours import HoursText, object_hours
from assistant.catalogue.importers.servicemap.values import (
    add_phones,
    phones_of,
    text_of,
    texts,
    urls,
)
from assistant.catalogue.model import LocalizedText, Phone

#: Section type -> what is done with it. Social media pages stay in the payload only.
SECTIONS = {
    "PHONE_OR_EMAIL": "contact",
    "SUBGROUP": "contact",
    "LINK": "info",
    "LINKS": "info",
    "TOPICAL": "info",
    "HIGHLIGHT": "info",
    "OTHER_INFO": "info",
    "MISCELLANEOUS": "info",
    "OTHER_ADDRESS": "info",
    "ESERVICE_LINK": "eservice",
    "OPENING_HOURS": "hours",
    "OPENING_HOUR_OBJECT": "hours",
    "PRICE": "price",
    "SOCIAL_MEDIA_LINK": "social",
}
MAX_EMAILS = 10


@dataclass
class EService:
    """An electronic service that a unit links to; its key is the same as long as its pages are."""

    names: LocalizedText
    pages: LocalizedText

    @property
    def key(self) -> str:
        """A short key made of the address."""
        first = sorted(self.pages.values())[0]
        return hashlib.blake2b(first.encode(), digest_size=5).hexdigest()


@dataclass
class Sections:
    """What the connections of a unit say."""

    phones: list[Phone] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    hours: list[HoursText] = field(default_factory=list)
    prices: dict[str, list[str]] = field(default_factory=dict)
    remarks: dict[str, list[str]] = field(default_factory=dict)
    eservices: dict[str, EService] = field(default_factory=dict)

    def add(self, connections: Iterable[Any]) -> None:
        """Add connections, from which persons have been removed already."""
        for item in connections:
            if isinstance(item, dict):
                self._add(item)

    def _add(self, item: dict[str, Any]) -> None:
        kind = SECTIONS.get(section_type(item), "info")
        names, pages = texts(item, "name"), urls(item, "www")
        if kind in ("contact", "info"):
            add_phones(self.phones, phones_of(item.get("phone"), {}, names))
            self._add_email(item.get("email"))
        if kind == "eservice":
            service = EService(names, pages)
            if pages and names:
                self.eservices.setdefault(service.key, service)
            else:
                kind = "info"
        if kind == "hours":
            self._add_hours(item, names, pages)
        if kind == "price":
            _add_lines(self.prices, names, pages)
        if kind == "info":
            _add_lines(self.remarks, names, pages)

    def _add_email(self, value: Any) -> None:
        address = text_of(value).lower()
        # Addresses of the place's own name were let through by `without_persons`.
        if "@" in address and address not in self.emails and len(self.emails) < MAX_EMAILS:
            self.emails.append(office_email(address) or address)

    def _add_hours(self, item: dict[str, Any], names: LocalizedText, pages: LocalizedText) -> None:
        values = [item.get("opening_hour_object"), item.get("opening_hours")]
        values += [item.get("name"), *(item.get(f"name_{code}") for code in ("fi", "sv", "en"))]
        found = next((hours for hours in map(object_hours, values) if hours is not None), None)
        # JSON is not for readers: what could not be read of it is left out of the text.
        shown = {code: text for code, text in names.items() if text[:1] not in ("{", "[")}
        if found is not None or shown:
            self.hours.append(HoursText(shown, pages, found))


def section_type(item: dict[str, Any]) -> str:
    """The section type in capital letters, however it is written."""
    value = text_of(item.get("section_type")) or text_of(item.get("connection_type"))
    return value.upper().replace(" ", "_").replace("-", "_")


def _add_lines(lines: dict[str, list[str]], names: LocalizedText, pages: LocalizedText) -> None:
    for language, name in names.items():
        page = pages.get(language) or pages.get("fi")
        line = f"{name.rstrip(' .:')}: {page}" if page else name
        if line not in lines.setdefault(language, []):
            lines[language].append(line)


def joined(lines: dict[str, list[str]]) -> LocalizedText:
    """The lines of each language as one text."""
    return {language: "\n".join(parts) for language, parts in lines.items() if parts}
