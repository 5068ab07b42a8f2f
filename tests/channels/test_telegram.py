"""Telegram from the webhook to the answer, over real HTTP on both sides."""

import logging
import sqlite3

import httpx
import pytest
import telegram

from assistant.channels import texts
from assistant.dialogue.messages import language_buttons, message
from assistant.dialogue.responses import domain_responses
from assistant.gateway.app import create_app
from tests.channels.bot_api import SECRET, TOKEN
from tests.channels.servers import gateway

CHAT = 1111111
PLACE_QUESTION = domain_responses()["utter_ask_place"][0]["text"]


@pytest.fixture(autouse=True)
def greeted(updates, settled, bot_api, rasa):
    """The person has been greeted."""
    updates.says("/start")
    settled()
    bot_api.calls.clear()
    rasa.heard.clear()


def buttons_of(sent):
    rows = sent["reply_markup"]["inline_keyboard"]
    return [(one["text"], one["callback_data"]) for row in rows for one in row]


def test_a_text_is_answered(updates, settled, bot_api, rasa):
    updates.says("daycare for my child")
    settled()
    assert bot_api.texts(CHAT) == ["You asked: daycare for my child"]
    assert rasa.paths[-1] == "/webhooks/telegram/webhook"
    assert not any(str(CHAT) in str(heard) for heard in rasa.heard)


def test_rasa_hears_masked_text_only(updates, settled, rasa, settings):
    updates.says("I am 131052-308T, call +358 40 123 4567")
    settled()
    assert rasa.texts == ["I am [identity code], call [phone number]"]
    with sqlite3.connect(settings.home / "conversations.db") as db:
        stored = "\n".join(db.iterdump())
    assert not any(part in stored for part in ("131052", "123 4567", str(CHAT)))


@pytest.mark.parametrize(
    "secret", ["", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "ä", None]
)
def test_with_a_wrong_secret_nothing_happens(updates, settled, bot_api, rasa, settings, secret):
    update = updates.message(text="hello")
    headers = {}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret.encode()
    refused = updates.client.post(updates.url, json=update, headers=headers)
    settled()
    assert refused.status_code == 403
    assert (bot_api.calls, rasa.heard) == ([], [])
    assert updates.post(update).status_code == 200  # it was not taken for a known one
    settled()
    assert len(bot_api.sent) == 1


def test_the_address_is_for_posts(updates):
    assert updates.client.get(updates.url).status_code == 403
    assert updates.client.put(updates.url).status_code == 405


def test_a_message_delivered_again_is_answered_once(updates, settled, bot_api, rasa):
    update = updates.says("hello")
    for _ in range(3):
        assert updates.post(update).status_code == 200
    settled()
    updates.post(update)
    settled()
    assert (len(bot_api.sent), len(rasa.heard)) == (1, 1)


def test_a_message_delivered_again_after_a_restart_is_answered_once(
    updates, settled, bot_api, rasa, settings, wait
):
    update = updates.says("hello")
    settled()
    again = create_app(settings, httpx.MockTransport(rasa))
    with gateway(again) as address:
        updates.url = f"{address}/webhooks/telegram/webhook"
        assert updates.post(update).status_code == 200
        updates.says("second")
        wait(lambda: again.state.parts.messaging.desk.waiting == 0)
    assert bot_api.texts(CHAT) == ["You asked: hello", "You asked: second"]


def test_choices_are_an_inline_keyboard(updates, settled, bot_api, rasa):
    given = [{"title": "Yes", "payload": "/affirm"}, {"title": "No", "payload": "/deny"}]
    rasa.answer = lambda sent: [message("en", "Sure?", kind="question", buttons=given)]
    updates.says("hello")
    settled()
    assert buttons_of(bot_api.sent[0]) == [("Yes", "/affirm"), ("No", "/deny")]


def test_a_pressed_button_is_answered_and_stops_turning(updates, settled, bot_api, rasa):
    pressed = updates.pressed("/housing")
    updates.post(pressed)
    settled()
    assert rasa.texts == ["/housing"]
    (answered,) = bot_api.of("answerCallbackQuery")
    assert answered["callback_query_id"] == pressed["callback_query"]["id"]


@pytest.mark.parametrize("data", ["x", "/nothing/here", "ä" * 32, '/housing{"a": "b"}', "1"])
def test_a_button_of_another_bot_or_another_time_gets_a_helpful_answer(
    updates, settled, bot_api, rasa, data
):
    updates.post(updates.pressed(data))
    settled()
    assert bot_api.texts(CHAT) == [texts.OLD_BUTTON]
    assert rasa.heard == []


def test_a_typed_payload_is_a_text(updates, settled, rasa):
    updates.says('/inform{"municipality": "091"}')
    settled()
    assert not rasa.texts[0].startswith("/")


def test_start_greets_in_the_language_of_the_app(updates, settled, bot_api):
    updates.says("/start", chat=2, language="ar")
    settled()
    (greeting,) = [one for one in bot_api.sent if one["chat_id"] == 2]
    assert "مساعد آلي" in greeting["text"]
    assert buttons_of(greeting)[-1][1] == "/bot_meta/change_language"


def test_a_link_of_a_municipality_begins_there(updates, settled, rasa):
    updates.says("/start 853", chat=2)
    updates.says("daycare", chat=2)
    settled()
    assert rasa.heard[-1]["metadata"]["municipality"] == "853"


def test_languages_are_a_keyboard_of_their_own_names(updates, settled, bot_api, rasa):
    rasa.answer = lambda sent: [
        message("en", "Choose your language.", kind="question", buttons=language_buttons())
    ]
    updates.says("/language")
    settled()
    assert rasa.heard[-1]["message"] == "/bot_meta/change_language"
    assert ("العربية", "/language/ar") in buttons_of(bot_api.sent[0])


def test_a_conversation_is_deleted_everywhere(updates, settled, bot_api, settings):
    updates.says("my husband hits me")
    updates.says("/delete")
    settled()
    yes = buttons_of(bot_api.sent[-1])[0][1]
    updates.post(updates.pressed(yes))
    settled()
    assert bot_api.texts(CHAT)[-1] == f"{texts.DELETED}\n{texts.DELETE_HERE_TOO}"
    with sqlite3.connect(settings.home / "conversations.db") as db:
        stored = "\n".join(db.iterdump())
        assert db.execute("SELECT count(*) FROM conversations").fetchone() == (0,)
    assert "husband" not in stored


@pytest.mark.parametrize(
    "content",
    [
        {"voice": {"file_id": "x", "file_unique_id": "y", "duration": 5}},
        {"sticker": {"file_id": "x", "emoji": "👍"}},
        {"contact": {"phone_number": "+358401234567", "first_name": "A"}},
        {"document": {"file_id": "x", "file_name": "passport.pdf"}},
        {"poll": {"id": "1", "question": "?", "options": []}},
        {"something_new": {"x": 1}},
    ],
)
def test_what_is_not_text_gets_a_polite_answer(updates, settled, bot_api, rasa, content):
    updates.post(updates.message(**content))
    settled()
    assert bot_api.texts(CHAT) == [texts.ONLY_TEXT]
    assert rasa.heard == []


def test_the_words_under_a_picture_are_answered(updates, settled, bot_api):
    photo = [{"file_id": "x", "file_unique_id": "y", "width": 90, "height": 67}]
    updates.post(updates.message(photo=photo, caption="what is this letter"))
    settled()
    assert bot_api.texts(CHAT) == [texts.ONLY_WORDS, "You asked: what is this letter"]


def test_an_edited_text_is_answered_anew(updates, settled, bot_api):
    update = updates.says("day car")
    settled()
    updates.post(updates.edited(update, text="daycare"))
    updates.post(updates.edited(update, text="daycare"))  # Telegram says so for a link, too
    settled()
    assert bot_api.texts(CHAT) == ["You asked: day car", "You asked: daycare"]


def test_a_group_is_refused_politely_and_left(updates, settled, bot_api, rasa):
    group = {"id": -100123, "type": "supergroup", "title": "Neighbours"}
    for text in ("/start@kuntaopas_bot", "hello"):
        update = updates.message(text=text)
        update["message"]["chat"] = group
        updates.post(update)
    settled()
    (refusal,) = bot_api.texts(-100123)
    assert refusal == f"{texts.PRIVATE_ONLY}\nhttps://t.me/kuntaopas_bot"
    assert bot_api.of("leaveChat")[0] == {"chat_id": -100123}
    assert rasa.heard == []


def test_a_question_for_a_place_offers_to_send_the_location(updates, settled, bot_api, rasa):
    rasa.answer = lambda sent: [message("en", PLACE_QUESTION, kind="question")]
    updates.says("nearer")
    settled()
    keyboard = bot_api.sent[0]["reply_markup"]["keyboard"]
    assert keyboard == [[{"text": texts.SEND_LOCATION, "request_location": True}]]


def test_a_location_is_a_postal_code_to_rasa_and_nothing_in_the_database(
    updates, settled, bot_api, rasa, app, settings, monkeypatch
):
    dialogue = app.state.parts.messaging.desk._replier._dialogue

    async def postal_code(talk, latitude, longitude):
        assert (latitude, longitude) == (60.18361, 24.95012)
        return "00530"

    monkeypatch.setattr(dialogue, "postal_code", postal_code)
    rasa.answer = lambda sent: [
        message("en", PLACE_QUESTION, kind="question")
        if sent["message"].startswith("/services")
        else message("en", "These services are the nearest:")
    ]
    updates.post(updates.message(location={"latitude": 60.18361, "longitude": 24.95012}))
    settled()
    assert rasa.texts == ["/services/near", "00530"]
    assert bot_api.texts(CHAT) == ["These services are the nearest:"]
    with sqlite3.connect(settings.home / "conversations.db") as db:
        assert "60.1836" not in "\n".join(db.iterdump())


def test_a_long_answer_is_several_messages_cut_at_sentences(updates, settled, bot_api, rasa):
    sentence = "Tämä on yksi lause 👍 tästä. "
    rasa.answer = lambda sent: [message("fi", sentence * 400)]
    updates.says("hello")
    settled()
    parts = bot_api.texts(CHAT)
    assert len(parts) == 3
    assert all(part.endswith("tästä.") for part in parts)
    assert " ".join(parts) == (sentence * 400).strip()


def test_a_text_as_long_as_telegram_allows_is_read_and_said_to_be_long(updates, settled, bot_api):
    updates.says("word " * 819)
    settled()
    assert "very long" in bot_api.texts(CHAT)[-1]


@pytest.mark.parametrize(
    "text", ["*bold* _x_ [a](b) `c` <b>x</b> &amp; \\", "a_b*c[d", "1 < 2 & 3"]
)
def test_signs_of_mark_up_are_only_signs(updates, settled, bot_api, rasa, text):
    rasa.answer = lambda sent: [message("en", text)]
    updates.says("hello")
    settled()
    assert bot_api.texts(CHAT) == [text]
    assert "parse_mode" not in bot_api.sent[0]


def test_what_stands_out_is_counted_as_telegram_counts(updates, settled, bot_api, rasa):
    card = {"id": "1", "title": "👍 Neuvonta", "address": "Katu 1", "map_url": "https://m"}
    rasa.answer = lambda sent: [message("en", "👋 See:", cards=[card])]
    updates.says("hello")
    settled()
    (sent,) = bot_api.sent
    read = telegram.Message.de_json(
        {**sent, "message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}, None
    )
    found = read.parse_entities()
    assert {text: entity.url for entity, text in found.items()} == {
        "👍 Neuvonta": None,
        "Katu 1": "https://m",
    }


def test_buttons_that_telegram_refuses_do_not_cost_the_answer(updates, settled, bot_api, rasa):
    bot_api.refuse_buttons = True
    given = [{"title": "Yes", "payload": "/affirm"}]
    rasa.answer = lambda sent: [message("en", "Sure?", buttons=given)]
    updates.says("hello")
    settled()
    assert bot_api.texts(CHAT) == ["Sure?"]


def test_links_have_no_preview_and_sensitive_answers_no_sound(updates, settled, bot_api, rasa):
    rasa.answer = lambda sent: [message("en", "x", about="social_services/violence_at_home")]
    updates.says("hello")
    settled()
    assert bot_api.sent[0]["link_preview_options"] == {"is_disabled": True}
    assert bot_api.sent[0]["disable_notification"] is True


def test_without_rasa_there_is_an_apology_with_a_contact(updates, settled, bot_api, rasa):
    rasa.answer = lambda sent: httpx.Response(500)
    updates.says("hello")
    settled()
    assert "112" in bot_api.texts(CHAT)[0]


def test_messages_of_one_person_are_answered_in_order_and_of_many_beside_each_other(
    updates, settled, bot_api
):
    for number in range(5):
        for chat in range(1, 6):
            updates.says(f"{number}", chat=chat)
    settled()
    for chat in range(1, 6):
        answers = [text for text in bot_api.texts(chat) if "You asked" in text]
        assert answers == [f"You asked: {number}" for number in range(5)]


def test_no_secret_and_nothing_said_is_in_a_log(updates, settled, bot_api, rasa, caplog):
    caplog.set_level(logging.DEBUG)
    bot_api.blocked.add(3)
    updates.says("my husband hits me", chat=3)
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    updates.client.post(updates.url, content=b"{", headers=headers)
    settled()
    ours = [one for one in caplog.records if not one.name.startswith(("hpack", "asyncio"))]
    logged = "\n".join(record.getMessage() for record in ours)
    assert "cannot be delivered: 403" in logged
    for secret in (TOKEN, TOKEN.split(":")[1], SECRET, "husband"):
        assert secret not in logged
