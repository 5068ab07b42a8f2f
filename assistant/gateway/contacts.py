"""Whom to turn to without the chat: shown where there is no JavaScript, or until it has come."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Optional

from assistant.catalogue import Municipality, SearchQuery, hit_card, national_cards, search
from assistant.catalogue.hours import ZONE
from assistant.catalogue.importers.own import CONTACT_NAME, CONTACT_SUMMARY
from assistant.gateway.catalogue import Catalogue
from assistant.i18n import translator

logger = logging.getLogger(__name__)

#: The numbers of national.yml that everybody needs to know.
NATIONAL = ("emergency_112", "medical_helpline")
NEED = "human_contact/talk_to_person"
MOST_LOCAL = 2


@dataclass(frozen=True)
class Contact:
    """A place to turn to; `language` is that of the texts."""

    title: str
    summary: str
    phones: tuple[str, ...]
    url: Optional[str]
    language: str


def contacts(catalogue: Catalogue, place: Optional[Municipality], language: str) -> list[Contact]:
    """The emergency number, the medical helpline, and the municipality's own advice.

    Args:
        catalogue: of the installation; whatever is wrong with it, the national numbers are given.
        place: the municipality, if it is known.
        language: code of a served language.
    """
    found = [_contact(card) for card in national_cards(NATIONAL, language)]
    local = _local(catalogue, place, language) if place is not None else []
    if not local:
        texts = translator(language)
        title = texts.gettext(CONTACT_NAME)
        if place is not None:
            title = f"{title}: {place.name(language)}"
        website = place.website if place is not None else None
        local = [Contact(title, texts.gettext(CONTACT_SUMMARY), (), website, language)]
    return found + local


def _local(catalogue: Catalogue, place: Municipality, language: str) -> list[Contact]:
    """The services that give advice in a municipality and can be called or looked up."""
    now = datetime.now(ZONE)
    query = SearchQuery(
        need=NEED, topics=("human_contact",), municipality=place.code, language=language, now=now
    )
    try:
        hits = search(catalogue.store(), query)
    except Exception as error:  # the page is worth more than its local contacts
        logger.error("no contacts of a municipality: %s", type(error).__name__)
        return []
    cards = [hit_card(hit, language, now, municipality=place.code) for hit in hits]
    local = [
        _contact(card)
        for card in cards
        if card["municipality"] == place.code and (card["phones"] or card["url"])
    ]
    return local[:MOST_LOCAL]


def _contact(card: dict[str, Any]) -> Contact:
    return Contact(
        title=card["title"],
        summary=card["summary"] or "",
        phones=tuple(phone["number"] for phone in card["phones"]),
        url=card["url"],
        language=card["text_language"],
    )
