"""The comparison as tables for people, and as a dictionary for programs."""

from __future__ import annotations

import dataclasses
import os
import platform
from dataclasses import dataclass, field
from typing import Any, Optional

from rich.console import Console
from rich.table import Table

from benchmarks.nlu.measuring import Encoding, Row


@dataclass
class Section:
    """Contenders that were trained on the same phrases."""

    title: str
    phrases: int
    rows: list[Row] = field(default_factory=list)


@dataclass
class Comparison:
    """All that was measured."""

    #: What the contenders were measured on.
    messages: str
    count: int
    #: How many training phrases there are.
    phrases: int
    encoding: Encoding
    load_before: float
    sections: list[Section] = field(default_factory=list)
    #: Why a contender is missing.
    skipped: list[str] = field(default_factory=list)


def as_dict(found: Comparison) -> dict[str, Any]:
    """The comparison as JSON can hold it."""
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    return {"machine": machine, **dataclasses.asdict(found)}


def _share(value: Optional[float]) -> str:
    return "-" if value is None else f"{value:.3f}".removeprefix("0")


def _seconds(value: float) -> str:
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def cells(row: Row) -> list[str]:
    """What the table tells of a contender."""
    told = row.accuracy
    worst = f"{_share(told.worst)} {told.worst_language or ''}".strip()
    return [
        row.name,
        _share(told.topic),
        _share(told.need),
        worst,
        _share(told.untrained),
        _seconds(row.training.seconds),
        f"{row.milliseconds:.1f}",
        f"{row.model_mebibytes:.0f}",
        f"{row.training.mebibytes:.0f}",
    ]


def show(found: Comparison, console: Console) -> None:
    """Print the tables."""
    for section in found.sections:
        table = Table(title=f"{section.title}: {section.phrases} training phrases")
        table.add_column("", no_wrap=True)
        for name in (
            "topic",
            "need",
            "worst language",
            "untrained languages",
            "training s",
            "ms a message",
            "model MiB",
            "memory MiB",
        ):
            table.add_column(name, justify="right")
        for row in section.rows:
            table.add_row(*cells(row))
        console.print(table)
    for line in found.skipped:
        console.print(f"Not measured: {line}", markup=False)
    cost = found.encoding
    console.print(
        f"Accuracy on {found.count} messages ({found.messages}); worst and untrained languages by"
        " topic. Training with stored vectors. Time is the median of single messages on one core,"
        " with their encoding where vectors are used. The model is what pickle or the library"
        " stores, the memory what the process grew by; both without the encoder.",
        markup=False,
    )
    console.print(
        f"Encoding: {cost.milliseconds:.1f} ms a message, {cost.per_thousand:.1f} s for 1,000"
        f" phrases on all cores, so {cost.per_thousand * found.phrases / 1000:.0f} s for all"
        f" {found.phrases} training phrases. {os.cpu_count()} cores, load"
        f" {found.load_before:.2f} before the start.",
        markup=False,
    )
