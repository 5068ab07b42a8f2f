"""A made-up evaluation: a few rows of every set, and what was understood of them."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.evaluation import datasets
from assistant.evaluation.evaluation import evaluate

Row = dict[str, Any]


def need(lang: str, topic: str, need: str = "a", **more: Any) -> Row:
    """A labelled message of the needs; its text says what it is."""
    text = f"{lang} {topic} {need}"
    return {"text": text, "lang": lang, "topic": topic, "need": need, "style": "keyword", **more}


def understood(topic: str, need: str | None = None, lang: str = "en", **more: Any) -> Row:
    """A parse result."""
    return {
        "topic": topic,
        "need": need,
        "intent": topic,
        "language": lang,
        "confidence": 0.9,
        "entities": [],
        "emergency": topic == "emergency",
        **more,
    }


NEEDS = [
    need("en", "housing"),
    need("en", "housing", "b"),
    need("en", "health", also=["housing"]),
    need("fi", "health", style="romanised"),
    need("fi", "out_of_scope"),
    need("pl", "health"),
]
OUT_OF_SCOPE = [
    {"text": "weather", "lang": "en", "kind": "weather", "style": "keyword"},
    {"text": "pizza", "lang": "fi", "kind": "private_business", "style": "keyword"},
    {"text": "chess", "lang": "fi", "kind": "other", "style": "keyword"},
]
EMERGENCIES = [
    {"text": "help", "lang": "en", "emergency": True, "kind": "poisoning"},
    {"text": "run", "lang": "en", "emergency": True, "kind": "poisoning"},
    {"text": "apua", "lang": "fi", "emergency": True, "kind": "violence_now"},
    {"text": "fire drill", "lang": "en", "emergency": False, "kind": None},
    {"text": "film", "lang": "en", "emergency": False, "kind": None},
]
LANGUAGES = [
    {"text": "moi", "lang": "fi", "style": "short"},
    {"text": "hej", "lang": "sv", "style": "short"},
    {"text": "hej alla glada", "lang": "sv", "style": "phrase"},
]
ENTITIES = [
    {
        "text": "Turussa",
        "lang": "fi",
        "entities": [{"entity": "municipality", "value": "Turku"}],
    },
    {"text": "nothing", "lang": "en", "entities": []},
]
RESULTS = {
    "en housing a": understood("housing", "a"),
    "en housing b": understood("housing", "a"),
    "en health a": understood("housing", "a"),
    "fi health a": understood("leisure", "a", "et", emergency=True, confidence=0.5),
    "fi out_of_scope a": understood("out_of_scope", None, "fi"),
    "pl health a": understood("health", "b", "pl"),
    "weather": understood("out_of_scope"),
    "pizza": understood("housing", "a", "fi", intent="nlu_fallback"),
    "chess": understood("leisure", "a", "fi"),
    "help": understood("emergency", "poisoning"),
    "run": understood("emergency", "violence_now"),
    "apua": understood("housing", "a", "fi"),
    "fire drill": understood("emergency", "poisoning"),
    "film": understood("leisure", "a"),
    "moi": understood("bot_meta", None, "fi"),
    "hej": understood("bot_meta", None, "fi"),
    "hej alla glada": understood("bot_meta", None, "sv"),
    "Turussa": understood(
        "bot_meta",
        entities=[
            {"entity": "municipality", "value": "853", "start": 0, "end": 7},
            {"entity": "situation", "value": "student"},
        ],
    ),
    "nothing": understood("bot_meta", entities=[{"entity": "municipality", "value": "091"}]),
}


def use(monkeypatch: pytest.MonkeyPatch, **sets: list[Row]) -> None:
    """Let the sets be these, and empty where none is given."""
    for name in ("needs", "out_of_scope", "emergencies", "languages", "entities"):
        rows = sets.get(name, [])
        monkeypatch.setattr(datasets, name, lambda split="heldout", rows=rows: rows)


def parse(texts: list[str]) -> list[Row]:
    """What was understood of made-up messages."""
    return [RESULTS[text] for text in texts]


@pytest.fixture
def result(monkeypatch: pytest.MonkeyPatch) -> Row:
    """The evaluation of the made-up sets."""
    use(
        monkeypatch,
        needs=NEEDS,
        out_of_scope=OUT_OF_SCOPE,
        emergencies=EMERGENCIES,
        languages=LANGUAGES,
        entities=ENTITIES,
    )
    return evaluate(parse)


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> Row:
    """An evaluation without any set."""
    use(monkeypatch)
    return evaluate(parse, "development")
