"""`kuntaopas evaluate`: accuracy per language and topic."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from rich.console import Console
from rich.table import Table

from assistant.dialogue.batch import parse_messages
from assistant.evaluation import heldout
from assistant.settings import Settings

Row = dict[str, Any]


def evaluate_model(settings: Settings) -> Row:
    """`evaluate` with the trained model of an installation."""
    return evaluate(lambda texts: parse_messages(settings, ({"text": text} for text in texts)))


def evaluate(parse: Callable[[list[str]], Iterable[Row]]) -> Row:
    """Run the held-out sets through NLU, each message for itself.

    Args:
        parse: makes parse results (see `assistant.nlu.parse_result`) of messages, in order.

    Returns:
        Shares between 0 and 1 (`topic`, `need`, by language and by topic), and how many messages.
    """
    needs, languages, emergencies = heldout.needs(), heldout.languages(), heldout.emergencies()
    parsed = list(parse([row["text"] for row in [*needs, *languages, *emergencies]]))
    of_needs = list(zip(needs, parsed))
    of_languages = list(zip(languages, parsed[len(needs) :]))
    of_emergencies = list(zip(emergencies, parsed[len(needs) + len(languages) :]))
    return {
        "messages": len(parsed),
        "topic": {
            "accuracy": _share(of_needs, topic_right),
            "by_language": _by(of_needs, "language", topic_right),
            "by_topic": _by(of_needs, "topic", topic_right),
            "by_style": _by(of_needs, "style", topic_right),
        },
        "need": {
            "accuracy": _share(of_needs, need_right),
            "by_language": _by(of_needs, "language", need_right),
        },
        "language": {
            "accuracy": _share(of_languages, language_right),
            "by_language": _by(of_languages, "language", language_right),
            "on_needs": _share(of_needs, language_right),
        },
        "emergency": {
            "recall": _share(_where(of_emergencies, True), emergency_found),
            "false_alarms": _share(_where(of_emergencies, False), emergency_found),
            "false_alarms_on_needs": _share(
                [pair for pair in of_needs if not _may_be_emergency(pair[0])], emergency_found
            ),
            "recall_by_language": _by(_where(of_emergencies, True), "language", emergency_found),
        },
        "out_of_scope": {
            "recall": _share(
                [pair for pair in of_needs if pair[0]["topic"] == "out_of_scope"], topic_right
            ),
        },
        "confusions": _confusions(of_needs),
    }


def topic_right(row: Row, parsed: Row) -> bool:
    """True when the topic is the right one, or another that fits as well."""
    return parsed["topic"] in [row["topic"], *row.get("also", [])]


def need_right(row: Row, parsed: Row) -> bool:
    """True when topic and need are right."""
    return bool(parsed["topic"] == row["topic"] and parsed["need"] == row["need"])


def language_right(row: Row, parsed: Row) -> bool:
    """True when the language is right."""
    return bool(parsed["language"] == row["language"])


def emergency_found(row: Row, parsed: Row) -> bool:
    """True when the message was taken for an emergency."""
    return bool(parsed["emergency"])


def _may_be_emergency(row: Row) -> bool:
    return "emergency" in [row["topic"], *row.get("also", [])]


def _where(pairs: Iterable[tuple[Row, Row]], emergency: bool) -> list[tuple[Row, Row]]:
    return [pair for pair in pairs if pair[0]["emergency"] is emergency]


def _share(pairs: list[tuple[Row, Row]], right: Callable[[Row, Row], bool]) -> float:
    if not pairs:
        return 0.0
    return round(sum(right(row, parsed) for row, parsed in pairs) / len(pairs), 4)


def _by(
    pairs: list[tuple[Row, Row]], field: str, right: Callable[[Row, Row], bool]
) -> dict[str, float]:
    groups: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for pair in pairs:
        groups[str(pair[0].get(field))].append(pair)
    return {name: _share(group, right) for name, group in sorted(groups.items())}


def _confusions(pairs: list[tuple[Row, Row]], limit: int = 10) -> list[Row]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row, parsed in pairs:
        if not topic_right(row, parsed):
            found[(row["topic"], parsed["topic"])].append(row["text"])
    worst = sorted(found.items(), key=lambda item: -len(item[1]))[:limit]
    return [
        {"topic": topic, "taken_for": other, "count": len(texts), "example": texts[0]}
        for (topic, other), texts in worst
    ]


def print_report(result: Row) -> None:
    """The result as tables on standard output."""
    console = Console(file=sys.stdout)
    table = Table("language", "topic", "need", "language found", "emergency recall")
    for code, share in result["topic"]["by_language"].items():
        table.add_row(
            code,
            f"{share:.3f}",
            f"{result['need']['by_language'][code]:.3f}",
            f"{result['language']['by_language'].get(code, 0):.3f}",
            f"{result['emergency']['recall_by_language'].get(code, 0):.3f}",
        )
    table.add_row(
        "all",
        f"{result['topic']['accuracy']:.3f}",
        f"{result['need']['accuracy']:.3f}",
        f"{result['language']['accuracy']:.3f}",
        f"{result['emergency']['recall']:.3f}",
    )
    console.print(table)
    topics = Table("topic", "accuracy")
    for topic, share in sorted(result["topic"]["by_topic"].items(), key=lambda item: item[1]):
        topics.add_row(topic, f"{share:.3f}")
    console.print(topics)
    console.print(f"False emergencies: {result['emergency']['false_alarms']:.3f}")
    console.print(f"Out-of-scope recall: {result['out_of_scope']['recall']:.3f}")
    confusions = Table("topic", "taken for", "times", "example")
    for entry in result["confusions"]:
        confusions.add_row(
            entry["topic"], entry["taken_for"], str(entry["count"]), entry["example"]
        )
    console.print(confusions)
