"""A sports place of LIPAS in the internal model, whichever of its interfaces it comes from.

The first interface writes `sportsPlaceId` and `typeCode`, the second `lipas-id` and `type-code`,
the map services `tyyppikoodi` and `kuntanumero` in the properties of a feature, and tables have
Finnish headings. `fields_of` brings all of them to one set of names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Optional

from assistant.catalogue.importers.base import web_address
from assistant.catalogue.importers.servicemap.values import (
    day_of,
    first_point,
    identifier,
    municipality_named,
    phones_of,
    point_of,
    postal_code,
    text_of,
)
from assistant.catalogue.model import (
    LIMITED,
    Address,
    Area,
    Channel,
    LocalizedText,
    Organization,
    Service,
    Source,
    clean,
)
from assistant.catalogue.municipalities import DATA, Municipality, municipality, read_yaml

SERVICE = "lipas:service:"
CHANNEL = "lipas:channel:"
ORGANIZATION = "lipas:organization:"
SOURCE = Source("LIPAS sports sites, University of Jyväskylä", "https://www.lipas.fi")
FILE = "lipas_topics.yml"
TOPIC = "leisure"
#: Statuses of places that can be used; a record without a status is of the first interface, which
#: has only such places.
IN_USE = ("active", "")
STATUSES = {
    "out-of-service-temporarily": "it is out of service for the time being",
    "out-of-service-permanently": "it is out of service",
    "planned": "it is only planned",
    "planning": "it is only planned",
    "incorrect-data": "LIPAS says that its data are wrong",
}
TRUE = ("true", "1", "kyllä", "yes", "ja", "x", "t")
BOOKING = {"fi": "Varaaminen", "sv": "Bokning", "en": "Booking"}
#: Field -> the names it has, without capital letters and signs.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("sportsplaceid", "lipasid", "id", "lipasnumero", "tunniste"),
    "name": ("name", "nimi", "nimifi", "nimisuomeksi", "liikuntapaikannimi"),
    "name_se": ("namese", "nimise", "nimiruotsiksi"),
    "name_en": ("nameen", "nimien", "nimienglanniksi"),
    "marketing_name": ("marketingname", "markkinointinimi"),
    "type_code": ("typecode", "tyyppikoodi", "typetypecode"),
    "type_name": ("typename", "tyyppinimifi", "tyyppi", "liikuntapaikkatyyppi"),
    "type_name_se": ("tyyppinimise",),
    "type_name_en": ("tyyppinimien",),
    "status": ("status", "tila"),
    "document_status": ("documentstatus",),
    "street": ("address", "katuosoite", "osoite", "locationaddress"),
    "postal_code": ("postalcode", "postinumero", "locationpostalcode"),
    "postal_office": ("postaloffice", "postitoimipaikka", "locationpostaloffice"),
    "city_code": ("citycode", "kuntanumero", "kuntakoodi", "locationcitycitycode"),
    "city_name": ("cityname", "kuntanimifi", "kunta", "locationcityname"),
    "phone": ("phonenumber", "puhelinnumero", "puhelin"),
    "email": ("email", "sahkoposti"),
    "www": ("www", "wwwosoite", "kotisivu"),
    "booking": ("reservationslink", "varauslinkki"),
    "info": ("infofi", "lisatietofi", "comment", "lisatieto"),
    "accessibility": ("accessibilityinfo", "esteettomyystieto"),
    "owner": ("owner", "omistaja"),
    "admin": ("admin", "yllapitaja"),
    "modified": ("lastmodified", "eventdate", "muokattuviimeksi", "muokattu"),
    "free_use": ("freeuse", "vapaakaytto"),
    "deleted": ("deletedat",),
    "latitude": ("lat", "latitude", "wgs84lat", "latitudewgs84"),
    "longitude": ("lon", "longitude", "wgs84lon", "longitudewgs84"),
    "northing": ("tm35finlat", "northing", "tm35finn", "y"),
    "easting": ("tm35finlon", "easting", "tm35fine", "x"),
}
_FIELD = {name: known for known, names in NAMES.items() for name in names}
#: Objects inside a record whose fields count as its own, in the order in which they decide.
NESTED = ("properties", "type", "location", "location.city", "city")


@dataclass(frozen=True)
class PlaceType:
    """A type of sports places, or a category of them."""

    names: LocalizedText
    category: LocalizedText
    needs: list[str]
    has_topic: bool = True


@dataclass
class Place:
    """A sports place: the service, its channels and who runs it."""

    service: Service
    channels: list[Channel] = field(default_factory=list)
    organization: Optional[Organization] = None


def key_of(name: Any) -> str:
    """The name of a field without capital letters, signs and dots over letters."""
    return re.sub(r"[^a-z0-9]", "", str(name).lower().replace("ä", "a").replace("ö", "o"))


def fields_of(data: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record by the names of `NAMES`, wherever they are in it."""
    found: dict[str, Any] = {}
    places: list[Any] = [data]
    for path in NESTED:
        value: Any = data
        for part in path.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        places.append(value)
    names = data.get("name-localized")
    if isinstance(names, dict):
        found |= {"name_se": names.get("se"), "name_en": names.get("en")}
    kind = data.get("type")
    if isinstance(kind, dict):
        found["type_name"] = kind.get("name")
    location = data.get("location")
    city = location.get("city") if isinstance(location, dict) else None
    if isinstance(city, dict):
        found["city_name"] = city.get("name")
    for place in places:
        for key, value in place.items() if isinstance(place, dict) else ():
            known = _FIELD.get(key_of(key))
            if known and place in (kind, city) and known == "name":
                continue  # the name of the type or the town, not of the place
            if known and value not in (None, "") and found.get(known) in (None, ""):
                found[known] = value
    return found


def is_place(data: dict[str, Any]) -> bool:
    """True for a sports place, with or without a name."""
    if data.get("type") == "Feature":
        properties = data.get("properties")
        keys = {key_of(key) for key in properties} if isinstance(properties, dict) else set()
        return bool(keys & {*NAMES["id"], "tyyppikoodi", "typecode", "nimifi", "name"})
    if "sportsPlaceId" in data or "lipas-id" in data:
        return True
    keys = {key_of(key) for key in data}
    return bool(keys & {"lipasid", "sportsplaceid"}) or bool(
        keys & set(NAMES["id"]) and keys & set(NAMES["name"]) and keys & {"tyyppikoodi", "tyyppi"}
    )


def number_of(fields: dict[str, Any]) -> Optional[str]:
    """The id of a place: `505` of `505`, `"505"` and `lipas_3110_uimahalli.505`."""
    value = fields.get("id")
    if isinstance(value, str):
        value = re.sub(r"^.*\.(?=\d+$)", "", value.strip())
    return identifier(value)


def left_out(fields: dict[str, Any]) -> Optional[str]:
    """Why a place is not for the public; None if it is."""
    if fields.get("deleted"):
        return "it has been deleted"
    status = text_of(fields.get("status")).lower()
    if status not in IN_USE:
        return STATUSES.get(status, f"its status is {status[:40]!r}")
    if text_of(fields.get("document_status")).lower() == "draft":
        return "it is a draft"
    return None


def names_of(fields: dict[str, Any]) -> LocalizedText:
    """The names of a place; LIPAS writes `se` for Swedish."""
    name = fields.get("name")
    if isinstance(name, dict):
        by_code = {"sv" if code == "se" else code: text_of(name[code]) for code in name}
        return clean({code: by_code[code] for code in ("fi", "sv", "en") if code in by_code})
    found = {"fi": name, "sv": fields.get("name_se"), "en": fields.get("name_en")}
    return clean({language: text_of(value) for language, value in found.items()})


def place_of(
    data: dict[str, Any], fields: dict[str, Any], number: str, home: Optional[str]
) -> Place:
    """A place, from whose record addresses of persons have been removed already.

    Args:
        data: the record.
        fields: what `fields_of` found in it.
        number: its id.
        home: code of the municipality of a place that does not say where it is.
    """
    kind = type_of(fields)
    town = _town(fields) or municipality(home)
    names = names_of(fields)
    free = text_of(str(fields.get("free_use"))).lower() in TRUE
    service = Service(
        id=SERVICE + number,
        names=names,
        source=SOURCE,
        checked=day_of(fields.get("modified")),
        kind="place",
        alt_names=clean({"fi": text_of(fields.get("marketing_name"))}),
        summaries=dict(kind.names),
        descriptions=_texts(fields.get("info")),
        keywords={code: [text] for code, text in kind.category.items()},
        topics=[TOPIC] if kind.has_topic else [],
        needs=list(kind.needs),
        classes=[f"lipas:{code}" for code in (_code(fields.get("type_code")),) if code],
        charge="free" if free else "unknown",
        area=Area(LIMITED, [town.code] if town else []),
    )
    organization = _owner(fields, town)
    service.organization_id = organization.id if organization else None
    email = text_of(fields.get("email")).lower()
    page = web_address(fields.get("www"))
    channel = Channel(
        id=CHANNEL + number,
        type="location",
        names=dict(names),
        urls={"fi": page} if page else {},
        phones=phones_of(fields.get("phone"), {}),
        addresses=_addresses(data, fields, town),
        emails=[email] if "@" in email else [],
        accessibility={code: [text] for code, text in _texts(fields.get("accessibility")).items()},
    )
    place = Place(service, [channel], organization)
    booking = web_address(fields.get("booking"))
    if booking and booking != page:
        link = Channel(
            f"{CHANNEL}{number}-booking", "eservice", names=dict(BOOKING), urls={"fi": booking}
        )
        place.channels.append(link)
    return place


def _texts(value: Any) -> LocalizedText:
    if isinstance(value, dict):
        return names_of({"name": value})
    return clean({"fi": text_of(value)})


def _town(fields: dict[str, Any]) -> Optional[Municipality]:
    code = _code(fields.get("city_code"))
    known = municipality(code) if code else None
    if known is not None:
        return known
    name = fields.get("city_name")
    candidates = list(name.values()) if isinstance(name, dict) else [name]
    candidates.append(fields.get("postal_office"))
    found = (municipality_named(text_of(item)) for item in candidates)
    return next((item for item in found if item is not None), None)


def _owner(fields: dict[str, Any], town: Optional[Municipality]) -> Optional[Organization]:
    """The municipality, where it runs or owns the place; LIPAS does not name other owners."""
    kind = text_of(fields.get("admin")) or text_of(fields.get("owner"))
    kind = kind.lower()
    if town is None or not re.match(r"(city|kunta|kunnan)\b(?!.*(osakeyhti|company))", kind):
        return None
    return Organization(
        id=f"{ORGANIZATION}{town.code}",
        names={"fi": town.name_fi, "sv": town.name_sv},
        type="municipality",
        municipality=town.code,
        name_only=True,
    )


def _addresses(
    data: dict[str, Any], fields: dict[str, Any], town: Optional[Municipality]
) -> list[Address]:
    street, point = text_of(fields.get("street")), _point(data, fields)
    if not street and point is None:
        return []
    office = text_of(fields.get("postal_office"))
    city = {"fi": office} if office else {}
    if not city and town is not None:
        city = {"fi": town.name_fi, "sv": town.name_sv}
    return [
        Address(
            street=clean({"fi": street}),
            postal_code=postal_code(fields.get("postal_code")),
            city=city,
            municipality=town.code if town else None,
            latitude=point[0] if point else None,
            longitude=point[1] if point else None,
        )
    ]


def _point(data: dict[str, Any], fields: dict[str, Any]) -> Optional[tuple[float, float]]:
    location = data.get("location")
    location = location if isinstance(location, dict) else {}
    coordinates = location.get("coordinates")
    for system in ("wgs84", "tm35fin"):
        pair = coordinates.get(system) if isinstance(coordinates, dict) else None
        if isinstance(pair, dict):
            found = point_of(pair.get("lat"), pair.get("lon"))
            if found is not None:
                return found
    for north, east in (("latitude", "longitude"), ("northing", "easting")):
        found = point_of(fields.get(north), fields.get(east))
        if found is not None:
            return found
    return first_point(location.get("geometries")) or first_point(data.get("geometry"))


# Types --------------------------------------------------------------------------------------


def type_of(fields: dict[str, Any]) -> PlaceType:
    """The type of a place; of one that is not in the snapshot only what the record says."""
    code = _code(fields.get("type_code"))
    said = clean(
        {
            "fi": _word(fields.get("type_name"), "fi"),
            "sv": text_of(fields.get("type_name_se")) or _word(fields.get("type_name"), "se"),
            "en": text_of(fields.get("type_name_en")) or _word(fields.get("type_name"), "en"),
        }
    )
    known = _types().get(int(code)) if code else None
    if known is None:
        return PlaceType(said, {}, [])
    return PlaceType({**known.names, **said}, known.category, known.needs, known.has_topic)


def _word(value: Any, language: str) -> str:
    if isinstance(value, dict):
        return text_of(value.get(language))
    return text_of(value) if language == "fi" else ""


def _code(value: Any) -> Optional[str]:
    text = identifier(value)
    return text if text and re.fullmatch(r"\d{1,4}", text) else None


@lru_cache(maxsize=1)
def _types() -> dict[int, PlaceType]:
    data = read_yaml(DATA / FILE)
    categories = data["categories"]
    found = {}
    for code, entry in data["types"].items():
        category = categories[entry["category"]]
        found[code] = PlaceType(
            names={"fi": entry["fi"]},
            category={language: category[language] for language in ("fi", "sv", "en")},
            needs=entry.get("needs", category["needs"]),
            has_topic=entry["category"] not in data["no_topic"],
        )
    return found
