"""The two measured systems: Kuntaopas as `kuntaopas run` starts it, and the bot of `rasa init`."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Optional

import rasa

from assistant.environment import VARIABLES
from assistant.model import NAME, fingerprint
from assistant.processes.ports import is_free
from assistant.processes.supervisor import Supervisor
from assistant.settings import PROJECT_ROOT, Settings
from benchmarks.processes import BenchmarkFailed, Memory, answers, finish, memory, running, wait_for

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

    public_url: Optional[str]
    rasa_url: str
    process: int
    training_seconds: Optional[float]
    ready_seconds: float

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
    cache = Settings().vector_cache.parent
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
        **VARIABLES,
    }
    if model is not Model.project:
        environment["KUNTAOPAS_MODELS"] = str(folder / "models")
        (folder / "models").mkdir()
    if model is Model.as_is:
        _copy_model(Settings().models, folder / "models")
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
def kuntaopas(folder: Path, model: Model, gateway: bool) -> Iterator[Started]:
    """Kuntaopas, started a second time: model and catalogue are there already.

    Args:
        folder: an empty temporary folder.
        model: which model is measured.
        gateway: False starts Rasa and the action server alone.
    """
    folder.mkdir()
    environment = _kuntaopas_environment(folder, model)
    training = None
    if model is not Model.as_is:
        command = [sys.executable, "-m", "assistant.cli", "train"]
        took = finish(command, folder / "train.log", environment, PROJECT_ROOT, TRAIN_SECONDS)
        training = took if model is Model.fresh else None
    # The catalogue and, in a process that starts anew, everything else that the first start does.
    prepare = [sys.executable, "-m", "benchmarks.systems", "prepare"]
    finish(prepare, folder / "prepare.log", environment, PROJECT_ROOT, TRAIN_SECONDS)
    log = folder / "run.log"
    command = [sys.executable, "-m", "assistant.cli", "run"]
    if not gateway:
        command = [sys.executable, "-m", "benchmarks.systems", "run"]
    public = f"http://{LOOPBACK}:{environment['KUNTAOPAS_PORT']}"
    rasa_url = f"http://{LOOPBACK}:{environment['KUNTAOPAS_RASA_PORT']}"
    actions_url = f"http://{LOOPBACK}:{environment['KUNTAOPAS_ACTIONS_PORT']}"
    probes = [answers(f"{public}/health/ready")]
    if not gateway:
        probes = [answers(f"{actions_url}/health"), answers(f"{rasa_url}/webhooks/rest/")]
    with running(command, log, environment, PROJECT_ROOT) as process:
        ready = wait_for(process, lambda: all(probe() for probe in probes), log, READY_SECONDS)
        yield Started(public if gateway else None, rasa_url, process.pid, training, ready)


@contextmanager
def init_bot(folder: Path) -> Iterator[Started]:
    """The bot of `rasa init`, trained and started as its project template is."""
    template = Path(rasa.__file__).parent / "cli" / "initial_project"
    shutil.copytree(template, folder, ignore=shutil.ignore_patterns("__pycache__"))
    # The same calm environment, but with as many threads as TensorFlow likes.
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
        yield Started(None, url, process.pid, training, ready)


def _prepare() -> None:
    from assistant.processes.run import prepare_model_and_catalogue

    prepare_model_and_catalogue(Settings())


def _run_without_gateway() -> None:
    """Rasa and the action server, until SIGTERM."""
    import signal
    import time

    from assistant.processes.run import actions_child, prepare_model_and_catalogue, rasa_child

    settings = Settings()
    model = prepare_model_and_catalogue(settings)
    supervisor = Supervisor([actions_child(settings), rasa_child(settings, model)])

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    try:
        supervisor.start()
        while True:
            time.sleep(1)
            supervisor.check()
    except KeyboardInterrupt:
        pass
    finally:
        supervisor.stop()


if __name__ == "__main__":
    {"prepare": _prepare, "run": _run_without_gateway}[sys.argv[1]]()
