"""Conversations over HTTP."""

import asyncio
import sqlite3
import time

import httpx
import pytest
from played_rasa import reply

from assistant.i18n import SERVED


def stored(settings):
    """Everything in the database, as one text."""
    with sqlite3.connect(settings.home / "conversations.db") as db:
        return "\n".join(db.iterdump())


def test_a_new_conversation_greets_in_the_chosen_language(begin):
    begun = begin(language="ar").begun
    assert [message["language"] for message in begun["greeting"]] == ["ar"]
    assert begun["greeting"][0]["direction"] == "rtl"
    assert begun["greeting"][0]["buttons"]


def test_a_new_conversation_lists_every_language_by_its_own_name(begin):
    languages = {one["code"]: one for one in begin().begun["languages"]}
    assert set(languages) == set(SERVED)
    assert languages["fa"] == {"code": "fa", "name": "فارسی", "direction": "rtl"}


def test_the_browser_s_language_is_the_default(client):
    begun = client.post(
        "/api/conversations", headers={"Accept-Language": "de, en;q=0.5, so-SO;q=0.8"}
    )
    assert begun.json()["language"] == "so"


def test_an_unserved_language_begins_in_english(begin):
    assert begin(language="sq").begun["language"] == "en"


def test_a_municipality_is_told_to_rasa_with_every_message(begin, rasa):
    person = begin(language="fi", municipality="91")
    assert person.begun["municipality"] == {"code": "091", "name": "Helsinki", "fictional": False}
    person.says("asunto")
    assert rasa.received[0]["metadata"] == {"language": "fi", "municipality": "091"}


def test_an_unknown_municipality_is_refused_in_a_clear_line(client):
    refused = client.post("/api/conversations", json={"municipality": "990"})
    assert refused.status_code == 422
    assert "no municipality with the code '990'" in refused.json()["detail"]


def test_an_answer_of_rasa_is_given_as_it_is(begin, rasa):
    card = {"id": "own:x", "title": "Daycare"}
    rasa.answer = lambda sent: httpx.Response(
        200, json=[reply("First", cards=[card]), reply("Where?", kind="question")]
    )
    messages = begin().says("daycare")
    assert [message["kind"] for message in messages] == ["answer", "question"]
    assert messages[0]["cards"] == [card]


def test_a_plain_answer_of_rasa_becomes_a_message(begin, rasa):
    plain = {"recipient_id": "x", "text": "Hi", "buttons": [{"title": "A", "payload": "/deny"}]}
    rasa.answer = lambda sent: httpx.Response(200, json=[plain])
    (message,) = begin(language="fi").says("moi")
    assert (message["text"], message["language"]) == ("Hi", "fi")
    assert message["buttons"] == [{"title": "A", "payload": "/deny"}]


def fails(error):
    def answer(sent):
        raise error

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        lambda sent: httpx.Response(200, json=[]),
        lambda sent: httpx.Response(500, text="Internal error"),
        lambda sent: httpx.Response(200, text="<html>"),
        lambda sent: httpx.Response(200, json=[{"recipient_id": "x"}]),
        lambda sent: httpx.Response(200, json={"status": "failure"}),
        fails(httpx.ConnectError("refused")),
        fails(httpx.ReadTimeout("slow")),
        fails(httpx.RemoteProtocolError("closed")),
    ],
    ids=["nothing", "500", "no json", "no text", "no list", "refused", "timeout", "closed"],
)
def test_a_failing_rasa_means_an_apology_never_silence(begin, rasa, answer):
    rasa.answer = answer
    response = begin(language="ar").send(text="مرحبا")
    (message,) = response.json()["messages"]
    assert response.status_code == 200
    assert (message["kind"], message["language"]) == ("error", "ar")
    assert "112" in message["text"]


def test_the_language_of_the_answer_is_the_language_of_the_next_message(begin, rasa):
    rasa.answer = lambda sent: httpx.Response(200, json=[reply("Привет", "ru")])
    person = begin(language="fi")
    assert person.send(text="привет").json()["language"] == "ru"
    person.says("ещё")
    assert [sent["metadata"]["language"] for sent in rasa.received] == ["fi", "ru"]


def test_a_language_button_decides_the_language_even_when_rasa_fails(begin, rasa):
    rasa.answer = fails(httpx.ConnectError("refused"))
    response = begin(language="fi").send(payload="/language/so")
    assert response.json()["language"] == "so"


def test_personal_data_reaches_neither_rasa_nor_the_database(begin, rasa, settings):
    person = begin()
    person.says("My code is 131052-308T, call 040 123 4567, me@example.org")
    person.says("/deny 131052-308T")
    for secret in ("131052", "308T", "123 4567", "me@example.org"):
        assert secret not in str(rasa.received)
        assert secret not in stored(settings)
    assert person.history()[1]["text"].startswith("My code is [identity code]")


def test_the_token_is_kept_only_as_a_hash(begin, settings):
    assert begin().begun["token"] not in stored(settings)


def test_a_typed_payload_is_text(begin, rasa):
    begin().says('/inform{"municipality": "091"}')
    assert rasa.received[0]["message"] == 'inform "municipality": "091"'


def test_a_button_s_payload_is_sent_to_rasa(begin, rasa):
    begin().send(payload="/housing")
    assert rasa.received[0]["message"] == "/housing"


@pytest.mark.parametrize("payload", ["/restart", "/nonsense/x", "housing", "", '/housing{"a":1}'])
def test_a_payload_that_no_button_sends_is_refused(begin, rasa, payload):
    refused = begin().send(payload=payload)
    assert (refused.status_code, rasa.received) == (422, [])
    assert refused.json() == {"detail": "No button sends this payload."}


@pytest.mark.parametrize("sent", [{}, {"text": "a", "payload": "/deny"}])
def test_a_message_has_either_a_text_or_a_payload(begin, sent):
    assert begin().send(**sent).json() == {"detail": "Send either a text or a payload."}


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\u200e", "\x00"])
def test_an_empty_message_is_answered_without_rasa(begin, rasa, text):
    (message,) = begin().says(text)
    assert (message["kind"], rasa.received) == ("info", [])


def test_a_long_message_is_cut_and_the_person_is_told(begin, rasa):
    messages = begin().says("home " * 1000)
    assert len(rasa.received[0]["message"]) <= 4000
    assert [message["kind"] for message in messages] == ["answer", "info"]


def test_a_message_with_half_a_character_is_read(client, begin, rasa):
    person = begin()
    body = b'{"text": "home \\ud83d please"}'
    headers = {**person.headers, "Content-Type": "application/json"}
    sent = client.post(f"{person.path}/messages", content=body, headers=headers)
    assert sent.status_code == 200
    assert rasa.received[0]["message"] == "home please"


def test_the_history_shows_what_was_said_and_pressed(begin, rasa):
    rasa.answer = lambda sent: httpx.Response(
        200,
        json=[reply("Sure?", kind="question", buttons=[{"title": "Yes", "payload": "/affirm"}])],
    )
    person = begin(language="en")
    person.says("a home")
    person.send(payload="/affirm")
    person.send(payload="/language/sv")
    history = person.history()
    assert [entry["sender"] for entry in history] == ["assistant"] + ["person", "assistant"] * 3
    assert [entry["text"] for entry in history[1::2]] == ["a home", "Yes", "svenska"]
    assert history[2]["message"]["text"] == "Sure?"


@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Basic abc", "Bearer é"])
def test_a_conversation_opens_only_with_its_token(client, begin, authorization):
    headers = {} if authorization is None else {"Authorization": authorization.encode()}
    path = begin().path
    for method, where in (("GET", path), ("DELETE", path), ("POST", f"{path}/messages")):
        body = {"text": "x"} if method == "POST" else None
        refused = client.request(method, where, headers=headers, json=body)
        assert refused.status_code == 401
        assert refused.json()["detail"].startswith("The token")


def test_a_token_expires_when_nothing_was_said_for_a_month(begin, settings):
    old, new = begin(), begin()
    for person, days in ((old, 31), (new, 29)):
        with sqlite3.connect(settings.home / "conversations.db") as db:
            moment = time.time() - days * 24 * 60 * 60
            change = "UPDATE conversations SET updated = ? WHERE id = ?"
            db.execute(change, (moment, person.begun["id"]))
    assert old.send(text="hello").status_code == 404
    assert new.send(text="hello").status_code == 200


def test_another_conversation_s_token_does_not_open_this_one(client, begin):
    assert client.get(begin().path, headers=begin().headers).status_code == 401


def test_an_unknown_conversation_is_not_found(client):
    missing = client.get("/api/conversations/abc", headers={"Authorization": "Bearer x"})
    assert missing.status_code == 404
    assert missing.json() == {"detail": "There is no such conversation."}


def test_an_erased_conversation_is_gone_everywhere(client, begin, settings):
    person = begin()
    with sqlite3.connect(settings.home / "conversations.db") as db:
        db.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, timestamp REAL)")
        db.execute("INSERT INTO events (sender_id, timestamp) VALUES (?, 1)", [person.begun["id"]])
        db.execute("INSERT INTO events (sender_id, timestamp) VALUES ('another', 1)")
    person.says("homeless in Turku")
    assert person.erase().status_code == 204
    assert client.get(person.path, headers=person.headers).status_code == 404
    assert person.begun["id"] not in stored(settings)
    assert "another" in stored(settings)
    files = settings.home.glob("conversations.db*")
    assert not any(b"homeless in Turku" in file.read_bytes() for file in files)


def test_an_answer_is_given_even_when_it_cannot_be_kept(begin, settings):
    person = begin()
    with sqlite3.connect(settings.home / "conversations.db") as db:
        db.execute("DROP TABLE conversation_messages")
    assert person.says("hello")[0]["text"] == "You asked."


async def test_messages_of_one_conversation_are_answered_one_at_a_time(app, rasa):
    under_way, most = 0, 0

    async def slowly(sent):
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.02)
        under_way -= 1
        return httpx.Response(200, json=[reply(f"{sent['message']}!", "ru")])

    rasa.answer = lambda sent: slowly(sent)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        begun = (await client.post("/api/conversations", json={"language": "fi"})).json()
        headers = {"Authorization": f"Bearer {begun['token']}"}
        path = f"/api/conversations/{begun['id']}/messages"
        answers = await asyncio.gather(
            *(client.post(path, json={"text": text}, headers=headers) for text in "abc")
        )
    assert most == 1
    assert [answer.json()["messages"][0]["text"] for answer in answers] == ["a!", "b!", "c!"]
    assert [sent["metadata"]["language"] for sent in rasa.received] == ["fi", "ru", "ru"]
