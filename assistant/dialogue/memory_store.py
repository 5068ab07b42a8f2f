"""Conversations in memory, for `kuntaopas chat` and for tests: gone when the process ends."""

from __future__ import annotations

from typing import Optional

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.dialogue.tracker_store import mask_events, tell_shown_services
from assistant.nlu.conversation import conversation_language


class MemoryConversationStore(InMemoryTrackerStore):
    """Rasa's in-memory store, private as `ConversationStore` is."""

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The conversation; NLU learns its language."""
        tracker = await super().retrieve(sender_id)
        conversation_language.set(tracker.get_slot("language") if tracker is not None else None)
        tell_shown_services(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a conversation, masked."""
        mask_events(tracker)
        await super().save(tracker)
