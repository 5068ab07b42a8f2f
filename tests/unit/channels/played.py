"""A platform and an assistant that are played by the tests of the core."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Optional

from assistant.channels.dialogue import Latest, Messages
from assistant.channels.incoming import Incoming, Kind
from assistant.channels.limits import PlatformLimits
from assistant.channels.platform import Platform, Unreadable, Webhook
from assistant.channels.rendering import Part
from assistant.channels.store import Talk
from assistant.dialogue.messages import message
from assistant.dialogue.payloads import expand


class PlayedPlatform(Platform):
    """Sends into a list; `errors` are raised first."""

    name = "played"
    limits = PlatformLimits(text=400)

    def __init__(self) -> None:
        super().__init__("a-secret-of-the-played-platform")
        self.sent: list[tuple[str, Part]] = []
        self.noticed: list[str] = []
        self.left: list[str] = []
        self.errors: list[Exception] = []

    def trusted(self, webhook: Webhook) -> bool:
        return True

    def read(self, webhook: Webhook) -> Sequence[Incoming]:
        try:
            return [
                Incoming(**{**one, "kind": Kind(one["kind"])}) for one in json.loads(webhook.body)
            ]
        except ValueError:
            raise Unreadable("it is not JSON") from None

    async def send(self, address: str, part: Part) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((address, part))

    async def notice(self, incoming: Incoming) -> None:
        self.noticed.append(incoming.id)

    async def leave_group(self, address: str) -> None:
        self.left.append(address)

    def texts(self, address: Optional[str] = None) -> list[str]:
        """What was sent."""
        return [part.text for to, part in self.sent if address in (None, to)]


class PlayedDialogue:
    """Repeats what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.keys: list[str] = []
        self.erased: list[str] = []
        self.last = Latest()
        self.code: Optional[str] = "00530"
        self.answers: dict[str, Messages] = {}

    async def said(self, talk: Talk, text: str, cut: bool, key: str) -> Messages:
        self.heard.append(text)
        self.keys.append(key)
        return self.answers.get(text, [message(talk.conversation.language, f"Answer to {text}.")])

    async def pressed(self, talk: Talk, payload: str, key: str) -> Optional[Messages]:
        return None if expand(payload) is None else await self.said(talk, payload, False, key)

    def greeting(self, language: str, municipality: Optional[str]) -> list[Mapping[str, Any]]:
        buttons = [{"title": "A home", "payload": "/housing"}]
        return [message(language, f"Hello from {municipality}!", buttons=buttons)]  # type: ignore

    async def latest(self, talk: Talk) -> Latest:
        return self.last

    async def postal_code(self, talk: Talk, latitude: float, longitude: float) -> Optional[str]:
        return self.code

    async def erase(self, conversation_id: str) -> None:
        self.erased.append(conversation_id)


def webhook(*messages: Mapping[str, Any]) -> Webhook:
    """A webhook of the played platform."""
    given = [{"address": "p1", "kind": "text", "text": "", **one} for one in messages]
    return Webhook("POST", "https://x/webhooks/played/webhook", body=json.dumps(given).encode())
