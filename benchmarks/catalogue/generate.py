"""Makes catalogues of any size out of real texts: services, channels, organisations, vectors.

Names and texts are halves of two real ones, so that their words have the real frequencies; the
vocabulary does not grow with the catalogue as it would in life, which makes searching harder.
Part `number` of a catalogue is always the same, so it can be made again instead of being kept.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import numpy as np

from assistant.catalogue.importers.run import vector_text
from assistant.catalogue.model import (
    LIMITED,
    NATIONWIDE,
    Address,
    Area,
    Batch,
    Channel,
    Connection,
    Hours,
    HoursRule,
    Occurrence,
    Organization,
    Phone,
    Service,
    Source,
)
from assistant.catalogue.municipalities import Municipality, municipalities
from assistant.catalogue.store import Vector
from assistant.catalogue.topics import TOPICS, class_labels
from assistant.embedding.vectors import unit
from benchmarks.catalogue.texts import Texts

SOURCE = "benchmark"
#: Services in one data set; as many are in memory at once.
PART = 20_000
#: How many services also have texts in these languages.
SHARES = {"sv": 0.35, "en": 0.3, "ru": 0.03, "ar": 0.02}
ORGANIZATIONS_A_TOWN = 4
NATIONWIDE_SHARE, COUNTY_SHARE = 0.05, 0.1
LOCATION_SHARE, ESERVICE_SHARE, PHONE_SHARE = 0.6, 0.4, 0.3
EVENT_SHARE = 0.05
NOISE = 0.3
#: Real service classes of PTV, whose labels become keywords.
CLASSES = tuple(f"P{number}" for number in range(1, 26))
STREETS = ("Koulukatu", "Kauppakatu", "Asemakatu", "Kirkkokatu", "Rantatie", "Puistotie")
FIRST_DAY = datetime(2030, 1, 1, tzinfo=timezone.utc)


class MadeVectors(Mapping[str, Vector]):
    """Language and sentence vector by service id: the mean of two real ones, and some noise."""

    def __init__(self, services: list[Service], texts: Texts, seed: str) -> None:
        numbers = np.random.default_rng(list(seed.encode()))
        self._languages = {service.id: vector_text(service)[0] for service in services}
        self._rows = {service.id: row for row, service in enumerate(services)}
        width = next(iter(texts.values())).vectors.shape[1]
        noise = numbers.normal(scale=NOISE / np.sqrt(width), size=(len(services), width))
        self._matrix = noise.astype(np.float32)
        for row, language in enumerate(self._languages.values()):
            known = texts[language].vectors
            first, second = numbers.integers(len(known), size=2)
            self._matrix[row] += (known[first] + known[second]) / 2
        self._matrix = unit(self._matrix)

    def __getitem__(self, service_id: str) -> Vector:
        return self._languages[service_id], self._matrix[self._rows[service_id]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@dataclass(frozen=True)
class _Town:
    home: Municipality
    latitude: float
    longitude: float
    county: tuple[str, ...]


class Catalogue:
    """A catalogue in parts."""

    def __init__(self, texts: Texts, seed: int = 1) -> None:
        self.texts = texts
        self._seed = seed
        self._topics = sorted(TOPICS)
        real = [town for town in municipalities() if not town.fictional]
        chance = random.Random(seed)
        counties: dict[str, list[str]] = {}
        for town in real:
            counties.setdefault(town.region_code, []).append(town.code)
        self._towns = [
            _Town(
                town,
                chance.uniform(60.2, 66.0),
                chance.uniform(22.0, 29.0),
                tuple(counties[town.region_code]),
            )
            for town in real
        ]
        # A few towns have most of the services, as in life.
        chance.shuffle(self._towns)
        self._weights = [1 / (rank + 5) for rank in range(len(self._towns))]
        self._labels = [labels for code in CLASSES if (labels := class_labels(code))]

    @property
    def towns(self) -> list[tuple[str, float, float]]:
        """(code, latitude, longitude) of the municipalities, those with most services first."""
        return [(town.home.code, town.latitude, town.longitude) for town in self._towns]

    def part(self, number: int, size: int, changed: float = 0.0) -> Batch:
        """One data set.

        Args:
            number: which one.
            size: how many services.
            changed: the share of the services that get another summary than without this.
        """
        chance = random.Random(f"{self._seed}:{number}")
        batch = Batch()
        towns = chance.choices(self._towns, self._weights, k=size)
        organizations: dict[str, Organization] = {}
        for row, town in enumerate(towns):
            organization = self._organization(number, town, chance)
            organizations.setdefault(organization.id, organization)
            service = self._service(f"{number}-{row}", town, organization.id, chance)
            batch.services.append(service)
            for channel in self._channels(service, town, chance):
                batch.channels.append(channel)
                batch.connections.append(Connection(service.id, channel.id))
        batch.organizations = list(organizations.values())
        for service in batch.services[: round(changed * size)]:
            service.summaries["fi"] += " Päivitetty."
        return batch

    def vectors(self, number: int, batch: Batch) -> MadeVectors:
        """The sentence vectors of a part."""
        return MadeVectors(batch.services, self.texts, f"{self._seed}:{number}")

    def _organization(self, number: int, town: _Town, chance: random.Random) -> Organization:
        which = chance.randrange(ORGANIZATIONS_A_TOWN)
        home = town.home
        return Organization(
            id=f"{SOURCE}:organization:{number}-{home.code}-{which}",
            names={"fi": f"{home.name_fi} {which}", "sv": f"{home.name_sv} {which}"},
            type="municipality",
            municipality=home.code,
            urls={"fi": f"https://www.{home.code}.example"},
        )

    def _service(
        self, key: str, town: _Town, organization_id: str, chance: random.Random
    ) -> Service:
        languages = ["fi", *(code for code, share in SHARES.items() if chance.random() < share)]
        names, summaries, descriptions = {}, {}, {}
        for language in languages:
            known = self.texts[language]
            names[language] = halves(known.names, chance)
            summaries[language] = halves(known.summaries, chance)
            descriptions[language] = " ".join(halves(known.summaries, chance) for _ in range(3))
        labels = chance.choice(self._labels)
        is_event = chance.random() < EVENT_SHARE
        start = FIRST_DAY + timedelta(hours=chance.randrange(10_000))
        return Service(
            id=f"{SOURCE}:service:{key}",
            names=names,
            source=Source("Benchmark"),
            checked="2026-11-24",
            kind="event" if is_event else "service",
            summaries=summaries,
            descriptions=descriptions,
            keywords={code: [labels[code]] for code in languages if code in labels},
            topics=chance.sample(self._topics, chance.choice((1, 1, 2))),
            charge=chance.choice(("free", "charged", "unknown")),
            languages=chance.sample(("fi", "sv", "en", "ar", "ru", "so"), chance.randint(1, 3)),
            area=_area(town, chance),
            organization_id=organization_id,
            occurrence=Occurrence(start.isoformat()) if is_event else None,
        )

    def _channels(self, service: Service, town: _Town, chance: random.Random) -> Iterator[Channel]:
        base = service.id.replace(":service:", ":channel:")
        home = town.home
        if chance.random() < LOCATION_SHARE:
            street = f"{chance.choice(STREETS)} {chance.randint(1, 120)}"
            yield Channel(
                id=f"{base}-location",
                type="location",
                names=dict(service.names),
                phones=[Phone(f"+3589{chance.randrange(10_000_000):07}")],
                addresses=[
                    Address(
                        street={"fi": street},
                        postal_code=f"{chance.randrange(100_000):05}",
                        city={"fi": home.name_fi, "sv": home.name_sv},
                        municipality=home.code,
                        latitude=round(chance.gauss(town.latitude, 0.05), 5),
                        longitude=round(chance.gauss(town.longitude, 0.1), 5),
                    )
                ],
                hours=_hours(chance),
            )
        if chance.random() < ESERVICE_SHARE:
            url = f"https://asiointi.{home.code}.example/{chance.randrange(1_000_000)}"
            yield Channel(id=f"{base}-eservice", type="eservice", urls={"fi": url})
        if chance.random() < PHONE_SHARE:
            number = f"+3589{chance.randrange(10_000_000):07}"
            yield Channel(id=f"{base}-phone", type="phone", phones=[Phone(number)])


def halves(texts: list[str], chance: random.Random) -> str:
    """The first half of a text and the second one of another."""
    first, second = chance.choice(texts).split(), chance.choice(texts).split()
    return " ".join(first[: (len(first) + 1) // 2] + second[len(second) // 2 :])


def _area(town: _Town, chance: random.Random) -> Area:
    drawn = chance.random()
    if drawn < NATIONWIDE_SHARE:
        return Area(NATIONWIDE)
    if drawn < NATIONWIDE_SHARE + COUNTY_SHARE:
        return Area(LIMITED, list(town.county))
    return Area(LIMITED, [town.home.code])


def _hours(chance: random.Random) -> Hours:
    opens, closes = f"{chance.randint(7, 10):02}:00", f"{chance.randint(14, 20):02}:00"
    return Hours([HoursRule(opens, closes, weekday=day) for day in range(5)])
