"""How each kind of message is answered, on every platform alike."""

from __future__ import annotations

import asyncio
import dataclasses
import re
import time
from typing import Any, Mapping, Optional

from assistant.channels import texts
from assistant.channels.choices import pick
from assistant.channels.dialogue import Dialogue, Messages
from assistant.channels.incoming import Incoming, Kind
from assistant.channels.place_question import asks_for_place, place_question
from assistant.channels.store import ChannelStore, Talk
from assistant.dialogue.messages import Button, message
from assistant.dialogue.payloads import language_payload, need_payload, view_payload
from assistant.i18n import LANGUAGES, translator

#: The commands of every channel (docs/channels): what each asks for, by the name of a need.
START, LANGUAGE, DELETE, HELP = "start", "language", "delete", "help"
_COMMAND = re.compile(r"/([a-z]{1,20})(?:@\w{1,64})?(?:\s+(.{0,64}))?", re.IGNORECASE | re.DOTALL)
_DELETE_PAYLOAD = re.compile(r"/delete/(yes|no)/([0-9a-f]{8})")
_CAN_WRITE = (Kind.PICTURE, Kind.DOCUMENT)
#: An answer that comes later than so many seconds after the question says that it is sorry.
LATE_SECONDS = 10 * 60.0


class Replier:
    """Answers one message of a person."""

    def __init__(self, dialogue: Dialogue, store: ChannelStore) -> None:
        self._dialogue = dialogue
        self._store = store

    async def reply(self, talk: Talk, incoming: Incoming, key: str) -> Messages:
        """The messages that answer; none where nothing is to be said.

        Args:
            talk: the conversation.
            incoming: the message, masked.
            key: its name; with the same key the same answer comes again.
        """
        started = _command(incoming.text)[0] == START and incoming.kind is Kind.TEXT
        messages = await self._reply(talk, incoming, key)
        if not messages:
            return []
        language = str(messages[-1]["language"])
        urgent = any(one.get("kind") == "emergency" for one in messages)
        if talk.new and not (started or urgent):
            # The first thing a person is told: that this is an automatic assistant.
            first = self._dialogue.greeting(language, talk.conversation.municipality)
            messages = [*({**one, "buttons": []} for one in first), *messages]
        if incoming.sent is not None and time.time() - incoming.sent > LATE_SECONDS:
            messages = [texts.info(language, texts.LATE), *messages]
        return messages

    async def _reply(self, talk: Talk, incoming: Incoming, key: str) -> Messages:
        language = talk.conversation.language
        if incoming.kind is Kind.TEXT:
            return await self._text(talk, incoming, key)
        if incoming.kind is Kind.BUTTON:
            return await self._button(talk, incoming.text, key)
        if incoming.kind is Kind.EDITED:
            latest = await self._dialogue.latest(talk)
            return [] if latest.said == incoming.text else await self._text(talk, incoming, key)
        if incoming.kind is Kind.LOCATION:
            return await self._location(talk, incoming, key)
        if incoming.kind in _CAN_WRITE and incoming.text:
            written = dataclasses.replace(incoming, kind=Kind.TEXT)
            answer = await self._text(talk, written, key)
            spoken = str(answer[-1]["language"]) if answer else language
            return [texts.info(spoken, texts.ONLY_WORDS), *answer]
        return [texts.info(language, texts.ONLY_TEXT)]

    async def _text(self, talk: Talk, incoming: Incoming, key: str) -> Messages:
        name, argument = _command(incoming.text)
        if name is not None:
            return await self._command(talk, name, argument, key)
        picked = pick(incoming.text, talk.choices)
        if picked is None:
            return await self._dialogue.said(talk, incoming.text, incoming.cut, key)
        if picked.payload is not None:
            return await self._button(talk, picked.payload, key)
        count = len(talk.choices)
        again = [Button(title=one.title, payload=one.payload) for one in talk.choices]
        return [{**texts.wrong_number(talk.conversation.language, count), "buttons": again}]

    async def _command(self, talk: Talk, name: str, argument: str, key: str) -> Messages:
        if name == START:
            return await self._start(talk, argument, key)
        if name == DELETE:
            tag = talk.conversation.id[:8]
            language = talk.conversation.language
            return [texts.delete_question(language, f"/delete/yes/{tag}", f"/delete/no/{tag}")]
        payload = need_payload("bot_meta/what_can_you_do")
        if name == LANGUAGE:
            chosen = argument.strip().lower()
            payload = need_payload("bot_meta/change_language")
            if chosen in LANGUAGES:
                payload = language_payload(chosen)
        return await self._dialogue.pressed(talk, payload, key) or []

    async def _start(self, talk: Talk, argument: str, key: str) -> Messages:
        """Greet; a link such as `?start=853` names the municipality. What was said before ends."""
        from assistant.catalogue import municipality

        place = municipality(argument.strip()) if re.fullmatch(r"\d{3}", argument.strip()) else None
        code = place.code if place is not None else talk.conversation.municipality
        if place is not None:
            await asyncio.to_thread(self._store.set_municipality, talk.conversation.id, code)
        if not talk.new:
            # The greeting says all that the answer says; the slots are what this is about.
            await self._dialogue.pressed(talk, need_payload("bot_meta/start_over"), key)
        language = talk.conversation.language
        title = translator(language).gettext(texts.CHANGE_LANGUAGE)
        button = Button(title=f"🌐 {title}", payload=need_payload("bot_meta/change_language"))
        messages = list(self._dialogue.greeting(language, code))
        last: Mapping[str, Any] = messages[-1]
        return [*messages[:-1], {**last, "buttons": [*last["buttons"], button]}]

    async def _button(self, talk: Talk, payload: str, key: str) -> Messages:
        language = talk.conversation.language
        delete = _DELETE_PAYLOAD.fullmatch(payload)
        if delete is not None and talk.conversation.id.startswith(delete.group(2)):
            if delete.group(1) == "no":
                return [texts.info(language, texts.WHAT_NEED, kind="question")]
            await self._dialogue.erase(talk.conversation.id)
            return [texts.info(language, texts.DELETED, texts.DELETE_HERE_TOO)]
        answer = None
        if delete is None:
            answer = await self._dialogue.pressed(talk, payload, key)
        return [texts.info(language, texts.OLD_BUTTON)] if answer is None else answer

    async def _location(self, talk: Talk, incoming: Incoming, key: str) -> Messages:
        """The services nearest to a location, by the postal code of where it is.

        The code is all that goes further: it is as a person would have written it.
        """
        code = None
        if incoming.place is not None:
            code = await self._dialogue.postal_code(talk, *incoming.place)
        language = talk.conversation.language
        if code is None:
            return [message(language, place_question(language), kind="question")]
        latest = await self._dialogue.latest(talk)
        asked = latest.answered is not None and asks_for_place(latest.answered)
        if not asked:
            answer = await self._dialogue.pressed(talk, view_payload("near"), f"{key}n") or []
            if not (answer and asks_for_place(answer[-1])):
                return answer
        return await self._dialogue.said(talk, code, False, key)


def _command(text: str) -> tuple[Optional[str], str]:
    """The command that a text is, and what follows it; (None, "") for anything else."""
    found = _COMMAND.fullmatch(text.strip())
    name = found.group(1).lower() if found else ""
    if found is None or name not in (START, LANGUAGE, DELETE, HELP):
        return None, ""
    return name, found.group(2) or ""
