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


def test_an_answer_that_has_not_changed_is_not_sent_again(client, catalogue):
    first = client.get("/api/services", params={"topic": "housing"})
    tag = first.headers["ETag"]
    again = client.get(
        "/api/services", params={"topic": "housing"}, headers={"If-None-Match": f'"x", W/{tag}'}
    )
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    other = client.get("/api/services", params={"topic": "leisure"}, headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_a_card_says_why_it_was_found_and_how_many_places_it_has(client, catalogue):
    card = client.get("/api/services", params={"q": "library", "municipality": "999"}).json()[
        "services"
    ][0]
    assert card["why"][0]["reason"] == "words"
    assert card["places"] >= 0 and card["others"] == []


def test_services_near_a_postal_code_come_with_their_distance(client, catalogue):
    found = client.get(
        "/api/services", params={"near": "99999", "municipality": "999", "radius_km": 5}
    ).json()["services"]
    distances = [card["distance_km"] for card in found]
    assert distances and max(distances) <= 5


def test_one_service_is_told_with_its_places_and_the_hours_of_a_week(client, catalogue):
    told = client.get("/api/services/own:service:library").json()
    assert told["places"][0]["addresses"][0]["map_url"]
    assert len(told["places"][0]["hours"]) == 7


@pytest.mark.parametrize(
    "wrong",
    [
        {"need": "leisure/flying"},
        {"open_at": "soon"},
        {"kind": "shop"},
        {"cost": "much"},
        {"age": "200"},
        {"radius_km": "-1"},
        {"near": "Atlantis"},
    ],
)
def test_a_filter_that_means_nothing_is_refused_in_one_line(client, catalogue, wrong):
    refused = client.get("/api/services", params=wrong)
    assert refused.status_code == 422
    assert "\n" not in refused.json()["detail"]


def test_only_what_costs_nothing_is_found_when_that_is_asked_for(client, catalogue):
    found = client.get("/api/services", params={"cost": "free", "limit": 50}).json()["services"]
    assert found and {card["cost"] for card in found} == {"free"}


def test_the_filters_are_documented(client):
    listed = client.get("/openapi.json").json()["paths"]["/api/services"]["get"]["parameters"]
    named = {one["name"] for one in listed}
    assert {"need", "kind", "cost", "age", "open_at", "near", "radius_km"} <= named
