"""Events that are not for everybody, or do not take place.

Cancelled events often say so in their title only. Closed groups and events for school groups are
left out: nobody can come to them. Events for holders of the card of Helsinki's service centres are
kept, because anyone who is retired or unemployed gets the card; they say so in their requirements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Optional

from assistant.catalogue.importers.values import key, truth
from assistant.catalogue.model import LocalizedText

CANCELLED_STATUS = ("eventcancelled", "eventcanceled", "cancelled", "canceled")
POSTPONED_STATUS = ("eventpostponed", "postponed")
RESCHEDULED_STATUS = ("eventrescheduled", "rescheduled")
#: Sources whose events are for groups of schools and day care centres.
SCHOOL_SOURCES = frozenset(("kultus", "palvelutarjotin"))
CARD_AUDIENCES = frozenset(("helsinki:aflfbat76e",))
CARD_REQUIREMENT = {
    "fi": "Vain palvelukeskuskortin haltijoille.",
    "sv": "Endast för dem som har servicecentralkort.",
    "en": "Only for holders of a service centre card.",
}
_CANCELLED = (
    r"peruttu|peruutettu|peruuntunut|peruuntuu|perutaan|inställ[td]a?|inställs|cancell?ed|"
    r"отмен[её]н[оа]?|отменяется"
)
_POSTPONED = r"lykätty|lykkääntyy|uppskjut(?:en|et|its)|framflyttad|postponed|перенесен[оа]?"
_NEGATION = (
    r"(?<!ei ole )(?<!ei )(?<!inte )(?<!inte en )(?<!ingen )(?<!not )(?<!not a )(?<!ej )(?<!не )"
)
_CANCELLED_WORD = re.compile(rf"\b{_NEGATION}(?:{_CANCELLED})\b", re.IGNORECASE)
_POSTPONED_WORD = re.compile(rf"\b{_NEGATION}(?:{_POSTPONED})\b", re.IGNORECASE)
_CARD = re.compile(
    r"palvelukeskuskort|servicecentralkort|servicecenterkort|service cent(?:re|er) card",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    rf"\b{_NEGATION}" + r"(?:suljettu ryhmä|suljetulle ryhmälle|suljetun ryhmän|ryhmä on suljettu|"
    r"suljettu tilaisuus|suljettu tapahtuma|yksityistilaisuus|"
    r"(?:sluten|stängd) grupp|slutet tillfälle|slutet evenemang|"
    r"closed group|closed event|private event)\b",
    re.IGNORECASE,
)
#: Only texts with one of these words are looked at more closely; most have none.
_HINT = re.compile(
    r"suljet|ryhmä on|yksityist|sluten|stängd|slutet|closed|private|koululuok|ryhm|skol|daghem|"
    r"school|kindergarten|day ?care|keskuskort|centralkort|centerkort|card",
    re.IGNORECASE,
)
_SCHOOL_GROUP = (
    r"(?:koululuok\w*|kouluryhm\w*|päiväkotiryhm\w*|koulu- ja päiväkotiryhm\w*|"
    r"päiväkoti- ja kouluryhm\w*|koulujen ja päiväkotien ryhm\w*)"
)
_SCHOOLS = re.compile(
    rf"\b(?:vain|ainoastaan)\s+(?:\w+\s+){{0,3}}{_SCHOOL_GROUP}"
    rf"|{_SCHOOL_GROUP}\s+(?:vain|ainoastaan)\b"
    r"|\b(?:bara|endast)\s+för\s+(?:\w+\s+){0,3}(?:skolgrupp|skolklass|daghemsgrupp)\w*"
    r"|\bonly\s+for\s+(?:\w+\s+){0,3}(?:school|kindergarten|day care|daycare)\s+(?:groups|classes)"
    r"|\bfor\s+school\s+(?:groups|classes)\s+only\b",
    re.IGNORECASE,
)


def not_taking_place(data: dict[str, Any], names: LocalizedText) -> Optional[str]:
    """Why an event does not take place; None for one that does."""
    if truth(data.get("deleted")) or data.get("deleted_at"):
        return "deleted at its source"
    status = key(data.get("event_status"))
    if status in CANCELLED_STATUS:
        return "cancelled"
    if status in POSTPONED_STATUS:
        return "postponed, without a new time"
    if key(data.get("publication_status")) == "draft":
        return "not published (draft)"
    for name in names.values():
        if _said(_CANCELLED_WORD, name):
            return "cancelled (the title says so)"
        if _said(_POSTPONED_WORD, name):
            return "postponed (the title says so)"
    return None


def _said(words: re.Pattern[str], title: str) -> bool:
    """True when a title has one of the words at an end, in capitals, or set apart by marks."""
    for match in words.finditer(title):
        before, after = title[: match.start()], title[match.end() :]
        alone = not re.search(r"\w", before) or not re.search(r"[^\W\d_]", after)
        marked = re.search(r"[(\[*!/–-]\s*$", before) or re.match(r"\s*[)\]*!/:–-]", after)
        if alone or marked or match.group(0).isupper():
            return True
    return False


def not_for_everybody(
    source: str, audiences: Iterable[str], said: Iterable[LocalizedText]
) -> tuple[Optional[str], LocalizedText]:
    """(why an event is left out or None, what is asked of its guests).

    Args:
        source: the data source of the event.
        audiences: ids of its audiences.
        said: its names and descriptions.
    """
    texts = [text for localised in said for text in localised.values() if _HINT.search(text)]
    if source in SCHOOL_SOURCES or any(_SCHOOLS.search(text) for text in texts):
        return "only for groups of schools and day care centres", {}
    if any(_CLOSED.search(text) for text in texts):
        return "a closed group", {}
    if CARD_AUDIENCES.intersection(audiences) or any(_CARD.search(text) for text in texts):
        return None, dict(CARD_REQUIREMENT)
    return None, {}
