"""The action server's answers, right and wrong."""

import pytest
from starlette.testclient import TestClient

from actions.server import create_app


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app(), raise_server_exceptions=False) as opened:
        yield opened


def call(action, **tracker):
    state = {
        "sender_id": "p",
        "slots": {"municipality": "091"},
        "latest_message": {"intent": {"name": "housing", "confidence": 1.0}, "entities": []},
        "events": [],
        "paused": False,
        "active_loop": {},
        "latest_action_name": "action_listen",
        **tracker,
    }
    return {"next_action": action, "sender_id": "p", "tracker": state, "domain": {}}


def test_it_says_that_it_runs(client):
    assert client.get("/health").json() == {"status": "ok"}


def test_an_action_answers_in_rasa_s_form(client):
    answer = client.post("/webhook", json=call("action_answer"))
    assert answer.status_code == 200
    assert answer.json()["responses"][0]["custom"]["kind"] == "answer"
    assert {"topic", "need"} <= {event.get("name") for event in answer.json()["events"]}


def test_an_unknown_action_is_404_and_named(client):
    answer = client.post("/webhook", json=call("action_nonsense"))
    assert answer.status_code == 404
    assert answer.json()["action_name"] == "action_nonsense"


@pytest.mark.parametrize("body", [b"{", b"", b"not json", b"\xff\xfe"])
def test_broken_json_is_400(client, body):
    assert client.post("/webhook", content=body).status_code == 400


@pytest.mark.parametrize("body", ["[]", "5", "null", '"text"'])
def test_json_that_is_no_call_is_400(client, body):
    assert client.post("/webhook", content=body.encode()).status_code == 400


@pytest.mark.parametrize("name", ["validate_municipality_form", "action_inform", "action_clarify"])
def test_every_action_of_the_package_is_known(client, name):
    assert client.post("/webhook", json=call(name)).status_code != 404


def test_a_failing_action_is_500_without_a_traceback(client, monkeypatch):
    def broken(*_):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("actions.answer.answer_need", broken)
    answer = client.post("/webhook", json=call("action_answer"))
    assert answer.status_code == 500
    assert answer.json() == {"error": "the action failed", "action_name": "action_answer"}


def test_after_a_failure_the_next_call_is_answered(client, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("actions.answer.answer_need", None)
        client.post("/webhook", json=call("action_answer"))
    assert client.post("/webhook", json=call("action_answer")).status_code == 200
