"""Front end for the wire format v11 of PTV, with the spellings of v7 to v10."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Optional

from assistant.catalogue.importers.ptv.channels import channel_v11, connection_v11
from assistant.catalogue.importers.ptv.collector import (
    Collector,
    Content,
    Draft,
    joined,
    reference,
    service_connection,
)
from assistant.catalogue.importers.ptv.common import (
    CHANNEL,
    KINDS,
    ORGANIZATION,
    ORGANIZATION_TYPES,
    SERVICE,
    charge_of,
    check_published,
    identifier,
    record_id,
)
from assistant.catalogue.importers.ptv.contacts import phones_of, urls_of
from assistant.catalogue.importers.ptv.texts import ALTERNATIVE, display_names
from assistant.catalogue.importers.values import (
    BadRecord,
    entries,
    key,
    languages_of,
    local_date,
    municipality_code,
    text,
    texts,
)
from assistant.catalogue.model import LocalizedText, Organization
from assistant.catalogue.topics import class_code, class_labels

SUMMARIES = ("summary", "shortdescription")
#: An entry without a type is the description: old files have them.
DESCRIPTIONS = ("description", "", "backgrounddescription")
INSTRUCTIONS = ("userinstruction", "serviceuserinstruction")
CHARGE_INFO = ("chargetypeadditionalinfo", "servicechargeadditionalinfo")
TERMS = (
    ("deadline", "deadlineadditionalinfo"),
    ("processingtime", "processingtimeadditionalinfo"),
    ("validitytime", "validitytimeadditionalinfo"),
)
CLASS_FIELDS = ("serviceClasses", "lifeEvents")
#: Labels of these are words by which a service is found.
LABELLED_FIELDS = ("serviceClasses", "ontologyTerms", "targetGroups", "lifeEvents")
_ROLES = ("responsible", "otherresponsible", "producer")
#: Fields that only parts of a record have, when they are given as records of their own.
_PARTS = ("serviceChannel", "service", "serviceHourType")


def kind_of(data: dict[str, Any]) -> Optional[str]:
    """What a v11 record is, or None."""
    if "serviceNames" in data:
        return "service"
    if "serviceChannelNames" in data or "serviceChannelType" in data:
        return "channel"
    if "organizationNames" in data:
        return "organization"
    if "serviceCollectionNames" in data:
        return "service_collection"
    if isinstance(data.get("names"), list) and (
        "generalDescriptionType" in data or "descriptions" in data
    ):
        return "general_description"
    return None


def is_part(data: dict[str, Any]) -> bool:
    """True for a part of a record, such as the connection that a service holds."""
    return any(isinstance(data.get(name), (dict, str)) for name in _PARTS)


class ReaderV11:
    """Hands v11 records to a collector."""

    def __init__(self, collector: Collector) -> None:
        self._to = collector
        self.steps: dict[str, Callable[[dict[str, Any]], None]] = {
            "service": self._service,
            "channel": self._channel,
            "organization": self._organization,
            "general_description": self._general_description,
            "service_collection": lambda data: None,
        }

    def _service(self, data: dict[str, Any]) -> None:
        bare_id = record_id(data, "id")
        check_published(data)
        connections = [
            connection_v11(service_connection(bare_id, CHANNEL + channel), item)
            for item in entries(data.get("serviceChannels"))
            for channel in (reference(item, "serviceChannel")[0] or identifier(item.get("id")),)
            if channel
        ]
        self._to.add_service(
            Draft(
                id=SERVICE + bare_id,
                content=content_of(data, "serviceNames", "serviceDescriptions"),
                general_id=_general_id(data),
                owners=list(_owners(data)),
                area=self._to.areas.v11(data),
                checked=local_date(data.get("modified")),
                kind=KINDS.get(key(data.get("type")), "service"),
                languages=languages_of(data.get("languages")),
                connections=connections,
                payload=data,
            )
        )

    def _channel(self, data: dict[str, Any]) -> None:
        bare_id = record_id(data, "id")
        check_published(data)
        channel = channel_v11(CHANNEL + bare_id, data)
        connections = [
            connection_v11(service_connection(service, channel.id), item)
            for item in entries(data.get("services"))
            for service in (reference(item, "service")[0] or identifier(item.get("id")),)
            if service
        ]
        self._to.add_channel(channel, connections, data)

    def _organization(self, data: dict[str, Any]) -> None:
        organization_id = ORGANIZATION + record_id(data, "id")
        check_published(data)
        names = display_names(data.get("organizationNames"), data.get("displayNameType"))
        if not names:
            raise BadRecord("it has no name in any language", organization_id)
        self._to.add_organization(
            Organization(
                id=organization_id,
                names=names,
                summaries=described(data.get("organizationDescriptions"), SUMMARIES)
                or described(data.get("organizationDescriptions"), DESCRIPTIONS),
                type=ORGANIZATION_TYPES.get(key(data.get("organizationType")), "organization"),
                business_id=text(data.get("businessCode")) or None,
                municipality=municipality_code(data.get("municipality")),
                urls=urls_of(data.get("webPages")),
                phones=phones_of(data.get("phoneNumbers")),
            ),
            self._to.areas.v11(data),
        )

    def _general_description(self, data: dict[str, Any]) -> None:
        self._to.add_general(record_id(data, "id"), content_of(data, "names", "descriptions"))


# Texts ----------------------------------------------------------------------------------------


def content_of(data: dict[str, Any], names: str, descriptions: str) -> Content:
    """What a service or a general description says.

    Args:
        data: the record.
        names: its field with names.
        descriptions: its field with typed texts.
    """
    said = data.get(descriptions)
    return Content(
        names=texts(data.get(names), ("name", "")) or texts(data.get(names)),
        alt_names=texts(data.get(names), ALTERNATIVE),
        summaries=described(said, SUMMARIES),
        descriptions=described(said, DESCRIPTIONS),
        instructions=described(said, INSTRUCTIONS),
        requirements=texts(data.get("requirements")),
        terms=_terms(said),
        charge_info=described(said, CHARGE_INFO),
        charge=charge_of(data.get("serviceChargeType")),
        keywords=keywords_of(data),
        classes=[code for name in CLASS_FIELDS for code in codes_of(data.get(name))],
        target_groups=list(codes_of(data.get("targetGroups"))),
    )


def described(value: Any, kinds: tuple[str, ...]) -> LocalizedText:
    """Texts of the first type that has one in a language; those of the service come first.

    Types with `GD_` are of the general description, which PTV has already merged then.
    """
    found: LocalizedText = {}
    for prefix in ("", "gd"):
        for kind in kinds:
            if kind or not prefix:
                found = {**texts(value, (prefix + kind,)), **found}
    return found


def _terms(value: Any) -> LocalizedText:
    found: LocalizedText = {}
    for kinds in TERMS:
        for language, said in described(value, kinds).items():
            found[language] = f"{found[language]}\n{said}" if language in found else said
    return found


# Classes --------------------------------------------------------------------------------------


def codes_of(value: Any) -> Iterator[str]:
    """The codes of classes that are given by code, address or label."""
    for item in entries(value):
        given = [item.get("code"), item.get("uri"), item.get("value")]
        given += list(texts(item.get("name")).values())
        code = next((code for code in map(class_code, given) if code), None)
        if code:
            yield code


def keywords_of(data: dict[str, Any]) -> dict[str, list[str]]:
    """Keywords, and the labels of everything that a record is classified by."""
    found: dict[str, list[str]] = {}
    for item in entries(data.get("keywords")):
        for language, word in texts([item]).items():
            found.setdefault(language, []).append(word)
    for name in LABELLED_FIELDS:
        for item in entries(data.get(name)):
            labels = texts(item.get("name"))
            if not labels:
                labels = next((class_labels(code) for code in codes_of([item])), {})
            for language, word in labels.items():
                found.setdefault(language, []).append(word)
    return joined(found)


# Organisations --------------------------------------------------------------------------------


def _general_id(data: dict[str, Any]) -> str:
    for name in ("generalDescriptionId", "statutoryServiceGeneralDescriptionId"):
        if identifier(data.get(name)):
            return identifier(data[name])
    return ""


def _owners(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(id, name) of the organisations of a service, the responsible ones first."""
    offers = entries(data.get("organizations"))
    offers.sort(key=lambda item: _role(item.get("roleType")))
    for item in offers:
        found = reference(item, "organization")
        if not found[0]:
            found = (identifier(item.get("organizationId") or item.get("id")), "")
        if found[0]:
            yield found
    main = identifier(data.get("mainResponsibleOrganization"))
    if main:
        yield main, ""


def _role(value: Any) -> int:
    return _ROLES.index(key(value)) if key(value) in _ROLES else len(_ROLES)
