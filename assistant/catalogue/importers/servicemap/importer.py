"""Places of service: TPR (REST v4), the Service Map (v2), Turku's register, hours of Hauki.

Units are the records. Lists that only mean something together with units are joined to them:
services and service nodes (names), departments, connections, accessibility sentences, entrances
and opening hours. A unit gets the id `servicemap:service:tprek-8215`; those of Turku, whose
numbers are its own, `servicemap:service:turku-1453`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, Optional
from urllib.parse import urlsplit, urlunsplit

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.records import Record, check_pages, is_url, json_records
from assistant.catalogue.importers.servicemap import turku as turku_units
from assistant.catalogue.importers.servicemap.privacy import without_persons
from assistant.catalogue.importers.servicemap.topics import subjects_of
from assistant.catalogue.importers.servicemap.unit import (
    HELSINKI,
    MAX_KEYWORDS,
    ORGANIZATION,
    SERVICE,
    TURKU,
    Draft,
    add_sentence,
    coordinates,
    draft_of,
    finish,
    owner_of,
)
from assistant.catalogue.importers.servicemap.values import (
    identifier,
    items,
    municipality_named,
    phones_of,
    text_of,
    texts,
    urls,
)
from assistant.catalogue.model import Batch, LocalizedText, Organization, unpacked

TURKU_CODE = "853"
ORGANIZATION_TYPES = {
    "municipality": "municipality",
    "government": "state",
    "state": "state",
    "wellbeing_services_county": "county",
    "private_company": "company",
    "private_enterprise": "company",
    "municipally_owned_company": "company",
}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
#: Fields that only units have; one of them tells a unit without a name from other records.
UNIT_FIELDS = frozenset(
    (
        *("street_address_fi", "street_address", "latitude", "location", "provider_type"),
        *("ontologytree_ids", "ontologyword_ids", "services", "connections", "address_zip"),
        *("accessibility_viewpoints", "desc_fi", "short_desc_fi", "contract_type", "www_fi"),
    )
)
NODE_FIELDS = frozenset(
    ("parent", "parent_id", "level", "child_ids", "children", "related_services", "mptt_level")
)
WORD_FIELDS = frozenset(
    (
        *("ontologyword_fi", "ontologyword", "root_service_node", "period_enabled"),
        *("clarification_enabled", "can_add_schoolyear", "can_add_clarification", "unit_count"),
    )
)
NAMES = ("name", "name_fi", "name_sv", "name_en")
#: Lists beside the units of an API, by a part of its address.
SIBLINGS = (
    ("/rest/v4/", ("ontologyword", "ontologytree", "department", "connection")),
    ("/v2/", ("service", "service_node", "department")),
)


def read(path_or_url: str, municipality: Optional[str]) -> Reading:
    """Read units and the lists that belong to them.

    Args:
        path_or_url: a file, a folder, an archive, or an address of one of the interfaces. Of an
            address that ends with `unit/`, the lists of services and departments beside it are
            read too.
        municipality: code for units that do not say where they are; that of Turku says that the
            ids are of Turku's own register.

    Raises:
        ImportFailed: if there is nothing to read, or no unit in it.
    """
    reading = Reading(Batch(whole_services=True))
    reader = UnitReader(reading, path_or_url, municipality)
    seen = 0
    for record in json_records(path_or_url, reading):
        seen += 1
        reader.add(record)
    check_pages(reading)
    if is_url(path_or_url):
        for address in siblings(path_or_url):
            _read_sibling(address, reader, reading)
    if not reader.units:
        if not seen and not reading.skipped:
            raise ImportFailed(f"{path_or_url}: no records of the Service Map in it")
        raise ImportFailed(f"{path_or_url}: no unit in it, only: {reader.contents()}")
    reader.finish()
    return reading


def siblings(url: str) -> list[str]:
    """The addresses of the lists that name what the units of an address refer to."""
    parts = urlsplit(url)
    base, slash, last = parts.path.rstrip("/").rpartition("/")
    if last != "unit":
        return []
    for mark, names in SIBLINGS:
        if mark in f"{base}/":
            return [
                urlunsplit((parts.scheme, parts.netloc, f"{base}/{name}/", "", ""))
                for name in names
            ]
    return []


def _read_sibling(address: str, reader: UnitReader, reading: Reading) -> None:
    """Read a list that makes units better, but without which they are still good."""
    aside = Reading()
    try:
        for record in json_records(address, aside):
            reader.add(record)
    except ImportFailed as error:
        reading.notes.append(f"read without this list: {error}")
    reading.notes += aside.notes


class UnitReader:
    """Takes records as they come, and puts units and lists together at the end."""

    def __init__(self, reading: Reading, source: str, municipality: Optional[str]) -> None:
        self._reading = reading
        self._home = municipality
        host = (urlsplit(source).hostname or "") if is_url(source) else ""
        self._namespace = TURKU if "turku" in host or municipality == TURKU_CODE else HELSINKI
        self._drafts: dict[str, Draft] = {}
        self._words: dict[str, LocalizedText] = {}
        self._nodes: dict[str, LocalizedText] = {}
        self._departments: dict[str, Organization] = {}
        self._by_unit: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        self._periods: dict[str, list[dict[str, Any]]] = {}
        self._counts: Counter[str] = Counter()
        self.units = 0
        self._steps: dict[str, Callable[[dict[str, Any]], None]] = {
            "services": self._word,
            "service nodes": self._node,
            "departments": self._department,
            "connections": lambda data: self._of_unit("connections", data),
            "accessibility sentences": lambda data: self._of_unit("accessibility_sentences", data),
            "entrances": lambda data: self._of_unit("entrances", data),
            "services of Turku": self._turku_service,
            "opening hours": self._hours,
        }

    def contents(self) -> str:
        """What there was, in words."""
        kinds = [f"{kind} ({count})" for kind, count in self._counts.most_common(5)]
        return "; ".join(kinds) or "records that cannot be read"

    def add(self, record: Record) -> None:
        """Take one record."""
        data = record.data
        kind = kind_of(data)
        if kind not in ("units", "units of Turku") and kind not in self._steps:
            self._counts[kind] += 1
            self._reading.read += 1
            self._reading.skip(record.where, kind)
            return
        self._counts[kind] += 1
        try:
            if kind in self._steps:
                self._steps[kind](data)
                return
        except (TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
            self._reading.skip(record.where, f"cannot be read: {type(error).__name__}: {error}")
            return
        self._unit(record, kind == "units of Turku")

    # Units --------------------------------------------------------------------------------------

    def _unit(self, record: Record, turku: bool) -> None:
        reading, data = self._reading, record.data
        reading.read += 1
        self.units += 1
        namespace = TURKU if turku else self._namespace
        number = identifier(data.get("koodi") if turku else data.get("id"))
        if number is None:
            reading.skip(record.where, "it has no id")
            return
        service_id = f"{SERVICE}{namespace}-{number}"
        reason = _left_out(data)
        if reason is not None:
            reading.skip(record.where, reason)
            return
        try:
            unit = turku_units.unit_of(data) if turku else data
            names = texts(unit, "name")
            if not names:
                reading.skip(record.where, "it has no name in any language", service_id)
                return
            if f"{namespace}:{number}" in self._drafts:
                reading.skip(record.where, f"the same id again ({number})", service_id)
                return
            safe = without_persons(unit, " ".join(names.values()))
            draft = draft_of(safe, number, namespace, self._home)
            payload = without_persons(data, " ".join(names.values())) if turku else safe
            reading.keep_payload(service_id, payload)
        except (TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
            reason = f"cannot be read: {type(error).__name__}: {error}"
            reading.skip(record.where, reason, service_id)
            return
        self._drafts[f"{namespace}:{number}"] = draft

    # Lists that belong to units -----------------------------------------------------------------

    def _word(self, data: dict[str, Any]) -> None:
        names = texts(data, "name") or texts(data, "ontologyword")
        known = identifier(data.get("id"))
        if known and names:
            self._words[known] = names

    def _node(self, data: dict[str, Any]) -> None:
        names = texts(data, "name")
        known = identifier(data.get("id"))
        if known and names:
            self._nodes[known] = names

    def _turku_service(self, data: dict[str, Any]) -> None:
        self._words.update(turku_units.service_names(data))

    def _department(self, data: dict[str, Any]) -> None:
        data = without_persons(data)
        known = identifier(data.get("id")) or identifier(data.get("uuid"))
        names = texts(data, "name")
        if known is None or not names:
            return
        kind = text_of(data.get("organization_type")).lower()
        home = municipality_named(text_of(data.get("municipality")))
        self._departments[known] = Organization(
            id=ORGANIZATION + known,
            names=names,
            type=ORGANIZATION_TYPES.get(kind, "organization"),
            business_id=text_of(data.get("business_id")) or None,
            municipality=home.code if home else None,
            urls=urls(data, "www"),
            phones=phones_of(data.get("phone"), texts(data, "call_charge_info")),
        )

    def _of_unit(self, kind: str, data: dict[str, Any]) -> None:
        unit = identifier(data.get("unit_id") if "unit_id" in data else data.get("unit"))
        if unit:
            self._by_unit.setdefault(unit, []).append((kind, data))

    def _hours(self, data: dict[str, Any]) -> None:
        """A period of Hauki, or a resource with its periods."""
        periods = items(data.get("date_periods")) if "date_periods" in data else [data]
        resource = data.get("resource") if "time_span_groups" in data else data.get("id")
        keys = set()
        if isinstance(resource, dict):
            resource = resource.get("id")
        text = text_of(resource).lower()
        number = identifier(resource)
        if number:
            keys.add(text if ":" in text else f"hauki:{number}")
        for origin in items(data.get("origins")) if "date_periods" in data else ():
            source = origin.get("data_source")
            source = source.get("id") if isinstance(source, dict) else source
            number = identifier(origin.get("origin_id"))
            if number:
                keys.add(f"{text_of(source).lower()}:{number}")
        for key in keys:
            known = self._periods.setdefault(key, [])
            known += [period for period in periods if period not in known]

    # Together -----------------------------------------------------------------------------------

    def finish(self) -> None:
        """Put everything together into the batch."""
        batch = self._reading.batch
        owners: dict[str, Organization] = dict(self._departments)
        used: dict[str, Organization] = {}
        lonely = Counter(
            {unit: len(parts) for unit, parts in self._by_unit.items() if not self._has(unit)}
        )
        for key, draft in self._drafts.items():
            namespace, _, number = key.partition(":")
            if namespace == self._namespace:
                self._join(draft, self._by_unit.get(number, ()))
            self._name_services(draft, namespace)
            organization = owner_of(draft, owners)
            if organization is not None:
                used[organization.id] = organization
                draft.service.organization_id = organization.id
            periods = [
                period
                for hours_id in sorted(draft.hours_ids)
                for period in self._periods.get(hours_id, ())
            ]
            batch.services.append(draft.service)
            for channel, connection in finish(draft, periods):
                batch.channels.append(channel)
                batch.connections.append(connection)
        batch.organizations += used.values()
        self._note(sum(lonely.values()))

    def _has(self, unit: str) -> bool:
        return f"{self._namespace}:{unit}" in self._drafts

    def _join(self, draft: Draft, parts: Any) -> None:
        """Join to a unit what lists of the source say of it."""
        kept: dict[str, list[dict[str, Any]]] = {}
        for kind, data in parts:
            safe = without_persons(data, " ".join(draft.service.names.values()))
            kept.setdefault(kind, []).append(safe)
            if kind == "connections":
                draft.sections.add([safe])
            elif kind == "accessibility_sentences":
                add_sentence(draft.channel.accessibility, safe)
            else:
                _entrance(draft, safe)
        if kept:
            payload = unpacked(self._reading.batch.payloads[draft.service.id])
            for kind, records in kept.items():
                own = payload.get(kind)
                payload[kind] = [*(own if isinstance(own, list) else ()), *records]
            self._reading.keep_payload(draft.service.id, payload)

    def _name_services(self, draft: Draft, namespace: str) -> None:
        """Keywords and subjects of a unit from the names of its services."""
        words = {known: own or self._words.get(known, {}) for known, own in draft.words.items()}
        nodes = {known: own or self._nodes.get(known, {}) for known, own in draft.nodes.items()}
        service = draft.service
        for names in (*words.values(), *nodes.values()):
            for language, name in names.items():
                known = service.keywords.setdefault(language, [])
                if name not in known and len(known) < MAX_KEYWORDS:
                    known.append(name)
        if namespace != HELSINKI:
            # The ids of the mapping are Helsinki's; the same numbers mean other things elsewhere.
            words = {f"{namespace}:{known}": names for known, names in words.items()}
            nodes = {f"{namespace}:{known}": names for known, names in nodes.items()}
        subjects = subjects_of(words, nodes, service.names)
        service.topics, service.needs = subjects.topics, subjects.needs

    def _note(self, lonely: int) -> None:
        notes = self._reading.notes
        for kind, count in self._counts.items():
            if kind in self._steps:
                notes.append(f"{count} {kind} were joined to the units they belong to")
        if lonely:
            notes.append(f"{lonely} of them belong to units that are not here")


def _entrance(draft: Draft, data: dict[str, Any]) -> None:
    """Take the coordinates of the main entrance for a unit that has none."""
    addresses = draft.channel.addresses
    if addresses and addresses[0].latitude is None:
        main = text_of(data.get("is_main_entrance")).upper() in ("Y", "TRUE")
        point = coordinates(data)
        if main and point is not None:
            addresses[0].latitude, addresses[0].longitude = point


def _left_out(data: dict[str, Any]) -> Optional[str]:
    """Why a unit is not for the public; None if it is."""
    if not turku_units.is_published(data):
        return "it is not published"
    if data.get("public") is False or data.get("is_public") is False:
        return "it is not public"
    if data.get("is_active") is False:
        return "it is not active"
    return "it has been deleted" if data.get("deleted_at") or data.get("deleted") is True else None


def kind_of(data: Any) -> str:
    """What a record is: a kind that is read, or the reason why it is not."""
    if not isinstance(data, dict):
        return f"not an object but {type(data).__name__}"
    if "koodi" in data:
        unit = turku_units.is_turku_unit(data)
        return "units of Turku" if unit else "services of Turku"
    if "model" in data and "fields" in data:
        return f"a row of the table {text_of(data['model'])}, not a unit"
    if "section_type" in data or ("unit_id" in data and "connection_id" in data):
        return "connections"
    if "time_span_groups" in data:
        return "opening hours"
    if "is_main_entrance" in data:
        return "entrances"
    if "unit_id" in data and any(str(key).startswith("sentence") for key in data):
        return "accessibility sentences"
    fields = frozenset(data)
    if "date_periods" in data and not fields & UNIT_FIELDS:
        return "opening hours"
    if "ocd_id" in data or "boundary" in data:
        return "an administrative division, not a unit"
    if data.get("type") == "library" and isinstance(data.get("data"), dict):
        return "a library of the library directory (Kirkanta), not a unit"
    return _kind_by_fields(data, fields)


def _kind_by_fields(data: dict[str, Any], fields: frozenset[str]) -> str:
    if _UUID.fullmatch(text_of(data.get("id"))) or _UUID.fullmatch(text_of(data.get("uuid"))):
        if fields.intersection(NAMES) and not fields & {"services", "ontologytree_ids"}:
            return "departments"
    if not fields & UNIT_FIELDS:
        if fields & NODE_FIELDS:
            return "service nodes"
        if fields & WORD_FIELDS:
            return "services"
    if "id" in data and (fields & UNIT_FIELDS or fields.intersection(NAMES)):
        return "units"
    if fields & UNIT_FIELDS and fields.intersection(NAMES):
        return "units"
    return "not a record of the Service Map"
