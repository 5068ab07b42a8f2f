"""Records of Open Referral HSDS, in the nested shape of its JSON, to the internal model.

A service is converted as soon as it is read, so that a large file needs little memory. When the
same service comes again, from a list, from a full record or as a part of a place, what it adds is
merged into the payload that was kept of it.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import Any, Optional

from assistant.catalogue.importers.base import Reading, office_email, web_address, wgs84
from assistant.catalogue.importers.hsds.hours import hours_of
from assistant.catalogue.importers.hsds.topics import hsds_topics
from assistant.catalogue.importers.hsds.values import (
    age_range,
    area_of,
    child,
    children,
    cost_of,
    day,
    first_text,
    identifier,
    language_iso,
    languages_in,
    number,
    text_of,
    town_code,
    without_persons,
)
from assistant.catalogue.model import (
    Address,
    Batch,
    Channel,
    Connection,
    LocalizedText,
    Organization,
    Phone,
    Service,
    Source,
    unpacked,
)
from assistant.catalogue.topics import TOPICS

SUMMARY = 300
MAX_LINKS = 5
MAX_KEYWORDS = 30
ACTIVE = "active"
SAME = "the same {} again: what it adds was merged into the first"
#: Services that exist but cannot be used now; they are left out and withdrawn.
NOT_OFFERED = frozenset(
    ("inactive", "defunct", "temporarily closed", "temporarily_closed", "temporarily-closed")
)
SCHEDULES = ("schedules", "schedule", "regular_schedules", "regular_schedule", "holiday_schedules",
             "holiday_schedule")  # fmt: skip
ATTRIBUTES = ("attributes", "service_taxonomys", "service_taxonomies", "service_taxonomy",
              "services_taxonomy", "taxonomy_terms", "categories")  # fmt: skip
ADDRESSES = ("addresses", "address", "physical_addresses", "physical_address", "postal_addresses")
#: What `link_type` says of attributes whose value is the language of the texts, a keyword, or the
#: type of the channel that a virtual location is.
LANGUAGE_LINKS = ("language", "content_language")
KEYWORD_LINK = "keyword"
CHANNEL_LINK = "channel_type"
VIRTUAL = ("web", "eservice", "form")
ACCESSIBILITY = ("accessibility", "accessibility_for_disabilities")
ELIGIBILITY = ("eligibilitys", "eligibilities", "eligibility")
_NO_VALUE: tuple[Any, ...] = (None, "", [], {})
_FAX = ("fax", "faksi", "telefax")
_PO_BOX = re.compile(r"\b(p\.?\s?o\.?\s?box|pl|pb|postilokero|postbox|box)\s*\d", re.IGNORECASE)


class Rejected(Exception):
    """A record that is not imported.

    Attributes:
        seen: false for one that is left out on purpose, and so is withdrawn.
    """

    def __init__(self, reason: str, seen: bool = True) -> None:
        super().__init__(reason)
        self.seen = seen


@dataclass
class HsdsBatch(Batch):
    """Services with their parts, and the organisations that are records of their own.

    Places, telephone numbers and the organisation in a service are parts of it; an import report
    counts the services and these organisations.
    """

    whole_services: bool = True
    own_organizations: set[str] = field(default_factory=set)

    def counted(self) -> set[str]:
        """Ids of the records that an import report counts."""
        return super().counted() | self.own_organizations


@dataclass(frozen=True)
class DataSet:
    """What is the same for all records of one import."""

    name: str
    language: str
    municipality: Optional[str]
    source: Source

    def id(self, kind: str, key: str) -> str:
        """The id of a record."""
        return f"hsds:{self.name}:{kind}:{key}"


class Collector:
    """Collects the records of an import in a reading."""

    def __init__(self, reading: Reading, dataset: DataSet) -> None:
        self.reading = reading
        self.batch = HsdsBatch()
        reading.batch = self.batch
        self.dataset = dataset
        #: False for publishers whose services have no status at all: they are taken as active.
        self.status_required = True
        self._services: dict[str, int] = {}
        self._channels_of: list[list[Channel]] = []
        #: Position of a service that came more than once -> what all its records say.
        self._again: dict[int, dict[str, Any]] = {}
        self._organizations: dict[str, Organization] = {}
        self._persons = 0

    # What is read ---------------------------------------------------------------------------

    def reject(self, where: str, reason: str, record_id: Optional[str] = None) -> None:
        """Count a record that is not imported."""
        self.reading.read += 1
        self.reading.skip(where, reason, record_id)

    def add_service(self, where: str, record: dict[str, Any], part: bool = False) -> None:
        """Add a service with everything that is nested in it.

        Args:
            where: for the report.
            record: the service.
            part: it is nested in another record, so that it is not reported when it comes again.
        """
        self._persons += len(children(record, "contacts"))
        key = identifier(record.get("id"))
        service_id = self.dataset.id("service", key) if key else None
        offices = _phones_of_offices(record)
        record = without_persons(record)
        if offices:
            record["phones"] = [*children(record, "phones"), *offices]
        known = self._services.get(key) if key else None
        if known is not None:
            first = self._again.get(known) or unpacked(self.batch.payloads[service_id or ""])
            self._again[known] = merged(first, record)
            if not part:
                self.reject(where, SAME.format("service"))
            return
        try:
            service, channels = self._service(record)
            self._check_status(record)
        except Rejected as error:
            self.reject(where, str(error), service_id if error.seen else None)
            return
        self._add_nested(record)
        self.reading.keep_payload(service.id, record)
        self._services[key] = len(self.batch.services)
        self.reading.read += 1
        self.batch.services.append(service)
        self._channels_of.append(channels)

    def add_organization(self, where: str, record: dict[str, Any]) -> None:
        """Add an organisation that is a record of its own."""
        key, name = identifier(record.get("id")), text_of(record.get("name"))
        if not key or not name:
            missing = "id" if not key else "name"
            seen = self.dataset.id("organization", key) if key else None
            self.reject(where, f"the organisation has no {missing}", seen)
            return
        organization = self._organization(key, name, record, self._language(record))
        self._keep_organization(key, organization)
        if organization.id in self.batch.own_organizations:
            self.reject(where, SAME.format("organisation"))
            return
        self.reading.read += 1
        self.batch.own_organizations.add(organization.id)
        self._persons += len(children(record, "contacts"))

    def _add_nested(self, service: dict[str, Any]) -> None:
        """Keep the organisation in a service, which is a part of it, in the same language."""
        record = child(service, "organization", "organisation")
        key, name = identifier(record.get("id")), text_of(record.get("name"))
        if key and name:
            language = self._language(service)
            self._keep_organization(key, self._organization(key, name, record, language))

    def _keep_organization(self, key: str, organization: Organization) -> None:
        known = self._organizations.setdefault(key, organization)
        if known is organization:
            self.batch.organizations.append(organization)
        else:
            _fill(known, organization)

    def finish(self) -> None:
        """What can only be done at the end, when no service can come again.

        Organisations that are named but not in the data are taken out of the services.
        """
        for position, record in self._again.items():
            service, channels = self._service(record)
            self.batch.services[position], self._channels_of[position] = service, channels
            self._add_nested(record)
            self.reading.keep_payload(service.id, record)
        for service, channels in zip(self.batch.services, self._channels_of):
            self.batch.channels += channels
            self.batch.connections += [Connection(service.id, item.id) for item in channels]
        unknown = 0
        known = {item.id for item in self.batch.organizations}
        for service in self.batch.services:
            if service.organization_id is not None and service.organization_id not in known:
                service.organization_id = None
                unknown += 1
        notes = self.reading.notes
        if unknown:
            notes.append(f"the organisation of {unknown} services is not in the data")
        if self._persons:
            notes.append(f"{self._persons} contact persons were left out")

    # Services -------------------------------------------------------------------------------

    def _service(self, record: dict[str, Any]) -> tuple[Service, list[Channel]]:
        key = identifier(record.get("id"))
        if not key:
            raise Rejected("the service has no id")
        name = text_of(record.get("name"))
        if not name:
            raise Rejected("the service has no name")
        language = self._language(record)
        eligibility = children(record, *ELIGIBILITY)
        options = children(record, "cost_options", "cost_option", "costs")
        charge, charge_info = cost_of(record, options)
        summary, description = _summary_and_rest(first_text(record, "description"))
        description = _joined(description, first_text(record, "alert"))
        low, high = age_range(record, *eligibility)
        channels = self._channels(key, record, language)
        terms = self._terms(record)
        organization = identifier(
            child(record, "organization", "organisation").get("id") or record.get("organization_id")
        )
        checked = next(
            (found for item in ("assured_date", "last_modified", "updated_at")
             if (found := day(record.get(item)))), None
        )  # fmt: skip
        service = Service(
            id=self.dataset.id("service", key),
            names={language: name},
            source=self.dataset.source,
            checked=checked.isoformat() if checked else None,
            alt_names=_in(language, text_of(record.get("alternate_name"))),
            summaries=_in(language, first_text(record, "short_desc") or summary),
            descriptions=_in(language, description),
            instructions=_in(language, _instructions(record)),
            requirements=_in(language, _requirements(record, eligibility)),
            keywords={language: words} if (words := _keywords(record, terms)) else {},
            topics=hsds_topics(terms),
            classes=[code for _, code in terms if code],
            charge=charge,
            charge_info=_in(language, charge_info),
            languages=languages_in(children(record, "languages")),
            area=area_of(self._areas(record), self._own_area(channels)),
            organization_id=(
                self.dataset.id("organization", organization) if organization else None
            ),
            terms=_in(language, text_of(record.get("wait_time"))),
            age_min=low,
            age_max=high,
        )
        return service, channels

    def _check_status(self, record: dict[str, Any]) -> None:
        status = text_of(record.get("status")).casefold().strip()
        if status in NOT_OFFERED:
            raise Rejected(f"its status is {status!r}", seen=False)
        if not status and self.status_required:
            raise Rejected("the service has no status")
        if status and status != ACTIVE:
            raise Rejected(f"its status is {status[:40]!r}, which HSDS does not know")

    def _language(self, record: dict[str, Any]) -> str:
        """The language of the texts: what the record says of itself, else that of the data set."""
        for item in children(record, "attributes"):
            if _link_type(item) in LANGUAGE_LINKS:
                code = language_iso(item.get("value"))
                if code:
                    return code
        value = record.get("language")
        code = language_iso(value) if isinstance(value, str) else ""
        return code or self.dataset.language

    def _areas(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        places = children(record, "service_at_locations", "service_at_location")
        return children(record, "service_areas", "service_area") + [
            item for place in places for item in children(place, "service_areas")
        ]

    def _own_area(self, channels: list[Channel]) -> list[str]:
        """The municipality of the import, else the ones in which the service has its places."""
        if self.dataset.municipality:
            return [self.dataset.municipality]
        codes = (item.municipality for channel in channels for item in channel.addresses)
        return sorted({code for code in codes if code})

    def _terms(self, record: dict[str, Any]) -> list[tuple[str, str]]:
        """(name, code) of the taxonomy terms of a service."""
        found = []
        for item in children(record, *ATTRIBUTES):
            if _link_type(item) in LANGUAGE_LINKS or _link_type(item) == KEYWORD_LINK:
                continue
            nested = (item.get(name) for name in ("taxonomy_term", "taxonomy", "term"))
            term = next((value for value in nested if isinstance(value, dict)), item)
            name = first_text(term, "name", "term", "label")
            code = first_text(term, "code") or first_text(item, "taxonomy_code")
            if name or code:
                found.append((name[:100], code[:100]))
        return list(dict.fromkeys(found))[:MAX_KEYWORDS]

    # Channels -------------------------------------------------------------------------------

    def _channels(self, key: str, record: dict[str, Any], language: str) -> list[Channel]:
        """The places of a service, and its own telephone numbers and web pages."""
        hours = hours_of(children(record, *SCHEDULES), language)
        channels = []
        for number_, item in enumerate(_places(record), start=1):
            place_key = identifier(item.get("id")) or f"{key}-{number_}"
            place = self._place(self.dataset.id("channel", place_key), item, language)
            if place is not None:
                if not (place.hours.known or place.hours.raw_text):
                    place.hours = hours
                channels.append(place)
        first = self.dataset.id("channel", key)
        phones = _phones(children(record, "phones"), language)
        links = [record, *children(record, "additional_urls")]
        urls = [web_address(item.get("url")) for item in links]
        urls = list(dict.fromkeys(url for url in urls if url))[: MAX_LINKS + 1]
        email = office_email(record.get("email"))
        contacts: list[Channel] = []
        if phones:
            contacts.append(Channel(f"{first}-phone", "phone", phones=phones))
        contacts += [
            Channel(f"{first}-web{n if n > 1 else ''}", "web", urls={language: url})
            for n, url in enumerate(urls, start=1)
        ]
        told = hours.known or bool(hours.raw_text)
        if not contacts and (email or (told and not channels)):
            contacts.append(Channel(f"{first}-contact", "phone" if email else "location"))
        if contacts:
            contacts[0].emails = [email] if email else []
            contacts[0].hours = contacts[0].hours if channels else hours
        return _unique(channels + contacts)

    def _place(self, channel_id: str, item: dict[str, Any], language: str) -> Optional[Channel]:
        location = child(item, "location")
        kind = text_of(location.get("location_type")).casefold()
        addresses = [] if kind == "virtual" else _addresses(location, language)
        url = web_address(location.get("url")) or web_address(item.get("url"))
        phones = _phones(children(item, "phones") + children(location, "phones"), language)
        hours = hours_of(children(item, *SCHEDULES), language)
        if not (hours.known or hours.raw_text):
            hours = hours_of(children(location, *SCHEDULES), language)
        name = text_of(location.get("name"))
        if not (addresses or url or phones or name or hours.known or hours.raw_text):
            return None
        description = _joined(
            text_of(item.get("description")),
            text_of(location.get("description")),
            text_of(location.get("transportation")),
        )
        return Channel(
            channel_id,
            _virtual_type(location) if kind == "virtual" else "location",
            names=_in(language, name),
            urls=_in(language, url),
            phones=phones,
            addresses=addresses,
            hours=hours,
            languages=languages_in(children(location, "languages")),
            descriptions=_in(language, description),
            accessibility=_accessibility(location, language),
        )

    # Organisations --------------------------------------------------------------------------

    def _organization(
        self, key: str, name: str, record: dict[str, Any], language: str
    ) -> Organization:
        summary, _ = _summary_and_rest(first_text(record, "description"))
        identifiers = children(record, "organization_identifiers")
        business_id = next(
            (
                text
                for item in identifiers
                if re.fullmatch(r"\d{7}-\d", text := text_of(item.get("identifier")))
            ),
            None,
        )
        url = first_text(record, "website", "url")
        return Organization(
            self.dataset.id("organization", key),
            names={language: name},
            summaries=_in(language, summary),
            business_id=business_id,
            municipality=town_code(re.sub(r"^city of ", "", name, flags=re.IGNORECASE)),
            urls=_in(language, web_address(url)),
            phones=_phones(children(record, "phones"), language),
        )


def merged(first: dict[str, Any], second: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    """Two records of the same thing as one: the second adds what the first does not have.

    Objects in lists are the same if they have the same id.
    """
    result = dict(first)
    for name, value in second.items():
        old = result.get(name)
        if old in _NO_VALUE:
            result[name] = value
        elif isinstance(old, dict) and isinstance(value, dict) and depth < MAX_LINKS:
            result[name] = merged(old, value, depth + 1)
        elif isinstance(old, list) and isinstance(value, list):
            result[name] = _merged_lists(old, value, depth)
    return result


def _merged_lists(first: list[Any], second: list[Any], depth: int) -> list[Any]:
    result = list(first)
    places = {
        identifier(item.get("id")): number_
        for number_, item in enumerate(first)
        if isinstance(item, dict) and identifier(item.get("id"))
    }
    for item in second:
        key = identifier(item.get("id")) if isinstance(item, dict) else ""
        if key in places and depth < MAX_LINKS:
            result[places[key]] = merged(result[places[key]], item, depth + 1)
        elif item not in result:
            result.append(item)
    return result


def _fill(known: Organization, other: Organization) -> None:
    for item in dataclasses.fields(Organization):
        if not getattr(known, item.name):
            setattr(known, item.name, getattr(other, item.name))


def _link_type(attribute: dict[str, Any]) -> str:
    return text_of(attribute.get("link_type")).casefold()


def _keywords(record: dict[str, Any], terms: list[tuple[str, str]]) -> list[str]:
    """The names of the taxonomy terms, and keywords that are attributes with a value."""
    words = [name for name, _ in terms if name and name not in TOPICS]
    words += [
        text_of(item.get("value"))[:100]
        for item in children(record, "attributes")
        if _link_type(item) == KEYWORD_LINK
    ]
    return list(dict.fromkeys(word for word in words if word))


def _in(language: str, text: str) -> LocalizedText:
    return {language: text} if text else {}


def _joined(*texts: str) -> str:
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def _summary_and_rest(text: str) -> tuple[str, str]:
    """A description as a summary for a card and the rest, or the whole where it cannot be cut."""
    first, _, rest = text.partition("\n\n")
    if len(first) <= SUMMARY:
        return first.strip(), rest.strip()
    sentences = re.match(rf"(.{{1,{SUMMARY - 1}}}[.!?])\s", first, re.DOTALL)
    return (sentences.group(1) if sentences else ""), text


def _instructions(record: dict[str, Any]) -> str:
    names = ("application_process", "interpretation_services")
    return _joined(*(first_text(record, name) for name in names))


def _requirements(record: dict[str, Any], eligibility: list[dict[str, Any]]) -> str:
    texts = [first_text(record, "eligibility_description")]
    texts += [first_text(item, "eligibility", "name", "description") for item in eligibility]
    texts += [
        first_text(item, "document", "name") for item in children(record, "required_documents")
    ]
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _places(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The places of a service; older records name locations without anything between."""
    found = children(record, "service_at_locations", "service_at_location", "services_at_location")
    return found + [{"location": item} for item in children(record, "locations", "location")]


def _unique(channels: list[Channel]) -> list[Channel]:
    """The channels, each under an id of its own."""
    seen: dict[str, int] = {}
    for item in channels:
        seen[item.id] = seen.get(item.id, 0) + 1
        if seen[item.id] > 1:
            item.id = f"{item.id}-{seen[item.id]}"
    return channels


def _phones(items: list[dict[str, Any]], language: str) -> list[Phone]:
    found: dict[str, Phone] = {}
    for item in items:
        value = first_text(item, "number", "phone", "name").strip("\"' ")
        kind = text_of(item.get("type")).casefold()
        if not re.search(r"\d", value) or kind in _FAX:
            continue
        extension = number(item.get("extension"))
        label = text_of(item.get("description")) or text_of(item.get("department"))
        if extension:
            label = f"{label} (ext. {extension:g})" if label else f"ext. {extension:g}"
        found.setdefault(value[:60], Phone(value[:60], _in(language, label)))
    return list(found.values())


def _phones_of_offices(record: dict[str, Any]) -> list[Any]:
    """The telephone numbers of the contacts of a service that name no person.

    Open Referral UK has no other numbers than those of contacts.
    """
    phones: list[Any] = []
    for contact in children(record, "contacts", "contact"):
        name = text_of(contact.get("name")).casefold()
        offices = [record.get("name"), child(record, "organization").get("name")]
        offices.append(contact.get("department"))
        if not name or name in {text_of(item).casefold() for item in offices}:
            phones += [without_persons(item) for item in children(contact, "phones")]
    return phones


def _addresses(location: dict[str, Any], language: str) -> list[Address]:
    """The addresses to visit. Some publishers call every address postal; a box is none."""
    items = children(location, *ADDRESSES)
    kinds = [text_of(item.get("address_type")).casefold() for item in items]
    visited = [item for item, kind in zip(items, kinds) if kind not in ("postal", "virtual")]
    if not visited and text_of(location.get("location_type")).casefold() != "postal":
        visited = [item for item, kind in zip(items, kinds) if kind == "postal"]
    point = wgs84(location.get("latitude"), location.get("longitude"))
    found = []
    for item in visited:
        lines = [text_of(item.get(name)) for name in ("address_1", "address_2", "address_3")]
        street = ", ".join(dict.fromkeys(line for line in lines if line))
        city = text_of(item.get("city"))
        code = text_of(item.get("postal_code"))[:20]
        if not (street or city or code) or _PO_BOX.search(street):
            continue
        found.append(
            Address(
                _in(language, street),
                code,
                _in(language, city),
                town_code(city, item.get("region"), item.get("state_province")),
            )
        )
    if point is not None:
        if not found:
            found.append(Address())
        found[0].latitude, found[0].longitude = point
    return found


def _virtual_type(location: dict[str, Any]) -> str:
    kinds = [
        text_of(item.get("value"))
        for item in children(location, "attributes")
        if _link_type(item) == CHANNEL_LINK
    ]
    return kinds[0] if kinds and kinds[0] in VIRTUAL else "web"


def _accessibility(location: dict[str, Any], language: str) -> dict[str, list[str]]:
    found = []
    for item in children(location, *ACCESSIBILITY):
        names = ("accessibility", "description", "details", "name")
        found += [text for name in names if (text := text_of(item.get(name)))]
    return {language: list(dict.fromkeys(found))} if found else {}
