"""What a name in the lists stands for, and how a form of it has to be written to count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

MUNICIPALITY, DISTRICT, LANGUAGE_NAME, CHILD_AGE, SITUATION, SCHOOL_CLASS, DATE = (
    "municipality",
    "district",
    "language_name",
    "child_age",
    "situation",
    "school_class",
    "date",
)
#: Answers to questions of the assistant: they may stand on the same words as another entity.
PERMIT, BENEFIT, FOR_WHOM, PERMIT_DATE = "permit", "benefit", "for_whom", "permit_date"
PLACES = (MUNICIPALITY, DISTRICT)


@dataclass(frozen=True)
class Entity:
    """Something found in a text; `start` and `end` count characters of the original text."""

    entity: str
    value: Union[str, int, float]
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Entry:
    """A form of a name: what it stands for and when."""

    entity: str
    value: str
    #: `free`, `word` and `strict` (also a common word), `person` (also a person's name),
    #: `beside` (only next to the name of its municipality)
    kind: str = "free"
    #: The form has a case ending that says "in", "from", "to".
    local: bool = False
    #: Only in texts of these languages; empty means all.
    languages: frozenset[str] = frozenset()
    #: Codes of the municipalities that have a district of this name.
    codes: tuple[str, ...] = ()
    #: The name as it is spelled, in small letters: "lähden" is no form of "Lahti".
    spelled: str = ""
    #: Without its diacritics the name is another word ("Ingå").
    exact: bool = False
