"""Where the services are, in memory, for the search of what is near."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import select
from sqlalchemy.engine import Connection

from assistant.catalogue.model import PUBLISHED
from assistant.catalogue.storage.database import rows
from assistant.catalogue.storage.service_index import RowCache, Services
from assistant.catalogue.storage.tables import NOTES

#: Counts the changes of addresses.
PLACES_GENERATION = "places_generation"
EARTH_RADIUS_KM = 6371.0
#: So many places of one service are expected where places are dense.
PLACES_A_SERVICE = 3
_QUERY = f"""
    SELECT s.key, p.latitude, p.longitude
    FROM connections c
    JOIN services s ON s.id = c.service_id
    JOIN channels ON channels.id = c.channel_id AND channels.status = '{PUBLISHED}'
    JOIN places p ON p.channel_id = c.channel_id
    WHERE p.service_id = c.service_id
       OR (p.service_id = '' AND NOT EXISTS (
            SELECT 1 FROM places own
            WHERE own.channel_id = c.channel_id AND own.service_id = c.service_id))
"""


@dataclass(frozen=True)
class Places:
    """One state: the place of row i belongs to the service `keys[i]`.

    `points` (places, 3) are on a globe of the radius 1.
    """

    generation: int
    keys: np.ndarray
    points: np.ndarray
    #: Where the services of the places stand among all services.
    _rows: RowCache = field(default_factory=RowCache)

    def nearest(
        self,
        near: tuple[float, float],
        services: Services,
        mask: np.ndarray,
        limit: int,
        radius_km: float | None,
    ) -> list[tuple[int, float]]:
        """(row, kilometres) of the services that pass and have a place, nearest first."""
        if not len(self.keys) or not len(services):
            return []
        at, known = self._rows.of(self.keys, services)
        found = np.flatnonzero(mask[at] & known)
        apart = self.points - _on_globe(np.radians([near[0]]), np.radians([near[1]]))
        squares = np.einsum("ij,ij->i", apart, apart)[found]
        rows_found = at[found]
        # Several places may be of one service: more are sorted only where that leaves too few.
        most = limit * PLACES_A_SERVICE
        while True:
            nearest = _nearest(squares, rows_found, most, limit, radius_km)
            if nearest is not None:
                return nearest
            most *= 8


def _nearest(
    squares: np.ndarray,
    rows_found: np.ndarray,
    most: int,
    limit: int,
    radius_km: float | None,
) -> list[tuple[int, float]] | None:
    """(row, kilometres) of the services of the `most` nearest places; None if those are too few.

    Args:
        squares: of the straight lines through the globe to the places.
        rows_found: the services of the places.
        most: so many places are looked at.
        limit: how many services at most.
        radius_km: how far they may be.
    """
    places = np.arange(len(squares))
    if len(squares) > most:
        places = np.flatnonzero(squares <= np.partition(squares, most)[most])
    order = places[np.argsort(squares[places], kind="stable")]
    kilometres = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(squares[order]) / 2, 1.0))
    nearest: dict[int, float] = {}
    for row, distance in zip(rows_found[order].tolist(), kilometres.tolist()):
        if len(nearest) >= limit or (radius_km is not None and distance > radius_km):
            return list(nearest.items())
        nearest.setdefault(row, distance)
    return list(nearest.items()) if len(places) == len(squares) else None


def _on_globe(latitudes: np.ndarray, longitudes: np.ndarray) -> np.ndarray:
    """Points on a globe of the radius 1: subtracting them is much faster than angles are."""
    level = np.cos(latitudes)
    return np.stack(
        [level * np.cos(longitudes), level * np.sin(longitudes), np.sin(latitudes)], axis=1
    )


class PlaceIndex:
    """Keeps `Places` up to date."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places = Places(-1, np.empty(0, dtype=np.int64), np.empty((0, 3)))

    def current(self, connection: Connection) -> Places:
        """The places as this connection sees them."""
        query = select(NOTES.c.value).where(NOTES.c.name == PLACES_GENERATION)
        generation = int(connection.execute(query).scalar() or 0)
        with self._lock:
            if self._places.generation != generation:
                found = rows(connection, _QUERY)
                self._places = Places(
                    generation,
                    np.array([row[0] for row in found], dtype=np.int64),
                    _on_globe(
                        np.radians(np.array([row[1] for row in found], dtype=float)),
                        np.radians(np.array([row[2] for row in found], dtype=float)),
                    ),
                )
            return self._places
