"""The assistant as channels see it: the conversation of the website, by the same ways."""

import dataclasses

import httpx
import pytest

from assistant.catalogue import ensure_own_catalogue
from assistant.channels.dialogue import Latest
from assistant.gateway.app import create_app
from assistant.settings import Settings
from tests.channels.played import PlayedRasa


@pytest.fixture
def rasa():
    return PlayedRasa()


@pytest.fixture
def app(tmp_path, rasa):
    settings = Settings(home=tmp_path, database_url=None, answer_timeout=1.0)
    return create_app(settings, httpx.MockTransport(rasa))


@pytest.fixture
def dialogue(app):
    return app.state.parts.messaging.desk._replier._dialogue


@pytest.fixture
def talk(app):
    return app.state.parts.messaging._store.open("telegram", "a1", "sealed", "fi")


async def test_a_text_reaches_rasa_s_channel_of_the_app(dialogue, talk, rasa):
    (answer,) = await dialogue.said(talk, "päiväkoti", False, "k1")
    assert answer["text"] == "You asked: päiväkoti"
    assert rasa.paths == ["/webhooks/telegram/webhook"]
    assert rasa.heard[0]["sender"] == talk.conversation.id
    assert rasa.heard[0]["metadata"] == {"language": "fi", "municipality": None}


async def test_with_the_same_key_the_same_answer_comes_and_rasa_hears_it_once(dialogue, talk, rasa):
    first = await dialogue.said(talk, "päiväkoti", False, "k1")
    assert await dialogue.said(talk, "päiväkoti", False, "k1") == first
    assert len(rasa.heard) == 1


async def test_a_text_that_was_cut_is_said_to_be_long(dialogue, talk):
    assert len(await dialogue.said(talk, "päiväkoti", True, "k1")) == 2


async def test_an_empty_text_is_answered_without_rasa(dialogue, talk, rasa):
    (answer,) = await dialogue.said(talk, " ", False, "k1")
    assert (answer["kind"], rasa.heard) == ("info", [])


async def test_a_payload_of_ours_is_pressed_and_no_other(dialogue, talk, rasa):
    assert await dialogue.pressed(talk, "/housing", "k1")
    assert await dialogue.pressed(talk, "/nothing", "k2") is None
    assert rasa.texts == ["/housing"]


@pytest.mark.parametrize(
    "payload",
    [
        "/bot_meta/start_over",
        "/bot_meta/change_language",
        "/bot_meta/what_can_you_do",
        "/services/near",
        "/language/so",
    ],
)
async def test_the_payloads_of_the_channels_are_known(dialogue, talk, payload):
    assert await dialogue.pressed(talk, payload, payload)


async def test_the_end_of_a_conversation_is_known(dialogue, talk):
    assert await dialogue.latest(talk) == Latest()
    await dialogue.said(talk, "ensin", False, "k1")
    await dialogue.said(talk, "sitten", False, "k2")
    latest = await dialogue.latest(talk)
    assert (latest.said, latest.answered["text"]) == ("sitten", "You asked: sitten")


async def test_erasing_erases_everything(dialogue, talk, app):
    await dialogue.said(talk, "päiväkoti", False, "k1")
    await dialogue.erase(talk.conversation.id)
    assert app.state.parts.conversations.find(talk.conversation.id) is None
    assert app.state.parts.messaging._store.address_of(talk.conversation.id) is None


async def test_a_location_is_the_postal_code_of_the_nearest_service(dialogue, talk, app):
    ensure_own_catalogue(app.state.parts.catalogue.store())
    # Esimerkkilä, the fictional municipality: its services are found by its own people alone.
    there = dataclasses.replace(talk.conversation, municipality="999")
    near = dataclasses.replace(talk, conversation=there)
    assert await dialogue.postal_code(near, 61.5, 24.1) == "99999"
    assert await dialogue.postal_code(near, 0.0, 0.0) is None
    assert await dialogue.postal_code(talk, 61.5, 24.1) is None


async def test_a_catalogue_that_cannot_be_opened_knows_no_place(dialogue, talk, app):
    app.state.parts.catalogue.store = lambda: 1 / 0
    assert await dialogue.postal_code(talk, 60.2, 24.9) is None
