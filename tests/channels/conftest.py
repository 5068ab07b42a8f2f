"""A gateway and a stand-in for Telegram, both real servers on loopback, and a played Rasa."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.gateway.app import create_app
from assistant.settings import Settings
from tests.channels.bot_api import SECRET, TOKEN, BotApi, Updates
from tests.channels.played import PlayedRasa
from tests.channels.servers import gateway, serving


@pytest.fixture
def bot_api() -> BotApi:
    return BotApi()


@pytest.fixture
def api_address(bot_api: BotApi) -> Iterator[str]:
    with serving(bot_api.app) as address:
        yield address


@pytest.fixture
def settings(tmp_path: Path, api_address: str) -> Settings:
    return Settings(
        home=tmp_path,
        database_url=None,
        channels="telegram",
        telegram_token=TOKEN,
        telegram_secret=SECRET,
        telegram_api=api_address,
        public_url="https://opas.example.fi",
        messages_per_minute=0,
        answer_timeout=5.0,
    )


@pytest.fixture
def rasa() -> PlayedRasa:
    return PlayedRasa()


@pytest.fixture
def app(settings: Settings, rasa: PlayedRasa) -> Any:
    return create_app(settings, httpx.MockTransport(rasa))


@pytest.fixture
def updates(app: Any) -> Iterator[Updates]:
    with gateway(app) as address:
        yield Updates(address)


@pytest.fixture
def wait() -> Callable[..., None]:
    """Waits until something is so, or fails."""

    def until(condition: Callable[[], Any], seconds: float = 10.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.01)

    return until


@pytest.fixture
def settled(app: Any, wait: Callable[..., None]) -> Callable[[], None]:
    """Waits until everything that was taken is answered."""
    return lambda: wait(lambda: app.state.parts.messaging.desk.waiting == 0)
