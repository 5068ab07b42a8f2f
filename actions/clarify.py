"""Two stages when a message is not understood: ask between needs, then name a person."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, catalogue_store, read_turn, send
from assistant.dialogue.answers import answer_need, clarifying_question
from assistant.dialogue.responses import respond
from assistant.dialogue.turn import Turn


class ActionClarify(Action):
    """Asks what the person means; after that, says who can help."""

    def name(self) -> Text:
        """The action's name in the domain."""
        return "action_clarify"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[Dict[Text, Any]]:
        """Send a question, or the way to a person."""
        if tracker.latest_action_name not in (None, "action_listen"):
            # Rasa falls back on this action within a turn that has been answered: once is enough.
            return [FollowupAction("action_listen")]
        return clarify_events(dispatcher, read_turn(tracker))


def clarify_events(dispatcher: CollectingDispatcher, turn: Turn) -> Events:
    """Send what follows a message that was not understood; the events that count it."""
    before = int(turn.slots.get("misunderstood") or 0)
    if turn.unserved_language:
        send(dispatcher, turn, [respond("utter_unknown_language", turn)])
        return []
    if turn.intent == "none_of_these" and before < 2:
        send(dispatcher, turn, [respond("utter_rephrase", turn)])
    elif before == 0:
        noise = turn.need == "unintelligible"
        question = None if noise else clarifying_question(turn)
        send(dispatcher, turn, [question or respond("utter_unintelligible", turn)])
    else:
        send(dispatcher, turn, [respond("utter_not_understood", turn)])
        send(
            dispatcher,
            turn,
            answer_need(turn, "human_contact", "talk_to_person", catalogue_store()).messages,
        )
        return [SlotSet("misunderstood", None)]
    return [SlotSet("misunderstood", before + 1)]
