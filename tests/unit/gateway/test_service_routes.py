"""Services, municipalities and the assessment over HTTP."""

from datetime import date

import pytest

from assistant.catalogue import ensure_own_catalogue


@pytest.fixture
def catalogue(app):
    store = app.state.parts.catalogue.store()
    ensure_own_catalogue(store)
    app.state.parts.catalogue.vector = lambda text: None
    return store


def test_services_are_found_as_cards(client, catalogue):
    found = client.get("/api/services", params={"topic": "housing", "language": "en"}).json()
    assert found["services"]
    assert {"id", "title", "phones", "checked", "score"} <= set(found["services"][0])


def test_services_are_paged(client, catalogue):
    everything = client.get("/api/services", params={"limit": 6}).json()
    first = client.get("/api/services", params={"limit": 3}).json()
    second = client.get("/api/services", params={"limit": 3, "offset": first["next_offset"]}).json()
    ids = [card["id"] for card in everything["services"]]
    assert [card["id"] for card in first["services"] + second["services"]] == ids


def test_one_service_is_shown_by_its_id(client, catalogue):
    card = client.get("/api/services", params={"limit": 1}).json()["services"][0]
    shown = client.get(f"/api/services/{card['id']}", params={"language": "fi"})
    assert (shown.status_code, shown.json()["id"]) == (200, card["id"])


def test_an_unknown_service_is_not_found(client, catalogue):
    assert client.get("/api/services/none:such").json() == {"detail": "There is no such service."}


@pytest.mark.parametrize(
    "wrong",
    [{"topic": "cars"}, {"municipality": "990"}, {"limit": 51}, {"offset": -1}, {"near": "here"}],
)
def test_a_wrong_filter_is_refused_in_one_line(client, catalogue, wrong):
    refused = client.get("/api/services", params=wrong)
    assert refused.status_code == 422
    assert "\n" not in refused.json()["detail"]


def test_a_catalogue_that_cannot_be_opened_is_said_so(client, settings):
    (settings.home / "catalogue.db").mkdir()
    answer = client.get("/api/services")
    assert (answer.status_code, list(answer.json())) == (503, ["detail"])


def test_municipalities_are_listed_with_both_names(client):
    listed = {one["code"]: one for one in client.get("/api/municipalities").json()}
    assert listed["091"]["name"] == {"fi": "Helsinki", "sv": "Helsingfors"}
    assert sum(not one["fictional"] for one in listed.values()) > 300


def test_a_case_is_assessed(client):
    pytest.importorskip("assistant.guidance.assessment")
    case = {"as_of": date(2026, 11, 24).isoformat(), "permit": "work"}
    assert client.post("/api/assessment", json=case).json()["law"] == "681/2023"


def test_a_wrong_case_is_refused_in_one_line(client):
    pytest.importorskip("assistant.guidance.assessment")
    refused = client.post("/api/assessment", json={"permit": "tourist"})
    assert refused.status_code == 422
    assert "\n" not in refused.json()["detail"]
