"""Webhooks of messaging apps: who sends is checked here, and it is acknowledged at once."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response

from assistant.channels.desk import Busy
from assistant.channels.platform import Platform, Webhook
from assistant.gateway.dependencies import PartsDep

router = APIRouter(prefix="/webhooks", tags=["webhooks"])

RETRY_SECONDS = 30


@router.get("/{channel}/webhook", include_in_schema=False)
async def handshake(channel: str, request: Request, parts: PartsDep) -> Response:
    """Answer a platform that checks the address."""
    platform = _platform(channel, parts)
    answer = platform.handshake(await _webhook(request, parts))
    if answer is None:
        raise HTTPException(403, "This is for the platform alone.")
    return Response(answer, media_type="text/plain")


@router.post("/{channel}/webhook")
async def receive(channel: str, request: Request, parts: PartsDep) -> Response:
    """Take the messages of a platform; they are answered afterwards."""
    platform = _platform(channel, parts)
    webhook = await _webhook(request, parts)
    if not platform.trusted(webhook):
        raise HTTPException(403, "This is for the platform alone.")
    try:
        await parts.messaging.desk.take(platform, webhook)
    except Busy:
        raise HTTPException(
            503, "Too many messages wait.", headers={"Retry-After": str(RETRY_SECONDS)}
        ) from None
    return Response(platform.accepted.body, media_type=platform.accepted.media_type)


def _platform(channel: str, parts: PartsDep) -> Platform:
    platform = parts.messaging.platform(channel)
    if platform is None:
        raise HTTPException(404, "There is no such channel.")
    return platform


async def _webhook(request: Request, parts: PartsDep) -> Webhook:
    query = f"?{request.url.query}" if request.url.query else ""
    return Webhook(
        method=request.method,
        url=f"{parts.settings.public_address}{request.url.path}{query}",
        headers={name.lower(): value for name, value in request.headers.items()},
        query=dict(request.query_params),
        body=await request.body(),
    )
