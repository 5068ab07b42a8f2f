"""The gateway on a real port with a played Rasa, and a browser."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

import httpx
import pytest
from played_answers import answer

from assistant.gateway.app import create_app
from assistant.gateway.server import build_server
from assistant.settings import Settings

sync_api = pytest.importorskip("playwright.sync_api")

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
]


@dataclass
class Site:
    """The running gateway, and what reached its Rasa."""

    address: str = ""
    received: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = Site()

    async def rasa(request: httpx.Request) -> httpx.Response:
        sent = json.loads(request.content)
        running.received.append(sent)
        return httpx.Response(200, json=answer(sent))

    app = create_app(
        Settings(
            home=tmp_path_factory.mktemp("home"),
            database_url=None,
            # All browsers of the tests have one address, and are faster than people.
            requests_per_minute=0,
            conversations_per_minute=0,
            messages_per_minute=0,
        ),
        httpx.MockTransport(rasa),
    )
    server = build_server(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the gateway did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    running.address = f"http://127.0.0.1:{port}"
    yield running
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """Opens the page as a browser in a language; nothing may go wrong in it meanwhile."""
    contexts = []
    problems: list[str] = []

    def visit(
        locale: str = "fi", width: int = 1280, path: str = "/", script: str = "", **options: Any
    ) -> Any:
        """`script` runs before those of the page; `options` are those of a browser's context."""
        wanted = {"viewport": {"width": width, "height": 800}, "color_scheme": "light", **options}
        context = browser.new_context(locale=locale, **wanted)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda line: (
                problems.append(line.text)
                if line.type == "error" and "Failed to load resource" not in line.text
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                problems.append(f"asks {request.url}")
                if not request.url.startswith(site.address)
                else None
            ),
        )
        page.goto(site.address + path)
        page.locator(".message.assistant").first.wait_for()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture(autouse=True)
def forget_what_was_received(site: Site) -> None:
    site.received.clear()
