"""Turku's register of places, whose keys are Finnish, in the words of the Service Map."""

from __future__ import annotations

from typing import Any

from assistant.catalogue.importers.servicemap.values import identifier, items, text_of, texts
from assistant.catalogue.model import LocalizedText

PUBLISHED = "1"
#: Kinds of additional information (`lisatietotyyppi`) that are web pages.
PAGES = ("3", "6")


def is_turku_unit(data: dict[str, Any]) -> bool:
    """True for a place (`palvelupiste`) of Turku's register."""
    marks = ("fyysinenPaikka", "palvelutarjoukset", "puhelinnumerot", "sahkoposti")
    return "koodi" in data and any(mark in data for mark in marks)


def is_published(data: dict[str, Any]) -> bool:
    """True unless the state of the record says something else."""
    state = data.get("tila")
    code = state.get("koodi") if isinstance(state, dict) else None
    return code is None or text_of(code) == PUBLISHED


def unit_of(data: dict[str, Any]) -> dict[str, Any]:
    """The place as a unit of the Service Map."""
    place = data.get("fyysinenPaikka")
    place = place if isinstance(place, dict) else {}
    address = next(iter(items(place.get("osoitteet"))), {})
    town = address.get("kunta")
    unit: dict[str, Any] = {
        "id": data.get("koodi"),
        "name": texts(data, "nimi_kieliversiot"),
        "description": texts(data, "kuvaus_kieliversiot"),
        "email": data.get("sahkoposti"),
        "latitude": place.get("leveysaste"),
        "longitude": place.get("pituusaste"),
        "street_address": texts(address, "katuosoite"),
        "address_zip": address.get("postinumero"),
        "address_city": texts(address, "postitoimipaikka"),
        "municipality": text_of(town.get("nimi_fi")) if isinstance(town, dict) else None,
        "modified_time": data.get("muutospvm"),
        "services": _services(data),
        "connections": _telephones(data),
        "aukioloajat": place.get("aukioloajat"),
    }
    for info in items(place.get("lisatiedot")):
        kind = info.get("lisatietotyyppi")
        if isinstance(kind, dict) and text_of(kind.get("koodi")) in PAGES:
            unit.setdefault("www", texts(info, "kuvaus_kieliversiot"))
    return unit


def _services(data: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for offer in items(data.get("palvelutarjoukset")):
        for service in items(offer.get("palvelut")):
            names = texts(service, "nimi_kieliversiot") or texts(service, "nimi")
            if identifier(service.get("koodi")):
                found.append({"id": service["koodi"], "name": names})
    return found


def _telephones(data: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for item in items(data.get("puhelinnumerot")):
        number, country = text_of(item.get("numero")), text_of(item.get("maakoodi"))
        kind = item.get("numerotyyppi")
        labels: LocalizedText = texts(item, "kuvaus_kieliversiot")
        if not labels and isinstance(kind, dict):
            labels = texts(kind, "teksti")
        full = f"+{country.lstrip('+')}{number.lstrip('0')}" if country and number else number
        found.append({"section_type": "PHONE_OR_EMAIL", "phone": full, "name": labels})
    return found


def service_names(data: dict[str, Any]) -> list[tuple[str, LocalizedText]]:
    """(id, names) of the services of a list of services or service classes of Turku."""
    found = []
    for entry in (data, *items(data.get("palvelut"))):
        known = identifier(entry.get("koodi"))
        names = texts(entry, "nimi_kieliversiot")
        if known and names:
            found.append((known, names))
    return found
