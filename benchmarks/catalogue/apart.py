"""Runs a measurement in a process of its own, so that its memory is its own and nothing is warm."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from benchmarks.processes import BenchmarkFailed

STOP_SECONDS = 10.0
#: Seconds without a word after which a measurement is given up.
SILENCE_SECONDS = 1800.0

#: Tells how far a measurement is.
Tell = Callable[[str], None]
T = TypeVar("T")


def apart(work: Callable[..., T], *arguments: Any, tell: Tell) -> T:
    """The result of `work(tell, *arguments)` in a fresh process.

    Raises:
        BenchmarkFailed: if it fails, ends early or falls silent.
    """
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sending, work, arguments), daemon=True)
    process.start()
    sending.close()
    try:
        while True:
            if not receiving.poll(SILENCE_SECONDS):
                raise BenchmarkFailed(f"stopped after {SILENCE_SECONDS:.0f} s of silence")
            try:
                kind, value = receiving.recv()
            except EOFError:
                process.join(STOP_SECONDS)
                raise BenchmarkFailed(f"a process ended ({process.exitcode})") from None
            if kind == "failed":
                raise BenchmarkFailed(value)
            if kind == "done":
                result: T = value
                return result
            tell(value)
    finally:
        process.terminate()
        process.join(STOP_SECONDS)
        receiving.close()


def _work(sending: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        result = work(lambda text: sending.send(("told", text)), *arguments)
        sending.send(("done", result))
    except Exception as error:
        traceback.print_exc()
        sending.send(("failed", f"{type(error).__name__}: {error}"))
