"""Lists of records that a web API gives in pages.

Known envelopes: `pageNumber`/`pageCount` (Finnish Service Catalogue v11), `page`/`totalPages`
(v12), `page_number`/`total_pages` (Open Referral), `next` (Service Map), `meta.next` (Linked
Events) and the header `Link`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Optional
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.addresses import masked, same_host
from assistant.catalogue.importers.files.archives import open_gzip
from assistant.catalogue.importers.files.encodings import TextStream
from assistant.catalogue.importers.files.fetch import Answer, Fetcher, Headers, Params, with_params
from assistant.catalogue.importers.files.json_reader import JsonReader, Record

MAX_PAGES = 50_000
#: Pages without records, and pages that fail, in a row, before the rest is given up.
MAX_EMPTY = 3
MAX_FAILURES = 3
_COUNTED = (
    ("pageNumber", "pageCount"),
    ("page", "totalPages"),
    ("page_number", "total_pages"),
    ("number", "totalPages"),
    ("currentPage", "totalPages"),
)


def api_records(
    url: str, reading: Reading, *, headers: Headers = None, params: Params = None
) -> Iterator[Record]:
    """The records of a web address and of the pages that follow it.

    Args:
        url: the first page.
        reading: gets what is skipped, and is marked as incomplete if pages are missing.
        headers: such as a key; sent to the host of `url` only.
        params: added to the address, such as those for "changed since".

    Raises:
        ImportFailed: if the first page cannot be read. Another page that cannot be read is
            reported, and the pages after it are read.
    """
    yield from _Pages(reading).records(with_params(url, params), headers)


class _Pages:
    """Reads page after page, and stops where a server leads in circles."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._seen: set[str] = set()
        self._last_digest = b""
        self._empty = 0
        self._failures = 0
        self._first_total: Optional[int] = None
        self._from_zero = False

    def records(self, url: str, headers: Headers) -> Iterator[Record]:
        address: Optional[str] = url
        page = _page_of(url)
        with Fetcher(headers) as fetcher:
            while address is not None:
                if not self._may_read(address):
                    return
                self._seen.add(address)
                try:
                    answer = fetcher.get(address)
                    with answer.content as content:
                        if self._same_again(content):
                            return
                        reader = JsonReader(_text(content, address), masked(address), self._reading)
                        before = self._reading.read
                        count = 0
                        for record in reader.records():
                            count += 1
                            yield record
                        count += self._reading.read - before
                except ImportFailed as error:
                    if len(self._seen) == 1:
                        raise
                    if not self._report(error, address, page):
                        return
                    page += 1
                    address = with_params(url, {"page": page})
                    continue
                self._failures = 0
                self._empty = 0 if count else self._empty + 1
                envelope = reader.envelopes[0] if reader.envelopes else {}
                address, page = self._next(url, answer, envelope, page)

    def _may_read(self, address: str) -> bool:
        if address in self._seen:
            return self._stop("the next page is one that was read before")
        if len(self._seen) >= MAX_PAGES:
            return self._stop(f"there are more than {MAX_PAGES} pages")
        if self._empty >= MAX_EMPTY:
            return self._stop(f"{MAX_EMPTY} pages in a row have no records")
        return True

    def _same_again(self, content: BinaryIO) -> bool:
        """True when a server gives the page before once more; its records are not read twice."""
        digest = hashlib.blake2b()
        for piece in iter(lambda: content.read(1 << 20), b""):
            digest.update(piece)
        content.seek(0)
        same = digest.digest() == self._last_digest
        self._last_digest = digest.digest()
        if same:
            self._stop("the server gives the same page again")
        return same

    def _report(self, error: ImportFailed, address: str, page: int) -> bool:
        """Report a page that fails; true if the page after it is to be tried."""
        self._reading.complete = False
        self._reading.skip(masked(address), str(error).removeprefix(f"{masked(address)}: "))
        self._failures += 1
        total = self._first_total
        if total is None or page + 1 > total or self._failures >= MAX_FAILURES:
            return False if total is not None and page + 1 > total else self._give_up()
        return True

    def _give_up(self) -> bool:
        return self._stop("the pages after that were not read")

    def _stop(self, reason: str) -> bool:
        self._reading.complete = False
        self._reading.notes.append(f"reading pages was stopped: {reason}")
        return False

    def _next(
        self, url: str, answer: Answer, envelope: dict[str, Any], page: int
    ) -> tuple[Optional[str], int]:
        """The address and the number of the next page; None after the last one."""
        link = _next_link(envelope) or answer.next_link
        if link:
            return self._same_host(urljoin(answer.url, link), answer.url), page + 1
        for number_key, count_key in _COUNTED:
            total = _whole(envelope.get(count_key))
            if total is not None:
                return self._counted(url, _whole(envelope.get(number_key)), total, page)
        return None, page

    def _same_host(self, link: str, current: str) -> Optional[str]:
        if urlsplit(link).scheme not in ("http", "https") or not same_host(link, current):
            self._stop(f"the next page is on another host ({masked(link)}), which is not followed")
            return None
        if urlsplit(current).scheme == "https":
            # Servers behind a proxy often believe that they are reached without encryption.
            parts = urlsplit(link)
            netloc = parts.netloc.removesuffix(":80") if parts.scheme == "http" else parts.netloc
            link = urlunsplit(parts._replace(scheme="https", netloc=netloc))
        return link

    def _counted(
        self, url: str, current: Optional[int], total: int, asked: int
    ) -> tuple[Optional[str], int]:
        if self._first_total is None:
            self._first_total = total
            self._from_zero = current == 0
        page = asked if current is None else current
        if page < asked and len(self._seen) > 1:
            self._stop(f"the server gives page {page} instead of page {asked}")
            return None, page
        if page + 1 > total - self._from_zero:
            return None, page
        if total > 2 * self._first_total + 100:
            self._stop("the number of pages does not stop growing")
            return None, page
        return with_params(url, {"page": page + 1}), page + 1


def _page_of(url: str) -> int:
    number = dict(parse_qsl(urlsplit(url).query)).get("page", "")
    return int(number) if number.isdigit() and len(number) < 10 else 1


def _text(content: BinaryIO, address: str) -> TextStream:
    packed = content.read(2) == b"\x1f\x8b"
    content.seek(0)
    return TextStream(open_gzip(content, masked(address)) if packed else content)


def _next_link(envelope: dict[str, Any]) -> Optional[str]:
    """The address of the next page in an envelope."""
    places = [envelope, *(envelope.get(key) for key in ("meta", "links", "_links", "pagination"))]
    for place in places:
        if isinstance(place, dict):
            for key in ("next", "next_page_url", "@odata.nextLink"):
                link = place.get(key)
                link = link.get("href") if isinstance(link, dict) else link
                if isinstance(link, str) and link.strip():
                    return link.strip()
    return None


def _whole(value: Any) -> Optional[int]:
    if isinstance(value, bool):
        return None
    text = str(value if value is not None else "").strip()
    return int(text) if text.isdigit() and len(text) < 10 else None
