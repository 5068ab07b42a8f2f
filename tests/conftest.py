"""Fixtures that several kinds of tests share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.environment import prepare
from assistant.settings import PROJECT_ROOT, Settings, get_settings

prepare()

SHARED = PROJECT_ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real samples beside the project; its tests are skipped where it is missing."""
    if not SHARED.exists():
        pytest.skip(f"the samples in {SHARED.name}/ beside the project are not here")
    return SHARED


@pytest.fixture(scope="session")
def project_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a throw-away installation that uses the project's model and vector cache."""
    home = tmp_path_factory.mktemp("home")
    settings = Settings(home=home)
    cache = get_settings().vector_cache
    (home / "cache").mkdir()
    if cache.exists():
        (home / "cache" / "vectors.db").symlink_to(cache)
    patch = pytest.MonkeyPatch()
    patch.setenv("KUNTAOPAS_HOME", str(home))
    get_settings.cache_clear()
    yield settings
    patch.undo()
    get_settings.cache_clear()


class Conversation:
    """A conversation with the whole assistant, in this process."""

    def __init__(self, assistant: Any, loop: asyncio.AbstractEventLoop, name: str) -> None:
        self._assistant = assistant
        self._loop = loop
        self.name = name

    def say(self, text: str, **metadata: str) -> list[dict[str, Any]]:
        """The messages that answer a message or a payload."""
        answer = self._assistant.handle(self.name, text, **metadata)
        return list(self._loop.run_until_complete(answer))

    def slots(self) -> dict[str, Any]:
        """What the assistant remembers."""
        return dict(self._loop.run_until_complete(self._assistant.slots(self.name)))


@pytest.fixture(scope="session")
def event_loop_of_assistant() -> Iterator[asyncio.AbstractEventLoop]:
    """The loop in which the session's assistant lives."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def assistant(project_settings: Settings) -> Iterator[Any]:
    """The trained assistant; `make test` trains it before if that is needed.

    Several tests send it the same messages: their vectors are computed once.
    """
    from assistant.catalogue import ensure_own_catalogue, open_store
    from assistant.dialogue.batch import load_assistant
    from assistant.embedding import CachedEncoder, load_encoder, standing_in
    from assistant.model import state

    found = state(project_settings)
    assert found.fresh, f"{found.reason}: run `make train` first"
    encoder = CachedEncoder(load_encoder(), project_settings.vector_cache)
    ensure_own_catalogue(open_store(project_settings.catalogue_url), encoder)
    with standing_in(project_settings.encoder, encoder):
        yield load_assistant(project_settings)


@pytest.fixture
def converse(
    assistant: Any, event_loop_of_assistant: asyncio.AbstractEventLoop, request: Any
) -> Callable[[str], Conversation]:
    """Begins a conversation of a name."""

    def begin(name: str = "") -> Conversation:
        return Conversation(
            assistant, event_loop_of_assistant, f"{request.node.nodeid} {name}".strip()
        )

    return begin


@pytest.fixture
def parse(
    assistant: Any, event_loop_of_assistant: asyncio.AbstractEventLoop
) -> Callable[..., dict[str, Any]]:
    """NLU of one message."""

    def of(text: str, language: str | None = None) -> dict[str, Any]:
        return dict(event_loop_of_assistant.run_until_complete(assistant.parse(text, language)))

    return of
