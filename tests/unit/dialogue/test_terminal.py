"""Messages on a terminal."""

import pytest

from assistant.dialogue.messages import Button, message
from assistant.dialogue.terminal import is_terminal, rasa_response, understood_line
from assistant.settings import get_settings

BUILT = message("en", "Hello", buttons=[Button(title="Home", payload="/housing")])


@pytest.fixture
def debug(monkeypatch):
    monkeypatch.setenv("KUNTAOPAS_DEBUG_NLU", "1")
    get_settings.cache_clear()
    yield
    monkeypatch.undo()
    get_settings.cache_clear()


@pytest.mark.parametrize(
    ("channel", "output", "expected"),
    [("cmdline", "", True), (None, "queue", True), ("rest", "rest", False), (None, "", False)],
)
def test_rasa_shell_is_a_terminal(turn, channel, output, expected):
    assert is_terminal(turn(channel=channel), output) is expected


def test_a_website_gets_the_whole_message_beside_text_and_buttons(turn):
    response = rasa_response(BUILT, turn())
    assert response["text"] == "Hello"
    assert response["buttons"] == [{"title": "Home", "payload": "/housing"}]
    assert response["custom"] == BUILT


def test_a_terminal_gets_text_and_buttons_alone(turn):
    response = rasa_response(BUILT, turn(channel="cmdline"))
    assert set(response) == {"text", "buttons"}


def test_staff_see_what_was_understood_when_they_ask_for_it(turn, debug):
    made = turn(
        "housing",
        channel="cmdline",
        municipality="091",
        message={
            "language": {"code": "fi"},
            "need": {"ranking": [{"name": "housing/a", "confidence": 0.5}]},
        },
    )
    lines = rasa_response(BUILT, made)["text"].splitlines()
    assert lines == [
        "[language fi | intent housing 0.90 | needs housing/a 0.50 | municipality 091]",
        "Hello",
    ]


def test_a_website_never_shows_what_was_understood(turn, debug):
    assert rasa_response(BUILT, turn())["text"] == "Hello"


def test_a_turn_of_nothing_has_a_line_too(turn):
    assert "needs -" in understood_line(turn())
