"""How well evaluation messages are understood: every gate holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from assistant.evaluation import datasets
from assistant.evaluation.evaluation import evaluate
from assistant.evaluation.gates import GATES, Gate, judge
from assistant.evaluation.metrics import emergency_found, share

#: What was accepted while the development split was the only set; it is not given up.
FIRST_TOPICS, FIRST_TOPICS_IN_A_LANGUAGE, FIRST_LANGUAGES = 0.90, 0.80, 0.96
FIRST_EMERGENCIES, FIRST_AUTHOR = 0.98, 1


@pytest.fixture(scope="module")
def parse(assistant: Any, event_loop_of_assistant: Any) -> Any:
    def parse(texts: Iterable[str]) -> list[dict[str, Any]]:
        run = event_loop_of_assistant.run_until_complete
        return [dict(run(assistant.parse(text))) for text in texts]

    return parse


@pytest.fixture(scope="module")
def result(parse: Any) -> dict[str, Any]:
    return evaluate(parse)


@pytest.fixture(scope="module")
def development(parse: Any) -> dict[str, Any]:
    return evaluate(parse, "development")


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.name.replace(" ", "_"))
def test_a_gate_holds(result: dict[str, Any], gate: Gate) -> None:
    verdict = judge(gate, result)
    assert verdict.holds, verdict.message


def test_topics_of_the_first_messages_are_still_found(development: dict[str, Any]) -> None:
    topic = development["topic"]
    assert topic["accuracy"] >= FIRST_TOPICS
    low = {code for code, one in topic["by_language"].items() if one < FIRST_TOPICS_IN_A_LANGUAGE}
    assert low == set()


def test_languages_of_the_first_messages_are_still_identified(development: dict[str, Any]) -> None:
    assert development["language"]["accuracy"] >= FIRST_LANGUAGES


def test_the_first_emergencies_are_still_found(parse: Any) -> None:
    rows = [
        row
        for row in datasets.emergencies("development")
        if row["emergency"] and row.get("author") == FIRST_AUTHOR
    ]
    found = share(zip(rows, parse([row["text"] for row in rows])), emergency_found)
    assert found is not None and found >= FIRST_EMERGENCIES
