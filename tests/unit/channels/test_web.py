"""The channel of the website, with the assistant played by the test."""

import asyncio
from itertools import count

import pytest
from sanic import Sanic
from starlette.testclient import TestClient

from assistant.channels.web import WebInput
from assistant.dialogue.apology import apology
from assistant.nlu.conversation import conversation_language

NUMBERS = count()


@pytest.fixture
def post(monkeypatch):
    # Sanic rewrites its own methods when an application starts, and can do so twice in tests only.
    monkeypatch.setattr(Sanic, "test_mode", True)
    seen = []

    def send(handler, path="/webhooks/rest/webhook", **body):
        async def on_message(message):
            seen.append(message)
            await handler(message)

        app = Sanic(f"web_{next(NUMBERS)}", configure_logging=False)
        app.blueprint(WebInput().blueprint(on_message), url_prefix="/webhooks/rest")
        with TestClient(app) as client:
            return client.post(path, json=body)

    send.seen = seen
    return send


@pytest.fixture
def health(monkeypatch):
    monkeypatch.setattr(Sanic, "test_mode", True)

    def of(agent):
        app = Sanic(f"web_{next(NUMBERS)}", configure_logging=False)
        app.ctx.agent = agent
        app.blueprint(WebInput().blueprint(silent), url_prefix="/webhooks/rest")
        with TestClient(app) as client:
            return client.get("/webhooks/rest/").status_code

    return of


class PlayedAgent:
    def __init__(self, ready):
        self.is_ready = lambda: ready


async def answer(message):
    await message.output_channel.send_response(
        message.sender_id, {"text": "Hi\n\nthere", "custom": {"kind": "info"}}
    )


async def silent(message):
    pass


async def failing(message):
    raise RuntimeError("secret detail")


async def cancelled(message):
    raise asyncio.CancelledError


def test_an_answer_is_one_message(post):
    got = post(answer, sender="p", message="hello")
    assert got.status_code == 200
    assert got.json() == [{"recipient_id": "p", "text": "Hi\n\nthere", "custom": {"kind": "info"}}]


def test_the_message_reaches_the_assistant_with_what_the_website_knows(post):
    metadata = {"language": "so", "municipality": "091"}
    post(answer, sender="p", message="hello", metadata=metadata)
    (seen,) = post.seen
    assert (seen.sender_id, seen.text, seen.metadata) == ("p", "hello", metadata)


@pytest.mark.parametrize("handler", [silent, failing, cancelled])
def test_nobody_goes_without_an_answer(post, handler):
    got = post(handler, sender="p", message="hello", metadata={"language": "fi"})
    assert got.status_code == 200
    assert [one["text"] for one in got.json()] == [apology("fi")["text"]]
    assert "secret" not in got.text


def test_the_apology_is_in_the_conversation_s_language(post):
    async def understood(message):
        conversation_language.set("tr")

    got = post(understood, sender="p", message="hello")
    assert got.json()[0]["text"] == apology("tr")["text"]


def test_a_message_without_text_is_empty(post):
    post(answer, sender="p")
    assert post.seen[0].text == ""


def test_a_stream_is_answered_as_rasa_does(post):
    got = post(answer, "/webhooks/rest/webhook?stream=true", sender="p", message="hello")
    assert got.status_code == 200
    assert '"recipient_id":"p"' in got.text.replace(" ", "")


def test_it_listens_where_rasa_s_rest_channel_does():
    assert WebInput.name() == "rest"


@pytest.mark.parametrize(
    ("agent", "status"), [(PlayedAgent(True), 200), (PlayedAgent(False), 503), (None, 503)]
)
def test_it_is_healthy_only_with_a_model(health, agent, status):
    assert health(agent) == status
