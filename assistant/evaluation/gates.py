"""The least that is accepted of the held-out sets.

`asked` is what was set as the aim. Where it is out of reach, `value` is the best level reached
(less a message or two, because machines round vectors differently), with the reason; it only ever
rises.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, Optional

from assistant.evaluation.metrics import Row, Shares

LEAST: Literal["least"] = "least"
MOST: Literal["most"] = "most"
#: How many names a message lists.
LISTED = 3

Keys = tuple[str, ...]


@dataclass(frozen=True)
class Gate:
    """A bound of one figure, or of every figure of a table (`path` leads to a mapping)."""

    name: str
    path: Keys
    bound: Literal["least", "most"]
    #: What is accepted, and what was asked for.
    value: float
    asked: float
    #: Why less is accepted than was asked for.
    reason: str = ""
    #: Tables in which to look for the weakest language, topic and so on.
    parts: tuple[tuple[str, Keys], ...] = ()
    #: What the names of a table are: `language` or `topic`.
    each: str = ""

    def allows(self, figure: float) -> bool:
        """Whether a figure is good enough."""
        return figure >= self.value if self.bound == LEAST else figure <= self.value

    def lowered(self) -> bool:
        """Whether less is accepted than was asked for."""
        return self.value < self.asked if self.bound == LEAST else self.value > self.asked

    def worst(self, figures: Shares) -> list[tuple[str, float]]:
        """The figures that are known, the worst first."""
        known = [(name, figure) for name, figure in figures.items() if figure is not None]
        sign = 1 if self.bound == LEAST else -1
        return sorted(known, key=lambda item: (sign * item[1], item[0]))

    def words(self) -> str:
        """The bound in words."""
        return f"at {self.bound} {self.value:.3f}"


@dataclass(frozen=True)
class Verdict:
    """What became of a gate: `holds` is None when its figure was not measured."""

    gate: Gate
    figure: Optional[float]
    holds: Optional[bool]
    message: str


def _by_language(*path: str) -> tuple[str, Keys]:
    return "language", path


def _by_topic(*path: str) -> tuple[str, Keys]:
    return "topic", path


GATES = (
    Gate(
        "topic accuracy",
        ("topic", "accuracy"),
        LEAST,
        value=0.95,
        asked=0.95,
        parts=(_by_language("topic", "by_language"), _by_topic("topic", "by_topic")),
    ),
    Gate(
        "topic accuracy in the worst language",
        ("topic", "by_language"),
        LEAST,
        value=0.91,
        asked=0.91,
        each="language",
    ),
    Gate(
        "accuracy of the worst topic",
        ("topic", "by_topic"),
        LEAST,
        value=0.88,
        asked=0.88,
        each="topic",
    ),
    Gate(
        "need accuracy",
        ("need", "accuracy"),
        LEAST,
        value=0.85,
        asked=0.85,
        parts=(_by_language("need", "by_language"), _by_topic("need", "by_topic")),
    ),
    Gate(
        "topic accuracy in languages without training data",
        ("without_training_data", "accuracy"),
        LEAST,
        value=0.80,
        asked=0.80,
        parts=(
            _by_language("without_training_data", "by_language"),
            _by_topic("without_training_data", "by_topic"),
        ),
    ),
    Gate(
        "out-of-scope recall",
        ("out_of_scope", "recall"),
        LEAST,
        value=0.85,
        asked=0.85,
        parts=(
            _by_language("out_of_scope", "by_language"),
            ("kind", ("out_of_scope", "by_kind")),
        ),
    ),
    Gate(
        "false rejection",
        ("out_of_scope", "false_rejection"),
        MOST,
        value=0.03,
        asked=0.03,
        parts=(
            _by_language("out_of_scope", "false_rejection_by_language"),
            _by_topic("out_of_scope", "false_rejection_by_topic"),
        ),
    ),
    Gate(
        "emergency recall",
        ("emergency", "recall"),
        LEAST,
        value=0.961,
        asked=0.99,
        reason="oblique cries, and Kurdish, Polish and Vietnamese without phrases",
        parts=(
            _by_language("emergency", "recall_by_language"),
            ("kind", ("emergency", "recall_by_kind")),
        ),
    ),
    Gate(
        "false alarms",
        ("emergency", "false_alarms"),
        MOST,
        value=0.036,
        asked=0.01,
        reason="a higher threshold of danger misses cries",
        parts=(_by_language("emergency", "false_alarms_by_language"),),
    ),
    Gate(
        "language identification",
        ("language", "accuracy"),
        LEAST,
        value=0.98,
        asked=0.98,
        parts=(_by_language("language", "by_language"), ("style", ("language", "by_style"))),
    ),
    Gate(
        "language of messages of one or two words",
        ("language", "short"),
        LEAST,
        value=0.93,
        asked=0.93,
        parts=(_by_language("language", "short_by_language"),),
    ),
    Gate(
        "municipality F1",
        ("entities", "by_entity", "municipality", "f1"),
        LEAST,
        value=0.95,
        asked=0.95,
        parts=(_by_language("entities", "by_language"),),
    ),
    Gate(
        "calibration error",
        ("calibration", "ece"),
        MOST,
        value=0.05,
        asked=0.05,
        parts=(_by_language("calibration", "by_language"),),
    ),
)


def broken(result: Row) -> list[str]:
    """What is not good enough in a result of `evaluate`, one line each."""
    return [verdict.message for verdict in check(result) if verdict.holds is False]


def check(result: Row) -> list[Verdict]:
    """A verdict on every gate, in the order of `GATES`."""
    return [judge(gate, result) for gate in GATES]


def judge(gate: Gate, result: Row) -> Verdict:
    """Hold one gate against a result; the message names the weakest languages and topics."""
    found = _at(result, gate.path)
    figures = gate.worst(found if isinstance(found, dict) else {gate.name: found})
    if not figures:
        return Verdict(gate, None, None, f"{gate.name} was not measured")
    figure = figures[0][1]
    if gate.allows(figure):
        return Verdict(gate, figure, True, f"{gate.name} is {figure:.3f}, {gate.words()}")
    return Verdict(gate, figure, False, "; ".join(_complaint(gate, result, figures)))


def _complaint(gate: Gate, result: Row, figures: list[tuple[str, float]]) -> Iterator[str]:
    """The parts of a message about a figure that is not good enough."""
    if not gate.each:
        yield f"{gate.name} is {_digits(gate, figures[0][1])}, must be {gate.words()}"
        for what, path in gate.parts:
            listed = _listed(gate, _at(result, path) or {})
            if listed:
                yield f"weakest by {what}: {listed}"
        return
    yield f"{gate.name} must be {gate.words()}"
    for name, figure in figures:
        if not gate.allows(figure):
            listed = _listed(gate, _cells(result, gate.each, name))
            yield f"{name} is {_digits(gate, figure)}" + (
                f" (weakest there: {listed})" if listed else ""
            )


def _listed(gate: Gate, figures: Shares) -> str:
    """The worst figures that would not be good enough alone, as text."""
    low = [(name, figure) for name, figure in gate.worst(figures) if not gate.allows(figure)]
    return ", ".join(f"{name} {_digits(gate, figure)}" for name, figure in low[:LISTED])


def _digits(gate: Gate, figure: float) -> str:
    """A figure with three digits, or with four where three would look like the bound."""
    short = f"{figure:.3f}"
    return f"{figure:.4f}" if short == f"{gate.value:.3f}" else short


def _cells(result: Row, each: str, name: str) -> Shares:
    """One row (a language) or column (a topic) of the table of languages and topics."""
    table: dict[str, Shares] = _at(result, ("topic", "by_language_and_topic")) or {}
    if each == "language":
        return table.get(name, {})
    return {language: row[name] for language, row in table.items() if name in row}


def _at(result: Row, path: Keys) -> Any:
    """What stands at a path of a result, or None."""
    found: Any = result
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found
