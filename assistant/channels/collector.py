"""An output channel that keeps every answer as one message, and never leaves a person without."""

from __future__ import annotations

import logging
from typing import Any, Dict

from rasa.core.channels.channel import CollectingOutputChannel

from assistant.dialogue.apology import apology

logger = logging.getLogger(__name__)


class MessageCollector(CollectingOutputChannel):
    """Collects answers with `text`, `buttons` and `custom` side by side.

    Rasa's own collector splits an answer into several messages, and a text at its blank lines.
    """

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Keep one answer."""
        kept = {key: message[key] for key in ("text", "buttons", "custom") if message.get(key)}
        if kept:
            self.messages.append({"recipient_id": recipient_id, **kept})

    def close(self, recipient_id: str, language: str) -> None:
        """End the turn: when nothing was answered (an action failed), apologise."""
        if not self.messages:
            logger.error("no answer to a message; a human contact was given instead")
            sorry = apology(language)
            self.messages.append(
                {"recipient_id": recipient_id, "text": sorry["text"], "custom": dict(sorry)}
            )
