"""The internal model of the catalogue: what every importer makes and every reader gets."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Optional

#: Language code -> text. Empty texts are left out.
LocalizedText = dict[str, str]

#: Part of every content hash: a new value makes the next import write every record again.
MODEL_VERSION = "2"

NATIONWIDE = "nationwide"
NATIONWIDE_EX_ALAND = "nationwide_ex_aland"
LIMITED = "limited"

PUBLISHED = "published"
WITHDRAWN = "withdrawn"

#: Where a language that is missing falls back to, in this order.
FALLBACK_LANGUAGES = ("en", "fi", "sv")


@dataclass
class Phone:
    """A telephone number as the source gave it, with what a call costs."""

    number: str
    label: LocalizedText = field(default_factory=dict)
    charge: str = "unknown"  # free | charged | unknown
    charge_info: LocalizedText = field(default_factory=dict)


@dataclass
class Address:
    """A visiting address."""

    street: LocalizedText = field(default_factory=dict)
    postal_code: str = ""
    city: LocalizedText = field(default_factory=dict)
    municipality: Optional[str] = None
    latitude: Optional[float] = None
    longitude: Optional[float] = None


@dataclass
class HoursRule:
    """When a place is open: on one weekday of every week, or on the dates of an exception.

    A rule with dates that are not a week's rhythm (`exception`) replaces the weekly rules of
    those dates. `closes_after_days` is 1 when the closing time is on the next day.
    """

    opens: str = ""
    closes: str = ""
    weekday: Optional[int] = None  # 0 is Monday; None: every day
    closes_after_days: int = 0
    valid_from: Optional[str] = None
    valid_to: Optional[str] = None
    closed: bool = False
    exception: bool = False
    weeks: Optional[str] = None  # odd | even
    holiday: Optional[str] = None
    on_reservation: bool = False


@dataclass
class Hours:
    """Opening hours: rules, and what the source says in words."""

    rules: list[HoursRule] = field(default_factory=list)
    raw_text: LocalizedText = field(default_factory=dict)
    always_open: bool = False

    @property
    def known(self) -> bool:
        """True when it can be told whether the place is open."""
        return self.always_open or bool(self.rules)


@dataclass
class Channel:
    """A way to reach a service."""

    id: str
    type: str  # location | eservice | phone | web | form
    names: LocalizedText = field(default_factory=dict)
    urls: LocalizedText = field(default_factory=dict)
    phones: list[Phone] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    hours: Hours = field(default_factory=Hours)
    languages: list[str] = field(default_factory=list)
    descriptions: LocalizedText = field(default_factory=dict)
    emails: list[str] = field(default_factory=list)  # of an office, never of a person
    accessibility: dict[str, list[str]] = field(default_factory=dict)  # sentences by language
    requires_authentication: Optional[bool] = None


@dataclass
class Connection:
    """A service offered on a channel, with what is special to this pair."""

    service_id: str
    channel_id: str
    urls: LocalizedText = field(default_factory=dict)
    phones: list[Phone] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    hours: Hours = field(default_factory=Hours)


@dataclass
class Organization:
    """Who provides a service."""

    id: str
    names: LocalizedText = field(default_factory=dict)
    summaries: LocalizedText = field(default_factory=dict)
    type: Optional[str] = None  # municipality | county | state | organization | company
    business_id: Optional[str] = None
    municipality: Optional[str] = None
    urls: LocalizedText = field(default_factory=dict)
    phones: list[Phone] = field(default_factory=list)
    name_only: bool = False  # all that a service said of it; never replaces a full record


@dataclass
class Area:
    """Where a service is offered; every area is expanded to municipality codes at import."""

    scope: str = NATIONWIDE
    municipalities: list[str] = field(default_factory=list)


@dataclass
class Source:
    """Where a record comes from."""

    title: str
    url: Optional[str] = None


@dataclass
class Occurrence:
    """When and in which series an event or a course takes place.

    `start` and `end` are ISO 8601 with an offset, or a date where `all_day` is true. An event
    whose end (or start, where there is no end) has passed is not found any more.
    """

    start: Optional[str] = None
    end: Optional[str] = None
    all_day: bool = False
    series_id: Optional[str] = None
    status: str = "scheduled"  # scheduled | cancelled | postponed | rescheduled


@dataclass
class Service:
    """A service. `channels` and `organization` are filled in by the store when it is read.

    `topic_confidence` is None where the topics come from the source or its classes, and the
    confidence of the sentence encoder where it has assigned them.
    """

    id: str
    names: LocalizedText
    source: Source
    checked: Optional[str] = None
    kind: str = "service"  # service | permit | qualification | event | course | place
    alt_names: LocalizedText = field(default_factory=dict)
    summaries: LocalizedText = field(default_factory=dict)
    descriptions: LocalizedText = field(default_factory=dict)
    instructions: LocalizedText = field(default_factory=dict)
    requirements: LocalizedText = field(default_factory=dict)
    keywords: dict[str, list[str]] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    charge: str = "unknown"  # free | charged | unknown
    charge_info: LocalizedText = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    area: Area = field(default_factory=Area)
    organization_id: Optional[str] = None
    status: str = PUBLISHED
    terms: LocalizedText = field(default_factory=dict)  # deadlines, processing, validity
    target_groups: list[str] = field(default_factory=list)
    age_min: Optional[int] = None
    age_max: Optional[int] = None
    occurrence: Optional[Occurrence] = None
    topic_confidence: Optional[float] = None
    fallback: bool = False
    fictional: bool = False
    channels: list[Channel] = field(default_factory=list, compare=False)
    organization: Optional[Organization] = field(default=None, compare=False)

    @property
    def source_name(self) -> str:
        """The first part of the id: which importer made it."""
        return self.id.split(":", 1)[0]


@dataclass
class Batch:
    """What one import read, in the internal model.

    `whole_services`: channels and organisations are parts of the services, as in a table, rather
    than records of their own; they are not counted.
    """

    services: list[Service] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    organizations: list[Organization] = field(default_factory=list)
    whole_services: bool = False
    #: Record id -> the payload of its source, compressed (see `packed`).
    payloads: dict[str, bytes] = field(default_factory=dict)

    def counted(self) -> set[str]:
        """Ids of the records that an import report counts."""
        ids = {service.id for service in self.services}
        if not self.whole_services:
            ids |= {channel.id for channel in self.channels}
            ids |= {item.id for item in self.organizations if not item.name_only}
        return ids

    def parts_of(self, service: Service) -> set[str]:
        """Ids of the channels and the organisation that belong to a service."""
        if self._parts is None:
            self._parts = {}
            for connection in self.connections:
                self._parts.setdefault(connection.service_id, set()).add(connection.channel_id)
        return self._parts.get(service.id, set()) | {service.organization_id or ""}

    _parts: Optional[dict[str, set[str]]] = field(default=None, repr=False, compare=False)


def language_order(wanted: str, texts: Iterable[str]) -> list[str]:
    """The languages in the order in which a reader of `wanted` should be offered them."""
    order = [wanted, *FALLBACK_LANGUAGES, *sorted(texts)]
    return list(dict.fromkeys(order))


def text_in(texts: LocalizedText, language: str) -> str:
    """The text in the language, or in the best other one; empty if there is none."""
    return next((texts[code] for code in language_order(language, texts) if texts.get(code)), "")


def clean(texts: dict[str, Any]) -> LocalizedText:
    """The texts without the empty ones."""
    return {
        language: str(text).strip()
        for language, text in texts.items()
        if text is not None and str(text).strip()
    }


# Reading and writing ------------------------------------------------------------------------


def to_json(record: Any) -> str:
    """A record as JSON, without what is empty; the same record always gives the same text."""
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def as_dict(record: Any) -> dict[str, Any]:
    """A record as plain values, without what is empty."""
    plain = _plain(record)
    assert isinstance(plain, dict)
    return plain


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    fields = _fields(kind)
    if fields is not None:
        result = {}
        for name, default in fields:
            plain = _plain(getattr(value, name))
            if not _is_empty(plain, default):
                result[name] = plain
        return result
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


@cache
def _fields(kind: type) -> Optional[tuple[tuple[str, Any], ...]]:
    """Name and default of each field of a dataclass; None for another type."""
    if not dataclasses.is_dataclass(kind):
        return None
    return tuple((item.name, item.default) for item in dataclasses.fields(kind))


def _is_empty(value: Any, default: Any) -> bool:
    """True for what is left out; a zero only where it is the default, as Monday is day 0."""
    if value == 0 and not isinstance(value, bool):
        return bool(default == 0)
    return value in (None, "", [], {}, False)


def packed(payload: Any) -> bytes:
    """A payload of a source as compressed JSON, as it is kept beside its record."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), default=str)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(content: bytes) -> Any:
    """The payload that `packed` packed."""
    return json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))


def content_hash(*records: Any) -> str:
    """A hash of everything in the records."""
    digest = hashlib.blake2b(MODEL_VERSION.encode(), digest_size=16)
    for record in records:
        digest.update(to_json(record).encode())
        digest.update(b"\0")
    return digest.hexdigest()


def _hours_from(data: dict[str, Any]) -> Hours:
    return Hours(
        rules=[HoursRule(**rule) for rule in data.get("rules", ())],
        raw_text=data.get("raw_text", {}),
        always_open=data.get("always_open", False),
    )


def _contacts_from(data: dict[str, Any]) -> dict[str, Any]:
    data = dict(data)
    data["phones"] = [Phone(**phone) for phone in data.get("phones", ())]
    data["addresses"] = [Address(**address) for address in data.get("addresses", ())]
    data["hours"] = _hours_from(data.get("hours", {}))
    return data


def channel_from(data: dict[str, Any]) -> Channel:
    """A channel from its JSON form."""
    return Channel(**_contacts_from(data))


def connection_from(data: dict[str, Any]) -> Connection:
    """A connection from its JSON form."""
    return Connection(**_contacts_from(data))


def organization_from(data: dict[str, Any]) -> Organization:
    """An organisation from its JSON form."""
    data = dict(data)
    data["phones"] = [Phone(**phone) for phone in data.get("phones", ())]
    return Organization(**data)


def service_from(data: dict[str, Any]) -> Service:
    """A service from its JSON form."""
    data = dict(data)
    data["source"] = Source(**data["source"])
    data["area"] = Area(**data.get("area", {}))
    if data.get("occurrence"):
        data["occurrence"] = Occurrence(**data["occurrence"])
    data.setdefault("names", {})
    return Service(**data)


def connected(channel: Channel, connection: Connection) -> Channel:
    """The channel as one service offers it: what the connection says comes first."""
    if not (connection.urls or connection.phones or connection.addresses or connection.hours.known):
        return channel
    return dataclasses.replace(
        channel,
        urls={**channel.urls, **connection.urls},
        phones=_first_then(connection.phones, channel.phones),
        addresses=connection.addresses or channel.addresses,
        hours=connection.hours if connection.hours.known else channel.hours,
    )


def _first_then(first: Sequence[Phone], then: Sequence[Phone]) -> list[Phone]:
    numbers = {phone.number for phone in first}
    return [*first, *(phone for phone in then if phone.number not in numbers)]
