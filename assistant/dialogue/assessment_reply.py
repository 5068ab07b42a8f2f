"""A reply to a question about the assessment case, as the value of its slot."""

from __future__ import annotations

import re
from typing import Optional

from assistant.catalogue import find_municipality
from assistant.dialogue.assessment_case import NO, NOTHING, YES
from assistant.dialogue.turn import NO_PERMIT, Turn

#: "Work" and "studies", said of a permit.
PERMIT_OF_SITUATION = {"student": "student", "employed": "work"}
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")


def read_reply(field: str, turn: Turn) -> Optional[str]:
    """The value that a reply gives to the field that was asked about; None if it gives none.

    Entities that were recognised in the message fill their slots by themselves; this reads what
    only the question makes clear: "yes", "34", "spring 2024".
    """
    if field == "first_permit_date":
        return _date(turn)
    if field in ("has_municipality_of_residence", "assessed_before"):
        return {"affirm": YES, "deny": NO}.get(turn.intent or "")
    if field == "benefits":
        return NOTHING if turn.intent == "deny" else None
    if field == "permit":
        return PERMIT_OF_SITUATION.get(str(turn.entities.get("situation")))
    if field == "municipality":
        found = find_municipality(turn.text)
        return found.code if found is not None else None
    if field == "age":
        return _age(turn)
    return None


def _date(turn: Turn) -> Optional[str]:
    if turn.entities.get("permit") == "none":
        return NO_PERMIT
    from assistant.nlu.permit_dates import permit_date

    found = permit_date(turn.text, turn.today, turn.language)
    if found is None and turn.entities.get("date"):
        found = str(turn.entities["date"])
    return found


def _age(turn: Turn) -> Optional[str]:
    if turn.entities.get("child_age") is not None:
        return str(turn.entities["child_age"])
    number = _NUMBER.search(turn.text)
    return str(int(number[0])) if number else None
