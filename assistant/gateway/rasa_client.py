"""Talks to the Rasa server on loopback. Whatever fails there, a person gets an answer."""

from __future__ import annotations

import logging
from typing import Any, Optional

import httpx

from assistant.dialogue.apology import apology
from assistant.dialogue.messages import KINDS, SENSITIVE_NEEDS, Button, Message, message
from assistant.i18n import direction, served
from assistant.settings import Settings

logger = logging.getLogger(__name__)

#: Rasa's web server closes an idle connection after 5 seconds; it must not do so while we send.
KEEP_ALIVE_SECONDS = 3.0


class RasaClient:
    """One pool of connections to Rasa."""

    def __init__(
        self, settings: Settings, transport: Optional[httpx.AsyncBaseTransport] = None
    ) -> None:
        self.http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{settings.rasa_port}",
            timeout=settings.answer_timeout,
            limits=httpx.Limits(
                max_connections=500,
                max_keepalive_connections=50,
                keepalive_expiry=KEEP_ALIVE_SECONDS,
            ),
            transport=transport,
            trust_env=False,
        )

    async def answer(
        self,
        conversation_id: str,
        text: str,
        language: str,
        municipality: Optional[str],
        channel: str = "rest",
    ) -> list[Message]:
        """What Rasa answers; an apology with a human contact when it does not."""
        try:
            response = await self.http.post(
                f"/webhooks/{channel}/webhook",
                json={
                    "sender": conversation_id,
                    "message": text,
                    "metadata": {"language": language, "municipality": municipality},
                },
            )
            response.raise_for_status()
            messages = [_message(reply, language) for reply in response.json()]
        except httpx.HTTPError as error:
            logger.error("no answer from Rasa: %s", type(error).__name__)
        except (ValueError, TypeError, KeyError, AttributeError):
            logger.error("the answer of Rasa cannot be read")
        else:
            if messages:
                return messages
            logger.error("Rasa answered nothing")
        return [apology(language)]

    async def close(self) -> None:
        """Close the connections."""
        await self.http.aclose()


def _message(reply: dict[str, Any], language: str) -> Message:
    custom = reply.get("custom")
    if not isinstance(custom, dict) or "text" not in custom:
        # A plain Rasa answer, of an action that knows nothing of our messages.
        buttons = [
            Button(title=str(button["title"]), payload=str(button["payload"]))
            for button in reply.get("buttons") or []
        ]
        return message(language, str(reply["text"]), buttons=buttons)
    code = served(custom.get("language") or language)
    kind = custom.get("kind")
    about = custom["about"] if isinstance(custom.get("about"), str) else None
    return Message(
        kind=kind if kind in KINDS else "answer",
        language=code,
        direction=direction(code),
        text=str(custom["text"]),
        buttons=list(custom.get("buttons") or []),
        cards=list(custom.get("cards") or []),
        sources=list(custom.get("sources") or []),
        about=about,
        sensitive=bool(custom.get("sensitive")) or about in SENSITIVE_NEEDS,
    )
