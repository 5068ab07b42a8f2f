"""Reading services with what belongs to them from the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection

from assistant.catalogue.model import (
    PUBLISHED,
    Channel,
    Service,
    channel_from,
    connected,
    connection_from,
    organization_from,
    service_from,
)
from assistant.catalogue.storage.database import chunks, lookups
from assistant.catalogue.storage.records import place_name
from assistant.catalogue.storage.tables import (
    CHANNELS,
    CONNECTIONS,
    ORGANIZATIONS,
    PLACE_NAMES,
    PLACES,
    SERVICE_DATA,
    SERVICES,
)

PAGE = 500
#: Degrees by which the addresses of one name may differ: one street, not two of the same name.
SAME_PLACE = 0.2


def services(connection: Connection, ids: Sequence[str]) -> list[Service]:
    """The services of these ids with channels and organisation, in their order."""
    found: dict[str, Service] = {}
    for part in chunks(lookups(ids), PAGE):
        organizations: dict[str, list[Service]] = {}
        query = (
            select(SERVICES.c.id, SERVICES.c.status, SERVICE_DATA.c.data, SERVICES.c.organization)
            .join(SERVICE_DATA, SERVICE_DATA.c.service == SERVICES.c.key)
            .where(SERVICES.c.id.in_(part))
        )
        for service_id, status, data, organization in connection.execute(query):
            service = service_from(json.loads(data))
            service.status = status
            found[service_id] = service
            if organization:
                organizations.setdefault(organization, []).append(service)
        for service_id, channel in _channels(connection, part):
            if service_id in found:
                found[service_id].channels.append(channel)
        _add_organizations(connection, organizations)
    return [found[service_id] for service_id in ids if service_id in found]


def _channels(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Channel]]:
    query = (
        select(CONNECTIONS.c.service_id, CHANNELS.c.data, CONNECTIONS.c.data)
        .join(CHANNELS, CHANNELS.c.id == CONNECTIONS.c.channel_id)
        .where(CONNECTIONS.c.service_id.in_(ids), CHANNELS.c.status == PUBLISHED)
        .order_by(CONNECTIONS.c.service_id, CONNECTIONS.c.position)
    )
    for service_id, data, special in connection.execute(query):
        channel = channel_from(json.loads(data))
        yield service_id, connected(channel, connection_from(json.loads(special)))


def _add_organizations(connection: Connection, wanted: dict[str, list[Service]]) -> None:
    query = select(ORGANIZATIONS.c.id, ORGANIZATIONS.c.data)
    for part in chunks(lookups(wanted), PAGE):
        for organization_id, data in connection.execute(query.where(ORGANIZATIONS.c.id.in_(part))):
            organization = organization_from(json.loads(data))
            for service in wanted[organization_id]:
                service.organization = organization


def ids_after(connection: Connection, last: str) -> list[str]:
    """A page of the ids of published services, in their order."""
    query = (
        select(SERVICES.c.id)
        .where(SERVICES.c.status == PUBLISHED, SERVICES.c.id > last)
        .order_by(SERVICES.c.id)
        .limit(PAGE)
    )
    return list(connection.execute(query).scalars())


def keys_of(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The key of each of these services, by id."""
    found: dict[str, int] = {}
    for part in chunks(lookups(ids)):
        query = select(SERVICES.c.id, SERVICES.c.key).where(SERVICES.c.id.in_(part))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


def ids_of(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    """The id of each of these services, by key."""
    found: dict[int, str] = {}
    for part in chunks(keys):
        query = select(SERVICES.c.key, SERVICES.c.id).where(SERVICES.c.key.in_(part))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


def place_pairs(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, float, float]]:
    """(service id, latitude, longitude) of the addresses of these services.

    The addresses of a connection replace those of its channel.
    """
    for part in chunks(lookups(ids)):
        query = (
            select(
                CONNECTIONS.c.service_id,
                CONNECTIONS.c.channel_id,
                PLACES.c.service_id,
                PLACES.c.latitude,
                PLACES.c.longitude,
            )
            .join(
                PLACES,
                and_(
                    PLACES.c.channel_id == CONNECTIONS.c.channel_id,
                    or_(PLACES.c.service_id == "", PLACES.c.service_id == CONNECTIONS.c.service_id),
                ),
            )
            .join(CHANNELS, CHANNELS.c.id == CONNECTIONS.c.channel_id)
            .where(CONNECTIONS.c.service_id.in_(part), CHANNELS.c.status == PUBLISHED)
            .order_by(CONNECTIONS.c.service_id, CONNECTIONS.c.position, PLACES.c.position)
        )
        found = connection.execute(query).fetchall()
        special = {(row[0], row[1]) for row in found if row[2]}
        for service_id, channel_id, owner, latitude, longitude in found:
            if owner or (service_id, channel_id) not in special:
                yield service_id, latitude, longitude


def place_coordinates(connection: Connection, name: str) -> tuple[float, float] | None:
    """(latitude, longitude) in the middle of the addresses of this name.

    None for a name that is not known, and for a street that is in several towns.
    """
    wanted = place_name(name)
    if not wanted:
        return None
    latitude, longitude = PLACE_NAMES.c.latitude, PLACE_NAMES.c.longitude
    query = select(
        func.avg(latitude), func.avg(longitude), func.max(latitude) - func.min(latitude)
    ).where(PLACE_NAMES.c.name == wanted)
    row = connection.execute(query).first()
    if row is None or row[0] is None:
        return None
    is_street = " " in wanted and any(sign.isdigit() for sign in wanted)
    if is_street and row[2] > SAME_PLACE:
        return None
    return round(float(row[0]), 6), round(float(row[1]), 6)
