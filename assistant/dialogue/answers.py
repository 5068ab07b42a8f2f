"""Answers: a need's guide, the services found for it, and the question that is asked next."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from typing import Any, Optional

from assistant.catalogue import municipality, national_cards
from assistant.catalogue.store import CatalogueStore
from assistant.dialogue.guide_text import guide_screens, simple_text
from assistant.dialogue.messages import (
    SENSITIVE_NEEDS,
    Button,
    Message,
    message,
    need_buttons,
    need_id,
)
from assistant.dialogue.responses import domain_responses
from assistant.dialogue.service_view import MAX_CARDS, Page, ServiceView, next_page, view_buttons
from assistant.dialogue.turn import Turn
from assistant.guidance import Guide, load_guides, load_topics
from assistant.i18n import Translator, translator

logger = logging.getLogger(__name__)

#: Beside a guide there are the needs that go with it too.
VIEWS_WITH_A_GUIDE = 2
MUNICIPALITY_FORM, ASSESSMENT_FORM = "municipality_form", "assessment_form"
#: Needs of the assessment whose answer depends on who asks.
PERSONAL_NEEDS = ("am_i_entitled", "how_to_request", "who_is_responsible", "for_family_member")


@dataclass
class Answer:
    """Messages to send, the form that has to ask before more can be said, and what is shown."""

    messages: list[Message] = field(default_factory=list)
    form: Optional[str] = None
    view: Optional[ServiceView] = None


def answer_need(
    turn: Turn, topic: str, need: Optional[str], store: Optional[CatalogueStore]
) -> Answer:
    """Answer a need: its guide first, then services, then what has to be asked.

    Args:
        turn: the conversation's state.
        topic: the topic's id.
        need: the need's id within the topic, if it is known.
        store: the catalogue; None when it cannot be opened (the guide is still shown).
    """
    texts = translator(turn.language)
    guide = load_guides().find(topic, need)
    identifier = need_id(topic, need)
    local = guide.local if guide is not None else True
    cards = contact_cards(guide, turn.language)
    if local and turn.municipality is not None:
        # The services of the municipality are what the person asked for.
        cards = cards[:1]
    page = _first_page(turn, topic, need, store, cards, local)
    cards += page.cards if page is not None else []
    answer = Answer(_guide_messages(turn, guide, identifier, cards, page, texts))
    if page is not None:
        # "The first one" is the first card that is seen, be it a contact of the guide.
        answer.view = replace(page.view, last=tuple(card["id"] for card in cards))
    if topic == "initial_assessment" and (need is None or need in PERSONAL_NEEDS):
        answer.form = ASSESSMENT_FORM
    elif local and turn.municipality is None and turn.slots.get("municipality") is None:
        answer.form = MUNICIPALITY_FORM
    return answer


def _guide_messages(
    turn: Turn,
    guide: Optional[Guide],
    identifier: str,
    cards: list[dict[str, Any]],
    page: Optional[Page],
    texts: Translator,
) -> list[Message]:
    """A guide; where it is long, what else is good to know follows after the contacts."""
    views = view_buttons(page, texts)[:VIEWS_WITH_A_GUIDE] if page is not None else []
    if guide is None:
        name = texts.gettext(load_topics().name(identifier))
        text = texts.gettext("Your municipality can tell you where to go. Ask about this:")
        text = f"{text} {name}"
        return [message(turn.language, text, cards=cards, buttons=views, about=identifier)]
    kind = {"emergency": "emergency", "human_contact": "handoff"}.get(guide.topic, "answer")
    screens, offered = guide_screens(guide, texts, turn.today), list(guide.related)
    if turn.second_need is not None and turn.second_need != identifier:
        # A message that asks for two things gets the answer to one and the way to the other.
        name = texts.gettext(load_topics().name(turn.second_need))
        screens[-1] += "\n\n" + texts.gettext("You also asked about this: {name}").format(name=name)
        offered = [turn.second_need, *(need for need in offered if need != turn.second_need)]
    parts: list[dict[str, Any]] = [{"text": text} for text in screens]
    parts[0].update(cards=cards, sources=guide.sources)
    parts[-1]["buttons"] = [*views, *need_buttons(offered, texts)]
    return [message(turn.language, kind=kind, about=identifier, **part) for part in parts]


def contact_cards(guide: Optional[Guide], language: str) -> list[dict[str, Any]]:
    """Cards of the national contacts that a guide names."""
    return national_cards(guide.contacts, language) if guide is not None else []


def _first_page(
    turn: Turn,
    topic: str,
    need: Optional[str],
    store: Optional[CatalogueStore],
    contacts: list[dict[str, Any]],
    local: bool,
) -> Optional[Page]:
    """The first services of a need beside the contacts of its guide; None if there are none."""
    if store is None or (local and turn.municipality is None):
        return None
    view = ServiceView(topic, need, shown=tuple(card["id"] for card in contacts))
    return _page(turn, view, store, MAX_CARDS - len(contacts[:MAX_CARDS]))


def service_cards(
    turn: Turn, topic: str, need: Optional[str], store: Optional[CatalogueStore]
) -> list[dict[str, Any]]:
    """Cards of the services for a need in the person's municipality and the country."""
    page = _first_page(turn, topic, need, store, [], local=True)
    return page.cards if page is not None else []


def _page(turn: Turn, view: ServiceView, store: CatalogueStore, count: int) -> Optional[Page]:
    if count < 1:
        return None
    try:
        page = next_page(turn, view, store, count)
    except Exception:  # the guide is still an answer without services
        logger.exception("the catalogue could not be searched")
        return None
    return page if page.cards else None


def services_answer(
    turn: Turn, topic: str, need: Optional[str], store: Optional[CatalogueStore]
) -> Answer:
    """The services for a need, once the municipality is known (or the person cannot tell it)."""
    texts = translator(turn.language)
    page = _page(turn, ServiceView(topic, need), store, MAX_CARDS) if store is not None else None
    place = municipality(turn.municipality)
    if place is None:
        text = texts.gettext("Your own municipality can tell you more. These services may help:")
        if page is None:
            text = texts.gettext("Your own municipality can tell you more.")
    elif page is not None:
        text = texts.gettext("These services can help you in {municipality}:")
    else:
        text = texts.gettext(
            "I have no services for this in {municipality}. Ask the municipality for advice."
        )
    if place is not None:
        text = text.format(municipality=place.name(turn.language))
    about = need_id(topic, need)
    if page is None:
        return Answer([message(turn.language, text, about=about)])
    buttons = view_buttons(page, texts)
    sent = message(turn.language, text, cards=page.cards, buttons=buttons, about=about)
    return Answer([sent], view=page.view)


def simpler_message(turn: Turn, topic: str, need: Optional[str]) -> Optional[Message]:
    """The guide of a need in its shortest form; None when there is no guide."""
    guide = load_guides().find(topic, need)
    if guide is None:
        return None
    texts = translator(turn.language)
    return message(
        turn.language,
        simple_text(guide, texts),
        cards=contact_cards(guide, turn.language)[:MAX_CARDS],
        sources=guide.sources,
        about=need_id(topic, need),
    )


def clarifying_question(turn: Turn) -> Optional[Message]:
    """A question between the likeliest needs; None when there is nothing to choose from."""
    texts = translator(turn.language)
    likely = turn.likely_needs()
    if not likely:
        return None
    buttons = need_buttons(likely, texts)
    buttons.append(Button(title=texts.gettext("Something else"), payload="/none_of_these"))
    lines = [texts.gettext("I am not sure what you need. Do you mean one of these?")]
    if any(name.startswith("emergency/") for name in likely):
        # Perhaps a person is in danger: the number comes before the question.
        lines.insert(0, texts.gettext(str(domain_responses()["utter_danger"][0]["text"])))
    asked = message(
        turn.language,
        "\n".join(lines),
        kind="question",
        buttons=buttons,
    )
    asked["sensitive"] = any(one in SENSITIVE_NEEDS for one in likely)
    return asked


def noted_message(turn: Turn) -> Message:
    """Says that what the person told is used from now on."""
    texts = translator(turn.language)
    place = municipality(turn.municipality)
    if place is not None:
        text = texts.gettext("I look for services in {municipality}. What do you need?")
        text = text.format(municipality=place.name(turn.language))
    else:
        text = texts.gettext("Thank you. What do you need?")
    return message(turn.language, text, kind="question")
