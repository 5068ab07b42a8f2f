"""Shows the services of the last answer otherwise: more of them, nearer, open now, details."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Text

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import catalogue_store, read_turn, send, understood
from actions.forms import NO_ANSWER
from assistant.catalogue import municipality
from assistant.dialogue.payloads import SERVICES, looks_like_payload
from assistant.dialogue.responses import respond
from assistant.dialogue.service_view import ServiceView
from assistant.dialogue.services_answer import view_answer

_POSTAL_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
UNKNOWN_PLACE = "unknown"


class ActionServiceView(Action):
    """Answers the buttons under services, and what is typed instead."""

    def name(self) -> Text:
        """The action's name in the domain."""
        return "action_service_view"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[Dict[Text, Any]]:
        """Show services or ask for a place; after the place was told, the nearest ones."""
        turn = read_turn(tracker)
        view = ServiceView.from_slot(turn.slots.get("service_view"))
        told = isinstance(turn.slots.get("place"), dict)
        wanted = str(turn.entities.get("view") or ("near" if told else "more"))
        answer = view_answer(turn, wanted, view, catalogue_store())
        send(dispatcher, turn, answer.messages)
        events: List[Dict[Text, Any]] = [*understood(turn)]
        if answer.view is not None:
            events.append(SlotSet("service_view", answer.view.as_slot()))
        if answer.form is not None:
            return [*events, SlotSet("place", None), FollowupAction(answer.form)]
        if tracker.active_loop_name == "place_form":
            events += [ActiveLoop(None), SlotSet("requested_slot", None)]
        return events


class ValidatePlaceForm(FormValidationAction):
    """The reply to the question near which place services are wanted."""

    def name(self) -> Text:
        """The action's name in the domain."""
        return "validate_place_form"

    def validate_place(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Dict[Text, Any]:
        """Look the place up; ask again when it is not known, and never keep what was written."""
        if isinstance(value, dict):
            return {"place": value}
        turn = read_turn(tracker)
        if turn.intent in NO_ANSWER:
            return {"place": UNKNOWN_PLACE}
        store = catalogue_store()
        for name in _names(str(value), turn.entities):
            found = store.place_coordinates(name) if store is not None else None
            if found is not None:
                return {"place": {"latitude": found[0], "longitude": found[1]}}
        if turn.intent != SERVICES and not looks_like_payload(str(value)):
            send(dispatcher, turn, [respond("utter_unknown_place", turn)])
        return {"place": None}


def _names(text: str, entities: Dict[Text, Any]) -> List[str]:
    """What in a reply may name a place: a postal code, a district, all of it, a municipality."""
    names = _POSTAL_CODE.findall(text)
    if entities.get("district"):
        names.append(str(entities["district"]))
    names.append(text.strip())
    home = municipality(entities.get("municipality"))
    if home is not None:
        names += [home.name_fi, home.name_sv]
    return names
