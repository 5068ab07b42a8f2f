"""A fresh clone sets itself up, with an empty home and nothing installed outside its folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.settings import PROJECT_ROOT

NEEDED = ("git", "make")
missing = [name for name in NEEDED if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} is not installed")


def call(*command: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess:
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=900
    )


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def environment(home, tmp_path_factory) -> dict[str, str]:
    """What a new person's shell has: PATH without this project's packages, an empty HOME."""
    own = str(PROJECT_ROOT / ".venv")
    folders = [one for one in os.environ["PATH"].split(os.pathsep) if not one.startswith(own)]
    kept = {
        name: os.environ[name] for name in ("LANG", "TMPDIR", "PYENV_ROOT") if name in os.environ
    }
    kept |= {
        name: value
        for name, value in os.environ.items()
        if name.lower().endswith("_proxy") or name.endswith(("_INDEX_URL", "_CERT_FILE"))
    }
    # pip asks `rustc` for its version, and where rustup answers it makes a folder of its own.
    kept["RUSTUP_HOME"] = str(tmp_path_factory.mktemp("rustup"))
    return {**kept, "PATH": os.pathsep.join(folders), "HOME": str(home)}


@pytest.fixture(scope="module")
def clone(tmp_path_factory, environment) -> Path:
    folder = tmp_path_factory.mktemp("clone") / "kuntaopas"
    done = call(
        "git",
        "-c",
        "safe.directory=*",
        "clone",
        "--quiet",
        str(PROJECT_ROOT),
        str(folder),
        folder=folder.parent,
        environment=environment,
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_make_alone_says_what_can_be_made(clone, environment):
    done = call("make", folder=clone, environment=environment)
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("run", "shell", "train", "test", "lint", "bench"))


def test_a_fresh_clone_sets_itself_up_and_writes_nothing_into_the_home(clone, environment, home):
    # Packages that this project has fetched before need not be fetched again.
    cache = PROJECT_ROOT / ".uv" / "cache"
    cached = {**environment, "UV_CACHE_DIR": str(cache)} if cache.exists() else environment
    done = call("make", "setup", folder=clone, environment=cached)
    assert done.returncode == 0, done.stderr
    found = call(".venv/bin/kuntaopas", "--help", folder=clone, environment=environment)
    assert found.returncode == 0, found.stderr
    assert "catalogue" in found.stdout
    again = call("make", "setup", folder=clone, environment=cached)
    assert (again.returncode, again.stderr) == (0, "")
    assert files_in(home) == []


TOOLS = ("bash", "sh", "env", "dirname", "mkdir", "ls", "grep", "rm", "touch", "make")


@pytest.fixture
def bare(tmp_path, home):
    """A machine with the tools of a shell and what a test puts on its PATH."""
    path = tmp_path / "bin"
    path.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        if found:
            (path / name).symlink_to(found)

    def program(name: str, script: str) -> None:
        (path / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (path / name).chmod(0o755)

    program.environment = {
        "PATH": str(path),
        "HOME": str(home),
        "PYENV_ROOT": str(tmp_path / "none"),
    }
    return program


@pytest.fixture
def scripts(tmp_path) -> Path:
    """A project folder that has no more than the script and its lock files."""
    folder = tmp_path / "project"
    (folder / "scripts").mkdir(parents=True)
    for name in ("scripts/setup.sh", "Makefile", "pyproject.toml", "uv.lock", ".python-version"):
        source = (PROJECT_ROOT / name).read_text(encoding="utf-8")
        # A Python 3.10 in one of these places would be found without PATH.
        source = source.replace("/usr/local/bin/python3.10", "/nowhere/python3.10")
        source = source.replace("/opt/python3.10/bin/python3.10", "/nowhere/python3.10")
        (folder / name).write_text(source, encoding="utf-8")
    return folder


def setup(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess:
    return call("bash", "scripts/setup.sh", folder=folder, environment=environment)


def test_without_python_3_10_and_downloads_one_line_says_what_to_install(bare, scripts):
    bare("uv", "exit 1")
    bare("python3", "exit 1")
    done = setup(scripts, bare.environment)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(
        "setup: Python 3.10 was not found and could not be fetched: install"
    )


def test_without_uv_and_pip_one_line_says_what_to_install(bare, scripts):
    bare("python3", "exit 1")
    done = setup(scripts, bare.environment)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("setup: uv could not be installed: install Python 3 with pip")


def test_packages_that_cannot_be_installed_are_one_line_after_uv_s_own(bare, scripts):
    bare("uv", 'case "$1" in python) exit 0;; *) echo "no network" >&2; exit 2;; esac')
    bare("python3", "exit 1")
    done = setup(scripts, bare.environment)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-2:] == [
        "no network",
        "setup: the packages could not be installed: see the lines above",
    ]


def test_a_python_3_10_that_is_there_is_used_and_none_is_fetched(bare, scripts, tmp_path):
    bare("python3.10", f'echo "{tmp_path}/the-python"')
    bare("uv", 'echo "$UV_PYTHON $UV_PYTHON_DOWNLOADS $*" >> calls')
    done = setup(scripts, bare.environment)
    assert done.returncode == 0, done.stderr
    calls = (scripts / "calls").read_text(encoding="utf-8").splitlines()
    assert len(calls) == 1
    assert calls[0].startswith(f"{tmp_path}/the-python never sync --frozen")


def test_a_setup_that_failed_is_tried_again(bare, scripts):
    bare("uv", "exit 1")
    bare("python3", "exit 1")
    first = call("make", "setup", folder=scripts, environment=bare.environment)
    second = call("make", "setup", folder=scripts, environment=bare.environment)
    assert first.returncode == second.returncode == 2
    assert not (scripts / ".venv" / ".ready").exists()
