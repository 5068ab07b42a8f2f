"""Linked Events: events and courses of Finnish cities, and the places they are held at.

Every event becomes a service of the kind "event" or "course" with the time it takes place; places
become channels. Keywords, keyword sets, organisations and places are parts of events: they are
noted, not counted. What has ended, is cancelled or is not for everybody is left out with the
reason (`linkedevents_rules`).

A series stays one record for each date; all share a `series_id`, by which search folds them, and
the record of the series itself takes the time of its next date.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Optional
from urllib.parse import urlsplit

from assistant.catalogue.event_times import has_ended, moment
from assistant.catalogue.hours import ZONE
from assistant.catalogue.importers.base import ImportFailed, Reading, slug
from assistant.catalogue.importers.files.records import Record, check_pages
from assistant.catalogue.importers.linkedevents.files import event_records
from assistant.catalogue.importers.linkedevents.places import (
    CHANNEL,
    Place,
    place_of,
    virtual_urls,
)
from assistant.catalogue.importers.linkedevents.rules import (
    RESCHEDULED_STATUS,
    not_for_everybody,
    not_taking_place,
)
from assistant.catalogue.importers.linkedevents.tickets import as_event, is_ticket_event
from assistant.catalogue.importers.linkedevents.topics import is_course, plain_names, topics_of
from assistant.catalogue.importers.linkedevents.values import (
    ages_of,
    days_between,
    identifier,
    items,
    languages_of,
    payload_of,
    price_of,
    reference,
    text,
    texts,
    times_of,
    urls,
)
from assistant.catalogue.importers.values import BadRecord, key, local_date, truth
from assistant.catalogue.model import (
    LIMITED,
    NATIONWIDE,
    Area,
    Channel,
    Connection,
    LocalizedText,
    Occurrence,
    Organization,
    Service,
    Source,
)
from assistant.catalogue.municipalities import find_municipality

EVENT = "linkedevents:event:"
ORGANIZATION = "linkedevents:organization:"
SERIES = "linkedevents:series:"
TITLE = "Linked Events"

#: What a record says of its kind -> its kind here.
TYPES = {
    "event": "event",
    "event/linkedevent": "event",
    "place": "place",
    "keyword": "keyword",
    "keywordset": "keyword set",
    "keyword_set": "keyword set",
    "organization": "organization",
    "language": "language",
    "image": "image",
    "datasource": "data source",
    "data_source": "data source",
}
EVENT_FIELDS = frozenset(
    "start_time end_time event_status super_event sub_events offers type_id event_type "
    "super_event_type in_language short_description audience_min_age location_extra_info".split()
)
PLACE_FIELDS = frozenset(
    "street_address address_locality postal_code position divisions telephone".split()
)
KEYWORD_FIELDS = frozenset("alt_labels aggregate deprecated has_upcoming_events".split())
SET_FIELDS = frozenset(("usage", "keywords"))
ORGANIZATION_FIELDS = frozenset(
    "classification founding_date dissolution_date parent_organization is_affiliated".split()
)
VOLUNTEERING = ("volunteering", "3")
COURSE = ("course", "2")
REGISTRATION = {"fi": "Ilmoittautuminen", "sv": "Anmälan", "en": "Registration"}


def read(path_or_url: str, municipality: Optional[str], now: Optional[datetime] = None) -> Reading:
    """Read events and places.

    Args:
        path_or_url: a file, a folder, or an address of the API: of a list (`…/v1/event/?text=…`)
            or its base address (`https://api.hel.fi/linkedevents/v1/`), which gives the events
            and courses that have not ended.
        municipality: code for events whose place does not say where it is.
        now: events that have ended at this moment are left out; by default the present.

    Raises:
        ImportFailed: if there is nothing to read.
    """
    reading = Reading()
    reader = EventReader(reading, municipality, now or datetime.now(ZONE))
    count = 0
    for record in event_records(path_or_url, reading):
        count += 1
        reader.read(record)
    if not count and not reading.skipped and "?" not in path_or_url:
        raise ImportFailed(f"{path_or_url}: no records of Linked Events in it")
    if count and reader.strangers == count:
        raise ImportFailed(f"{path_or_url}: none of the {count} records is of Linked Events")
    check_pages(reading)
    reader.finish()
    return reading


def kind_of(data: Any) -> Optional[str]:
    """What a record is: `event`, `place`, `keyword` …; None if it is not of Linked Events."""
    if not isinstance(data, dict):
        return None
    said = data.get("@type")
    if isinstance(said, str) and said.lower() in TYPES:
        return TYPES[said.lower()]
    address = data.get("@id")
    if isinstance(address, str):
        for step in reversed(address.split("?")[0].split("/")):
            if step in TYPES:
                return TYPES[step]
    if is_ticket_event(data):
        return "event"
    keys = data.keys()
    if EVENT_FIELDS & keys:
        return "event"
    if PLACE_FIELDS & keys:
        return "place"
    if KEYWORD_FIELDS & keys:
        return "keyword"
    if SET_FIELDS <= keys:
        return "keyword set"
    if ORGANIZATION_FIELDS & keys:
        return "organization"
    return None


@dataclass
class _Draft:
    """An event whose place, keywords and series may come later."""

    service: Service
    where: str
    place: Place
    keywords: list[str]
    audiences: list[str]
    super_id: str
    super_type: str
    source: str
    volunteering: bool
    urls: LocalizedText
    payload: dict[str, Any]
    provider: LocalizedText
    publisher: str
    hosts: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The id at the source."""
        return self.service.id.removeprefix(EVENT)


class EventReader:
    """Turns records into the internal model.

    Attributes:
        strangers: how many records were not of Linked Events.
    """

    def __init__(self, reading: Reading, municipality: Optional[str], now: datetime) -> None:
        self.strangers = 0
        self._reading = reading
        self._home = municipality
        self._now = now
        self._parts: Counter[str] = Counter()
        self._drafts: dict[str, _Draft] = {}
        self._seen: set[str] = set()
        self._supers: dict[str, str] = {}
        self._parents: set[str] = set()
        self._places: dict[str, Place] = {}
        self._place_records: dict[str, tuple[str, dict[str, Any]]] = {}
        self._keywords: dict[str, LocalizedText] = {}
        self._organizations: dict[str, Organization] = {}
        self._embedded: list[Record] = []

    # Reading ------------------------------------------------------------------------------------

    def read(self, record: Record) -> None:
        """Read a record; one that cannot be used is skipped with the reason."""
        self._reading.read += 1
        kind = kind_of(record.data)
        where = _name(record)
        if kind is None:
            self.strangers += 1
            what = "" if isinstance(record.data, dict) else f" but {type(record.data).__name__}"
            reason = "not a record of Linked Events: neither an event nor a place"
            self._reading.skip(where, f"not an object{what}" if what else reason)
            return
        try:
            if kind == "event":
                self._event(where, record.data)
            elif kind == "place":
                self._place(where, record.data)
            else:
                self._part(kind, record.data)
        except BadRecord as error:
            self._reading.skip(where, str(error), error.record_id)

    def _part(self, kind: str, data: dict[str, Any]) -> None:
        """A record that is no record of the catalogue."""
        self._reading.read -= 1
        self._parts[kind] += 1
        part_id, names = reference(data), texts(data.get("name"))
        if kind == "keyword" and part_id and names:
            self._keywords[part_id] = names
        if kind == "organization" and part_id and names:
            self._organizations.setdefault(part_id, Organization(ORGANIZATION + part_id, names))

    def _place(self, where: str, data: dict[str, Any]) -> None:
        place = place_of(data)
        if not place.id:
            raise BadRecord("it has no id")
        if place.deleted or place.replaced_by:
            # Its events may still say where they are by it.
            self._places.setdefault(place.id, place)
            instead = f", replaced by {place.replaced_by}" if place.replaced_by else ""
            raise BadRecord(f"the place is deleted at its source{instead}")
        if place.channel is None and not place.internet:
            raise BadRecord("it has neither a name nor an address", CHANNEL + place.id)
        if place.id in self._place_records:
            raise BadRecord("the same id again")
        self._places[place.id] = place
        self._place_records[place.id] = (where, payload_of(data))

    def _event(self, where: str, data: dict[str, Any]) -> None:
        if is_ticket_event(data):
            data = as_event(data)
        key_of_event = reference(data)
        if not key_of_event:
            raise BadRecord("it has no id")
        event_id = EVENT + key_of_event
        if key_of_event in self._seen:
            raise BadRecord("the same id again", event_id)
        self._seen.add(key_of_event)
        self._relations(where, key_of_event, data)
        names = texts(data.get("name"))
        if not names:
            raise BadRecord("it has no name in any language", event_id)
        reason = not_taking_place(data, names)
        if reason is not None:
            raise BadRecord(reason)
        draft = self._draft(where, event_id, names, data)
        if draft.super_type != "recurring":
            self._check_time(draft.service)
        self._drafts[key_of_event] = draft

    def _relations(self, where: str, event_key: str, data: dict[str, Any]) -> None:
        """Remember what an event says of others."""
        parent = data.get("super_event")
        if reference(parent):
            self._parents.add(reference(parent))
        self._supers[event_key] = key(data.get("super_event_type"))
        if isinstance(parent, dict) and "super_event_type" in parent:
            self._supers.setdefault(reference(parent), key(parent.get("super_event_type")))
        for item in items(data.get("sub_events")):
            if isinstance(item, dict) and texts(item.get("name")):
                inside = {"super_event": event_key, **item}
                self._embedded.append(Record(f"{where}, sub event {reference(item)}", inside))

    def _check_time(self, service: Service) -> None:
        if service.occurrence is not None and has_ended(service.occurrence, self._now):
            raise BadRecord("has ended")

    def _draft(
        self, where: str, event_id: str, names: LocalizedText, data: dict[str, Any]
    ) -> _Draft:
        summaries, descriptions = (
            texts(data.get("short_description")),
            texts(data.get("description")),
        )
        keywords = self._references(data.get("keywords"))
        audiences = self._references(data.get("audience"))
        source = identifier(data.get("data_source")) or event_id.removeprefix(EVENT).split(":")[0]
        reason, requirements = not_for_everybody(
            source, audiences, (names, summaries, descriptions)
        )
        if reason is not None:
            raise BadRecord(reason)
        kind = _kind_word(data)
        price = price_of(data.get("offers"))
        low, high = ages_of(data)
        times = times_of(data)
        rescheduled = key(data.get("event_status")) in RESCHEDULED_STATUS
        service = Service(
            id=event_id,
            names=names,
            source=Source(TITLE, _site(data)),
            checked=local_date(data.get("last_modified_time")),
            kind="course" if kind in COURSE else "event",
            summaries=summaries,
            descriptions=descriptions,
            instructions=texts(data.get("location_extra_info")),
            requirements=requirements,
            charge=price.charge,
            charge_info=price.info,
            languages=languages_of(data.get("in_language")),
            terms=_registration(data),
            target_groups=audiences,
            age_min=low,
            age_max=high,
            occurrence=Occurrence(
                times.start,
                times.end,
                times.all_day,
                status="rescheduled" if rescheduled else "scheduled",
            ),
        )
        return _Draft(
            service,
            where,
            self._place_at(data),
            keywords,
            audiences,
            super_id=reference(data.get("super_event")),
            super_type=self._supers.get(event_id.removeprefix(EVENT), ""),
            source=source,
            volunteering=kind in VOLUNTEERING,
            urls={**price.urls, **virtual_urls(data), **urls(data.get("info_url"))},
            payload=payload_of(data),
            provider=texts(data.get("provider")),
            publisher=reference(data.get("publisher")),
            hosts=[source, *_host_words(data)],
        )

    def _references(self, value: Any) -> list[str]:
        """The ids of keywords; the names of those that are given whole are remembered."""
        found = []
        for item in items(value):
            keyword = reference(item)
            if not keyword:
                continue
            found.append(keyword)
            names = texts(item.get("name")) if isinstance(item, dict) else {}
            if names:
                self._keywords.setdefault(keyword, names)
        return list(dict.fromkeys(found))

    def _place_at(self, data: dict[str, Any]) -> Place:
        """The place of an event: given whole, or by its id."""
        value = next((item for item in items(data.get("location")) if item), None)
        known = self._places.get(reference(value))
        if known is not None and known.channel is not None:
            return known
        place = place_of(value if isinstance(value, dict) else {"@id": value})
        if truth(data.get("is_virtualevent")) and place.channel is None and not place.id:
            return Place("internet", internet=True)
        if place.channel is not None:
            self._places[place.id] = place
        return place

    # Finishing ----------------------------------------------------------------------------------

    def finish(self) -> None:
        """Join what belongs together, and put it into the batch."""
        while self._embedded:
            record = self._embedded.pop()
            if reference(record.data) not in self._seen:
                self.read(record)
        dates = self._dates()
        used: set[str] = set()
        for draft in self._drafts.values():
            reason = self._series(draft, dates.get(draft.key, []))
            if reason is None:
                self._keep(draft, used)
            else:
                self._reading.skip(draft.where, reason)
        self._keep_places(used)
        batch = self._reading.batch
        used_organizations = {service.organization_id for service in batch.services}
        batch.organizations = [
            item for item in self._organizations.values() if item.id in used_organizations
        ]
        self._note(bool(self._seen))

    def _dates(self) -> dict[str, list[Occurrence]]:
        """The occurrences of each series that have not ended, by the id of the series."""
        found: dict[str, list[Occurrence]] = {}
        for draft in self._drafts.values():
            occurrence = draft.service.occurrence
            if draft.super_id and occurrence is not None and moment(occurrence.start):
                found.setdefault(draft.super_id, []).append(occurrence)
        for dates in found.values():
            dates.sort(key=lambda item: moment(item.start) or self._now)
        return found

    def _series(self, draft: _Draft, dates: list[Occurrence]) -> Optional[str]:
        """Set series and time of an event; why it is left out, if it is."""
        occurrence = draft.service.occurrence
        assert occurrence is not None
        if draft.super_type == "recurring":
            occurrence.series_id = SERIES + draft.key
            if dates:
                first = dates[0]
                occurrence.start, occurrence.end = first.start, first.end
                occurrence.all_day = first.all_day
            return "has ended" if has_ended(occurrence, self._now) else None
        if occurrence.start is None and draft.key in self._parents:
            return "only the frame of other events, which are imported themselves"
        if draft.super_id:
            parent = self._supers.get(draft.super_id)
            if parent is None:
                # A festival is no series, so where the frame is not known the name decides.
                name = draft.service.names.get("fi") or next(iter(draft.service.names.values()))
                occurrence.series_id = f"{SERIES}{draft.super_id}:{slug(name)}"
            elif parent != "umbrella":
                occurrence.series_id = SERIES + draft.super_id
        return None

    def _keep(self, draft: _Draft, used: set[str]) -> None:
        service, batch = draft.service, self._reading.batch
        names = {
            keyword: plain_names(self._keywords.get(keyword, {}).values())
            for keyword in (*draft.keywords, *draft.audiences)
        }
        service.classes = draft.keywords
        for keyword in draft.keywords:
            for language, word in self._keywords.get(keyword, {}).items():
                service.keywords.setdefault(language, []).append(word)
        if service.kind == "event" and is_course(names):
            service.kind = "course"
        service.topics, service.needs = topics_of(
            names,
            service.names,
            source=draft.source,
            volunteering=draft.volunteering,
            max_age=service.age_max,
        )
        service.organization_id = self._organization(draft)
        place = self._final_place(draft.place)
        service.area = self._area(draft, place)
        batch.services.append(service)
        self._reading.keep_payload(service.id, draft.payload)
        if place.id and not place.internet:
            used.add(place.id)
            batch.connections.append(Connection(service.id, CHANNEL + place.id))
        if draft.urls:
            channel = Channel(f"{CHANNEL}{draft.key}:web", "web", urls=draft.urls)
            batch.channels.append(channel)
            batch.connections.append(Connection(service.id, channel.id))

    def _final_place(self, place: Place) -> Place:
        """What is known of a place in the end, or of the one that has replaced it."""
        for _ in range(5):
            known = self._places.get(place.id, place)
            if not known.replaced_by or known.replaced_by == place.id:
                return known
            place = self._places.get(known.replaced_by) or Place(
                known.replaced_by, municipality=known.municipality
            )
        return place

    def _area(self, draft: _Draft, place: Place) -> Area:
        if place.internet:
            return Area(NATIONWIDE)
        code = place.municipality or self._home
        for word in () if code else draft.hosts:
            found = find_municipality(word)
            if found is not None:
                code = found.code
                break
        return Area(LIMITED, [code] if code else [])

    def _organization(self, draft: _Draft) -> Optional[str]:
        """The provider by its name; else the publisher, if it is among the records."""
        if draft.provider:
            name = draft.provider.get("fi") or next(iter(draft.provider.values()))
            provider = slug(name) or slug(draft.publisher)
            if provider:
                self._organizations.setdefault(
                    provider,
                    Organization(ORGANIZATION + provider, draft.provider, name_only=True),
                )
                return ORGANIZATION + provider
        known = self._organizations.get(draft.publisher)
        return known.id if known is not None else None

    def _keep_places(self, used: set[str]) -> None:
        """The channels of places that have a record, or that an event has."""
        batch = self._reading.batch
        for place_id, place in self._places.items():
            if place.channel is None or not (place_id in used or place_id in self._place_records):
                continue
            batch.channels.append(place.channel)
            if place_id in self._place_records:
                self._reading.keep_payload(place.channel.id, self._place_records[place_id][1])
        missing = {place_id for place_id in used if place_id not in self._places}
        if missing:
            self._reading.notes.append(
                f"{len(missing)} places are known by their id only; import them with the events"
            )

    def _note(self, events: bool) -> None:
        """Remarks on what is a part of events; places count where there is nothing else."""
        reading = self._reading
        reading.batch.whole_services = events
        places = len(self._place_records)
        kept = sum(self._places[place].channel is not None for place in self._place_records)
        # Where there are no events, places count; the internet is one, but no channel.
        parts = places if events else places - kept
        reading.read -= parts
        self._parts["place"] += parts
        if not events:
            reading.complete = False
            reading.notes.append("there are no events in it")
        for kind, count in sorted(self._parts.items()):
            if count:
                plural = "" if count == 1 else "s"
                reading.notes.append(f"{count} {kind}{plural} read as parts of events")


def _name(record: Record) -> str:
    """How a record is named in a report: where it is, and its id."""
    data = record.data
    found = ""
    if isinstance(data, dict):
        found = reference(data) or identifier(data.get("EventId"))
    return f"{record.where} (id {found})" if found else record.where


def _kind_word(data: dict[str, Any]) -> str:
    """`general`, `course` or `volunteering`, or the number that stands for it."""
    for name in ("type_id", "event_type"):
        said = identifier(data.get(name)).lower()
        if said:
            return said
    return ""


def _registration(data: dict[str, Any]) -> LocalizedText:
    days = days_between(data.get("enrolment_start_time"), data.get("enrolment_end_time"))
    return {language: f"{word}: {days}" for language, word in REGISTRATION.items()} if days else {}


def _host_words(data: dict[str, Any]) -> list[str]:
    """The words of the host that a record comes from, one of which may be a municipality."""
    address = text(data.get("@id"))
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return []
    return [word for part in host.split(".") for word in part.split("-")]


def _site(data: dict[str, Any]) -> Optional[str]:
    """The address of the API that a record comes from."""
    address = text(data.get("@id"))
    head, found, _ = address.partition("/event/")
    return f"{head}/" if found and head.startswith(("http://", "https://")) else None
