"""Liveness and readiness."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from assistant.gateway.dependencies import PartsDep
from assistant.gateway.schemas import ReadyForm

router = APIRouter(prefix="/health", tags=["health"])

PROBE_SECONDS = 2.0


@router.get("/live")
async def live() -> dict[str, str]:
    """The gateway runs."""
    return {"status": "live"}


@router.get("/ready", response_model=ReadyForm, responses={503: {"model": ReadyForm}})
async def ready(parts: PartsDep) -> Response:
    """Whether every part is ready, each named."""
    settings, http = parts.settings, parts.rasa.http
    rasa, actions, catalogue = await asyncio.gather(
        _answers(http, f"http://127.0.0.1:{settings.rasa_port}/webhooks/rest/"),
        _answers(http, f"http://127.0.0.1:{settings.actions_port}/health"),
        run_in_threadpool(parts.catalogue.ready),
    )
    found = {"rasa": rasa, "actions": actions, "catalogue": catalogue}
    if all(found.values()):
        return JSONResponse({"status": "ready", "parts": found})
    return JSONResponse({"status": "not ready", "parts": found}, 503)


async def _answers(http: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await http.get(url, timeout=PROBE_SECONDS)).status_code == 200
    except httpx.HTTPError:
        return False
