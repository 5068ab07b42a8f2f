"""The live API of PTV: which lists are asked for, and in which order.

v11 gives the services of a municipality with their connections; what they refer to is then asked
for by id. v12 has one search for each kind of record, and connections apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timezone
from typing import Any, Optional

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.records import (
    Record,
    api_records,
    get_json,
    json_records,
    masked,
    ptv_headers,
)
from assistant.catalogue.importers.ptv.areas import areas_of
from assistant.catalogue.importers.ptv.collector import reference
from assistant.catalogue.importers.ptv.common import CHANNEL, ORGANIZATION, SERVICE, identifier
from assistant.catalogue.importers.values import entries
from assistant.catalogue.municipalities import municipality as municipality_of

#: The first version with language versions, bare codes and a key.
FIRST_WITH_KEY = 12
#: Ids in one request: the limit of v11, and that of v12.
BATCH_V11 = 100
BATCH_V12 = 20
PAGE_SIZE = 100
#: A server that does not even give single records is not asked on.
MAX_FAILURES = 5
_API = re.compile(r"^(?P<base>https?://[^?#]*?/api/v(?P<version>\d+))(?:/(?P<rest>[^#]*))?$", re.I)
_OWNER = re.compile(
    r"^(https://([\w-]+\.)*palvelutietovaranto\.suomi\.fi|https?://(127\.0\.0\.1|localhost))"
    r"(:\d+)?/",
    re.I,
)

Params = dict[str, Any]


def live_records(url: str, municipality: Optional[str], reading: Reading) -> Iterator[Record]:
    """The records behind an address.

    Args:
        url: base address of the API, the address of one of its lists, or of any JSON.
        municipality: code; needed for a base address.
        reading: gets what is skipped, and whether everything was there.

    Raises:
        ImportFailed: if the first list cannot be read, or the key of v12 is missing.
    """
    api = _api(url, reading)
    if api is None:
        yield from json_records(url, reading)
    elif api.rest:
        yield from api.pages("", {})
    elif api.with_key:
        yield from _WalkV12(api, _code(url, municipality)).everything()
    else:
        yield from _WalkV11(api, _code(url, municipality)).everything()


def changed_records(
    url: str,
    municipality: Optional[str],
    since: datetime,
    known_ids: Collection[str],
    reading: Reading,
) -> Iterator[Record]:
    """The records that are new or have changed; unchanged ones become `reading.seen`.

    Raises:
        ImportFailed: as `live_records`, or if the address is not the base of the API.
    """
    api = _api(url, reading)
    if api is None or api.rest:
        raise ImportFailed(f"{masked(url)}: not the base address of the API of PTV (…/api/v11/)")
    code = _code(url, municipality)
    known = frozenset(known_ids)
    walk = _WalkV12(api, code) if api.with_key else _WalkV11(api, code)
    yield from walk.changes(since, known)


def _code(url: str, municipality: Optional[str]) -> str:
    if not municipality:
        raise ImportFailed(
            f"{masked(url)}: give the code of a municipality to read from the API of PTV"
        )
    return municipality


def _api(url: str, reading: Reading) -> Optional[Api]:
    match = _API.match(url.strip())
    if match is None:
        return None
    version = int(match.group("version"))
    headers: dict[str, str] = {}
    # The key goes to PTV alone, not to a mirror of it, and never unencrypted over a network.
    if version >= FIRST_WITH_KEY and _OWNER.match(url.strip()):
        headers = ptv_headers()
        if not headers:
            raise ImportFailed(f"{masked(url)}: PTV v12 needs a key: set KUNTAOPAS_PTV_API_KEY")
    return Api(url, match.group("base"), match.group("rest") or "", version, headers, reading)


class Api:
    """One API of PTV. It asks for pages, and for records by id."""

    def __init__(
        self,
        url: str,
        base: str,
        rest: str,
        version: int,
        headers: dict[str, str],
        reading: Reading,
    ) -> None:
        self.url = url
        self.rest = rest.strip("/")
        self.with_key = version >= FIRST_WITH_KEY
        self.reading = reading
        self._base = base
        self._headers = headers
        self._failures = 0

    def get(self, path: str, params: Params) -> Any:
        """A document of the API.

        Raises:
            ImportFailed: if it cannot be had.
        """
        return get_json(f"{self._base}/{path}", headers=self._headers, params=params)

    def pages(self, path: str, params: Params) -> Iterator[Record]:
        """The records of every page of a list.

        Raises:
            ImportFailed: if the first page cannot be read.
        """
        url = f"{self._base}/{path}" if path else self.url
        return api_records(url, self.reading, headers=self._headers, params=params)

    def by_ids(self, path: str, ids: Iterable[str]) -> Iterator[Record]:
        """Records of v11 by id; those that do not exist any more are left out.

        The server gives up on long lists now and then: they are asked for in halves then.
        """
        waiting = _chunks(sorted(set(ids)), BATCH_V11)
        while waiting:
            chunk = waiting.pop()
            try:
                data = self.get(path, {"guids": ",".join(chunk)})
            except ImportFailed as error:
                if _is_absent(error):
                    continue
                if len(chunk) > 1 and self._failures < MAX_FAILURES:
                    waiting += [chunk[: len(chunk) // 2], chunk[len(chunk) // 2 :]]
                else:
                    self.missing(f"{len(chunk)} of {path}: {error}")
                continue
            yield from _items(data, path)

    def one_by_one(self, path: str, ids: Iterable[str]) -> Iterator[Record]:
        """Records of v12 by id; those that do not exist any more are left out."""
        for wanted in sorted(set(ids)):
            if self._failures >= MAX_FAILURES:
                return
            try:
                data = self.get(f"{path}/{wanted}", {})
            except ImportFailed as error:
                if not _is_absent(error):
                    self.missing(str(error))
                continue
            yield Record(f"{path}/{wanted}", data)

    def missing(self, what: str) -> None:
        """Note what could not be read; nothing is withdrawn then."""
        self._failures += 1
        self.reading.complete = False
        self.reading.notes.append(f"not read: {what}")


def _items(data: Any, path: str) -> Iterator[Record]:
    """The records of a whole answer, which is a list or a page."""
    if isinstance(data, dict):
        listed = data.get("itemList")
        data = listed if isinstance(listed, list) else [data]
    for number, item in enumerate(data if isinstance(data, list) else (), start=1):
        yield Record(f"{path}, record {number}", item)


def _is_absent(error: ImportFailed) -> bool:
    return re.search(r"answers (404|410)\b", str(error)) is not None


def _chunks(items: list[str], size: int) -> list[list[str]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _bare(known: Collection[str], prefix: str) -> set[str]:
    return {found[len(prefix) :] for found in known if found.startswith(prefix)}


def _id(data: Any) -> str:
    if not isinstance(data, dict):
        return ""
    return identifier(data.get("contentId")) or identifier(data.get("id"))


# v11 ------------------------------------------------------------------------------------------


class _WalkV11:
    """What concerns a municipality, from the API v11."""

    def __init__(self, api: Api, code: str) -> None:
        self._api = api
        self._area = f"area/Municipality/code/{code}"
        self._channels: set[str] = set()
        self._organizations: set[str] = set()
        self._general: set[str] = set()

    def everything(self) -> Iterator[Record]:
        yield from self._services({})
        yield from self._noted(self._api.by_ids("ServiceChannel/list", self._channels))
        yield from self._api.by_ids("Organization/list", self._organizations)
        yield from self._api.by_ids("GeneralDescription/list", self._general)

    def _services(self, params: Params) -> Iterator[Record]:
        wanted = {"includeWholeCountry": "true", "serviceWithGD": "true", **params}
        return self._noted(self._api.pages(f"Service/list/{self._area}", wanted))

    def _noted(self, records: Iterator[Record]) -> Iterator[Record]:
        """The records; what they refer to is noted."""
        for record in records:
            data = record.data if isinstance(record.data, dict) else {}
            for item in entries(data.get("serviceChannels")):
                self._channels.add(reference(item, "serviceChannel")[0])
            for item in entries(data.get("organizations")):
                self._organizations.add(reference(item, "organization")[0])
            self._organizations.add(identifier(data.get("organizationId")))
            self._general.add(identifier(data.get("generalDescriptionId")))
            for found in (self._channels, self._organizations, self._general):
                found.discard("")
            yield record

    def changes(self, since: datetime, known: Collection[str]) -> Iterator[Record]:
        """What is new or changed. A vanished id means "remove", so all ids are asked for too."""
        date = {"date": _utc(since)}
        seen = self._api.reading.seen
        services = self._ids(f"Service/{self._area}", {"includeWholeCountry": "true"})
        known_services = _bare(known, SERVICE)
        seen.update(SERVICE + found for found in known_services & services)
        given = set()
        for record in self._services(date):
            given.add(_id(record.data))
            yield record
        # Those that came into the area without being changed themselves.
        others = services - known_services - given
        yield from self._noted(self._api.by_ids("Service/serviceWithGD/list", others))
        known_channels = _bare(known, CHANNEL)
        here = self._ids(f"ServiceChannel/{self._area}", {"includeWholeCountry": "true"})
        changed = self._ids("ServiceChannel", date)
        seen.update(CHANNEL + found for found in known_channels & here)
        # Whether a channel of another area is still there is only known by asking for it.
        wanted = (self._channels - known_channels) | (known_channels & changed)
        wanted |= known_channels - here
        yield from self._noted(self._api.by_ids("ServiceChannel/list", wanted))
        organizations = self._organizations | _bare(known, ORGANIZATION)
        yield from self._api.by_ids("Organization/list", organizations)
        yield from self._api.by_ids("GeneralDescription/list", self._general)

    def _ids(self, path: str, params: Params) -> set[str]:
        return {_id(record.data) for record in self._api.pages(path, params)} - {""}


def _utc(moment: datetime) -> str:
    """A moment as v11 wants it: in UTC, without saying so."""
    utc = moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment
    return utc.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")


# v12 ------------------------------------------------------------------------------------------


class _WalkV12:
    """What concerns a municipality, from the API v12."""

    def __init__(self, api: Api, code: str) -> None:
        self._api = api
        self._filters = list(_area_filters(code))

    def everything(self) -> Iterator[Record]:
        return self._walk(lambda data, prefix: True, lambda data: True)

    def changes(self, since: datetime, known: Collection[str]) -> Iterator[Record]:
        """What is new or changed.

        The searches of v12 give whole records only, so the sweep of ids is the reading itself;
        what was published before is not handed on.
        """
        moment = since.replace(tzinfo=timezone.utc) if since.tzinfo is None else since

        def is_new(data: dict[str, Any], prefix: str) -> bool:
            record_id = prefix + _id(data)
            if record_id not in known or _published_after(data, moment):
                return True
            self._api.reading.seen.add(record_id)
            return False

        return self._walk(is_new, lambda data: _published_after(data, moment))

    def _walk(
        self,
        is_new: Callable[[dict[str, Any], str], bool],
        is_new_connection: Callable[[dict[str, Any]], bool],
    ) -> Iterator[Record]:
        services = dict(self._search("service/search", required=True))
        connections = list(self._connections(services))
        fresh = {
            identifier(record.data.get("serviceContentId"))
            for record in connections
            if is_new_connection(record.data)
        }
        given = {
            found
            for found, record in services.items()
            if is_new(record.data, SERVICE) or found in fresh
        }
        yield from (services[found] for found in services if found in given)
        # All of them: a store takes a connection that is not named for one that has gone.
        yield from connections
        channels = {_channel_of(record.data) for record in connections} - {""}
        owners = {owner for record in services.values() for owner in _owners(record.data)}
        for record in self._channels(channels, owners):
            owners |= set(_owners(record.data))
            if is_new(record.data, CHANNEL):
                yield record
        for record in self._referenced("organization", owners, self._filters):
            if is_new(record.data, ORGANIZATION):
                yield record
        general = {
            identifier(services[found].data.get("generalDescriptionContentId")) for found in given
        }
        yield from self._referenced("general-description", general - {""}, [{}])

    def _search(self, path: str, required: bool = False) -> Iterator[tuple[str, Record]]:
        """(id, record) of a search in every area that the municipality is in, each once."""
        found: set[str] = set()
        for number, params in enumerate(self._filters):
            try:
                for record in self._pages(path, params):
                    wanted = _id(record.data)
                    if wanted and wanted not in found:
                        found.add(wanted)
                        yield wanted, record
            except ImportFailed as error:
                if required and number == 0:
                    raise
                self._api.missing(str(error))

    def _pages(self, path: str, params: Params) -> Iterator[Record]:
        return self._api.pages(path, {"page": 1, "pageSize": PAGE_SIZE, **params})

    def _connections(self, services: Iterable[str]) -> Iterator[Record]:
        for chunk in _chunks(sorted(services), BATCH_V12):
            try:
                for record in self._pages("connection/search", {"serviceContentIds": chunk}):
                    if isinstance(record.data, dict):
                        yield record
            except ImportFailed as error:
                self._api.missing(str(error))

    def _channels(self, wanted: set[str], owners: set[str]) -> Iterator[Record]:
        """The channels of the organisations that offer the services, then single other ones."""
        searches = [
            {"organizationContentIds": chunk} for chunk in _chunks(sorted(owners), BATCH_V12)
        ]
        return self._referenced("service-channel", wanted, searches)

    def _referenced(
        self, kind: str, wanted: set[str], searches: Iterable[Params]
    ) -> Iterator[Record]:
        """The records that are referred to: from searches, and by id what these do not have."""
        left = set(wanted)
        for params in searches:
            if not left:
                return
            try:
                for record in self._pages(f"{kind}/search", params):
                    if _id(record.data) in left:
                        left.discard(_id(record.data))
                        yield record
            except ImportFailed:
                # They are asked for one by one.
                continue
        yield from self._api.one_by_one(kind, left)


def _area_filters(code: str) -> Iterator[Params]:
    """The searches that give what is offered in a municipality.

    v12 keeps the areas of a service as they were given, so a service of a whole county is not
    found by the municipality.
    """
    yield {"municipalities": [code], "municipalitiesMatch": "any"}
    for kind, name in (("regions", "regions"), ("wellbeing_services_counties", "")):
        for area in areas_of(code, kind):
            name = name or "wellbeingServicesCounties"
            yield {name: [area], f"{name}Match": "any"}
    yield {"areaType": "WholeCountry"}
    known = municipality_of(code)
    if known is None or not known.in_aland:
        yield {"areaType": "WholeCountryExceptAland"}


def _owners(data: dict[str, Any]) -> Iterator[str]:
    others = data.get("otherResponsibleOrganizations")
    for value in [data.get("organizationContentId"), *(others if isinstance(others, list) else ())]:
        if identifier(value):
            yield identifier(value)


def _channel_of(data: dict[str, Any]) -> str:
    return identifier(data.get("serviceChannelContentId") or data.get("channelContentId"))


def _published_after(data: dict[str, Any], since: datetime) -> bool:
    """True if a record was published at that time or later, or does not say when."""
    value = str(data.get("publishedAt") or "")
    try:
        moment = datetime.fromisoformat(re.sub(r"\.\d+", "", value).replace("Z", "+00:00"))
    except ValueError:
        return True
    moment = moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment
    return moment >= since
