"""CPSV-AP 2 and 3, the EU's profile for descriptions of public services, in any form of RDF.

Needs the optional extra `cpsv` (rdflib). Only the file is read: see `cpsv_rdf`. A service without
one of the mandatory properties is skipped with the reason; its address counts as its identifier.
Channels, contact points and organisations are parts of services and are not counted.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any, Optional

from babel.units import format_unit

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.cpsv.channels import EMAIL, PAGE, PHONE, channel_of
from assistant.catalogue.importers.cpsv.nodes import Nodes, language_of, last_part
from assistant.catalogue.importers.cpsv.rdf import BASE, graphs
from assistant.catalogue.importers.cpsv.topics import cpsv_topics
from assistant.catalogue.importers.linkedevents.values import charge_of
from assistant.catalogue.importers.values import BadRecord, key, local_date, without_persons
from assistant.catalogue.model import (
    LIMITED,
    NATIONWIDE,
    Area,
    Connection,
    LocalizedText,
    Organization,
    Phone,
    Service,
    Source,
)
from assistant.catalogue.municipalities import find_municipality, municipality
from assistant.catalogue.phones import parses

SERVICE = "cpsv:service:"
CHANNEL = "cpsv:channel:"
ORGANIZATION = "cpsv:organization:"
TITLE = "CPSV-AP"
AUTHORITY = ("hasCompetentAuthority",)
#: States in which nobody can use a service.
NOT_PUBLISHED = frozenset(
    "deprecated withdrawn inactive underdevelopment draft archived closed discontinued".split()
)
WHOLE_COUNTRY = frozenset(("fin", "fi", "suomi", "finland", "koko suomi", "hela finland"))
CLASSES = ("thematicArea", "sector", "isClassifiedBy", "isGroupedBy", "theme", "subject")
INPUTS = ("hasInput", "hasInputType", "holdsRequirement")
LANGUAGES = ("fi", "sv", "en")
PROCESSING = {"fi": "Käsittelyaika", "sv": "Handläggningstid", "en": "Processing time"}
LEGISLATION = {"fi": "Lainsäädäntö", "sv": "Lagstiftning", "en": "Legislation"}
_DURATION = re.compile(
    r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:[\d.]+S)?)?$"
)
_UNITS = ("year", "month", "week", "day", "hour", "minute")
_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?$")


def read(path_or_url: str, municipality: Optional[str]) -> Reading:
    """Read public services.

    Args:
        path_or_url: a file (Turtle, N-Triples, RDF/XML or JSON-LD), a folder of them, a zip
            archive, or a web address of a file.
        municipality: code for services that do not say where they are offered.

    Raises:
        ImportFailed: if rdflib is not installed, or if there is nothing to read.
    """
    reading = Reading()
    reading.batch.whole_services = True
    whole: Any = None
    places: dict[Any, str] = {}
    for name, graph in graphs(path_or_url, reading):
        for node in Nodes(graph).of_type("PublicService"):
            places.setdefault(node, name)
        if whole is None:
            whole = graph
        else:
            # A service may refer to what another file describes.
            whole += graph
    reader = _Reader(Nodes(whole), reading, municipality)
    for node in reader.nodes.of_type("PublicService"):
        reader.read(node, places.get(node, ""))
    if not places and not reading.skipped:
        raise ImportFailed(f"{path_or_url}: no public services (cpsv:PublicService) in it")
    return reading


class _Reader:
    """Turns nodes into the internal model."""

    def __init__(self, nodes: Nodes, reading: Reading, municipality: Optional[str]) -> None:
        self.nodes = nodes
        self._reading = reading
        self._home = municipality
        self._services: set[str] = set()
        self._channels: set[str] = set()
        self._organizations: set[str] = set()

    def read(self, node: Any, file: str) -> None:
        """Read a public service; one that cannot be used is skipped with the reason."""
        self._reading.read += 1
        shown = "without an address" if self.nodes.is_blank(node) else str(node).removeprefix(BASE)
        where = f"{file}, service {shown}"
        try:
            self._service(node)
        except BadRecord as error:
            self._reading.skip(where, str(error), error.record_id)

    def _service(self, node: Any) -> None:
        nodes = self.nodes
        service_id = SERVICE + self._key(node)
        states = {key(last_part(value)) for value in nodes.plain(node, "status")}
        if states & NOT_PUBLISHED:
            raise BadRecord(f"not published (status {min(states & NOT_PUBLISHED)})")
        languages = [language_of(value) for value in nodes.values(node, "language", "inLanguage")]
        languages = list(dict.fromkeys(code for code in languages if code))
        # A text without a language is in that of the service, if it has one only.
        language = languages[0] if len(languages) == 1 else nodes.language
        titles = nodes.all_texts(nodes.values(node, "title", "name"), language)
        descriptions = nodes.joined(nodes.values(node, "description"), language)
        authorities = nodes.values(node, *AUTHORITY)
        missing = [
            name
            for name, found in (
                ("title", titles),
                ("description", descriptions),
                ("competent authority", authorities),
            )
            if not found
        ]
        if missing:
            raise BadRecord(f"mandatory properties are missing: {', '.join(missing)}", service_id)
        if service_id in self._services:
            raise BadRecord("the same identifier again", service_id)
        self._services.add(service_id)
        names = {code: min(said, key=lambda t: (len(t), t)) for code, said in titles.items()}
        others = {
            code: "\n".join(t for t in said if t != names[code]) for code, said in titles.items()
        }
        classes = [
            (str(value), list(nodes.labels(value, language).values()))
            for value in nodes.values(node, *CLASSES)
        ]
        costs = [self._cost(value, language) for value in nodes.values(node, "hasCost")]
        service = Service(
            id=service_id,
            names=names,
            source=Source(TITLE, str(node) if str(node).startswith("http") else None),
            checked=next(
                (day for said in nodes.plain(node, "modified") if (day := local_date(said))), None
            ),
            alt_names={code: said for code, said in others.items() if said},
            descriptions=descriptions,
            requirements=nodes.joined(nodes.values(node, *INPUTS), language),
            keywords=nodes.all_texts(nodes.values(node, "keyword"), language),
            topics=cpsv_topics(classes),
            classes=[address for address, _ in classes if address.startswith("http")],
            charge=_charge(costs),
            charge_info=_lines(info for _, info in costs),
            languages=languages,
            area=self._area(node, authorities),
            organization_id=self._organization(authorities, language),
            terms=self._terms(node, language),
            target_groups=[
                last_part(str(value))
                for value in nodes.values(node, "audience")
                if not nodes.is_blank(value)
            ],
        )
        self._reading.batch.services.append(service)
        self._reading.keep_payload(service_id, self._payload(node))
        self._connect(node, service_id, language)

    def _key(self, node: Any) -> str:
        """The address of a node; its identifier where the address is of this file only."""
        address = "" if self.nodes.is_blank(node) else str(node)
        if address and not address.startswith(BASE):
            return address
        found = self.nodes.plain(node, "identifier")
        if not found and not address.removeprefix(BASE):
            raise BadRecord("it has neither an identifier nor an address")
        return found[0] if found else address.removeprefix(BASE)

    def _payload(self, node: Any) -> dict[str, Any]:
        """What a service says itself; contact points may be of persons."""
        dropped = {name.lower() for name in (*EMAIL, *PHONE, "hasContactPoint", "contactPoint")}
        said = {
            name: [
                {"value": str(value), "language": value.language}
                if getattr(value, "language", None)
                else str(value)
                for value in values
                if not self.nodes.is_blank(value)
            ]
            for name, values in self.nodes.names_used(node)
            if name not in dropped
        }
        kept: dict[str, Any] = without_persons(said)
        return kept

    # Parts --------------------------------------------------------------------------------------

    def _connect(self, node: Any, service_id: str, language: str) -> None:
        """Channels and contact points, and the page of the service itself."""
        nodes, batch = self.nodes, self._reading.batch
        channels = nodes.values(node, "hasChannel")
        found = [*nodes.values(node, "hasContactPoint", "contactPoint"), *channels]
        connected: set[str] = set()
        for value in [*found, node]:
            channel_id = CHANNEL + self._part_key(value, service_id)
            if value == node:
                if not nodes.addresses(node, *PAGE):
                    continue
                channel_id = CHANNEL + f"{service_id.removeprefix(SERVICE)}:web"
            channel = channel_of(nodes, value, channel_id, language)
            if channel is None or channel_id in connected:
                continue
            connected.add(channel_id)
            if value == node:
                channel.descriptions, channel.type, channel.addresses = {}, "web", []
            if value not in channels:
                # The name of a contact point may be that of a person.
                channel.names = {}
            if channel.id not in self._channels:
                self._channels.add(channel.id)
                batch.channels.append(channel)
            batch.connections.append(Connection(service_id, channel.id))

    def _part_key(self, node: Any, owner: str) -> str:
        """A key that stays the same at the next import, also for a node without an address."""
        if not self.nodes.is_blank(node) and not str(node).startswith(BASE):
            return str(node)
        said = f"{owner}:{self.nodes.fingerprint(node)}"
        return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()

    def _organization(self, authorities: list[Any], language: str) -> Optional[str]:
        """The first competent authority that has a name."""
        nodes = self.nodes
        for node in authorities:
            names = nodes.labels(node, language)
            if not names:
                continue
            if nodes.is_text(node):
                organization_id = ORGANIZATION + next(iter(names.values()))
            else:
                organization_id = ORGANIZATION + self._part_key(node, next(iter(names.values())))
            if organization_id not in self._organizations:
                self._organizations.add(organization_id)
                self._reading.batch.organizations.append(
                    Organization(
                        organization_id,
                        names,
                        summaries=nodes.texts(node, "description", language=language),
                        municipality=self._municipality(node),
                        urls=nodes.addresses(node, *PAGE, language=language),
                        phones=[Phone(said) for said in nodes.plain(node, *PHONE) if parses(said)],
                        name_only=nodes.is_text(node),
                    )
                )
            return organization_id
        return None

    def _area(self, node: Any, authorities: list[Any]) -> Area:
        """Where a service is offered: what it says itself, else what its authority says."""
        for owner in (node, *authorities):
            said = self.nodes.values(owner, "spatial", "areaServed", "jurisdiction")
            if not said:
                continue
            if any(self._whole_country(value) for value in said):
                return Area(NATIONWIDE)
            codes = {code for value in said if (code := self._municipality_at(value))}
            if codes:
                return Area(LIMITED, sorted(codes))
            if owner == node and not self._home:
                # It is offered somewhere, but in no municipality of Finland.
                return Area(LIMITED, [])
        for authority in authorities:
            names = self.nodes.labels(authority).values()
            code = next((found for name in names if (found := _of_town(name))), None)
            if code is not None:
                return Area(LIMITED, [code])
        return Area(LIMITED, [self._home]) if self._home else Area(NATIONWIDE)

    def _whole_country(self, value: Any) -> bool:
        words = [*self.nodes.labels(value).values(), last_part(str(value))]
        return any(word.casefold() in WHOLE_COUNTRY for word in words)

    def _municipality(self, node: Any) -> Optional[str]:
        found = (self._municipality_at(value) for value in self.nodes.values(node, "spatial"))
        return next((code for code in found if code), None)

    def _municipality_at(self, value: Any) -> Optional[str]:
        """The municipality of a place: by its address in a code list, by its name or its code."""
        address = str(value)
        if not self.nodes.is_text(value) and re.search(r"kunta|kunnat|municipalit", address, re.I):
            match = re.search(r"(\d{3})$", last_part(address).removesuffix(".html"))
            found = municipality(match.group(1)) if match else None
            if found is not None:
                return found.code
        words = list(self.nodes.labels(value).values())
        if not self.nodes.is_text(value):
            words.append(last_part(address))
        # A bare number in another code list is no municipality.
        names = [word for word in words if self.nodes.is_text(value) or not word.isdigit()]
        known = (find_municipality(name) for name in names)
        return next((entry.code for entry in known if entry is not None), None)

    def _cost(self, node: Any, language: str) -> tuple[str, LocalizedText]:
        """(charge, text) of a cost."""
        nodes = self.nodes
        if nodes.is_text(node):
            said = nodes.labels(node, language)
            return charge_of(None, list(said.values())), said
        info = nodes.joined(nodes.values(node, "description", "title"), language)
        amounts = [
            float(said.replace(",", "."))
            for said in nodes.plain(node, "hasValue", "value", "price")
            if _NUMBER.match(said)
        ]
        if not amounts:
            return charge_of(None, list(info.values())) if info else "unknown", info
        if not any(amount > 0 for amount in amounts):
            return "free", info
        currency = next((last_part(said) for said in nodes.plain(node, "currency")), "EUR")
        price = f"{max(amounts):g} {currency}"
        return "charged", {
            code: f"{price}: {info[code]}" if code in info else price
            for code in (info or {language: ""})
        }

    def _terms(self, node: Any, language: str) -> LocalizedText:
        """Processing time and legislation, as lines."""
        nodes = self.nodes
        found: dict[str, list[str]] = {}
        for value in nodes.values(node, "processingTime"):
            times = _duration(str(value)) or nodes.labels(value, language)
            for code, said in times.items():
                found.setdefault(code, []).append(
                    f"{PROCESSING.get(code, PROCESSING['en'])}: {said}"
                )
        laws = nodes.all_texts(nodes.values(node, "hasLegalResource"), language)
        for code, titles in laws.items():
            word = LEGISLATION.get(code, LEGISLATION["en"])
            found.setdefault(code, []).append(f"{word}: {', '.join(titles)}")
        return {code: "\n".join(lines) for code, lines in found.items()}


def _of_town(name: str) -> Optional[str]:
    """The municipality in `Turun kaupunki`, `City of Turku` and the like, if it is in full."""
    bare = re.sub(
        r"^(?:city|town|municipality) of\s+|\s+(?:kaupunki|kunta|stad|kommun)$",
        "",
        name,
        flags=re.I,
    )
    found = find_municipality(bare)
    return found.code if found is not None else None


def _duration(value: str) -> LocalizedText:
    """`P10D` in words; nothing for another text."""
    match = _DURATION.match(value.strip())
    if match is None or not any(match.groups()):
        return {}
    parts = [(int(n), unit) for n, unit in zip(match.groups(), _UNITS) if n and len(n) < 6]
    return {
        language: ", ".join(
            format_unit(n, f"duration-{unit}", locale=language) for n, unit in parts
        )
        for language in LANGUAGES
        if parts
    }


def _charge(costs: list[tuple[str, LocalizedText]]) -> str:
    charges = {charge for charge, _ in costs}
    if "charged" in charges:
        return "charged"
    return "free" if charges == {"free"} else "unknown"


def _lines(texts: Any) -> LocalizedText:
    found: dict[str, list[str]] = {}
    for said in texts:
        for code, line in said.items():
            if line and line not in found.setdefault(code, []):
                found[code].append(line)
    return {code: "\n".join(lines) for code, lines in found.items() if lines}
