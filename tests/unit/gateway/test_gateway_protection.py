"""What the only public door keeps out, and what it says of itself."""

import logging
import re

import httpx
import pytest

from assistant.settings import Settings


def test_ready_names_each_part(client, app):
    app.state.parts.catalogue.ready = lambda: True
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "parts": {"rasa": True, "actions": True, "catalogue": True},
    }


def test_an_empty_catalogue_is_not_ready(client):
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["parts"]["catalogue"]) == (503, False)


def test_live_needs_no_other_part(client, rasa):
    assert client.get("/health/live").json() == {"status": "live"}
    assert rasa.requests == []


def test_a_channel_without_its_settings_stays_closed(client, rasa):
    assert client.post("/webhooks/telegram/webhook", json={"update_id": 1}).status_code == 404
    assert rasa.requests == []


@pytest.mark.parametrize("path", ["facebook/webhook", "rest/webhook", "telegram/set_webhook", "x"])
def test_no_other_path_of_rasa_is_reached(client, rasa, path):
    assert client.post(f"/webhooks/{path}", json={}).status_code == 404
    assert rasa.requests == []


def test_the_internal_channel_stays_closed_even_if_it_is_switched_on(settings, rasa):
    from starlette.testclient import TestClient

    from assistant.gateway.app import create_app

    settings.channels = "rest,telegram"
    client = TestClient(create_app(settings, httpx.MockTransport(rasa)))
    assert client.post("/webhooks/rest/webhook", json={}).status_code == 404
    assert rasa.requests == []


def test_a_large_body_is_refused(client):
    assert client.post("/api/assessment", content=b"x" * 70_000).status_code == 413


def test_a_large_body_without_a_length_is_refused(client):
    chunks = (b"x" * 10_000 for _ in range(8))
    refused = client.post("/api/assessment", content=chunks)
    assert (refused.status_code, list(refused.json())) == (413, ["detail"])


@pytest.mark.parametrize("path", ["/", "/api/municipalities", "/nothing"])
def test_every_answer_has_security_headers_and_no_cookie(client, path):
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


def test_the_sites_that_may_show_the_page_in_a_frame_are_a_setting(tmp_path):
    from starlette.testclient import TestClient

    from assistant.gateway.app import create_app

    app = create_app(Settings(home=tmp_path, frame_ancestors="'self' https://www.helsinki.fi"))
    policy = TestClient(app).get("/health/live").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://www.helsinki.fi")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("GET", "/app.py", 404), ("GET", "/../app.py", 404)]
    + [("PUT", "/api/conversations", 405), ("GET", "/i18n/xx.json", 404)],
)
def test_errors_are_json_with_one_line(client, method, path, status):
    answer = client.request(method, path)
    assert (answer.status_code, list(answer.json())) == (status, ["detail"])


def test_broken_json_is_refused_in_one_line(client):
    headers = {"Content-Type": "application/json"}
    refused = client.post("/api/conversations", content=b"{", headers=headers)
    assert refused.status_code == 422
    assert "\n" not in refused.json()["detail"]


def test_a_failure_inside_shows_no_traceback(client, app):
    def fail() -> bool:
        raise RuntimeError("secret words")

    app.state.parts.catalogue.store = fail
    answer = client.get("/api/services")
    assert answer.status_code == 500
    assert "secret" not in answer.text and "Traceback" not in answer.text


def test_logs_hold_neither_messages_nor_searches(client, begin, rasa, caplog):
    def refuse(sent):
        raise httpx.ConnectError("refused")

    caplog.set_level(logging.DEBUG)
    rasa.answer = refuse
    person = begin()
    person.says("my husband hits me")
    client.get("/api/services", params={"q": "my husband hits me"})
    logged = [r.getMessage() for r in caplog.records if r.name.startswith("assistant")]
    assert logged
    assert not any("husband" in line or person.begun["id"] in line for line in logged)


@pytest.mark.parametrize("language", ["fi", "ar", "zh"])
def test_the_widget_s_texts_are_served_in_every_language(client, language):
    served = client.get(f"/i18n/{language}.json").json()
    assert served["language"] == language
    assert served["direction"] == ("rtl" if language == "ar" else "ltr")
    assert all(served["texts"].values())


def test_the_page_and_the_widget_are_served(client):
    assert "<kuntaopas-chat" in client.get("/").text
    assert client.get("/widget.js").headers["content-type"].startswith("text/javascript")


def test_the_page_asks_nothing_of_another_site(client):
    for path in ("/", "/widget.js", "/widget.css"):
        text = client.get(path).text.replace("http://www.w3.org/2000/svg", "")
        text = re.sub(r'<a href="https://[^"]*"', "", text)  # a link asks nothing by itself
        assert "http:" not in text and "https:" not in text, path


def test_the_interface_is_described(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert {
        "/",
        "/widget.js",
        "/api/conversations",
        "/api/conversations/{conversation_id}",
        "/api/conversations/{conversation_id}/messages",
        "/api/services",
        "/api/assessment",
        "/health/live",
        "/health/ready",
        "/webhooks/{channel}/webhook",
    } <= set(paths)
