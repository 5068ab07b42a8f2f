"""Answers with an `ETag`, compressed for clients that can read it (RFC 9110).

Each form of an answer has a tag of its own, as strong tags demand.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from typing import Optional

from starlette.requests import Request
from starlette.responses import Response

#: A smaller answer fits into one packet anyway.
SMALLEST = 500
#: For what is made anew for each answer; files are compressed once, as small as they get.
QUICK, SMALL = 6, 9


@dataclass(frozen=True)
class Content:
    """A body in its forms, ready to be sent."""

    body: bytes
    packed: Optional[bytes]
    media_type: str
    digest: str

    @classmethod
    def of(cls, body: bytes, media_type: str, level: int = QUICK) -> Content:
        """Compress a body, if that makes it smaller."""
        packed = gzip.compress(body, level, mtime=0) if len(body) >= SMALLEST else None
        if packed is not None and len(packed) >= len(body):
            packed = None
        return cls(body, packed, media_type, hashlib.blake2b(body, digest_size=16).hexdigest())

    def answer(self, request: Request, cache: str, vary: str = "") -> Response:
        """The answer to a request; 304 without the body when the client has the same.

        Args:
            request: what is asked.
            cache: the value of `Cache-Control`.
            vary: headers besides `Accept-Encoding` that the answer depends on.
        """
        body, tag = self.body, f'"{self.digest}"'
        headers = {"Cache-Control": cache}
        kinds = [vary] if vary else []
        if self.packed is not None:
            kinds.append("Accept-Encoding")
            if accepts_gzip(request.headers.get("accept-encoding", "")):
                body, tag = self.packed, f'"{self.digest}-gzip"'
                headers["Content-Encoding"] = "gzip"
        if kinds:
            headers["Vary"] = ", ".join(kinds)
        headers["ETag"] = tag
        if _is_known(tag, request.headers.get("if-none-match", "")):
            headers.pop("Content-Encoding", None)
            return Response(status_code=304, headers=headers)
        headers["Content-Length"] = str(len(body))
        if request.method == "HEAD":
            return Response(headers=headers, media_type=self.media_type)
        return Response(body, headers=headers, media_type=self.media_type)


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a client reads gzip, by its `Accept-Encoding`."""
    for part in accept_encoding.lower().split(","):
        name, _, quality = part.strip().partition(";")
        if name.strip() in ("gzip", "x-gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _is_known(tag: str, if_none_match: str) -> bool:
    known = {item.strip().removeprefix("W/") for item in if_none_match.split(",")}
    return tag in known or "*" in known
