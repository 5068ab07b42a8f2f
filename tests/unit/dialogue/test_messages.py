"""Channel-neutral messages."""

from collections import Counter

import pytest

from assistant.dialogue.messages import (
    KINDS,
    OFFERED_MUNICIPALITIES,
    Button,
    core_buttons,
    language_buttons,
    message,
    municipality_buttons,
    need_buttons,
    plain_text,
)
from assistant.guidance import load_sources
from assistant.i18n import LANGUAGES, SERVED, Translator, catalogs, translator
from assistant.i18n.bidi import LRI

CARD = {
    "title": "Main library",
    "provider": "City",
    "summary": "Books.",
    "address": "Street 1",
    "hours_today": "8–16",
    "phones": [{"number": "09 123"}],
    "url": "https://x.fi",
}


def test_a_message_has_every_part_of_the_form():
    source = next(iter(load_sources().values()))
    made = message(
        "fi", " Hei ", buttons=[Button(title="Koti", payload="/housing")], sources=[source]
    )
    assert made == {
        "kind": "answer",
        "language": "fi",
        "direction": "ltr",
        "text": "Hei",
        "buttons": [{"title": "Koti", "payload": "/housing"}],
        "cards": [],
        "sources": [source.as_dict()],
        "about": None,
        "sensitive": False,
    }


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_a_message_from_right_to_left_isolates_numbers_in_text_and_buttons(language):
    made = message(language, "112", buttons=[Button(title="Kela", payload="/health")])
    assert made["direction"] == "rtl"
    assert made["text"].startswith(LRI)
    assert made["buttons"][0]["title"].startswith(LRI)
    assert made["buttons"][0]["payload"] == "/health"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_made(kind):
    assert message("en", "x", kind=kind)["kind"] == kind


def test_a_kind_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="unknown kind"):
        message("en", "x", kind="shout")


@pytest.mark.parametrize("payload", ["/" + "a" * 64, "/ä"])
def test_a_payload_that_some_channel_cannot_carry_is_refused(payload):
    with pytest.raises(ValueError, match="not short ASCII"):
        message("en", "x", buttons=[Button(title="x", payload=payload)])


def test_buttons_of_needs_have_names_in_the_person_s_language():
    titles = [one["title"] for one in need_buttons(["housing"], translator("fi"))]
    assert titles == [translator("fi").gettext("Housing")] != ["Housing"]


@pytest.mark.parametrize("language", SERVED)
def test_buttons_fit_every_channel_in_each_language(language):
    texts = translator(language)
    buttons = core_buttons(texts) + municipality_buttons(language, texts) + language_buttons()
    assert message(language, "x", buttons=buttons)["buttons"]


def test_each_language_is_offered_by_its_own_name():
    assert [one["title"] for one in language_buttons()] == [
        language.own_name for language in LANGUAGES.values()
    ]


def test_municipalities_are_offered_with_a_way_out():
    payloads = [one["payload"] for one in municipality_buttons("en", translator("en"))]
    assert len(payloads) == len(OFFERED_MUNICIPALITIES) + 1
    assert payloads[-1] == "/dont_know"


@pytest.mark.parametrize(
    ("language", "name"), [("sv", "Helsingfors"), ("fi", "Helsinki"), ("so", "Helsinki")]
)
def test_swedish_speakers_see_swedish_names_of_municipalities(language, name):
    titles = [one["title"] for one in municipality_buttons(language, translator(language))]
    assert name in titles


def test_a_message_as_plain_text_has_its_cards_line_by_line():
    made = message("en", "Here:", cards=[CARD])
    assert plain_text(made).splitlines() == [
        "Here:",
        "* Main library (City)",
        "  Books.",
        "  Street 1",
        "  8–16",
        "  09 123",
        "  https://x.fi",
    ]


def test_a_card_with_a_title_alone_is_one_line():
    card = {**dict.fromkeys(CARD), "title": "T"}
    assert plain_text(message("en", "x", cards=[card])) == "x\n* T"


def test_plain_text_shows_as_many_cards_as_are_wanted():
    assert (
        plain_text(message("en", "x", cards=[CARD, CARD]), card_limit=1).count("Main library") == 1
    )


NOTE = "Part of this is not in your language yet. It is in English."
NOWHERE = "This sentence is translated nowhere."


@pytest.fixture
def half_translated(monkeypatch):
    """A language that has nothing but the note itself."""
    monkeypatch.setattr(
        Translator, "_knows", lambda self, text: text == NOTE and self.language != "en"
    )
    monkeypatch.setattr(catalogs, "untranslated", Counter())
    return translator("fi")


def test_a_message_that_is_partly_in_english_says_so_once(half_translated):
    text = half_translated.gettext(NOWHERE)
    made = message("fi", f"Hei\n{text}\n{text}", buttons=[Button(title=text, payload="/housing")])
    assert made["text"].startswith(f"Hei\n{NOWHERE}")
    assert made["text"].count(translator("fi").gettext(NOTE)) == 1


def test_a_button_in_english_is_said_too(half_translated):
    title = half_translated.gettext(NOWHERE)
    made = message("fi", "Hei", buttons=[Button(title=title, payload="/housing")])
    assert translator("fi").gettext(NOTE) in made["text"]


def test_a_translated_message_has_no_such_line(half_translated):
    half_translated.gettext(NOWHERE)
    assert message("fi", "Hei")["text"] == "Hei"


def test_english_itself_needs_no_such_line(half_translated):
    half_translated.gettext(NOWHERE)
    assert message("en", NOWHERE)["text"] == NOWHERE


def test_a_message_without_a_text_stays_without_one(half_translated):
    title = half_translated.gettext(NOWHERE)
    assert message("fi", "", buttons=[Button(title=title, payload="/housing")])["text"] == ""


def test_danger_is_told_before_that(half_translated):
    text = half_translated.gettext("Call 112 now.")
    made = message("fi", text, kind="emergency")
    assert made["text"].index("112") < made["text"].index(translator("fi").gettext(NOTE))
