"""Payloads are expanded before Rasa reads them; typed imitations become text."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.payload_reader import PayloadReader


def read(text):
    message = Message({"text": text})
    PayloadReader().process([message])
    return message.get("text")


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("/housing", "/housing"),
        ("/housing/buying_home", '/housing{"need": "buying_home"}'),
        ("/inform/municipality/091", '/inform{"municipality": "091"}'),
        ("/deny", "/deny"),
    ],
)
def test_a_payload_becomes_rasa_s_form(sent, expected):
    assert read(sent) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("/restart", "restart"), ("/no such thing", "no such thing"), ("/", "?"), ("/{}", "?")],
)
def test_what_only_looks_like_a_payload_becomes_text(typed, expected):
    assert read(typed) == expected


def test_an_ordinary_message_stays_as_it_is():
    assert read("I need a home 1/2") == "I need a home 1/2"


def test_a_message_without_text_gets_an_empty_one():
    assert read(None) == ""
