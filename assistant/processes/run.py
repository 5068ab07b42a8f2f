"""`kuntaopas run`: train if needed, start all processes, wait until they are ready."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Optional
from urllib.error import URLError
from urllib.request import urlopen

import yaml

from assistant.model import state
from assistant.processes.ports import free_port, is_free
from assistant.processes.supervisor import Child, ProcessFailed, Supervisor
from assistant.settings import PROJECT_ROOT, Settings

READY_SECONDS = 180.0
POLL_SECONDS = 0.25


def say(line: str) -> None:
    """Tell the operator what happens."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def prepare_model_and_catalogue(settings: Settings) -> Path:
    """Train the model if it is missing or stale, and load the own catalogue."""
    found = state(settings)
    if not found.fresh:
        say(f"Training, because {found.reason}. The first time takes a few minutes.")
        train_in_child(settings)
    from assistant.catalogue import ensure_own_catalogue, open_store
    from assistant.embedding import CachedEncoder, load_encoder
    from assistant.progress import progress_bar

    settings.home.mkdir(parents=True, exist_ok=True)
    encoder = CachedEncoder(load_encoder(settings.encoder), settings.vector_cache)
    with progress_bar("Catalogue") as advance:
        ensure_own_catalogue(open_store(settings.catalogue_url), encoder, advance)
    return found.path


def train_in_child(settings: Settings) -> None:
    """Train in a process of its own, so that the parent does not keep Rasa's memory.

    Raises:
        ProcessFailed: if training fails.
    """
    import subprocess

    done = subprocess.run([sys.executable, "-m", "assistant.cli", "train"], check=False)
    if done.returncode != 0 or not state(settings).fresh:
        raise ProcessFailed("training failed: see the lines above")


def write_endpoints(settings: Settings) -> Path:
    """`endpoints.yml` with the port that the action server really has."""
    endpoints = yaml.safe_load((PROJECT_ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    endpoints["action_endpoint"]["url"] = f"http://127.0.0.1:{settings.actions_port}/webhook"
    path = settings.home / "run" / "endpoints.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    return path


def actions_child(settings: Settings) -> Child:
    """The action server."""
    return Child(
        "the action server",
        [sys.executable, "-m", "actions.server"],
        settings.home / "logs" / "actions.log",
        {"KUNTAOPAS_ACTIONS_PORT": str(settings.actions_port)},
    )


def rasa_child(settings: Settings, model: Path) -> Child:
    """The Rasa server, on loopback."""
    command = [sys.executable, "-m", "rasa", "run", "--model", str(model)]
    command += ["--endpoints", str(write_endpoints(settings))]
    command += ["--credentials", str(PROJECT_ROOT / "credentials.yml")]
    command += ["--interface", "127.0.0.1", "--port", str(settings.rasa_port)]
    return Child(
        "Rasa",
        command,
        settings.home / "logs" / "rasa.log",
        {
            "LOG_LEVEL": "WARNING",
            # The sentence encoder is the largest part of a message: two cores share it.
            "OMP_NUM_THREADS": str(min(2, os.cpu_count() or 1)),
        },
    )


def gateway_child(settings: Settings) -> Child:
    """The gateway, the only public door."""
    return Child(
        "the gateway",
        [sys.executable, "-m", "assistant.gateway"],
        settings.home / "logs" / "gateway.log",
        {
            "KUNTAOPAS_HOST": settings.host,
            "KUNTAOPAS_PORT": str(settings.port),
            "KUNTAOPAS_RASA_PORT": str(settings.rasa_port),
            "KUNTAOPAS_ACTIONS_PORT": str(settings.actions_port),
        },
    )


def wait_until_ready(url: str, supervisor: Supervisor) -> None:
    """Wait until the gateway says that every part is ready.

    Raises:
        ProcessFailed: if that takes too long, or a process does not start.
    """
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        for child in supervisor.children:
            if not child.running:
                raise ProcessFailed(f"{child.name} did not start: see {child.log}")
        try:
            with urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            pass
        time.sleep(POLL_SECONDS)
    raise ProcessFailed(f"the assistant was not ready in {READY_SECONDS:.0f} s: see var/logs")


def run_all(settings: Settings) -> None:
    """Run until Ctrl-C or SIGTERM.

    Raises:
        ProcessFailed: if the port is taken or a process does not start.
    """
    if not is_free(settings.host, settings.port):
        raise ProcessFailed(
            f"port {settings.port} is taken: stop the other program, or choose another port "
            f"with --port"
        )
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    model = prepare_model_and_catalogue(settings)
    settings.rasa_port = free_port(settings.rasa_port)
    settings.actions_port = free_port(settings.actions_port)
    supervisor = Supervisor(
        [actions_child(settings), rasa_child(settings, model), gateway_child(settings)]
    )
    say("Starting Rasa, the action server and the gateway.")
    try:
        supervisor.start()
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        local = "127.0.0.1" if settings.host == "0.0.0.0" else host
        wait_until_ready(f"http://{local}:{settings.port}/health/ready", supervisor)
        say(f"Kuntaopas is ready: http://{local}:{settings.port}/   (Ctrl-C stops it)")
        while True:
            time.sleep(1)
            supervisor.check()
    except KeyboardInterrupt:
        say("Stopping.")
    finally:
        supervisor.stop()


def interrupt(number: int, frame: Optional[FrameType]) -> None:
    """Signal handler: end as Ctrl-C does."""
    raise KeyboardInterrupt
