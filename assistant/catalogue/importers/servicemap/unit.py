"""A unit of TPR (REST v4) or of the Service Map (v2) in the internal model.

One unit is one service of the kind `place` with one location channel, which has its telephones,
pages, address and hours. Each electronic service that it links to is a channel of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Optional
from urllib.parse import urlsplit

from assistant.catalogue.importers.base import language_code, slug
from assistant.catalogue.importers.servicemap.hours import hours_of, object_hours, turku_hours
from assistant.catalogue.importers.servicemap.sections import Sections, joined
from assistant.catalogue.importers.servicemap.values import (
    FREE,
    add_phones,
    day_of,
    first_point,
    identifier,
    ids,
    items,
    municipality_named,
    phones_of,
    point_of,
    postal_code,
    text_of,
    texts,
    urls,
)
from assistant.catalogue.model import (
    LIMITED,
    Address,
    Area,
    Channel,
    Connection,
    LocalizedText,
    Organization,
    Service,
    Source,
)
from assistant.catalogue.municipalities import Municipality, municipalities, municipality

SERVICE = "servicemap:service:"
CHANNEL = "servicemap:channel:"
ORGANIZATION = "servicemap:organization:"
HELSINKI, TURKU = "tprek", "turku"
SOURCES = {
    HELSINKI: Source("Helsinki region Service Map", "https://palvelukartta.hel.fi"),
    TURKU: Source("Turku Service Map", "https://palvelukartta.turku.fi"),
}
COORDINATES = (
    ("latitude", "longitude"),
    ("northing_etrs_tm35fin", "easting_etrs_tm35fin"),
    ("northing_etrs_gk25", "easting_etrs_gk25"),
)
MAX_SENTENCES = 100
MAX_KEYWORDS = 60
_AMOUNT = re.compile(r"\d+(?:[.,]\d{1,2})?\s*(?:€|eur|e\b)", re.IGNORECASE)
#: Groups in `accessibility_shortcoming_count`, in words.
SHORTCOMINGS = {
    "wheelchair": {"fi": "Pyörätuoli", "sv": "Rullstol", "en": "Wheelchair"},
    "reduced_mobility": {
        "fi": "Liikkumisen rajoite",
        "sv": "Nedsatt rörelseförmåga",
        "en": "Reduced mobility",
    },
    "rollator": {"fi": "Rollaattori", "sv": "Rollator", "en": "Walking frame"},
    "stroller": {"fi": "Lastenvaunut", "sv": "Barnvagn", "en": "Pushchair"},
    "visually_impaired": {"fi": "Näkövamma", "sv": "Synskada", "en": "Visual impairment"},
    "hearing_aid": {"fi": "Kuulolaite", "sv": "Hörapparat", "en": "Hearing aid"},
}
_NONE_KNOWN = {
    "fi": "ei tiedossa olevia esteettömyyspuutteita",
    "sv": "inga kända brister i tillgängligheten",
    "en": "no known accessibility shortcomings",
}
_SOME_KNOWN = {
    "fi": "esteettömyyspuutteita {count}",
    "sv": "brister i tillgängligheten: {count}",
    "en": "accessibility shortcomings: {count}",
}
#: Web sites of register owners that are not the municipality's home page.
_SITES = {"hel.fi": "091"}


@dataclass
class Draft:
    """A unit as far as it can be read alone; lists of the source that concern it come later.

    Attributes:
        key: `tprek-8215`.
        service: without topics, keywords of services and organisation.
        channel: the place, without connections.
        sections: the connections of the unit.
        words: id -> names (if the unit has them) of its services.
        nodes: the same for the nodes of the service tree.
        owner: id of the department.
        hours_ids: ids of the unit in the register of opening hours.
    """

    key: str
    service: Service
    channel: Channel
    sections: Sections
    words: dict[str, LocalizedText]
    nodes: dict[str, LocalizedText]
    owner: Optional[str] = None
    owner_names: LocalizedText = field(default_factory=dict)
    hours_ids: set[str] = field(default_factory=set)
    periods: list[Any] = field(default_factory=list)
    turku_hours: Any = None
    object_hours: Any = None


def draft_of(data: dict[str, Any], number: str, namespace: str, home: Optional[str]) -> Draft:
    """The draft of a unit, from whose record persons have been removed already.

    Args:
        data: the record.
        number: its id.
        namespace: `tprek` or `turku`.
        home: code of the municipality of a unit that does not say where it is.
    """
    key = f"{namespace}-{number}"
    names = texts(data, "name")
    place = _municipality(data, home)
    sections = Sections()
    sections.add(items(data.get("connections")))
    words = _named(data, "services", "ontologyword_ids")
    nodes = _named(data, "service_nodes", "ontologytree_ids")
    details = [identifier(item.get("id")) for item in items(data.get("ontologyword_details"))]
    for known in details:
        if known:
            words.setdefault(known, {})
    service = Service(
        id=SERVICE + key,
        names=names,
        source=SOURCES[namespace],
        checked=_changed(data),
        kind="place",
        summaries=texts(data, "short_desc") or texts(data, "short_description"),
        descriptions=texts(data, "desc") or texts(data, "description"),
        keywords=_search_words(data),
        classes=_classes(namespace, words, nodes),
        languages=_languages(data),
        area=Area(LIMITED, [place.code] if place else []),
    )
    channel = Channel(
        id=CHANNEL + key,
        type="location",
        names=dict(names),
        urls=urls(data, "www") or urls(data, "www_url"),
        phones=phones_of(data.get("phone"), texts(data, "call_charge_info")),
        addresses=_addresses(data, place),
        languages=list(service.languages),
        emails=[address for address in (text_of(data.get("email")).lower(),) if "@" in address],
        accessibility=_accessibility(data),
    )
    owner = data.get("department") if data.get("department") is not None else data.get("dept_id")
    draft = Draft(key, service, channel, sections, words, nodes)
    if isinstance(owner, dict):
        draft.owner_names = texts(owner, "name")
        owner = owner.get("id") or owner.get("uuid")
    draft.owner = identifier(owner)
    if not draft.owner_names:
        draft.owner_names = texts(data, "displayed_service_owner") or texts(data, "organizer_name")
    draft.hours_ids = _hours_ids(data, number, namespace)
    draft.periods = items(data.get("date_periods"))
    draft.turku_hours = data.get("aukioloajat")
    draft.object_hours = data.get("opening_hours")
    return draft


def finish(draft: Draft, periods: list[Any]) -> list[tuple[Channel, Connection]]:
    """Put the connections and the opening hours into the unit; the result are its channels.

    Args:
        draft: the unit.
        periods: its periods of Hauki that were found elsewhere in the source.
    """
    service, channel, sections = draft.service, draft.channel, draft.sections
    add_phones(channel.phones, sections.phones)
    channel.emails += [email for email in sections.emails if email not in channel.emails]
    channel.descriptions = joined(sections.remarks)
    service.charge_info = joined(sections.prices)
    service.charge = price_of(service.charge_info)
    channel.hours = hours_of(sections.hours)
    for better in (
        object_hours([*draft.periods, *periods]),
        turku_hours(draft.turku_hours),
        object_hours(draft.object_hours),
    ):
        if better is not None and better.known:
            better.raw_text = {**channel.hours.raw_text, **better.raw_text}
            channel.hours = better
            break
    found = [(channel, Connection(service.id, channel.id))]
    for link in sections.eservices.values():
        eservice = Channel(
            id=f"{CHANNEL}{draft.key}-{link.key}",
            type="eservice",
            names=link.names,
            urls=link.pages,
        )
        found.append((eservice, Connection(service.id, eservice.id)))
    return found


def price_of(info: LocalizedText) -> str:
    """`free`, `charged` or `unknown` of what is said of prices.

    Only a text that is no more than the word for `free` says that all is free.
    """
    amounts = any(_AMOUNT.search(text) for text in info.values())
    if amounts:
        return "charged"
    short = [text for text in info.values() if len(text.split()) <= 4]
    return "free" if short and all(FREE.search(text) for text in short) else "unknown"


def owner_of(draft: Draft, known: dict[str, Organization]) -> Optional[Organization]:
    """The organisation behind a unit; of one that is not listed only the name is known."""
    if draft.owner and draft.owner in known:
        return known[draft.owner]
    if not draft.owner_names:
        return None
    key = draft.owner or _name_key(draft.owner_names)
    organization = Organization(ORGANIZATION + key, dict(draft.owner_names), name_only=True)
    known[key] = organization
    return organization


def _name_key(names: LocalizedText) -> str:
    return slug(names.get("fi") or next(iter(names.values()))) or "unnamed"


# Parts --------------------------------------------------------------------------------------


def _named(data: dict[str, Any], objects: str, plain: str) -> dict[str, LocalizedText]:
    found: dict[str, LocalizedText] = {}
    for item in items(data.get(objects)):
        known = identifier(item.get("id"))
        if known:
            found[known] = texts(item, "name")
    for known in (*ids(data.get(objects)), *ids(data.get(plain))):
        found.setdefault(known, {})
    return found


def _classes(
    namespace: str, words: dict[str, LocalizedText], nodes: dict[str, LocalizedText]
) -> list[str]:
    return [
        *(f"{namespace}:word:{known}" for known in words),
        *(f"{namespace}:node:{known}" for known in nodes),
    ]


def _changed(data: dict[str, Any]) -> Optional[str]:
    keys = ("modified_time", "last_modified_time", "modified", "created_time")
    return next((day for day in (day_of(data.get(key)) for key in keys) if day), None)


def _search_words(data: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for language, text in texts(data, "extra_searchwords").items():
        found[language] = [word.strip() for word in re.split(r"[,;\n]", text)]
    keywords = data.get("keywords")
    for language, entries in keywords.items() if isinstance(keywords, dict) else ():
        code = language_code(language)
        if code and isinstance(entries, list):
            found.setdefault(code, []).extend(text_of(entry) for entry in entries)
    return {
        language: list(dict.fromkeys(word for word in words if word))[:MAX_KEYWORDS]
        for language, words in found.items()
        if any(words)
    }


def _languages(data: dict[str, Any]) -> list[str]:
    value = data.get("provided_languages")
    codes = [
        language_code(text_of(item).lower().removeprefix("lang_"))
        for item in (value if isinstance(value, list) else ())
        if isinstance(item, str)
    ]
    return list(dict.fromkeys(code for code in codes if code))


def _addresses(data: dict[str, Any], place: Optional[Municipality]) -> list[Address]:
    street = texts(data, "street_address")
    point = coordinates(data)
    if not street and point is None:
        return []
    city = texts(data, "address_city")
    if not city and place is not None:
        city = {"fi": place.name_fi, "sv": place.name_sv}
    return [
        Address(
            street=street,
            postal_code=postal_code(data.get("address_zip")),
            city=city,
            municipality=place.code if place else None,
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
        )
    ]


def coordinates(data: dict[str, Any]) -> Optional[tuple[float, float]]:
    """(latitude, longitude) of the first pair of fields that is a point in Finland."""
    for north, east in COORDINATES:
        found = point_of(data.get(north), data.get(east))
        if found is not None:
            return found
    return first_point(data.get("location")) or first_point(data.get("geometry"))


def _municipality(data: dict[str, Any], home: Optional[str]) -> Optional[Municipality]:
    said = data.get("municipality")
    entries = [said.get("id"), said.get("name"), said] if isinstance(said, dict) else [said]
    for entry in entries:
        names = texts({"name": entry}, "name") if isinstance(entry, dict) else {}
        for name in (*names.values(), text_of(entry)):
            found = municipality_named(name)
            if found is not None:
                return found
    for city in texts(data, "address_city").values():
        found = municipality_named(city)
        if found is not None:
            return found
    return _of_site(text_of(data.get("data_source_url"))) or municipality(home)


@lru_cache(maxsize=1000)
def _of_site(address: str) -> Optional[Municipality]:
    """The municipality whose web site this is."""
    host = _host(address)
    return municipality(_SITES.get(host) or _by_site().get(host)) if host else None


@lru_cache(maxsize=1)
def _by_site() -> dict[str, str]:
    return {_host(item.website): item.code for item in municipalities() if item.website}


def _host(address: str) -> str:
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _accessibility(data: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    counts = data.get("accessibility_shortcoming_count")
    for group, words in SHORTCOMINGS.items():
        count = counts.get(group) if isinstance(counts, dict) else None
        if isinstance(count, int) and not isinstance(count, bool) and count >= 0:
            for language, word in words.items():
                said = (_SOME_KNOWN if count else _NONE_KNOWN)[language].format(count=count)
                found.setdefault(language, []).append(f"{word}: {said}")
    for item in items(data.get("accessibility_sentences"))[:MAX_SENTENCES]:
        add_sentence(found, item)
    return found


def add_sentence(found: dict[str, list[str]], item: dict[str, Any]) -> None:
    """Add a sentence of accessibility by language."""
    for language, text in texts(item, "sentence").items():
        sentences = found.setdefault(language, [])
        if text not in sentences and len(sentences) < MAX_SENTENCES:
            sentences.append(text)


def _hours_ids(data: dict[str, Any], number: str, namespace: str) -> set[str]:
    found = {f"{namespace}:{number}"}
    for item in items(data.get("sources")):
        known = identifier(item.get("id"))
        if known and text_of(item.get("source")).lower() == "hauki":
            found.add(f"hauki:{known}")
    return found
