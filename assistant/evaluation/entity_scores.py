"""Precision and recall of entities.

An entity counts once a message however often it is named; where it stands in the text does not
matter. Only the entities that a set labels are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from assistant.catalogue.municipalities import find_municipality
from assistant.evaluation.metrics import DIGITS, Pair, Row, Share, Shares, groups

MUNICIPALITY = "municipality"
#: Names that the extractors give to an entity of the sets.
ALIASES = {"language_name": "language"}
#: Numbers this near are the same: .67 years and eight months.
NEAR = 0.02 + 1e-9

_Entity = tuple[str, Any]


@dataclass
class Score:
    """How many entities are labelled, were found, and are right."""

    labelled: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> Share:
        """How much of what was found is right."""
        return round(self.right / self.found, DIGITS) if self.found else None

    @property
    def recall(self) -> Share:
        """How much of what is labelled was found."""
        return round(self.right / self.labelled, DIGITS) if self.labelled else None

    @property
    def f1(self) -> Share:
        """The harmonic mean of both."""
        both = self.labelled + self.found
        return round(2 * self.right / both, DIGITS) if both else None

    def as_dict(self) -> Row:
        """The figures; `count` is how many are labelled."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "count": self.labelled,
        }


def same_value(name: str, one: Any, other: Any) -> bool:
    """Whether two values of an entity mean the same."""
    if name == MUNICIPALITY:
        return _official_name(one) == _official_name(other)
    first, second = _number(one), _number(other)
    if first is not None and second is not None:
        return abs(first - second) <= NEAR
    return _plain(one) == _plain(other)


def _plain(value: Any) -> str:
    return str(value).strip().casefold()


def _number(value: Any) -> Optional[float]:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _official_name(value: Any) -> str:
    """The Finnish name of a municipality that is given by code or name."""
    found = find_municipality(str(value))
    return _plain(found.name_fi if found else value)


def labels(pairs: Iterable[Pair]) -> list[str]:
    """The entities that the rows label."""
    return sorted({entity["entity"] for row, _ in pairs for entity in row["entities"]})


def score(pairs: Iterable[Pair], name: str) -> Score:
    """Count one entity over all messages."""
    result = Score()
    for row, parsed in pairs:
        labelled, found = _values(row, name), _values(parsed, name)
        result.labelled += len(labelled)
        result.found += len(found)
        result.right += _matches(name, labelled, found)
    return result


def _matches(name: str, labelled: list[Any], found: list[Any]) -> int:
    """How many labelled values were found, each by a value of its own."""
    left = list(found)
    for value in labelled:
        match = next((one for one in left if same_value(name, one, value)), None)
        if match is not None:
            left.remove(match)
    return len(found) - len(left)


def _values(row: Row, name: str) -> list[Any]:
    """The different values of an entity in a message."""
    values: list[Any] = []
    for entity in row.get("entities") or ():
        known = ALIASES.get(entity["entity"], entity["entity"])
        if known == name and not any(same_value(name, entity["value"], one) for one in values):
            values.append(entity["value"])
    return values


def scores(pairs: Sequence[Pair]) -> dict[str, Row]:
    """The figures of every labelled entity."""
    return {name: score(pairs, name).as_dict() for name in labels(pairs)}


def f1_by_language(pairs: Sequence[Pair], name: str = MUNICIPALITY) -> Shares:
    """F1 of one entity by the language of the message."""
    return {code: score(group, name).f1 for code, group in groups(pairs, "lang").items()}
