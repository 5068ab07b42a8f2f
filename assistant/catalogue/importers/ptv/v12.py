"""Front end for the wire format v12 of PTV: language versions, bare codes, connections apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Optional

from assistant.catalogue.importers.ptv.channels import (
    channel_v12,
    connection_v12,
    phones_v12,
    urls_v12,
)
from assistant.catalogue.importers.ptv.collector import (
    Collector,
    Content,
    Draft,
    joined,
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
from assistant.catalogue.importers.ptv.contacts import addresses_v12
from assistant.catalogue.importers.ptv.texts import (
    language_versions,
    markdown,
    version_names,
    version_texts,
)
from assistant.catalogue.importers.ptv.v11 import codes_of, keywords_of
from assistant.catalogue.importers.values import (
    BadRecord,
    entries,
    key,
    languages_of,
    local_date,
    municipality_code,
    text,
    words,
)
from assistant.catalogue.model import LIMITED, Area, Connection, LocalizedText, Organization

_CHANNEL_IDS = ("serviceChannelContentId", "channelContentId")
#: Fields that a service has and a general description has not.
_OF_A_SERVICE = ("serviceLanguages", "area", "producers", "generalDescriptionContentId")
_TERMS = (
    ("deadline", "deadlineAdditionalInformation"),
    ("processingTime", "processingTimeAdditionalInformation"),
    ("validityTime", "validityTimeAdditionalInformation"),
)
_INSTRUCTIONS = ("userInstructions", "userInstruction")
_REQUIREMENTS = ("conditions", "requirements")
_CHARGE_INFO = ("chargeTypeAdditionalInformation", "chargeTypeAdditionalInfo")
_DATES = ("publishedAt", "migratedAt", "modifiedAt")


def kind_of(data: dict[str, Any]) -> Optional[str]:
    """What a v12 record is, or None."""
    if "serviceContentId" in data and any(name in data for name in _CHANNEL_IDS):
        return "connection"
    if "languageVersions" not in data and "contentId" not in data:
        return None
    if "serviceChannelType" in data:
        return "channel"
    if "generalDescriptionType" in data:
        return "general_description"
    if "organizationType" in data or "parentOrganizationContentId" in data:
        return "organization"
    if "serviceType" in data or "serviceClasses" in data:
        is_service = "organizationContentId" in data or any(name in data for name in _OF_A_SERVICE)
        return "service" if is_service else "general_description"
    if "items" in data or "serviceContentIds" in data or "channelContentIds" in data:
        return "service_collection"
    return None


class ReaderV12:
    """Hands v12 records to a collector."""

    def __init__(self, collector: Collector) -> None:
        self._to = collector
        self.steps: dict[str, Callable[[dict[str, Any]], None]] = {
            "service": self._service,
            "channel": self._channel,
            "organization": self._organization,
            "general_description": self._general_description,
            "connection": self._connection,
            "service_collection": lambda data: None,
        }

    def _service(self, data: dict[str, Any]) -> None:
        bare_id = record_id(data, "contentId", "id")
        check_published(data)
        owners = [data.get("organizationContentId")]
        others = data.get("otherResponsibleOrganizations")
        owners += others if isinstance(others, list) else []
        embedded = [
            connection
            for item in entries(data.get("connections"))
            for connection in (_connection_of({"serviceContentId": bare_id, **item}),)
            if connection is not None
        ]
        self._to.add_service(
            Draft(
                id=SERVICE + bare_id,
                content=_content(data),
                general_id=identifier(data.get("generalDescriptionContentId")),
                owners=[(found, "") for found in map(identifier, owners) if found],
                area=self._to.areas.v12(data.get("area")),
                checked=_checked(data),
                kind=KINDS.get(key(data.get("serviceType")), "service"),
                languages=languages_of(data.get("serviceLanguages")),
                connections=embedded,
                payload=data,
            )
        )

    def _channel(self, data: dict[str, Any]) -> None:
        channel_id = CHANNEL + record_id(data, "contentId", "id")
        check_published(data)
        self._to.add_channel(channel_v12(channel_id, data), (), data)

    def _connection(self, data: dict[str, Any]) -> None:
        check_published(data)
        connection = _connection_of(data)
        if connection is None:
            raise BadRecord("a connection without the ids of a service and a channel")
        self._to.connect([connection])

    def _organization(self, data: dict[str, Any]) -> None:
        organization_id = ORGANIZATION + record_id(data, "contentId", "id")
        check_published(data)
        names = version_names(data)[0]
        if not names:
            raise BadRecord("it has no name in any language", organization_id)
        kind = ORGANIZATION_TYPES.get(key(data.get("organizationType")), "organization")
        area = self._to.areas.v12(data.get("area"))
        summaries = version_texts(data, ("summary",), markdown)
        self._to.add_organization(
            Organization(
                id=organization_id,
                names=names,
                summaries=summaries or version_texts(data, ("description",), markdown),
                type=kind,
                business_id=text(data.get("businessId")) or None,
                municipality=_municipality(data, area, kind),
                urls=urls_v12(data),
                phones=phones_v12(data),
            ),
            area,
        )

    def _general_description(self, data: dict[str, Any]) -> None:
        self._to.add_general(record_id(data, "contentId", "id"), _content(data))


def _connection_of(data: dict[str, Any]) -> Optional[Connection]:
    service = identifier(data.get("serviceContentId"))
    channel = next((found for name in _CHANNEL_IDS if (found := identifier(data.get(name)))), "")
    if not service or not channel:
        return None
    return connection_v12(service_connection(service, CHANNEL + channel), data)


def _content(data: dict[str, Any]) -> Content:
    names, others = version_names(data)
    return Content(
        names=names,
        alt_names=others,
        summaries=version_texts(data, ("summary",), markdown),
        descriptions=version_texts(data, ("description", "backgroundDescription"), markdown),
        instructions=version_texts(data, _INSTRUCTIONS, markdown),
        requirements=version_texts(data, _REQUIREMENTS, markdown),
        terms=_terms(data),
        charge_info=version_texts(data, _CHARGE_INFO, markdown),
        charge=charge_of(data.get("chargeType")),
        keywords=joined(dict(_own_keywords(data)), keywords_of(data)),
        classes=[*codes_of(data.get("serviceClasses")), *codes_of(data.get("lifeEvents"))],
        target_groups=list(codes_of(data.get("targetGroups"))),
    )


def _terms(data: dict[str, Any]) -> LocalizedText:
    found: LocalizedText = {}
    for fields in _TERMS:
        for language, said in version_texts(data, fields, markdown).items():
            found[language] = f"{found[language]}\n{said}" if language in found else said
    return found


def _own_keywords(data: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for language, version in language_versions(data):
        yield language, words(version.get("keywords"))


def _checked(data: dict[str, Any]) -> Optional[str]:
    return next((found for name in _DATES if (found := local_date(data.get(name)))), None)


def _municipality(data: dict[str, Any], area: Optional[Area], kind: str) -> Optional[str]:
    """The municipality of an organisation: its own, that of its only area, or of its address."""
    for name in ("municipality", "municipalityCode"):
        code = municipality_code(data.get(name))
        if code:
            return code
    if area is not None and area.scope == LIMITED and len(area.municipalities) == 1:
        return area.municipalities[0]
    if kind != "municipality":
        return None
    places = addresses_v12(data.get("location"))
    return next((place.municipality for place in places if place.municipality), None)
