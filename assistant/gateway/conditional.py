"""Conditional answers: an `ETag`, and 304 for what the client has already (RFC 9110)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from fastapi import Request, Response

#: What is open changes with the minute, so an answer is asked for again, cheaply.
CACHE = "no-cache"


def tagged(request: Request, content: Any) -> Response:
    """The content as JSON with an `ETag`; 304 without it when the client has the same."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": CACHE, "Vary": "Accept-Language"}
    known = {
        item.strip().removeprefix("W/")
        for item in request.headers.get("If-None-Match", "").split(",")
    }
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
