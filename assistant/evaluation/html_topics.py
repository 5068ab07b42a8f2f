"""Parts of the HTML report about topics: languages, topics, confusions, confidence."""

from __future__ import annotations

from assistant.evaluation import html_elements as h
from assistant.evaluation.gates import GATES
from assistant.evaluation.metrics import Row, Shares
from assistant.evaluation.report import WEAK, language_columns
from assistant.evaluation.wording import (
    in_order,
    language_name,
    percent,
    plain_percent,
    signed_percent,
    topic_name,
    worst_first,
)

CONFUSIONS = 25


def language_heading(code: str) -> h.Markup:
    """The name and code of a language."""
    return h.html(f"{language_name(code)} ({code})")


def _gate_of(*path: str) -> float:
    """The value of the gate of a figure."""
    return next(gate.value for gate in GATES if gate.path == path)


def _bars(caption: str, shares: Shares, gate: float) -> h.Markup:
    """Accuracy of languages as bars with a line at the gate."""
    rows = [
        (
            language_heading(code),
            (h.number(percent(shares[code])), h.bar(shares[code], gate)),
        )
        for code in in_order(shares)
    ]
    return h.table(caption, ("language", "accuracy, %", "bar (line: gate)"), rows)


def languages(result: Row) -> str:
    """Accuracy by language, and every other figure of each language."""
    served, gate = result["topic"]["by_language"], _gate_of("topic", "by_language")
    other, average = result["without_training_data"], _gate_of("without_training_data", "accuracy")
    columns = language_columns(result)
    codes = in_order({code for shares, _ in columns.values() for code in shares})
    rows: list[h.TableRow] = [
        (
            language_heading(code),
            [h.number(percent(shares.get(code))) for shares, _ in columns.values()],
        )
        for code in codes
    ]
    rows.append(("all", [h.number(percent(share)) for _, share in columns.values()]))
    return h.section(
        "Languages",
        "languages",
        h.side_by_side(
            _bars("Topic accuracy by language", served, gate),
            _bars("Languages without training data", other["by_language"], average),
        ),
        h.table("All figures by language, in percent", ("language", *columns), rows),
        h.paragraph(_COLUMNS),
    )


_COLUMNS = (
    "Topic and need: messages understood rightly. ECE: how far confidence and accuracy lie apart "
    "on average. Language: messages whose language was found. Rejected: messages out of scope that "
    "were not answered; wrongly rejected: other messages that were not answered. Emergency: cries "
    "for help that were found; false alarms: messages that only look like one and were taken for "
    "one. Municipality: F1. The last line is all messages of the served languages for topic, need, "
    "ECE and wrongly rejected, and all messages of the set for the others."
)


def topics(result: Row) -> str:
    """Accuracy by topic and by style."""
    gate, needs = _gate_of("topic", "by_topic"), result["need"]["by_topic"]
    rows = [
        (
            topic_name(topic),
            (
                h.number(result["sizes"]["by_topic"][topic]),
                h.number(percent(needs.get(topic))),
                h.number(percent(share)),
                h.bar(share, gate),
            ),
        )
        for topic, share in worst_first(result["topic"]["by_topic"])
    ]
    styles = [
        (style.replace("_", " "), (h.number(percent(share)), h.bar(share)))
        for style, share in worst_first(result["topic"]["by_style"])
    ]
    columns = ("topic", "messages", "need, %", "accuracy, %", "bar (line: gate)")
    return h.section(
        "Topics",
        "topics",
        h.side_by_side(
            h.table("Topic accuracy by topic, the weakest first", columns, rows),
            h.table("Topic accuracy by style", ("style", "accuracy, %", "bar"), styles),
        ),
    )


def languages_and_topics(result: Row) -> str:
    """A heat map of accuracy."""
    figures = result["topic"]
    cells = figures["by_language_and_topic"]
    codes = in_order(cells)
    rows = [
        (
            topic_name(topic),
            [h.share_cell(cells[code].get(topic), WEAK) for code in codes]
            + [h.share_cell(share, WEAK)],
        )
        for topic, share in figures["by_topic"].items()
    ]
    if codes:
        by_language = [h.share_cell(figures["by_language"][code], WEAK) for code in codes]
        rows.append(("all", [*by_language, h.share_cell(figures["accuracy"], WEAK)]))
    headings = [h.Markup(f'<abbr title="{language_name(code)}">{code}</abbr>') for code in codes]
    return h.section(
        "Languages and topics",
        "cells",
        h.paragraph(
            "Topic accuracy in percent: the lower, the darker. A cell below "
            f"{plain_percent(WEAK)} is marked with an exclamation mark. A cell stands for few "
            "messages: one more or less may be seven points."
        ),
        h.table("Topic accuracy by topic and language", ("topic", *headings, "all"), rows, "heat"),
    )


def confusion_map(result: Row) -> str:
    """A heat map of which topic is taken for which."""
    sizes = result["sizes"]["by_topic"]
    counts = {(one["topic"], one["taken_for"]): one["count"] for one in result["confusions"]}
    topics = sorted({*sizes, *(other for _, other in counts)}, key=topic_name)
    rows = []
    for topic in topics:
        total = sizes.get(topic, 0)
        wrong = sum(counts.get((topic, other), 0) for other in topics)
        row = [
            h.count_cell(total - wrong, total, True)
            if other == topic
            else h.count_cell(counts.get((topic, other), 0), total, False)
            for other in topics
        ]
        rows.append((topic_name(topic), row))
    return h.section(
        "What is taken for what",
        "map",
        h.paragraph(
            "Each line is a topic, each column what its messages were taken for. Green cells are "
            "right (or fit as well); the others are the darker the more messages went there."
        ),
        h.table(
            "Confusion of topics, messages",
            ("topic", *map(topic_name, topics)),
            rows,
            "heat upright",
        ),
    )


def confusions(result: Row) -> str:
    """The most frequent confusions with examples."""
    rows = []
    for entry in result["confusions"][:CONFUSIONS]:
        examples = h.join(
            h.example(one["text"], one["lang"], one.get("style")) for one in entry["examples"]
        )
        cells = (
            h.cell(topic_name(entry["taken_for"])),
            h.number(entry["count"]),
            h.cell(h.Markup(f'<ul class="examples">{examples}</ul>')),
        )
        rows.append((topic_name(entry["topic"]), cells))
    columns = ("topic", "taken for", "times", "examples")
    caption = "The most frequent confusions"
    return h.section("Confusions", "confusions", h.table(caption, columns, rows))


def calibration(result: Row) -> str:
    """The reliability curve."""
    figures = result["calibration"]
    rows = [
        (
            signed_percent(one["confidence"]),
            (h.number(percent(one["accuracy"])), h.number(one["count"])),
        )
        for one in figures["bins"]
    ]
    columns = ("confidence", "accuracy, %", "messages")
    return h.section(
        "Confidence",
        "confidence",
        h.paragraph(
            "Were confidence exact, the dots would lie on the dashed line. They lie "
            f"{signed_percent(figures['ece'])} from it on average (ECE)."
        ),
        h.side_by_side(
            h.reliability_curve(figures["bins"]), h.table("Accuracy by confidence", columns, rows)
        ),
    )
