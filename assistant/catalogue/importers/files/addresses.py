"""Which web addresses an importer may read, and how they are written in reports.

An address may come from a page of a stranger's API. It must not lead into the network that this
machine stands in, so a host is looked up once, every address of it is checked, and the connection
is made to a checked address (see `fetch`).
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import Union
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from assistant.catalogue.importers.base import ImportFailed
from assistant.settings import get_settings

SCHEMES = ("http", "https")
MASK = "***"
#: Parameters whose values are keys or passwords.
_SECRET = re.compile(
    r"key|token|secret|passw|pwd|auth|signature|credential|^(sig|code|sas)$", re.IGNORECASE
)
#: IPv6 networks that stand for an IPv4 address in their last 32 bits.
_EMBEDDING = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))

_IP = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]


def is_url(path_or_url: str) -> bool:
    """True for anything that is written like a web address, whatever its scheme."""
    return re.match(r"^[a-z][a-z0-9+.-]+://", path_or_url.strip(), re.IGNORECASE) is not None


def masked(url: str) -> str:
    """The address without user name, password and keys, for messages and reports."""
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return re.sub(r"//[^/@]*@|\?.*", "", url)
    host = parts.netloc.rpartition("@")[2]
    netloc = f"{MASK}@{host}" if "@" in parts.netloc else host
    text = parts.query
    if any(_SECRET.search(name) for name, _ in query):
        shown = [(name, MASK if _SECRET.search(name) else value) for name, value in query]
        text = urlencode(shown, safe="*:/,")
    return urlunsplit(parts._replace(netloc=netloc, query=text))


def check_scheme(url: str) -> None:
    """Refuse an address that is not of the web.

    Raises:
        ImportFailed: if it is not http or https, or has no host.
    """
    try:
        parts = urlsplit(url)
        good = parts.scheme.lower() in SCHEMES and bool(parts.hostname)
        parts.port  # noqa: B018 - a port that is no number is an error
    except ValueError:
        good = False
    if not good:
        raise ImportFailed(f"{masked(url)}: only addresses with http:// or https:// can be read")


def checked_addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host, all of them outside private networks.

    Raises:
        ImportFailed: if the host is not found, or if one of its addresses is not public and the
            setting `KUNTAOPAS_ALLOW_PRIVATE_SOURCES` is off.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ImportFailed(f"{host}: there is no host of this name") from None
    addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
    if not get_settings().allow_private_sources:
        for address in addresses:
            if not is_public(address):
                raise ImportFailed(
                    f"{host}: the address points inside a private network and is refused "
                    "(KUNTAOPAS_ALLOW_PRIVATE_SOURCES=1 allows it)"
                )
    return addresses


def is_public(address: str) -> bool:
    """True for an IP address that belongs to the public internet."""
    try:
        ip: _IP = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner = _embedded(ip)
    if inner is not None:
        return is_public(str(inner))
    return "%" not in address and ip.is_global and not ip.is_multicast and not ip.is_reserved


def _embedded(ip: _IP) -> Union[ipaddress.IPv4Address, None]:
    """The IPv4 address that an IPv6 address stands for."""
    if not isinstance(ip, ipaddress.IPv6Address):
        return None
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if any(ip in network for network in _EMBEDDING):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def same_host(first: str, second: str) -> bool:
    """True when two addresses are of the same host and, apart from http and https, port."""
    a, b = urlsplit(first), urlsplit(second)
    if (a.hostname or "").lower() != (b.hostname or "").lower():
        return False
    return _port(a.scheme, a.port) == _port(b.scheme, b.port) or {
        _port(a.scheme, a.port),
        _port(b.scheme, b.port),
    } == {80, 443}


def _port(scheme: str, port: Union[int, None]) -> int:
    return port or (443 if scheme.lower() == "https" else 80)
