"""What buttons send, and what is refused of what people type."""

import json

import pytest

from assistant.dialogue.payloads import as_text, expand, looks_like_payload


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("/housing", "/housing"),
        (" /housing ", "/housing"),
        ("/deny", "/deny"),
        ("/dont_know", "/dont_know"),
        ("/housing/buying_home", '/housing{"need": "buying_home"}'),
        ("/inform/municipality/091", '/inform{"municipality": "091"}'),
        ("/inform/situation/at_home", '/inform{"situation": "at_home"}'),
        (
            "/easy/housing/buying_home",
            '/bot_meta{"need": "explain_simpler", "view": "housing/buying_home"}',
        ),
        ("/easy/housing", '/bot_meta{"need": "explain_simpler", "view": "housing"}'),
        ("/services/more", '/services{"view": "more"}'),
        ("/services/details/2", '/services{"view": "details_2"}'),
        (
            "/language/ar",
            '/bot_meta{"need": "change_language", "conversation_language": "ar"}',
        ),
    ],
)
def test_a_button_s_payload_becomes_rasa_s_form(payload, expected):
    assert expand(payload) == expected


@pytest.mark.parametrize(
    "payload",
    [
        '/housing{"need": "buying_home"}',
        '/inform{"municipality": "091"}',
        "/affirm{}",
        "/housing{}",
    ],
)
def test_rasa_s_own_form_is_accepted_when_it_is_harmless(payload):
    intent, _, arguments = payload[1:].partition("{")
    assert expand(payload) == f"/{intent}{json.dumps(json.loads('{' + arguments))}"


@pytest.mark.parametrize(
    "payload",
    [
        "housing",
        "",
        "/",
        "/restart",
        "/session_start",
        "/nlu_fallback",
        "/no_such_topic",
        "/housing/no_such_need",
        "/housing/buying_home/more",
        "/easy",
        "/easy/no_such_topic",
        "/services",
        "/services/some",
        "/services/more/2",
        "/services/details/10",
        "/inform/name/ali",
        "/inform/municipality",
        "/inform/municipality/../../etc",
        "/inform/municipality/Ä",
        "/inform/municipality/" + "1" * 41,
        "/language/xx",
        "/language",
        "/HOUSING",
        '/restart{"a": "b"}',
        '/housing{"need": "no_such_need"}',
        '/housing{"topic": "health"}',
        '/inform{"municipality": 5}',
        '/inform{"municipality": "<b>"}',
        '/inform{"municipality": "091"',
        "/inform{not json}",
        '/inform["091"]',
        '/session_start{"municipality": "091"}',
    ],
)
def test_what_no_button_sends_is_refused(payload):
    assert expand(payload) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("/x", True), ("  /x", True), ("x", False), ("", False)]
)
def test_a_slash_makes_a_text_look_like_a_payload(text, expected):
    assert looks_like_payload(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("/housing please", "housing please"), ('/a{"b"}', 'a "b"'), ("///", "?"), ("/ ", "?")],
)
def test_a_typed_imitation_becomes_ordinary_text(text, expected):
    assert as_text(text) == expected


def test_the_text_of_an_imitation_is_never_a_payload():
    for text in ("//housing", "/ /housing", '/{/housing{"need": "x"}}'):
        assert expand(as_text(text)) is None
