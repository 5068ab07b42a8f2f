"""Answers: guide first, then services, then what has to be asked."""

import pytest

from assistant.dialogue.answers import (
    ASSESSMENT_FORM,
    MAX_CARDS,
    MUNICIPALITY_FORM,
    answer_need,
    clarifying_question,
    noted_message,
    service_cards,
    services_answer,
    simpler_message,
)
from assistant.guidance import load_guides

DEMO = "999"


def test_an_answer_begins_with_the_guide(turn, own_services):
    answer = answer_need(turn("housing"), "housing", None, own_services)
    assert answer.messages[0]["text"].startswith(load_guides().find("housing").title)
    assert answer.messages[0]["sources"]


def test_the_municipality_is_asked_when_services_depend_on_it(turn, own_services):
    assert answer_need(turn(), "leisure", "library", own_services).form == MUNICIPALITY_FORM


@pytest.mark.parametrize("known", ["091", "unknown"])
def test_the_municipality_is_asked_once(turn, own_services, known):
    answer = answer_need(turn(municipality=known), "leisure", "library", own_services)
    assert answer.form is None


def test_a_national_need_asks_for_no_municipality(turn, own_services):
    guide = next(one for one in load_guides().guides.values() if not one.local)
    topic, _, need = guide.id.partition("/")
    if topic == "initial_assessment":
        pytest.skip("the only national guide is the assessment's")
    assert answer_need(turn(), topic, need or None, own_services).form is None


@pytest.mark.parametrize("need", [None, "am_i_entitled", "how_to_request"])
def test_the_assessment_asks_for_the_situation(turn, own_services, need):
    answer = answer_need(turn(municipality="091"), "initial_assessment", need, own_services)
    assert answer.form == ASSESSMENT_FORM


def test_what_the_assessment_is_needs_no_situation(turn, own_services):
    answer = answer_need(turn(municipality="091"), "initial_assessment", "what_is_it", own_services)
    assert answer.form is None


def test_services_of_the_municipality_are_shown_as_cards(turn, own_services):
    answer = answer_need(turn(municipality=DEMO), "leisure", "library", own_services)
    assert answer.messages[0]["cards"]
    assert len(answer.messages[0]["cards"]) <= MAX_CARDS


@pytest.mark.parametrize("topic", ["housing", "health", "leisure", "social_security_benefits"])
def test_no_card_is_shown_twice(turn, own_services, topic):
    cards = answer_need(turn(municipality=DEMO), topic, None, own_services).messages[0]["cards"]
    ids = [card["id"] for card in cards]
    assert len(ids) == len(set(ids))


def test_without_a_catalogue_the_guide_is_still_an_answer(turn):
    answer = answer_need(turn(municipality="091"), "housing", None, None)
    assert answer.messages[0]["text"]


def test_with_a_broken_catalogue_the_guide_is_still_an_answer(turn, broken_store):
    answer = answer_need(turn(municipality="091"), "housing", None, broken_store)
    assert answer.messages[0]["text"]


@pytest.mark.parametrize(
    ("topic", "kind"),
    [("emergency", "emergency"), ("human_contact", "handoff"), ("housing", "answer")],
)
def test_the_kind_of_a_message_follows_its_topic(turn, own_services, topic, kind):
    assert answer_need(turn(), topic, None, own_services).messages[0]["kind"] == kind


def test_a_need_without_any_guide_names_the_municipality(turn, monkeypatch):
    monkeypatch.setattr("assistant.dialogue.answers.load_guides", lambda: type(load_guides())({}))
    text = answer_need(turn(), "housing", "buying_home", None).messages[0]["text"]
    assert text == "Your municipality can tell you where to go. Ask about this: Buy a home"


def test_a_municipality_that_is_not_known_has_no_local_services(turn, own_services):
    assert service_cards(turn(), "leisure", None, own_services) == []


def test_services_are_announced_for_the_municipality_by_name(turn, own_services):
    found = services_answer(turn(municipality=DEMO), "leisure", "library", own_services).messages[0]
    assert "Esimerkkilä" in found["text"] or "Exampleby" in found["text"]
    assert found["cards"]


def test_a_municipality_without_services_is_named_as_the_one_to_ask(turn):
    found = services_answer(turn(municipality="091"), "leisure", None, None).messages[0]
    assert found["text"] == (
        "I have no services for this in Helsinki. Ask the municipality for advice."
    )


def test_a_person_who_does_not_tell_the_municipality_is_sent_to_it(turn):
    found = services_answer(turn(municipality="unknown"), "leisure", None, None).messages[0]
    assert found["text"] == "Your own municipality can tell you more."


def test_the_name_of_a_municipality_is_in_the_person_s_language(turn):
    found = services_answer(
        turn(municipality="091", language="sv"), "leisure", None, None
    ).messages[0]
    assert "Helsingfors" in found["text"]


def test_a_simpler_answer_is_the_guide_s_shortest_form(turn):
    found = simpler_message(turn(), "housing", None)
    assert found["text"] == load_guides().find("housing").simple


def test_a_need_without_a_guide_has_no_simpler_answer(turn):
    assert simpler_message(turn(), "no_such_topic", None) is None


def unsure(turn, *names):
    ranking = [{"name": name, "confidence": 0.3} for name in names]
    return turn("nlu_fallback", message={"need": {"ranking": ranking}})


def test_a_question_offers_the_likeliest_needs_and_something_else(turn):
    found = clarifying_question(unsure(turn, "housing/buying_home", "health/dental"))
    assert found["kind"] == "question"
    assert [button["payload"] for button in found["buttons"]] == [
        "/housing/buying_home",
        "/health/dental",
        "/none_of_these",
    ]


def test_a_question_about_a_possible_emergency_names_112_first(turn):
    found = clarifying_question(unsure(turn, "emergency/violence_now", "health/dental"))
    assert "112" in found["text"].splitlines()[0]


def test_nothing_likely_makes_no_question(turn):
    assert clarifying_question(unsure(turn, "bot_meta/thanks")) is None


@pytest.mark.parametrize(
    ("municipality", "text"),
    [
        ("091", "I look for services in Helsinki. What do you need?"),
        (None, "Thank you. What do you need?"),
        ("000", "Thank you. What do you need?"),
    ],
)
def test_what_a_person_tells_is_noted(turn, municipality, text):
    assert noted_message(turn(municipality=municipality))["text"] == text
