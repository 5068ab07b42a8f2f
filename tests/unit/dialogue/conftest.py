"""Turns and a catalogue of the project's own services."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.catalogue import ensure_own_catalogue, open_store
from assistant.dialogue.turn import Turn

TODAY = date(2026, 11, 24)


@pytest.fixture
def turn():
    """Makes the turn of a message: slots by name, the rest of the message as it is."""

    def make(
        intent: str | None = None,
        need: str | None = None,
        entities: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
        events: list[dict[str, Any]] | None = None,
        message: dict[str, Any] | None = None,
        channel: str | None = "rest",
        **slots: Any,
    ) -> Turn:
        latest: dict[str, Any] = {
            "intent": {"name": intent, "confidence": 0.9},
            "need": {"name": f"{intent}/{need}" if need else intent},
            "entities": [
                {"entity": key, "value": value} for key, value in (entities or {}).items()
            ],
            "metadata": metadata or {},
            **(message or {}),
        }
        state = {
            "slots": slots,
            "latest_message": latest,
            "events": events or [],
            "latest_input_channel": channel,
        }
        return Turn.from_tracker(state, TODAY)

    return make


@pytest.fixture(scope="session")
def own_services(tmp_path_factory):
    """The project's own catalogue, without vectors."""
    store = open_store(str(tmp_path_factory.mktemp("catalogue") / "catalogue.db"))
    ensure_own_catalogue(store)
    yield store
    store.close()


class BrokenStore:
    def __getattr__(self, name):
        raise RuntimeError("the catalogue is broken")


@pytest.fixture
def broken_store():
    return BrokenStore()
