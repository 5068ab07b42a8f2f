"""What the benchmark tells: a table for people, a dictionary for programs."""

from __future__ import annotations

import dataclasses
import os
import platform
from dataclasses import dataclass
from typing import Any, Optional

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Measured
from benchmarks.processes import Memory
from benchmarks.summary import ratio

#: What Kuntaopas is allowed.
MEDIAN_MS, READY_SECONDS, MEMORY_MIB = 40.0, 30.0, 2.2 * 1024


@dataclass(frozen=True)
class System:
    """One column of the table."""

    name: str
    measured: Measured
    #: These are of a whole system; unknown where only one part of it was measured.
    memory: Optional[Memory] = None
    training_seconds: Optional[float] = None
    ready_seconds: Optional[float] = None


@dataclass(frozen=True)
class Report:
    """All that was measured."""

    kuntaopas: System
    rasa_alone: System
    init_bot: System
    load_before: float

    @property
    def systems(self) -> list[System]:
        """The columns of the table."""
        return [self.kuntaopas, self.rasa_alone, self.init_bot]

    @property
    def median_ratio(self) -> float:
        """How many times as long Kuntaopas takes for a message as the bot of `rasa init`."""
        return ratio(self.kuntaopas.measured.latency.median, self.init_bot.measured.latency.median)

    @property
    def gateway_ms(self) -> float:
        """What the gateway adds to a message of Kuntaopas."""
        alone = self.rasa_alone.measured.latency.median
        return self.kuntaopas.measured.latency.median - alone

    def limits(self) -> list[tuple[str, float, float]]:
        """What Kuntaopas may use at most: what, measured, limit."""
        found = [("median ms", self.kuntaopas.measured.latency.median, MEDIAN_MS)]
        if self.kuntaopas.ready_seconds is not None:
            found.append(("seconds to ready", self.kuntaopas.ready_seconds, READY_SECONDS))
        if self.kuntaopas.memory is not None:
            found.append(("memory MiB", self.kuntaopas.memory.rss, MEMORY_MIB))
        return found


def as_dict(report: Report) -> dict[str, Any]:
    """The report as JSON can hold it."""
    systems = [dataclasses.asdict(system) for system in report.systems]
    for system, told in zip(report.systems, systems):
        told["measured"]["growth"]["factor"] = system.measured.growth.factor
    return {
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "load_before": report.load_before,
        },
        "systems": systems,
        "median_ratio": report.median_ratio,
        "gateway_ms": report.gateway_ms,
        "limits": [
            {"what": what, "measured": measured, "limit": limit, "kept": measured <= limit}
            for what, measured, limit in report.limits()
        ],
    }


def _number(value: Optional[float], digits: int = 1) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def show(report: Report, console: Console) -> None:
    """Print the table."""
    systems = report.systems
    table = Table(
        title="One message, sent one after another",
        caption=f"{os.cpu_count()} cores, load {report.load_before:.2f} before the start",
    )
    table.add_column("")
    for system in systems:
        table.add_column(system.name, justify="right")
    latencies = [system.measured.latency for system in systems]
    growths = [system.measured.growth for system in systems]
    memories = [system.memory for system in systems]
    rows: list[tuple[str, list[str]]] = [
        ("messages", [str(latency.count) for latency in latencies]),
        ("median ms", [_number(latency.median) for latency in latencies]),
        ("95 % within ms", [_number(latency.p95) for latency in latencies]),
        ("fastest ms", [_number(latency.minimum) for latency in latencies]),
        ("mean ms", [_number(latency.mean) for latency in latencies]),
        ("turns 1-5, median ms", [_number(each.early) for each in growths]),
        ("turns 45-50, median ms", [_number(each.late) for each in growths]),
        ("slower by turn 50, times", [_number(each.factor, 2) for each in growths]),
        ("apologies or silence", [str(system.measured.unanswered) for system in systems]),
        ("memory MiB (RSS)", [_number(each.rss, 0) if each else "" for each in memories]),
        ("memory MiB (PSS)", [_number(each.pss, 0) if each else "" for each in memories]),
        ("processes", [str(each.processes) if each else "" for each in memories]),
        ("training s", [_number(system.training_seconds) for system in systems]),
        ("seconds to ready", [_number(system.ready_seconds) for system in systems]),
    ]
    for name, cells in rows:
        table.add_row(name, *cells)
    console.print(table)
    console.print(
        f"Median of {report.kuntaopas.name} / {report.init_bot.name}: {report.median_ratio:.2f}"
    )
    console.print(f"The gateway adds {report.gateway_ms:.1f} ms a message.")
    for what, measured, limit in report.limits():
        verdict = "[green]kept[/]" if measured <= limit else "[red]missed[/]"
        console.print(f"{what}: {measured:.1f}, at most {limit:.1f}: {verdict}")
