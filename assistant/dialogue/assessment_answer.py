"""The answer about the assessment: who makes it for this person, how to ask, what to remember."""

from __future__ import annotations

from typing import Any, Optional

from assistant.catalogue import municipality
from assistant.catalogue.store import CatalogueStore
from assistant.dialogue.answers import service_cards
from assistant.dialogue.messages import Message, message, need_buttons
from assistant.dialogue.turn import Turn
from assistant.guidance.assessment import SITUATIONS, assess
from assistant.i18n import Translator, marked, translator

TOPIC = "initial_assessment"
RELATED = (
    "initial_assessment/what_happens_in_it",
    "initial_assessment/refused_or_no_answer",
    "integration_plan",
)

WHO = {
    "employment_authority": marked(
        "Ask the employment authority (työvoimaviranomainen) for the assessment (alkukartoitus)."
    ),
    "municipality": marked("Ask your own municipality for the assessment (alkukartoitus)."),
    "municipality_and_wellbeing_services_county": marked(
        "Ask your municipality and the wellbeing services county (hyvinvointialue) "
        "for the assessment (alkukartoitus)."
    ),
    "reception_centre": marked("Ask your reception centre (vastaanottokeskus) for advice."),
    "assistance_system_for_trafficking_victims": marked(
        "Ask the Assistance System for Victims of Human Trafficking for help."
    ),
    "none": marked("I cannot tell you which authority makes this assessment."),
}
ENTITLEMENT = {
    "automatic": marked("The law names people in your situation."),
    "on_request": marked("You may ask for the assessment yourself."),
    "not_yet": marked("You can ask when your residence permit or registration is valid."),
    "window_passed": marked(
        "Your first permit or registration is more than three years old. "
        "Ask the authority for advice."
    ),
    "unknown": marked("I do not know if the law gives you this assessment. Ask the authority."),
}


def assessment_message(turn: Turn, store: Optional[CatalogueStore]) -> Message:
    """The message that answers once the situation and the municipality have been asked.

    Args:
        turn: the conversation's state; an unknown situation or municipality is no obstacle.
        store: the catalogue; None when it cannot be opened (the advice is still shown).
    """
    texts = translator(turn.language)
    place = municipality(turn.municipality)
    situation = turn.slots.get("situation")
    result = assess(
        {
            "situation": situation if situation in SITUATIONS else None,
            "municipality": place.code if place is not None else None,
        },
        on=turn.today,
    )
    answer = message(
        turn.language,
        assessment_text(result, texts, place.name(turn.language) if place is not None else None),
        cards=service_cards(turn, TOPIC, None, store),
        buttons=need_buttons(RELATED, texts),
    )
    answer["sources"] = result["sources"]
    return answer


def assessment_text(
    result: dict[str, Any], translator: Translator, place: Optional[str] = None
) -> str:
    """The result of `assess` as text in the translator's language, one idea a line."""
    _ = translator.gettext
    lines = []
    who, entitlement = WHO[result["responsible"]], ENTITLEMENT.get(result["entitlement"])
    if result["entitlement"] != "window_passed":
        lines.append(_(who))
    if entitlement:
        lines.append(_(entitlement))
    if place:
        lines.append(_("Your municipality: {municipality}").format(municipality=place))
    if result["steps"]:
        lines.append(_("How to ask:"))
        lines += [f"{number}. {_(step)}" for number, step in enumerate(result["steps"], start=1)]
    if result["cautions"]:
        lines.append(_("Good to know:"))
        lines += [f"• {_(caution)}" for caution in result["cautions"]]
    return "\n".join(lines)
