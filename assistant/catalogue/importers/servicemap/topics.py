"""Topics and needs of a unit, from its services or, failing that, from its own name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Optional

from assistant.catalogue.analysis import fold
from assistant.catalogue.model import LocalizedText
from assistant.catalogue.municipalities import DATA, read_yaml

FILE = "servicemap_topics.yml"
#: A school also has a hall and a club; beyond these topics and needs a place says nothing.
MAX_TOPICS = 3
MAX_NEEDS = 6


@dataclass
class Rule:
    """What a kind of service is about."""

    topics: list[str]
    needs: list[str]
    words: frozenset[str]
    nodes: frozenset[str]
    services: Optional[re.Pattern[str]]
    units: Optional[re.Pattern[str]]
    excluded: Optional[re.Pattern[str]]


@dataclass
class Subjects:
    """Topics and needs in the order of the rules."""

    topics: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)

    def add(self, numbers: Iterable[int]) -> None:
        """Add what the rules of these numbers say."""
        for number in sorted(set(numbers)):
            rule = rules()[number]
            if len(set(self.topics) | set(rule.topics)) <= MAX_TOPICS:
                self.topics += [topic for topic in rule.topics if topic not in self.topics]
                self.needs += [need for need in rule.needs if need not in self.needs]
        self.needs = self.needs[:MAX_NEEDS]


def subjects_of(
    words: Mapping[str, LocalizedText], nodes: Mapping[str, LocalizedText], own: LocalizedText
) -> Subjects:
    """The subjects of a unit.

    Args:
        words: id -> names of its services; ids that are not of Helsinki's register have a prefix.
        nodes: id -> names of the nodes of the service tree that it is in.
        own: the names of the unit.
    """
    found: set[int] = set()
    for which, services in (("words", words), ("nodes", nodes)):
        by_id = _by_id(which)
        for known, names in services.items():
            found.update(by_id.get(known, ()))
            for name in names.values():
                found |= service_rules(name)
    if not found:
        for name in own.values():
            found |= unit_rules(name)
    subjects = Subjects()
    subjects.add(found)
    return subjects


@lru_cache(maxsize=20_000)
def service_rules(name: str) -> frozenset[int]:
    """Numbers of the rules that apply to the name of a service."""
    return _matching(name, "services")


@lru_cache(maxsize=20_000)
def unit_rules(name: str) -> frozenset[int]:
    """Numbers of the rules that apply to the name of a unit."""
    if _not_places().search(form(name)):
        return frozenset()
    return _matching(name, "units")


def _matching(name: str, which: str) -> frozenset[int]:
    text = form(name)
    return frozenset(
        number
        for number, rule in enumerate(rules())
        for pattern in (getattr(rule, which),)
        if pattern is not None
        and pattern.search(text)
        and not (rule.excluded and rule.excluded.search(text))
    )


def form(text: str) -> str:
    """A name as patterns are matched with it."""
    return fold(" ".join(text.casefold().replace("’", "'").split()))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(DATA / FILE)
    return data


@lru_cache(maxsize=1)
def rules() -> list[Rule]:
    """The rules of the data file, in its order."""
    return [
        Rule(
            topics=entry["topics"],
            needs=entry.get("needs", []),
            words=frozenset(map(str, entry.get("words", ()))),
            nodes=frozenset(map(str, entry.get("nodes", ()))),
            services=_pattern(entry.get("services")),
            units=_pattern(entry.get("units")),
            excluded=_pattern(entry.get("not")),
        )
        for entry in _data()["rules"]
    ]


@lru_cache(maxsize=2)
def _by_id(which: str) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, rule in enumerate(rules()):
        for known in getattr(rule, which):
            found[known] = found.get(known, frozenset()) | {number}
    return found


@lru_cache(maxsize=1)
def _not_places() -> re.Pattern[str]:
    pattern = _pattern(_data()["no_units"])
    assert pattern is not None
    return pattern


def _pattern(patterns: Optional[list[str]]) -> Optional[re.Pattern[str]]:
    """Whole words, with `*` for the rest of a word."""
    if not patterns:
        return None
    parts = [re.escape(form(str(item))).replace(r"\*", r"\w*") for item in patterns]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
