"""Topics of a service from the classifications of its source."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Optional

from assistant.catalogue.municipalities import DATA, read_yaml

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
    """Code of a class or life event by code, label and last part of its old address."""
    found: dict[str, str] = {}
    for entry in _mapping()["names"]:
        for name in (entry["code"].lower(), entry["label"], entry.get("old", "")):
            if name:
                found.setdefault(name, entry["code"])
    return found


def class_code(value: Any) -> Optional[str]:
    """The code (`P22.3`, `KE5`) of a PTV class or life event.

    Args:
        value: a code, an address that ends with one (new or old style), or a Finnish label.
    """
    text = str(value or "").strip().lower()
    last = text.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    return _codes().get(text) or _codes().get(last)


def ptv_topics(codes: Iterable[str]) -> list[str]:
    """The topics of PTV service classes; of life events if no class has a topic."""
    codes = list(codes)
    found: list[str] = []
    for table in ("service_classes", "life_events"):
        for code in codes:
            found += _topics_of(code, _mapping()[table])
        if found:
            break
    return list(dict.fromkeys(found))


def _topics_of(code: str, table: dict[str, list[str]]) -> list[str]:
    if code in table:
        return table[code]
    parent = code.rpartition(".")[0]
    return table.get(parent, []) if parent else []
