"""Which web addresses of the catalogue and of sources are dead, asked politely.

Each address is asked for once, one after the other, with a pause between two questions to the same
host. Only the head of a page is asked for. Addresses inside the machine's own network are refused
(see `importers.addresses`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Optional, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx

from assistant.catalogue.importers.base import ImportFailed
from assistant.catalogue.importers.files.addresses import check_scheme
from assistant.catalogue.importers.files.fetch import USER_AGENT, CheckedTransport
from assistant.catalogue.model import Service

TIMEOUT = 15.0
PAUSE = 1.0
MAX_REDIRECTS = 5
#: The page is gone for good.
DEAD = (404, 410)
#: The server does not answer questions for the head alone.
NO_HEAD = (400, 403, 405, 501)

Progress = Callable[[int, int], None]
#: What is wrong with an address: `dead_link` or `suspicious_link`, and the reason.
Finding = tuple[str, str]
#: A service, a source: what has a link.
Owner = TypeVar("Owner")


def links_of(services: Iterable[Service]) -> dict[str, list[Service]]:
    """Every web address of services, with the services that have it."""
    found: dict[str, list[Service]] = {}
    for service in services:
        urls = [url for channel in service.channels for url in channel.urls.values()]
        for url in dict.fromkeys(urls):
            found.setdefault(url, []).append(service)
    return found


def ask_for(
    links: Mapping[str, Sequence[Owner]],
    most: int,
    checker: Optional[LinkChecker] = None,
    progress: Optional[Progress] = None,
) -> Iterator[tuple[Owner, str, str]]:
    """The addresses with which something is wrong: (owner, kind, address and reason).

    Args:
        links: every address, with all that have it.
        most: how many addresses to ask for at most.
        checker: asks for them.
        progress: called with (done, total).
    """
    for url, (kind, reason) in (checker or LinkChecker()).check(islice(links, most), progress):
        for owner in links[url]:
            yield owner, kind, f"{url}: {reason}"


class LinkChecker:
    """Asks for web addresses.

    Args:
        pause: seconds between two questions to one host.
        sleep: waits; in tests something that does not.
    """

    def __init__(self, pause: float = PAUSE, sleep: Callable[[float], None] = time.sleep) -> None:
        self._pause = pause
        self._sleep = sleep
        self._asked: dict[str, float] = {}

    def check(
        self, urls: Iterable[str], progress: Optional[Progress] = None
    ) -> Iterator[tuple[str, Finding]]:
        """(address, what is wrong) of the addresses with which something is wrong."""
        wanted = list(urls)
        headers = {"User-Agent": USER_AGENT}
        with httpx.Client(
            transport=CheckedTransport(), timeout=TIMEOUT, headers=headers, trust_env=False
        ) as client:
            for done, url in enumerate(wanted, start=1):
                finding = self._finding(client, url)
                if finding is not None:
                    yield url, finding
                if progress is not None:
                    progress(done, len(wanted))

    def _finding(self, client: httpx.Client, url: str) -> Optional[Finding]:
        try:
            return self._follow(client, url)
        except httpx.TimeoutException:
            return "suspicious_link", "the server does not answer in time"
        except httpx.HTTPError as error:
            return "suspicious_link", f"no connection ({type(error).__name__})"
        except (ImportFailed, httpx.InvalidURL, UnicodeError, ValueError) as error:
            return "suspicious_link", str(error)

    def _follow(self, client: httpx.Client, url: str) -> Optional[Finding]:
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            check_scheme(address)
            response = self._ask(client, "HEAD", address)
            if response.status_code in NO_HEAD:
                response = self._ask(client, "GET", address)
            if response.is_redirect:
                address = urljoin(address, response.headers.get("location", ""))
                continue
            if response.status_code in DEAD:
                return "dead_link", f"the server answers {response.status_code}"
            if not response.is_success:
                return "suspicious_link", f"the server answers {response.status_code}"
            if _to_front_page(url, address):
                return "suspicious_link", f"leads to the front page {address}"
            return None
        return "suspicious_link", f"redirected more than {MAX_REDIRECTS} times"

    def _ask(self, client: httpx.Client, method: str, address: str) -> httpx.Response:
        host = urlsplit(address).netloc
        wait = self._asked.get(host, 0.0) + self._pause - time.monotonic()
        if wait > 0:
            self._sleep(wait)
        self._asked[host] = time.monotonic()
        # The body is not read: closing the stream ends the transfer.
        with client.stream(method, address) as response:
            return response


def _to_front_page(asked: str, reached: str) -> bool:
    """True when a page that had a path ends at the front page: it has probably gone."""
    return urlsplit(asked).path.strip("/") != "" and urlsplit(reached).path.strip("/") == ""
