"""What is stored of each record: its JSON, its hash, and what a service is found by."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Optional

from assistant.catalogue.analysis import ANALYSIS_VERSION, grams, title_form, tokens
from assistant.catalogue.hours import ZONE
from assistant.catalogue.model import (
    MODEL_VERSION,
    NATIONWIDE,
    NATIONWIDE_EX_ALAND,
    Address,
    Occurrence,
    Service,
    to_json,
)
from assistant.catalogue.store import AssignedTopics

#: A change of what is stored beside a record's JSON must change this.
STORAGE_VERSION = "1"
#: A service has room for so many texts; text number = service key * this + position.
TEXTS_OF_A_SERVICE = 64
BODY_CHARACTERS = 3000
#: No word is longer; what follows could be anything.
MAX_TERM = 64
GRAM = 3

#: Tokens that no text can give, in the column `keys`.
AREA, TOPIC, FORM = "@", "#", "="
SCOPES = {NATIONWIDE: f"{AREA}all", NATIONWIDE_EX_ALAND: f"{AREA}mainland"}

#: Name of a place or nothing, position of the address, latitude, longitude.
Place = tuple[str, int, float, float]


@dataclass
class TextEntry:
    """What one service is found by in one language."""

    columns: tuple[str, str, str, str, str]  # title, alt_title, keywords, summary, body: tokens
    grams: str
    forms: list[str]

    def terms(self) -> set[str]:
        """Every term, without those of areas and topics."""
        found = {term for column in self.columns for term in column.split()}
        return found.union(self.grams.split(), self.forms)


@dataclass
class ServiceEntry:
    """A service as it is written."""

    id: str
    data: str
    columns: dict[str, Any]
    topics: list[str]
    needs: list[str]
    areas: list[str]
    languages: list[str]
    texts: list[TextEntry] = field(default_factory=list)

    def keys(self) -> list[str]:
        """The tokens by which full text is filtered."""
        return filter_keys(self.columns["scope"], self.areas, self.topics)


def record_hash(data: str, *versions: str) -> str:
    """A hash of a record's JSON and of everything that decides how it is stored."""
    digest = hashlib.blake2b(MODEL_VERSION.encode(), digest_size=16)
    for part in (data, *versions):
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


def service_hash(data: str) -> str:
    """The hash of a service's JSON."""
    return record_hash(data, ANALYSIS_VERSION, STORAGE_VERSION)


def service_entry(service: Service, data: str, assigned: Optional[AssignedTopics]) -> ServiceEntry:
    """A service as it is written, analysed for search.

    Args:
        service: the service.
        data: its JSON.
        assigned: topics of the encoder, for a service that came without.
    """
    digest = service_hash(data)
    if assigned is not None and not service.topics:
        topics, confidence = assigned
        service = dataclasses.replace(service, topics=list(topics), topic_confidence=confidence)
        data = to_json(service)
    occurrence = service.occurrence
    return ServiceEntry(
        id=service.id,
        data=data,
        columns={
            "hash": digest,
            "scope": service.area.scope,
            "kind": service.kind,
            "charge": service.charge,
            "age_min": _age(service.age_min),
            "age_max": _age(service.age_max),
            "ends": ends(occurrence) if occurrence is not None else None,
            "takes_place": occurrence is None or takes_place(occurrence),
            "fallback": service.fallback,
            "fictional": service.fictional,
            "organization": service.organization_id,
        },
        topics=list(dict.fromkeys(service.topics)),
        needs=list(dict.fromkeys(service.needs)),
        areas=list(dict.fromkeys(service.area.municipalities)),
        languages=list(dict.fromkeys(service.languages)),
        texts=[_text_entry(service, language) for language in _languages(service)],
    )


def _age(value: Optional[int]) -> Optional[int]:
    return None if value is None else max(0, min(int(value), 999))


def takes_place(occurrence: Occurrence) -> bool:
    """False for an event that is cancelled or postponed."""
    return occurrence.status not in ("cancelled", "postponed")


def ends(occurrence: Occurrence) -> Optional[int]:
    """Seconds since 1970 at which an event has passed; None if that is not known."""
    last = str(occurrence.end or occurrence.start or "")
    try:
        moment = datetime.fromisoformat(last.replace("Z", "+00:00"))
    except ValueError:
        return None
    if len(last) <= len("2026-11-24"):
        moment += timedelta(days=1)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZONE)
    try:
        return int(moment.timestamp())
    except (OverflowError, ValueError):
        return None


def filter_keys(scope: str, areas: Iterable[str], topics: Iterable[str]) -> list[str]:
    """The tokens by which full text is filtered: where a service is offered, and its topics."""
    found = [SCOPES[scope]] if scope in SCOPES else []
    found += [AREA + code for code in areas]
    return found + [TOPIC + topic for topic in topics]


def _languages(service: Service) -> list[str]:
    texts = service.names | service.summaries | service.descriptions | service.alt_names
    return sorted({*texts, *service.keywords})[:TEXTS_OF_A_SERVICE]


def _text_entry(service: Service, language: str) -> TextEntry:
    title = service.names.get(language, "")
    alt_title = service.alt_names.get(language, "")
    keywords = service.keywords.get(language, [])
    parts = (service.descriptions, service.instructions, service.requirements, service.terms)
    body = "\n".join(texts[language] for texts in parts if texts.get(language))[:BODY_CHARACTERS]
    columns = (title, alt_title, " ".join(keywords), service.summaries.get(language, ""), body)
    analysed = [" ".join(t[:MAX_TERM] for t in tokens(text, language)) for text in columns]
    forms = title_form(" ".join((title, alt_title, *keywords))).split()
    return TextEntry(
        columns=(analysed[0], analysed[1], analysed[2], analysed[3], analysed[4]),
        grams=" ".join(gram for text in columns for gram in grams(text)),
        forms=[FORM + form[:MAX_TERM] for form in dict.fromkeys(forms)],
    )


def word_grams(word: str) -> list[str]:
    """The groups of three letters in a word, each once."""
    return list(dict.fromkeys(word[i : i + GRAM] for i in range(len(word) - GRAM + 1)))


def places(addresses: Iterable[Address]) -> Iterator[tuple[int, float, float]]:
    """(position, latitude, longitude) of the addresses that have coordinates."""
    for position, address in enumerate(addresses):
        if address.latitude is not None and address.longitude is not None:
            yield position, address.latitude, address.longitude


def place_names(addresses: Sequence[Address]) -> Iterator[Place]:
    """What people may call the addresses that have coordinates."""
    for position, latitude, longitude in places(addresses):
        address = addresses[position]
        streets, towns = address.street.values(), address.city.values()
        names = [address.postal_code, *streets, *towns]
        names += [f"{street} {town}" for street in streets for town in towns]
        names += [f"{street} {address.postal_code}" for street in streets if address.postal_code]
        for name in dict.fromkeys(place_name(name) for name in names):
            if name:
                yield name, position, latitude, longitude


def place_name(name: str) -> str:
    """The name of a place as it is stored: small letters, no diacritics, one space."""
    return title_form(name)[:200]
