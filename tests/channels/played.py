"""A Rasa that is played, for the gateway behind the channels."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx

from assistant.dialogue.messages import message


class PlayedRasa:
    """Repeats what it hears; `answer` may be replaced by what a test needs."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.answer: Callable[[dict[str, Any]], Any] = lambda sent: [
            message(sent["metadata"]["language"], f"You asked: {sent['message']}")
        ]

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method != "POST":
            return httpx.Response(200, json={"status": "ok"})
        sent = json.loads(request.content)
        self.heard.append(sent)
        self.paths.append(request.url.path)
        given = self.answer(sent)
        if hasattr(given, "__await__"):
            given = await given
        if isinstance(given, httpx.Response):
            return given
        return httpx.Response(200, json=[{"custom": one, "text": one["text"]} for one in given])

    @property
    def texts(self) -> list[str]:
        """What was said to it, in its order."""
        return [str(sent["message"]) for sent in self.heard]
