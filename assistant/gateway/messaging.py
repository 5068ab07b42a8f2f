"""Messaging apps at the gateway: the same conversation as the website's, through the same masks."""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, Optional

from starlette.concurrency import run_in_threadpool

from assistant.channels.desk import Desk
from assistant.channels.dialogue import Latest, Messages
from assistant.channels.platform import Platform
from assistant.channels.registry import build_platforms
from assistant.channels.store import ChannelStore, Talk
from assistant.conversations import ConversationStore
from assistant.gateway.catalogue import Catalogue
from assistant.gateway.rate_limit import Limits
from assistant.gateway.turns import Said, Turns, UnknownPayload, greeting
from assistant.privacy.erasure import forget
from assistant.settings import Settings

logger = logging.getLogger(__name__)

#: Of a location, services further away than this say nothing about where it is.
NEAR_KM = 50.0
_NEAREST = 5
_POSTAL_CODE = re.compile(r"\d{5}")


class GatewayDialogue:
    """The assistant as channels see it (`assistant.channels.dialogue.Dialogue`)."""

    def __init__(
        self, settings: Settings, store: ConversationStore, turns: Turns, catalogue: Catalogue
    ) -> None:
        self._settings = settings
        self._store = store
        self._turns = turns
        self._catalogue = catalogue

    async def said(self, talk: Talk, text: str, cut: bool, key: str) -> Messages:
        """The answer to a text."""
        said = Said.typed(text)
        if said is not None:
            said = dataclasses.replace(said, cut=cut)
        return await self._take(talk, said, key)

    async def pressed(self, talk: Talk, payload: str, key: str) -> Optional[Messages]:
        """The answer to a button; None when no button of ours sends this payload."""
        try:
            said = Said.pressed(payload)
        except UnknownPayload:
            return None
        return await self._take(talk, said, key)

    def greeting(self, language: str, municipality: Optional[str]) -> Sequence[Mapping[str, Any]]:
        """The first messages of a conversation."""
        return greeting(language, municipality)

    async def latest(self, talk: Talk) -> Latest:
        """The end of a conversation."""
        entries = await run_in_threadpool(self._store.history, talk.conversation.id)
        latest: dict[str, Mapping[str, Any]] = {entry.sender: entry.message for entry in entries}
        return Latest(latest.get("person", {}).get("text"), latest.get("assistant"))

    async def postal_code(self, talk: Talk, latitude: float, longitude: float) -> Optional[str]:
        """The postal code of the known service that is nearest; None where there is none near."""
        home = talk.conversation.municipality
        try:
            return await run_in_threadpool(self._postal_code, (latitude, longitude), home)
        except Exception as error:  # then the person is asked for it
            logger.error("the catalogue cannot be searched: %s", type(error).__name__)
            return None

    async def erase(self, conversation_id: str) -> None:
        """Erase a conversation everywhere."""
        async with self._turns.alone(conversation_id):
            await run_in_threadpool(forget, conversation_id, self._settings)

    async def _take(self, talk: Talk, said: Optional[Said], key: str) -> Messages:
        answered = await self._turns.take(talk.conversation, said, key, channel=talk.channel)
        return list(answered.messages)

    def _postal_code(self, place: tuple[float, float], home: Optional[str]) -> Optional[str]:
        from assistant.catalogue.distance import distance_km
        from assistant.catalogue.store import Filter

        store = self._catalogue.store()
        # The services of a fictional municipality are found in it alone.
        near = store.by_distance(place, Filter(), _NEAREST, NEAR_KM) or store.by_distance(
            place, Filter(municipality=home), _NEAREST, NEAR_KM
        )
        known = [
            (distance_km((address.latitude, address.longitude), place), address.postal_code)
            for service in store.services([key for key, _ in near])
            for channel in service.channels
            for address in channel.addresses
            if address.latitude is not None
            and address.longitude is not None
            and _POSTAL_CODE.fullmatch(address.postal_code or "")
        ]
        return min(known)[1] if known else None


class Messaging:
    """The messaging apps of an installation."""

    def __init__(
        self,
        settings: Settings,
        store: ConversationStore,
        turns: Turns,
        catalogue: Catalogue,
        limits: Limits,
    ) -> None:
        platforms, problems = build_platforms(settings)
        for problem in problems:
            logger.error("a channel stays closed: %s", problem)
        self._store = ChannelStore(settings.conversations_url)
        dialogue = GatewayDialogue(settings, store, turns, catalogue)
        self.desk = Desk(platforms, self._store, dialogue, allowed=limits.message)

    def platform(self, name: str) -> Optional[Platform]:
        """The platform of a channel that is switched on and has its settings."""
        return self.desk.platforms.get(name)

    async def start(self) -> None:
        """Go on with what was not finished."""
        await self.desk.start()

    async def stop(self) -> None:
        """Finish what can be finished soon."""
        await self.desk.stop()
        self._store.close()
