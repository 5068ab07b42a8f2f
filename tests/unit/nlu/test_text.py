"""What is done to a message before anything reads it."""

import pytest

from assistant.nlu.text import (
    ENCODED_HEAD,
    ENCODED_TAIL,
    MAX_MESSAGE,
    clean,
    has_words,
    is_payload,
    script_counts,
    shorten,
)


@pytest.mark.parametrize("text", ["/housing", "  /deny ", '/inform{"municipality": "091"}'])
def test_the_form_that_a_button_sends_is_a_payload(text):
    assert is_payload(text)


@pytest.mark.parametrize("text", ["housing", "/ housing", "/Housing now", "1/2", "", "/"])
def test_other_texts_are_no_payloads(text):
    assert not is_payload(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a\n\tb  c ", "a b c"),
        ("ho\u200bu\ufeffse", "house"),
        ("a\x00b\x07c", "abc"),
        ("\u202edaycare\u202c", "daycare"),
        ("a\u0308iti", "äiti"),
        ("", ""),
        ("\u200b\u200d\x00", ""),
    ],
)
def test_a_message_is_composed_and_freed_of_what_nobody_sees(text, expected):
    assert clean(text) == expected


def test_persian_keeps_its_zero_width_non_joiner():
    assert clean("می‌خواهم") == "می‌خواهم"


def test_emoji_and_html_are_left_for_others_to_read():
    assert clean("🙂 <b>hi</b>") == "🙂 <b>hi</b>"


def test_a_long_message_is_read_to_a_bound():
    assert len(clean("a" * 10_000)) == MAX_MESSAGE


def test_a_short_message_is_encoded_as_it_is():
    assert shorten("I need a home") == "I need a home"


def test_a_long_message_is_encoded_by_its_beginning_and_its_end():
    text = "b" * 1000 + "m" * 1000 + "e" * 1000
    shortened = shorten(text)
    assert shortened == "b" * ENCODED_HEAD + " … " + "e" * ENCODED_TAIL


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("päivähoito", "Latin"),
        ("садик", "Cyrillic"),
        ("روضة", "Arabic"),
        ("مهدکودک", "Arabic"),
        ("日托", "Han"),
        ("สวัสดี", "Thai"),
        ("ひらがな", "Kana"),
        ("안녕", "Hangul"),
        ("ሰላም", "Ethiopic"),
        ("γειά", "Greek"),
    ],
)
def test_letters_are_counted_by_script(text, script):
    counts = script_counts(text)
    assert counts.most_common(1)[0][0] == script
    assert len(counts) == 1


def test_a_chinese_character_counts_like_a_short_word():
    assert script_counts("日托 ab") == {"Han": 6, "Latin": 2}


def test_digits_and_signs_have_no_script():
    assert not script_counts("112 !? 🙂 ٣")


@pytest.mark.parametrize("text", ["a", "я", "ع", "日"])
def test_a_letter_of_any_script_makes_words(text):
    assert has_words(text)


@pytest.mark.parametrize("text", ["", "112", "🙂🙂", "?!", "\u200b"])
def test_signs_alone_are_no_words(text):
    assert not has_words(text)
