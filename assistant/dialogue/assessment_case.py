"""The assessment case of a conversation: its slots, what they mean, and what to ask next.

A slot holds what the person told, as a short ASCII value; "unknown" says that they were asked and
did not say.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

from assistant.catalogue import municipality
from assistant.dialogue.turn import NO_PERMIT, UNKNOWN, Turn
from assistant.guidance.assessment import (
    BENEFITS,
    PERMITS,
    SITUATIONS,
    CaseError,
    Period,
    contradicting,
    load_rules,
    next_question,
)
from assistant.guidance.assessment.case import Case

#: Slots of a case; each has the name of its field.
SLOTS = (
    "situation",
    "first_permit_date",
    "permit",
    "benefits",
    "has_municipality_of_residence",
    "assessed_before",
    "age",
)
#: Which entity fills which slot.
SLOT_OF_ENTITY = {
    "situation": "situation",
    "permit_date": "first_permit_date",
    "permit": "permit",
    "benefit": "benefits",
    "residence": "has_municipality_of_residence",
    "assessed": "assessed_before",
    "person_age": "age",
    "municipality": "municipality",
}
#: With the municipality there are five questions at most.
MOST_QUESTIONS = 4
YES, NO, NOTHING = "yes", "no", "none"
#: Ages that stand for "under 18" and "18 or older".
AGES = {"under_18": 17, "adult": 18}
FAMILY_NEED = "for_family_member"
FOR_WHOM = ("self", "child", "other")


def case_of(turn: Turn) -> dict[str, Any]:
    """The case as `assess` reads it; a slot with a value that cannot be is left out."""
    told = {name: value for name in SLOTS if (value := turn.slots.get(name)) not in (None, UNKNOWN)}
    case: dict[str, Any] = {}
    for name, value in told.items():
        known = _field(name, str(value))
        if known is not None:
            case[name] = known
    if turn.slots.get("for_whom") == "child":
        case.setdefault("age", AGES["under_18"])
    place = municipality(turn.municipality)
    if place is not None:
        case["municipality"] = place.code
    try:
        Case.read(case, turn.today)
    except CaseError:
        case.pop("first_permit_date", None)
    return case


def valid(slot: str, value: str, today: date) -> bool:
    """True when a slot of the case can have a value."""
    if value == UNKNOWN or (slot == "first_permit_date" and value == NO_PERMIT):
        return True
    if slot == "benefits" and value == NOTHING:
        return True
    known = _field(slot, value)
    if known is None:
        return False
    try:
        Case.read({slot: known}, today)
    except CaseError:
        return False
    return True


def next_field(turn: Turn) -> Optional[str]:
    """The field to ask about next; None when everything worth asking has been asked.

    The rules choose (`next_question`); the municipality comes last, for its services.
    """
    case = case_of(turn)
    asked = tuple(name for name in SLOTS if turn.slots.get(name) is not None)
    skipped: tuple[str, ...] = ("municipality",)
    if turn.slots.get("for_whom") == "child":
        skipped += ("situation", "benefits", "age")
    field = None
    if len(asked) < MOST_QUESTIONS:
        field = _after_no_permit(turn) or next_question(case, turn.today, (*asked, *skipped))
    if field is None and turn.slots.get("municipality") is None:
        return "municipality"
    return field


def another_person(turn: Turn, need: Optional[str]) -> dict[str, Any]:
    """The slots that change when a question is about somebody else than the one before."""
    told = turn.entities.get("for_whom")
    if told not in FOR_WHOM:
        told = None
    if told is None and need == FAMILY_NEED and turn.slots.get("for_whom") in (None, "self"):
        told = "other"
    if told is None:
        return {}
    now_told = {SLOT_OF_ENTITY.get(entity) for entity in turn.entities}
    forgotten = {name: None for name in SLOTS if name not in now_told}
    return {"for_whom": told, "contradiction_asked": None, **forgotten}


def contradiction(turn: Turn) -> tuple[str, ...]:
    """Slots that do not fit together, to be asked about again; empty when all fit."""
    return contradicting(case_of(turn), turn.today)


def needs_month(value: str, today: date) -> bool:
    """True for a year of which a part lies outside the window of the law."""
    if value in (UNKNOWN, NO_PERMIT):
        return False
    case = Case.read({"first_permit_date": value}, today)
    years = load_rules().layer(today).window_years
    return "after" in (times := case.times(years)) and len(times) > 1


def is_future(value: str, today: date) -> bool:
    """True for a date that has not come yet."""
    if value in (UNKNOWN, NO_PERMIT):
        return False
    period = Period.read("first_permit_date", value)
    return period is not None and period.first > today


def _after_no_permit(turn: Turn) -> Optional[str]:
    """Whoever has no permit yet may be waiting for one, or needs none."""
    without = turn.slots.get("first_permit_date") == NO_PERMIT
    return "permit" if without and turn.slots.get("permit") is None else None


def _field(slot: str, value: str) -> Any:
    if slot == "situation":
        return value if value in SITUATIONS else None
    if slot == "permit":
        return value if value in PERMITS else None
    if slot == "first_permit_date":
        return None if value == NO_PERMIT else value
    if slot == "benefits":
        if value == NOTHING:
            return []
        return [value] if value in BENEFITS else None
    if slot in ("has_municipality_of_residence", "assessed_before"):
        return {YES: True, NO: False}.get(value)
    if slot == "age":
        return AGES.get(value, int(value) if value.isascii() and value.isdigit() else None)
    return None
