"""Actions run as rasa-sdk runs them, without a server."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from assistant.catalogue import ensure_own_catalogue, open_store


class Played:
    """What an action said and which events it returned."""

    def __init__(self, messages: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
        self.messages = [message["custom"] for message in messages]
        self.events = events

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.messages]

    @property
    def slots(self) -> dict[str, Any]:
        return {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}

    @property
    def next_actions(self) -> list[str]:
        return [event["name"] for event in self.events if event["event"] == "followup"]

    @property
    def ends_question(self) -> bool:
        return any(event["event"] == "active_loop" and not event["name"] for event in self.events)


def make_tracker(
    intent: str | None = None,
    need: str | None = None,
    text: str = "",
    entities: dict[str, Any] | None = None,
    loop: str | None = None,
    message: dict[str, Any] | None = None,
    events: list[dict[str, Any]] | None = None,
    latest_action: str | None = "action_listen",
    **slots: Any,
) -> Tracker:
    latest = {
        "intent": {"name": intent, "confidence": 0.9},
        "need": {"name": f"{intent}/{need}" if need else intent},
        "entities": [{"entity": key, "value": value} for key, value in (entities or {}).items()],
        "text": text,
        **(message or {}),
    }
    return Tracker(
        sender_id="p",
        slots=slots,
        latest_message=latest,
        events=events or [],
        paused=False,
        followup_action=None,
        active_loop={"name": loop} if loop else {},
        latest_action_name=latest_action,
    )


@pytest.fixture(scope="session")
def own_services(tmp_path_factory):
    store = open_store(str(tmp_path_factory.mktemp("catalogue") / "catalogue.db"))
    ensure_own_catalogue(store)
    yield store
    store.close()


@pytest.fixture(autouse=True)
def catalogue(monkeypatch, own_services):
    monkeypatch.setattr("actions.base._store", lambda: own_services)


@pytest.fixture
def play():
    """Runs an action on a message."""

    def run(action: Any, *message: Any, **state: Any) -> Played:
        dispatcher = CollectingDispatcher()
        tracker = make_tracker(*message, **state)
        events = asyncio.run(action.run(dispatcher, tracker, {}))
        return Played(dispatcher.messages, events)

    return run
