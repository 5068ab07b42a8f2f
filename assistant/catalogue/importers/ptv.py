"""The Suomi.fi Finnish Service Catalogue (PTV), wire format v11 and the spellings of v7 to v10.

Two older shapes are read too (`ptv_flat`): the flat records of DVV's demonstration catalogue and
plain records of a name and a summary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Optional

from assistant.catalogue.hours import WEEKDAY, ZONE, day_range
from assistant.catalogue.importers import ptv_flat
from assistant.catalogue.importers.base import (
    ImportFailed,
    Reading,
    language_code,
    localized,
    plain_text,
    web_address,
    wgs84,
)
from assistant.catalogue.importers.files import Record, check_pages, json_records
from assistant.catalogue.importers.ptv_common import (
    CHANNEL,
    ORGANIZATION,
    SERVICE,
    SOURCE,
    BadRecord,
    charge_of,
    expand_regions,
    merge_duplicate,
    municipality_code,
)
from assistant.catalogue.model import (
    LIMITED,
    NATIONWIDE,
    NATIONWIDE_EX_ALAND,
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
)
from assistant.catalogue.topics import class_code, ptv_topics

CHANNEL_TYPES = {
    "servicelocation": "location",
    "echannel": "eservice",
    "eservice": "eservice",
    "phone": "phone",
    "telephoneservice": "phone",
    "webpage": "web",
    "printableform": "form",
}
KINDS = {
    "permissionandobligation": "permit",
    "permitorobligation": "permit",
    "permitorotherobligation": "permit",
    "professionalqualification": "qualification",
    "professionalqualifications": "qualification",
}
SCOPES = {
    "nationwide": NATIONWIDE,
    "wholecountry": NATIONWIDE,
    "nationwideexceptalandislands": NATIONWIDE_EX_ALAND,
    "wholecountryexceptalandislands": NATIONWIDE_EX_ALAND,
    "wholecountryexceptaland": NATIONWIDE_EX_ALAND,
    "limitedtype": LIMITED,
    "areatype": LIMITED,
    "limitedarea": LIMITED,
}
ORGANIZATION_TYPES = {
    "municipality": "municipality",
    "regionalorganization": "county",
    "state": "state",
    "company": "company",
}
INSTRUCTIONS = ("UserInstruction", "ServiceUserInstruction")
SUMMARIES = ("Summary", "ShortDescription")
DESCRIPTIONS = ("Description", "BackgroundDescription")
CHARGE_INFO = ("ChargeTypeAdditionalInfo",)
KEYWORD_FIELDS = ("serviceClasses", "ontologyTerms", "targetGroups", "lifeEvents")


def read(path_or_url: str, municipality: Optional[str]) -> Reading:
    """Read files or pages of PTV.

    Args:
        path_or_url: a file (JSON or JSONL), a folder, or an address of the open API.
        municipality: code for services that name no area of their own.

    Raises:
        ImportFailed: if there is nothing to read.
    """
    reading = Reading()
    records = list(json_records(path_or_url, reading))
    if not records and not reading.skipped:
        raise ImportFailed(f"{path_or_url}: no records of PTV in it")
    check_pages(reading)
    reader = PtvReader(reading, municipality)
    reading.read += len(records)
    by_kind: dict[str, list[Record]] = {}
    for record in records:
        kind = kind_of(record.data)
        if kind is None:
            reading.skip(record_name(record), _unknown(record.data))
        else:
            by_kind.setdefault(kind, []).append(record)
    if not by_kind:
        raise ImportFailed(f"{path_or_url}: none of the {len(records)} records is of PTV")
    general = [
        *by_kind.get("general_description", ()),
        *by_kind.get("flat_general_description", ()),
    ]
    if general:
        # They are a part of services, not records of the catalogue.
        reading.read -= len(general)
        reading.notes.append(f"{len(general)} general descriptions were merged into services")
    for kind, convert in reader.steps.items():
        reader.read_all(by_kind.get(kind, ()), convert)
    flat = ptv_flat.FlatReader(reading, municipality)
    for kind, convert in flat.steps.items():
        reader.read_all(by_kind.get(kind, ()), convert)
    return reading


def kind_of(data: Any) -> Optional[str]:
    """What a record is: one of the steps of the two readers, or None."""
    if not isinstance(data, dict):
        return None
    if "serviceNames" in data:
        return "service"
    if "serviceChannelNames" in data or "serviceChannelType" in data:
        return "channel"
    if "organizationNames" in data:
        return "organization"
    if isinstance(data.get("names"), list) and (
        "generalDescriptionType" in data or "descriptions" in data
    ):
        return "general_description"
    return ptv_flat.kind_of(data)


def _unknown(data: Any) -> str:
    if not isinstance(data, dict):
        return f"not an object but {type(data).__name__}"
    if "languageVersions" in data:
        return "the format of PTV v12 is not read yet"
    return "not a record of PTV: it has neither names nor a type"


class PtvReader:
    """Turns v11 records into the internal model."""

    def __init__(self, reading: Reading, municipality: Optional[str]) -> None:
        self._reading = reading
        self._municipality = municipality
        self._general: dict[str, dict[str, Any]] = {}
        self._organizations: dict[str, Organization] = {}
        self._channels: set[str] = set()
        self._connections: set[tuple[str, str]] = set()
        self.steps: dict[str, Callable[[dict[str, Any]], None]] = {
            "general_description": self._general_description,
            "organization": self._organization,
            "channel": self._channel,
            "service": self._service,
        }

    def read_all(
        self, records: Iterable[Record], convert: Callable[[dict[str, Any]], None]
    ) -> None:
        """Convert records; one that cannot be converted is skipped with the reason."""
        for record in records:
            name = record_name(record)
            try:
                convert(record.data)
            except BadRecord as error:
                self._reading.skip(name, str(error), error.record_id)
            except (TypeError, ValueError, AttributeError, KeyError) as error:
                reason = f"cannot be read: {type(error).__name__}: {error}"
                self._reading.skip(name, reason)
                self._reading.seen |= _possible_ids(record.data)

    # Services -------------------------------------------------------------------------------

    def _service(self, data: dict[str, Any]) -> None:
        service_id = SERVICE + record_id(data)
        _check_published(data)
        general = self._general.get(str(data.get("generalDescriptionId") or "").lower(), {})
        names = localized(data.get("serviceNames"), "Name") or localized(data.get("serviceNames"))
        names = names or localized(general.get("names"))
        if not names:
            raise BadRecord("it has no name in any language", service_id)
        own = data.get("serviceDescriptions")
        merged = general.get("descriptions")
        classes = _codes(data, general, "serviceClasses")
        events = _codes(data, general, "lifeEvents")
        organization = self._responsible(data)
        charge = charge_of(data.get("serviceChargeType"))
        service = Service(
            id=service_id,
            names=names,
            source=SOURCE,
            checked=local_date(data.get("modified")),
            kind=KINDS.get(_key(data.get("type")), "service"),
            alt_names=localized(data.get("serviceNames"), "AlternativeName"),
            summaries=_texts(own, merged, SUMMARIES),
            descriptions=_texts(own, merged, DESCRIPTIONS),
            instructions=_texts(own, merged, INSTRUCTIONS),
            requirements={
                **localized(general.get("requirements")),
                **localized(data.get("requirements")),
            },
            keywords=_keywords(data, general),
            topics=ptv_topics([*classes, *events]),
            classes=[*classes, *events],
            charge=charge if charge != "unknown" else charge_of(general.get("serviceChargeType")),
            charge_info=_texts(own, merged, CHARGE_INFO),
            languages=_languages(data.get("languages")),
            area=self._area(data, organization),
            organization_id=organization.id if organization else None,
        )
        connections = [
            _connection(service_id, _reference(item, "serviceChannel"), item)
            for item in _items(data.get("serviceChannels"))
        ]
        # Only now is it sure that the whole record can be read.
        if not merge_duplicate(self._reading, service):
            self._connect(connections)

    def _responsible(self, data: dict[str, Any]) -> Optional[Organization]:
        """The responsible organisation; of one that was not read itself only the name is known."""
        offers = [
            item for item in _items(data.get("organizations")) if _reference(item, "organization")
        ]
        offers.sort(key=lambda item: _key(item.get("roleType")) != "responsible")
        for item in offers:
            reference = item["organization"]
            organization_id = ORGANIZATION + str(reference["id"]).lower()
            known = self._organizations.get(organization_id)
            name = plain_text(reference.get("name"))
            if known is None and name:
                known = Organization(organization_id, {"fi": name}, name_only=True)
                self._organizations[organization_id] = known
                self._reading.batch.organizations.append(known)
            if known is not None:
                return known
        return None

    def _area(self, data: dict[str, Any], organization: Optional[Organization]) -> Area:
        scope = SCOPES.get(_key(data.get("areaType")))
        if scope in (NATIONWIDE, NATIONWIDE_EX_ALAND):
            return Area(scope)
        codes: list[str] = []
        for area in _items(data.get("areas")):
            listed = [municipality_code(item) for item in _items(area.get("municipalities"))]
            if not listed and _key(area.get("type")) == "municipality":
                listed = [municipality_code(area)]
            if not listed:
                listed = list(expand_regions(area.get("type"), area.get("code")))
            codes += [code for code in listed if code]
        home = self._municipality or (organization.municipality if organization else None)
        if not codes and home:
            codes = [home]
        return Area(LIMITED, sorted(set(codes)))

    def _connect(self, connections: Iterable[Optional[Connection]]) -> None:
        for connection in connections:
            if connection is None:
                continue
            key = (connection.service_id, connection.channel_id)
            if key not in self._connections:
                self._connections.add(key)
                self._reading.batch.connections.append(connection)

    # The other records ----------------------------------------------------------------------

    def _channel(self, data: dict[str, Any]) -> None:
        channel_id = CHANNEL + record_id(data)
        _check_published(data)
        kind = CHANNEL_TYPES.get(_key(data.get("serviceChannelType")))
        if kind is None:
            raise BadRecord(f"unknown channel type {data.get('serviceChannelType')!r}", channel_id)
        names = localized(data.get("serviceChannelNames"))
        if not names:
            raise BadRecord("it has no name in any language", channel_id)
        if channel_id in self._channels:
            raise BadRecord("the same id again", channel_id)
        urls = urls_of(data.get("channelUrls")) if kind == "form" else {}
        connections = [
            _connection(SERVICE + service, record_id(data), item)
            for item in _items(data.get("services"))
            for service in (_reference(item, "service"),)
            if service is not None
        ]
        self._reading.batch.channels.append(
            Channel(
                id=channel_id,
                type=kind,
                names=names,
                urls={**urls_of(data.get("webPages")), **urls},
                phones=phones_of(
                    [*_items(data.get("phoneNumbers")), *_items(data.get("supportPhones"))]
                ),
                addresses=addresses_of(data.get("addresses")),
                hours=hours_of(data.get("serviceHours")),
                languages=_languages(data.get("languages")),
            )
        )
        self._channels.add(channel_id)
        self._connect(connections)

    def _organization(self, data: dict[str, Any]) -> None:
        organization_id = ORGANIZATION + record_id(data)
        _check_published(data)
        names = localized(data.get("organizationNames"), "Name")
        names = names or localized(data.get("organizationNames"))
        if not names:
            raise BadRecord("it has no name in any language", organization_id)
        organization = Organization(
            id=organization_id,
            names=names,
            summaries=_texts(data.get("organizationDescriptions"), None, SUMMARIES),
            type=ORGANIZATION_TYPES.get(_key(data.get("organizationType")), "organization"),
            business_id=plain_text(data.get("businessCode")) or None,
            municipality=municipality_code(data.get("municipality")),
            urls=urls_of(data.get("webPages")),
            phones=phones_of(data.get("phoneNumbers")),
        )
        self._organizations[organization_id] = organization
        self._reading.batch.organizations.append(organization)

    def _general_description(self, data: dict[str, Any]) -> None:
        self._general[record_id(data)] = data


def _connection(
    service_id: str, channel: Optional[str], data: dict[str, Any]
) -> Optional[Connection]:
    if channel is None:
        return None
    contacts = data.get("contactDetails")
    contacts = contacts if isinstance(contacts, dict) else {}
    return Connection(
        service_id,
        CHANNEL + channel,
        urls=urls_of(contacts.get("webPages")),
        phones=phones_of(contacts.get("phoneNumbers")),
        addresses=addresses_of(contacts.get("addresses")),
        hours=hours_of(data.get("serviceHours")),
    )


# Parts of a record ----------------------------------------------------------------------------


def record_id(data: dict[str, Any]) -> str:
    """The id of a record in small letters."""
    value = str(data.get("id") or "").strip().lower()
    if not value:
        raise BadRecord("it has no id")
    return value


def record_name(record: Record) -> str:
    """How a record is named in a report: where it is, and its id."""
    found = record.data.get("id") if isinstance(record.data, dict) else None
    return f"{record.where} (id {found})" if found else record.where


def _possible_ids(data: Any) -> set[str]:
    value = str(data.get("id") or "").lower() if isinstance(data, dict) else ""
    return {prefix + value for prefix in (SERVICE, CHANNEL, ORGANIZATION)} if value else set()


def _check_published(data: dict[str, Any]) -> None:
    status = data.get("publishingStatus")
    if _key(status) not in ("", "published"):
        # It is not among those seen: a record that was published before is withdrawn.
        raise BadRecord(f"not published (status {status})")


def _key(value: Any) -> str:
    return re.sub(r"[^a-z0-9]", "", str(value or "").lower())


def _items(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _reference(data: dict[str, Any], name: str) -> Optional[str]:
    reference = data.get(name)
    value = reference.get("id") if isinstance(reference, dict) else None
    return str(value).lower() if value else None


def _texts(own: Any, general: Any, kinds: Iterable[str]) -> LocalizedText:
    """Texts of the first kind that has one in a language; those of the service come first."""
    found: LocalizedText = {}
    for kind in kinds:
        for items in (own, general):
            for name in (kind, f"GD_{kind}"):
                found = {**localized(items, name), **found}
    return found


def _codes(data: dict[str, Any], general: dict[str, Any], field: str) -> list[str]:
    codes = [
        class_code(item.get("code")) or class_code(item.get("uri"))
        for source in (data, general)
        for item in _items(source.get(field))
    ]
    return list(dict.fromkeys(code for code in codes if code))


def _keywords(data: dict[str, Any], general: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source in (data, general):
        lists = [_items(source.get("keywords"))]
        lists += [
            _items(item.get("name")) for name in KEYWORD_FIELDS for item in _items(source.get(name))
        ]
        for item in (item for items in lists for item in items):
            language, word = language_code(item.get("language")), plain_text(item.get("value"))
            if language and word and word not in found.setdefault(language, []):
                found[language].append(word)
    return {language: words for language, words in found.items() if words}


def _languages(value: Any) -> list[str]:
    codes = [language_code(code) for code in value] if isinstance(value, list) else []
    return list(dict.fromkeys(code for code in codes if code))


def urls_of(items: Any) -> LocalizedText:
    """Web addresses; the field is `url`, in forms and old versions `value`."""
    return {
        **localized(items, key="value", convert=web_address),
        **localized(items, key="url", convert=web_address),
    }


def phones_of(items: Any) -> list[Phone]:
    """Telephone numbers without faxes; one number given in several languages is one phone."""
    found: dict[str, Phone] = {}
    for item in _items(items):
        number = plain_text(item.get("number"))
        if _key(item.get("type")) == "fax" or not number:
            continue
        prefix = plain_text(item.get("prefixNumber"))
        if prefix and not item.get("isFinnishServiceNumber") and not number.startswith("+"):
            number = f"{prefix if prefix.startswith('+') else '+' + prefix} {number.lstrip('0')}"
        language = language_code(item.get("language")) or "fi"
        phone = found.setdefault(number, Phone(number))
        charge = charge_of(item.get("serviceChargeType"))
        phone.charge = charge if phone.charge == "unknown" else phone.charge
        for texts, value in (
            (phone.label, item.get("additionalInformation")),
            (phone.charge_info, item.get("chargeDescription")),
        ):
            if plain_text(value):
                texts.setdefault(language, plain_text(value))
    return list(found.values())


def addresses_of(items: Any) -> list[Address]:
    """Visiting addresses in Finland; postal and foreign ones are left out."""
    found = []
    for item in _items(items):
        if _key(item.get("type")) == "postal":
            continue
        place = item.get("streetAddress") or item.get("otherAddress")
        if not isinstance(place, dict):
            continue
        number = plain_text(place.get("streetNumber"))
        street = {
            language: f"{text} {number}".strip()
            for language, text in localized(place.get("street")).items()
        }
        point = wgs84(place.get("latitude"), place.get("longitude"))
        address = Address(
            street=street or localized(place.get("additionalInformation")),
            postal_code=plain_text(place.get("postalCode")),
            city=localized(place.get("postOffice")),
            municipality=municipality_code(place.get("municipality")),
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
        )
        if address.street or point:
            found.append(address)
    return found


def hours_of(items: Any) -> Hours:
    """Opening hours: weekly, over midnight, and exceptions."""
    hours = Hours()
    for item in _items(items):
        kind = _key(item.get("serviceHourType"))
        for language, text in localized(item.get("additionalInformation")).items():
            known = hours.raw_text.get(language)
            hours.raw_text[language] = f"{known}\n{text}" if known else text
        if item.get("isReservation"):
            continue
        start, end = local_date(item.get("validFrom")), local_date(item.get("validTo"))
        exception = kind in ("exceptional", "exception")
        if exception:
            if start is None:
                continue
            end = end or start
        if item.get("isClosed"):
            if exception or start or end:
                rule = HoursRule(valid_from=start, valid_to=end, closed=True, exception=exception)
                hours.rules.append(rule)
            continue
        if item.get("isAlwaysOpen") and not exception:
            hours.always_open = True
            continue
        for opening in _items(item.get("openingHour")):
            hours.rules += _rules(opening, start, end, exception, kind)
    return hours


def _rules(
    opening: dict[str, Any],
    start: Optional[str],
    end: Optional[str],
    exception: bool,
    kind: str,
) -> list[HoursRule]:
    opens, closes = _clock(opening.get("from")), _clock(opening.get("to"))
    if opens is None or closes is None:
        return []
    if exception:
        return [HoursRule(opens, closes, valid_from=start, valid_to=end, exception=True)]
    first = WEEKDAY.get(str(opening.get("dayFrom") or "").lower())
    last = WEEKDAY.get(str(opening.get("dayTo") or "").lower(), first)
    if first is None or last is None:
        return []
    if kind in ("overmidnight", "special"):
        nights = (last - first) % 7 or (1 if closes <= opens else 0)
        return [HoursRule(opens, closes, first, nights, start, end)]
    return [
        HoursRule(opens, closes, day, valid_from=start, valid_to=end)
        for day in day_range(first, last)
    ]


def _clock(value: Any) -> Optional[str]:
    match = re.match(r"^(\d{1,2}):(\d{2})", str(value or ""))
    if match is None or int(match.group(1)) > 24 or int(match.group(2)) > 59:
        return None
    return f"{int(match.group(1)):02d}:{match.group(2)}"


def local_date(value: Any) -> Optional[str]:
    """The date in Finland of a time stamp; those without a zone are in Finnish time already."""
    text = str(value or "").strip()
    match = re.match(r"^\d{4}-\d{2}-\d{2}", text)
    if match is None:
        return None
    try:
        moment = datetime.fromisoformat(re.sub(r"\.\d+", "", text).replace("Z", "+00:00"))
    except ValueError:
        return match.group(0)
    return moment.astimezone(ZONE).date().isoformat() if moment.tzinfo else match.group(0)
