"""`kuntaopas shell`: `rasa shell` with the action server running beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Optional
from urllib.error import URLError
from urllib.request import urlopen

from assistant.processes.ports import free_port
from assistant.processes.run import (
    actions_child,
    interrupt,
    prepare_model_and_catalogue,
    say,
    write_endpoints,
)
from assistant.processes.supervisor import ProcessFailed, Supervisor
from assistant.settings import PROJECT_ROOT, Settings

START_SECONDS = 30.0


def run_shell(settings: Settings, language: Optional[str] = None, debug_nlu: bool = False) -> None:
    """Talk to the assistant in the terminal until `/stop` or Ctrl-C.

    Args:
        settings: the installation's settings.
        language: language in which the conversation starts; found out when it is not given.
        debug_nlu: show what NLU understood before every answer.
    """
    model = prepare_model_and_catalogue(settings)
    settings.actions_port = free_port(settings.actions_port)
    supervisor = Supervisor([actions_child(settings)])
    if language:
        os.environ["KUNTAOPAS_LANGUAGE"] = language
    if debug_nlu:
        os.environ["KUNTAOPAS_DEBUG_NLU"] = "1"
    command = [sys.executable, "-m", "rasa", "shell", "--model", str(model)]
    command += ["--endpoints", str(write_endpoints(settings))]
    command += ["--port", str(free_port(settings.rasa_port))]
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        supervisor.start()
        _wait(settings)
        say("Loading the model. Write /stop to end.")
        subprocess.run(
            command, env={**os.environ, "LOG_LEVEL": "ERROR"}, cwd=PROJECT_ROOT, check=False
        )
    except KeyboardInterrupt:
        pass
    finally:
        supervisor.stop()


def _wait(settings: Settings) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{settings.actions_port}/health", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise ProcessFailed(f"the action server did not start: see {settings.home}/logs/actions.log")
