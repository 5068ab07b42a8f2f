"""`kuntaopas run`, with its children played by the test."""

import socket
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace

import pytest
import yaml

from assistant.processes import run
from assistant.processes.supervisor import Child, ProcessFailed, Supervisor
from assistant.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path)


@pytest.fixture
def taken():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_taken_port_is_one_clear_line_before_anything_is_trained(settings, taken, monkeypatch):
    monkeypatch.setattr(run, "prepare_model_and_catalogue", lambda _: pytest.fail("trained"))
    settings.port = taken
    with pytest.raises(ProcessFailed) as caught:
        run.run_all(settings)
    assert str(caught.value).startswith(f"port {taken} is taken: ")
    assert "\n" not in str(caught.value)


def test_rasa_is_told_the_port_that_the_action_server_really_has(settings):
    settings.actions_port = 6543
    endpoints = yaml.safe_load(run.write_endpoints(settings).read_text())
    assert endpoints["action_endpoint"]["url"] == "http://127.0.0.1:6543/webhook"
    assert endpoints["tracker_store"]["type"].endswith("ConversationStore")


def test_rasa_listens_on_loopback_alone(settings, tmp_path):
    command = run.rasa_child(settings, tmp_path / "m.tar.gz").command
    assert command[command.index("--interface") + 1] == "127.0.0.1"
    assert command[command.index("--port") + 1] == str(settings.rasa_port)


def test_the_gateway_knows_the_ports_of_the_others(settings):
    settings.port, settings.rasa_port, settings.actions_port = 1, 2, 3
    environment = run.gateway_child(settings).environment
    assert [environment[f"KUNTAOPAS_{name}"] for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")] == [
        "1",
        "2",
        "3",
    ]


def test_logs_lie_in_the_installation_s_folder(settings, tmp_path):
    children = [run.actions_child(settings), run.gateway_child(settings)]
    assert {child.log.parent for child in children} == {tmp_path / "logs"}


class Answering(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self):
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    served = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}/"
    served.shutdown()
    served.server_close()


@pytest.fixture
def alive(tmp_path):
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    supervisor = Supervisor([Child("Rasa", command, tmp_path / "rasa.log", {})])
    supervisor.start()
    yield supervisor
    supervisor.stop()


def test_a_gateway_that_says_it_is_ready_is_not_waited_for(server, alive):
    run.wait_until_ready(server, alive)


def test_a_process_that_does_not_start_is_named_at_once(server, alive):
    alive.stop()
    with pytest.raises(ProcessFailed, match="Rasa did not start: see .*rasa.log"):
        run.wait_until_ready(server, alive)


def test_an_assistant_that_is_never_ready_is_one_clear_line(alive, monkeypatch):
    monkeypatch.setattr(run, "READY_SECONDS", 0.01)
    monkeypatch.setattr(run, "POLL_SECONDS", 0.001)
    with pytest.raises(ProcessFailed, match="was not ready"):
        run.wait_until_ready("http://127.0.0.1:9/", alive)


def test_training_that_fails_is_one_clear_line(settings, monkeypatch):
    monkeypatch.setattr("subprocess.run", lambda *_, **__: SimpleNamespace(returncode=1))
    with pytest.raises(ProcessFailed, match="training failed"):
        run.train_in_child(settings)


@pytest.fixture
def played(monkeypatch, settings, tmp_path):
    """A run whose children sleep; ends as the test wants."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.port = probe.getsockname()[1]
    children = []

    def child(name):
        def make(*_):
            command = [sys.executable, "-c", "import time; time.sleep(60)"]
            children.append(Child(name, command, tmp_path / f"{name}.log", {}))
            return children[-1]

        return make

    for name in ("actions_child", "rasa_child", "gateway_child"):
        monkeypatch.setattr(run, name, child(name))
    monkeypatch.setattr(run, "prepare_model_and_catalogue", lambda _: tmp_path / "m")
    monkeypatch.setattr(run.signal, "signal", lambda *_: None)
    return children


def test_stopping_a_run_stops_every_process(settings, played, monkeypatch, capsys):
    def ready(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "wait_until_ready", ready)
    run.run_all(settings)
    assert len(played) == 3
    assert not any(child.running for child in played)
    assert capsys.readouterr().err.splitlines()[-1] == "Stopping."


def test_a_run_that_fails_leaves_no_process_behind(settings, played, monkeypatch):
    def failed(*_):
        raise ProcessFailed("Rasa did not start")

    monkeypatch.setattr(run, "wait_until_ready", failed)
    with pytest.raises(ProcessFailed):
        run.run_all(settings)
    assert not any(child.running for child in played)


def test_the_operator_is_told_the_address_when_all_is_ready(settings, played, monkeypatch, capsys):
    monkeypatch.setattr(run, "wait_until_ready", lambda *_: None)

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(run.time, "sleep", interrupt)
    monkeypatch.setattr(Supervisor, "stop", lambda self: None)
    try:
        run.run_all(settings)
    finally:
        monkeypatch.undo()
        Supervisor(played).stop()
    assert f"http://127.0.0.1:{settings.port}/" in capsys.readouterr().err


def test_a_signal_to_end_is_like_ctrl_c():
    with pytest.raises(KeyboardInterrupt):
        run.interrupt(15, None)
