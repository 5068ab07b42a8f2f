"""A start without writing: a picture, a need, an answer with a card."""

from __future__ import annotations

import pytest
from test_speech import spoken, voices

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect


def open_pictures(page):
    page.locator("button.pictures").focus()
    page.keyboard.press("Enter")
    panel = page.locator(".guided")
    expect(panel.locator(".tile").first).to_be_visible()
    return panel


def test_a_person_gets_from_a_picture_to_a_card_by_keyboard_and_without_writing(open_page, site):
    page = open_page()
    panel = open_pictures(page)
    panel.get_by_role("button", name="Päiväkoti").focus()
    page.keyboard.press("Enter")
    expect(panel.locator("h2")).to_be_focused()
    panel.get_by_role("button", name="Hae päiväkotipaikkaa").press("Enter")
    expect(panel).to_have_count(0)
    expect(page.locator(".card").first).to_be_visible()
    page.get_by_role("button", name="Helsinki").press("Enter")
    expect(page.locator(".card")).to_have_count(3)
    assert [sent["message"] for sent in site.received] == [
        "/early_childhood_education/apply_for_place",
        "/inform/municipality/091",
    ]


def test_what_was_chosen_is_shown_as_it_was_named(open_page):
    page = open_page(locale="ar")
    panel = open_pictures(page)
    panel.get_by_role("button", name="طبيب الأسنان").click()
    expect(page.locator(".message.person")).to_contain_text("طبيب الأسنان")


def test_every_topic_has_a_picture_and_a_name(open_page):
    page = open_page()
    tiles = open_pictures(page).locator(".tile")
    assert 12 <= tiles.count() <= 18
    for tile in tiles.all():
        expect(tile.locator("svg path")).to_have_count(2)
        assert tile.inner_text().strip()


def test_every_picture_is_drawn(open_page):
    page = open_page()
    names = (
        open_pictures(page)
        .locator(".picture")
        .evaluate_all("all => all.map((one) => one.classList[1])")
    )
    shapes = page.locator(".guided .picture path:last-child").evaluate_all(
        "all => all.map((one) => one.getAttribute('d'))"
    )
    assert len(set(names)) == len(names) == len(set(shapes))


def test_danger_comes_first_and_shows_the_number(open_page):
    page = open_page()
    panel = open_pictures(page)
    panel.locator(".tile").first.click()
    expect(panel.locator(".call a[href='tel:112']")).to_be_visible()


def test_escape_goes_back_and_then_away(open_page):
    page = open_page()
    panel = open_pictures(page)
    panel.locator(".tile").nth(4).click()
    expect(panel.locator(".need").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel.locator(".tile").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.locator(".log")).to_be_visible()


def test_another_language_names_the_pictures_anew(open_page):
    page = open_page()
    panel = open_pictures(page)
    page.locator("select").first.select_option("sv")
    expect(panel.get_by_role("button", name="Tandläkare")).to_be_visible()


def test_topics_that_cannot_be_loaded_can_be_asked_for_again(open_page):
    page = open_page()
    page.route("**/topics.json*", lambda route: route.abort())
    page.locator("button.pictures").click()
    again = page.locator(".guided .again")
    expect(again).to_be_visible()
    page.unroute("**/topics.json*")
    again.click()
    expect(page.locator(".guided .tile").first).to_be_visible()


def test_the_choices_are_read_aloud_and_each_is_marked(open_page):
    page = open_page(script=voices("fi-fi"))
    panel = open_pictures(page)
    panel.locator(".read").click()
    expect(panel.locator(".tile.spoken")).to_have_text("Hätätilanne")
    page.evaluate("speechSynthesis.finish()")
    expect(panel.locator(".tile.spoken")).to_have_text("Terveys")
    assert [text for _, text in spoken(page)] == ["Hätätilanne", "Terveys"]


def test_choosing_stops_the_reading(open_page):
    page = open_page(script=voices("fi-fi"))
    panel = open_pictures(page)
    panel.locator(".read").click()
    expect(panel.locator(".spoken")).to_have_count(1)
    panel.locator(".tile").nth(4).click()
    expect(panel.locator(".need").first).to_be_visible()
    page.wait_for_timeout(50)
    assert len(spoken(page)) == 1
    assert page.evaluate("speechSynthesis.now") is None


@pytest.mark.parametrize("locale", ["fi", "ar", "vi"])
def test_the_pictures_fit_on_a_narrow_phone(open_page, locale):
    page = open_page(locale=locale, width=320)
    panel = open_pictures(page)
    assert panel.evaluate("one => one.scrollWidth <= one.clientWidth")
    for tile in panel.locator(".tile").all():
        assert tile.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
