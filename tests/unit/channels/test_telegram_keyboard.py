"""Buttons stand side by side as far as their titles can be read."""

import pytest

from assistant.channels.choices import Choice
from assistant.channels.telegram.keyboard import inline_keyboard, location_keyboard, rows
from assistant.dialogue.messages import language_buttons


def shape(*titles):
    return [len(row) for row in rows([Choice(title, "/x") for title in titles])]


def test_short_titles_stand_three_in_a_row():
    assert shape("Yes", "No", "Perhaps", "Other") == [3, 1]


def test_longer_titles_stand_two_in_a_row():
    assert shape("I do not know", "Why do you ask?", "Yes", "No", "Never") == [2, 3]


def test_a_long_title_stands_alone():
    assert shape("Somebody hurts me at home", "Yes", "No") == [1, 2]


def test_a_chinese_character_is_as_wide_as_two_letters():
    assert shape("早期教育", "儿童学校", "住房") == [3]
    assert shape("幼儿早期教育", "儿童学校教育", "住房") == [2, 1]


def test_the_order_of_choices_stays():
    titles = ["Aaaaaaaaaaaa", "B", "C", "Ddddddddddddddddddddddd", "E"]
    laid = rows([Choice(title, "/x") for title in titles])
    assert [choice.title for row in laid for choice in row] == titles


def test_the_languages_are_a_small_keyboard():
    choices = [Choice(one["title"], one["payload"]) for one in language_buttons()]
    assert len(rows(choices)) <= 7


def test_a_keyboard_has_titles_and_payloads():
    assert inline_keyboard([Choice("Yes", "/affirm")]) == {
        "inline_keyboard": [[{"text": "Yes", "callback_data": "/affirm"}]]
    }


def test_a_location_is_asked_for_once():
    keyboard = location_keyboard("Send my location")
    assert keyboard["keyboard"] == [[{"text": "Send my location", "request_location": True}]]
    assert keyboard["one_time_keyboard"]


@pytest.mark.parametrize("count", range(12))
def test_every_choice_has_one_button(count):
    assert sum(shape(*map(str, range(count)))) == count
