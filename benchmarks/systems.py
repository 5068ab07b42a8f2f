"""The two measured systems: Kuntaopas as `kuntaopas run` starts it, and the bot of `rasa init`."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import Optional

from assistant.environment import VARIABLES
from assistant.model import NAME, fingerprint
from assistant.processes.ports import is_free
from assistant.settings import PROJECT_ROOT, get_settings
from benchmarks.processes import (
    BenchmarkFailed,
    Memory,
    answers,
    finish,
    memory,
    running,
    tail,
    wait_for,
)

READY_SECONDS, TRAIN_SECONDS = 180.0, 900.0
LOOPBACK = "127.0.0.1"
#: Ports that are tried; far from the usual ones, so that a running installation is not met.
FIRST_PORT = 18080


class Model(str, Enum):
    """Which model of Kuntaopas is measured."""

    project = "project"
    as_is = "as-is"
    fresh = "fresh"


@dataclass
class Started:
    """A running system: where it listens, how long it took, what it uses."""

    #: The public address; without a gateway, that of Rasa.
    url: str
    rasa_url: str
    process: int
    training_seconds: Optional[float]
    ready_seconds: float
    log: Path

    def last_errors(self) -> str:
        """The end of the log of its Rasa, for a person who wants to know why it fails."""
        try:
            return tail(self.log, 3)
        except OSError:
            return "none"

    def memory(self) -> Memory:
        """The memory of all its processes now."""
        return memory(self.process)


def _free_ports(count: int) -> list[int]:
    """Ports that are free now, each another one."""
    found = [port for port in range(FIRST_PORT, FIRST_PORT + 500) if is_free(LOOPBACK, port)]
    if len(found) < count:
        raise BenchmarkFailed("no free ports on loopback")
    return found[:count]


def _kuntaopas_environment(folder: Path, model: Model) -> dict[str, str]:
    """Settings with databases in the temporary folder and the vector cache of the project."""
    home = folder / "home"
    home.mkdir()
    cache = get_settings().vector_cache.parent
    cache.mkdir(parents=True, exist_ok=True)
    (home / "cache").symlink_to(cache, target_is_directory=True)
    gateway, rasa_port, actions = _free_ports(3)
    environment = {
        "KUNTAOPAS_HOME": str(home),
        "KUNTAOPAS_HOST": LOOPBACK,
        "KUNTAOPAS_PORT": str(gateway),
        "KUNTAOPAS_RASA_PORT": str(rasa_port),
        "KUNTAOPAS_ACTIONS_PORT": str(actions),
        # A database of the operator is never written to.
        "KUNTAOPAS_DATABASE_URL": str(home / "catalogue.db"),
        # What is measured is faster than any person.
        "KUNTAOPAS_REQUESTS_PER_MINUTE": "0",
        "KUNTAOPAS_CONVERSATIONS_PER_MINUTE": "0",
        "KUNTAOPAS_MESSAGES_PER_MINUTE": "0",
    }
    if model is not Model.project:
        environment["KUNTAOPAS_MODELS"] = str(folder / "models")
        (folder / "models").mkdir()
    if model is Model.as_is:
        _copy_model(get_settings().models, folder / "models")
    return environment


def _copy_model(source: Path, target: Path) -> None:
    """Copy the model with a note that it fits the present data, so that nothing is trained."""
    try:
        shutil.copy2(source / f"{NAME}.tar.gz", target)
        note = json.loads((source / f"{NAME}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BenchmarkFailed("there is no trained model: run `kuntaopas train`") from None
    note["fingerprint"] = fingerprint()
    (target / f"{NAME}.json").write_text(json.dumps(note), encoding="utf-8")


@contextmanager
def kuntaopas(folder: Path, model: Model) -> Iterator[Started]:
    """Kuntaopas as `kuntaopas run` starts it a second time: with model and catalogue.

    Args:
        folder: where its databases go; it is made.
        model: which model is measured.
    """
    folder.mkdir()
    environment = _kuntaopas_environment(folder, model)
    training = None
    if model is not Model.as_is:
        command = [sys.executable, "-m", "assistant.cli", "train"]
        took = finish(command, folder / "train.log", environment, PROJECT_ROOT, TRAIN_SECONDS)
        training = took if model is Model.fresh else None
    prepare = "from benchmarks.systems import first_start; first_start()"
    command = [sys.executable, "-c", prepare]
    finish(command, folder / "first.log", environment, PROJECT_ROOT, TRAIN_SECONDS)
    log = folder / "run.log"
    public = f"http://{LOOPBACK}:{environment['KUNTAOPAS_PORT']}"
    rasa_url = f"http://{LOOPBACK}:{environment['KUNTAOPAS_RASA_PORT']}"
    command = [sys.executable, "-m", "assistant.cli", "run"]
    with running(command, log, environment, PROJECT_ROOT) as process:
        ready = wait_for(process, answers(f"{public}/health/ready"), log, READY_SECONDS)
        rasa_log = folder / "home" / "logs" / "rasa.log"
        yield Started(public, rasa_url, process.pid, training, ready, rasa_log)


def first_start() -> None:
    """What only the first start of an installation has to do."""
    from assistant.processes.run import prepare_model_and_catalogue

    prepare_model_and_catalogue(get_settings())


def _rasa_folder() -> Path:
    """Where Rasa is installed, found without the seconds that importing it takes."""
    found = find_spec("rasa")
    if found is None or found.origin is None:
        raise BenchmarkFailed("Rasa is not installed: run `make setup`")
    return Path(found.origin).parent


@contextmanager
def init_bot(folder: Path) -> Iterator[Started]:
    """The bot of `rasa init`, trained and started as its project template is."""
    template = _rasa_folder() / "cli" / "initial_project"
    shutil.copytree(template, folder, ignore=shutil.ignore_patterns("__pycache__"))
    # As quiet as Kuntaopas, but with as many threads as the bot is used to.
    environment = {key: value for key, value in VARIABLES.items() if key != "OMP_NUM_THREADS"}
    command = [sys.executable, "-m", "rasa", "train"]
    training = finish(command, folder / "train.log", environment, folder, TRAIN_SECONDS)
    (port,) = _free_ports(1)
    log = folder / "run.log"
    command = [sys.executable, "-m", "rasa", "run", "--interface", LOOPBACK, "--port", str(port)]
    url = f"http://{LOOPBACK}:{port}"
    environment["LOG_LEVEL"] = "WARNING"
    with running(command, log, environment, folder) as process:
        ready = wait_for(process, answers(f"{url}/webhooks/rest/"), log, READY_SECONDS)
        yield Started(url, url, process.pid, training, ready, log)
