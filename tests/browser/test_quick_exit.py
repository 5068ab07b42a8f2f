"""Leaving the page quickly, in conversations about violence."""

from __future__ import annotations

import pytest
from test_page import say

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect


def in_danger(open_page, site, **options):
    page = open_page(path="/?language=en", **options)
    page.evaluate(
        f"document.querySelector('kuntaopas-chat').dataset.exitUrl = '{site.address}/health/live'"
    )
    say(page, "väkivalta")
    expect(page.locator(".quick-exit")).to_be_visible()
    return page


def conversation(page):
    return page.evaluate(
        "() => JSON.parse(sessionStorage.getItem(Object.keys(sessionStorage)"
        ".find((key) => key.startsWith('kuntaopas-conversation'))))"
    )


def is_erased(page, site, begun):
    answer = page.request.get(
        f"{site.address}/api/conversations/{begun['id']}",
        headers={"Authorization": f"Bearer {begun['token']}"},
    )
    return answer.status == 404


def test_one_press_leaves_and_erases_everything(open_page, site):
    page = in_danger(open_page, site)
    begun = conversation(page)
    page.get_by_role("button", name="Leave this page quickly").press("Enter")
    page.wait_for_url("**/health/live")
    assert is_erased(page, site, begun)
    page.goto(site.address + "/icon.svg")
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_escape_three_times_leaves(open_page, site):
    page = in_danger(open_page, site)
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("**/health/live")


def test_escape_twice_stays(open_page, site):
    page = in_danger(open_page, site)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)
    expect(page.locator(".quick-exit")).to_be_visible()


def test_the_back_button_does_not_lead_to_the_conversation(open_page, site):
    page = in_danger(open_page, site)
    page.get_by_role("button", name="Leave this page quickly").click()
    page.wait_for_url("**/health/live")
    page.go_back()
    assert not page.url.startswith(f"{site.address}/?")


def test_leaving_does_not_wait_for_a_slow_network(open_page, site):
    page = in_danger(open_page, site)
    page.route("**/api/conversations/*", lambda route: None)
    page.get_by_role("button", name="Leave this page quickly").click()
    page.wait_for_url("**/health/live", timeout=3000)


def test_other_conversations_have_no_such_bar(open_page):
    page = open_page()
    say(page, "päivähoito")
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator(".quick-exit")).to_have_count(0)


def test_after_a_reload_the_bar_is_there_again(open_page, site):
    page = in_danger(open_page, site)
    page.reload()
    expect(page.locator(".quick-exit")).to_be_visible()


def test_without_an_address_of_the_operator_it_leads_to_the_weather(open_page, site, browser):
    context = browser.new_context(locale="fi")
    page = context.new_page()
    page.route("https://**", lambda route: route.fulfill(body="sunny"))
    page.goto(site.address)
    page.locator(".message").first.wait_for()
    say(page, "väkivalta")
    page.locator(".exit").click()
    page.wait_for_url("https://www.ilmatieteenlaitos.fi/")
    context.close()
