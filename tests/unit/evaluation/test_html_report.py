"""The HTML report: one file, that everyone can read."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from assistant.evaluation import html_elements as h
from assistant.evaluation import html_report
from assistant.evaluation.gates import GATES

VOID = {"meta", "link", "br", "img", "path", "circle", "polyline"}


class Page(HTMLParser):
    """Collects the elements of a page and what is not closed."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.faults, self.text = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def text(result):
    return html_report.render(result, date(2025, 3, 1))


@pytest.fixture
def page(text):
    return Page(text)


def test_every_element_is_closed(page):
    assert (page.faults, page.open) == ([], [])


def test_the_page_has_a_language_a_title_and_a_date(page):
    assert page.all("html") == [{"lang": "en"}]
    assert {"datetime": "2025-03-01"} in page.all("time")
    assert "1 March 2025" in page.text
    assert len(page.all("h1")) == len(page.all("title")) - 1 == 1


def test_nothing_is_loaded_and_nothing_runs(text, page):
    assert not page.all("script") and not page.all("link") and not page.all("img")
    assert not re.search(r"https?:|@import|url\(|src=", text)


def test_every_table_has_a_caption_and_headings_with_a_scope(page):
    assert len(page.all("caption")) == len(page.all("table")) > 5
    assert {heading.get("scope") for heading in page.all("th")} == {"row", "col"}


def test_identifiers_are_unique_and_labels_lead_to_one(page):
    identifiers = [a["id"] for _, a in page.elements if "id" in a]
    labels = {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a}
    assert len(identifiers) == len(set(identifiers))
    assert labels <= set(identifiers)


def test_a_part_that_scrolls_can_be_reached_and_has_a_name(page):
    scrolling = [a for a in page.all("div") if a.get("class") == "scroll"]
    assert all(a["tabindex"] == "0" and a["aria-label"] for a in scrolling)


def test_every_gate_has_a_tile_that_says_in_words_what_became_of_it(page):
    tiles = [a["class"] for a in page.all("li") if a.get("class") in ("holds", "broken", "missing")]
    assert len(tiles) == len(GATES)
    words = [text for text in page.text if text in ("✓ holds", "✗ broken", "not measured")]
    assert [tile in word for tile, word in zip(tiles, words)] == [True] * len(GATES)


def test_an_example_names_its_language_and_script(page):
    assert {"lang": "fi-Latn", "dir": "auto"} in page.all("span")


def test_text_of_people_is_escaped(result):
    result["confusions"][0]["examples"][0]["text"] = '<script>"&'
    text = html_report.render(result, date(2025, 3, 1))
    assert "&lt;script&gt;&quot;&amp;" in text and "<script>" not in text


def test_a_weak_cell_of_the_heat_map_is_marked_in_text():
    assert h.share_cell(0.5, 0.8) == '<td class="h5">50!</td>'
    assert h.share_cell(0.85, 0.8) == '<td class="h2">85</td>'
    assert h.share_cell(1.0, 0.8) == '<td class="h0">100</td>'
    assert h.share_cell(None, 0.8) == '<td class="none">–</td>'


def test_a_confusion_is_the_darker_the_more_messages_it_took():
    assert h.count_cell(0, 100, False) == "<td></td>"
    assert h.count_cell(1, 100, False) == '<td class="h1">1</td>'
    assert h.count_cell(30, 100, False) == '<td class="h5">30</td>'
    assert h.count_cell(90, 100, True) == '<td class="right">90</td>'


def test_a_bar_below_its_gate_is_shown_as_weak():
    assert 'class="bar weak"' in h.bar(0.5, 0.9)
    assert 'class="bar"' in h.bar(0.95, 0.9)
    assert h.bar(None) == "<td></td>"


def test_a_gate_that_was_lowered_is_shown_with_its_reason(monkeypatch, result):
    lowered = replace(GATES[0], value=0.5, reason="too few phrases")
    monkeypatch.setattr(html_report, "GATES", (lowered, *GATES[1:]))
    assert "too few phrases" in html_report.render(result, date(2025, 3, 1))


def test_missing_sets_are_said_to_be_missing(empty):
    page = Page(html_report.render(empty, date(2025, 3, 1)))
    assert (page.faults, page.open) == ([], [])
    assert page.text.count("not measured") == len(GATES)
    assert "How well messages of the development sets are understood" in page.text


def test_the_report_is_written_to_a_file(result, tmp_path):
    html_report.write_html(result, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_file_that_cannot_be_written_is_one_clear_error(result, tmp_path):
    with pytest.raises(html_report.ReportError, match="cannot write"):
        html_report.write_html(result, tmp_path)


def contrast(one, other):
    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_can_be_read_on_every_shade():
    style = html_report.STYLE.read_text("utf-8")
    text = re.search(r"color: (#\w{6})", style)[1]
    shades = re.findall(r"\.(?:h\d|right|none) \{\n  background: (#\w{6})", style)
    assert len(shades) == h.SHADES + 1
    assert min(contrast(text, shade) for shade in shades) >= 7
