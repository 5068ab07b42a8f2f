"""Parts of the HTML report about the sets beside that of needs."""

from __future__ import annotations

from assistant.evaluation import html_elements as h
from assistant.evaluation.html_topics import language_heading
from assistant.evaluation.metrics import Row, Shares
from assistant.evaluation.wording import in_order, percent, signed_percent, worst_first


def _shares(caption: str, what: str, shares: Shares, names: bool = False) -> h.Markup:
    """A small table of shares: languages in their order and by name, others the worst first."""
    order = in_order(shares) if names else [name for name, _ in worst_first(shares)]
    rows = [
        (
            language_heading(name) if names else name.replace("_", " "),
            (h.number(percent(shares[name])),),
        )
        for name in order
    ]
    return h.table(caption, (what, "%"), rows)


def out_of_scope(result: Row) -> str:
    """What was rejected, rightly and wrongly."""
    figures = result["out_of_scope"]
    return h.section(
        "Out of scope",
        "out-of-scope",
        h.paragraph(
            f"Of {result['sizes']['out_of_scope']} messages that a municipal guide cannot answer, "
            f"{signed_percent(figures['recall'])} were turned down or asked about. So were "
            f"{signed_percent(figures['false_rejection'])} of the messages that it can answer."
        ),
        h.side_by_side(
            _shares("Rejected by kind", "kind", figures["by_kind"]),
            _shares("Rejected by language", "language", figures["by_language"], names=True),
            _shares(
                "Wrongly rejected by language",
                "language",
                figures["false_rejection_by_language"],
                names=True,
            ),
        ),
    )


def emergencies(result: Row) -> str:
    """Cries for help that were found, and false alarms."""
    figures = result["emergency"]
    return h.section(
        "Emergencies",
        "emergencies",
        h.paragraph(
            f"{signed_percent(figures['recall'])} of the cries for help were found, and of these "
            f"{signed_percent(figures['kind_accuracy'])} with the right kind of danger. "
            f"False alarms: {signed_percent(figures['false_alarms'])} of messages that only look "
            f"like a cry for help, {signed_percent(figures['false_alarms_on_needs'])} of ordinary "
            "messages."
        ),
        h.side_by_side(
            _shares("Found by kind", "kind", figures["recall_by_kind"]),
            _shares("Found by language", "language", figures["recall_by_language"], names=True),
            _shares(
                "False alarms by language",
                "language",
                figures["false_alarms_by_language"],
                names=True,
            ),
        ),
    )


def language_identification(result: Row) -> str:
    """Languages that were found."""
    figures = result["language"]
    return h.section(
        "Language identification",
        "identification",
        h.paragraph(
            f"The language was found of {signed_percent(figures['accuracy'])} of "
            f"{result['sizes']['language']} messages, of {signed_percent(figures['short'])} of "
            f"those of one or two words, and of {signed_percent(figures['on_needs'])} of the "
            "messages about needs."
        ),
        h.side_by_side(
            _shares("Found by language", "language", figures["by_language"], names=True),
            _shares("One or two words", "language", figures["short_by_language"], names=True),
            _shares("Found by style", "style", figures["by_style"]),
        ),
    )


def entities(result: Row) -> str:
    """Precision and recall of entities."""
    figures = result["entities"]
    rows = [
        (
            name.replace("_", " "),
            (
                *(h.number(percent(row[key])) for key in ("precision", "recall", "f1")),
                h.number(row["count"]),
            ),
        )
        for name, row in figures["by_entity"].items()
    ]
    columns = ("entity", "precision, %", "recall, %", "F1, %", "in the messages")
    return h.section(
        "Entities",
        "entities",
        h.side_by_side(
            h.table("What was found in messages", columns, rows),
            _shares("Municipality F1", "language", figures["by_language"], names=True),
        ),
    )
