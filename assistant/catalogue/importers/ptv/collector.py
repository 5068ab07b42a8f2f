"""Where the front ends of PTV put what they have read: joined, told apart by id, and counted.

Records come in any order, and a service needs its general description and its organisations.
Front ends therefore hand in drafts; `finish` makes the services of them.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Optional

from assistant.catalogue.importers.base import Reading
from assistant.catalogue.importers.files.records import Record
from assistant.catalogue.importers.ptv.areas import AreaReader
from assistant.catalogue.importers.ptv.common import (
    ORGANIZATION,
    SERVICE,
    SOURCE,
    identifier,
    possible_ids,
)
from assistant.catalogue.importers.values import LANGUAGE, BadRecord, text, without_persons
from assistant.catalogue.model import (
    LIMITED,
    NATIONWIDE,
    Area,
    Channel,
    Connection,
    LocalizedText,
    Organization,
    Service,
    packed,
)
from assistant.catalogue.topics import ptv_needs, ptv_topics

#: Kinds of records that are no records of the catalogue, and what became of them.
PARTS = {
    "general_description": "general descriptions were merged into services",
    "connection": "connections were joined to services",
    "service_collection": "service collections were left out",
}
_MERGED = ("summaries", "descriptions", "instructions", "requirements", "terms", "charge_info")


@dataclass
class Content:
    """What a service, or a general description of services, says."""

    names: LocalizedText = field(default_factory=dict)
    alt_names: LocalizedText = field(default_factory=dict)
    summaries: LocalizedText = field(default_factory=dict)
    descriptions: LocalizedText = field(default_factory=dict)
    instructions: LocalizedText = field(default_factory=dict)
    requirements: LocalizedText = field(default_factory=dict)
    terms: LocalizedText = field(default_factory=dict)
    charge_info: LocalizedText = field(default_factory=dict)
    charge: str = "unknown"
    keywords: dict[str, list[str]] = field(default_factory=dict)
    classes: list[str] = field(default_factory=list)
    target_groups: list[str] = field(default_factory=list)

    def filled(self, general: Content) -> Content:
        """This content with what only a general description says."""
        merged = {
            name: {**getattr(general, name), **getattr(self, name)}
            for name in _MERGED
        }  # fmt: skip
        return dataclasses.replace(
            self,
            **merged,
            names=self.names or general.names,
            charge=general.charge if self.charge == "unknown" else self.charge,
            keywords=joined(self.keywords, general.keywords),
            classes=_unique(self.classes, general.classes),
            target_groups=_unique(self.target_groups, general.target_groups),
        )


@dataclass
class Draft:
    """A service as a front end has read it."""

    id: str
    content: Content
    general_id: str = ""
    #: (id, name or empty) of its organisations, the responsible one first.
    owners: list[tuple[str, str]] = field(default_factory=list)
    area: Optional[Area] = None
    checked: Optional[str] = None
    kind: str = "service"
    languages: list[str] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    payload: Any = None
    packed: bytes = b""
    where: str = ""


def joined(*sources: dict[str, list[str]]) -> dict[str, list[str]]:
    """Words by language, each once."""
    found: dict[str, list[str]] = {}
    for source in sources:
        for language, words in source.items():
            found[language] = _unique(found.get(language, []), words)
    return {language: words for language, words in found.items() if words}


def _unique(*lists: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(item for items in lists for item in items))


class Collector:
    """Puts what was read into a `Reading`."""

    def __init__(self, reading: Reading, municipality: Optional[str]) -> None:
        self.reading = reading
        self.home = municipality
        self.areas = AreaReader()
        self._parts: Counter[str] = Counter()
        self._general: dict[str, Content] = {}
        self._organizations: dict[str, Organization] = {}
        self._organization_areas: dict[str, Area] = {}
        self._channels: set[str] = set()
        self._connections: dict[tuple[str, str], int] = {}
        self._drafts: list[Draft] = []

    # What front ends hand in --------------------------------------------------------------------

    def read(self, record: Record, convert: Callable[[dict[str, Any]], None], kind: str) -> None:
        """Convert a record; one that cannot be converted is skipped with the reason.

        Args:
            record: what the source has.
            convert: hands it in, or raises a `BadRecord`.
            kind: one of `PARTS` for what is no record of the catalogue.
        """
        self.reading.read += 1
        drafts = len(self._drafts)
        try:
            convert(record.data)
        except BadRecord as error:
            self.reading.skip(record_name(record), str(error), error.record_id)
        except (TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
            reason = f"cannot be read: {type(error).__name__}: {str(error)[:200]}"
            self.reading.skip(record_name(record), reason)
            self.reading.seen.update(possible_ids(record.data))
        else:
            if kind in PARTS:
                self.reading.read -= 1
                self._parts[kind] += 1
            for draft in self._drafts[drafts:]:
                draft.where = record_name(record)

    def add_general(self, general_id: str, content: Content) -> None:
        """A general description, by its bare id."""
        self._general[general_id] = content

    def add_service(self, draft: Draft) -> None:
        """A service; it is made in `finish`."""
        # Packed at once, so that the source's own objects need not stay in memory.
        draft.packed = packed(without_persons(draft.payload))
        draft.payload = None
        self._drafts.append(draft)

    def add_channel(
        self, channel: Channel, connections: Iterable[Connection], payload: Any
    ) -> None:
        """A channel, with its own connections.

        Raises:
            BadRecord: if it was there already.
        """
        if channel.id in self._channels:
            self.connect(connections)
            raise BadRecord("the same id again", channel.id)
        self._channels.add(channel.id)
        self.reading.batch.channels.append(channel)
        self.reading.keep_payload(channel.id, without_persons(payload))
        self.connect(connections)

    def add_organization(self, organization: Organization, area: Optional[Area] = None) -> None:
        """An organisation that was read itself.

        Raises:
            BadRecord: if it was there already.
        """
        if organization.id in self._organizations:
            raise BadRecord("the same id again", organization.id)
        self._organizations[organization.id] = organization
        if area is not None:
            self._organization_areas[organization.id] = area
        self.reading.batch.organizations.append(organization)

    def connect(self, connections: Iterable[Connection]) -> None:
        """Connections of services and channels; of two alike the one that says more is kept."""
        known = self.reading.batch.connections
        for connection in connections:
            pair = (connection.service_id, connection.channel_id)
            place = self._connections.get(pair)
            if place is None:
                self._connections[pair] = len(known)
                known.append(connection)
            elif _says_something(connection) and not _says_something(known[place]):
                known[place] = connection

    # At the end ---------------------------------------------------------------------------------

    def finish(self) -> None:
        """Make the services of the drafts, and the remarks of the report."""
        for draft in self._drafts:
            try:
                self._make(draft)
            except BadRecord as error:
                self.reading.skip(draft.where, str(error), error.record_id)
        self._drafts.clear()
        self.reading.notes += [f"{self._parts[kind]} {PARTS[kind]}" for kind in self._parts]
        self.reading.notes += self.areas.notes()
        lost = sum(
            area.scope == LIMITED and not area.municipalities
            for area in (service.area for service in self.reading.batch.services)
        )
        if lost:
            self.reading.notes.append(
                f"{lost} services have no area that is known, so no municipality finds them"
            )

    def _make(self, draft: Draft) -> None:
        content = draft.content
        general = self._general.get(draft.general_id)
        if general is not None:
            content = content.filled(general)
        if not content.names:
            raise BadRecord("it has no name in any language", draft.id)
        organization = self._owner(draft)
        codes = [*content.classes, *content.target_groups]
        service = Service(
            id=draft.id,
            names=content.names,
            source=SOURCE,
            checked=draft.checked,
            kind=draft.kind,
            alt_names={
                code: name for code, name in content.alt_names.items()
                if name != content.names.get(code)
            },
            summaries=content.summaries,
            descriptions=content.descriptions,
            instructions=content.instructions,
            requirements=content.requirements,
            keywords=content.keywords,
            topics=ptv_topics(codes, content.keywords.get(LANGUAGE, ())),
            needs=ptv_needs(content.classes),
            classes=content.classes,
            charge=content.charge,
            charge_info=content.charge_info,
            languages=draft.languages,
            area=self._area(draft, organization),
            organization_id=organization.id if organization else None,
            terms=content.terms,
            target_groups=content.target_groups,
        )  # fmt: skip
        self.connect(draft.connections)
        if self._merge(service):
            reason = "the same id again: its area was added to the first record"
            raise BadRecord(reason, service.id)
        self.reading.batch.payloads[service.id] = draft.packed

    def _owner(self, draft: Draft) -> Optional[Organization]:
        """The first organisation that is known; of one not read itself the name is enough."""
        for bare_id, name in draft.owners:
            organization_id = ORGANIZATION + bare_id
            known = self._organizations.get(organization_id)
            if known is None and name:
                known = Organization(organization_id, {LANGUAGE: name}, name_only=True)
                self._organizations[organization_id] = known
                self.reading.batch.organizations.append(known)
            if known is not None:
                return known
        return None

    def _area(self, draft: Draft, organization: Optional[Organization]) -> Area:
        if draft.area is not None:
            return Area(draft.area.scope, list(draft.area.municipalities))
        if self.home:
            return Area(LIMITED, [self.home])
        if organization is None:
            return Area(LIMITED, [])
        area = self._organization_areas.get(organization.id)
        if area is not None:
            return Area(area.scope, list(area.municipalities))
        if organization.municipality:
            return Area(LIMITED, [organization.municipality])
        return Area(NATIONWIDE) if organization.type == "state" else Area(LIMITED, [])

    def _merge(self, service: Service) -> bool:
        """Add a service; true if it was there already and only adds its area."""
        index = self.reading.service_index
        known = index.setdefault(service.id, service)
        if known is service:
            self.reading.batch.services.append(service)
            return False
        if known.area.scope == LIMITED == service.area.scope:
            both = {*known.area.municipalities, *service.area.municipalities}
            known.area.municipalities = sorted(both)
        elif known.area.scope == LIMITED:
            known.area = service.area
        return True


def _says_something(connection: Connection) -> bool:
    return bool(
        connection.urls or connection.phones or connection.addresses or connection.hours.known
    )


def record_name(record: Record) -> str:
    """How a record is named in a report: where it is, and its id."""
    data = record.data if isinstance(record.data, dict) else {}
    found = identifier(data.get("id")) or identifier(data.get("contentId"))
    return f"{record.where} (id {found[:60]})" if found else record.where


def reference(data: dict[str, Any], name: str) -> tuple[str, str]:
    """(id, name) of `{name: {"id", "name"}}`; empty texts if there is none."""
    item = data.get(name)
    if not isinstance(item, dict):
        return identifier(item), ""
    return identifier(item.get("id")), text(item.get("name"))


def service_connection(service: str, channel_id: str, **extra: Any) -> Connection:
    """A connection of a service (bare id) with a channel (full id)."""
    return Connection(SERVICE + service, channel_id, **extra)
