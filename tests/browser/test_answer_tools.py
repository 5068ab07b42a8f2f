"""The tools under an answer: simpler, copy, feedback."""

from __future__ import annotations

import pytest
from test_page import answers, say

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def tools_of_the_answer(page, text="päivähoito"):
    say(page, text)
    tools = page.locator(".message.answer .tools").last
    expect(tools).to_be_visible()
    return tools


def sent_feedback(page):
    """What is sent as feedback from now on, and lets it through."""
    sent = []
    page.on(
        "request",
        lambda request: (
            sent.append(request.post_data_json) if request.url.endswith("/feedback") else None
        ),
    )
    return sent


def test_an_answer_can_be_said_more_simply(open_page, site):
    page = open_page()
    tools_of_the_answer(page).locator(".simpler").click()
    expect(answers(page).last).to_contain_text("Täytä hakemus. Odota")
    assert site.received[-1]["message"] == "/easy/early_childhood_education/apply_for_place"


def test_an_older_answer_can_still_be_said_more_simply(open_page, site):
    page = open_page()
    say(page, "päivähoito")
    say(page, "ihminen")
    page.locator(".simpler:visible").first.click()
    expect(answers(page).last).to_contain_text("Odota")
    assert site.received[-1]["message"].startswith("/easy/")


def test_an_emergency_is_short_enough(open_page):
    page = open_page()
    say(page, "apua")
    expect(page.locator(".emergency")).to_be_visible()
    expect(page.locator(".emergency .simpler")).to_have_count(0)


def test_what_was_said_more_simply_does_not_offer_it_again(open_page):
    page = open_page()
    tools_of_the_answer(page).locator(".simpler").click()
    expect(answers(page).last).to_contain_text("Odota")
    expect(answers(page).last.locator(".simpler")).to_have_count(0)
    page.reload()
    expect(answers(page).last).to_contain_text("Odota")
    expect(answers(page).last.locator(".simpler")).to_have_count(0)


def test_an_answer_is_copied_with_its_cards_and_the_addresses_of_its_sources(open_page):
    page = open_page(**CLIPBOARD)
    tools_of_the_answer(page).locator(".copy").click()
    expect(page.get_by_role("status").filter(has_text="Teksti on kopioitu.")).to_have_count(1)
    text = page.evaluate("navigator.clipboard.readText()")
    assert "1. Täytä hakemus verkossa." in text
    assert "Puhelin: +358 9 310 44986" in text
    assert "https://asiointi.hel.fi" in text
    assert "- Helsinki: Päivähoito (Tarkistettu 3.11.2026)" in text
    assert "javascript" not in text


def test_where_the_clipboard_is_not_to_be_had_the_old_way_of_copying_is_used(open_page):
    page = open_page(script="delete Navigator.prototype.clipboard;")
    page.evaluate(
        "document.addEventListener('copy', () => { window.copied = getSelection().toString() || "
        "document.activeElement.value })"
    )
    tools_of_the_answer(page).locator(".copy").click()
    expect(page.get_by_role("status").filter(has_text="Teksti on kopioitu.")).to_have_count(1)
    assert "Täytä hakemus" in page.evaluate("window.copied")


def test_a_helpful_answer_is_thanked_for_once(open_page):
    page = open_page()
    sent = sent_feedback(page)
    tools = tools_of_the_answer(page)
    happy = tools.locator(".happy")
    happy.click()
    expect(tools.locator(".thanks")).to_have_text("Kiitos")
    expect(page.get_by_role("status").filter(has_text="Kiitos")).to_have_count(1)
    expect(happy).to_be_focused()
    expect(tools.locator(".sad")).to_be_hidden()
    happy.press("Enter")
    page.wait_for_timeout(100)
    assert [one["helpful"] for one in sent] == [True]


def test_the_reason_is_chosen_by_keyboard_and_is_optional(open_page):
    page = open_page()
    sent = sent_feedback(page)
    tools = tools_of_the_answer(page)
    tools.locator(".sad").focus()
    page.keyboard.press("Enter")
    reasons = page.locator(".reasons")
    expect(reasons.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(tools.locator(".thanks")).to_be_visible()
    expect(reasons).to_have_count(0)
    expect(tools.locator(".sad")).to_be_focused()
    assert [(one["helpful"], one["reason"]) for one in sent] == [(False, "unclear")]


def test_no_reason_has_to_be_told(open_page):
    page = open_page()
    sent = sent_feedback(page)
    tools = tools_of_the_answer(page)
    tools.locator(".sad").click()
    page.locator(".reasons button").last.click()
    expect(tools.locator(".thanks")).to_be_visible()
    assert [one["reason"] for one in sent] == [None]


def test_who_leaves_without_a_reason_is_heard_too(open_page):
    page = open_page()
    tools_of_the_answer(page).locator(".sad").click()
    expect(page.locator(".reasons")).to_be_visible()
    with page.expect_request("**/feedback") as request:
        page.evaluate("dispatchEvent(new Event('pagehide'))")
    sent = request.value.post_data_json
    assert (sent["helpful"], sent["reason"]) == (False, None)


def test_a_rated_answer_is_not_asked_about_after_a_reload(open_page):
    page = open_page()
    tools = tools_of_the_answer(page)
    tools.locator(".happy").click()
    expect(tools.locator(".thanks")).to_be_visible()
    page.reload()
    expect(tools).to_be_visible()
    expect(tools.locator(".feedback")).to_be_hidden()


def test_feedback_that_is_not_sent_can_be_given_again(open_page):
    page = open_page()
    tools = tools_of_the_answer(page)
    page.route("**/feedback", lambda route: route.abort())
    tools.locator(".happy").click()
    expect(page.get_by_role("status").filter(has_text="ei lähetetty")).to_have_count(1)
    page.unroute("**/feedback")
    tools.locator(".happy").click()
    expect(tools.locator(".thanks")).to_be_visible()


def test_what_is_no_answer_has_no_feedback(open_page):
    page = open_page()
    say(page, "päivähoito")
    expect(page.locator(".message.question")).to_be_visible()
    expect(page.locator(".message.question .feedback")).to_have_count(0)
    expect(page.locator(".message.info .feedback")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_tool_has_a_name_and_room_for_a_thumb(open_page, width):
    page = open_page(width=width)
    tools = tools_of_the_answer(page)
    buttons = tools.locator("button:visible")
    assert buttons.count() == 4
    for button in buttons.all():
        box = button.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44
        assert button.get_attribute("aria-label") or button.inner_text()


def test_a_screen_reader_is_not_read_the_tools_with_every_answer(open_page):
    page = open_page()
    expect(tools_of_the_answer(page)).to_have_attribute("aria-live", "off")


def test_another_municipality_is_chosen_from_a_list_without_typing(open_page, site):
    page = open_page()
    say(page, "päivähoito")
    page.locator(".choices.latest .other").click()
    chosen = page.locator(".choices select")
    expect(chosen).to_be_focused()
    chosen.select_option(label="Lahti")
    page.locator(".choices select + *, .choices .list + .choice").first.click()
    expect(page.locator(".message.person").last).to_contain_text("Lahti")
    expect(page.locator(".typing")).to_have_count(0)
    assert site.received[-1]["message"] == "/inform/municipality/398"
