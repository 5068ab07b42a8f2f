"""The request as a page, as text and as a calendar entry."""

from __future__ import annotations

import logging
from datetime import date
from html.parser import HTMLParser

import pytest
from icalendar import Calendar

from assistant.dialogue.messages import PARTLY_ENGLISH
from assistant.gateway.routes import request_page
from assistant.guidance import request_words as words
from assistant.i18n import SERVED, Translator, translator

FULL = {
    "language": "so",
    "municipality": "091",
    "situation": "at_home_with_child",
    "first_permit_date": "2025-03",
    "benefits": "child_home_care_allowance",
}
PATHS = ("/assessment/request", "/assessment/request.txt", "/assessment/window.ics")


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setattr(request_page, "today", lambda: date(2026, 11, 24))


def page(client, **query):
    answer = client.get("/assessment/request", params=query)
    assert answer.status_code == 200
    return answer


class Columns(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.page, self.sections = {}, []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "html":
            self.page = dict(attributes)
        if tag == "section":
            self.sections.append(dict(attributes))


def test_the_page_has_a_column_for_the_authority_and_one_for_the_person(client):
    columns = Columns(page(client, **{**FULL, "language": "ar"}).text)
    assert (columns.page["lang"], columns.page["dir"]) == ("ar", "rtl")
    assert [(one["lang"], one["dir"]) for one in columns.sections] == [("fi", "ltr"), ("ar", "rtl")]


def test_one_column_is_enough_for_a_finnish_speaker(client):
    columns = Columns(page(client, **{**FULL, "language": "fi"}).text)
    assert [one["lang"] for one in columns.sections] == ["fi"]


@pytest.mark.parametrize("language", SERVED)
def test_the_page_opens_in_every_language(client, language):
    assert Columns(page(client, **{**FULL, "language": language}).text).page["lang"] == language


@pytest.mark.parametrize("path", PATHS)
def test_a_request_is_kept_nowhere_and_found_by_nobody(client, path):
    for query in (FULL, {}):
        headers = client.get(path, params=query).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert "noindex" in headers["x-robots-tag"]


@pytest.mark.parametrize("path", PATHS)
def test_what_a_request_says_is_in_no_log(client, caplog, path):
    with caplog.at_level(logging.DEBUG, logger="assistant"):
        client.get(path, params=FULL)
    assert "at_home_with_child" not in caplog.text
    assert "2025-03" not in caplog.text
    assert f"GET {path} 200" in caplog.text


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("municipality", "Atlantis", "Municipality"),
        ("situation", "<script>", "Situation"),
        ("permit", "golden", "Residence permit or registration"),
        ("first_permit_date", "2025-13", "Date of the first residence permit"),
        ("first_permit_date", "0001", "Date of the first residence permit"),
        ("first_permit_date", "9999-12-31", "Date of the first residence permit"),
        ("benefits", "gold", "Benefits"),
        ("for_whom", "dog", "Who the request is for"),
        ("official", "klingon", "Language of the authority"),
    ],
)
def test_a_wrong_value_is_left_empty_with_a_gentle_line(client, name, value, part):
    text = page(client, language="en", **{name: value}).text
    assert f"so it is left empty: {part}" in text
    assert value not in text


def test_a_value_that_is_not_given_or_not_known_needs_no_line(client):
    assert "left empty" not in page(client, language="en", situation="unknown", permit="").text


def test_a_wrong_language_is_answered_in_english_and_not_named(client):
    answer = page(client, language="xx", situation="employed")
    columns = Columns(answer.text)
    assert columns.page["lang"] == "en"
    assert "This page is not in your language yet" in answer.text
    assert 'class="fact empty language"' in answer.text


def test_a_person_whose_language_is_not_served_has_it_in_the_request(client):
    assert "albania" in page(client, language="sq").text


def test_the_browser_decides_only_the_language_of_the_page(client):
    answer = client.get("/assessment/request", headers={"Accept-Language": "tr,en;q=0.5"})
    assert Columns(answer.text).page["lang"] == "tr"
    assert 'class="fact empty language"' in answer.text


@pytest.mark.parametrize("benefits", ["a" * 5000, "\x00", "☃", "'; --", ","])
@pytest.mark.parametrize("path", PATHS)
def test_no_value_breaks_the_page(client, path, benefits):
    query = dict.fromkeys((*FULL, "permit", "for_whom", "official"), benefits)
    assert client.get(path, params=query).status_code in (200, 404)


def test_benefits_are_read_from_a_list_and_from_repeated_values(client):
    both = ["social_assistance_long_term", "child_home_care_allowance"]
    repeated = page(client, language="en", benefits=both).text
    assert "kotihoidon tuki" in repeated and "toimeentulotuki" in repeated
    assert page(client, language="en", benefits=",".join(both)).text == repeated


def test_the_other_official_language_is_one_link_away_with_the_same_request(client):
    text = page(client, **FULL).text
    assert "official=sv" in text
    swedish = page(client, **FULL, official="sv").text
    assert "Helsingfors" in swedish and "official=fi" in swedish


def test_the_text_is_the_same_request(client):
    answer = client.get("/assessment/request.txt", params=FULL)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    assert "maaliskuu 2025" in answer.text and "Maarso 2025" in answer.text


def test_the_calendar_entry_can_be_opened(client):
    answer = client.get("/assessment/window.ics", params=FULL)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["dtstart"].dt == date(2028, 3, 1)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"first_permit_date": "soon"},
        {"first_permit_date": "2025-03-01", "permit": "temporary_protection"},
        {"first_permit_date": "2025-03-01", "permit": "asylum_seeker"},
        {"first_permit_date": "2025-03-01", "municipality": "478"},
        {"first_permit_date": "2020-03-01"},
        {"first_permit_date": "2023"},
    ],
)
def test_without_a_window_ahead_there_is_no_calendar_entry(client, query):
    answer = client.get("/assessment/window.ics", params=query)
    assert answer.status_code == 404
    assert len(answer.json()["detail"].splitlines()) == 1
    assert "window.ics" not in page(client, **query).text


def test_the_page_needs_nothing_that_the_content_security_policy_forbids(client):
    answer = page(client, **FULL)
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "style=" not in answer.text and "onclick" not in answer.text
    for name in ("request.css", "request.js"):
        assert client.get(f"/{name}").status_code == 200


def test_a_language_that_is_partly_translated_says_so_and_names_what_is_english(
    client, monkeypatch
):
    has = Translator.has
    monkeypatch.setattr(
        Translator, "has", lambda self, text: text != words.ASK_DATE and has(self, text)
    )
    text = page(client, **FULL).text
    assert '<bdi lang="en" dir="ltr">' in text
    assert translator("so").gettext(PARTLY_ENGLISH) in text


def test_a_language_that_is_translated_says_nothing_of_english(client):
    text = page(client, **FULL).text
    assert "It is in English." not in text
    assert 'lang="en"' not in text
