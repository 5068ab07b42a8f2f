"""What the address of a request page asks for: every value is checked, a wrong one is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Optional, cast

from assistant.catalogue.municipalities import find_municipality
from assistant.gateway.negotiation import request_language
from assistant.guidance import request_words as words
from assistant.guidance.assessment import BENEFITS, PERMITS, SITUATIONS, CaseError, assess
from assistant.guidance.request_address import NO_BENEFITS, request_query
from assistant.guidance.request_letter import ForWhom, Official
from assistant.i18n import LANGUAGES, marked

FOR_WHOM = ("self", "child", "other")
OFFICIAL = ("fi", "sv")
UNKNOWN = "unknown"

WHO = marked("Who the request is for")
OFFICIAL_LANGUAGE = marked("Language of the authority")


@dataclass(frozen=True)
class RequestQuery:
    """A checked query."""

    case: dict[str, Any]
    #: The language of the page.
    language: str
    #: The language that the person speaks; empty when they have not said it.
    spoken: str
    for_whom: ForWhom
    official: Optional[Official]
    #: True when the wanted language is not served, and the page is in English.
    in_english_instead: bool
    #: Names of the values that were left out.
    left_out: tuple[str, ...]

    def encoded(self, **changes: str) -> str:
        """The query of a link to the same request, with other values; only what was understood."""
        known = {"official": self.official, "for_whom": self.for_whom, **changes}
        return request_query(self.case, self.spoken or self.language, **known)


def read_query(
    *,
    language: Optional[str],
    accept_language: Optional[str],
    official: Optional[str],
    municipality: Optional[str],
    situation: Optional[str],
    permit: Optional[str],
    first_permit_date: Optional[str],
    benefits: Sequence[str],
    for_whom: Optional[str],
    today: date,
) -> RequestQuery:
    """Check the values of a query."""
    left_out: list[str] = []

    def choice(value: Optional[str], choices: Sequence[str], name: str) -> Optional[str]:
        value = (value or "").strip()
        if value in choices:
            return value
        if value and value != UNKNOWN:
            left_out.append(name)
        return None

    case: dict[str, Any] = {"as_of": today.isoformat()}
    wanted = (language or "").strip()
    chosen = request_language(wanted, accept_language)
    not_served = bool(wanted) and wanted.replace("_", "-").split("-")[0].lower() not in LANGUAGES
    official_language = choice(official, OFFICIAL, OFFICIAL_LANGUAGE)
    who = choice(for_whom, FOR_WHOM, WHO) or "self"
    place = find_municipality(municipality or "")
    if place is not None:
        case["municipality"] = place.code
    elif (municipality or "").strip() not in ("", UNKNOWN):
        left_out.append(words.MUNICIPALITY)
    case["situation"] = choice(situation, SITUATIONS, words.SITUATION)
    case["permit"] = choice(permit, PERMITS, words.PERMIT)
    case["first_permit_date"] = _first_permit_date(first_permit_date, today, left_out)
    case["benefits"] = _benefits(benefits, left_out)
    return RequestQuery(
        case=case,
        language=chosen,
        spoken=wanted,
        for_whom=cast(ForWhom, who),
        official=cast(Optional[Official], official_language),
        in_english_instead=not_served,
        left_out=tuple(left_out),
    )


def _first_permit_date(value: Optional[str], today: date, left_out: list[str]) -> Optional[str]:
    value = (value or "").strip()
    if not value or value == UNKNOWN:
        return None
    try:
        assess({"as_of": today.isoformat(), "first_permit_date": value})
    except CaseError:
        left_out.append(words.FIRST_PERMIT_DATE)
        return None
    return value


def _benefits(values: Sequence[str], left_out: list[str]) -> Optional[list[str]]:
    named = [name.strip() for value in values for name in value.split(",")]
    known = sorted({name for name in named if name in BENEFITS})
    if any(name not in (*BENEFITS, NO_BENEFITS, UNKNOWN, "") for name in named):
        left_out.append(words.BENEFIT)
    return known if known or NO_BENEFITS in named else None
