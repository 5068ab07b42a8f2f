"""Reading services with what belongs to them from the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection

from assistant.catalogue.model import (
    PUBLISHED,
    Service,
    channel_from,
    connected,
    connection_from,
    organization_from,
    service_from,
)
from assistant.catalogue.storage.database import chunks, lookups, rows, rows_in
from assistant.catalogue.storage.records import place_name
from assistant.catalogue.storage.tables import (
    CHANNELS,
    CONNECTIONS,
    PLACE_NAMES,
    PLACES,
    SERVICES,
)

PAGE = 500
#: Degrees by which the addresses of one name may differ: one street, not two of the same name.
SAME_PLACE = 0.2


_SERVICES = """
    SELECT s.id, s.status, d.data, s.organization
    FROM services s JOIN service_data d ON d.service = s.key WHERE s.id IN ({})
"""
_CHANNELS = f"""
    SELECT c.service_id, channels.data, c.data
    FROM connections c JOIN channels ON channels.id = c.channel_id
    WHERE c.service_id IN ({{}}) AND channels.status = '{PUBLISHED}'
    ORDER BY c.service_id, c.position
"""
_ORGANIZATIONS = "SELECT id, data FROM organizations WHERE id IN ({})"


def services(connection: Connection, ids: Sequence[str]) -> list[Service]:
    """The services of these ids with channels and organisation, in their order."""
    found: dict[str, Service] = {}
    organizations: dict[str, list[Service]] = {}
    wanted = lookups(ids)
    for service_id, status, data, organization in rows_in(connection, _SERVICES, wanted):
        service = service_from(json.loads(data))
        service.status = status
        found[service_id] = service
        if organization:
            organizations.setdefault(organization, []).append(service)
    for service_id, data, special in rows_in(connection, _CHANNELS, wanted):
        if service_id in found:
            channel = channel_from(json.loads(data))
            connection_data = connection_from(json.loads(special))
            found[service_id].channels.append(connected(channel, connection_data))
    for organization_id, data in rows_in(connection, _ORGANIZATIONS, lookups(organizations)):
        organization = organization_from(json.loads(data))
        for service in organizations[organization_id]:
            service.organization = organization
    return [found[service_id] for service_id in ids if service_id in found]


def ids_after(connection: Connection, last: str) -> list[str]:
    """A page of the ids of published services, in their order."""
    query = (
        select(SERVICES.c.id)
        .where(SERVICES.c.status == PUBLISHED, SERVICES.c.id > last)
        .order_by(SERVICES.c.id)
        .limit(PAGE)
    )
    return list(connection.execute(query).scalars())


def ids_of_dataset(connection: Connection, source: str, dataset: str) -> set[str]:
    """Ids of the published services, channels and organisations of a data set."""
    values = (source, dataset, PUBLISHED)
    return {
        row[0]
        for table in ("services", "channels", "organizations")
        for row in rows(
            connection,
            f"SELECT id FROM {table} WHERE source = ? AND dataset = ? AND status = ?",
            values,
        )
    }


def keys_of(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The key of each of these services, by id."""
    return dict(rows_in(connection, "SELECT id, key FROM services WHERE id IN ({})", lookups(ids)))


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
