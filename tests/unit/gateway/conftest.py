"""A gateway with a Rasa that is played by the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from played_rasa import PlayedRasa
from starlette.testclient import TestClient

from assistant.gateway.app import create_app
from assistant.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, database_url=None, channels="telegram", answer_timeout=1.0)


@pytest.fixture
def rasa() -> PlayedRasa:
    return PlayedRasa()


@pytest.fixture
def app(settings: Settings, rasa: PlayedRasa) -> Any:
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
