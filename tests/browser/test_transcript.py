"""The conversation to take along: copied, saved, printed."""

from __future__ import annotations

import pytest
from test_page import answers, say

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
#: The page is not printed; what would be is looked at.
PLAYED_PRINTER = "window.print = () => console.log('printed');"


def choose(page, name):
    page.locator(".toggle").click()
    page.locator(f".entries button:has(.icon-{name})").click()


def test_the_whole_conversation_is_copied(open_page):
    page = open_page(**CLIPBOARD)
    say(page, "päivähoito")
    expect(page.locator(".card")).to_have_count(2)
    choose(page, "copy")
    expect(page.get_by_role("status").filter(has_text="kopioitu")).to_have_count(1)
    text = page.evaluate("navigator.clipboard.readText()").replace("\r", "")
    assert text.startswith("Kuntaopas\n")
    assert "Sinä:\npäivähoito\n" in text
    assert text.index("Avustaja:\nHae päivähoitopaikkaa") < text.index("Missä kunnassa asut?")


def saved(page):
    with page.expect_download() as download:
        choose(page, "save")
    return download.value


def test_a_saved_conversation_is_a_text_file_with_its_date_and_languages(open_page):
    page = open_page()
    say(page, "päivähoito")
    expect(page.locator(".card")).to_have_count(2)
    file = saved(page)
    assert file.suggested_filename.startswith("kuntaopas-2")
    raw = file.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Kuntaopas"
    assert lines[3] == "Kielet: suomi"


def test_every_line_of_a_saved_arabic_conversation_begins_from_the_right(open_page):
    page = open_page(locale="ar")
    say(page, "حضانة")
    expect(page.locator(".card")).to_have_count(2)
    lines = saved(page).path().read_text("utf-8-sig").split("\n")
    card = next(line for line in lines if "Varhaiskasvatus Kallio" in line)
    assert card.startswith("\u200f* ")
    phone = next(line for line in lines if "44986" in line and "هاتف" in line)
    assert "\u2066+358 9 310 44986\u2069" in phone


def printed(page):
    with page.expect_console_message(lambda line: line.text == "printed"):
        choose(page, "print")
    page.emulate_media(media="print")
    return page.locator("[data-kuntaopas-print]")


def test_paper_shows_the_conversation_with_addresses_and_nothing_to_press(open_page):
    page = open_page(script=PLAYED_PRINTER)
    say(page, "päivähoito")
    expect(page.locator(".card")).to_have_count(2)
    sheet = printed(page)
    expect(sheet.locator("main")).to_be_visible()
    expect(sheet.locator("button")).to_have_count(0)
    expect(sheet.locator(".sources .address").first).to_have_text("https://www.hel.fi/paivahoito")
    expect(sheet.locator("h2")).to_have_count(4)
    expect(page.locator("kuntaopas-chat")).to_be_hidden()


def test_a_printed_arabic_conversation_runs_from_right_to_left(open_page):
    page = open_page(locale="ar", script=PLAYED_PRINTER)
    say(page, "حضانة")
    expect(page.locator(".card")).to_have_count(2)
    sheet = printed(page)
    expect(sheet.locator("main")).to_have_attribute("dir", "rtl")
    expect(sheet.locator(".message.answer")).to_have_attribute("dir", "rtl")


def test_after_printing_the_page_is_as_before(open_page):
    page = open_page(script=PLAYED_PRINTER)
    say(page, "päivähoito")
    expect(page.locator(".card")).to_have_count(2)
    printed(page)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("[data-kuntaopas-print]")).to_have_count(0)
    expect(page.locator("kuntaopas-chat")).to_be_visible()
    assert page.evaluate("document.adoptedStyleSheets.length") == 0


def test_the_browser_s_own_printing_leaves_the_tools_out(open_page):
    page = open_page()
    say(page, "päivähoito")
    expect(page.locator(".message.answer .copy")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".tools:visible")).to_have_count(0)
    expect(answers(page).first).to_be_visible()
