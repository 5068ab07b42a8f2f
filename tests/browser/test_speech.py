"""Reading aloud and dictation, with voices and a recogniser that are played."""

from __future__ import annotations

import pytest
from test_page import say

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

VOICES = """
  window.spoken = [];
  const voices = %s.map(([lang, localService]) => ({lang, localService, name: lang}));
  class Speech extends EventTarget {
    known = %s;
    getVoices() { return this.known ? voices : []; }
    speak(one) { this.now = one; spoken.push([one.lang, one.text]); }
    cancel() { const one = this.now; this.now = null; one?.onend?.(); }
    finish() { const one = this.now; this.now = null; one.onend(); }
    learn() { this.known = true; this.dispatchEvent(new Event("voiceschanged")); }
  }
  Object.defineProperty(window, "speechSynthesis", {value: new Speech()});
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
RECOGNISER = """
  window.heard = [];
  class Recogniser {
    start() { heard.push(this); }
    stop() { this.onend(); }
    hear(...texts) { this.onresult({results: texts.map((transcript) => [{transcript}])}); }
  }
  window.SpeechRecognition = window.webkitSpeechRecognition = Recogniser;
"""
NO_RECOGNISER = "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"


def voices(*languages, local=True, known=True):
    listed = [[language, local] for language in languages]
    return VOICES % (str(listed).lower().replace("'", '"'), str(known).lower())


def spoken(page):
    return page.evaluate("window.spoken")


def spoken_to_the_end(page):
    for _ in range(40):
        if not page.evaluate("Boolean(speechSynthesis.now)"):
            break
        page.evaluate("speechSynthesis.finish()")
        page.wait_for_timeout(5)
    return spoken(page)


def read_answer(page):
    say(page, "päivähoito")
    button = page.locator(".message.answer .read")
    button.click()
    return button


def test_without_a_voice_nothing_offers_to_read_aloud(open_page):
    page = open_page(script=voices("sv-se"))
    say(page, "päivähoito")
    expect(page.locator(".message.answer .copy")).to_be_visible()
    expect(page.locator(".read:visible")).to_have_count(0)


def test_a_browser_without_speech_offers_nothing(open_page):
    page = open_page(script="delete window.speechSynthesis;")
    say(page, "päivähoito")
    expect(page.locator(".message.answer .copy")).to_be_visible()
    expect(page.locator(".read:visible")).to_have_count(0)


def test_voices_that_the_browser_learns_of_later_count(open_page):
    page = open_page(script=voices("fi-fi", known=False))
    expect(page.locator(".message.info .read")).to_be_hidden()
    page.evaluate("speechSynthesis.learn()")
    expect(page.locator(".message.info .read")).to_be_visible()


def test_cantonese_is_not_read_for_mandarin(open_page):
    page = open_page(locale="zh", script=voices("zh-hk"))
    expect(page.locator(".message.info")).to_be_visible()
    expect(page.locator(".read:visible")).to_have_count(0)


def test_an_answer_is_read_part_by_part_without_its_decoration(open_page):
    page = open_page(script=voices("fi-fi"))
    read_answer(page)
    expect(page.locator(".spoken")).to_have_count(1)
    said = [text for _, text in spoken_to_the_end(page)]
    assert said[0] == "Hae päivähoitopaikkaa neljä kuukautta ennen kuin tarvitset sitä."
    assert "Varhaiskasvatus Kallio" in said
    whole = " ".join(said)
    assert "http" not in whole and "Avustaja:" not in whole and "Palvelutietovaranto" not in whole
    expect(page.locator(".spoken")).to_have_count(0)


def test_the_part_that_is_read_is_marked(open_page):
    page = open_page(script=voices("fi-fi"))
    read_answer(page)
    expect(page.locator(".spoken")).to_contain_text("Hae päivähoitopaikkaa")


def test_reading_is_stopped_with_the_same_button(open_page):
    page = open_page(script=voices("fi-fi"))
    button = read_answer(page)
    expect(button).to_have_class("tool read active")
    button.press("Enter")
    expect(button).to_have_class("tool read")
    expect(page.locator(".spoken")).to_have_count(0)
    assert len(spoken(page)) == 1


def test_another_message_stops_the_first(open_page):
    page = open_page(script=voices("fi-fi"))
    first = read_answer(page)
    page.locator(".message.question .read").click()
    expect(first).to_have_class("tool read")
    assert spoken(page)[-1][1].startswith("Missä kunnassa asut?")


def test_a_finnish_card_in_an_arabic_answer_is_read_by_a_finnish_voice(open_page):
    page = open_page(locale="ar", script=voices("ar-eg", "fi-fi"))
    say(page, "حضانة")
    page.locator(".message.answer .read").click()
    expect(page.locator(".spoken")).to_have_count(1)
    said = spoken_to_the_end(page)
    assert said[0][0] == "ar-eg"
    assert ["fi-fi", "Varhaiskasvatus Kallio"] in said


def test_a_voice_of_a_server_is_told_about_first(open_page):
    page = open_page(script=voices("fi-fi", local=False))
    read_answer(page)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert spoken(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert spoken(page) == []


def test_who_agrees_to_a_voice_of_a_server_is_not_asked_again(open_page):
    page = open_page(script=voices("fi-fi", local=False))
    button = read_answer(page)
    page.locator("dialog .yes").click()
    expect(button).to_have_class("tool read active")
    button.click()
    button.click()
    expect(button).to_have_class("tool read active")
    assert len(spoken(page)) == 2


def test_without_a_recogniser_there_is_no_dictation(open_page):
    page = open_page(script=NO_RECOGNISER)
    expect(page.locator(".dictate")).to_have_count(0)


def test_nothing_is_heard_before_it_is_told_where_the_sound_goes(open_page):
    page = open_page(script=RECOGNISER)
    page.locator(".dictate").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("heard.length") == 0
    page.locator("dialog .no").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("heard.length") == 0


def dictation(open_page, **options):
    page = open_page(script=RECOGNISER, **options)
    page.locator(".dictate").click()
    page.locator("dialog .yes").click()
    expect(page.locator(".dictate")).to_have_attribute("aria-pressed", "true")
    return page


def test_what_is_said_is_written_into_the_field_and_not_sent(open_page, site):
    page = dictation(open_page)
    page.evaluate("heard[0].hear('haen ', 'päivähoitoa')")
    box = page.get_by_role("textbox")
    expect(box).to_have_value("haen päivähoitoa")
    page.locator(".dictate").click()
    expect(page.locator(".dictate")).to_have_attribute("aria-pressed", "false")
    expect(box).to_be_focused()
    assert site.received == []


def test_dictation_listens_in_the_language_of_the_conversation(open_page):
    page = dictation(open_page, locale="fa")
    assert page.evaluate("heard[0].lang") == "fa-IR"


def test_a_microphone_that_may_not_be_used_is_explained(open_page):
    page = dictation(open_page, path="/?language=en")
    page.evaluate("heard[0].onerror({error: 'not-allowed'}); heard[0].onend()")
    expect(page.locator(".hint")).to_contain_text("could not hear you")


def test_where_the_device_itself_hears_nothing_has_to_be_agreed_to(open_page):
    script = RECOGNISER + "Recogniser.available = async () => 'available';"
    page = open_page(script=script)
    page.locator(".dictate").click()
    expect(page.locator(".dictate")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("heard[0].processLocally") is True
