"""A desk with a played platform and a played assistant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from assistant.channels import desk as desk_module
from assistant.channels.desk import Desk
from assistant.channels.store import ChannelStore
from tests.unit.channels.played import PlayedDialogue, PlayedPlatform


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


@pytest.fixture
def url(database: Path) -> str:
    """The database of conversations."""
    return f"sqlite:///{database}"


@pytest.fixture
def store(url: str) -> Iterator[ChannelStore]:
    opened = ChannelStore(url)
    yield opened
    opened.close()


@pytest.fixture
def execute(url: str, store: ChannelStore) -> Iterator[Callable[..., Any]]:
    """Executes a statement in the database."""
    store.first_time("the tables are made")
    engine = create_engine(url, future=True)

    def statement(text_: str) -> Any:
        with engine.begin() as db:
            done = db.exec_driver_sql(text_)
            return [tuple(row) for row in done] if done.returns_rows else None

    yield statement
    engine.dispose()


@pytest.fixture
def rows(execute: Callable[..., Any]) -> Callable[[str], list[Any]]:
    """The rows of a table."""
    return lambda table: list(execute(f"SELECT * FROM {table}"))


@pytest.fixture
def platform() -> PlayedPlatform:
    return PlayedPlatform()


@pytest.fixture
def dialogue() -> PlayedDialogue:
    return PlayedDialogue()


@pytest.fixture
def pauses() -> list[float]:
    """How long the desk waited before it tried again."""
    return []


@pytest.fixture
def desk(
    platform: PlayedPlatform,
    store: ChannelStore,
    dialogue: PlayedDialogue,
    pauses: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(desk_module, "SETTLE_SECONDS", 0.0)
    return Desk({"played": platform}, store, dialogue, sleep=sleep)
