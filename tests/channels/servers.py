"""Real servers on loopback, each in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from assistant.gateway.server import build_server


@contextmanager
def serving(app: Any, server: uvicorn.Server | None = None) -> Iterator[str]:
    """Serve an application; gives its address."""
    server = server or uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started:
        assert thread.is_alive() and time.monotonic() < deadline, "the server did not start"
        time.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(15)


@contextmanager
def gateway(app: Any) -> Iterator[str]:
    """Serve the gateway as it is served in earnest."""
    with serving(app, build_server(app, "127.0.0.1", 0)) as address:
        yield address
