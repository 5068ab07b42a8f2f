"""The catalogue as Open Referral HSDS 3.0: an array of full services, or a tabular package.

HSDS has one language a record. A service without a name in the wanted language is written in the
best other one; an attribute of every service says which language it is in.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Optional

from babel import Locale

from assistant.catalogue.export_hsds_hours import schedules_of
from assistant.catalogue.export_hsds_tables import write_package
from assistant.catalogue.hours import written
from assistant.catalogue.importers.base import office_email, web_address
from assistant.catalogue.importers.hsds.records import (
    CHANNEL_LINK,
    KEYWORD_LINK,
    LANGUAGE_LINKS,
    VIRTUAL,
)
from assistant.catalogue.model import (
    LIMITED,
    NATIONWIDE,
    Address,
    Channel,
    Organization,
    Phone,
    Service,
    language_order,
    text_in,
)
from assistant.catalogue.municipalities import municipality

#: Names of records that have no UUID of their own are made from their ids in this space.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "kuntaopas.hsds")
TAXONOMY = "kuntaopas"
COUNTRY = "FI"
WHOLE_COUNTRY = "Finland"
WITHOUT_ALAND = "Finland except Åland"
CHARGES = {"free": "Free of charge", "charged": "Charged"}
CURRENCY = "EUR"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)

Record = dict[str, Any]


def write_hsds(services: Callable[[], Iterator[Service]], path: Path, language: str) -> int:
    """Write a JSON array of full services, or a tabular package if the file ends with `.zip`.

    Raises:
        OSError: if the file cannot be written.
    """
    records = (full_service(service, language) for service in services())
    if path.suffix.lower() == ".zip":
        return write_package(records, path, language)
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for count, record in enumerate(records, start=1):
            text = json.dumps(record, ensure_ascii=False, indent=1)
            file.write("," * (count > 1) + "\n" + text)
        file.write("\n]\n")
    return count


def full_service(service: Service, language: str) -> Record:
    """A service as HSDS 3.0 has it, with its organisation, places and everything else in it.

    Args:
        service: a service as the store gives it.
        language: the wanted language.
    """
    own = next(
        (code for code in language_order(language, service.names) if service.names.get(code)),
        language,
    )
    places = [item for item in service.channels if item.type == "location"]
    others = [item for item in service.channels if item.type != "location"]
    url, linked = _main_url(others, own)
    record: Record = {
        "id": key_of(service.id),
        "organization": _organization(service, own),
        "name": text_in(service.names, own) or service.id,
        "alternate_name": service.alt_names.get(own),
        "description": _description(service, own),
        "url": url,
        "email": _email(service),
        "status": "active",
        "application_process": service.instructions.get(own),
        "fees_description": service.charge_info.get(own) or CHARGES.get(service.charge),
        "fees": CHARGES.get(service.charge) if service.charge_info.get(own) else None,
        "wait_time": service.terms.get(own),
        "eligibility_description": service.requirements.get(own),
        "minimum_age": service.age_min,
        "maximum_age": service.age_max,
        "assured_date": service.checked,
        "phones": [
            phone for channel in others for phone in _phones(channel, own, service.id, bool(places))
        ],
        "schedules": [] if places else _own_schedules(service, others, own),
        "service_areas": _areas(service, own),
        "service_at_locations": [
            *_places(service, places, own),
            *_virtual_places(service, others, linked, own),
        ],
        "languages": [
            _language(service.id, code) for code in service.languages or _spoken(service)
        ],
        "cost_options": _cost_options(service),
        "attributes": _attributes(service, own),
    }
    return _filled(record)


def key_of(record_id: str, *parts: str) -> str:
    """The UUID of a record: the one in its id, else one made from the id and the parts."""
    match = _UUID.search(record_id) if not parts else None
    if match is not None:
        return match.group(0).lower()
    return str(uuid.uuid5(NAMESPACE, "\n".join((record_id, *parts))))


def _filled(record: Record) -> Record:
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}


def _description(service: Service, language: str) -> str:
    """The summary as the first paragraph, then the description."""
    texts = [service.summaries.get(language, ""), service.descriptions.get(language, "")]
    if texts[1].startswith(texts[0]):
        texts = texts[1:]
    return "\n\n".join(text for text in texts if text)


def _organization(service: Service, language: str) -> Optional[Record]:
    organization = service.organization
    if organization is None:
        return None
    name = text_in(organization.names, language) or organization.id
    return _filled(
        {
            "id": key_of(organization.id),
            "name": name,
            # The schema wants a description of every organisation.
            "description": text_in(organization.summaries, language) or name,
            "website": web_address(text_in(organization.urls, language)),
            "phones": _numbers(organization.phones, language, organization.id),
            "organization_identifiers": _identifiers(organization),
        }
    )


def _identifiers(organization: Organization) -> list[Record]:
    if not organization.business_id:
        return []
    return [
        {
            "id": key_of(organization.id, "business id"),
            "identifier_scheme": "FI-PRO",
            "identifier_type": "Business ID",
            "identifier": organization.business_id,
        }
    ]


# Contacts -----------------------------------------------------------------------------------


def _main_url(channels: list[Channel], language: str) -> tuple[Optional[str], Optional[str]]:
    """(the address, the id of its channel): that of a web page, of any other channel if need be."""
    for kind in ("web", "eservice", "phone", "form"):
        for channel in channels:
            url = web_address(text_in(channel.urls, language))
            if channel.type == kind and url:
                return url, channel.id
    return None, None


def _email(service: Service) -> Optional[str]:
    emails = (email for channel in service.channels for email in channel.emails)
    return next((found for email in emails if (found := office_email(email))), None)


def _phones(channel: Channel, language: str, service_id: str, has_places: bool) -> list[Record]:
    """The telephone numbers of a channel.

    Numbers have no schedules in HSDS, and those of the service would be taken for the hours of
    its places: where it has places, the hours are told in the description.
    """
    found = _numbers(channel.phones, language, service_id, channel.id)
    hours = written(channel.hours) or text_in(channel.hours.raw_text, language)
    if has_places and hours:
        for phone in found:
            phone["description"] = "\n".join(filter(None, (phone.get("description"), hours)))
    return found


def _numbers(phones: list[Phone], language: str, *owner: str) -> list[Record]:
    found = []
    for item in phones:
        texts = (text_in(item.label, language), text_in(item.charge_info, language))
        found.append(
            _filled(
                {
                    "id": key_of("phone", *owner, item.number),
                    "number": item.number,
                    "type": "voice",
                    "description": "\n".join(text for text in texts if text),
                }
            )
        )
    return found


def _own_schedules(service: Service, channels: list[Channel], language: str) -> list[Record]:
    hours = next((item.hours for item in channels if item.hours.known), None)
    hours = hours or next((item.hours for item in channels if item.hours.raw_text), None)
    return schedules_of(hours, language, partial(key_of, "schedule", service.id)) if hours else []


# Places -------------------------------------------------------------------------------------


def _places(service: Service, channels: list[Channel], language: str) -> list[Record]:
    """A place for each address: in HSDS a location has one pair of coordinates."""
    found = []
    for channel in channels:
        addresses: list[Optional[Address]] = [*channel.addresses] or [None]
        for number, address in enumerate(addresses):
            part = (str(number),) if number else ()
            key = partial(key_of, "schedule", service.id, channel.id, *part)
            record = {
                "id": key_of(service.id, channel.id, *part),
                "phones": _numbers(channel.phones, language, service.id, channel.id, *part),
                "schedules": schedules_of(channel.hours, language, key),
                "location": _location(channel, address, language, *part),
            }
            found.append(_filled(record))
    return found


def _location(channel: Channel, address: Optional[Address], language: str, *part: str) -> Record:
    key = key_of(channel.id, *part)
    record: Record = {
        "id": key,
        "location_type": "physical",
        "name": text_in(channel.names, language),
        "description": channel.descriptions.get(language),
        "url": web_address(text_in(channel.urls, language)),
        "languages": [_language(channel.id, code) for code in channel.languages],
        "accessibility": [
            {"id": key_of("accessibility", key, str(number)), "description": sentence}
            for number, sentence in enumerate(_sentences(channel, language))
        ],
    }
    if address is not None:
        record["latitude"], record["longitude"] = address.latitude, address.longitude
        if address.street or address.city or address.postal_code:
            record["addresses"] = [_address(key, address, language)]
    return _filled(record)


def _sentences(channel: Channel, language: str) -> list[str]:
    for code in language_order(language, dict.fromkeys(channel.accessibility, "")):
        if channel.accessibility.get(code):
            return channel.accessibility[code]
    return []


def _address(key: str, address: Address, language: str) -> Record:
    city = text_in(address.city, language)
    town = municipality(address.municipality)
    if not city and town is not None:
        city = town.name(language)
    region = ""
    if town is not None:
        region = town.region_sv if language == "sv" else town.region_fi
    return {
        "id": key_of("address", key),
        "address_1": text_in(address.street, language),
        "city": city,
        "state_province": region,
        "postal_code": address.postal_code,
        "country": COUNTRY,
        "address_type": "physical",
    }


def _virtual_places(
    service: Service, channels: list[Channel], linked: Optional[str], language: str
) -> list[Record]:
    """Web pages, e-services and forms beside the one that is the address of the service."""
    found = []
    for channel in channels:
        url = web_address(text_in(channel.urls, language))
        if not url or (channel.id == linked and channel.type == "web"):
            continue
        kind = channel.type if channel.type in VIRTUAL else "web"
        location = {
            "id": key_of(channel.id),
            "location_type": "virtual",
            "url": url,
            "name": text_in(channel.names, language),
            "description": channel.descriptions.get(language),
            "attributes": [
                {
                    "id": key_of("attribute", channel.id, CHANNEL_LINK),
                    "link_entity": "location",
                    "link_type": CHANNEL_LINK,
                    "value": kind,
                }
            ],
        }
        found.append({"id": key_of(service.id, channel.id), "location": _filled(location)})
    return found


# Languages, areas, costs, attributes --------------------------------------------------------


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    return dict(Locale("en").languages)


def _language(owner: str, code: str) -> Record:
    names = _language_names()
    return {"id": key_of("language", owner, code), "name": names.get(code, code), "code": code}


def _spoken(service: Service) -> list[str]:
    return list(dict.fromkeys(code for item in service.channels for code in item.languages))


def _areas(service: Service, language: str) -> list[Record]:
    if service.area.scope != LIMITED:
        name = WHOLE_COUNTRY if service.area.scope == NATIONWIDE else WITHOUT_ALAND
        return [{"id": key_of("area", service.id), "name": name, "extent_type": "nationwide"}]
    found = []
    for code in service.area.municipalities:
        town = municipality(code)
        found.append(
            {
                "id": key_of("area", service.id, code),
                "name": town.name(language) if town else code,
                "extent": code,
                "extent_type": "municipality",
            }
        )
    return found


def _cost_options(service: Service) -> list[Record]:
    if service.charge != "free":
        return []
    return [{"id": key_of("cost", service.id), "currency": CURRENCY, "amount": 0}]


def _attributes(service: Service, language: str) -> list[Record]:
    def attribute(link_type: str, value: str) -> Record:
        return {
            "id": key_of("attribute", service.id, link_type, value),
            "link_id": key_of(service.id),
            "link_entity": "service",
            "link_type": link_type,
            "value": value,
        }

    found = [attribute(LANGUAGE_LINKS[0], language)]
    found += [attribute(KEYWORD_LINK, word) for word in service.keywords.get(language, [])]
    for topic in service.topics:
        term = {
            "id": key_of("topic", topic),
            "code": topic,
            "name": topic,
            "description": topic.replace("_", " ").capitalize(),
            "taxonomy": TAXONOMY,
            "language": "en",
        }
        found.append({**attribute("topic", topic), "taxonomy_term": term})
    return found
