"""Talk about the assistant itself: greeting, language, repeating, simpler words, starting over."""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, List, Optional, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import answer_events
from actions.base import Events, catalogue_store, read_turn, send, understood
from actions.clarify import clarify_events
from assistant.dialogue.answers import answer_need, simpler_message
from assistant.dialogue.messages import Message
from assistant.dialogue.responses import domain_responses, respond
from assistant.dialogue.turn import Turn
from assistant.guidance import load_topics
from assistant.i18n import LANGUAGES

OUT_OF_SCOPE = {
    "other_countries": "utter_other_countries",
    "insult": "utter_insult",
}


class ActionBotMeta(Action):
    """Answers what is asked of the assistant itself, and what is not its business."""

    def name(self) -> Text:
        """The action's name in the domain."""
        return "action_bot_meta"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[Dict[Text, Any]]:
        """Send the response for the need; go on with a question that was open."""
        turn = read_turn(tracker)
        if turn.intent == "out_of_scope" and turn.need == "unintelligible":
            return _resume(tracker, clarify_events(dispatcher, turn))
        if turn.intent == "out_of_scope":
            name = OUT_OF_SCOPE.get(turn.need or "", "utter_out_of_scope")
            send(dispatcher, turn, [respond(name, turn)])
            return _resume(tracker, understood(turn))
        if turn.need == "start_over":
            return _start_over(dispatcher, turn)
        if turn.need == "change_language" or (turn.need == "which_languages" and _named(turn)):
            return _change_language(dispatcher, turn, tracker)
        if turn.need == "repeat":
            send(dispatcher, turn, _repeat(turn))
        elif turn.need == "explain_simpler":
            send(dispatcher, turn, [_simpler(turn)])
        else:
            name = f"utter_{turn.need}"
            known = name in domain_responses()
            send(dispatcher, turn, [respond(name if known else "utter_what_can_you_do", turn)])
        if turn.unserved_language:
            send(dispatcher, turn, [respond("utter_unknown_language", turn)])
        return _resume(tracker, understood(turn))


def _resume(tracker: Tracker, events: Events) -> Events:
    """Ask an interrupted question again."""
    if tracker.active_loop_name:
        return [*events, FollowupAction(tracker.active_loop_name)]
    return events


def _start_over(dispatcher: CollectingDispatcher, turn: Turn) -> Events:
    send(dispatcher, turn, [respond("utter_start_over", turn)])
    return [ActiveLoop(None), AllSlotsReset(), SlotSet("language", turn.slots.get("language"))]


def _change_language(dispatcher: CollectingDispatcher, turn: Turn, tracker: Tracker) -> Events:
    chosen = turn.entities.get("conversation_language") if _pressed(turn) else _named(turn)
    if chosen not in LANGUAGES:
        send(dispatcher, turn, [respond("utter_change_language", turn)])
        return _resume(tracker, [])
    turn = dataclasses.replace(turn, language=str(chosen))
    send(dispatcher, turn, [respond("utter_language_changed", turn)])
    events: Events = [SlotSet("language", chosen)]
    topic, need = turn.last_answer
    if topic and topic != "emergency" and not tracker.active_loop_name:
        # Asks what the answer still needs, too.
        return [*events, *answer_events(dispatcher, turn, topic, need, None)]
    if topic:
        send(dispatcher, turn, _repeat(turn))
    return _resume(tracker, events)


def _named(turn: Turn) -> Optional[str]:
    """The served language that the message names: "can you speak Arabic?"."""
    name = turn.entities.get("language_name")
    return str(name) if name in LANGUAGES else None


def _pressed(turn: Turn) -> bool:
    """True when the language was chosen by a button, not merely detected in a message."""
    return turn.entities.get("need") == "change_language"


def _repeat(turn: Turn) -> list[Message]:
    topic, need = turn.last_answer
    if not topic:
        return [respond("utter_nothing_to_repeat", turn)]
    if topic == "emergency":
        return [respond("utter_danger", dataclasses.replace(turn, need=need))]
    return answer_need(turn, topic, need, catalogue_store()).messages


def _simpler(turn: Turn) -> Message:
    topic, need = turn.last_answer
    asked = str(turn.entities.get("view") or "")
    if asked in load_topics().names:  # the button of an answer, which may be an older one
        topic, _, need = asked.partition("/")
    simpler = simpler_message(turn, topic, need) if topic else None
    return simpler or respond("utter_nothing_to_repeat", turn)
