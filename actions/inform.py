"""Takes up what a person tells without being asked: municipality, situation, a child's age."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import catalogue_store, read_turn, send, understood
from assistant.dialogue.answers import noted_message, services_answer


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
        told = "municipality" in turn.entities and turn.slots.get("situation")
        if topic == "initial_assessment" and (told or "situation" in turn.entities):
            return [*understood(turn), FollowupAction("assessment_form")]
        if topic and "municipality" in turn.entities:
            need = turn.slots.get("need")
            answer = services_answer(turn, topic, need, catalogue_store())
            send(dispatcher, turn, answer.messages)
            view = answer.view.as_slot() if answer.view is not None else None
            return [SlotSet("service_view", view), *understood(turn)]
        send(dispatcher, turn, [noted_message(turn)])
        return understood(turn)
