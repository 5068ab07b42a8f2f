"""Rasa component: reads what is typed about the services that are shown (see `view_requests`).

Such a message gets the intent and the entity that the buttons under services send. It stands last
in the pipeline: danger, which the components before it find, is never taken for anything else.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.catalogue.hours import ZONE
from assistant.dialogue.payloads import SERVICES, VIEW
from assistant.guidance.topics import META_TOPICS, load_topics
from assistant.nlu.conversation import ShownServices, conversation_language, shown_services
from assistant.nlu.emergency_detector import EMERGENCY, EMERGENCY_NEED
from assistant.nlu.language_identifier import LANGUAGE_ENTITY, message_language
from assistant.nlu.need_classifier import INFORM, NEED
from assistant.nlu.script_restorer import readable_text
from assistant.nlu.text import clean, is_payload
from assistant.nlu.view_requests import LAST, ViewRequest, ViewRequests

NONE = "none_of_these"
#: Without a number these are about the service that was told about last.
_OF_THE_ONE_TOLD = ("open_at", "open_now", "hours")
#: The time at which a service has to be open, on the message.
OPENING = "opening"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ViewRequestReader(GraphComponent):
    """Sets the intent `services` and the entity `view`; notes the time a need has to be open."""

    def __init__(self, requests: ViewRequests) -> None:
        self._requests = requests

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ViewRequestReader:
        """Read the lists."""
        return cls(ViewRequests.load())

    def process(self, messages: List[Message]) -> List[Message]:
        """Read messages that are typed while services are shown, and needs at any time."""
        for message in messages:
            text = str(message.get(TEXT) or "")
            if not is_payload(text) and not message.get(EMERGENCY):
                self._read(message, clean(text), datetime.now(ZONE))
        return messages

    def _read(self, message: Message, text: str, now: datetime) -> None:
        shown = shown_services.get()
        request = self._request(message, text, shown, now) if shown is not None else None
        if shown is not None and request is not None:
            _set_view(message, request, shown)
            return
        topic = (message.get(INTENT) or {}).get("name")
        if topic in load_topics().topics and topic not in META_TOPICS:
            opening = self._requests.opening_of(text, message_language(message), now)
            if opening is not None:
                message.set(OPENING, opening.as_text(), add_to_output=True)

    def _request(
        self, message: Message, text: str, shown: ShownServices, now: datetime
    ) -> Optional[ViewRequest]:
        intent = (message.get(INTENT) or {}).get("name")
        # A sign of danger that the models do not believe in is still no request for opening hours,
        # and "something else" is an answer to the question what was meant.
        if message.get(EMERGENCY_NEED) or intent == INFORM or shown.unclear and intent == NONE:
            return None
        language = message_language(message)
        need = str((message.get(NEED) or {}).get("name") or "")
        about_shown = need == (f"{shown.topic}/{shown.need}" if shown.need else shown.topic)
        found = self._requests.read(text, shown.language, now, about_shown, only=True)
        if found is not None:
            # A few words that two languages share keep the conversation's language.
            _forget_language(message, shown)
            return found
        found = self._requests.read(text, language, now, about_shown)
        restored = readable_text(message)
        if found is None and restored != text:
            found = self._requests.read(clean(restored), language, now)
        return found

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """There is nothing to configure."""


def _forget_language(message: Message, shown: ShownServices) -> None:
    entities = message.get(ENTITIES, [])
    message.set(ENTITIES, [one for one in entities if one["entity"] != LANGUAGE_ENTITY])
    conversation_language.set(shown.language)


def _set_view(message: Message, request: ViewRequest, shown: ShownServices) -> None:
    """Make the message one of the buttons under services.

    Of what else it names only its language counts: a day is no date of a permit.
    """
    number = shown.count if request.number == LAST else request.number
    if number is None and request.view in _OF_THE_ONE_TOLD:
        number = shown.told
    value = "_".join(
        str(part) for part in (request.view, request.language, number) if part is not None
    )
    kept = [one for one in message.get(ENTITIES, []) if one["entity"] == LANGUAGE_ENTITY]
    view = {
        "entity": VIEW,
        "value": value,
        "start": 0,
        "end": len(str(message.get(TEXT))),
        "extractor": ViewRequestReader.__name__,
    }
    message.set(INTENT, {"name": SERVICES, "confidence": 1.0}, add_to_output=True)
    message.set("intent_ranking", [message.get(INTENT)], add_to_output=True)
    message.set(NEED, {"name": SERVICES, "confidence": 1.0, "ranking": []}, add_to_output=True)
    message.set(ENTITIES, [*kept, view], add_to_output=True)
    if request.opening is not None:
        message.set(OPENING, request.opening.as_text(), add_to_output=True)
