"""Tells who makes the person's assessment and how to ask for it."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import catalogue_store, read_turn, send, understood
from assistant.dialogue.assessment_answer import TOPIC, assessment_messages


class ActionAssessment(Action):
    """Answers once the situation and the municipality have been asked."""

    def name(self) -> Text:
        """The action's name in the domain."""
        return "action_assessment"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[Dict[Text, Any]]:
        """Send who is responsible, how to ask, and the services of the municipality."""
        turn = read_turn(tracker)
        send(dispatcher, turn, assessment_messages(turn, catalogue_store()))
        # Another need may have been answered in between: it is no longer what is talked about.
        return [SlotSet("topic", TOPIC), SlotSet("asked_field", None), *understood(turn)]
