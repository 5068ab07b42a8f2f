"""Fetching from the web: politely, within limits, and never from inside the own network.

One request at a time; a server that is busy is asked again later; an answer is kept in a temporary
file, so that a large one needs no memory.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO, Optional, cast
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import httpx

from assistant.catalogue.importers.base import ImportFailed
from assistant.catalogue.importers.files.addresses import (
    check_scheme,
    checked_addresses,
    masked,
)
from assistant.catalogue.importers.files.archives import size_limit, too_large
from assistant.catalogue.importers.files.encodings import markup, whole_text
from assistant.catalogue.importers.files.json_repair import repaired
from assistant.settings import get_settings

USER_AGENT = "kuntaopas-catalogue/1 (importer of municipal service catalogues)"
ATTEMPTS = 5
MAX_REDIRECTS = 5
#: Seconds: for one read of the network, for a whole answer, for one pause between attempts.
TIMEOUT = 60.0
MAX_ANSWER_TIME = 1800.0
MAX_PAUSE = 60.0
IN_MEMORY = 4_000_000
#: What a server may say of itself and mean "later".
_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))

Headers = Optional[Mapping[str, str]]
Params = Optional[Mapping[str, Any]]

sleep = time.sleep


@dataclass
class Answer:
    """An answer of a server.

    Attributes:
        url: the address that answered, after redirects.
        content: the body, as a file at its beginning.
        next_link: the next page as the header `Link` gives it.
    """

    url: str
    content: BinaryIO
    next_link: Optional[str] = None


class _Body(tempfile.SpooledTemporaryFile):
    """A body in memory or, if it is large, on disk. A zip archive in it asks `seekable`."""

    def seekable(self) -> bool:
        return True


class _Later(Exception):
    """The server cannot answer now."""

    def __init__(self, reason: str, pause: Optional[float] = None) -> None:
        super().__init__(reason)
        self.pause = pause


class CheckedTransport(httpx.BaseTransport):
    """Connects to the IP address that was checked, so that a second look-up cannot change it.

    The name of the host goes on in the header `Host` and in the check of the certificate.
    """

    def __init__(self) -> None:
        # One for each name: hosts that share an IP address must not share a connection.
        self._transports: dict[str, httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            ImportFailed: if the address is not allowed.
        """
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        transport = self._transports.setdefault(host, httpx.HTTPTransport(trust_env=False))
        extensions = {**request.extensions, "sni_hostname": host}
        failure: Optional[httpx.ConnectError] = None
        for address in checked_addresses(request.url.raw_host.decode("ascii").strip("[]"), port):
            sent = httpx.Request(
                method=request.method,
                url=request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions=extensions,
            )
            try:
                return transport.handle_request(sent)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = httpx.ConnectError(str(error))
        raise failure or httpx.ConnectError("no address")

    def close(self) -> None:
        """Close every connection."""
        for transport in self._transports.values():
            transport.close()


class Fetcher:
    """Fetches addresses one after the other, over connections that stay open between them.

    Args:
        headers: sent to the host of the first address only, never after a redirect to another.
    """

    def __init__(self, headers: Headers = None) -> None:
        self._headers = dict(headers or {})
        self._origin: Optional[tuple[str, str, Optional[int]]] = None
        self._stack = ExitStack()
        # Proxies of the environment would look names up by themselves, without the check.
        self._client = self._stack.enter_context(
            httpx.Client(
                transport=CheckedTransport(),
                timeout=TIMEOUT,
                trust_env=False,
                headers={"User-Agent": USER_AGENT, "Accept": "application/json, */*;q=0.5"},
            )
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def get(self, url: str) -> Answer:
        """The answer of an address; the caller closes its content.

        Raises:
            ImportFailed: if the address is not allowed, if there is no answer after several
                attempts, or if it is an error or too large.
        """
        check_scheme(url)
        if self._origin is None:
            self._origin = _origin(url)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._follow(url)
            except _Later as error:
                pause = error.pause if error.pause is not None else 2.0 ** (attempt - 1)
                if attempt == ATTEMPTS:
                    raise ImportFailed(f"{masked(url)}: {error}") from None
                if pause > MAX_PAUSE:
                    raise ImportFailed(
                        f"{masked(url)}: {error} and wants to be asked again in {pause:.0f} seconds"
                    ) from None
                sleep(pause)
        raise AssertionError("unreachable")

    def _follow(self, url: str) -> Answer:
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            check_scheme(address)
            own = self._headers if _origin(address) == self._origin else {}
            try:
                with self._client.stream("GET", address, headers=own) as response:
                    if response.status_code not in _REDIRECTS:
                        _check_status(response, address)
                        return Answer(address, _body(response, address), _link(response, address))
                    target = response.headers.get("location")
            except httpx.HTTPError as error:
                raise _Later(_failure(error)) from None
            except (httpx.InvalidURL, UnicodeError, ValueError):
                raise ImportFailed(f"{masked(address)}: not a web address") from None
            if not target:
                raise ImportFailed(f"{masked(address)}: redirected to nowhere")
            address = urljoin(address, target)
        raise ImportFailed(f"{masked(url)}: redirected more than {MAX_REDIRECTS} times")


def _origin(url: str) -> tuple[str, str, Optional[int]]:
    parts = urlsplit(url)
    return parts.scheme.lower(), (parts.hostname or "").lower(), parts.port


def _failure(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "the server does not answer in time"
    if isinstance(error, httpx.ConnectError):
        return f"no connection ({error})"
    return f"the connection failed ({error or type(error).__name__})"


def _check_status(response: httpx.Response, address: str) -> None:
    if response.is_success:
        return
    reason = f"the server answers {response.status_code}"
    if response.status_code in _LATER:
        raise _Later(reason, _retry_after(response.headers.get("retry-after")))
    if response.status_code in (401, 403):
        reason += " (a key is missing or wrong)"
    raise ImportFailed(f"{masked(address)}: {reason}")


def _retry_after(value: Optional[str]) -> Optional[float]:
    """Seconds of the header `Retry-After`, which is a number or a date."""
    if not value:
        return None
    try:
        return max(float(value), 0.0)
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return max((moment - datetime.now(timezone.utc)).total_seconds(), 0.0)


def _body(response: httpx.Response, address: str) -> BinaryIO:
    """The body in a temporary file; what is compressed for the way is unpacked and counted."""
    limit = size_limit()
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise too_large(masked(address), limit)
    until = time.monotonic() + MAX_ANSWER_TIME
    file = _Body(max_size=IN_MEMORY)
    size = 0
    try:
        for piece in response.iter_bytes():
            size += len(piece)
            if size > limit:
                raise too_large(masked(address), limit)
            if time.monotonic() > until:
                raise ImportFailed(f"{masked(address)}: the answer takes too long")
            file.write(piece)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return cast(BinaryIO, file)


def _link(response: httpx.Response, address: str) -> Optional[str]:
    target = response.links.get("next", {}).get("url")
    return urljoin(address, target) if target else None


def with_params(url: str, params: Params) -> str:
    """The address with parameters; one that is there already is replaced.

    A list gives the parameter several times, and None takes it away.
    """
    if not params:
        return url
    parts = urlsplit(url)
    query = [
        item for item in parse_qsl(parts.query, keep_blank_values=True) if item[0] not in params
    ]
    for name, value in params.items():
        if value is None:
            continue
        values = value if isinstance(value, (list, tuple)) else [value]
        query += [(name, str(item)) for item in values]
    return urlunsplit(parts._replace(query=urlencode(query)))


def download(url: str) -> BinaryIO:
    """The content of a web address as a file; the caller closes it.

    Raises:
        ImportFailed: as `Fetcher.get`.
    """
    with Fetcher() as fetcher:
        return fetcher.get(url).content


def get_json(url: str, *, headers: Headers = None, params: Params = None) -> Any:
    """The JSON document of a web address, in whole.

    For a single record or a code list; lists with pages are read with `api_records`.

    Raises:
        ImportFailed: as `Fetcher.get`, or if the answer is not JSON.
    """
    address = with_params(url, params)
    with Fetcher(headers) as fetcher:
        answer = fetcher.get(address)
    name = masked(answer.url)
    with answer.content as content:
        text = whole_text(content, name, "JSON")
    for candidate in (lambda: text, lambda: repaired(text)):
        try:
            return json.loads(candidate(), strict=False)
        except (ValueError, RecursionError):
            continue
    raise ImportFailed(f"{name}: this is {markup(text) or 'not valid JSON'}")


def ptv_headers() -> dict[str, str]:
    """The key of the Finnish Service Catalogue (v12), if the setting has one."""
    key = get_settings().ptv_api_key
    return {"x-api-key": key.get_secret_value()} if key is not None else {}
