"""What of the catalogue a person sees: the services shown so far, and how they were narrowed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Optional

from assistant.catalogue import SearchQuery, hit_card, search
from assistant.catalogue.hours import ZONE
from assistant.catalogue.store import CatalogueStore
from assistant.dialogue.messages import Button
from assistant.dialogue.payloads import view_payload
from assistant.dialogue.turn import Turn
from assistant.embedding.packing import unpack_vector
from assistant.i18n import Translator

MAX_CARDS = 3
#: More than this nobody pages through; the slot stays small.
MAX_SHOWN = 60

Place = tuple[float, float]


@dataclass(frozen=True)
class ServiceView:
    """What is looked at, as the slot `service_view` keeps it.

    Attributes:
        topic: the topic whose services are shown.
        need: the need, if it is known.
        shown: ids of the services that were shown, in their order.
        last: ids of those shown last: `details` counts them.
        open_now: only what is open now.
        in_language: only what serves in the person's language.
        near: (latitude, longitude) near which services are looked for.
    """

    topic: str
    need: Optional[str] = None
    shown: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    open_now: bool = False
    in_language: bool = False
    near: Optional[Place] = None

    def as_slot(self) -> dict[str, Any]:
        """Plain values for the tracker."""
        return {**dataclasses.asdict(self), "shown": list(self.shown), "last": list(self.last)}

    @classmethod
    def from_slot(cls, value: Any) -> Optional[ServiceView]:
        """The view that a slot keeps; None if there is none."""
        if not isinstance(value, dict) or not value.get("topic"):
            return None
        near = value.get("near")
        return cls(
            topic=str(value["topic"]),
            need=value.get("need"),
            shown=tuple(value.get("shown") or ()),
            last=tuple(value.get("last") or ()),
            open_now=bool(value.get("open_now")),
            in_language=bool(value.get("in_language")),
            near=(float(near[0]), float(near[1])) if near else None,
        )

    def narrowed(self, **changes: Any) -> ServiceView:
        """The view with another filter or place: it begins anew."""
        return dataclasses.replace(self, shown=(), last=(), **changes)


@dataclass(frozen=True)
class Page:
    """The next cards of a view, the view once they are shown, and whether there are more."""

    cards: list[dict[str, Any]]
    view: ServiceView
    more: bool


def next_page(turn: Turn, view: ServiceView, store: CatalogueStore, count: int = MAX_CARDS) -> Page:
    """The next services of a view.

    Args:
        turn: the conversation's state.
        view: what is looked at; services it has shown are not shown again.
        store: the catalogue.
        count: how many cards at most.
    """
    # A vector of a message that only names a place or a button says nothing about the need.
    meant = turn.vector and turn.intent == view.topic
    now = datetime.now(ZONE)
    query = SearchQuery(
        vector=unpack_vector(turn.vector) if turn.vector and meant else None,
        topics=(view.topic,),
        need=f"{view.topic}/{view.need}" if view.need else None,
        municipality=turn.municipality,
        language=turn.language,
        service_language=turn.language if view.in_language else None,
        open_now=view.open_now,
        near=view.near,
        limit=count + len(view.shown) + 1,
        now=now,
    )
    hits = [hit for hit in search(store, query) if hit.service.id not in view.shown]
    cards = [
        hit_card(hit, turn.language, now, municipality=turn.municipality, near=view.near)
        for hit in hits[:count]
    ]
    last = tuple(card["id"] for card in cards)
    shown = (*view.shown, *last)[-MAX_SHOWN:]
    return Page(cards, dataclasses.replace(view, shown=shown, last=last), len(hits) > count)


def view_buttons(page: Page, texts: Translator) -> list[Button]:
    """What can be done with the services shown: see more, narrow them, read about one."""
    view, buttons = page.view, []
    if page.more:
        buttons.append(Button(title=texts.gettext("Show more"), payload=view_payload("more")))
    if page.cards:
        buttons.append(Button(title=texts.gettext("Details"), payload=view_payload("details")))
    if page.cards and view.near is None:
        buttons.append(Button(title=texts.gettext("Nearer to me"), payload=view_payload("near")))
    if page.cards and not view.open_now:
        buttons.append(Button(title=texts.gettext("Open now"), payload=view_payload("open_now")))
    if page.cards and not view.in_language:
        title = texts.gettext("In my language")
        buttons.append(Button(title=title, payload=view_payload("in_my_language")))
    return buttons
