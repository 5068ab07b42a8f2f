"""Slow and lost networks, servers that restart, reloads, other tabs, long conversations."""

from __future__ import annotations

import pytest
from test_page import answers, say

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect


def test_a_server_that_is_away_for_a_moment_is_asked_again(open_page, site):
    page = open_page()
    failures = iter([503, 502])

    def answer(route):
        status = next(failures, None)
        if status is None:
            route.continue_()
        else:
            route.fulfill(status=status, body="")

    page.route("**/messages", answer)
    say(page, "päivähoito")
    expect(page.locator(".card").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert len(site.received) == 1


def test_an_answer_that_was_lost_on_the_way_is_not_asked_for_twice(open_page, site):
    page = open_page()
    lost = iter([True])

    def answer(route):
        if next(lost, False):
            route.fetch()  # it arrives, and its answer does not
            route.abort()
        else:
            route.continue_()

    page.route("**/messages", answer)
    say(page, "päivähoito")
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator(".message.person")).to_have_count(1)
    assert len(site.received) == 1


def test_a_message_that_was_on_its_way_survives_a_reload(open_page, site):
    page = open_page()
    page.route("**/messages", lambda route: route.abort())
    say(page, "päivähoito")
    expect(page.locator(".unsent")).to_have_count(1)
    page.unroute("**/messages")
    page.reload()
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator(".message.person")).to_have_count(1)
    assert len(site.received) == 1


def test_what_is_being_written_survives_a_reload(open_page):
    page = open_page()
    page.get_by_role("textbox").fill("haen paikkaa")
    page.reload()
    expect(page.get_by_role("textbox")).to_have_value("haen paikkaa")


def test_too_many_messages_get_a_polite_answer_and_the_text_is_kept(open_page):
    page = open_page()
    polite = {
        "kind": "info",
        "language": "fi",
        "direction": "ltr",
        "text": "Odota hetki.",
        "buttons": [],
        "cards": [],
        "sources": [],
    }
    page.route(
        "**/messages",
        lambda route: route.fulfill(status=429, json={"detail": "x", "messages": [polite]}),
    )
    say(page, "päivähoito")
    expect(answers(page).last).to_contain_text("Odota hetki.")
    expect(page.locator(".message.person.unsent")).to_contain_text("päivähoito")


def test_a_second_tab_of_the_same_conversation_keeps_up(open_page):
    page = open_page()
    kept = page.evaluate("JSON.stringify(Object.entries(sessionStorage))")
    other = page.context.new_page()
    other.add_init_script(f"for (const [key, value] of {kept}) sessionStorage.setItem(key, value)")
    other.goto(page.url)
    expect(answers(other)).to_have_count(1)
    say(page, "päivähoito")
    expect(page.locator(".card").first).to_be_visible()
    expect(other.locator(".card").first).to_be_visible()


def test_a_long_conversation_draws_only_what_is_near(open_page):
    page = open_page()
    for _ in range(5):
        say(page, "päivähoito")
    expect(answers(page)).to_have_count(11)
    visibility = "one => getComputedStyle(one).contentVisibility"
    assert page.locator(".message").first.evaluate(visibility) == "auto"
    assert page.locator(".message").last.evaluate(visibility) == "visible"


def test_the_size_of_the_text_is_chosen_and_remembered(open_page):
    page = open_page()

    def size():
        return page.locator(".chat").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")

    before = size()
    page.locator(".menu .toggle").click()
    page.get_by_role("button", name="Tekstin koko").click()
    assert size() > before
    page.reload()
    answers(page).first.wait_for()
    assert size() > before
