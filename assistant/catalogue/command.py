"""The catalogue as the command line uses it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Optional

from assistant.catalogue.build import ensure_own_catalogue
from assistant.catalogue.cards import hit_card
from assistant.catalogue.hours import ZONE
from assistant.catalogue.municipalities import municipality as municipality_of
from assistant.catalogue.search import SearchQuery, search
from assistant.catalogue.store import CatalogueStore, open_store
from assistant.catalogue.time_window import Window, time_window
from assistant.catalogue.topics import TOPICS
from assistant.embedding import CachedEncoder, load_encoder
from assistant.errors import KuntaopasError
from assistant.settings import Settings


class BadQuery(KuntaopasError):
    """A place or a time of a search that means nothing."""


def search_cards(
    settings: Settings,
    text: str,
    *,
    topic: Optional[str] = None,
    municipality: Optional[str] = None,
    language: str = "en",
    near: Optional[str] = None,
    open_at: Optional[str] = None,
    **filters: Any,
) -> list[dict[str, Any]]:
    """Cards with their `score`, best first; the own catalogue is loaded if it is missing.

    Args:
        settings: where the catalogue is.
        text: what is looked for.
        topic: id of a topic.
        municipality: code.
        language: language of the cards.
        near: `LAT,LON`, or a postal code, a town or an address that the catalogue knows.
        open_at: a time in words (`assistant.catalogue.time_window`).
        filters: other fields of `SearchQuery`.

    Raises:
        KuntaopasError: for a topic or a municipality that does not exist.
        BadQuery: for a place or a time that means nothing.
    """
    if topic is not None and topic not in TOPICS:
        raise KuntaopasError(f"there is no topic {topic!r}: use one of {', '.join(sorted(TOPICS))}")
    code = None
    if municipality:
        home = municipality_of(municipality)
        if home is None:
            raise KuntaopasError(f"there is no municipality with the code {municipality!r}")
        code = home.code
    store = open_store(settings.catalogue_url)
    encoder = CachedEncoder(load_encoder(settings.encoder), settings.vector_cache)
    ensure_own_catalogue(store, encoder)
    now = datetime.now(ZONE)
    place = _place(store, near) if near else None
    query = SearchQuery(
        text=text,
        # The question of a person is encoded without the cache, so that it leaves no trace.
        vector=load_encoder(settings.encoder).encode([text])[0] if text.strip() else None,
        topics=(topic,) if topic else (),
        municipality=code,
        near=place,
        open_at=_window(open_at, now) if open_at else None,
        now=now,
        **filters,
    )
    hits = search(store, query)
    return [hit_card(hit, language, now, municipality=code, near=place) for hit in hits]


def _place(store: CatalogueStore, near: str) -> tuple[float, float]:
    try:
        latitude, longitude = (float(part) for part in near.split(","))
    except ValueError:
        place = store.place_coordinates(near)
        if place is None:
            raise BadQuery(
                f"no place {near!r} is known: use LAT,LON or a postal code of an imported address"
            ) from None
        return place
    return latitude, longitude


def _window(text: str, now: datetime) -> Window:
    window = time_window(text, now)
    if window is None:
        raise BadQuery(f"{text!r} is not a time to come: use one such as tomorrow-evening")
    return window
