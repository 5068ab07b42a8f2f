"""The chat on a site of somebody else, the configurator, and the page without JavaScript."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Callable

import httpx
import pytest
from played_answers import answer

from assistant.gateway.app import create_app
from assistant.gateway.server import build_server
from assistant.settings import Settings

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

PAGE = """<!doctype html><html lang="fi"><head><meta charset="utf-8"><title>Kunta</title>
<link rel="icon" href="data:,"><script type="module" src="{gateway}/widget.js"></script></head>
<body><h1>Kunta</h1><kuntaopas-chat language="fi"><p>Soita <a href="tel:112">112</a></p>
</kuntaopas-chat><p id="after">Muuta</p></body></html>"""
#: What docs/embed.md tells a site to allow, and not more.
POLICY = (
    "default-src 'none'; img-src data:; "
    "script-src {gateway}; style-src {gateway}; connect-src {gateway}"
)


class Municipality(BaseHTTPRequestHandler):
    """The site of a municipality, with a strict policy of its own."""

    def __init__(self, gateway: str, *arguments: Any) -> None:
        self.gateway = gateway
        super().__init__(*arguments)

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY.format(gateway=self.gateway))
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        self.end_headers()
        self.wfile.write(PAGE.format(gateway=self.gateway).encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Addresses of a gateway, of a site on its list, and of one that is not."""
    listed, other = ("127.0.0.1", 0), ("127.0.0.1", 0)
    servers = [ThreadingHTTPServer(one, partial(Municipality, "")) for one in (listed, other)]
    addresses = [f"http://localhost:{one.server_address[1]}" for one in servers]

    async def rasa(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=answer(json.loads(request.content)))

    settings = Settings(
        home=tmp_path_factory.mktemp("home"), database_url=None, allowed_origins=addresses[0]
    )
    gateway = build_server(create_app(settings, httpx.MockTransport(rasa)), "127.0.0.1", 0)
    threads = [threading.Thread(target=gateway.run, daemon=True)]
    threads[0].start()
    while not gateway.started:
        assert threads[0].is_alive(), "the gateway did not start"
        time.sleep(0.01)
    address = f"http://127.0.0.1:{gateway.servers[0].sockets[0].getsockname()[1]}"
    for server in servers:
        server.RequestHandlerClass = partial(Municipality, address)  # type: ignore[assignment]
        threads.append(threading.Thread(target=server.serve_forever, daemon=True))
        threads[-1].start()
    yield {"gateway": address, "listed": addresses[0], "other": addresses[1]}
    gateway.should_exit = True
    for server in servers:
        server.shutdown()
        server.server_close()
    for thread in threads:
        thread.join()


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens an address; what goes wrong on the page is in its `problems`."""
    contexts = []

    def open_page(address: str, **options: Any) -> Any:
        context = browser.new_context(
            **{"locale": "fi", "viewport": {"width": 1280, "height": 900}, **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on(
            "console",
            lambda line: page.problems.append(line.text) if line.type == "error" else None,
        )
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def colours(page: Any, **chosen: str) -> None:
    page.get_by_label("Own colours").check()
    for name, value in chosen.items():
        page.get_by_role("textbox", name=name.replace("_", " "), exact=True).fill(value)


def test_a_listed_site_with_a_strict_policy_shows_the_chat(visit, sites):
    page = visit(sites["listed"])
    expect(page.locator(".message.assistant").first).to_be_visible()
    page.get_by_role("textbox").fill("päivähoito")
    page.keyboard.press("Enter")
    expect(page.locator(".card").first).to_contain_text("Varhaiskasvatus Kallio")
    assert page.problems == []


def test_a_site_that_is_not_listed_still_shows_its_own_contacts(visit, sites):
    page = visit(sites["other"])
    expect(page.get_by_role("link", name="112")).to_be_visible()
    assert page.evaluate("customElements.get('kuntaopas-chat') === undefined")


def test_without_javascript_the_page_shows_whom_to_call(visit, sites):
    page = visit(sites["gateway"] + "/?municipality=999", java_script_enabled=False)
    expect(page.get_by_role("link", name="112", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="116117", exact=True)).to_be_visible()
    expect(page.locator("kuntaopas-chat")).to_contain_text("Esimerkkilä")


def test_the_configurator_writes_the_lines_for_what_was_chosen(visit, sites):
    page = visit(sites["gateway"] + "/embed")
    page.get_by_label("Municipality").select_option("091")
    page.get_by_label("Language at first").select_option("ar")
    page.get_by_label("Heading").fill('Kysy "meiltä" <b>')
    page.get_by_label("Corner where lines begin").check()
    page.get_by_label("Its address").fill("https://www.hel.fi/fi/etusivu")
    assert page.locator("#html").inner_text().splitlines()[:2] == [
        f'<script type="module" src="{sites["gateway"]}/widget.js"></script>',
        '<kuntaopas-chat municipality="091" language="ar" mode="button" position="start"'
        ' heading="Kysy &quot;meiltä&quot; &lt;b>">',
    ]
    expect(page.locator("#setting")).to_have_text("KUNTAOPAS_ALLOWED_ORIGINS=https://www.hel.fi")
    expect(page.locator("#policy")).to_contain_text(f"connect-src {sites['gateway']}")
    assert page.problems == []


def test_the_preview_follows_what_is_chosen(visit, sites):
    page = visit(sites["gateway"] + "/embed")
    page.get_by_label("Within the page").check()
    page.get_by_label("Municipality").select_option("999")
    chat = page.frame_locator("#preview").locator("kuntaopas-chat")
    expect(chat).to_have_attribute("municipality", "999")
    expect(chat.locator(".message.assistant").first).to_be_visible()
    colours(page, Accent="#7a0b3d")
    expect(page.locator("#css")).to_contain_text("--kuntaopas-accent: #7a0b3d;")
    expect(chat).to_have_attribute("style", re.compile("^--kuntaopas-accent: #7a0b3d;"))
    assert page.problems == []


def test_colours_that_do_not_stand_out_are_warned_about_in_words(visit, sites):
    page = visit(sites["gateway"] + "/embed")
    warning = page.locator("#contrast")
    colours(page, Text="#767676")
    expect(warning).to_be_empty()  # 4.54:1 on white
    colours(page, Text="#777777")
    expect(warning).to_have_text(
        "⚠ Text on the surface: contrast 4.4:1. People need at least 4.5:1 to read it."
    )
    colours(page, Text="#000", Accent="#ffdd00")
    expect(warning.locator("p")).to_have_count(2)
    page.get_by_label("Own colours").uncheck()
    expect(warning).to_be_empty()


def test_the_configurator_is_used_by_keyboard_alone(visit, sites):
    page = visit(sites["gateway"] + "/embed", permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("Tab")
    page.keyboard.type("Espoo")
    expect(page.get_by_label("Municipality")).to_have_value("049")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#html")).to_contain_text('municipality="049" mode="inline"')
    for _ in range(40):
        if page.evaluate("document.activeElement.dataset.copies") == "html":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#html").text_content()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_configurator_never_scrolls_sideways(visit, sites, width):
    page = visit(sites["gateway"] + "/embed", viewport={"width": width, "height": 800})
    colours(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_conversation_that_is_left_quickly_is_erased(visit, sites):
    page = visit(sites["listed"])
    expect(page.locator(".message.assistant").first).to_be_visible()
    stored = "Object.keys(sessionStorage).map((key) => sessionStorage.getItem(key))"
    kept = next(one for one in page.evaluate(stored) if "token" in one)
    conversation = json.loads(kept)
    page.evaluate(
        """([gateway, {id, token}]) => {
          fetch(`${gateway}/api/conversations/${id}`, {
            method: "DELETE", keepalive: true, headers: {Authorization: `Bearer ${token}`},
          });
          location.replace("about:blank");
        }""",
        [sites["gateway"], conversation],
    )
    page.wait_for_url("about:blank")
    headers = {"Authorization": f"Bearer {conversation['token']}"}
    path = f"{sites['gateway']}/api/conversations/{conversation['id']}"
    for _ in range(100):
        if httpx.get(path, headers=headers).status_code == 404:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the conversation is still there")


def test_the_files_of_the_gateway_come_in_few_requests(visit, sites):
    asked: list[str] = []
    page = visit("about:blank")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(sites["gateway"])
    expect(page.locator(".message.assistant").first).to_be_visible()
    scripts = [url for url in asked if Path(url.partition("?")[0]).suffix == ".js"]
    assert sorted(Path(url.partition("?")[0]).name for url in scripts) == ["page.js", "widget.js"]
    assert len(asked) == len(set(asked))  # what was preloaded is not asked for again
