"""Limits on how much one address or one conversation may ask, kept in memory alone."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Optional

from fastapi import HTTPException
from starlette.requests import Request

from assistant.dialogue.messages import message
from assistant.gateway.addresses import Addresses
from assistant.i18n import marked, translator
from assistant.settings import Settings

#: Buckets that one limit keeps at most; the one that was used least recently goes first.
MOST_BUCKETS = 20_000
TOO_MANY = marked(
    "Too many messages came at once. Please wait a moment and send your message again. "
    "In an emergency, call 112."
)


class TooManyRequests(HTTPException):
    """A request beyond a limit: it says how long to wait, politely."""

    def __init__(self, seconds: float, language: str) -> None:
        wait = max(1, math.ceil(seconds))
        super().__init__(
            429, f"Too many requests: please wait {wait} s.", {"Retry-After": str(wait)}
        )
        text = translator(language).gettext(TOO_MANY)
        self.messages = [message(language, text, kind="info")]

    @property
    def content(self) -> dict[str, Any]:
        """The body of the answer."""
        return {"detail": self.detail, "messages": self.messages}


class TokenBuckets:
    """A bucket of tokens for each name: full at first, refilled evenly, a request takes one.

    Args:
        per_minute: size of a bucket, and what it is refilled with in a minute; 0: no limit.
        clock: gives seconds.
    """

    def __init__(
        self,
        per_minute: int,
        clock: Callable[[], float] = time.monotonic,
        most: int = MOST_BUCKETS,
    ) -> None:
        self._size = float(per_minute)
        self._clock = clock
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, name: str) -> float:
        """Take a token; 0.0, or the seconds until there is one."""
        if not self._size:
            return 0.0
        now = self._clock()
        tokens, since = self._buckets.pop(name, (self._size, now))
        tokens = min(self._size, tokens + (now - since) * self._size / 60)
        enough = tokens >= 1
        self._buckets[name] = (tokens - 1 if enough else tokens, now)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return 0.0 if enough else (1 - tokens) * 60 / self._size


class Limits:
    """The limits of an installation; each gateway process counts for itself."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._addresses = Addresses(settings.proxies)
        self._requests = TokenBuckets(settings.requests_per_minute, clock)
        self._begun = TokenBuckets(settings.conversations_per_minute, clock)
        self._messages = TokenBuckets(settings.messages_per_minute, clock)

    def request(self, request: Request) -> float:
        """Count a request of its address; 0.0, or the seconds to wait."""
        return self._requests.take(self._addresses.name(request))

    def begin(self, request: Request) -> float:
        """Count a conversation begun from the address of a request."""
        return self._begun.take(self._addresses.name(request))

    def message(self, conversation_id: str) -> float:
        """Count a message of a conversation."""
        return self._messages.take(conversation_id)


def refuse_beyond(seconds: Optional[float], language: str) -> None:
    """Refuse a request when there are seconds to wait.

    Raises:
        TooManyRequests: with the polite message in a language.
    """
    if seconds:
        raise TooManyRequests(seconds, language)
