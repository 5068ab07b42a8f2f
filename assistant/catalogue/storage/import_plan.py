"""What an import will write: a comparison of a batch with what is stored.

Made before the transaction, so that the transaction is short; the analysed services wait in a
file when they are many.
"""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from sqlalchemy import Table, select
from sqlalchemy.engine import Connection

from assistant.catalogue.model import (
    PUBLISHED,
    Batch,
    Channel,
    Organization,
    Service,
    to_json,
)
from assistant.catalogue.model import Connection as ServiceConnection
from assistant.catalogue.storage.database import chunks
from assistant.catalogue.storage.records import (
    Place,
    ServiceEntry,
    place_names,
    places,
    record_hash,
    service_entry,
    service_hash,
)
from assistant.catalogue.storage.service_index import generation_of
from assistant.catalogue.storage.tables import (
    CHANNELS,
    CONNECTIONS,
    ORGANIZATIONS,
    PAYLOADS,
    SERVICES,
    VECTORS,
)
from assistant.catalogue.store import AssignedTopics, Counts

#: Bytes of waiting services that are kept in memory.
MAX_IN_MEMORY = 64_000_000

RECORD_TABLES: tuple[Table, ...] = (SERVICES, CHANNELS, ORGANIZATIONS)


class Waiting:
    """Analysed services in groups, in memory or in a temporary file."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(MAX_IN_MEMORY)
        self.count = 0

    def add(self, entries: list[ServiceEntry]) -> None:
        """Put a group at the end."""
        if entries:
            self.count += len(entries)
            pickle.dump(entries, self._file, protocol=pickle.HIGHEST_PROTOCOL)

    def groups(self) -> Iterator[list[ServiceEntry]]:
        """Every group, first to last."""
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)
            except EOFError:
                return

    def close(self) -> None:
        """Remove the file."""
        self._file.close()


@dataclass
class RecordRow:
    """A channel or an organisation as it is written."""

    id: str
    hash: str
    data: str
    places: list[tuple[int, float, float]] = field(default_factory=list)
    names: list[Place] = field(default_factory=list)


@dataclass
class ConnectionRow:
    """A connection as it is written."""

    service_id: str
    channel_id: str
    position: int
    data: str
    is_new: bool
    places: list[tuple[int, float, float]] = field(default_factory=list)
    names: list[Place] = field(default_factory=list)


@dataclass
class ImportPlan:
    """What an import will write.

    Attributes:
        generation: state of the catalogue with which the batch was compared.
        services: services that are new or different.
        returning: ids of services that were withdrawn and are the same as before.
        records: new or different channels and organisations, by table.
        moved: ids of the same records that belonged to another data set, by table.
        connections: new or different ones.
        cut: (service id, channel id) of connections that are gone.
        payloads: record id -> hash of those that are new or different.
        gone: ids to withdraw, by table.
        counts: what this changes.
    """

    generation: int
    services: Waiting = field(default_factory=Waiting)
    service_ids: set[str] = field(default_factory=set)
    returning: list[str] = field(default_factory=list)
    records: dict[str, list[RecordRow]] = field(default_factory=dict)
    moved: dict[str, list[str]] = field(default_factory=dict)
    connections: list[ConnectionRow] = field(default_factory=list)
    cut: list[tuple[str, str]] = field(default_factory=list)
    payloads: dict[str, str] = field(default_factory=dict)
    gone: dict[str, list[str]] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)


def changed_services(connection: Connection, services: Sequence[Service]) -> list[Service]:
    """The services that differ from what is stored, withdrawn or not, or have no vector."""
    found: list[Service] = []
    for part in chunks(services):
        ids = [service.id for service in part]
        query = (
            select(SERVICES.c.id, SERVICES.c.hash)
            .join(VECTORS, VECTORS.c.service == SERVICES.c.key)
            .where(SERVICES.c.id.in_(ids))
        )
        known = {row[0]: row[1] for row in connection.execute(query)}
        found += [
            service
            for service in part
            if service.id not in known or known[service.id] != service_hash(to_json(service))
        ]
    return found


def make_plan(
    connection: Connection,
    source: str,
    dataset: str,
    batch: Batch,
    topics: Mapping[str, AssignedTopics],
    seen: frozenset[str],
    complete: bool,
) -> ImportPlan:
    """Compare a batch with what is stored."""
    plan = ImportPlan(generation_of(connection))
    changed: set[str] = set()
    _plan_records(connection, plan, ORGANIZATIONS, _organizations(batch), dataset, changed)
    _plan_records(connection, plan, CHANNELS, _last(batch.channels), dataset, changed)
    _plan_services(connection, plan, _last(batch.services), dataset, topics, changed)
    _plan_connections(connection, plan, batch, changed)
    _plan_payloads(connection, plan, batch.payloads)
    withdrawn = 0
    if complete:
        present = set(seen)
        present.update(item.id for item in batch.services)
        present.update(item.id for item in batch.channels)
        present.update(item.id for item in batch.organizations)
        for table in RECORD_TABLES:
            query = select(table.c.id).where(
                table.c.source == source, table.c.dataset == dataset, table.c.status == PUBLISHED
            )
            ids = [i for i in connection.execute(query).scalars() if i not in present]
            plan.gone[table.name] = ids
            if table is SERVICES or not batch.whole_services:
                withdrawn += len(ids)
    plan.counts = _counts(batch, changed, withdrawn)
    return plan


def _last(records: Iterable[Any]) -> list[Any]:
    """The records without those that come again later."""
    return list({record.id: record for record in records}.values())


def _organizations(batch: Batch) -> list[Organization]:
    """The organisations; a name alone gives way to a full record."""
    found: dict[str, Organization] = {}
    for organization in batch.organizations:
        if organization.name_only and organization.id in found:
            continue
        found[organization.id] = organization
    return list(found.values())


Known = dict[str, tuple[str, str, str]]


def _known(connection: Connection, table: Table, ids: Sequence[str]) -> Known:
    query = select(table.c.id, table.c.hash, table.c.status, table.c.dataset)
    return {
        row[0]: (row[1], row[2], row[3])
        for row in connection.execute(query.where(table.c.id.in_(ids)))
    }


def _plan_records(
    connection: Connection,
    plan: ImportPlan,
    table: Table,
    records: Sequence[Channel | Organization],
    dataset: str,
    changed: set[str],
) -> None:
    rows = plan.records.setdefault(table.name, [])
    moved = plan.moved.setdefault(table.name, [])
    for part in chunks(records):
        known = _known(connection, table, [record.id for record in part])
        for record in part:
            stored = known.get(record.id)
            if stored and isinstance(record, Organization) and record.name_only:
                continue
            data = to_json(record)
            digest = record_hash(data)
            if stored and stored[:2] == (digest, PUBLISHED):
                if stored[2] != dataset:
                    moved.append(record.id)
                continue
            changed.add(record.id)
            row = RecordRow(record.id, digest, data)
            if isinstance(record, Channel):
                row.places = list(places(record.addresses))
                row.names = list(place_names(record.addresses))
            rows.append(row)


def _plan_services(
    connection: Connection,
    plan: ImportPlan,
    services: Sequence[Service],
    dataset: str,
    topics: Mapping[str, AssignedTopics],
    changed: set[str],
) -> None:
    moved = plan.moved.setdefault(SERVICES.name, [])
    for part in chunks(services):
        known = _known(connection, SERVICES, [service.id for service in part])
        entries = []
        for service in part:
            data = to_json(service)
            stored = known.get(service.id)
            if stored is not None and stored[0] == service_hash(data):
                if stored[1] != PUBLISHED:
                    plan.returning.append(service.id)
                    changed.add(service.id)
                if stored[2] != dataset:
                    moved.append(service.id)
                continue
            entries.append(service_entry(service, data, topics.get(service.id)))
        plan.services.add(entries)
        plan.service_ids.update(entry.id for entry in entries)
    changed |= plan.service_ids


def _plan_connections(
    connection: Connection, plan: ImportPlan, batch: Batch, changed: set[str]
) -> None:
    """Find the connections that are new, different or gone; their services count as changed."""
    by_service: dict[str, dict[str, ServiceConnection]] = {}
    for item in batch.connections:
        by_service.setdefault(item.service_id, {})[item.channel_id] = item
    own = {service.id for service in batch.services}
    read = {channel.id for channel in batch.channels}
    for part in chunks(sorted(own | set(by_service))):
        query = select(CONNECTIONS).where(CONNECTIONS.c.service_id.in_(part))
        known: dict[str, dict[str, tuple[int, str]]] = {}
        for row in connection.execute(query):
            stored = known.setdefault(row.service_id, {})
            stored[row.channel_id] = (row.position, row.data)
        for service_id in part:
            offered = by_service.get(service_id, {})
            stored = known.get(service_id, {})
            # A file of channels only knows its own connections, a service knows all of its own.
            gone = [
                channel_id
                for channel_id in stored
                if channel_id not in offered and (service_id in own or channel_id in read)
            ]
            plan.cut += [(service_id, channel_id) for channel_id in gone]
            rows = [
                _connection_row(item, position, data, item.channel_id not in stored)
                for position, item in enumerate(offered.values())
                if (data := to_json(item)) != stored.get(item.channel_id, (0, ""))[1]
                or (service_id in own and position != stored[item.channel_id][0])
            ]
            plan.connections += rows
            if gone or rows:
                changed.add(service_id)


def _connection_row(
    item: ServiceConnection, position: int, data: str, is_new: bool
) -> ConnectionRow:
    return ConnectionRow(
        item.service_id,
        item.channel_id,
        position,
        data,
        is_new,
        list(places(item.addresses)),
        list(place_names(item.addresses)),
    )


def _plan_payloads(connection: Connection, plan: ImportPlan, payloads: Mapping[str, bytes]) -> None:
    for part in chunks(list(payloads)):
        query = select(PAYLOADS.c.record_id, PAYLOADS.c.hash).where(PAYLOADS.c.record_id.in_(part))
        known = {row[0]: row[1] for row in connection.execute(query)}
        for record_id in part:
            digest = hashlib.blake2b(payloads[record_id], digest_size=16).hexdigest()
            if known.get(record_id) != digest:
                plan.payloads[record_id] = digest


def _counts(batch: Batch, changed: set[str], withdrawn: int) -> Counts:
    counted = batch.counted()
    new = counted & changed
    if batch.whole_services:
        new |= {item.id for item in batch.services if batch.parts_of(item) & changed}
    return Counts(len(counted), len(new), len(counted) - len(new), withdrawn)
