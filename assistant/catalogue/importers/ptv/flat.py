"""Older flat shapes of PTV data: DVV's demonstration catalogue, and records of name and summary.

Their texts are Finnish, their ids small numbers or the ids of PTV.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Optional

from assistant.catalogue.importers.base import language_code, web_address, wgs84
from assistant.catalogue.importers.ptv.collector import Collector, Content, Draft
from assistant.catalogue.importers.ptv.common import (
    CHANNEL,
    ORGANIZATION,
    SERVICE,
    charge_of,
    identifier,
    record_id,
)
from assistant.catalogue.importers.ptv.contacts import emails_of
from assistant.catalogue.importers.ptv.hours import clock
from assistant.catalogue.importers.values import (
    LANGUAGE,
    BadRecord,
    entries,
    languages_of,
    municipality_code,
    text,
    truth,
    words,
)
from assistant.catalogue.model import (
    LIMITED,
    NATIONWIDE,
    Address,
    Area,
    Channel,
    Connection,
    Hours,
    HoursRule,
    LocalizedText,
    Organization,
    Phone,
)
from assistant.catalogue.topics import class_code

NATIONAL_SHEET = "kansalliset"
#: Shapes by a field that only they have, most telling first.
_MARKS = (
    ("statutory", "general_description"),
    ("organizationType", "organization"),
    ("serviceToOrganization", "service"),
    ("phoneServiceChannelType", "phone"),
    ("openingTimes", "location"),
    ("requiresAuthentication", "eservice"),
    ("deliveryAddressDescription", "form"),
    ("links", "form"),
    ("URL", "web"),
)
_CHANNELS = ("location", "phone", "eservice", "form", "web")
_TYPES = {"Kunta": "municipality", "Valtio": "state", "Yritys": "company"}
_FEES = ("phoneCallFeeAdditionalInformation", "phoneServiceChargeInformation")
_CLASSES = ("serviceClass", "lifeEvent")
_WORDS = ("keyword", "ontologyTerm", "serviceClass", "lifeEvent", "targetGroup")


def kind_of(data: dict[str, Any]) -> Optional[str]:
    """Which flat shape a record has, or None."""
    if not isinstance(data.get("name"), (str, type(None))) or "name" not in data:
        return None
    for field, kind in _MARKS:
        if field in data:
            return kind
    return "name_and_summary" if "summary" in data else None


class FlatReader:
    """Hands flat records to a collector."""

    def __init__(self, collector: Collector) -> None:
        self._to = collector
        self.steps: dict[str, Callable[[dict[str, Any]], None]] = {
            "general_description": self._general_description,
            "organization": self._organization,
            **{kind: self._channel_step(kind) for kind in _CHANNELS},
            "service": self._service,
            "name_and_summary": self._name_and_summary,
        }

    def _name_and_summary(self, data: dict[str, Any]) -> None:
        name = text(data.get("name"))
        sheet = text(data.get("sheet"))
        language = language_code(data.get("language")) or LANGUAGE
        code = municipality_code(data.get("municipality")) or municipality_code(sheet)
        area = Area(LIMITED, [code]) if code else None
        summary = text(data.get("summary"))
        self._to.add_service(
            Draft(
                id=SERVICE + record_id(data, "id"),
                content=Content(
                    names={language: name} if name else {},
                    summaries={language: summary} if summary else {},
                ),
                area=Area(NATIONWIDE) if sheet.casefold() == NATIONAL_SHEET else area,
                payload=data,
            )
        )

    def _service(self, data: dict[str, Any]) -> None:
        bare_id = record_id(data, "id")
        roles = data.get("serviceToOrganization")
        roles = roles if isinstance(roles, dict) else {}
        links = data.get("serviceToServiceChannel")
        links = list(links.values()) if isinstance(links, dict) else [links]
        channels = [
            found for value in links for item in _list(value) if (found := identifier(item))
        ]
        owners = map(identifier, _list(roles.get("responsibleOrganization")))
        self._to.add_service(
            Draft(
                id=SERVICE + bare_id,
                content=_content(data),
                general_id=identifier(data.get("generalDescription")),
                owners=[(owner, "") for owner in owners if owner],
                area=_area(data),
                languages=languages_of(_list(data.get("language"))),
                connections=[
                    Connection(SERVICE + bare_id, CHANNEL + channel) for channel in channels
                ],
                payload=data,
            )
        )

    def _channel_step(self, kind: str) -> Callable[[dict[str, Any]], None]:
        return lambda data: self._channel(data, kind)

    def _channel(self, data: dict[str, Any], kind: str) -> None:
        channel_id = CHANNEL + record_id(data, "id")
        name = text(data.get("name"))
        if not name:
            raise BadRecord("it has no name", channel_id)
        pages = [data.get("URL"), data.get("webPage"), *_list(data.get("links"))]
        said = data.get("description") or data.get("shortDescription")
        channel = Channel(
            id=channel_id,
            type=kind,
            names={LANGUAGE: name},
            urls=_first_url(pages),
            phones=_phones(data),
            addresses=_addresses(data),
            hours=_hours(data),
            languages=languages_of(_list(data.get("language"))),
            descriptions=_text(said),
            emails=emails_of(data.get("email")),
            requires_authentication=truth(data.get("requiresAuthentication")),
        )
        services = map(identifier, _list(data.get("services")))
        connections = [Connection(SERVICE + item, channel_id) for item in services if item]
        self._to.add_channel(channel, connections, data)

    def _organization(self, data: dict[str, Any]) -> None:
        organization_id = ORGANIZATION + record_id(data, "id")
        name = text(data.get("name"))
        if not name:
            raise BadRecord("it has no name", organization_id)
        self._to.add_organization(
            Organization(
                id=organization_id,
                names={LANGUAGE: name},
                summaries=_text(data.get("shortDescription") or data.get("description")),
                type=_TYPES.get(text(data.get("organizationType")), "organization"),
                business_id=text(data.get("businessID")) or None,
                municipality=municipality_code(data.get("municipalityCode")),
                urls=_first_url(_list(data.get("webpages")) or _list(data.get("webPages"))),
                phones=_phones(data),
            )
        )

    def _general_description(self, data: dict[str, Any]) -> None:
        self._to.add_general(record_id(data, "id"), _content(data))


def _content(data: dict[str, Any]) -> Content:
    codes = [class_code(item) for field in _CLASSES for item in _list(data.get(field))]
    groups = [class_code(item) for item in _list(data.get("targetGroup"))]
    said = list(dict.fromkeys(word for field in _WORDS for word in words(data.get(field))))
    return Content(
        names=_text(data.get("name")),
        alt_names=_text(", ".join(words(data.get("alternateName")))),
        summaries=_text(data.get("shortDescription")),
        descriptions=_text(data.get("description")),
        instructions=_text(data.get("serviceUserInstructions")),
        requirements=_text(data.get("requirements")),
        charge=charge_of(data.get("serviceCharge")),
        keywords={LANGUAGE: said} if said else {},
        classes=list(dict.fromkeys(code for code in codes if code)),
        target_groups=list(dict.fromkeys(code for code in groups if code)),
    )


def _area(data: dict[str, Any]) -> Optional[Area]:
    if text(data.get("serviceCoverage")).lower() == "nationwide":
        return Area(NATIONWIDE)
    codes = {municipality_code(item) for item in _list(data.get("municipality"))} - {None}
    return Area(LIMITED, sorted(code for code in codes if code)) if codes else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def _text(value: Any) -> LocalizedText:
    said = text(value)
    return {LANGUAGE: said} if said else {}


def _first_url(pages: Iterable[Any]) -> LocalizedText:
    for page in pages:
        for item in _list(page):
            value = (item.get("url") or item.get("URL")) if isinstance(item, dict) else item
            url = web_address(value)
            if url:
                return {LANGUAGE: url}
    return {}


def _phones(data: dict[str, Any]) -> list[Phone]:
    found = []
    fallback = next((data[name] for name in _FEES if data.get(name)), "")
    for item in _list(data.get("phone")):
        entry = item if isinstance(item, dict) else {"phone": item}
        number = text(entry.get("phone"))
        if number:
            label = _text(entry.get("phoneNumberDescription"))
            fee = _text(entry.get("phoneCallFee") or fallback)
            found.append(Phone(number, label, charge_info=fee))
    return found


def _addresses(data: dict[str, Any]) -> list[Address]:
    point = wgs84(data.get("latitude"), data.get("longitude"))
    found: list[Address] = []
    for item in entries(data.get("visitAddress")):
        street = f"{text(item.get('streetAddress'))} {text(item.get('buildingNumber'))}"
        address = Address(
            street=_text(street),
            postal_code=text(item.get("postalCode")),
            city=_text(item.get("postalDistrict")),
            municipality=municipality_code(item.get("municipality")),
        )
        if point and not found:
            address.latitude, address.longitude = point
        if address.street or address.latitude:
            found.append(address)
    return found


def _hours(data: dict[str, Any]) -> Hours:
    hours = Hours()
    remarks = []
    for item in entries(data.get("openingTimes")):
        days = [int(day) - 1 for day in map(text, _list(item.get("dayOfWeek"))) if day in _DAYS]
        opens, closes = clock(item.get("opens")), clock(item.get("closes"))
        if days and opens and closes:
            hours.rules += [HoursRule(opens, closes, day) for day in days]
        remarks.append(text(item.get("openingHoursException")))
    hours.raw_text = _text("\n".join(dict.fromkeys(said for said in remarks if said)))
    return hours


_DAYS = frozenset("1234567")
