"""The result of an evaluation as tables in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.evaluation.gates import broken
from assistant.evaluation.metrics import Row, Share, Shares
from assistant.evaluation.wording import in_order, percent, signed_percent, worst_first

#: A cell of the table of languages and topics below this is marked.
WEAK = 0.80
MARK = "!"
CONFUSIONS = 10
#: Where output is not a terminal, the tables are this wide.
WIDTH = 120


def print_report(result: Row) -> None:
    """Print the result of `evaluate` on standard output, what is broken last."""
    console = Console(file=sys.stdout, highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    for table in (
        languages_and_topics(result),
        languages(result),
        topics(result),
        worst_confusions(result),
    ):
        if table.row_count:
            console.print(table)
    for line in single_lines(result):
        console.print(Text(line), soft_wrap=True)
    complaints = broken(result)
    console.print(Text("\nBroken gates:" if complaints else "\nNo gate is broken."))
    for complaint in complaints:
        console.print(Text(f"  {complaint}"), soft_wrap=True)


def _table(title: str, *columns: str, **options: Any) -> Table:
    """A table whose first column is text and whose others are numbers."""
    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", **options)
    for number, column in enumerate(columns):
        heading = column.replace(" ", "\n")
        table.add_column(heading, justify="right" if number else "left", no_wrap=True)
    return table


def _cell(share: Share) -> Text:
    """A whole percentage, marked when it is weak."""
    if share is None or share >= WEAK:
        return Text(percent(share, 0))
    return Text(percent(share, 0) + MARK, style="bold red")


def languages_and_topics(result: Row) -> Table:
    """Topic accuracy in percent: a line for each topic, a column for each language."""
    figures = result["topic"]
    cells = figures["by_language_and_topic"]
    codes = in_order(cells)
    table = _table(
        f"Topic accuracy, % ({MARK} below {WEAK:.0%})", "topic", *codes, "all", padding=(0, 0, 0, 1)
    )
    for topic, share in figures["by_topic"].items():
        of_topic = (_cell(cells[code].get(topic)) for code in codes)
        table.add_row(topic, *of_topic, _cell(share))
    if codes:
        of_language = (_cell(figures["by_language"][code]) for code in codes)
        table.add_row("all", *of_language, _cell(figures["accuracy"]))
    return table


def language_columns(result: Row) -> dict[str, tuple[Shares, Share]]:
    """The figures of a language by title of the column, and the figure over all languages."""
    topic, need, emergency = result["topic"], result["need"], result["emergency"]
    rejection, municipality = result["out_of_scope"], result["entities"]["by_entity"]
    other = result["without_training_data"]
    return {
        "topic": ({**topic["by_language"], **other["by_language"]}, topic["accuracy"]),
        "need": (need["by_language"], need["accuracy"]),
        "ECE": (result["calibration"]["by_language"], result["calibration"]["ece"]),
        "language": (result["language"]["by_language"], result["language"]["accuracy"]),
        "rejected": (rejection["by_language"], rejection["recall"]),
        "wrongly rejected": (
            rejection["false_rejection_by_language"],
            rejection["false_rejection"],
        ),
        "emergency": (emergency["recall_by_language"], emergency["recall"]),
        "false alarms": (emergency["false_alarms_by_language"], emergency["false_alarms"]),
        "municipality": (
            result["entities"]["by_language"],
            municipality.get("municipality", {}).get("f1"),
        ),
    }


def languages(result: Row) -> Table:
    """Every figure of each language, in percent; `all` of topics is that of the served ones."""
    columns = language_columns(result)
    codes = in_order({code for shares, _ in columns.values() for code in shares})
    table = _table("Languages, %", "language", *columns)
    for code in codes:
        table.add_row(code, *(percent(shares.get(code)) for shares, _ in columns.values()))
    if codes:
        table.add_row("all", *(percent(share) for _, share in columns.values()))
    return table


def topics(result: Row) -> Table:
    """Topics, the weakest first, with the languages in which they are weakest."""
    figures = result["topic"]
    table = _table("Topics, %", "topic", "messages", "accuracy", "need", "weakest in")
    for topic, share in worst_first(figures["by_topic"]):
        by_language = {
            code: row[topic]
            for code, row in figures["by_language_and_topic"].items()
            if topic in row
        }
        weakest = [(code, low) for code, low in worst_first(by_language) if low < 1][:3]
        table.add_row(
            topic,
            str(result["sizes"]["by_topic"][topic]),
            percent(share),
            percent(result["need"]["by_topic"].get(topic)),
            ", ".join(f"{code} {percent(low, 0)}" for code, low in weakest),
        )
    return table


def worst_confusions(result: Row) -> Table:
    """The most frequent confusions with examples."""
    table = Table(title="Confusions", box=SIMPLE_HEAD, title_justify="left")
    table.add_column("topic", overflow="fold")
    table.add_column("taken for", overflow="fold")
    table.add_column("times", justify="right")
    table.add_column("examples", overflow="fold")
    for entry in result["confusions"][:CONFUSIONS]:
        examples = "\n".join(f"{one['lang']}: {one['text']}" for one in entry["examples"])
        table.add_row(entry["topic"], entry["taken_for"], str(entry["count"]), Text(examples))
    return table


def single_lines(result: Row) -> Iterator[str]:
    """One line for each figure that has no table."""
    language, emergency = result["language"], result["emergency"]
    rejection, calibration = result["out_of_scope"], result["calibration"]
    other = result["without_training_data"]
    yield f"Styles: {_series(result['topic']['by_style'])}"
    yield (
        f"Without training data: {signed_percent(other['accuracy'])}{_detail(other['by_language'])}"
    )
    yield (
        f"Language: {signed_percent(language['accuracy'])}; one or two words "
        f"{signed_percent(language['short'])}; in messages of needs "
        f"{signed_percent(language['on_needs'])}{_detail(language['by_style'])}"
    )
    yield (
        f"Out of scope: {signed_percent(rejection['recall'])} rejected"
        f"{_detail(rejection['by_kind'])}; wrongly rejected "
        f"{signed_percent(rejection['false_rejection'])}"
    )
    yield (
        f"Emergencies: {signed_percent(emergency['recall'])} found, kind right "
        f"{signed_percent(emergency['kind_accuracy'])}; false alarms "
        f"{signed_percent(emergency['false_alarms'])}, in messages of needs "
        f"{signed_percent(emergency['false_alarms_on_needs'])}"
    )
    yield "Entities (precision, recall, F1): " + _joined(
        f"{name} {percent(row['precision'])} {percent(row['recall'])} {percent(row['f1'])}"
        for name, row in result["entities"]["by_entity"].items()
    )
    yield f"Calibration: error (ECE) {signed_percent(calibration['ece'])}; " + _joined(
        f"{percent(one['confidence'], 0)} is {percent(one['accuracy'], 0)} ({one['count']})"
        for one in calibration["bins"]
    )


def _series(shares: Shares) -> str:
    return _joined(f"{name} {percent(share)}" for name, share in worst_first(shares))


def _joined(parts: Iterator[str]) -> str:
    return ", ".join(parts) or "not measured"


def _detail(shares: Shares) -> str:
    """The figures of a table in brackets, the weakest first."""
    return f" ({_series(shares)})" if shares else ""
