"""JSON answers with an `ETag`, and 304 for what the client has already."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Request, Response

from assistant.gateway.encoding import Content

#: What is open changes with the minute, so an answer is asked for again, cheaply.
CACHE = "no-cache"


def tagged(
    request: Request, content: Any, cache: str = CACHE, vary: str = "Accept-Language"
) -> Response:
    """The content as JSON with an `ETag`; 304 without it when the client has the same."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Content.of(body, "application/json").answer(request, cache, vary)
