"""A gateway with a Rasa that is played by the test."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from assistant.dialogue.messages import message
from assistant.gateway.app import create_app
from assistant.settings import Settings


class FakeRasa:
    """Answers every message; `answer` may be replaced by what a test needs."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answer: Callable[[dict[str, Any]], Any] = lambda sent: httpx.Response(
            200, json=[reply("You asked.", sent["metadata"]["language"])]
        )

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.path != "/webhooks/rest/webhook":
            return httpx.Response(200, json={"status": "ok"})
        result = self.answer(json.loads(request.content))
        return await result if hasattr(result, "__await__") else result

    @property
    def received(self) -> list[dict[str, Any]]:
        """The messages that reached Rasa."""
        return [
            json.loads(request.content)
            for request in self.requests
            if request.url.path == "/webhooks/rest/webhook"
        ]


def reply(text: str, language: str = "en", **parts: Any) -> dict[str, Any]:
    """An answer in the form of Rasa's REST channel."""
    custom = message(language, text, **parts)
    return {"recipient_id": "x", "text": text, "buttons": custom["buttons"], "custom": custom}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, database_url=None, channels="telegram", answer_timeout=1.0)


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa()


@pytest.fixture
def app(settings: Settings, rasa: FakeRasa) -> Any:
    return create_app(settings, httpx.MockTransport(rasa))


@pytest.fixture
def client(app: Any) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


class Person:
    """A person with a conversation of their own."""

    def __init__(self, client: TestClient, **wanted: Any) -> None:
        self.client = client
        self.begun = client.post("/api/conversations", json=wanted).json()
        self.path = f"/api/conversations/{self.begun['id']}"
        self.headers = {"Authorization": f"Bearer {self.begun['token']}"}

    def send(self, **sent: Any) -> httpx.Response:
        return self.client.post(f"{self.path}/messages", json=sent, headers=self.headers)

    def says(self, text: str) -> list[dict[str, Any]]:
        return self.send(text=text).json()["messages"]

    def history(self) -> list[dict[str, Any]]:
        return self.client.get(self.path, headers=self.headers).json()["messages"]

    def erase(self) -> httpx.Response:
        return self.client.delete(self.path, headers=self.headers)


@pytest.fixture
def begin(client: TestClient) -> Callable[..., Person]:
    return lambda **wanted: Person(client, **wanted)
