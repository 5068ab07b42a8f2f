"""Messages have ids, and one that is sent again is answered once."""

import asyncio
import sqlite3

import httpx
import pytest
from played_rasa import reply

from assistant.gateway.app import create_app


def counting(rasa):
    """Rasa answers each message with a number, so that a second answer would show."""
    rasa.answer = lambda sent: httpx.Response(
        200, json=[reply(f"Answer {len(rasa.received)}"), reply("Where?", kind="question")]
    )


def test_a_message_sent_again_gets_the_same_answer_and_reaches_rasa_once(begin, rasa):
    counting(rasa)
    person = begin()
    first = person.send(text="a home", message_id="a-1_Z")
    again = person.send(text="a home", message_id="a-1_Z")
    assert again.status_code == 200
    assert again.json() == first.json()
    assert len(rasa.received) == 1
    assert [entry["sender"] for entry in person.history()].count("person") == 1


def test_another_id_is_another_message(begin, rasa):
    counting(rasa)
    person = begin()
    texts = [
        person.send(text="a home", message_id=name).json()["messages"][0]["text"] for name in "ab"
    ]
    assert texts == ["Answer 1", "Answer 2"]


def test_the_same_words_without_an_id_are_said_twice(begin, rasa):
    person = begin()
    person.says("a home")
    person.says("a home")
    assert len(rasa.received) == 2


def test_a_button_pressed_twice_by_a_lost_connection_counts_once(begin, rasa):
    person = begin()
    for _ in range(2):
        person.send(payload="/housing", message_id="x")
    assert len(rasa.received) == 1


def test_later_messages_are_not_part_of_the_answer_that_is_sent_again(begin, rasa):
    counting(rasa)
    person = begin()
    first = person.send(text="a", message_id="1").json()
    person.send(text="b", message_id="2")
    assert person.send(text="a", message_id="1").json() == first


def test_the_language_of_an_answer_sent_again_is_that_of_then(begin, rasa):
    rasa.answer = lambda sent: httpx.Response(200, json=[reply("Привет", "ru")])
    person = begin(language="fi")
    person.send(text="a", message_id="1")
    assert person.send(text="a", message_id="1").json()["language"] == "ru"


def test_ids_of_one_conversation_mean_nothing_in_another(begin, rasa):
    for _ in range(2):
        begin().send(text="a", message_id="1")
    assert len(rasa.received) == 2


def test_a_restart_of_the_gateway_forgets_no_id(begin, rasa, settings):
    from starlette.testclient import TestClient

    counting(rasa)
    person = begin()
    first = person.send(text="a", message_id="1").json()
    with TestClient(create_app(settings, httpx.MockTransport(rasa))) as client:
        person.client = client
        assert person.send(text="a", message_id="1").json() == first
    assert len(rasa.received) == 1


async def test_a_message_sent_again_while_it_is_answered_waits_for_that_answer(app, rasa):
    async def slowly(sent):
        await asyncio.sleep(0.05)
        return httpx.Response(200, json=[reply(f"Answer {len(rasa.received)}")])

    rasa.answer = lambda sent: slowly(sent)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        begun = (await client.post("/api/conversations")).json()
        headers = {"Authorization": f"Bearer {begun['token']}"}
        path = f"/api/conversations/{begun['id']}/messages"
        sent = {"text": "a", "message_id": "1"}
        answers = await asyncio.gather(
            *(client.post(path, json=sent, headers=headers) for _ in range(3))
        )
    assert [answer.json()["messages"][0]["text"] for answer in answers] == ["Answer 1"] * 3
    assert len(rasa.received) == 1


@pytest.mark.parametrize("wrong", ["", "x" * 65, "a b", "ä", "a\n", "../x", 7, True, ["a"], {}])
def test_an_id_that_is_none_is_refused_in_one_line(begin, rasa, wrong):
    refused = begin().send(text="a", message_id=wrong)
    assert refused.status_code == 422
    assert "\n" not in refused.json()["detail"]
    assert rasa.received == []


def test_ids_are_erased_with_the_conversation(begin, settings):
    person = begin()
    person.send(text="a", message_id="my-own-id")
    person.erase()
    with sqlite3.connect(settings.home / "conversations.db") as db:
        assert "my-own-id" not in "\n".join(db.iterdump())


def test_an_answer_is_given_even_when_what_was_sent_before_cannot_be_read(begin, settings):
    person = begin()
    with sqlite3.connect(settings.home / "conversations.db") as db:
        db.execute("DROP TABLE sent_messages")
    assert person.send(text="hello", message_id="1").json()["messages"][0]["text"] == "You asked."


def test_every_message_has_an_id_that_stays_the_same(begin, rasa):
    counting(rasa)
    person = begin()
    greeting = [message["id"] for message in person.begun["greeting"]]
    answers = [message["id"] for message in person.says("a")]
    history = person.history()
    ids = [entry["id"] for entry in history]
    assert len(set(ids)) == len(history)
    assert [history[0]["message"]["id"]] == greeting == ids[:1]
    assert [entry["message"]["id"] for entry in history[2:]] == answers == ids[2:]


def test_a_message_that_is_not_kept_has_no_id(begin):
    (message,) = begin().says(" ")
    assert "id" not in message


def test_an_installation_says_who_runs_it(settings, rasa):
    from starlette.testclient import TestClient

    settings.operator_name, settings.privacy_url = "City", "https://city.example/privacy"
    with TestClient(create_app(settings, httpx.MockTransport(rasa))) as client:
        begun = client.post("/api/conversations").json()
        headers = {"Authorization": f"Bearer {begun['token']}"}
        told = client.get(f"/api/conversations/{begun['id']}", headers=headers).json()
    operator = {"name": "City", "url": None, "privacy_url": "https://city.example/privacy"}
    assert begun["operator"] == told["operator"] == operator


@pytest.mark.parametrize(
    ("custom", "told"),
    [
        ({"about": "housing", "sensitive": False}, ("housing", False)),
        ({"about": "social_services/violence_at_home"}, ("social_services/violence_at_home", True)),
        ({"about": None, "sensitive": True}, (None, True)),
        ({"about": ["x"], "sensitive": None}, (None, False)),
        ({}, (None, False)),
    ],
)
def test_a_message_tells_what_it_is_about_and_whether_it_is_sensitive(begin, rasa, custom, told):
    answer = reply("An answer.")
    for name in ("about", "sensitive"):
        answer["custom"].pop(name)
    answer["custom"].update(custom)
    rasa.answer = lambda sent: httpx.Response(200, json=[answer])
    person = begin()
    (message,) = person.says("a")
    assert (message["about"], message["sensitive"]) == told
    assert person.history()[2]["message"] == message
