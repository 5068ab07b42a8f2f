"""Starts the measured programs, sees their memory in /proc, and stops all that was started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import httpx

from assistant.errors import KuntaopasError

PROC = Path("/proc")
POLL_SECONDS, PROBE_SECONDS, STOP_SECONDS = 0.1, 2.0, 20.0
MEBI = 1024 * 1024


class BenchmarkFailed(KuntaopasError):
    """Something cannot be measured."""


@dataclass(frozen=True)
class Memory:
    """Memory of a process and all its descendants, in MiB; `pss` counts shared pages once."""

    processes: int
    rss: float
    pss: Optional[float]


def _parents() -> dict[int, int]:
    """The parent of every process."""
    found = {}
    for folder in PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            # The name, in parentheses, may hold spaces; state and parent follow it.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(folder.name)] = int(fields[1])
    return found


def family(root: int) -> list[int]:
    """A process and all its descendants, the oldest first."""
    parents = _parents()
    members = [root] if root in parents else []
    for member in members:
        members += [child for child, parent in parents.items() if parent == member]
    return members


def _started(process: int) -> Optional[str]:
    """When a process started, which tells it from a later one with the same id."""
    try:
        return (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return None


def _pss(process: int) -> int:
    for line in (PROC / str(process) / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise OSError("no Pss")


def memory(root: int) -> Memory:
    """The memory of a process and its descendants now."""
    page = os.sysconf("SC_PAGE_SIZE")
    members, rss, pss = 0, 0, 0
    pss_known = True
    for process in family(root):
        try:
            rss += int((PROC / str(process) / "statm").read_text().split()[1]) * page
        except OSError:
            continue
        members += 1
        try:
            pss += _pss(process)
        except OSError:
            pss_known = False
    return Memory(members, rss / MEBI, pss / MEBI if pss_known else None)


def tail(log: Path, lines: int = 5) -> str:
    """The last lines of a log, in one."""
    return " | ".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def finish(
    command: Sequence[str],
    log: Path,
    environment: Mapping[str, str],
    folder: Path,
    seconds: float,
) -> float:
    """Run a program to its end.

    Returns:
        the seconds it took.

    Raises:
        BenchmarkFailed: if it fails or takes too long.
    """
    with running(command, log, environment, folder) as process:
        started = time.monotonic()
        try:
            code = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise BenchmarkFailed(f"{' '.join(command[:5])} took over {seconds:.0f} s") from None
        took = time.monotonic() - started
    if code != 0:
        raise BenchmarkFailed(f"{' '.join(command[:5])} failed: {tail(log)}")
    return took


@contextmanager
def running(
    command: Sequence[str], log: Path, environment: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs inside the block; it and its descendants end with the block."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            cwd=folder,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, then end it and those of its descendants that are left, by id."""
    members = {member: _started(member) for member in family(process.pid)}
    if process.poll() is None:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        pass
    while time.monotonic() < deadline and any(
        start is not None and _started(member) == start and member != process.pid
        for member, start in members.items()
    ):
        time.sleep(POLL_SECONDS)
    for member, start in members.items():
        if start is not None and _started(member) == start:
            try:
                os.kill(member, signal.SIGKILL)
            except ProcessLookupError:
                pass
    process.wait()


def wait_for(
    process: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path, seconds: float
) -> float:
    """Wait until a program is ready.

    Returns:
        the seconds since the call.

    Raises:
        BenchmarkFailed: if it ends or is not ready in time.
    """
    started = time.monotonic()
    while (waited := time.monotonic() - started) < seconds:
        if process.poll() is not None:
            raise BenchmarkFailed(f"a program ended before it was ready: {tail(log)}")
        if ready():
            return waited
        time.sleep(POLL_SECONDS)
    raise BenchmarkFailed(f"a program was not ready in {seconds:.0f} s: {tail(log)}")


def answers(url: str) -> Callable[[], bool]:
    """A question whether a GET of this address succeeds."""

    def probe() -> bool:
        try:
            return httpx.get(url, timeout=PROBE_SECONDS, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    return probe
