"""Answers a need, asks for the municipality when that matters, and shows services."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, catalogue_store, read_turn, send, understood
from assistant.dialogue.answers import ASSESSMENT_FORM, answer_need, services_answer
from assistant.dialogue.assessment_case import another_person
from assistant.dialogue.responses import respond
from assistant.dialogue.services_answer import view_answer
from assistant.dialogue.turn import Turn


def answer_events(
    dispatcher: CollectingDispatcher,
    turn: Turn,
    topic: str,
    need: Optional[str],
    active_loop: Optional[str],
) -> Events:
    """Send the answer to a need; the events that remember it and ask what has to be asked."""
    answer = answer_need(turn, topic, need, catalogue_store())
    send(dispatcher, turn, answer.messages)
    view = answer.view
    if view is not None and turn.opening is not None and answer.form is None:
        # "I need a dentist who is open tomorrow": the guide, and which services are open.
        at_that_time = view_answer(turn, "open_at", view, catalogue_store())
        send(dispatcher, turn, at_that_time.messages)
        view = at_that_time.view or view
    if turn.unserved_language:
        send(dispatcher, turn, [respond("utter_unknown_language", turn)])
    events: Events = [
        SlotSet("topic", topic),
        SlotSet("need", need),
        SlotSet("service_view", view.as_slot() if view is not None else None),
        *understood(turn),
    ]
    if turn.unserved_language and active_loop is None:
        # One question at a time: what else has to be asked comes once a language is chosen.
        return events
    if topic == "emergency":
        return [*events, ActiveLoop(None), SlotSet("requested_slot", None)]
    if active_loop == ASSESSMENT_FORM:
        # A question that was interrupted is asked again, before any other one.
        return [*events, FollowupAction(active_loop)]
    if answer.form is not None:
        if answer.form == ASSESSMENT_FORM:
            events += _for_another_person(dispatcher, turn, need)
        return [*events, FollowupAction(answer.form)]
    if active_loop is not None:
        events += [ActiveLoop(None), SlotSet("requested_slot", None)]
    return events


def _for_another_person(
    dispatcher: CollectingDispatcher, turn: Turn, need: Optional[str]
) -> Events:
    """Says whose answers count; what was told of somebody else before is forgotten."""
    changed = another_person(turn, need)
    if changed.get("for_whom", turn.slots.get("for_whom")) in ("child", "other"):
        send(dispatcher, turn, [respond("utter_for_another_person", turn)])
    return [SlotSet(name, value) for name, value in changed.items()]


#: A reply of so few words that names a municipality is nothing but the reply.
SHORT_REPLY = 7


def _names_another_need(turn: Turn, asked: Optional[str]) -> bool:
    """True when the reply to a question names the municipality and another need as well.

    "The town where I live is Vantaa" is close in meaning to the registration of an address.
    """
    if not turn.asked_for_service or turn.topic == asked:
        return False
    return turn.topic != "registration" and len(turn.text.split()) >= SHORT_REPLY


class ActionAnswer(Action):
    """Answers the need of the latest message."""

    def name(self) -> Text:
        """The action's name in the domain."""
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[Dict[Text, Any]]:
        """Send the guide and services; ask for the municipality or the situation."""
        turn = read_turn(tracker)
        topic = turn.topic or turn.slots.get("topic") or "human_contact"
        need = turn.need if turn.topic else turn.slots.get("need")
        return answer_events(dispatcher, turn, topic, need, tracker.active_loop_name)


class ActionServices(Action):
    """Shows services once the municipality is known."""

    def name(self) -> Text:
        """The action's name in the domain."""
        return "action_services"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[Dict[Text, Any]]:
        """Send the services for the need that was asked about."""
        turn = read_turn(tracker)
        asked = turn.slots.get("topic")
        if turn.topic is not None and _names_another_need(turn, asked):
            return answer_events(dispatcher, turn, turn.topic, turn.need, None)
        topic = asked or "human_contact"
        answer = services_answer(turn, topic, turn.slots.get("need"), catalogue_store())
        send(dispatcher, turn, answer.messages)
        view = answer.view.as_slot() if answer.view is not None else None
        return [SlotSet("service_view", view), *understood(turn)]
