"""What of the catalogue a person sees: the services shown so far, and how they were narrowed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Optional

from assistant.catalogue import SearchQuery, hit_card, search
from assistant.catalogue.event_times import takes_place
from assistant.catalogue.hours import ZONE, open_between
from assistant.catalogue.model import Service
from assistant.catalogue.opening_time import OpeningTime
from assistant.catalogue.store import CatalogueStore
from assistant.catalogue.time_window import Window
from assistant.dialogue.messages import Button
from assistant.dialogue.payloads import view_payload
from assistant.dialogue.turn import Turn
from assistant.dialogue.view_titles import TITLES
from assistant.embedding.packing import unpack_vector
from assistant.i18n import Translator

MAX_CARDS = 3
#: More than this nobody pages through; the slot stays small.
MAX_SHOWN = 60
#: So many services are looked at to tell whether opening hours are known.
MAX_LOOKED_AT = 40

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
        open_at: only what is open at this time (`OpeningTime.as_text`).
        in_language: only what serves in the person's language.
        spoken: only what serves in this other language.
        near: (latitude, longitude) near which services are looked for.
        focus: id of the service that was told about last: "is it open on Saturday?" means it.
    """

    topic: str
    need: Optional[str] = None
    shown: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    open_now: bool = False
    in_language: bool = False
    near: Optional[Place] = None
    open_at: Optional[str] = None
    spoken: Optional[str] = None
    focus: Optional[str] = None

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
            open_at=value.get("open_at"),
            spoken=value.get("spoken"),
            focus=value.get("focus"),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether some services are left out."""
        return bool(self.open_now or self.open_at or self.in_language or self.spoken)

    def narrowed(self, **changes: Any) -> ServiceView:
        """The view with another filter or place: it begins anew."""
        return dataclasses.replace(self, shown=(), last=(), focus=None, **changes)

    def widened(self) -> ServiceView:
        """The view with all services again."""
        return self.narrowed(open_now=False, open_at=None, in_language=False, spoken=None)


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
    now = datetime.now(ZONE)
    if view.open_at is not None and _window(view, now) is None:
        return Page([], view, more=False)  # the time is past
    found = search(store, _query(turn, view, count + len(view.shown) + 1, now))
    hits = [hit for hit in found if hit.service.id not in view.shown]
    cards = [
        hit_card(hit, turn.language, now, municipality=turn.municipality, near=view.near)
        for hit in hits[:count]
    ]
    last = tuple(card["id"] for card in cards)
    shown = (*view.shown, *last)[-MAX_SHOWN:]
    after = dataclasses.replace(view, shown=shown, last=last, focus=None)
    return Page(cards, after, len(hits) > count)


def hours_known(
    turn: Turn, view: ServiceView, store: CatalogueStore, now: datetime
) -> tuple[bool, bool]:
    """Whether the opening hours of any, and of all services of a view are known.

    Args:
        turn: the conversation's state.
        view: what is looked at; whether its services are open does not matter.
        store: the catalogue.
        now: the moment of which, unless the view names a time, the hours have to be known.
    """
    start, end = _window(view, now) or (now, now + timedelta(minutes=1))
    every = dataclasses.replace(view, open_now=False, open_at=None)
    found = search(store, _query(turn, every, MAX_LOOKED_AT, now))
    known = [is_known(hit.service, start, end) for hit in found]
    return any(known), all(known)


def is_known(service: Service, start: datetime, end: datetime) -> bool:
    """Whether it is known of a service if it is open, or takes place, at a time."""
    return service.occurrence is not None or any(
        open_between(channel.hours, start, end) is not None for channel in service.channels
    )


def is_open(service: Service, start: datetime, end: datetime) -> bool:
    """Whether a service is open, or takes place, at some moment between two."""
    if service.occurrence is not None:
        return takes_place(service.occurrence, (start, end))
    return any(open_between(channel.hours, start, end) for channel in service.channels)


def _window(view: ServiceView, now: datetime) -> Optional[Window]:
    opening = OpeningTime.from_text(view.open_at)
    return opening.window(now) if opening is not None else None


def _query(turn: Turn, view: ServiceView, limit: int, now: datetime) -> SearchQuery:
    # A vector of a message that only names a place or a button says nothing about the need.
    meant = turn.vector and turn.intent == view.topic
    return SearchQuery(
        vector=unpack_vector(turn.vector) if turn.vector and meant else None,
        topics=(view.topic,),
        need=f"{view.topic}/{view.need}" if view.need else None,
        municipality=turn.municipality,
        language=turn.language,
        service_language=view.spoken or (turn.language if view.in_language else None),
        open_now=view.open_now,
        open_at=_window(view, now),
        near=view.near,
        limit=limit,
        now=now,
    )


def view_buttons(page: Page, texts: Translator) -> list[Button]:
    """What can be done with the services shown: see more, narrow them, read about one."""
    view, wanted = page.view, []
    if page.more:
        wanted.append("more")
    if page.cards:
        wanted.append("details")
    if page.cards and view.near is None:
        wanted.append("near")
    if page.cards and not view.open_now:
        wanted.append("open_now")
    if page.cards and not (view.in_language or view.spoken):
        wanted.append("in_my_language")
    if view.is_narrowed:
        wanted.append("all")
    return [Button(title=texts.gettext(TITLES[one]), payload=view_payload(one)) for one in wanted]
