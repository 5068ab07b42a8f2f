"""The request for the assessment in a browser: two columns, one sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Callable

import pytest

from assistant.i18n import SERVED, Translator

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

ALL = (
    "municipality=091&situation=at_home_with_child&permit=temporary_protection&for_whom=other"
    "&first_permit_date=2025-03-14&benefits=child_home_care_allowance,social_assistance_long_term"
)
NOTHING = "first_permit_date=nonsense&for_whom=child"


@pytest.fixture
def open_request(browser: Any, site: Any) -> Iterator[Callable[..., Any]]:
    contexts = []
    problems: list[str] = []

    def visit(language: str, query: str = ALL, width: int = 1100, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text))
        page.goto(f"{site.address}/assessment/request?language={language}&{query}")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def longer_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text is 15 % longer than it is, as it may become when it is reviewed."""
    gettext = Translator.gettext

    def longer(self: Translator, message: str) -> str:
        text = gettext(self, message)
        more = re.sub(r"[{}]", "", text)[: round(len(text) * 0.15)]
        return f"{text} {more}"

    monkeypatch.setattr(Translator, "gettext", longer)


def pages(page: Any) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def scrolls_sideways(page: Any) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("language", ["ar", "fa", "zh", "so"])
def test_the_authority_reads_on_the_left_and_the_person_on_the_right(open_request, language):
    page = open_request(language)
    official, own = page.locator(".official"), page.locator(".own")
    expect(own).to_have_attribute("lang", language)
    left, right = official.bounding_box(), own.bounding_box()
    assert left["x"] + left["width"] <= right["x"]
    align = own.evaluate("section => getComputedStyle(section).direction")
    assert align == ("rtl" if language in ("ar", "fa") else "ltr")


def test_each_line_stands_beside_its_translation(open_request):
    page = open_request("ar")
    for name in ("language", "first_permit_date", "ask_date"):
        official = page.locator(f".official .{name}").bounding_box()
        own = page.locator(f".own .{name}").bounding_box()
        assert abs(official["y"] - own["y"]) < 2


def test_a_finnish_speaker_sees_one_column(open_request):
    page = open_request("fi")
    expect(page.locator("section")).to_have_count(1)


@pytest.mark.parametrize("query", [ALL, NOTHING])
def test_the_request_is_one_page_of_paper_in_every_language(open_request, query):
    assert {language: pages(open_request(language, query)) for language in SERVED} == (
        dict.fromkeys(SERVED, 1)
    )


@pytest.mark.parametrize("query", [ALL, NOTHING])
def test_longer_texts_still_fit_on_one_page(open_request, longer_texts, query):
    for language in ("fi", "ar", "fr", "zh"):
        assert pages(open_request(language, query)) == 1


def test_the_paper_has_no_buttons(open_request):
    page = open_request("so")
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator(".official .signature .blank")).to_be_visible()


@pytest.mark.parametrize("query", [ALL, NOTHING])
def test_a_small_telephone_does_not_scroll_sideways(open_request, longer_texts, query):
    for language in ("fi", "ar", "zh", "so"):
        assert not scrolls_sideways(open_request(language, query, width=320))


def test_print_opens_the_browsers_own_dialogue(open_request):
    page = open_request("en")
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printed")


def test_the_text_is_copied(open_request):
    page = open_request("en", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy as text").click()
    expect(page.get_by_role("status")).to_have_text("The text is copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "alkukartoitus" in copied and "____" in copied


def test_without_a_clipboard_the_text_is_copied_the_old_way(open_request):
    page = open_request("en")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Copy as text").click()
    expect(page.get_by_role("status")).to_have_text("The text is copied.")


def test_the_page_works_without_javascript(open_request):
    page = open_request(
        "en", ALL.replace("temporary_protection", "family"), java_script_enabled=False
    )
    expect(page.locator("button:visible")).to_have_count(0)
    expect(page.locator("noscript")).to_be_visible()
    with page.expect_download() as text:
        page.get_by_role("link", name="Save as text").click()
    assert text.value.suggested_filename == "request.txt"
