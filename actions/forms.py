"""Checks the reply to the question for the municipality."""

from __future__ import annotations

from typing import Any, Dict, Text

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import read_turn, send
from assistant.catalogue import find_municipality, municipality
from assistant.dialogue.payloads import looks_like_payload
from assistant.dialogue.responses import respond
from assistant.dialogue.turn import UNKNOWN

#: Replies that end a question without an answer.
NO_ANSWER = ("dont_know", "deny")


def checked_municipality(
    value: Any, dispatcher: CollectingDispatcher, tracker: Tracker
) -> Dict[Text, Any]:
    """The code of the municipality that was named; asks again when there is none of that name."""
    turn = read_turn(tracker)
    found = municipality(str(value)) or find_municipality(str(value))
    if found is not None:
        return {"municipality": found.code}
    if turn.intent in NO_ANSWER:
        return {"municipality": UNKNOWN}
    if not looks_like_payload(str(value)):
        send(dispatcher, turn, [respond("utter_unknown_municipality", turn)])
    return {"municipality": None}


class ValidateMunicipalityForm(FormValidationAction):
    """The reply to "Which municipality do you live in?"."""

    def name(self) -> Text:
        """The action's name in the domain."""
        return "validate_municipality_form"

    def validate_municipality(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Dict[Text, Any]:
        """Check the municipality."""
        return checked_municipality(value, dispatcher, tracker)
