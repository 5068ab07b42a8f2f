"""Where the services are, in memory, for the search of what is near."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.engine import Connection

from assistant.catalogue.model import PUBLISHED
from assistant.catalogue.storage.database import rows
from assistant.catalogue.storage.service_index import Services
from assistant.catalogue.storage.tables import NOTES

#: Counts the changes of addresses.
PLACES_GENERATION = "places_generation"
EARTH_RADIUS_KM = 6371.0
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
    """One state: the place of row i belongs to the service `keys[i]`."""

    generation: int
    keys: np.ndarray
    latitudes: np.ndarray  # in radians
    longitudes: np.ndarray

    def nearest(
        self,
        near: tuple[float, float],
        services: Services,
        mask: np.ndarray,
        limit: int,
        radius_km: float | None,
    ) -> list[tuple[int, float]]:
        """(key, kilometres) of the services that pass and have a place, nearest first."""
        if not len(self.keys) or not len(services):
            return []
        at = np.minimum(np.searchsorted(services.keys, self.keys), len(services) - 1)
        found = np.flatnonzero(mask[at] & (services.keys[at] == self.keys))
        latitude, longitude = np.radians(near[0]), np.radians(near[1])
        half = (
            np.sin((self.latitudes[found] - latitude) / 2) ** 2
            + np.cos(latitude)
            * np.cos(self.latitudes[found])
            * np.sin((self.longitudes[found] - longitude) / 2) ** 2
        )
        kilometres = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
        nearest: dict[int, float] = {}
        for place in np.argsort(kilometres, kind="stable"):
            if len(nearest) >= limit or (radius_km is not None and kilometres[place] > radius_km):
                break
            nearest.setdefault(int(self.keys[found[place]]), float(kilometres[place]))
        return list(nearest.items())


class PlaceIndex:
    """Keeps `Places` up to date."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        nothing = np.empty(0)
        self._places = Places(-1, nothing, nothing, nothing)

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
                    np.radians(np.array([row[1] for row in found], dtype=float)),
                    np.radians(np.array([row[2] for row in found], dtype=float)),
                )
            return self._places
