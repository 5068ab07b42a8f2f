"""Older flat shapes of PTV data: DVV's demonstration catalogue, and records of name and summary.

Their texts are Finnish, their ids small numbers or the ids of PTV.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Optional

from assistant.catalogue.importers.base import (
    Reading,
    language_code,
    plain_text,
    web_address,
    wgs84,
)
from assistant.catalogue.importers.ptv_common import (
    CHANNEL,
    ORGANIZATION,
    SERVICE,
    SOURCE,
    BadRecord,
    charge_of,
    merge_duplicate,
    municipality_code,
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
    Service,
    clean,
)
from assistant.catalogue.topics import class_code, ptv_topics

LANGUAGE = "fi"
NATIONAL_SHEET = "kansalliset"
#: Shapes by a field that only they have, most telling first.
_MARKS = (
    ("statutory", "flat_general_description"),
    ("organizationType", "flat_organization"),
    ("serviceToOrganization", "flat_service"),
    ("phoneServiceChannelType", "flat_phone"),
    ("openingTimes", "flat_location"),
    ("requiresAuthentication", "flat_eservice"),
    ("deliveryAddressDescription", "flat_form"),
    ("links", "flat_form"),
    ("URL", "flat_web"),
)
_CHANNELS = {
    "flat_location": "location",
    "flat_phone": "phone",
    "flat_eservice": "eservice",
    "flat_form": "form",
    "flat_web": "web",
}
_TYPES = {"Kunta": "municipality", "Valtio": "state", "Yritys": "company"}


def kind_of(data: dict[str, Any]) -> Optional[str]:
    """Which flat shape a record has, or None."""
    if not isinstance(data.get("name"), (str, type(None))) or "name" not in data:
        return None
    for field, kind in _MARKS:
        if field in data:
            return kind
    return "name_and_summary" if "summary" in data else None


class FlatReader:
    """Turns flat records into the internal model."""

    def __init__(self, reading: Reading, municipality: Optional[str]) -> None:
        self._reading = reading
        self._municipality = municipality
        self._general: dict[str, dict[str, Any]] = {}
        self._organizations: dict[str, Organization] = {}
        self._connected: set[tuple[str, str]] = set()
        self.steps: dict[str, Callable[[dict[str, Any]], None]] = {
            "flat_general_description": self._general_description,
            "flat_organization": self._organization,
            **{kind: self._channel_step(kind) for kind in _CHANNELS},
            "flat_service": self._service,
            "name_and_summary": self._name_and_summary,
        }

    def _name_and_summary(self, data: dict[str, Any]) -> None:
        service_id = SERVICE + _id(data)
        name = plain_text(data.get("name"))
        if not name:
            raise BadRecord("it has no name", service_id)
        sheet = plain_text(data.get("sheet"))
        language = language_code(data.get("language")) or LANGUAGE
        code = municipality_code(data.get("municipality")) or municipality_code(sheet)
        area = Area(LIMITED, [item for item in (code or self._municipality,) if item])
        if sheet.casefold() == NATIONAL_SHEET:
            area = Area(NATIONWIDE)
        merge_duplicate(
            self._reading,
            Service(
                id=service_id,
                names={language: name},
                source=SOURCE,
                summaries=clean({language: plain_text(data.get("summary"))}),
                area=area,
            ),
        )

    def _service(self, data: dict[str, Any]) -> None:
        service_id = SERVICE + _id(data)
        general = self._general.get(str(data.get("generalDescription")), {})
        name = plain_text(data.get("name")) or plain_text(general.get("name"))
        if not name:
            raise BadRecord("it has no name", service_id)
        codes = [
            code
            for source in (data, general)
            for field in ("serviceClass", "lifeEvent")
            for code in map(class_code, _list(source.get(field)))
            if code
        ]
        owners = (data.get("serviceToOrganization") or {}).get("responsibleOrganization")
        owner = next((ORGANIZATION + str(item) for item in _list(owners)), None)
        service = Service(
            id=service_id,
            names={LANGUAGE: name},
            source=SOURCE,
            alt_names=_text(", ".join(_words(data, "alternateName"))),
            summaries=_text(data.get("shortDescription") or general.get("shortDescription")),
            descriptions=_text(data.get("description") or general.get("description")),
            instructions=_text(data.get("serviceUserInstructions")),
            requirements=_text(data.get("requirements")),
            keywords=_keywords(data, general),
            topics=ptv_topics(dict.fromkeys(codes)),
            classes=list(dict.fromkeys(codes)),
            charge=charge_of(data.get("serviceCharge")),
            languages=_languages(data),
            area=self._area(data, owner),
            organization_id=owner if owner in self._organizations else None,
        )
        if merge_duplicate(self._reading, service):
            return
        links = data.get("serviceToServiceChannel") or {}
        for channel in (item for value in links.values() for item in _list(value)):
            self._connect(service_id, CHANNEL + str(channel))

    def _area(self, data: dict[str, Any], owner: Optional[str]) -> Area:
        if str(data.get("serviceCoverage")).lower() == "nationwide":
            return Area(NATIONWIDE)
        codes = [municipality_code(item) for item in _list(data.get("municipality"))]
        known = self._organizations.get(owner or "")
        home = self._municipality or (known.municipality if known else None)
        found = sorted({code for code in codes if code} or {code for code in (home,) if code})
        return Area(LIMITED, found)

    def _connect(self, service_id: str, channel_id: str) -> None:
        if (service_id, channel_id) not in self._connected:
            self._connected.add((service_id, channel_id))
            self._reading.batch.connections.append(Connection(service_id, channel_id))

    def _channel_step(self, kind: str) -> Callable[[dict[str, Any]], None]:
        return lambda data: self._channel(data, _CHANNELS[kind])

    def _channel(self, data: dict[str, Any], kind: str) -> None:
        channel_id = CHANNEL + _id(data)
        name = plain_text(data.get("name"))
        if not name:
            raise BadRecord("it has no name", channel_id)
        pages = [data.get("URL"), data.get("webPage"), *_list(data.get("links"))]
        self._reading.batch.channels.append(
            Channel(
                id=channel_id,
                type=kind,
                names={LANGUAGE: name},
                urls=_first_url(pages),
                phones=_phones(data),
                addresses=_addresses(data),
                hours=_hours(data),
                languages=_languages(data),
            )
        )
        for service in _list(data.get("services")):
            self._connect(SERVICE + str(service), channel_id)

    def _organization(self, data: dict[str, Any]) -> None:
        organization_id = ORGANIZATION + _id(data)
        name = plain_text(data.get("name"))
        if not name:
            raise BadRecord("it has no name", organization_id)
        organization = Organization(
            id=organization_id,
            names={LANGUAGE: name},
            type=_TYPES.get(str(data.get("organizationType")), "organization"),
            business_id=plain_text(data.get("businessID")) or None,
            municipality=municipality_code(data.get("municipalityCode")),
            urls=_first_url(_list(data.get("webpages")) or _list(data.get("webPages"))),
            phones=_phones(data),
        )
        self._organizations[organization_id] = organization
        self._reading.batch.organizations.append(organization)

    def _general_description(self, data: dict[str, Any]) -> None:
        self._general[_id(data)] = data


def _id(data: dict[str, Any]) -> str:
    value = str(data.get("id") if data.get("id") is not None else "").strip().lower()
    if not value:
        raise BadRecord("it has no id")
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def _words(data: dict[str, Any], *fields: str) -> list[str]:
    words = [plain_text(item) for field in fields for item in _list(data.get(field))]
    return list(dict.fromkeys(word for word in words if word))


def _keywords(data: dict[str, Any], general: dict[str, Any]) -> dict[str, list[str]]:
    fields = ("keyword", "ontologyTerm", "serviceClass", "lifeEvent", "targetGroup")
    words = list(dict.fromkeys(_words(data, *fields) + _words(general, *fields)))
    return {LANGUAGE: words} if words else {}


def _text(value: Any) -> LocalizedText:
    return clean({LANGUAGE: plain_text(value)})


def _languages(data: dict[str, Any]) -> list[str]:
    codes = [language_code(code) for code in _list(data.get("language"))]
    return list(dict.fromkeys(code for code in codes if code))


def _first_url(pages: Iterable[Any]) -> LocalizedText:
    for page in pages:
        for item in _list(page):
            value = (item.get("url") or item.get("URL")) if isinstance(item, dict) else item
            url = web_address(value)
            if url:
                return {LANGUAGE: url}
    return {}


def _phones(data: dict[str, Any]) -> list[Phone]:
    fees = ("phoneCallFeeAdditionalInformation", "phoneServiceChargeInformation")
    found = []
    for item in _list(data.get("phone")):
        entry = item if isinstance(item, dict) else {"phone": item}
        number = plain_text(entry.get("phone"))
        fee = entry.get("phoneCallFee") or next((data[key] for key in fees if data.get(key)), "")
        if number:
            label = _text(entry.get("phoneNumberDescription"))
            found.append(Phone(number, label, charge_info=_text(fee)))
    return found


def _addresses(data: dict[str, Any]) -> list[Address]:
    point = wgs84(data.get("latitude"), data.get("longitude"))
    found: list[Address] = []
    for item in _list(data.get("visitAddress")):
        street = f"{plain_text(item.get('streetAddress'))} {plain_text(item.get('buildingNumber'))}"
        address = Address(
            street=_text(street),
            postal_code=plain_text(item.get("postalCode")),
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
    for item in _list(data.get("openingTimes")):
        days = [int(day) - 1 for day in _list(item.get("dayOfWeek")) if str(day) in "1234567"]
        opens, closes = str(item.get("opens") or "")[:5], str(item.get("closes") or "")[:5]
        if days and opens and closes:
            hours.rules += [HoursRule(opens, closes, day) for day in days]
        remarks.append(plain_text(item.get("openingHoursException")))
    hours.raw_text = _text("\n".join(dict.fromkeys(text for text in remarks if text)))
    return hours
