"""How well held-out messages are understood: every gate holds."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.evaluation.evaluation import evaluate
from assistant.evaluation.gates import GATES, Gate, judge


@pytest.fixture(scope="module")
def result(assistant: Any, event_loop_of_assistant: Any) -> dict[str, Any]:
    def parse(text: str) -> dict[str, Any]:
        return dict(event_loop_of_assistant.run_until_complete(assistant.parse(text)))

    return evaluate(lambda texts: [parse(text) for text in texts])


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.name.replace(" ", "_"))
def test_a_gate_holds(result: dict[str, Any], gate: Gate) -> None:
    verdict = judge(gate, result)
    assert verdict.holds, verdict.message
