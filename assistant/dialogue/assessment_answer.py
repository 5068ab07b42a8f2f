"""The answer about the assessment: may I ask, whom, by when, how, and what happens then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Optional

from babel.dates import format_date

from assistant.catalogue import municipality
from assistant.catalogue.event_times import LOCALES
from assistant.catalogue.store import CatalogueStore
from assistant.dialogue.answers import service_cards
from assistant.dialogue.assessment_case import case_of
from assistant.dialogue.messages import Message, message, need_buttons
from assistant.dialogue.packing import packed
from assistant.dialogue.turn import Turn
from assistant.guidance.assessment import assess, load_rules
from assistant.guidance.request_address import PATH, request_query
from assistant.i18n import Translator, marked, translator
from assistant.settings import get_settings

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
}
ENTITLEMENT = {
    "automatic": marked("The law says that people in your situation are assessed."),
    "on_request": marked("You may ask for the assessment yourself."),
    "not_yet": marked("You can ask when your residence permit or registration is valid."),
    "window_passed": marked(
        "Your first permit or registration is more than three years old. "
        "Ask the authority for advice."
    ),
    "unknown": marked("I do not know if the law gives you this assessment. Ask the authority."),
}
OUT_OF_SCOPE = marked(
    "This assessment (alkukartoitus) is for people with a residence permit or a registration. "
    "You can get other help."
)
#: Headings of the parts of the good-to-know sentences, in the order in which they are shown.
HEADINGS = {
    "meeting": marked("At the assessment:"),
    "refusal": marked("If nobody answers, or the answer is no:"),
    "know": marked("Good to know:"),
}
#: Whoever may ask gets the request to print.
MAY_ASK = ("automatic", "on_request", "unknown")
OTHER_PERSON = marked(
    "You can contact the authority for another person. Say that you make the contact for them."
)


def assessment_messages(turn: Turn, store: Optional[CatalogueStore]) -> list[Message]:
    """The messages that answer once everything that matters has been asked.

    Args:
        turn: the conversation's state; what is not known is no obstacle.
        store: the catalogue; None when it cannot be opened (the advice is still shown).

    Returns:
        whom to ask, by when and how, with the contacts of the municipality; then what happens
        and what to do if nobody answers, with the request to print.
    """
    texts = translator(turn.language)
    place = municipality(turn.municipality)
    case = case_of(turn)
    result = assess(case, on=turn.today)
    name = place.name(turn.language) if place else None
    opening = packed(opening_parts(result, texts, name, _others(turn)), turn.language)
    first = [message(turn.language, text, about=TOPIC) for text in opening]
    first[-1]["cards"] = service_cards(turn, TOPIC, None, store)
    first[-1]["sources"] = result["sources"]
    meeting = message(
        turn.language,
        remember_text(result, texts, ("meeting",)),
        kind="info",
        cards=[request_card(turn, case, texts)] if result["entitlement"] in MAY_ASK else [],
        about=TOPIC,
    )
    remembered = [remember_text(result, texts, (part,)) for part in ("refusal", "know")]
    others = [
        message(turn.language, text, kind="info", about=TOPIC)
        for text in packed(remembered, turn.language)
    ]
    sent = [one for one in (*first, meeting, *others) if one["text"]]
    sent[-1]["buttons"] = [*sent[-1]["buttons"], *need_buttons(RELATED, texts)]
    # Nobody reads three screens at once: each is short, and one without a text is left out.
    return sent


def _others(turn: Turn) -> bool:
    return turn.slots.get("for_whom") in ("child", "other")


def opening_parts(
    result: dict[str, Any],
    translator: Translator,
    place: Optional[str] = None,
    for_another: bool = False,
) -> list[str]:
    """Whom to ask, whether one may and by when; then each step. One idea a line.

    Args:
        result: as `assess` gives it.
        translator: of the person's language.
        place: the name of the municipality.
        for_another: the person asks on behalf of somebody else.
    """
    _ = translator.gettext
    lines = []
    contradicting = _contradiction(result)
    if contradicting is not None:
        lines.append(_(contradicting))
    who, entitlement = WHO.get(result["responsible"]), ENTITLEMENT.get(result["entitlement"])
    if result["entitlement"] == "out_of_scope" and result["law"] != "unknown":
        lines.append(_(OUT_OF_SCOPE))
    if who and result["entitlement"] != "window_passed":
        lines.append(_(who))
    if entitlement:
        lines.append(_(entitlement))
    if result["window_ends"] and result["entitlement"] in MAY_ASK:
        text = _("Ask soon, at the latest on {date}. Then your first permit is three years old.")
        text = text.format(date=_long_date(result["window_ends"], translator.language))
        # In Russian and Ukrainian a date ends with an abbreviation, "2028 г.".
        lines.append(text.replace("..", "."))
    if for_another:
        lines.append(_(OTHER_PERSON))
    if place:
        lines.append(_("Your municipality: {municipality}").format(municipality=place))
    steps = [f"{number}. {_(step)}" for number, step in enumerate(result["steps"], start=1)]
    if steps:
        to_ask = who and result["entitlement"] != "out_of_scope"
        steps[0] = "\n".join((_("How to ask:") if to_ask else _("What you can do:"), steps[0]))
    return ["\n".join(lines), *steps]


def remember_text(
    result: dict[str, Any], translator: Translator, parts: Sequence[str] = tuple(HEADINGS)
) -> str:
    """What happens at the assessment, what if there is no answer, and what else to know.

    Args:
        result: as `assess` gives it.
        translator: of the person's language.
        parts: which of them, see `HEADINGS`.
    """
    _ = translator.gettext
    rules = load_rules()
    lines: list[str] = []
    contradicting = _contradiction(result)
    for part in parts:
        found = [
            one for one in result["cautions"] if rules.part(one) == part and one != contradicting
        ]
        if found:
            lines.append(_(HEADINGS[part]))
            lines += [f"• {_(caution)}" for caution in found]
    return "\n".join(lines)


def request_card(turn: Turn, case: dict[str, Any], texts: Translator) -> dict[str, Any]:
    """The card that opens the request to print, filled in with what is known of the case.

    Names and contacts are never in it: they are written by hand.
    """
    query = request_query(case, turn.language, for_whom=turn.slots.get("for_whom"))
    return {
        "id": "request:assessment",
        "title": texts.gettext("Your request on paper (alkukartoitus)"),
        "summary": texts.gettext(
            "The request in Finnish or Swedish and in your language. Print it, save it or copy it. "
            "Write your name on it by hand."
        ),
        "provider": "Kuntaopas",
        "municipality": case.get("municipality"),
        "address": None,
        "phones": [],
        "url": None,
        "e_service_url": None,
        "form_url": f"{get_settings().public_address}{PATH}?{query}",
        "map_url": None,
        "open_now": None,
        "hours_today": None,
        "languages": [],
        "cost": "free",
        "text_language": turn.language,
        "checked": None,
        "source": None,
    }


def _long_date(day: str, language: str) -> str:
    locale = LOCALES.get(language, language)
    return format_date(date.fromisoformat(day), "long", locale=locale)


def _contradiction(result: dict[str, Any]) -> Optional[str]:
    rules = load_rules()
    asked = {rules.sentences[one.caution].text for one in rules.contradictions}
    return next((one for one in result["cautions"] if one in asked), None)
