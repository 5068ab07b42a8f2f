"""Topics and needs of an event, from its keywords, its title and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.catalogue.model import LocalizedText
from assistant.catalogue.municipalities import DATA, read_yaml

#: An event whose oldest guests are this old is for children.
CHILD_AGE = 17


@dataclass(frozen=True)
class Rule:
    """A rule of `linkedevents_topics.yml`."""

    topics: tuple[str, ...]
    needs: tuple[str, ...]
    ids: frozenset[str]
    names: frozenset[str]
    titles: tuple[str, ...]
    signs: int
    children: bool

    def applies(self, keywords: Mapping[str, frozenset[str]], title: str) -> bool:
        """True when enough of its keywords and title words are found."""
        signs = sum(
            key in self.ids or not names.isdisjoint(self.names) for key, names in keywords.items()
        )
        return signs + any(word in title for word in self.titles) >= self.signs


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(DATA / "linkedevents_topics.yml")
    return data


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    return tuple(_rule(entry) for entry in _data()["rules"])


@lru_cache(maxsize=8)
def _group(name: str) -> Rule:
    return _rule(_data()[name])


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(
        topics=tuple(entry.get("topics", ())),
        needs=tuple(entry.get("needs", ())),
        ids=frozenset(entry.get("ids", ())),
        names=frozenset(str(name) for name in entry.get("names", ())),
        titles=tuple(entry.get("titles", ())),
        signs=entry.get("signs", 1),
        children=entry.get("children", False),
    )


def plain_names(names: Iterable[str]) -> frozenset[str]:
    """Names of a keyword as the rules have them: small letters, nothing in brackets."""
    return frozenset(re.sub(r"\s*\([^)]*\)", "", name).strip().casefold() for name in names)


def is_course(keywords: Mapping[str, frozenset[str]]) -> bool:
    """True when a keyword says that an event is a course.

    Args:
        keywords: names (see `plain_names`) by id.
    """
    return _group("courses").applies(keywords, "")


def topics_of(
    keywords: Mapping[str, frozenset[str]],
    titles: LocalizedText,
    *,
    source: str = "",
    volunteering: bool = False,
    max_age: Any = None,
) -> tuple[list[str], list[str]]:
    """(topics, needs) of an event.

    Args:
        keywords: names (see `plain_names`) of its keywords and audiences by id.
        titles: its names.
        source: its data source.
        volunteering: true for an event of the kind "Volunteering".
        max_age: age of the oldest guests, if that is said.
    """
    title = "\n".join(titles.values()).casefold()
    for_children = isinstance(max_age, int) and max_age <= CHILD_AGE
    for_children = for_children or _group("children").applies(keywords, "")
    found = [
        rule
        for rule in _rules()
        if (for_children or not rule.children) and rule.applies(keywords, title)
    ]
    if source in _data()["sources"]:
        found = [_rule(_data()["sources"][source])]
    if volunteering:
        found.append(_group("volunteering"))
    if not found:
        found.append(_group("default"))
    topics = dict.fromkeys(topic for rule in found for topic in rule.topics)
    return list(topics), list(dict.fromkeys(need for rule in found for need in rule.needs))
