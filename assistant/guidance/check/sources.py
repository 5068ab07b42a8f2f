"""Sources: which nobody uses, which are weak, and what is odd about their addresses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from assistant.catalogue.municipalities import municipalities
from assistant.guidance.check.data import Entry, GuidanceData
from assistant.guidance.check.files import used_sources
from assistant.guidance.check.problem import Problem


def source_problems(data: GuidanceData) -> Iterator[Problem]:
    """Warnings about sources and the addresses of sources and national contacts."""
    used = {name for guide in data.guides.values() for name in guide.names("sources")}
    for entry in (*data.laws.values(), *data.contacts.values()):
        used.update(used_sources(entry.content))
    known = {*data.hosts, *_municipal_hosts()}
    first: dict[str, str] = {}
    for source in data.sources.values():
        if source.id not in used:
            yield Problem("unused_source", source.file, source.id)
        if source.status == "dated":
            yield Problem("dated_source", source.file, source.id)
        for url in addresses(source):
            yield from _address(source, url, known)
            page = url.rstrip("/").removeprefix("https://").removeprefix("http://")
            other = first.setdefault(page.removeprefix("www."), source.id)
            if other != source.id:
                yield Problem("same_address", source.file, source.id, f"{url} is also {other}")
    for contact in data.contacts.values():
        for url in addresses(contact):
            yield from _address(contact, url, known)


def addresses(entry: Entry) -> Iterator[str]:
    """The web addresses of a source or a contact."""
    for name in ("url", "e_service_url"):
        value = entry.content.get(name)
        if value:
            yield str(value)


def host_of(url: str) -> str:
    """The host of a web address without `www.`; empty when it has none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def is_known(host: str, known: set[str]) -> bool:
    """True when a host or one that it belongs to is known: `lomakkeet.dvv.fi` for `dvv.fi`."""
    parts = host.split(".")
    return any(".".join(parts[start:]) in known for start in range(len(parts) - 1))


def _address(entry: Entry, url: str, known: set[str]) -> Iterator[Problem]:
    if not url.startswith("https://"):
        yield Problem("not_https", entry.file, entry.id, url)
    if not is_known(host_of(url), known):
        yield Problem("unknown_host", entry.file, entry.id, host_of(url) or url)


def _municipal_hosts() -> set[str]:
    """The hosts that municipalities have: their names without dots and spaces."""
    hosts = set()
    for place in municipalities():
        for name in (place.name_fi, place.name_sv):
            plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
            hosts.add("".join(plain.split()) + ".fi")
    return hosts
