"""How long one message takes, beside the bot of `rasa init` on the same machine.

`python -m benchmarks.messages` starts Kuntaopas, sends messages through the gateway and to its
Rasa alone, stops it, makes and trains the bot of `rasa init`, and does the same with that one.
Everything listens on loopback and lives in a temporary folder; see README.md beside this file.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from assistant.errors import KuntaopasError
from benchmarks.measure import (
    Door,
    GatewayDoor,
    Measured,
    RestDoor,
    check_answered,
    client,
    measure,
    planned,
)
from benchmarks.phrases import KUNTAOPAS, Script, init_bot_script
from benchmarks.processes import BenchmarkFailed
from benchmarks.report import Report, System, as_dict, show
from benchmarks.systems import Model, init_bot, kuntaopas

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
errors = Console(stderr=True)


@contextmanager
def bounded(seconds: int) -> Iterator[None]:
    """Let the block take no longer than this, and let SIGTERM end it tidily too.

    Raises:
        BenchmarkFailed: when the time is over.
    """

    def over(*_: object) -> None:
        raise BenchmarkFailed(f"stopped after {seconds} s: allow more with --limit")

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before: dict[int, Any] = {
        signal.SIGALRM: signal.signal(signal.SIGALRM, over),
        signal.SIGTERM: signal.signal(signal.SIGTERM, end),
    }
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        for number, handler in before.items():
            signal.signal(number, handler)


def timed(
    name: str, doors: Sequence[Door], scripts: Sequence[Script], messages: int
) -> list[Measured]:
    """Measure the doors of a system, with a progress bar on standard error."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
    )
    with bar:
        task = bar.add_task(name, total=len(doors) * planned(scripts, messages))
        return measure(doors, scripts, messages, lambda: bar.advance(task))


def measure_kuntaopas(
    folder: Path, http: httpx.Client, messages: int, model: Model
) -> tuple[System, System]:
    """Kuntaopas through its gateway, and its Rasa without the gateway."""
    errors.print("Starting Kuntaopas.")
    with kuntaopas(folder, model) as started:
        public: Door = GatewayDoor(http, started.url)
        rasa: Door = RestDoor(http, started.rasa_url, metadata=True)
        found = timed("Kuntaopas", [public, rasa], KUNTAOPAS, messages)
        for measured in found:
            check_answered(measured, f"Kuntaopas (log: {started.last_errors()})")
        through_gateway, rasa_alone = found
        whole = System(
            "Kuntaopas",
            through_gateway,
            started.memory(),
            started.training_seconds,
            started.ready_seconds,
        )
    return whole, System("Kuntaopas, Rasa alone", rasa_alone)


def measure_init_bot(folder: Path, http: httpx.Client, messages: int) -> System:
    """The bot of `rasa init`."""
    errors.print("Training the bot of `rasa init`.")
    with init_bot(folder) as started:
        script = init_bot_script(folder)
        door = RestDoor(http, started.rasa_url, metadata=False)
        (measured,) = timed("rasa init", [door], [script], messages)
        memory = started.memory()
    return System("rasa init", measured, memory, started.training_seconds, started.ready_seconds)


def measure_both(messages: int, model: Model) -> Report:
    """Measure Kuntaopas, then the bot of `rasa init`; never both at the same time."""
    load = os.getloadavg()[0]
    folder = Path(tempfile.mkdtemp(prefix="kuntaopas-bench-"))
    try:
        with client() as http:
            whole, rasa = measure_kuntaopas(folder / "kuntaopas", http, messages, model)
            init = measure_init_bot(folder / "init", http, messages)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Report(whole, rasa, init, load)


@app.command()
def main(
    messages: int = typer.Option(200, min=20, help="Messages to each system"),
    model: Model = typer.Option(
        Model.project,
        help="Which model: the project's, trained if stale; as-is even if stale; a fresh one",
    ),
    limit: int = typer.Option(1800, min=60, help="Seconds after which all is stopped"),
    as_json: bool = typer.Option(False, "--json", help="Print JSON"),
) -> None:
    """Measure one message of Kuntaopas beside the bot of `rasa init`."""
    try:
        with bounded(limit):
            report = measure_both(messages, model)
    except KuntaopasError as error:
        sys.stderr.write(f"benchmark: {error}\n")
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    if as_json:
        sys.stdout.write(json.dumps(as_dict(report)) + "\n")
    else:
        show(report, Console())


if __name__ == "__main__":
    app()
