"""The page of all guides in a browser: one language at a time, links, search, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Callable

import pytest

from assistant.guidance.preview import write_preview

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("preview") / "guides.html"
    write_preview(path, ["en", "ar"], date(2026, 11, 24))
    return path


@pytest.fixture
def opened(browser: Any, file: Path) -> Iterator[Callable[..., Any]]:
    """Opens the page; nothing may go wrong in it, and it asks for nothing else."""
    contexts = []
    problems: list[str] = []

    def visit(fragment: str = "", width: int = 1000, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text))
        page.on("request", lambda request: problems.append(request.url))
        page.goto(f"{file.as_uri()}{fragment}")
        problems[:] = [one for one in problems if not one.startswith(file.as_uri())]
        return page

    yield visit
    for context in contexts:
        context.close()
    assert problems == []


def test_one_language_is_shown_at_a_time(opened: Callable[..., Any]) -> None:
    page = opened()
    expect(page.locator("#en")).to_be_visible()
    expect(page.locator("#ar")).to_be_hidden()
    page.select_option("#language", "ar")
    expect(page.locator("#ar")).to_be_visible()
    expect(page.locator("#en")).to_be_hidden()


def test_a_search_leaves_the_guides_that_have_all_words(opened: Callable[..., Any]) -> None:
    page = opened()
    page.fill("#search", "DENTAL hammashoito")
    expect(page.locator("output")).to_have_text("1 guide")
    expect(page.locator(".guide:visible")).to_have_count(1)


def test_a_topic_can_be_chosen_in_the_language_of_the_page(opened: Callable[..., Any]) -> None:
    page = opened("#ar")
    page.select_option("#topic", "health")
    expect(page.locator(".topic:visible")).to_have_count(1)
    assert page.locator("#topic").get_attribute("lang") == "ar"


def test_a_link_opens_the_guide_whatever_was_chosen(opened: Callable[..., Any]) -> None:
    page = opened("#ar.health.dental")
    expect(page.locator("[id='ar.health.dental'] .person")).to_be_visible()
    page.select_option("#topic", "health")
    page.locator("[id='ar.health.dental'] .buttons a").first.click()
    expect(page.locator("[id='ar.health.right_to_care'] .person")).to_be_visible()


def test_without_a_script_everything_can_be_opened(opened: Callable[..., Any]) -> None:
    page = opened(java_script_enabled=False)
    expect(page.locator(".controls")).to_be_hidden()
    for one in ("ar", "ar-topic-health", "ar.health.dental"):
        page.locator(f"[id='{one}'] > summary").click()
    expect(page.locator("[id='ar.health.dental'] .person")).to_be_visible()


@pytest.mark.parametrize("fragment", ["#en.health.dental", "#ar.health.dental"])
def test_a_phone_does_not_scroll_sideways(opened: Callable[..., Any], fragment: str) -> None:
    page = opened(fragment, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
