"""Which sites may embed the chat."""

import pytest
from starlette.testclient import TestClient

from assistant.gateway.app import create_app
from assistant.settings import Settings

SITE, OTHER = "https://www.hel.fi", "https://www.example.org"


@pytest.fixture
def client(tmp_path):
    settings = Settings(home=tmp_path, allowed_origins=f"{SITE}, https://kunta.example:8443")
    with TestClient(create_app(settings)) as opened:
        yield opened


def preflight(client, origin, path="/api/conversations", method="POST"):
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    return client.options(path, headers=headers)


@pytest.mark.parametrize(
    "path", ["/widget.js", "/widget.css", "/i18n/fi.json", "/chat/dom.js", "/api/municipalities"]
)
def test_a_listed_site_may_read_the_widget_and_the_api(client, path):
    answer = client.get(path, headers={"Origin": SITE})
    assert answer.headers["access-control-allow-origin"] == SITE
    assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize(
    "origin",
    [OTHER, "null", "http://www.hel.fi", "https://www.hel.fi.evil.example", "https://hel.fi", "*"]
    + ["https://www.hel.fi:444", "https://kunta.example", ""],
)
@pytest.mark.parametrize("path", ["/widget.js", "/api/municipalities"])
def test_no_other_site_may(client, path, origin):
    answer = client.get(path, headers={"Origin": origin})
    assert "access-control-allow-origin" not in answer.headers
    assert "Origin" in answer.headers["vary"]


def test_an_answer_depends_on_the_origin_also_when_there_is_none(client):
    assert "Origin" in client.get("/widget.js").headers["vary"]


def test_a_listed_site_may_begin_send_and_erase(client):
    for method in ("POST", "DELETE", "GET"):
        asked = preflight(client, SITE, "/api/conversations/abc", method)
        assert asked.status_code == 204
        assert asked.headers["access-control-allow-origin"] == SITE
        assert method in asked.headers["access-control-allow-methods"]
        assert asked.headers["access-control-allow-headers"] == "Authorization, Content-Type"
        assert int(asked.headers["access-control-max-age"]) > 0
        assert "Origin" in asked.headers["vary"]


def test_the_question_of_another_site_is_refused_in_one_line(client):
    refused = preflight(client, OTHER)
    assert (refused.status_code, list(refused.json())) == (403, ["detail"])
    assert "access-control-allow-origin" not in refused.headers


def test_a_method_that_is_not_used_is_refused(client):
    assert preflight(client, SITE, method="PUT").status_code == 405


def test_no_cookie_is_ever_allowed(client):
    for answer in (preflight(client, SITE), client.get("/widget.js", headers={"Origin": SITE})):
        assert "access-control-allow-credentials" not in answer.headers


def test_an_error_can_be_read_by_a_listed_site_too(client):
    headers = {"Origin": SITE}
    missing = client.get("/api/conversations/abc", headers=headers)
    assert (missing.status_code, missing.headers["access-control-allow-origin"]) == (404, SITE)
    large = client.post("/api/conversations", content=b"x" * 70_000, headers=headers)
    assert (large.status_code, large.headers["access-control-allow-origin"]) == (413, SITE)


@pytest.mark.parametrize("path", ["/assessment/request", "/health/live", "/webhooks/rest/webhook"])
def test_what_no_widget_needs_stays_closed(client, path):
    answer = client.get(path, headers={"Origin": SITE})
    assert "access-control-allow-origin" not in answer.headers


def test_without_a_list_only_the_gateway_s_own_pages_use_it(tmp_path):
    client = TestClient(create_app(Settings(home=tmp_path)))
    answer = client.get("/widget.js", headers={"Origin": SITE})
    assert "access-control-allow-origin" not in answer.headers
    assert preflight(client, SITE).status_code == 403


def test_files_may_be_embedded_where_pages_and_answers_may_not(client):
    policies = {
        path: client.get(path).headers["cross-origin-resource-policy"]
        for path in ("/widget.js", "/widget.css", "/i18n/fi.json", "/", "/api/municipalities")
    }
    assert list(policies.values()) == ["cross-origin"] * 3 + ["same-origin"] * 2


def test_listed_sites_may_show_the_page_in_a_frame_and_the_policy_stays_strict(client):
    policy = client.get("/").headers["content-security-policy"]
    assert policy == (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        f"frame-ancestors 'self' {SITE} https://kunta.example:8443"
    )
