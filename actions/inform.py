"""Takes up what a person tells without being asked: municipality, situation, a child's age."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import catalogue_store, read_turn, send, understood
from assistant.dialogue.answers import ASSESSMENT_FORM, noted_message, services_answer
from assistant.dialogue.assessment_answer import TOPIC
from assistant.dialogue.assessment_case import SLOTS
from assistant.dialogue.payloads import CASE_ENTITIES
from assistant.dialogue.turn import Turn


def _tells_of_case(turn: Turn) -> bool:
    told = set(turn.entities)
    if told & set(CASE_ENTITIES):
        return True
    return "municipality" in told and any(turn.slots.get(name) for name in SLOTS)


class ActionInform(Action):
    """Answers the need asked about before, now with what the person told."""

    def name(self) -> Text:
        """The action's name in the domain."""
        return "action_inform"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[Dict[Text, Any]]:
        """Show services for the new municipality, or ask what is needed."""
        turn = read_turn(tracker)
        topic = turn.slots.get("topic")
        if topic == TOPIC and _tells_of_case(turn):
            # A correction, or more of the case: the rules may have another question now.
            return [*understood(turn), FollowupAction(ASSESSMENT_FORM)]
        if topic and "municipality" in turn.entities:
            need = turn.slots.get("need")
            answer = services_answer(turn, topic, need, catalogue_store())
            send(dispatcher, turn, answer.messages)
            view = answer.view.as_slot() if answer.view is not None else None
            return [SlotSet("service_view", view), *understood(turn)]
        send(dispatcher, turn, [noted_message(turn)])
        return understood(turn)
