"""Rasa's tracker store (`tracker_store` in endpoints.yml): SQL, private, bounded.

Beyond Rasa's own SQL store it masks personal data before anything is written or published,
renews the session of a long conversation so that a turn never has to read more than a few
events, and tells NLU the language of the conversation.
"""

from __future__ import annotations

import itertools
import logging
from typing import Any, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.nlu.conversation import ShownServices, conversation_language, shown_services
from assistant.privacy import redact
from assistant.settings import get_settings

logger = logging.getLogger(__name__)


class ConversationStore(SQLTrackerStore):
    """Keeps conversations in SQLite, or in PostgreSQL by `KUNTAOPAS_DATABASE_URL`."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
        **kwargs: Any,
    ) -> None:
        settings = get_settings()
        self._session_turns = settings.session_turns
        if settings.is_sqlite:
            settings.home.mkdir(parents=True, exist_ok=True)
        kwargs.pop("host", None)
        super().__init__(
            domain, host=settings.conversations_url, event_broker=event_broker, **kwargs
        )

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The conversation's latest session."""
        tracker = await super().retrieve(sender_id)
        known = tracker.get_slot("language") if tracker is not None else None
        conversation_language.set(known or get_settings().language)
        tell_shown_services(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the new events of a conversation, masked."""
        mask_events(tracker)
        if self._is_long(tracker):
            self._renew_session(tracker)
        await super().save(tracker)

    def _is_long(self, tracker: DialogueStateTracker) -> bool:
        latest = tracker.events[-1] if tracker.events else None
        if not isinstance(latest, ActionExecuted) or latest.action_name != ACTION_LISTEN_NAME:
            return False
        if tracker.active_loop_name is not None:
            return False
        session = itertools.takewhile(
            lambda event: not isinstance(event, SessionStarted), reversed(tracker.events)
        )
        turns = sum(isinstance(event, UserUttered) for event in session)
        return turns >= self._session_turns

    @staticmethod
    def _renew_session(tracker: DialogueStateTracker) -> None:
        """Append the events with which Rasa itself begins a session, slots carried over."""
        known = [
            (slot.name, slot.value)
            for slot in tracker.slots.values()
            if slot.has_been_set and slot.name != "session_started_metadata"
        ]
        tracker.update(ActionExecuted(ACTION_SESSION_START_NAME))
        tracker.update(SessionStarted())
        # A session is read by time: an event made before its start would be lost.
        for name, value in known:
            tracker.update(SlotSet(name, value))
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))


def tell_shown_services(tracker: Optional[DialogueStateTracker]) -> None:
    """Tell NLU which services are shown, unless a question of the assistant is open."""
    shown = None
    if tracker is not None and not tracker.active_loop_name:
        unclear = bool(tracker.get_slot("misunderstood"))
        view, language = tracker.get_slot("service_view"), tracker.get_slot("language")
        shown = ShownServices.from_slot(view, unclear, language)
    shown_services.set(shown)


def mask_events(tracker: DialogueStateTracker) -> None:
    """Mask personal data in the events of the present session."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered) and event.text:
            masked = redact(event.text)
            if masked != event.text:
                event.text = masked
                event.parse_data = {**event.parse_data, "text": masked}
        elif isinstance(event, SlotSet) and isinstance(event.value, str):
            event.value = redact(event.value)
        elif isinstance(event, SessionStarted):
            break
