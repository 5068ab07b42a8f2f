"""Which address a request comes from; it is known only as a keyed hash, and only in memory."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Optional, Union

from starlette.requests import Request

from assistant.settings import Network

logger = logging.getLogger(__name__)

FORWARDED = "x-forwarded-for"
#: One subscriber has at least so many addresses of IPv6: they count as one.
SUBSCRIBER_BITS = 64

Address = Union[IPv4Address, IPv6Address]


class Addresses:
    """Tells apart from where requests come, without keeping any address.

    `X-Forwarded-For` is believed only of the proxies that the operator named: anybody can send it.
    """

    def __init__(self, proxies: Sequence[Network]) -> None:
        self._proxies = proxies
        self._key = secrets.token_bytes(16)
        self._warned = False

    def name(self, request: Request) -> str:
        """A name for the address of a request, good for this process only."""
        peer = _address(request.client.host if request.client else "")
        found = self._sender(peer, request) if peer is not None else None
        shown = _subscriber(found) if found is not None else "unknown"
        return hashlib.blake2b(shown.encode(), key=self._key, digest_size=12).hexdigest()

    def _sender(self, peer: Address, request: Request) -> Address:
        forwarded = request.headers.getlist(FORWARDED)
        if not self._trusts(peer):
            if forwarded and not self._warned:
                self._warned = True
                logger.warning(
                    "X-Forwarded-For is not believed: if a proxy of yours sends it, name its "
                    "address in KUNTAOPAS_TRUSTED_PROXIES, or all people share one rate limit"
                )
            return peer
        sender = peer
        # The right end was written by the proxy that is nearest to us.
        for part in reversed(",".join(forwarded).split(",")):
            found = _address(part)
            if found is None:
                break
            sender = found
            if not self._trusts(found):
                break
        return sender

    def _trusts(self, address: Address) -> bool:
        return any(address in network for network in self._proxies)


def _address(text: str) -> Optional[Address]:
    """An address as proxies write it: also with a port, or IPv6 in brackets."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _subscriber(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((address, SUBSCRIBER_BITS), strict=False))
