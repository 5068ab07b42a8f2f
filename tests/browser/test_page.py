"""The page in a browser, from a person's side."""

from __future__ import annotations

import re

import pytest

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect


#: What the widget itself offers beside the assistant's choices.
ANY_TEXT = re.compile(".+")


def say(page, text):
    page.get_by_role("textbox").click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def answers(page):
    return page.locator(".message.assistant")


def test_the_page_greets_in_the_language_of_the_browser(open_page):
    page = open_page(locale="so-SO")
    expect(answers(page).first).to_have_attribute("lang", "so")
    expect(page.locator("html")).to_have_attribute("lang", "so")


def test_a_person_chooses_arabic_and_the_page_turns_right_to_left(open_page, site):
    page = open_page()
    page.get_by_role("combobox").select_option("ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("kuntaopas-chat")).to_have_attribute("lang", "ar")
    expect(answers(page).first).to_have_attribute("dir", "rtl")
    expect(answers(page).last).to_contain_text("سأجيب")
    assert [sent["message"] for sent in site.received] == ["/language/ar"]
    menu, title = page.locator(".menu").bounding_box(), page.locator(".brand h1").bounding_box()
    assert menu["x"] < title["x"]


def test_a_language_chosen_later_keeps_what_was_said(open_page, site):
    page = open_page()
    say(page, "päivähoito")
    expect(answers(page)).to_have_count(3)
    page.get_by_role("combobox").select_option("ar")
    expect(answers(page).last).to_contain_text("سأجيب")
    expect(page.locator(".message.person").first).to_contain_text("päivähoito")
    expect(page.locator(".message.person").last).to_contain_text("العربية")
    assert len({sent["sender"] for sent in site.received}) == 1


def test_a_message_sent_by_keyboard_gets_a_card_and_buttons(open_page, site):
    page = open_page()
    say(page, "päivähoito lapselle")
    card = page.locator(".card").first
    expect(card).to_contain_text("Varhaiskasvatus Kallio")
    expect(card.locator("a.phone")).to_have_attribute("href", "tel:+358931044986")
    expect(card.locator(".links a")).to_have_count(4)
    expect(page.locator(".choices.latest button")).to_have_text(
        ["Helsinki", "Espoo", "Tampere", "En tiedä", ANY_TEXT]
    )
    expect(page.locator(".message.answer ol li")).to_have_count(3)
    assert site.received[0]["message"] == "päivähoito lapselle"


def test_shift_and_enter_begin_a_new_line(open_page, site):
    page = open_page()
    page.get_by_role("textbox").click()
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    expect(page.get_by_role("textbox")).to_have_value("one\ntwo")
    assert site.received == []


def test_enter_that_ends_the_choice_of_a_character_sends_nothing(open_page, site):
    page = open_page(locale="zh")
    box = page.get_by_role("textbox")
    box.fill("幼儿园")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    page.wait_for_timeout(200)
    expect(box).to_have_value("幼儿园")
    assert site.received == []


def test_a_button_sends_its_payload_and_shows_its_title(open_page, site):
    page = open_page()
    say(page, "päivähoito")
    page.get_by_role("button", name="Helsinki").click()
    expect(page.locator(".message.person").last).to_contain_text("Helsinki")
    expect(page.locator(".card")).to_have_count(3)
    assert [sent["message"] for sent in site.received] == [
        "päivähoito",
        "/inform/municipality/091",
    ]


def test_a_reload_goes_on_with_the_conversation(open_page, site):
    page = open_page()
    say(page, "päivähoito")
    page.get_by_role("button", name="Helsinki").click()
    expect(page.locator(".card")).to_have_count(3)
    before = page.locator(".message").all_inner_texts()
    page.reload()
    expect(page.locator(".message")).to_have_count(len(before))
    assert page.locator(".message").all_inner_texts() == before
    say(page, "lisää")
    expect(page.locator(".message.person")).to_have_count(3)
    expect(page.locator(".typing")).to_have_count(0)
    assert len({sent["sender"] for sent in site.received}) == 1


def test_a_lost_connection_keeps_the_text_and_sends_it_when_it_is_back(open_page, site):
    page = open_page()
    page.context.set_offline(True)
    say(page, "päivähoito")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".message.person.unsent")).to_contain_text("päivähoito")
    page.context.set_offline(False)
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator(".unsent")).to_have_count(0)
    expect(page.locator(".message.person")).to_have_count(1)
    assert [sent["message"] for sent in site.received] == ["päivähoito"]


def test_a_message_that_fails_can_be_sent_again(open_page, site):
    page = open_page()
    page.route("**/messages", lambda route: route.abort())
    say(page, "päivähoito")
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible()
    page.unroute("**/messages")
    alert.get_by_role("button").click()
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator(".message.person")).to_have_count(1)


def test_an_emergency_is_announced_at_once(open_page):
    page = open_page()
    say(page, "apua")
    expect(page.get_by_role("alert")).to_contain_text("112")
    expect(page.locator(".emergency a[href='tel:112']")).to_be_visible()


def test_a_deleted_conversation_is_gone_and_a_new_one_begins(open_page, site):
    page = open_page()
    say(page, "päivähoito")
    expect(page.locator(".card").first).to_be_visible()
    page.locator(".toggle").click()
    page.locator(".entries button").last.click()
    page.locator("dialog .confirm").click()
    expect(page.locator(".message")).to_have_count(1)
    page.reload()
    expect(page.locator(".message")).to_have_count(1)


def test_deleting_is_asked_about_first(open_page):
    page = open_page()
    say(page, "päivähoito")
    expect(page.locator(".card").first).to_be_visible()
    page.locator(".toggle").click()
    page.locator(".entries button").last.click()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator(".message.person")).to_have_count(1)


def test_starting_over_is_said_to_the_assistant(open_page, site):
    page = open_page()
    page.locator(".toggle").click()
    page.locator(".entries button").first.click()
    expect(page.locator(".message.person")).to_have_count(1)
    expect(page.locator(".card").first).to_be_visible()
    assert site.received[0]["message"] == "/bot_meta/start_over"


def test_a_conversation_erased_elsewhere_begins_anew_without_losing_the_message(open_page, site):
    page = open_page()
    page.evaluate(
        """async () => {
          const key = Object.keys(sessionStorage)[0];
          const {id, token} = JSON.parse(sessionStorage.getItem(key));
          const headers = {Authorization: `Bearer ${token}`};
          await fetch(`/api/conversations/${id}`, {method: "DELETE", headers});
        }"""
    )
    say(page, "päivähoito")
    expect(page.locator(".card").first).to_be_visible()


def test_the_demonstration_municipality_is_shown_and_used(open_page, site):
    page = open_page(path="/?municipality=999&language=en")
    expect(page.locator(".place .tag")).to_be_visible()
    say(page, "daycare")
    expect(page.locator(".card").first).to_be_visible()
    assert site.received[0]["metadata"]["municipality"] == "999"


def test_a_text_in_another_language_says_so(open_page):
    page = open_page(locale="ar")
    say(page, "حضانة")
    card = page.locator(".card").first
    expect(card.locator(".card-title bdi")).to_have_attribute("lang", "fi")
    expect(card.locator(".card-title bdi")).to_have_attribute("dir", "ltr")
    expect(card.locator(".other-language")).to_contain_text("الفنلندية")


def test_numbered_lines_are_a_list_in_arabic_too(open_page):
    page = open_page(locale="ar")
    say(page, "حضانة")
    expect(page.locator(".message.answer ol li")).to_have_count(3)
    expect(page.locator(".message.answer ol li").last).to_contain_text("Kela")


def test_an_address_that_is_no_web_address_is_no_link(open_page):
    page = open_page()
    say(page, "päivähoito")
    expect(page.locator(".card")).to_have_count(2)
    assert page.locator("a[href^='javascript']").count() == 0


@pytest.mark.parametrize("locale", ["fi", "ar"])
def test_a_narrow_phone_shows_everything_without_scrolling_sideways(open_page, locale):
    page = open_page(locale=locale, width=320)
    say(page, "päivähoito")
    expect(page.locator(".card")).to_have_count(2)
    wide = page.evaluate(
        """() => [document.documentElement, ...document.querySelector("kuntaopas-chat").shadowRoot
            .querySelectorAll(".log, header, .composer")]
            .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className)"""
    )
    assert wide == []


def test_everything_is_reached_with_the_tab_key(open_page):
    page = open_page()
    say(page, "päivähoito")
    expect(page.locator(".card")).to_have_count(2)
    reached = set()
    page.locator("select").focus()
    for _ in range(60):
        reached.add(
            page.evaluate(
                "() => { const at = document.querySelector('kuntaopas-chat').shadowRoot"
                ".activeElement; return at ? at.className || at.localName : 'outside'; }"
            )
        )
        page.keyboard.press("Tab")
    assert {
        "select",
        "toggle",
        "log",
        "choice",
        "phone",
        "link",
        "summary",
        "textarea",
        "send",
    } <= reached


def test_a_screen_reader_finds_a_log_and_a_named_field(open_page):
    page = open_page(path="/?language=en")
    expect(page.get_by_role("log", name="Conversation")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("textbox", name="Write what you need")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    expect(page.get_by_role("combobox", name="Language")).to_be_visible()
