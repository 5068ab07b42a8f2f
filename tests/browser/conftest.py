"""The gateway on a real port with a played Rasa, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest

from tests.browser.played_gateway import Site, played_gateway

sync_api = pytest.importorskip("playwright.sync_api")

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with played_gateway(tmp_path_factory.mktemp("home")) as running:
        yield running


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
