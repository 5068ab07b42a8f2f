"""The answer about the assessment."""

import pytest

from assistant.dialogue.assessment_answer import (
    ENTITLEMENT,
    WHO,
    assessment_message,
    assessment_text,
)
from assistant.guidance.assessment import SITUATIONS
from assistant.i18n import SERVED, translator

RESULT = {
    "responsible": "municipality",
    "entitlement": "on_request",
    "steps": ["Write.", "Wait."],
    "cautions": ["Take care."],
}


def test_it_says_who_then_how_to_ask_then_what_to_remember():
    assert assessment_text(RESULT, translator("en"), "Helsinki").splitlines() == [
        WHO["municipality"],
        ENTITLEMENT["on_request"],
        "Your municipality: Helsinki",
        "How to ask:",
        "1. Write.",
        "2. Wait.",
        "Good to know:",
        "• Take care.",
    ]


def test_parts_that_are_empty_have_no_heading():
    bare = {**RESULT, "steps": [], "cautions": []}
    assert len(assessment_text(bare, translator("en")).splitlines()) == 2


def test_a_person_whose_time_is_over_is_not_told_to_ask_for_it():
    over = {**RESULT, "entitlement": "window_passed"}
    assert WHO["municipality"] not in assessment_text(over, translator("en"))


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_situation_has_an_answer(turn, situation):
    made = assessment_message(turn(situation=situation, municipality="091"), None)
    assert made["text"] and made["sources"] and made["buttons"]


@pytest.mark.parametrize(
    ("situation", "municipality"), [(None, None), ("nonsense", "000"), ("other", "unknown")]
)
def test_what_is_not_known_is_no_obstacle(turn, situation, municipality):
    assert assessment_message(turn(situation=situation, municipality=municipality), None)["text"]


def test_an_unemployed_jobseeker_is_sent_to_the_employment_authority(turn):
    made = assessment_message(turn(situation="unemployed_jobseeker"), None)
    assert made["text"].startswith(WHO["employment_authority"])


def test_a_parent_at_home_is_sent_to_the_municipality(turn):
    made = assessment_message(turn(situation="at_home_with_child", municipality="049"), None)
    assert made["text"].startswith(WHO["municipality"])
    assert "Espoo" in made["text"]


def test_a_broken_catalogue_is_no_obstacle(turn, broken_store):
    assert assessment_message(turn(municipality="091"), broken_store)["text"]


@pytest.mark.parametrize("language", [code for code in SERVED if code != "en"])
def test_the_answer_is_in_the_person_s_language(turn, language):
    def lines(code):
        made = turn(language=code, situation="at_home", municipality="999")
        return set(assessment_message(made, None)["text"].splitlines())

    assert not lines(language) & lines("en")
