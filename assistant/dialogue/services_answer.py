"""What is said when a person wants to see the services otherwise: more, nearer, open, details."""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Optional

from assistant.catalogue import Service, municipality
from assistant.catalogue.details import details
from assistant.catalogue.hours import ZONE
from assistant.catalogue.model import text_in
from assistant.catalogue.opening_time import OpeningTime
from assistant.catalogue.store import CatalogueStore
from assistant.dialogue.answers import Answer
from assistant.dialogue.details_text import details_text, hours_text, language_name
from assistant.dialogue.messages import Button, message, need_id
from assistant.dialogue.opening_text import opening_lines, opening_words
from assistant.dialogue.payloads import view_payload
from assistant.dialogue.service_view import (
    Page,
    ServiceView,
    hours_known,
    is_known,
    is_open,
    next_page,
    view_buttons,
)
from assistant.dialogue.turn import Turn
from assistant.dialogue.view_titles import TITLES
from assistant.i18n import Translator, translator

logger = logging.getLogger(__name__)

PLACE_FORM = "place_form"
#: A view, perhaps the code of a language, perhaps the number of a service.
_WANTED = re.compile(
    r"(more|near|open_now|open_at|in_my_language|in_language|details|hours|all)"
    r"(?:_([a-z]{2,3}))?(?:_(\d{1,2}))?"
)


@dataclasses.dataclass(frozen=True)
class Wanted:
    """How the services are to be shown.

    Attributes:
        view: what is to be done (`assistant.dialogue.payloads.VIEWS`, `open_at`, `in_language`).
        language: the language of `in_language`.
        number: of the service that is meant, from 1; None for all of them.
        opening: the time of `open_at`.
    """

    view: str
    language: Optional[str] = None
    number: Optional[int] = None
    opening: Optional[OpeningTime] = None

    @classmethod
    def of(cls, wanted: str, opening: Optional[str]) -> Wanted:
        """What an entity `view` such as `more`, `details_2` or `in_language_so` means."""
        found = _WANTED.fullmatch(wanted)
        if found is None:
            return cls("more")
        view, time = found[1], OpeningTime.from_text(opening)
        number = int(found[3]) if found[3] else None
        if view == "open_at" and time is None:
            view = "open_now"
        if view == "in_language" and not found[2]:
            view = "in_my_language"
        language = found[2] if view == "in_language" else None
        return cls(view, language, number, time if view == "open_at" else None)


def view_answer(
    turn: Turn, wanted: str, view: Optional[ServiceView], store: Optional[CatalogueStore]
) -> Answer:
    """The answer to a button under the services that were shown, or to what was typed instead.

    Args:
        turn: the conversation's state; its `opening` is the time of `open_at`.
        wanted: what `Wanted.of` reads.
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
    asked = Wanted.of(wanted, turn.opening)
    if asked.view in ("details", "hours"):
        return _about_one(turn, asked, view, store, texts)
    if asked.view in ("open_now", "open_at") and asked.number is not None:
        chosen = _chosen(store.services(view.last), asked.number, view)
        if chosen is None:
            return _which(turn, Wanted("hours"), view, store, texts)
        return _opening_of_one(turn, asked, chosen, view, texts)
    if asked.view == "near" and view.near is None:
        place = turn.slots.get("place")
        if not isinstance(place, dict):
            return Answer(form=PLACE_FORM)
        view = view.narrowed(near=(float(place["latitude"]), float(place["longitude"])))
    view = _narrowed(view, asked, turn.language)
    page = next_page(turn, view, store)
    return _shown(turn, asked, page, store, texts)


def _narrowed(view: ServiceView, asked: Wanted, language: str) -> ServiceView:
    if asked.view == "open_now":
        return view.narrowed(open_now=True, open_at=None)
    if asked.view == "open_at" and asked.opening is not None:
        return view.narrowed(open_now=False, open_at=asked.opening.as_text())
    if asked.view == "in_my_language" or asked.language == language:
        return view.narrowed(in_language=True, spoken=None)
    if asked.view == "in_language":
        return view.narrowed(in_language=False, spoken=asked.language)
    return view.widened() if asked.view == "all" else view


def _shown(
    turn: Turn, asked: Wanted, page: Page, store: CatalogueStore, texts: Translator
) -> Answer:
    """The services of a page, or that there are none; what is not known of them is told too."""
    view, about = page.view, need_id(page.view.topic, page.view.need)
    lines: list[str] = []
    if asked.view in ("open_now", "open_at"):
        known, all_known = hours_known(turn, view, store, datetime.now(ZONE))
        if not known and not page.cards:
            text = texts.gettext("I do not know the opening hours. Ask the service.")
            return _none(turn, text, view, about, texts)
        if asked.opening is not None:
            lines += opening_lines(store.services(view.last), asked.opening, turn.language)
        if not all_known:
            lines.append(texts.gettext("For some services I do not know the opening hours."))
    heading = _heading if page.cards else _nothing
    text = "\n".join([heading(turn, asked, texts), *lines])
    if not page.cards:
        return _none(turn, text, view, about, texts)
    buttons = view_buttons(page, texts)
    sent = message(turn.language, text, cards=page.cards, buttons=buttons, about=about)
    return Answer([sent], view=view)


def _none(turn: Turn, text: str, view: ServiceView, about: str, texts: Translator) -> Answer:
    """That there are none, and the way back to all of them; what is shown stays shown."""
    name = TITLES["all"]
    title = texts.gettext(name)
    buttons = [Button(title=title, payload=view_payload("all"))] if view.is_narrowed else []
    return Answer([message(turn.language, text, buttons=buttons, about=about)])


def _heading(turn: Turn, asked: Wanted, texts: Translator) -> str:
    if asked.view == "near":
        return texts.gettext("These services are the nearest:")
    if asked.view == "open_now":
        return texts.gettext("These services are open now:")
    if asked.opening is not None:
        return _at_this_time(texts.gettext("Open at this time: {time}"), turn, asked.opening)
    if asked.view == "in_language" and asked.language != turn.language:
        text = texts.gettext("These services say that they serve you in this language: {language}")
        return text.format(language=language_name(str(asked.language), turn.language))
    if asked.view in ("in_my_language", "in_language"):
        return texts.gettext("These services say that they serve you in your language:")
    place = municipality(turn.municipality) if asked.view == "all" else None
    if place is not None:
        text = texts.gettext("These services can help you in {municipality}:")
        return text.format(municipality=place.name(turn.language))
    return texts.gettext("These services may help too:")


def _nothing(turn: Turn, asked: Wanted, texts: Translator) -> str:
    if asked.view == "near":
        return texts.gettext("I know no service for this with an address.")
    if asked.view == "open_now":
        return texts.gettext("I know no service for this that is open now.")
    if asked.opening is not None:
        text = texts.gettext("I know no service for this that is open at this time: {time}")
        return _at_this_time(text, turn, asked.opening)
    if asked.view == "in_language" and asked.language != turn.language:
        text = texts.gettext(
            "I know no service for this that says it serves you in this language: {language}."
            " Ask the service if it can order an interpreter."
        )
        return text.format(language=language_name(str(asked.language), turn.language))
    if asked.view in ("in_my_language", "in_language"):
        return texts.gettext(
            "I know no service for this that says it serves you in your language."
            " Ask the service if it can order an interpreter."
        )
    return texts.gettext("I have shown all the services that I know for this.")


def _at_this_time(text: str, turn: Turn, opening: OpeningTime) -> str:
    return text.replace("{time}", opening_words(opening, turn.language))


def _about_one(
    turn: Turn, asked: Wanted, view: ServiceView, store: CatalogueStore, texts: Translator
) -> Answer:
    """A service in detail, or its opening hours."""
    services, about = store.services(view.last), need_id(view.topic, view.need)
    chosen = _chosen(services, asked.number, view)
    if chosen is None and len(services) > 1:
        return _which(turn, asked, view, store, texts)
    if chosen is None:
        text = texts.gettext("I have shown all the services that I know for this.")
        return Answer([message(turn.language, text, about=about)], view=view)
    in_words = hours_text if asked.view == "hours" else details_text
    return _one(turn, chosen, in_words, view, texts)


def _which(
    turn: Turn, asked: Wanted, view: ServiceView, store: CatalogueStore, texts: Translator
) -> Answer:
    """The question which of the services is meant."""
    buttons = [
        Button(
            title=text_in(service.names, turn.language),
            payload=view_payload(asked.view, view.last.index(service.id) + 1),
        )
        for service in store.services(view.last)
    ]
    text = texts.gettext("Which service do you want to know more about?")
    about = need_id(view.topic, view.need)
    sent = message(turn.language, text, kind="question", buttons=buttons, about=about)
    return Answer([sent], view=view)


def _one(
    turn: Turn,
    service: Service,
    in_words: Callable[[dict[str, Any], Translator], str],
    view: ServiceView,
    texts: Translator,
) -> Answer:
    """A service as a text and a card; what is asked next is about it."""
    now = datetime.now(ZONE)
    shown = details(service, turn.language, now, municipality=turn.municipality, near=view.near)
    sent = message(
        turn.language,
        in_words(shown, texts),
        cards=[_as_card(shown)],
        buttons=view_buttons(Page([], view, more=True), texts),
        about=need_id(view.topic, view.need),
    )
    return Answer([sent], view=dataclasses.replace(view, focus=service.id))


def _opening_of_one(
    turn: Turn, asked: Wanted, service: Service, view: ServiceView, texts: Translator
) -> Answer:
    """Whether a service is open at a time, and its hours."""
    now = datetime.now(ZONE)
    opening = asked.opening or OpeningTime(now.date(), now.date(), clock=now.time())
    window = opening.window(now)

    def in_words(shown: dict[str, Any], texts: Translator) -> str:
        if window is None or not is_known(service, *window):
            unknown = texts.gettext("I do not know the opening hours. Ask the service.")
            return f"{shown['title']}\n\n{unknown}"
        if is_open(service, *window):
            text = texts.gettext("Open at this time: {time}")
        else:
            text = texts.gettext("Not open at this time: {time}")
        return f"{_at_this_time(text, turn, opening)}\n\n{hours_text(shown, texts)}"

    return _one(turn, service, in_words, view, texts)


def _chosen(services: list[Service], number: Optional[int], view: ServiceView) -> Optional[Service]:
    if number is None:
        return services[0] if len(services) == 1 else None
    wanted = view.last[number - 1] if 0 < number <= len(view.last) else None
    return next((service for service in services if service.id == wanted), None)


def _as_card(shown: dict[str, Any]) -> dict[str, Any]:
    """The card within the details."""
    return {key: shown[key] for key in shown if key not in ("texts", "places", "channels")}
