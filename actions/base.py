"""What every action shares: the turn, the catalogue, and how a message is sent."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, Dict, List, Optional
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from assistant.catalogue import open_store
from assistant.catalogue.store import CatalogueStore
from assistant.dialogue.messages import Message
from assistant.dialogue.terminal import rasa_response
from assistant.dialogue.turn import Turn
from assistant.settings import get_settings

logger = logging.getLogger(__name__)

Events = List[Dict[str, Any]]
HELSINKI = ZoneInfo("Europe/Helsinki")


@lru_cache(maxsize=1)
def _store() -> CatalogueStore:
    return open_store(get_settings().catalogue_url)


def catalogue_store() -> Optional[CatalogueStore]:
    """The catalogue; None, with a line in the log, while it cannot be opened."""
    try:
        return _store()
    except Exception:
        logger.exception("the catalogue could not be opened")
        return None


def read_turn(tracker: Tracker) -> Turn:
    """The turn that an action answers, on today's date in Finland."""
    return Turn.from_tracker(tracker.current_state(), datetime.now(HELSINKI).date())


def send(dispatcher: CollectingDispatcher, turn: Turn, messages: Iterable[Message]) -> None:
    """Send messages: structured ones, or plain text on a terminal."""
    for built in messages:
        response = rasa_response(built, turn)
        dispatcher.utter_message(
            text=response["text"],
            buttons=response["buttons"] or None,
            json_message=response.get("custom"),
        )


def understood(turn: Turn) -> Events:
    """Events that forget earlier misunderstandings."""
    return [SlotSet("misunderstood", None)] if turn.slots.get("misunderstood") else []
