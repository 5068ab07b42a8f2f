"""Turku's own shape of PTV data: texts by language, everything else much like v11.

Its records are rewritten as v11 records, so that one front end reads both.
"""

from __future__ import annotations

from typing import Any, Optional

from assistant.catalogue.importers.ptv.common import CHANNEL_TYPES, identifier
from assistant.catalogue.importers.values import LANGUAGE, LANGUAGES, entries, key, text, texts

_OF_A_CHANNEL = ("serviceIds", "organizationId", "phoneNumbers", "addresses", "webPages")
_OF_A_SERVICE = ("descriptions", "serviceClasses", "targetGroups", "organizations", "requirement")
_CLASSES = ("serviceClasses", "ontologyTerms", "targetGroups", "lifeEvents", "industrialClasses")
_SAME = ("id", "areaType", "areas", "languages", "serviceHours", "publishingStatus", "modified")


def kind_of(data: dict[str, Any]) -> Optional[str]:
    """`service` or `channel` for a record of this shape, else None."""
    name = data.get("name")
    if not isinstance(name, dict) or not name or not LANGUAGES.issuperset(name):
        return None
    if key(data.get("type")) in CHANNEL_TYPES or "serviceIds" in data:
        return "channel"
    if any(field in data for field in _OF_A_SERVICE):
        return "service"
    return "channel" if any(field in data for field in _OF_A_CHANNEL) else None


def as_v11(data: dict[str, Any], kind: str) -> dict[str, Any]:
    """The record in the shape of v11."""
    shared = {name: data[name] for name in _SAME if name in data}
    shared["languages"] = shared.get("languages") or data.get("language")
    names = [{**item, "type": item.get("type") or "Name"} for item in entries(data.get("name"))]
    if kind == "channel":
        services = data.get("serviceIds")
        return {
            **shared,
            "serviceChannelType": data.get("type"),
            "serviceChannelNames": names,
            "serviceChannelDescriptions": entries(data.get("descriptions")),
            "organizationId": data.get("organizationId"),
            "webPages": entries(data.get("webPages")),
            "channelUrls": entries(data.get("channelUrls")),
            "emails": entries(data.get("emails")),
            "phoneNumbers": [_phone(item) for item in entries(data.get("phoneNumbers"))],
            "addresses": _addresses(data.get("addresses")),
            "requiresAuthentication": data.get("requiresAuthentication"),
            "accessibilityClassification": entries(data.get("accessibilityClassification")),
            "services": [
                {"service": {"id": service}}
                for service in (services if isinstance(services, list) else [])
                if identifier(service)
            ],
        }
    return {
        **shared,
        **{name: _classes(data.get(name)) for name in _CLASSES},
        "type": data.get("subtype") or data.get("type"),
        "serviceNames": names,
        "serviceDescriptions": entries(data.get("descriptions")),
        "requirements": entries(data.get("requirement") or data.get("requirements")),
        "keywords": entries(data.get("keywords")),
        "serviceChargeType": data.get("serviceChargeType") or data.get("chargeType"),
        "generalDescriptionId": data.get("generalDescriptionId"),
        "serviceChannels": [
            {"serviceChannel": {"id": channel}}
            for channel in _list(data.get("channelIds") or data.get("serviceChannelIds"))
            if identifier(channel)
        ],
        "organizations": [
            {
                "organization": {"id": item.get("id"), "name": _name(item.get("name"))},
                "roleType": item.get("roleType") or "Responsible",
            }
            for item in entries(data.get("organizations"))
        ],
    }


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(value: Any) -> str:
    names = texts(value)
    return names.get(LANGUAGE) or next(iter(names.values()), "")


def _classes(value: Any) -> list[dict[str, Any]]:
    """`{fi: [{name, code}], sv: [...]}` as one class with names in its languages."""
    found: dict[str, dict[str, Any]] = {}
    for item in entries(value):
        given = item.get("name")
        name = text(given if isinstance(given, str) else item.get("value"))
        code = identifier(item.get("code")) or identifier(item.get("uri")) or name
        known = found.setdefault(
            code, {"code": item.get("code"), "uri": item.get("uri"), "name": []}
        )
        if name:
            known["name"].append({"language": item.get("language"), "value": name})
        else:
            known["name"] += entries(given)
    return list(found.values())


def _phone(item: dict[str, Any]) -> dict[str, Any]:
    return {
        **item,
        "prefixNumber": item.get("prefixNumber") or item.get("prefix_number"),
        "serviceChargeType": item.get("serviceChargeType") or item.get("chargeType"),
    }


def _addresses(value: Any) -> list[dict[str, Any]]:
    """Flat addresses by language as one v11 address; those of v11 stay as they are."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    whole = []
    for item in entries(value):
        if any(isinstance(item.get(name), dict) for name in ("streetAddress", "otherAddress")):
            whole.append(item)
            continue
        marks = ("type", "streetNumber", "postalCode", "latitude", "longitude")
        same = tuple(str(item.get(name)) for name in marks)
        municipality = item.get("municipality") or item.get("municipalityCode")
        place = found.setdefault(
            same,
            {
                **{name: item.get(name) for name in marks[1:]},
                "municipality": {"code": municipality, "name": item.get("municipalityName")}
                if not isinstance(municipality, dict)
                else municipality,
                "street": [],
                "postOffice": [],
            },
        )
        for field, value_of in (
            ("street", item.get("streetName") or item.get("street")),
            ("postOffice", item.get("postOffice")),
        ):
            if isinstance(value_of, str):
                place[field].append({"language": item.get("language"), "value": value_of})
            else:
                place[field] += entries(value_of)
    flat = [{"type": same[0], "streetAddress": place} for same, place in found.items()]
    return [*whole, *flat]
