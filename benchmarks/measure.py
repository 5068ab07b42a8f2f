"""Sends messages to a running system, one after another, and notes how long each answer takes."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from benchmarks.phrases import Script
from benchmarks.processes import BenchmarkFailed
from benchmarks.summary import LONG_TURNS, Growth, Summary, growth, summarise

CONVERSATIONS = 20
LONG_CONVERSATIONS = 3
ANSWER_SECONDS = 30.0

#: Sends one message of a conversation and returns the messages that answer it.
Say = Callable[[str], list[dict[str, Any]]]
Advance = Callable[[], None]


class Door(Protocol):
    """A way into a system."""

    def begin(self, language: str) -> Say:
        """Begin a conversation."""


def check_answered(measured: Measured, name: str) -> None:
    """Refuse the figures of a system that did not do its work: an apology is quick.

    Raises:
        BenchmarkFailed: if a message was answered by an apology or not at all.
    """
    if measured.unanswered:
        raise BenchmarkFailed(
            f"{name} answered {measured.unanswered} messages with an apology or silence: "
            f"its figures would mean nothing"
        )


@dataclass(frozen=True)
class GatewayDoor:
    """The public API of Kuntaopas."""

    http: httpx.Client
    url: str

    def begin(self, language: str) -> Say:
        """Begin a conversation, as the page does."""
        address = f"{self.url}/api/conversations"
        begun = _json(self.http.post(address, json={"language": language}))
        headers = {"Authorization": f"Bearer {begun['token']}"}

        def say(text: str) -> list[dict[str, Any]]:
            answer = self.http.post(
                f"{address}/{begun['id']}/messages", json={"text": text}, headers=headers
            )
            found: list[dict[str, Any]] = _json(answer)["messages"]
            return found

        return say


@dataclass(frozen=True)
class RestDoor:
    """Rasa's rest channel; with metadata, what the gateway of Kuntaopas sends along."""

    http: httpx.Client
    url: str
    metadata: bool

    def begin(self, language: str) -> Say:
        """Begin a conversation: any new sender will do."""
        sent: dict[str, Any] = {"sender": uuid.uuid4().hex}
        if self.metadata:
            sent["metadata"] = {"language": language, "municipality": None}

        def say(text: str) -> list[dict[str, Any]]:
            answer = self.http.post(
                f"{self.url}/webhooks/rest/webhook", json={**sent, "message": text}
            )
            return [reply.get("custom") or reply for reply in _json(answer)]

        return say


def _json(response: httpx.Response) -> Any:
    response.raise_for_status()
    return response.json()


@contextmanager
def client() -> Iterator[httpx.Client]:
    """A client that keeps its connection and uses no proxy."""
    with httpx.Client(trust_env=False, timeout=ANSWER_SECONDS) as http:
        yield http


@dataclass(frozen=True)
class Measured:
    """What was measured at one door."""

    latency: Summary
    growth: Growth
    #: Answers that were an apology or nothing at all.
    unanswered: int


@dataclass
class _Log:
    latencies: list[float] = field(default_factory=list)
    unanswered: int = 0


def measure(
    doors: Sequence[Door],
    scripts: Sequence[Script],
    messages: int,
    advance: Advance,
    conversations: int = CONVERSATIONS,
    long_conversations: int = LONG_CONVERSATIONS,
) -> list[Measured]:
    """Warm up, send the messages in short conversations, then hold long ones.

    Several doors take turns, a conversation each, so that what else happens on the machine
    disturbs all alike. There is never more than one message under way.

    Args:
        doors: where to send them.
        scripts: what people say; conversations take them in turn.
        messages: messages to each door in all short conversations together.
        advance: called after every message.
        conversations: number of short conversations.
        long_conversations: number of conversations of 50 turns.

    Raises:
        BenchmarkFailed: if a message is refused or not answered in time.
    """
    for script in scripts:
        for door in doors:
            texts = script.turns(2 * len(script.messages))
            _converse(door, script.language, texts, _Log(), advance)
    logs = [_Log() for _ in doors]
    for number, turns in enumerate(_shares(messages, conversations)):
        script = scripts[number % len(scripts)]
        for door, log in zip(doors, logs):
            _converse(door, script.language, script.turns(turns), log, advance)
    long_logs: list[list[_Log]] = [[] for _ in doors]
    for number in range(long_conversations):
        script = scripts[number % len(scripts)]
        for door, kept in zip(doors, long_logs):
            kept.append(_Log())
            _converse(door, script.language, script.turns(LONG_TURNS), kept[-1], advance)
    return [
        Measured(
            summarise(log.latencies),
            growth([each.latencies for each in kept]),
            log.unanswered + sum(each.unanswered for each in kept),
        )
        for log, kept in zip(logs, long_logs)
    ]


def planned(scripts: Sequence[Script], messages: int) -> int:
    """How many messages `measure` sends to a door with its usual numbers of conversations."""
    warm_up = sum(2 * len(script.messages) for script in scripts)
    return warm_up + messages + LONG_CONVERSATIONS * LONG_TURNS


def _shares(messages: int, conversations: int) -> list[int]:
    """The lengths of the conversations, as equal as can be; none is empty."""
    each, more = divmod(messages, conversations)
    shares = [each + (number < more) for number in range(conversations)]
    return [share for share in shares if share]


def _converse(door: Door, language: str, texts: Iterable[str], log: _Log, advance: Advance) -> None:
    try:
        say = door.begin(language)
        for text in texts:
            started = time.perf_counter()
            answer = say(text)
            log.latencies.append(1000 * (time.perf_counter() - started))
            # Text alone is not enough: an apology has text too.
            log.unanswered += not answer or any(part.get("kind") == "error" for part in answer)
            advance()
    except httpx.HTTPError as error:
        raise BenchmarkFailed(f"a message was not answered: {error!r}") from error
