"""Webhooks of messaging apps, passed on to Rasa's channels, which check their signatures."""

from __future__ import annotations

import logging

import httpx
from fastapi import APIRouter, HTTPException, Request, Response

from assistant.gateway.dependencies import PartsDep

logger = logging.getLogger(__name__)

router = APIRouter(prefix="/webhooks", tags=["webhooks"])

#: Rasa's channel for this gateway: it trusts the sender it is told, so it is never public.
INTERNAL = "rest"
#: Headers that belong to one connection, not to the message (RFC 9110, section 7.6.1).
_OF_CONNECTION = frozenset(
    (
        "connection",
        "content-length",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    )
)


@router.get("/{channel}/webhook", include_in_schema=False)
@router.post("/{channel}/webhook")
async def pass_on(channel: str, request: Request, parts: PartsDep) -> Response:
    """Pass a message of a platform on to its channel (GET: the platform checks the address)."""
    if channel == INTERNAL or channel not in parts.settings.enabled_channels:
        raise HTTPException(404, "There is no such channel.")
    headers = [
        (name, value)
        for name, value in request.headers.raw
        if name.decode("latin-1") not in _OF_CONNECTION
    ]
    try:
        answer = await parts.rasa.http.request(
            request.method,
            f"/webhooks/{channel}/webhook",
            params=request.url.query,
            content=await request.body(),
            headers=headers,
        )
    except httpx.HTTPError as error:
        logger.error("a message of %s was not taken: %s", channel, type(error).__name__)
        raise HTTPException(503, "The assistant cannot be reached now.") from None
    return Response(
        answer.content, answer.status_code, media_type=answer.headers.get("content-type")
    )
