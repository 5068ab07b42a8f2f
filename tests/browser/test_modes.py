"""The chat in the corner of a page, opened by a button."""

from __future__ import annotations

import pytest

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

CORNER = "/embed_preview.html?mode=button&language=fi"


@pytest.fixture
def corner(open_page, site):
    def visit(width=1280, path=CORNER):
        page = open_page(width=width)
        page.goto(site.address + path)
        page.locator(".launcher").wait_for()
        return page

    return visit


def test_the_panel_opens_begins_the_conversation_and_takes_the_focus(corner):
    page = corner()
    expect(page.locator(".chat")).to_be_hidden()
    page.locator(".launcher").click()
    expect(page.locator(".message.assistant").first).to_be_visible()
    expect(page.get_by_role("textbox")).to_be_focused()


def test_a_closed_panel_asks_the_gateway_for_nothing(corner):
    page = corner()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.locator(".launcher").wait_for()
    assert not [url for url in asked if "/api/" in url]


def test_escape_closes_the_panel_and_gives_the_focus_back(corner):
    page = corner()
    page.locator(".launcher").press("Enter")
    page.locator(".message.assistant").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator(".chat")).to_be_hidden()
    expect(page.locator(".launcher")).to_be_focused()


def test_escape_closes_an_open_menu_first(corner):
    page = corner()
    page.locator(".launcher").click()
    page.locator(".message.assistant").first.wait_for()
    page.locator(".menu .toggle").click()
    page.keyboard.press("Escape")
    expect(page.locator(".entries")).to_be_hidden()
    expect(page.locator(".chat")).to_be_visible()


def test_an_open_panel_is_open_on_the_next_page_with_what_was_said(corner):
    page = corner()
    page.locator(".launcher").click()
    page.get_by_role("textbox").fill("päivähoito")
    page.keyboard.press("Enter")
    page.locator(".card").first.wait_for()
    page.reload()
    expect(page.locator(".card").first).to_be_visible()


def test_the_panel_fills_a_small_screen(corner):
    page = corner(width=360)
    page.locator(".launcher").click()
    box = page.locator(".chat").bounding_box()
    assert (box["x"], box["y"], box["width"]) == (0, 0, 360)


def test_the_host_page_does_not_move(corner):
    page = corner()
    before = page.locator("h1").first.bounding_box()
    page.locator(".launcher").click()
    page.locator(".message.assistant").first.wait_for()
    assert page.locator("h1").first.bounding_box() == before


def test_the_heading_is_a_page_s_own_only_when_the_chat_is_the_page(corner, open_page):
    page = corner()
    assert page.locator("kuntaopas-chat h1").count() == 0
    assert open_page().locator("kuntaopas-chat .brand h1").count() == 1
