"""A service is a few lines: its name, where and when, a number to tap, a link."""

import pytest

from assistant.channels.card_text import card_text, tappable
from assistant.channels.limits import PlatformLimits
from assistant.channels.rendering import render
from assistant.dialogue.messages import message

CARD = {
    "id": "ptv:service:1",
    "title": "Maahanmuuttajaneuvonta",
    "summary": "Neuvontaa maahan muuttaneille. Ei ajanvarausta.",
    "provider": "Helsingin kaupunki",
    "municipality": "091",
    "address": "Toinen linja 4, 00530 Helsinki",
    "phones": [{"number": "+358 9 310 11111", "label": "Neuvonta", "charge": "unknown"}],
    "url": "https://www.hel.fi/neuvonta",
    "e_service_url": None,
    "form_url": None,
    "map_url": "https://www.openstreetmap.org/?mlat=60.18&mlon=24.95",
    "open_now": True,
    "hours_today": "9–16",
    "languages": ["fi", "en"],
    "cost": "free",
    "text_language": "fi",
    "checked": "2026-11-03",
    "source": "PTV",
    "when": None,
    "distance_km": 1.23,
}


def lines(language="en", **changes):
    return card_text({**CARD, **changes}, language).text.split("\n")


def test_a_card_says_what_where_when_and_how():
    assert lines() == [
        "Maahanmuuttajaneuvonta",
        "Helsingin kaupunki",
        "Neuvontaa maahan muuttaneille. Ei ajanvarausta.",
        "This text is in another language: Finnish",
        "Address: Toinen linja 4, 00530 Helsinki (1.2 km)",
        "Today: 9–16 · Open now",
        "Phone: +358931011111 (Neuvonta)",
        "Price: Free of charge",
        "Website: https://www.hel.fi/neuvonta",
    ]


def test_what_is_not_known_is_left_out():
    nothing = dict.fromkeys(key for key in CARD if key not in ("id", "title"))
    assert lines(**{**nothing, "phones": []}) == ["Maahanmuuttajaneuvonta"]


def test_a_text_in_the_person_s_language_needs_no_note():
    assert not any("another language" in line for line in lines(text_language="en"))


def test_a_closed_service_says_so():
    assert "Today: closed · Closed now" in lines(hours_today="closed", open_now=False)
    assert "Closed now" in lines(hours_today=None, open_now=False)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+358 9 310 11111", "+358931011111"),
        ("+358 (0)9-310", "+35809310"),
        ("116 117", "116 117"),
        ("0800 05005", "0800 05005"),
        ("112", "112"),
    ],
)
def test_an_international_number_can_be_tapped(number, shown):
    assert tappable(number) == shown


def test_the_online_service_comes_before_the_website_and_no_link_twice():
    links = lines(e_service_url="https://a.fi", form_url="https://b.fi", url="https://c.fi")[-2:]
    assert links == ["Online service: https://a.fi", "Form: https://b.fi"]
    assert lines(e_service_url="https://a.fi", url="https://a.fi")[-1:] == [
        "Online service: https://a.fi"
    ]


def test_a_long_summary_ends_with_a_sentence():
    (summary,) = [
        line for line in lines(summary="A sentence of some words. " * 40) if "some" in line
    ]
    assert summary.endswith("words. …") and len(summary) <= 305


def test_the_title_stands_out_and_the_address_leads_to_a_map_where_a_platform_can_do_so():
    rich = card_text(CARD, "en", rich=True)
    shown = {rich.text[span.start : span.end]: span.url for span in rich.spans}
    assert shown == {
        "Maahanmuuttajaneuvonta": None,
        "Toinen linja 4, 00530 Helsinki": CARD["map_url"],
    }


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_in_right_to_left_text_the_finnish_parts_keep_their_order(language):
    written = lines(language)
    assert all(line.startswith("\u200f") or line == CARD["url"] for line in written)
    assert written[0] == "\u200f\u2068Maahanmuuttajaneuvonta\u2069"
    assert any("\u2068+358931011111\u2069" in line for line in written)
    assert all(line.count("\u2068") == line.count("\u2069") for line in written)


def test_spans_stay_on_their_words_when_a_message_is_cut():
    limits = PlatformLimits(text=250, rich=True)
    cards = [{**CARD, "title": f"Palvelu {number}"} for number in range(4)]
    parts = render([message("en", "These may help.", cards=cards)], limits).parts
    assert len(parts) > 1
    bold = [part.text[one.start : one.end] for part in parts for one in part.spans if not one.url]
    assert bold == [f"Palvelu {number}" for number in range(4)]
