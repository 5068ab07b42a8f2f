"""Services as cards, their hours of the week, and texts with numbers and addresses in them."""

from __future__ import annotations

import pytest
from test_page import answers, say

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

DAYS = ["9–16", "9–16", "9–16", "9–18", None, "10–14", None]
ELSEWHERE = [{"date": "2026-11-24", "open": "1–2", "on_reservation": None}]
DETAILS = {
    "places": [
        {"addresses": [{"address": "Muualla 1, 00100 Helsinki"}], "hours": ELSEWHERE},
        {
            "addresses": [{"address": "Kallionkatu 1, 00530 Helsinki"}],
            "hours": [
                {
                    "date": f"2026-11-{24 + number}",
                    "open": hours,
                    "on_reservation": "16–18" if number == 1 else None,
                }
                for number, hours in enumerate(DAYS)
            ],
        },
    ],
    "channels": [],
}


def open_week(page, details=DETAILS, text="päivähoito"):
    page.route("**/api/services/**", lambda route: route.fulfill(json=details))
    say(page, text)
    week = page.locator(".card .week").first
    week.locator("summary").focus()
    page.keyboard.press("Enter")
    return week


def test_the_hours_of_the_week_are_those_of_the_place_that_the_card_shows(open_page):
    week = open_week(open_page())
    rows = week.locator("tbody tr")
    expect(rows).to_have_count(7)
    expect(rows.nth(0).locator("td")).to_have_text("9–16")
    expect(rows.nth(1).locator("td")).to_contain_text("16–18")


def test_the_days_of_the_week_are_named_and_today_is_told_in_words(open_page):
    week = open_week(open_page())
    today = week.get_by_role("row").first
    expect(today.get_by_role("rowheader")).to_contain_text("tiistai 24.11. (Tänään)")


def test_a_closed_day_says_so(open_page):
    week = open_week(open_page(path="/?language=en"))
    expect(week.locator("tbody tr").nth(4).locator("td")).to_have_text("closed")


def test_the_days_are_named_in_a_language_that_the_browser_does_not_know(open_page):
    week = open_week(open_page(locale="so"))
    expect(week.get_by_role("rowheader").first).to_contain_text("Talaado")


def test_hours_are_not_asked_for_before_somebody_wants_them(open_page):
    page = open_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    say(page, "päivähoito")
    expect(page.locator(".card")).to_have_count(2)
    assert [url for url in asked if "/api/services" in url or "hours.js" in url] == []


def test_hours_that_cannot_be_loaded_are_asked_for_again_the_next_time(open_page):
    page = open_page()
    found = []
    page.route(
        "**/api/services/**",
        lambda route: (
            route.fulfill(json=DETAILS)
            if found
            else route.fulfill(status=503, json={"detail": "no"})
        ),
    )
    say(page, "päivähoito")
    week = page.locator(".card .week").first
    week.locator("summary").click()
    expect(week.locator(".not-loaded")).to_be_visible()
    found.append(True)
    week.locator("summary").click()
    week.locator("summary").click()
    expect(week.locator("table")).to_be_visible()
    expect(week.locator(".not-loaded")).to_have_count(0)


def test_the_languages_of_a_service_are_named_in_the_language_of_the_widget(open_page):
    page = open_page()
    say(page, "päivähoito")
    expect(page.locator(".card").first.locator(".tags li")).to_have_text(
        ["suomi", "ruotsi", "englanti"]
    )


def test_a_new_language_says_what_is_the_widget_s_own_in_messages_of_before(open_page):
    page = open_page(path="/?language=en")
    open_week(page)
    card = page.locator(".card").first
    expect(card.locator("table")).to_be_visible()
    page.locator("select").first.select_option("ar")
    expect(answers(page).last).to_contain_text("سأجيب")
    expect(card.locator(".state")).to_have_attribute("lang", "ar")
    expect(card.locator(".state")).to_have_attribute("dir", "rtl")
    expect(card.locator(".tags li").first).to_have_text("الفنلندية")
    expect(card.locator("tbody th").first).to_contain_text("الثلاثاء")


def test_hours_keep_their_order_within_arabic(open_page):
    week = open_week(open_page(locale="ar"), text="حضانة")
    assert "\u206816–18\u2069" in week.locator(".reserved").inner_text()


def test_numbers_as_they_are_written_in_finland_can_be_called(open_page):
    page = open_page()
    say(page, "väkivalta")
    calls = page.locator(".message.answer a[href^='tel:']")
    expect(calls).to_have_count(3)
    found = [one.get_attribute("href") for one in calls.all()]
    assert found == ["tel:112", "tel:080005005", "tel:116006"]


def test_what_is_isolated_in_arabic_stands_in_elements_of_its_own(open_page):
    page = open_page(locale="ar")
    say(page, "حضانة")
    number = page.locator(".message.answer bdi a[href^='tel:']").first
    expect(number).to_have_attribute("dir", "ltr")
    assert "\u2066" not in page.locator(".message.answer").first.inner_text()


def test_an_emergency_is_announced_once_and_not_again_after_a_reload(open_page):
    page = open_page()
    say(page, "apua")
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.locator(".message.emergency")).to_have_attribute("aria-live", "off")
    page.reload()
    expect(page.locator(".message.emergency")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_emergency_stands_out_by_more_than_colour(open_page):
    page = open_page(forced_colors="active")
    say(page, "apua")
    urgent = page.locator(".emergency .urgent")
    expect(urgent.locator("svg")).to_be_visible()
    expect(urgent.locator("strong")).to_have_text("Tärkeää")
    width = page.locator(".emergency .bubble").evaluate(
        "one => getComputedStyle(one).borderInlineStartWidth"
    )
    assert width == "12px"


LONG = "Lohikäärmevuoripalvelutarpeenarviointitoimistopäällikkö" * 3


@pytest.mark.parametrize("locale", ["fi", "ar", "zh"])
def test_long_words_and_400_percent_need_no_scrolling_sideways(open_page, locale):
    page = open_page(locale=locale, width=320)
    page.route("**/api/services/**", lambda route: route.fulfill(json=DETAILS))
    say(page, f"{LONG} https://example.org/{LONG}")
    page.locator(".week summary").first.click()
    expect(page.locator("table.hours")).to_be_visible()
    wide = page.evaluate(
        """() => [...document.querySelector("kuntaopas-chat").shadowRoot
            .querySelectorAll(".log, .log *:not(.visually-hidden):not(svg *)")]
            .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
            .map((one) => one.className || one.localName)"""
    )
    assert wide == []


def test_messages_far_from_the_end_are_drawn_only_when_they_are_near(open_page):
    page = open_page()
    for _ in range(7):
        say(page, "ihminen")
    expect(answers(page)).to_have_count(8)
    visibility = page.locator(".message").first.evaluate(
        "one => getComputedStyle(one).contentVisibility"
    )
    assert visibility == "auto"
