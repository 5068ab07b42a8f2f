"""Contact points and channels of public services."""

from __future__ import annotations

import re
from typing import Any, Optional

from assistant.catalogue.hours import WEEKDAY, parse_hours
from assistant.catalogue.importers.base import office_email, wgs84
from assistant.catalogue.importers.cpsv.nodes import Nodes, last_part
from assistant.catalogue.importers.values import municipality_code
from assistant.catalogue.model import Address, Channel, Hours, HoursRule, Phone
from assistant.catalogue.phones import parses

PHONE = ("telephone", "hasTelephone", "phone", "tel")
EMAIL = ("email", "hasEmail", "mbox")
PAGE = (
    *("contactPage", "url", "hasURL", "page", "homepage", "landingPage", "serviceUrl"),
    *("accessURL", "website", "seeAlso"),
)
HOURS = ("openingHours", "hoursAvailable", "hasOpeningHours")
SPECIAL_HOURS = ("specialOpeningHoursSpecification", "availabilityRestriction")
ADDRESS = ("address", "hasAddress", "location", "serviceLocation", "spatial")
#: Words in the type of a channel; the first that is found decides.
TYPES = (
    (re.compile(r"e[- ]?mail|sähköposti|e-post", re.IGNORECASE), "phone"),
    (re.compile(r"phone|tele|puhelin|telefon|call|fax|sms", re.IGNORECASE), "phone"),
    (
        re.compile(
            r"e[- ]?service|online|digital|mobile|\bapp\b|electronic|e-asiointi", re.IGNORECASE
        ),
        "eservice",
    ),
    (re.compile(r"form\b|lomake|blankett", re.IGNORECASE), "form"),
    (re.compile(r"home ?page|web|site|internet|verkko|url", re.IGNORECASE), "web"),
    (
        re.compile(
            r"bureau|office|counter|location|person|physical|face|desk|kiosk|toimipiste|palvelupiste",
            re.IGNORECASE,
        ),
        "location",
    ),
)


def channel_of(nodes: Nodes, node: Any, channel_id: str, language: str) -> Optional[Channel]:
    """A contact point or a channel; None where there is nothing to reach it by.

    An address instead of a node is a page on the web.
    """
    if nodes.is_text(node):
        return None
    phones = [Phone(said) for said in nodes.plain(node, *PHONE) if parses(said)]
    emails = [mail for said in nodes.plain(node, *EMAIL) if (mail := office_email(said))]
    urls = nodes.addresses(node, *PAGE, language=language)
    addresses = [
        found
        for value in (node, *nodes.values(node, *ADDRESS))
        if (found := _address(nodes, value, language)) is not None
    ]
    kinds = nodes.values(node, "type")
    kind = _kind(nodes, kinds) or _by_content(phones or emails, addresses)
    if not (phones or emails or urls or addresses):
        names = nodes.labels(node, language)
        if not names or kind == "location":
            return None
    return Channel(
        channel_id,
        kind,
        names=nodes.labels(node, language),
        urls=urls,
        phones=phones,
        addresses=addresses[:1],
        hours=_hours(nodes, node, language),
        descriptions=nodes.texts(node, "description", language=language),
        emails=list(dict.fromkeys(emails)),
    )


def _kind(nodes: Nodes, kinds: list[Any]) -> Optional[str]:
    said = [
        label
        for value in kinds
        for label in (
            *nodes.labels(value).values(),
            re.sub(r"[_-]", " ", last_part(str(value))),
        )
        if label.lower() not in ("channel", "contactpoint", "contact point", "servicechannel")
    ]
    for pattern, kind in TYPES:
        if any(pattern.search(label) for label in said):
            return kind
    return None


def _by_content(by_voice: Any, addresses: list[Address]) -> str:
    if addresses:
        return "location"
    return "phone" if by_voice else "web"


def _address(nodes: Nodes, node: Any, language: str) -> Optional[Address]:
    street = nodes.texts(
        node, "streetAddress", "street-address", "thoroughfare", "fullAddress", language=language
    )
    numbers = nodes.plain(node, "locatorDesignator")
    if numbers and street and not nodes.values(node, "streetAddress", "street-address"):
        street = {
            code: said if numbers[0] in said else f"{said} {numbers[0]}"
            for code, said in street.items()
        }
    city = nodes.texts(
        node, "postName", "addressLocality", "locality", "adminUnitL2", language=language
    )
    codes = nodes.plain(node, "postCode", "postalCode", "postal-code")
    point = None
    for latitude in nodes.plain(node, "lat", "latitude"):
        for longitude in nodes.plain(node, "long", "longitude", "lon"):
            point = point or wgs84(latitude, longitude)
    if not street and point is None:
        return None
    known = (municipality_code(name) for name in city.values())
    return Address(
        street=street,
        postal_code=codes[0] if codes and re.fullmatch(r"\d{5}", codes[0]) else "",
        city=city,
        municipality=next((code for code in known if code), None),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )


def _hours(nodes: Nodes, node: Any, language: str) -> Hours:
    """Opening hours: parsed where all of the text is understood, and always as text."""
    hours = Hours()
    values = nodes.values(node, *HOURS)
    texts = nodes.all_texts([value for value in values if nodes.is_text(value)], language)
    for said in texts.values():
        known = parse_hours(", ".join(said))
        if known is not None and not hours.known:
            hours.rules, hours.always_open = known.rules, known.always_open
    hours.raw_text = {code: "\n".join(said) for code, said in texts.items()}
    for value in values:
        if not nodes.is_text(value) and not texts:
            hours.rules += _rules(nodes, value)
    special = [value for name in SPECIAL_HOURS for value in nodes.values(node, name)]
    for code, said in nodes.all_texts(special, language).items():
        hours.raw_text[code] = "\n".join([*filter(None, [hours.raw_text.get(code)]), *said])
    return hours


def _rules(nodes: Nodes, node: Any) -> list[HoursRule]:
    """The rules of an `OpeningHoursSpecification`."""
    opens, closes = (
        next((said[:5] for said in nodes.plain(node, name) if re.match(r"\d\d:\d\d", said)), "")
        for name in ("opens", "closes")
    )
    days = [WEEKDAY.get(last_part(said).lower()) for said in nodes.plain(node, "dayOfWeek")]
    if not opens or not closes:
        return []
    return [HoursRule(opens, closes, day) for day in sorted(d for d in days if d is not None)]
