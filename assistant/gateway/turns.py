"""One turn of a conversation: what a person sends, cleaned and masked, and what is answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Optional
from weakref import WeakValueDictionary

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from assistant.conversations import Conversation, ConversationStore, Entry
from assistant.dialogue.messages import Message, message
from assistant.dialogue.payloads import as_text, expand
from assistant.dialogue.responses import respond
from assistant.dialogue.turn import Turn
from assistant.gateway.rasa_client import RasaClient
from assistant.i18n import LANGUAGES, marked, translator
from assistant.nlu.text import MAX_MESSAGE, clean
from assistant.privacy import redact

logger = logging.getLogger(__name__)

TOO_LONG = marked(
    "Your message was very long. I read only the beginning. Please write one thing at a time."
)
EMPTY = marked("Your message is empty. Please write what you need.")


class UnknownPayload(ValueError):
    """A payload that no button of ours sends."""


@dataclass(frozen=True)
class Said:
    """What a person sent: what Rasa reads, and what is kept of it."""

    sent: str
    kept: dict[str, Any]
    cut: bool = False

    @classmethod
    def typed(cls, text: str) -> Optional[Said]:
        """A typed message, cleaned and masked; None when nothing is left of it."""
        text = text.encode("utf-8", "ignore").decode()
        shown = redact(clean(text))
        if not shown:
            return None
        # What is typed is text, also when it looks like a payload.
        sent = as_text(shown) if shown.startswith("/") else shown
        return cls(sent, {"text": shown}, cut=len(" ".join(text.split())) > MAX_MESSAGE)

    @classmethod
    def pressed(cls, payload: str) -> Said:
        """A pressed button.

        Raises:
            UnknownPayload: if no button of ours sends this.
        """
        if expand(payload) is None:
            raise UnknownPayload(payload)
        payload = payload.strip()
        return cls(payload, {"payload": payload})

    @property
    def chosen_language(self) -> Optional[str]:
        """The language that a button chose."""
        code = str(self.kept.get("payload", "")).removeprefix("/language/")
        return code if code in LANGUAGES else None


@dataclass(frozen=True)
class Answered:
    """The answer to a turn, and the language that the conversation goes on in."""

    messages: list[dict[str, Any]]
    language: str


def greeting(language: str, municipality: Optional[str]) -> list[Message]:
    """The first messages of a conversation, made without Rasa."""
    turn = Turn(
        language=language,
        intent=None,
        topic=None,
        need=None,
        ranking=[],
        municipality=municipality,
        slots={},
        entities={},
        today=date.today(),
    )
    return [respond("utter_greeting", turn)]


class Turns:
    """Takes turns with Rasa; the messages of one conversation are answered one at a time."""

    def __init__(self, store: ConversationStore, rasa: RasaClient) -> None:
        self._store = store
        self._rasa = rasa
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(
        self,
        conversation: Conversation,
        said: Optional[Said],
        message_id: Optional[str] = None,
        channel: str = "rest",
    ) -> Answered:
        """Answer what a person said.

        Args:
            conversation: the conversation.
            said: what was said; None stands for an empty message.
            message_id: the browser's own id: what it sends again gets the same answer again,
                also while that is still being made, and reaches Rasa once.
            channel: Rasa's channel, of `credentials.yml`.
        """
        if said is None:
            return Answered(_with_ids([_info(conversation.language, EMPTY)]), conversation.language)
        waits = self._lock(conversation.id).locked()
        async with self.alone(conversation.id):
            before = await self._answered(conversation.id, message_id)
            if before:
                messages_before = [with_id(entry) for entry in before]
                return Answered(messages_before, messages_before[-1]["language"])
            language = said.chosen_language or conversation.language
            if waits and not said.chosen_language:
                # The message before this one may have been in another language.
                latest = await run_in_threadpool(self._store.find, conversation.id)
                language = latest.language if latest is not None else language
            messages = await self._rasa.answer(
                conversation.id, said.sent, language, conversation.municipality, channel
            )
            language = messages[-1]["language"]
            if said.cut:
                messages.append(_info(language, TOO_LONG))
            position = None
            try:
                position = await run_in_threadpool(
                    self._store.add_turn, conversation.id, said.kept, messages, language, message_id
                )
            except SQLAlchemyError:  # the answer matters more than its place in the history
                logger.exception("a turn could not be kept")
            return Answered(
                _with_ids(messages, None if position is None else position + 1), language
            )

    async def _answered(self, conversation_id: str, message_id: Optional[str]) -> list[Entry]:
        if message_id is None:
            return []
        try:
            return await run_in_threadpool(self._store.answered, conversation_id, message_id)
        except SQLAlchemyError:
            logger.exception("what was sent before could not be read")
            return []

    @asynccontextmanager
    async def alone(self, conversation_id: str) -> AsyncIterator[None]:
        """Wait until nothing else happens in a conversation."""
        async with self._lock(conversation_id):
            yield

    def _lock(self, conversation_id: str) -> asyncio.Lock:
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        return lock


def with_id(entry: Entry) -> dict[str, Any]:
    """A message of the assistant that was kept, with its id."""
    return {"id": str(entry.position), **entry.message}


def _with_ids(messages: list[Message], first: Optional[int] = None) -> list[dict[str, Any]]:
    """Messages with their ids: their positions in the conversation, if they were kept."""
    if first is None:
        return [{**sent} for sent in messages]
    return [{"id": str(first + number), **sent} for number, sent in enumerate(messages)]


def _info(language: str, text: str) -> Message:
    return message(language, translator(language).gettext(text), kind="info")
