"""The web API of Open Referral: lists in pages, and the full record of each service."""

from __future__ import annotations

import json
import re
from typing import Any, Optional
from urllib.parse import quote, urlsplit, urlunsplit

from assistant.catalogue.importers.base import ImportFailed
from assistant.catalogue.importers.files.addresses import masked
from assistant.catalogue.importers.files.api import api_records
from assistant.catalogue.importers.files.encodings import whole_text
from assistant.catalogue.importers.files.fetch import Fetcher
from assistant.catalogue.importers.hsds.documents import add_record
from assistant.catalogue.importers.hsds.records import Collector
from assistant.catalogue.importers.hsds.values import identifier

PARAMS = {"per_page": 100, "full": "true"}
MAX_DETAILS = 100_000
#: After so many full records in a row that cannot be had, the rest is not asked for.
MAX_FAILURES = 3
LISTS = ("services", "organizations", "service_at_locations")
#: A list whose records have any of these gives full records.
FULL_FIELDS = frozenset(
    (
        *("service_at_locations", "schedules", "phones", "languages", "service_areas"),
        *("cost_options", "attributes", "contacts", "regular_schedules", "eligibilitys"),
        *("service_taxonomys", "required_documents", "locations"),
    )
)


def read_api(url: str, collector: Collector) -> None:
    """Read an API: its root, one of its lists, or one record.

    Raises:
        ImportFailed: if the first page cannot be had.
    """
    base, name, key = _parts(url)
    with Fetcher() as fetcher:
        if key is not None:
            add_record(collector, masked(url), _document(fetcher, url))
            return
        if name is not None:
            _Details(url, base, fetcher, collector).read(url, name)
            return
        _Details(url, base, fetcher, collector).read(_address(url, base, "services"), "services")
        organizations = _address(url, base, "organizations")
        try:
            _Details(url, base, fetcher, collector).read(organizations, "organizations")
        except ImportFailed as error:
            # What services say of their organisations is known without this list.
            collector.reading.notes.append(f"the list of organisations cannot be had ({error})")


def _parts(url: str) -> tuple[str, Optional[str], Optional[str]]:
    """(path of the API, name of the list, id of the record) of an address."""
    path = urlsplit(url).path.rstrip("/")
    match = re.match(rf"^(.*?)/({'|'.join(LISTS)})(?:/([^/]+))?$", path)
    if match is None:
        return path, None, None
    return match.group(1), match.group(2), match.group(3)


def _address(url: str, base: str, *names: str) -> str:
    path = "/".join([base, *(quote(name, safe="") for name in names)])
    return urlunsplit(urlsplit(url)._replace(path=path, fragment=""))


def _document(fetcher: Fetcher, url: str) -> Any:
    answer = fetcher.get(url)
    with answer.content as content:
        text = whole_text(content, masked(url), "JSON")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise ImportFailed(f"{masked(url)}: the answer is not JSON") from None


class _Details:
    """Reads a list, and gets the full record where the list only has a part of it."""

    def __init__(self, url: str, base: str, fetcher: Fetcher, collector: Collector) -> None:
        self._url = url
        self._base = base
        self._fetcher = fetcher
        self._collector = collector
        self._wanted = True
        self._got = 0
        self._failed: list[tuple[str, dict[str, Any], str]] = []

    def read(self, url: str, name: str) -> None:
        """Read a list.

        Raises:
            ImportFailed: if the first page cannot be had.
        """
        for record in api_records(url, self._collector.reading, params=PARAMS):
            item = record.data
            key = identifier(item.get("id")) if isinstance(item, dict) else ""
            brief = name == "services" and key and not FULL_FIELDS & set(item)
            if brief and self._wanted:
                self._add_full(record.where, item, _address(self._url, self._base, name, key))
            else:
                add_record(self._collector, record.where, item)
        for where, item, reason in self._failed:
            key = self._collector.dataset.id("service", identifier(item.get("id")))
            self._collector.reject(where, reason, key)

    def _add_full(self, where: str, item: dict[str, Any], address: str) -> None:
        """Add the full record; one that cannot be had keeps what is stored of it."""
        if self._got >= MAX_DETAILS:
            self._give_up(f"there are more than {MAX_DETAILS}")
            add_record(self._collector, where, item)
            return
        try:
            record = _document(self._fetcher, address)
        except ImportFailed as error:
            self._failed.append((where, item, str(error)))
            if not self._got and len(self._failed) >= MAX_FAILURES:
                self._give_up(str(error))
            return
        self._got += 1
        add_record(self._collector, where, record)

    def _give_up(self, reason: str) -> None:
        self._wanted = False
        self._collector.reading.notes.append(
            f"full records cannot be had ({reason}): those of the list were taken"
        )
        failed, self._failed = self._failed, []
        for where, item, _ in failed:
            add_record(self._collector, where, item)
