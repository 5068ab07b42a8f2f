"""The channel of the website, of `rasa shell` and of every client that speaks Rasa's REST format.

It listens where Rasa's own `rest` channel does, `/webhooks/rest/webhook`, and answers with one
message an answer.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Awaitable, Callable

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.channels.collector import MessageCollector
from assistant.i18n import served
from assistant.nlu.conversation import conversation_language

logger = logging.getLogger(__name__)


class WebInput(RestInput):
    """Rasa's REST channel with whole messages and an apology instead of silence."""

    @classmethod
    def name(cls) -> str:
        """The name in the webhook's path."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel; `?stream=true` is answered as Rasa does."""
        routes = Blueprint(f"kuntaopas_{self.name()}", __name__)
        streaming = super().blueprint(on_new_message)

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            if _has_model(request.app):
                return response.json({"status": "ok"})
            return response.json({"status": "no model is loaded"}, 503)

        @routes.post("/webhook")
        async def receive(request: Request) -> Any:
            if request.args.get("stream", "").lower() == "true":
                handler = next(
                    route.handler for route in streaming._future_routes if "POST" in route.methods
                )
                return await handler(request)
            sender = await self._extract_sender(request)
            metadata = self.get_metadata(request) or {}
            collector = MessageCollector()
            message = UserMessage(
                self._extract_message(request) or "",
                collector,
                sender,
                input_channel=self._extract_input_channel(request),
                metadata=metadata,
            )
            try:
                await on_new_message(message)
            except asyncio.CancelledError:
                logger.error("a message was not answered in time")
            except Exception:
                logger.exception("a message could not be answered")
            language = metadata.get("language") or conversation_language.get()
            collector.close(message.sender_id, served(language))
            return response.json(collector.messages)

        return routes


def _has_model(app: Sanic) -> bool:
    """Whether Rasa has loaded a model: without one it serves, and answers nobody."""
    agent = getattr(app.ctx, "agent", None)
    return agent is not None and bool(agent.is_ready())
