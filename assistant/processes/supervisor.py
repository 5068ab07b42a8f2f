"""Starts child processes, starts those anew that die, and stops all."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Optional

from assistant.errors import KuntaopasError

logger = logging.getLogger(__name__)

#: A process that dies this often within `WINDOW` seconds is not started again.
MAX_RESTARTS, WINDOW = 5, 120.0
STOP_SECONDS = 10.0


class ProcessFailed(KuntaopasError):
    """A process does not start or dies again and again."""


@dataclass
class Child:
    """One child process and its log file."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str]
    process: Optional[subprocess.Popen[bytes]] = None
    starts: list[float] = field(default_factory=list)
    file: Optional[IO[bytes]] = None

    def start(self) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches the parent alone.

        Raises:
            ProcessFailed: if there is no such program.
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.file is None:
            self.file = self.log.open("wb")
        self.starts.append(time.monotonic())
        try:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=self.file,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )
        except OSError as error:
            raise ProcessFailed(f"{self.name} cannot be started: {error}") from error

    @property
    def running(self) -> bool:
        """True while the process lives."""
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> None:
        """Send a signal to the process and its own children."""
        if self.process is not None and self.running:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                pass


class Supervisor:
    """A set of processes that live and end together."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = list(children)

    def start(self) -> None:
        """Start all."""
        for child in self.children:
            child.start()

    def check(self) -> None:
        """Start the processes anew that have died.

        Raises:
            ProcessFailed: naming the process that dies again and again, and its log.
        """
        for child in self.children:
            if child.running:
                continue
            now = time.monotonic()
            recent = [moment for moment in child.starts if now - moment < WINDOW]
            if len(recent) > MAX_RESTARTS:
                raise ProcessFailed(f"{child.name} does not keep running: see {child.log}")
            logger.warning("%s has stopped and is started again", child.name)
            child.start()

    def stop(self) -> None:
        """Ask all to end, and end those that do not."""
        for child in reversed(self.children):
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while any(child.running for child in self.children) and time.monotonic() < deadline:
            time.sleep(0.05)
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
            if child.file is not None:
                child.file.close()
                child.file = None
