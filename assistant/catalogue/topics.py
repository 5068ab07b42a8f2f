"""Topics of a service from the classifications of its source."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Optional

from assistant.catalogue.municipalities import DATA, read_yaml

#: Languages of the labels in the code lists of PTV.
LABEL_LANGUAGES = ("fi", "sv", "en")

#: Topics that a service can have.
TOPICS = frozenset(
    (
        "early_childhood_education",
        "basic_education",
        "training_and_language_courses",
        "recognition_of_qualifications",
        "housing",
        "leisure",
        "employment_services",
        "starting_a_business",
        "health",
        "social_services",
        "registration",
        "residence_permit",
        "social_security_benefits",
        "taxation_banking",
        "initial_assessment",
        "integration_plan",
        "language_and_interpreters",
        "legal_advice",
        "emergency",
        "human_contact",
    )
)


def is_need(value: str) -> bool:
    """True for `topic/need` with a known topic."""
    topic, slash, need = value.partition("/")
    return topic in TOPICS and bool(slash and need)


@lru_cache(maxsize=1)
def _mapping() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(DATA / "ptv_topics.yml")
    return data


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Code of a class, life event or target group by code, label and last part of an address."""
    found: dict[str, str] = {}
    for entry in _mapping()["names"]:
        names = (entry["code"], entry.get("old"), *(entry.get(key) for key in LABEL_LANGUAGES))
        for name in names:
            if name:
                found.setdefault(name.lower(), entry["code"])
    return found


@lru_cache(maxsize=1)
def _labels() -> dict[str, dict[str, str]]:
    return {
        entry["code"]: {key: entry[key] for key in LABEL_LANGUAGES if key in entry}
        for entry in _mapping()["names"]
    }


def class_code(value: Any) -> Optional[str]:
    """The code (`P22.3`, `KE5`, `KR1.2`) of a PTV class, life event or target group.

    Args:
        value: a code, an address that ends with one (new or old style), or a label in Finnish,
            Swedish or English.
    """
    text = str(value or "").strip().lower()
    last = text.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    return _codes().get(text) or _codes().get(last)


def class_labels(code: str) -> dict[str, str]:
    """The labels of a code by language; nothing for a code that is not known."""
    return _labels().get(code, {})


def ptv_topics(codes: Iterable[str], words: Iterable[str] = ()) -> list[str]:
    """The topics of a service of PTV.

    Those of its service classes and of the words that name a topic themselves; where they give
    none, those of its life events, then of vaguer words, then of its target groups.

    Args:
        codes: codes of service classes, life events and target groups, in any order.
        words: Finnish words of the ontology, and keywords.
    """
    codes = list(codes)
    said = [word.strip().lower() for word in words]
    found = [
        *(topic for code in codes for topic in _inherited(code, _mapping()["service_classes"])),
        *(topic for word in said for topic in _mapping()["words"].get(word, ())),
    ]
    for entries, table in (
        (codes, "life_events"),
        (said, "weak_words"),
        (codes, "target_groups"),
    ):
        if not found:
            found = [topic for entry in entries for topic in _inherited(entry, _mapping()[table])]
    return list(dict.fromkeys(found))


def ptv_needs(codes: Iterable[str]) -> list[str]:
    """The needs (`topic/need`) that PTV service classes say by themselves."""
    table = _mapping()["needs"]
    return list(dict.fromkeys(need for code in codes for need in _inherited(code, table)))


def _inherited(code: str, table: dict[str, list[str]]) -> list[str]:
    """What a table says of a code, else of the code above it."""
    if code in table:
        return table[code]
    parent = code.rpartition(".")[0]
    return table.get(parent, []) if parent else []
