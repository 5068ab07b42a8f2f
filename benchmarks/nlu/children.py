"""Runs a group of contenders in a process of its own, so that memory is told apart."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection

from benchmarks.nlu.fasttext_model import Missing
from benchmarks.nlu.jobs import BESIDE, JOBS, SLOW, Task
from benchmarks.nlu.measuring import Row
from benchmarks.processes import BenchmarkFailed

STOP_SECONDS = 10.0
LIBRARIES = (
    "scipy.linalg",
    "sklearn.feature_extraction.text",
    "sklearn.linear_model",
    "sklearn.neural_network",
)


class Stopped(BenchmarkFailed):
    """A group was not measured to its end."""

    def __init__(self, reason: str, missing: bool = False) -> None:
        """Say why.

        Args:
            reason: for the person who reads it.
            missing: whether only a package is not installed.
        """
        super().__init__(reason)
        self.missing = missing


def run(name: str, task: Task, limit: float) -> Iterator[Row]:
    """The rows of a group, each as soon as it is measured.

    Args:
        name: the group.
        task: what it is trained and measured on.
        limit: seconds that one row may take.

    Raises:
        Stopped: if the group cannot run, fails, or takes too long.
    """
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sending, name, task), daemon=True)
    process.start()
    sending.close()
    try:
        while True:
            if not receiving.poll(limit):
                raise Stopped(f"{name}: stopped after {limit:.0f} s: allow more by --limit")
            try:
                found = receiving.recv()
            except EOFError:
                process.join(STOP_SECONDS)
                raise Stopped(f"{name}: its process ended ({process.exitcode})") from None
            if found is None:
                return
            if not isinstance(found, Row):
                reason, missing = found
                raise Stopped(f"{name}: {reason}", missing)
            yield found
    finally:
        process.terminate()
        process.join(STOP_SECONDS)
        receiving.close()


def _work(sending: Connection, name: str, task: Task) -> None:
    # Libraries print what they like; standard output belongs to the report.
    os.dup2(2, 1)
    # Loaded before anything is measured, for most contenders share it.
    for library in LIBRARIES:
        import_module(library)

    try:
        for row in {**BESIDE, **JOBS, **SLOW}[name](task):
            sending.send(row)
        sending.send(None)
    except Missing as error:
        sending.send((str(error), True))
    except Exception as error:
        traceback.print_exc()
        sending.send((f"{type(error).__name__}: {error}", False))
