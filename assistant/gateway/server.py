"""The web server of the gateway."""

from __future__ import annotations

import uvicorn
from fastapi import FastAPI

from assistant.gateway.app import create_app
from assistant.settings import Settings

#: Seconds an idle connection of a browser or a proxy is kept.
KEEP_ALIVE_SECONDS = 20


def build_server(app: FastAPI, host: str, port: int) -> uvicorn.Server:
    """A server for the gateway; port 0 takes any free one.

    Uvicorn's own access log would show what people search for, and its WebSockets need another
    version of `websockets` than Rasa: both are off. So is its belief in `X-Forwarded-For` from
    the machine itself: `assistant.gateway.addresses` believes the proxies that the operator names.
    """
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            ws="none",
            access_log=False,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
    )


def serve(settings: Settings) -> None:
    """Run the gateway until it is stopped."""
    build_server(create_app(settings), settings.host, settings.port).run()
