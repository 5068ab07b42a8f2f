"""Contacts of PTV: telephones, e-mail, web pages, addresses and what they say of accessibility."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Optional

from assistant.catalogue.importers.base import language_code, office_email, web_address, wgs84
from assistant.catalogue.importers.ptv.common import charge_of
from assistant.catalogue.importers.values import (
    LANGUAGE,
    entries,
    key,
    municipality_code,
    text,
    texts,
    truth,
)
from assistant.catalogue.model import Address, LocalizedText, Phone
from assistant.catalogue.municipalities import municipality

POSTAL = {"fi": "Postiosoite", "sv": "Postadress", "en": "Postal address"}
_URL_FIELDS = ("url", "value", "webPage", "address")
_PHONE_FIELDS = ("number", "phone", "value")
_EMAIL_FIELDS = ("value", "email", "address")
#: Where an address has its place, in the order of trust.
_PLACES = ("streetAddress", "otherAddress", "multipointLocation", "multipointAddress")
_POINT_SYSTEMS = ("epsg3067",)


# Telephone, e-mail, web -------------------------------------------------------------------------


def phones_of(*values: Any, language: str = LANGUAGE) -> list[Phone]:
    """Telephone numbers without faxes; one number given in several languages is one phone.

    Args:
        values: lists of numbers, in the spellings of v7 to v12.
        language: of texts that do not say theirs.
    """
    found: dict[str, Phone] = {}
    for item in (item for value in values for item in entries(value)):
        number = next((said for name in _PHONE_FIELDS if (said := text(item.get(name)))), "")
        if key(item.get("type")) == "fax" or not any(letter.isdigit() for letter in number):
            continue
        number = _with_prefix(number, item)
        own = language_code(item.get("language")) or language
        phone = found.setdefault(number, Phone(number))
        charge = charge_of(item.get("serviceChargeType") or item.get("chargeType"))
        phone.charge = charge if phone.charge == "unknown" else phone.charge
        for known, name in (
            (phone.label, "additionalInformation"),
            (phone.charge_info, "chargeDescription"),
        ):
            for code, words in _said(item.get(name), own).items():
                known.setdefault(code, words)
    return list(found.values())


def _with_prefix(number: str, item: dict[str, Any]) -> str:
    """The number with its country code, which PTV keeps apart, without the leading zero."""
    prefix = text(item.get("prefixNumber")) or text(item.get("dialCode"))
    digits = prefix.lstrip("+0")
    local = truth(item.get("isFinnishServiceNumber")) or number.startswith(("+", "00"))
    if not digits.isdigit() or local:
        return number
    return f"+{digits} {number.removeprefix('(0)').lstrip('0 ')}"


def _said(value: Any, language: str) -> LocalizedText:
    """A text in its own languages, or in the language of what it belongs to."""
    if isinstance(value, str):
        words = text(value)
        return {language: words} if words else {}
    return texts(value)


def emails_of(*values: Any) -> list[str]:
    """Addresses of offices; those of persons are dropped."""
    found = [
        office_email(item.get(name))
        for value in values
        for item in entries(value)
        for name in _EMAIL_FIELDS
    ]
    return list(dict.fromkeys(address for address in found if address))


def urls_of(*values: Any, language: Optional[str] = None) -> LocalizedText:
    """The first web address of each language, in the spellings of v7 to v12."""
    found: LocalizedText = {}
    for item in (item for value in values for item in entries(value)):
        own = language or language_code(item.get("language"))
        address = next((url for name in _URL_FIELDS if (url := web_address(item.get(name)))), "")
        if own and address:
            found.setdefault(own, address)
    return found


# Addresses ------------------------------------------------------------------------------------


def addresses_of(value: Any) -> list[Address]:
    """Visiting addresses of v7 to v11, also other places, several points and places abroad."""
    found = []
    for item in entries(value):
        if key(item.get("type")) == "postal":
            continue
        places = [place for name in _PLACES for place in entries(item.get(name))]
        if not places and "street" in item:
            places = [item]
        found += [_address(place, item) for place in places]
        if not places:
            abroad = texts(item.get("locationAbroad")) or texts(item.get("foreignAddress"))
            found.append(Address(street=abroad))
    return [item for item in found if item.street or item.latitude is not None]


def _address(place: dict[str, Any], item: dict[str, Any]) -> Address:
    number = text(place.get("streetNumber"))
    street = {
        language: f"{said} {number}".strip()
        for language, said in texts(place.get("street")).items()
    }
    point = wgs84(_scalar(place.get("latitude")), _scalar(place.get("longitude")))
    point = point or _entrance_point(item)
    code = municipality_code(place.get("municipality"))
    return Address(
        street=street or texts(place.get("additionalInformation")),
        postal_code=text(place.get("postalCode")),
        city=texts(place.get("postOffice")) or _town(code),
        municipality=code,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )


def _scalar(value: Any) -> Any:
    return None if isinstance(value, (dict, list, bool)) else value


def _town(code: Optional[str]) -> LocalizedText:
    """The names of a municipality, for addresses without a post office."""
    known = municipality(code)
    return {"fi": known.name_fi, "sv": known.name_sv} if known else {}


def _entrance_point(item: dict[str, Any]) -> Optional[tuple[float, float]]:
    """The coordinates of an entrance, the main one first."""
    doors = sorted(entries(item.get("entrances")), key=lambda door: not _is_main(door))
    for door in doors:
        for place in entries(door.get("coordinates")):
            point = wgs84(_scalar(place.get("latitude")), _scalar(place.get("longitude")))
            if point:
                return point
    return None


def _is_main(door: dict[str, Any]) -> bool:
    return bool(truth(door.get("isMainEntrance")))


def postal_lines(value: Any) -> dict[str, list[str]]:
    """Postal addresses of v7 to v11 as one line each, by language."""
    found: dict[str, list[str]] = {}
    for item in entries(value):
        boxes = entries(item.get("postOfficeBoxAddress"))
        if key(item.get("type")) == "postal":
            boxes += entries(item.get("streetAddress"))
        for place in boxes:
            _add_line(found, place)
    return found


def _add_line(found: dict[str, list[str]], place: dict[str, Any]) -> None:
    """Add an address as `PL 630, 20101 TURKU` in each of its languages."""
    boxes, streets = texts(place.get("postOfficeBox")), texts(place.get("street"))
    streets = streets or texts(place.get("streetName"))
    offices = texts(place.get("postOffice")) or _town(municipality_code(place.get("municipality")))
    code = text(place.get("postalCode"))
    number = text(place.get("streetNumber")) or text(place.get("addressDetail"))
    for language in dict.fromkeys([*boxes, *streets]):
        street = f"{streets[language]} {number}".strip() if language in streets else ""
        office = f"{code} {offices.get(language) or offices.get(LANGUAGE, '')}".strip()
        parts = [part for part in (boxes.get(language), street, office) if part]
        found.setdefault(language, []).append(", ".join(parts))


def addresses_v12(value: Any) -> list[Address]:
    """Visiting addresses of the `location` of v12: streets, other places, places abroad."""
    found = []
    for place in _v12_places(value, postal=False):
        detail = text(place.get("addressDetail")) or text(place.get("streetNumber"))
        names = texts(place.get("streetName")) or texts(place.get("street"))
        abroad = texts(place.get("locationAbroad")) or texts(place.get("address"))
        point = _v12_point(place)
        code = municipality_code(place.get("municipality") or place.get("municipalityCode"))
        street = {language: f"{name} {detail}".strip() for language, name in names.items()}
        found.append(
            Address(
                street=street or abroad or texts(place.get("additionalInformation")),
                postal_code=text(place.get("postalCode")),
                city=texts(place.get("postOffice")) or _town(code),
                municipality=code,
                latitude=point[0] if point else None,
                longitude=point[1] if point else None,
            )
        )
    return [item for item in found if item.street or item.latitude is not None]


def postal_lines_v12(value: Any) -> dict[str, list[str]]:
    """Postal addresses of the `contactAddresses` of v12 as one line each, by language."""
    found: dict[str, list[str]] = {}
    for place in _v12_places(value, postal=None):
        _add_line(found, place)
    return found


def _v12_places(value: Any, postal: Optional[bool]) -> Iterator[dict[str, Any]]:
    """The addresses in the lists of an object; with `postal` only those that are (not) boxes."""
    if not isinstance(value, dict):
        yield from entries(value)
        return
    for name, items in value.items():
        if key(name).endswith(("addresses", "address", "locations")):
            is_box = key(name).startswith("postofficebox")
            if postal is None or is_box == postal:
                yield from entries(items)


def _v12_point(place: dict[str, Any]) -> Optional[tuple[float, float]]:
    """The best of the coordinates: those whose system is known come first."""
    points = entries(place.get("coordinates"))
    points.sort(key=lambda item: key(item.get("system")) not in _POINT_SYSTEMS)
    for item in points:
        north = item.get("northing", item.get("latitude"))
        east = item.get("easting", item.get("longitude"))
        found = wgs84(_scalar(north), _scalar(east))
        if found:
            return found
    return None


# Accessibility --------------------------------------------------------------------------------

_LEVELS = {
    "fullycompliant": {
        "fi": "Täyttää verkkosisällön saavutettavuusvaatimukset",
        "sv": "Uppfyller tillgänglighetskraven för webbinnehåll",
        "en": "Meets the accessibility requirements for web content",
    },
    "partiallycompliant": {
        "fi": "Täyttää verkkosisällön saavutettavuusvaatimukset osittain",
        "sv": "Uppfyller delvis tillgänglighetskraven för webbinnehåll",
        "en": "Meets the accessibility requirements for web content in part",
    },
    "noncompliant": {
        "fi": "Ei täytä verkkosisällön saavutettavuusvaatimuksia",
        "sv": "Uppfyller inte tillgänglighetskraven för webbinnehåll",
        "en": "Does not meet the accessibility requirements for web content",
    },
}


def sentences_of(value: Any) -> dict[str, list[str]]:
    """The accessibility sentences of the entrances of addresses, main entrances first."""
    found: dict[str, list[str]] = {}
    for item in entries(value):
        for door in sorted(entries(item.get("entrances")), key=lambda door: not _is_main(door)):
            for group in entries(door.get("accessibilitySentences")):
                names = texts(group.get("sentenceGroup"))
                for sentence in entries(group.get("sentences")):
                    for language, said in texts(sentence.get("sentence")).items():
                        name = names.get(language)
                        line = f"{name}: {said}" if name else said
                        lines = found.setdefault(language, [])
                        if line not in lines:
                            lines.append(line)
    return found


def classification_of(data: dict[str, Any]) -> dict[str, list[str]]:
    """What is said of a web service: level, and where its accessibility statement is.

    A list in v11; in v9 and v12 the fields are on the channel or its language version itself.
    """
    found: dict[str, list[str]] = {}
    for item in [*entries(data.get("accessibilityClassification")), data]:
        language = language_code(item.get("language")) or LANGUAGE
        level = _LEVELS.get(key(item.get("accessibilityClassificationLevel")), {})
        said = level.get(language) or level.get("en", "")
        wcag = text(item.get("wcagLevel")).removeprefix("Level")
        if said and wcag:
            said = f"{said} (WCAG {wcag})"
        url = web_address(item.get("accessibilityStatementWebPage"))
        name = text(item.get("accessibilityStatementWebPageName"))
        page = f"{name}: {url}" if name and url else url
        lines = [line for line in (said, page) if line]
        if lines:
            known = found.setdefault(language, [])
            known += [line for line in lines if line not in known]
    return found


def with_lines(
    said: LocalizedText, label: LocalizedText, lines: Mapping[str, Iterable[str]]
) -> LocalizedText:
    """Texts with further lines `label: line` at their end, each in its language."""
    result = dict(said)
    for language, items in lines.items():
        name = label.get(language) or label.get("en")
        for item in items:
            line = f"{name}: {item}" if name else item
            result[language] = f"{result[language]}\n{line}" if language in result else line
    return result
