"""ASGI middleware around every route: size of requests, headers of answers, a line in the log."""

from __future__ import annotations

import logging
import time
from collections.abc import MutableMapping
from typing import Any

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

MAX_BODY = 64 * 1024
TOO_LARGE = "The request is too large: at most 64 KiB."


class BodyLimit:
    """Refuses requests whose body is larger than `MAX_BODY`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            await JSONResponse({"detail": TOO_LARGE}, 413)(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            part = await receive()
            received += len(part.get("body") or b"")
            if received > MAX_BODY:
                raise HTTPException(413, TOO_LARGE)
            return part

        await self._app(scope, counted, send)


class SecurityHeaders:
    """Adds to every answer what a browser may do with it."""

    #: Files that other sites embed; the allow-list of `AllowedOrigins` decides which sites may.
    EMBEDDED = (".js", ".css", ".svg", ".json")

    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": (
                "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
                f"frame-ancestors {' '.join(frame_ancestors.split())}"
            ),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            # The page's own dictation may ask for the microphone; nobody else may.
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(part: Message) -> None:
            if part["type"] == "http.response.start":
                headers = MutableHeaders(scope=part)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                embedded = scope["path"].endswith(self.EMBEDDED)
                headers.setdefault(
                    "Cross-Origin-Resource-Policy", "cross-origin" if embedded else "same-origin"
                )
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(part)

        await self._app(scope, receive, send_with_headers)


class RequestLog:
    """Logs method, route, status and time; never a query, a body or a conversation's id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def noted(part: MutableMapping[str, Any]) -> None:
            nonlocal status
            if part["type"] == "http.response.start":
                status = part["status"]
            await send(part)

        try:
            await self._app(scope, receive, noted)
        finally:
            route = getattr(scope.get("route"), "path", "-")
            took = 1000 * (time.perf_counter() - started)
            logger.info("%s %s %d %.0f ms", scope["method"], route, status, took)
