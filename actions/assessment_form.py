"""The questions about an assessment case: what a reply means, and what is asked next."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.base import read_turn, send
from actions.forms import NO_ANSWER, checked_municipality
from assistant.dialogue import assessment_case as cases
from assistant.dialogue.assessment_reply import read_reply
from assistant.dialogue.messages import message
from assistant.dialogue.payloads import looks_like_payload
from assistant.dialogue.responses import respond
from assistant.dialogue.turn import UNKNOWN, Turn
from assistant.guidance.assessment import load_rules
from assistant.i18n import translator

FORM = "assessment_form"
#: The slot that stands for "the reply to whatever was asked".
ANSWER = "assessment_answer"
REQUESTED_SLOT = "requested_slot"


class ValidateAssessmentForm(FormValidationAction):
    """Takes a reply as the answer to the field that was asked about."""

    def name(self) -> Text:
        """The action's name in the domain."""
        return f"validate_{FORM}"

    def validate_assessment_answer(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Dict[Text, Any]:
        """Read the reply; asks again when it does not answer the question."""
        turn = read_turn(tracker)
        field = turn.slots.get("asked_field")
        told = {cases.SLOT_OF_ENTITY.get(entity) for entity in turn.entities} - {None}
        if field is None or field in told:
            return {ANSWER: None}
        reply = read_reply(field, turn)
        if reply is None and not told and _asks_something(turn):
            raise ActionExecutionRejection(self.name(), "the message asks something else")
        if field == "municipality":
            return {ANSWER: None, **checked_municipality(value, dispatcher, tracker)}
        if reply is None:
            if turn.intent in NO_ANSWER:
                return {ANSWER: None, field: UNKNOWN}
            # Who answers another question than the one asked has been understood.
            if not told & {*cases.SLOTS, "municipality"} and not looks_like_payload(str(value)):
                send(dispatcher, turn, [respond(f"utter_unclear_{field}", turn)])
            return {ANSWER: None}
        return {ANSWER: None, **_checked(field, reply, dispatcher, tracker)}

    def validate_municipality(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Dict[Text, Any]:
        """Check the municipality."""
        return checked_municipality(value, dispatcher, tracker)

    async def next_requested_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Optional[EventType]:
        """The form goes on as long as the rules have a question that matters."""
        more = cases.next_field(read_turn(tracker)) is not None
        return SlotSet(REQUESTED_SLOT, ANSWER if more else None)


def _asks_something(turn: Turn) -> bool:
    """True for a message that is a need, or is about the assistant, rather than a reply."""
    return turn.topic not in (None, "out_of_scope") or turn.intent in ("why_ask", "none_of_these")


def _validator(field: str) -> Any:
    def validate(
        self: ValidateAssessmentForm,
        value: Any,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: Any,
    ) -> Dict[Text, Any]:
        return _checked(field, str(value), dispatcher, tracker)

    validate.__doc__ = f"Check `{field}`."
    return validate


for _field in cases.SLOTS:
    setattr(ValidateAssessmentForm, f"validate_{_field}", _validator(_field))


def _checked(
    field: str, value: str, dispatcher: CollectingDispatcher, tracker: Tracker
) -> Dict[Text, Any]:
    """The slots once a field has a value: none that cannot be, and none that contradict."""
    turn = read_turn(tracker)
    if not cases.valid(field, value, turn.today):
        send(dispatcher, turn, [respond(f"utter_unclear_{field}", turn)])
        return {field: None}
    if field == "first_permit_date":
        if cases.is_future(value, turn.today):
            send(dispatcher, turn, [respond("utter_future_first_permit_date", turn)])
            return {field: None}
        if cases.needs_month(value, turn.today):
            send(dispatcher, turn, [respond("utter_month_first_permit_date", turn)])
            return {field: None}
    tracker.slots[field] = value
    again = [name for name in cases.contradiction(read_turn(tracker)) if name in cases.SLOTS]
    if again and not turn.slots.get("contradiction_asked"):
        send(dispatcher, turn, [respond("utter_ask_contradiction", turn)])
        return {**dict.fromkeys(again), "contradiction_asked": True}
    return {field: value}


class ActionAskAssessmentAnswer(Action):
    """Asks the question that matters most next."""

    def name(self) -> Text:
        """The action's name in the domain."""
        return f"action_ask_{ANSWER}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[Dict[Text, Any]]:
        """Send the question, and remember which one it was."""
        turn = read_turn(tracker)
        field = cases.next_field(turn)
        if field is None:
            return []
        send(dispatcher, turn, [respond(f"utter_ask_{field}", turn)])
        return [SlotSet("asked_field", field)]


class ActionWhyAsk(Action):
    """Says why the question is asked, and asks it again."""

    def name(self) -> Text:
        """The action's name in the domain."""
        return "action_why_ask"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]
    ) -> List[Dict[Text, Any]]:
        """Send the reason."""
        turn = read_turn(tracker)
        why = _reason(turn, tracker.active_loop_name)
        if why is None:
            send(dispatcher, turn, [respond("utter_why_ask", turn)])
        else:
            text = translator(turn.language).gettext(why)
            send(dispatcher, turn, [message(turn.language, text, kind="info")])
        return [FollowupAction(tracker.active_loop_name)] if tracker.active_loop_name else []


def _reason(turn: Turn, form: Optional[str]) -> Optional[str]:
    field = {FORM: turn.slots.get("asked_field"), "municipality_form": "municipality"}.get(
        form or ""
    )
    question = load_rules().questions.get(str(field))
    return question.why if question is not None and question.why else None
