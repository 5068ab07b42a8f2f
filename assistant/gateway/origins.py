"""ASGI middleware: which sites may use the widget and the API from a browser (CORS)."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "HEAD", "POST", "DELETE")
REQUEST_HEADERS = "Authorization, Content-Type"
#: What a script of another site may read of an answer, besides the simple headers.
ANSWER_HEADERS = "Retry-After"
#: Seconds for which a browser need not ask again (Chromium takes no more).
PREFLIGHT_SECONDS = 7200
#: Never for other sites' scripts: messaging platforms, monitoring, the page about one person.
CLOSED = ("/webhooks/", "/health/", "/assessment/")


class AllowedOrigins:
    """Lets the listed sites, and no others, load the modules and call the API.

    A site that is not listed gets the same answers without the headers that would let its scripts
    read them; a browser's preflight from it is refused.
    """

    def __init__(self, app: ASGIApp, origins: Iterable[str]) -> None:
        self._app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http" or scope["path"].startswith(CLOSED):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        allowed = origin if origin in self._origins else None
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _preflight(headers, allowed)(scope, receive, send)
            return

        async def send_with_headers(part: Message) -> None:
            if part["type"] == "http.response.start":
                answer = MutableHeaders(scope=part)
                # Also without an origin: a cache must not give one site's answer to another.
                answer.add_vary_header("Origin")
                if allowed is not None:
                    answer["Access-Control-Allow-Origin"] = allowed
                    answer["Access-Control-Expose-Headers"] = ANSWER_HEADERS
            await send(part)

        await self._app(scope, receive, send_with_headers)


def _preflight(asked: Headers, allowed: str | None) -> Response:
    vary = {"Vary": "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"}
    if allowed is None:
        detail = "This site may not use the assistant: its operator lists the sites that may."
        return JSONResponse({"detail": detail}, 403, headers=vary)
    if asked["access-control-request-method"] not in METHODS:
        return JSONResponse({"detail": "This method is not used here."}, 405, headers=vary)
    return Response(
        status_code=204,
        headers={
            **vary,
            "Access-Control-Allow-Origin": allowed,
            "Access-Control-Allow-Methods": ", ".join(METHODS),
            "Access-Control-Allow-Headers": REQUEST_HEADERS,
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        },
    )
