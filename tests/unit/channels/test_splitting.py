"""Long texts are cut at the ends of sentences, and never inside what belongs together."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.channels.limits import utf16_units
from assistant.channels.splitting import split


def parts(text, limit, length=len):
    return [text[start:end] for start, end in split(text, limit, length)]


def test_a_text_that_fits_is_one_part_whatever_blank_lines_it_has():
    text = "One.\n\nTwo.\n\n\nThree."
    assert parts(text, 100) == [text]


def test_an_empty_text_has_no_part():
    assert parts(" \n ", 10) == []


def test_a_long_text_is_cut_at_the_end_of_a_sentence():
    text = "First you ask for a place. Then you wait for an answer. It comes by post."
    assert parts(text, 60) == [
        "First you ask for a place. Then you wait for an answer.",
        "It comes by post.",
    ]


def test_a_part_is_as_full_as_sentences_allow():
    text = "A b c. " * 20
    assert [len(part) for part in parts(text, 50)] == [48, 48, 41]


def test_a_line_is_a_place_to_cut():
    assert parts("open on weekdays\nclosed on holidays", 20) == [
        "open on weekdays",
        "closed on holidays",
    ]


def test_a_sentence_that_is_too_long_is_cut_between_words():
    text = "one two three four five six seven eight nine ten."
    assert parts(text, 20) == ["one two three four", "five six seven eight", "nine ten."]


@pytest.mark.parametrize(
    "text",
    [
        "Kysykää apua. Sitä saa esim. kirjastosta tai koulusta",
        "Tulkaa tänne. Aula on 3. krs oikealla puolella vielä",
        "It is closed. See you on 5. 11. in the morning, then",
    ],
)
def test_a_full_stop_within_a_sentence_is_no_end(text):
    assert parts(text, 36)[0] == text[:13]


def test_the_sentence_goes_on_after_a_short_beginning():
    # A part of two words would only make one message more.
    text = "Yes. " + "word " * 30
    assert parts(text, 100)[0].startswith("Yes. word")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("请您先预约。然后带上护照和居留许可去市政府办理登记手续。", "请您先预约。"),
        ("他说：「请先预约。」然后去市政府办理登记手续吧好吗", "他说：「请先预约。」"),
        ("اتصلوا بنا اليوم؟ ثم انتظروا الجواب من البلدية هنا", "اتصلوا بنا اليوم؟"),
        ("آپ درخواست دیں۔ پھر جواب کا انتظار کریں یہاں پر", "آپ درخواست دیں۔"),
    ],
)
def test_sentences_end_in_every_script(text, first):
    assert parts(text, 20)[0] == first


@pytest.mark.parametrize(
    "whole",
    [
        "https://www.example.fi/a/very/long/path?with=query&and=more",
        "+358 9 310 44400",
        "10.30–16.00",
        "palvelu.neuvonta@example.fi",
        "1 000 000",
        "\u2066Helsingin kaupungin maahanmuuttajaneuvonta, 2. krs. Aula\u2069",
        "\u2067عنوان \u2066Kela\u2069 هنا\u2069",
    ],
)
@pytest.mark.parametrize("before", range(1, 40, 3))
def test_what_belongs_together_is_never_cut(whole, before):
    text = "a" * before + " " + whole + " and more of it here and there"
    assert any(whole in part for part in parts(text, 64))


def test_chinese_is_cut_between_characters_where_there_is_no_sentence():
    text = "请" * 50
    assert [len(part) for part in parts(text, 20)] == [20, 20, 10]


def test_what_is_longer_than_a_part_is_cut_where_it_must_be():
    assert parts("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_a_message_is_counted_as_the_platform_counts():
    text = "👍" * 30
    assert [len(part) for part in parts(text, 20, utf16_units)] == [10, 10, 10]


WORDS = st.sampled_from(
    [
        "school",
        "päiväkoti.",
        "https://kela.fi/x",
        "+358 40 123 4567",
        "\u2066Kela, Fpa\u2069",
        "مدرسة",
        "学校。",
        "ok!",
        "3.",
        "\n",
        "\n\n",
        "👩‍👧",
        "e\u0301te\u0301",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=60), st.integers(20, 80))
def test_nothing_is_lost_and_every_part_fits(words, limit):
    text = " ".join(words)
    found = parts(text, limit, utf16_units)
    assert all(0 < utf16_units(part) <= limit for part in found)
    assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", text)
    for part in found:
        assert part == part.strip()
        assert part.count("\u2066") == part.count("\u2069")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.integers(2, 50))
def test_any_text_can_be_cut(text, limit):
    found = parts(text, limit, utf16_units)
    assert all(utf16_units(part) <= limit for part in found)
    assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", text)
