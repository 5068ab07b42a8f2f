"""The gateway on a real port with a played Rasa, for tests, measurements and screenshots."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from assistant.gateway.app import create_app
from assistant.gateway.server import build_server
from assistant.settings import Settings
from tests.browser.played_answers import answer


@dataclass
class Site:
    """The running gateway, and what reached its Rasa."""

    address: str = ""
    received: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def played_gateway(home: Path, **settings: Any) -> Iterator[Site]:
    """A gateway that runs until the context is left.

    Args:
        home: a folder for its databases.
        settings: others than those of a fresh installation without limits.
    """
    site = Site()

    async def rasa(request: httpx.Request) -> httpx.Response:
        sent = json.loads(request.content)
        site.received.append(sent)
        return httpx.Response(200, json=answer(sent))

    # All browsers of the tests have one address, and are faster than people.
    unlimited = {"requests_per_minute": 0, "conversations_per_minute": 0, "messages_per_minute": 0}
    app = create_app(
        Settings(home=home, database_url=None, **{**unlimited, **settings}),
        httpx.MockTransport(rasa),
    )
    server = build_server(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the gateway did not start")
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    site.address = f"http://127.0.0.1:{port}"
    try:
        yield site
    finally:
        server.should_exit = True
        thread.join()
