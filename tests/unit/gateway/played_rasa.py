"""A Rasa server that is played by the test."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx

from assistant.dialogue.messages import message


class PlayedRasa:
    """Answers every message; `answer` may be replaced by what a test needs."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answer: Callable[[dict[str, Any]], Any] = lambda sent: httpx.Response(
            200, json=[reply("You asked.", sent["metadata"]["language"])]
        )

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if not _is_message(request):
            return httpx.Response(200, json={"status": "ok"})
        result = self.answer(json.loads(request.content))
        return await result if hasattr(result, "__await__") else result

    @property
    def received(self) -> list[dict[str, Any]]:
        """The messages that reached Rasa."""
        return [json.loads(request.content) for request in self.requests if _is_message(request)]


def _is_message(request: httpx.Request) -> bool:
    """True for a message of any channel."""
    return request.method == "POST" and request.url.path.startswith("/webhooks/")


def reply(text: str, language: str = "en", **parts: Any) -> dict[str, Any]:
    """An answer in the form of Rasa's REST channel."""
    custom = message(language, text, **parts)
    return {"recipient_id": "x", "text": text, "buttons": custom["buttons"], "custom": custom}
