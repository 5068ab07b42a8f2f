"""Messages that somebody else at home should perhaps not see."""

import pytest

from assistant.dialogue.answers import answer_need, clarifying_question
from assistant.dialogue.messages import SENSITIVE_NEEDS, message
from assistant.dialogue.responses import respond
from assistant.guidance import load_guides
from assistant.guidance.topics import load_topics


def test_sensitive_needs_exist():
    known = {*load_topics().topics, *load_topics().needs}
    assert SENSITIVE_NEEDS <= known


def test_every_answer_that_names_the_helpline_for_violence_is_sensitive():
    naming = {one.id for one in load_guides().guides.values() if "nollalinja" in one.contacts}
    assert naming and naming <= SENSITIVE_NEEDS


@pytest.mark.parametrize(
    ("topic", "need", "sensitive"),
    [
        ("social_services", "violence_at_home", True),
        ("legal_advice", "victim_of_crime", True),
        ("social_services", "debt_counselling", False),
        ("housing", None, False),
    ],
)
def test_an_answer_tells_what_it_is_about_and_whether_it_is_sensitive(turn, topic, need, sensitive):
    for sent in answer_need(turn(topic, need, municipality="091"), topic, need, None).messages:
        assert sent["about"] == (f"{topic}/{need}" if need else topic)
        assert sent["sensitive"] is sensitive


def test_the_answer_to_violence_is_sensitive_and_that_to_a_fire_is_not(turn):
    for need, sensitive in (("violence_now", True), ("ambulance_fire_police", False)):
        answered = respond("utter_danger", turn("emergency", need))
        first = answered if isinstance(answered, dict) else answered[0]
        assert (first["about"], first["sensitive"]) == (f"emergency/{need}", sensitive)


def test_a_question_that_names_violence_is_sensitive(turn):
    def asked(*names):
        ranking = [{"name": name, "confidence": 0.3} for name in names]
        return clarifying_question(turn("nlu_fallback", message={"need": {"ranking": ranking}}))

    assert asked("social_services/violence_at_home", "housing/housing_benefit")["sensitive"]
    assert not asked("leisure/library", "housing/housing_benefit")["sensitive"]


def test_a_message_about_nothing_certain_says_so():
    sent = message("en", "Hello")
    assert (sent["about"], sent["sensitive"]) == (None, False)
