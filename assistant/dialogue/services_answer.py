"""What is said when a person wants to see the services otherwise: more, nearer, open, details."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any, Optional

from assistant.catalogue import Service
from assistant.catalogue.details import details
from assistant.catalogue.hours import ZONE
from assistant.catalogue.model import text_in
from assistant.catalogue.store import CatalogueStore
from assistant.dialogue.answers import Answer
from assistant.dialogue.details_text import details_text
from assistant.dialogue.messages import Button, message
from assistant.dialogue.payloads import view_payload
from assistant.dialogue.service_view import Page, ServiceView, next_page, view_buttons
from assistant.dialogue.turn import Turn
from assistant.i18n import Translator, translator

logger = logging.getLogger(__name__)

PLACE_FORM = "place_form"


def view_answer(
    turn: Turn, wanted: str, view: Optional[ServiceView], store: Optional[CatalogueStore]
) -> Answer:
    """The answer to a button under the services that were shown.

    Args:
        turn: the conversation's state.
        wanted: `more`, `near`, `open_now`, `in_my_language`, `details` or `details_2`.
        view: what is looked at; None when no services were shown.
        store: the catalogue; None when it cannot be opened.
    """
    texts = translator(turn.language)
    if view is None:
        text = texts.gettext("I have not shown services yet. What do you need?")
        return Answer([message(turn.language, text, kind="question")])
    if store is None:
        text = texts.gettext("I cannot look up services now. Please try again soon.")
        return Answer([message(turn.language, text, kind="error")])
    if wanted.startswith("details"):
        return _details(turn, wanted.removeprefix("details").removeprefix("_"), view, store, texts)
    if wanted == "near" and view.near is None:
        place = turn.slots.get("place")
        if not isinstance(place, dict):
            return Answer(form=PLACE_FORM)
        view = view.narrowed(near=(float(place["latitude"]), float(place["longitude"])))
    elif wanted == "open_now":
        view = view.narrowed(open_now=True)
    elif wanted == "in_my_language":
        view = view.narrowed(in_language=True)
    page = next_page(turn, view, store)
    if not page.cards:
        return Answer([message(turn.language, _nothing(wanted, texts))])
    text, buttons = _heading(wanted, texts), view_buttons(page, texts)
    sent = message(turn.language, text, cards=page.cards, buttons=buttons)
    return Answer([sent], view=page.view)


def _heading(wanted: str, texts: Translator) -> str:
    if wanted == "near":
        return texts.gettext("These services are the nearest:")
    if wanted == "open_now":
        return texts.gettext("These services are open now:")
    if wanted == "in_my_language":
        return texts.gettext("These services say that they serve you in your language:")
    return texts.gettext("These services may help too:")


def _nothing(wanted: str, texts: Translator) -> str:
    if wanted == "near":
        return texts.gettext("I know no service for this with an address.")
    if wanted == "open_now":
        return texts.gettext("I know no service for this that is open now.")
    if wanted == "in_my_language":
        return texts.gettext(
            "I know no service for this that says it serves you in your language."
            " Ask the service if it can order an interpreter."
        )
    return texts.gettext("I have shown all the services that I know for this.")


def _details(
    turn: Turn, number: str, view: ServiceView, store: CatalogueStore, texts: Translator
) -> Answer:
    services = store.services(view.last)
    chosen = _chosen(services, number, view)
    if chosen is None and len(services) > 1:
        buttons = [
            Button(
                title=text_in(service.names, turn.language),
                payload=view_payload("details", view.last.index(service.id) + 1),
            )
            for service in services
        ]
        text = texts.gettext("Which service do you want to know more about?")
        return Answer([message(turn.language, text, kind="question", buttons=buttons)], view=view)
    if chosen is None:
        return Answer([message(turn.language, _nothing("more", texts))], view=view)
    now = datetime.now(ZONE)
    shown = details(chosen, turn.language, now, municipality=turn.municipality, near=view.near)
    rest = view_buttons(Page([], view, more=True), texts)
    sent = message(turn.language, details_text(shown, texts), cards=[_as_card(shown)], buttons=rest)
    return Answer([sent], view=view)


def _chosen(services: list[Service], number: str, view: ServiceView) -> Optional[Service]:
    if not number:
        return services[0] if len(services) == 1 else None
    position = int(number) - 1
    wanted = view.last[position] if position < len(view.last) else None
    return next((service for service in services if service.id == wanted), None)


def _as_card(shown: dict[str, Any]) -> dict[str, Any]:
    """The card within the details."""
    return {key: shown[key] for key in shown if key not in ("texts", "places", "channels")}
