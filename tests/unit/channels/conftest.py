"""A desk with a played platform and a played assistant."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.channels import desk as desk_module
from assistant.channels.desk import Desk
from assistant.channels.store import ChannelStore
from tests.unit.channels.played import PlayedDialogue, PlayedPlatform


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


@pytest.fixture
def store(database: Path) -> Iterator[ChannelStore]:
    opened = ChannelStore(f"sqlite:///{database}")
    yield opened
    opened.close()


@pytest.fixture
def rows(database: Path, store: ChannelStore) -> Callable[[str], list[Any]]:
    """The rows of a table."""

    def of(table: str) -> list[Any]:
        store.first_time("the tables are made")
        with sqlite3.connect(database) as db:
            return db.execute(f"SELECT * FROM {table}").fetchall()

    return of


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
