"""What channels need of the assistant; the gateway provides it (`assistant.gateway.messaging`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional, Protocol, Sequence

from assistant.channels.store import Talk

Messages = list[Mapping[str, Any]]


@dataclass(frozen=True)
class Latest:
    """The end of a conversation: what the person typed last, what the assistant said last."""

    said: Optional[str] = None
    answered: Optional[Mapping[str, Any]] = None


class Dialogue(Protocol):
    """The conversation behind a channel; messages are channel-neutral (docs/messages.md)."""

    async def said(self, talk: Talk, text: str, cut: bool, key: str) -> Messages:
        """The answer to a text; nothing while a person at the municipality answers.

        Args:
            talk: the conversation.
            text: cleaned and masked.
            cut: it was longer.
            key: of the message: with the same key the same answer comes again.
        """

    async def pressed(self, talk: Talk, payload: str, key: str) -> Optional[Messages]:
        """The answer to a button; None when no button of ours sends this payload."""

    def greeting(self, language: str, municipality: Optional[str]) -> Sequence[Mapping[str, Any]]:
        """The first messages of a conversation."""

    async def latest(self, talk: Talk) -> Latest:
        """The end of a conversation."""

    async def postal_code(self, talk: Talk, latitude: float, longitude: float) -> Optional[str]:
        """The postal code of the known service that is nearest; None where there is none near."""

    async def erase(self, conversation_id: str) -> None:
        """Erase a conversation everywhere."""
