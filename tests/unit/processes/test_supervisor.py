"""Child processes live and end together."""

import os
import signal
import sys
import time

import pytest

from assistant.processes import supervisor as module
from assistant.processes.supervisor import MAX_RESTARTS, Child, ProcessFailed, Supervisor

SLEEPER = "import time; time.sleep(60)"
WITH_GRANDCHILD = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {SLEEPER!r}])
print(child.pid, flush=True)
time.sleep(60)
"""
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""


def until(true, seconds=10.0):
    """Wait for another process, and no longer than needed."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def gone(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.fixture
def supervised(tmp_path):
    made = []

    def start(*programs, environment=None):
        children = [
            Child(
                f"child {n}",
                [sys.executable, "-c", program],
                tmp_path / "logs" / f"{n}.log",
                environment or {},
            )
            for n, program in enumerate(programs)
        ]
        supervisor = Supervisor(children)
        made.append(supervisor)
        supervisor.start()
        return supervisor

    yield start
    for supervisor in made:
        for child in supervisor.children:
            child.signal(signal.SIGKILL)
        supervisor.stop()


def log(child):
    return child.log.read_text()


def test_a_child_that_lives_is_left_alone(supervised):
    running = supervised(SLEEPER)
    before = running.children[0].process.pid
    running.check()
    assert running.children[0].process.pid == before


def test_a_child_that_dies_is_started_anew(supervised):
    running = supervised(SLEEPER)
    child = running.children[0]
    before = child.process.pid
    os.kill(before, signal.SIGKILL)
    until(lambda: not child.running)
    running.check()
    assert child.running
    assert child.process.pid != before


def test_only_the_child_that_died_is_started_anew(supervised):
    running = supervised(SLEEPER, SLEEPER)
    first, second = running.children
    before = second.process.pid
    first.signal(signal.SIGKILL)
    until(lambda: not first.running)
    running.check()
    assert second.process.pid == before


def test_a_child_that_dies_again_and_again_ends_with_one_clear_line(supervised):
    running = supervised("raise SystemExit(1)")
    child = running.children[0]
    with pytest.raises(ProcessFailed) as caught:
        for _ in range(MAX_RESTARTS + 2):
            until(lambda: not child.running)
            running.check()
    assert str(caught.value) == f"child 0 does not keep running: see {child.log}"
    assert len(child.starts) == MAX_RESTARTS + 1


def test_a_child_that_dies_now_and_then_is_started_anew(supervised, monkeypatch):
    monkeypatch.setattr(module, "WINDOW", 0.0)
    running = supervised("pass")
    child = running.children[0]
    for _ in range(MAX_RESTARTS + 2):
        until(lambda: not child.running)
        running.check()
    assert len(child.starts) == MAX_RESTARTS + 3


def test_stopping_ends_children_and_grandchildren(supervised):
    running = supervised(WITH_GRANDCHILD)
    child = running.children[0]
    until(lambda: log(child).strip())
    grandchild = int(log(child))
    running.stop()
    assert not child.running
    until(lambda: gone(grandchild))


def test_a_child_that_does_not_listen_is_ended(supervised, monkeypatch):
    monkeypatch.setattr(module, "STOP_SECONDS", 0.1)
    running = supervised(DEAF)
    until(lambda: "deaf" in log(running.children[0]))
    running.stop()
    assert running.children[0].process.returncode == -signal.SIGKILL


def test_stopping_twice_is_no_error(supervised):
    running = supervised(SLEEPER)
    running.stop()
    running.stop()


def test_what_children_say_goes_to_their_log(supervised):
    running = supervised("import os; print(os.environ['SAID'])", environment={"SAID": "good day"})
    child = running.children[0]
    until(lambda: not child.running)
    assert log(child) == "good day\n"


def test_the_log_of_a_child_that_is_started_anew_goes_on(supervised):
    running = supervised("print('once', flush=True)")
    child = running.children[0]
    until(lambda: not child.running)
    running.check()
    until(lambda: not child.running)
    assert log(child) == "once\nonce\n"


def test_a_program_that_cannot_be_started_is_one_clear_line(tmp_path):
    child = Child("the thing", ["/no/such/program"], tmp_path / "x.log", {})
    with pytest.raises(ProcessFailed, match="the thing"):
        Supervisor([child]).start()
