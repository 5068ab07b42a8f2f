"""The catalogue as the command line uses it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Optional

from assistant.catalogue.build import ensure_own_catalogue
from assistant.catalogue.cards import card
from assistant.catalogue.hours import ZONE
from assistant.catalogue.municipalities import municipality as municipality_of
from assistant.catalogue.search import SearchQuery, search
from assistant.catalogue.store import open_store
from assistant.catalogue.topics import TOPICS
from assistant.embedding import CachedEncoder, load_encoder
from assistant.errors import KuntaopasError
from assistant.settings import Settings


def search_cards(
    settings: Settings,
    text: str,
    *,
    topic: Optional[str] = None,
    municipality: Optional[str] = None,
    language: str = "en",
    near: Optional[tuple[float, float]] = None,
    open_now: bool = False,
    limit: int = 5,
) -> list[dict[str, Any]]:
    """Cards with their `score`, best first; the own catalogue is loaded if it is missing.

    Raises:
        KuntaopasError: for a topic or a municipality that does not exist.
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
    query = SearchQuery(
        text=text,
        # The question of a person is encoded without the cache, so that it leaves no trace.
        vector=load_encoder(settings.encoder).encode([text])[0] if text.strip() else None,
        topics=(topic,) if topic else (),
        municipality=code,
        near=near,
        open_now=open_now,
        limit=limit,
    )
    now = datetime.now(ZONE)
    return [
        {**card(hit.service, language, now, municipality=code, near=near), "score": hit.score}
        for hit in search(store, query)
    ]
