"""Buttons under the questions about an assessment case."""

from __future__ import annotations

from assistant.dialogue.messages import Button, inform_payload
from assistant.dialogue.turn import NO_PERMIT, Turn
from assistant.guidance.assessment import load_rules
from assistant.i18n import Translator, marked

#: Kinds of permits that are offered; whoever has another one, or does not want to tell it,
#: says so.
OFFERED_PERMITS = {
    "family": marked("Family"),
    "work": marked("Work"),
    "student": marked("Studies"),
    "international_protection": marked("International protection, or quota refugee"),
    "family_of_protected": marked("Family of a person with international protection"),
    "temporary_protection": marked("Temporary protection"),
    "eu_citizen": marked("I am an EU citizen"),
    "nordic_citizen": marked("I am a citizen of a Nordic country"),
}
#: What is offered to people who have no permit: nobody has to say that there is none.
OFFERED_WITHOUT_PERMIT = {
    "asylum_seeker": marked("I have applied for asylum"),
    "eu_citizen": marked("I am an EU citizen"),
    "nordic_citizen": marked("I am a citizen of a Nordic country"),
    "none": marked("None of these"),
}
#: The law's window where the law in force has none.
USUAL_WINDOW = 3


def no_answer_buttons(texts: Translator) -> list[Button]:
    """Ways not to answer: not knowing, and asking why."""
    return [Button(title=texts.gettext("I do not know"), payload="/dont_know"), _why(texts)]


def permit_buttons(turn: Turn, texts: Translator) -> list[Button]:
    """Kinds of permits; others for people who have said that they have no permit."""
    without = turn.slots.get("first_permit_date") == NO_PERMIT
    offered = OFFERED_WITHOUT_PERMIT if without else OFFERED_PERMITS
    buttons = [
        Button(title=texts.gettext(title), payload=inform_payload("permit", permit))
        for permit, title in offered.items()
    ]
    no_answer = Button(title=texts.gettext("I do not want to tell"), payload="/dont_know")
    return [*buttons, no_answer, _why(texts)]


def permit_year_buttons(turn: Turn, texts: Translator) -> list[Button]:
    """The years that can lie within the window of the law, all earlier ones, and no permit."""
    years = load_rules().layer(turn.today).window_years or USUAL_WINDOW
    first = turn.today.year - years
    buttons = [
        Button(title=str(year), payload=inform_payload("permit_date", str(year)))
        for year in range(turn.today.year, first - 1, -1)
    ]
    earlier = texts.gettext("{year} or earlier").format(year=first - 1)
    return [
        *buttons,
        Button(title=earlier, payload=inform_payload("permit_date", str(first - 1))),
        Button(
            title=texts.gettext("I have no permit yet"),
            payload=inform_payload("permit_date", NO_PERMIT),
        ),
        *no_answer_buttons(texts),
    ]


def _why(texts: Translator) -> Button:
    return Button(title=texts.gettext("Why do you ask?"), payload="/why_ask")
