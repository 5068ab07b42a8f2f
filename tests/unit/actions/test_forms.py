"""Replies to the question for the municipality."""

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.assessment_form import ValidateAssessmentForm
from actions.forms import ValidateMunicipalityForm
from assistant.dialogue.responses import domain_responses

from .conftest import make_tracker


def checked(slot, value, intent="inform", form=ValidateMunicipalityForm, **state):
    dispatcher = CollectingDispatcher()
    validate = getattr(form(), f"validate_{slot}")
    found = validate(value, dispatcher, make_tracker(intent, **state), {})
    return found[slot], [message["text"] for message in dispatcher.messages]


@pytest.mark.parametrize("form", [ValidateMunicipalityForm, ValidateAssessmentForm])
@pytest.mark.parametrize(
    ("value", "code"), [("091", "091"), ("Espoo", "049"), ("Helsingfors", "091"), ("999", "999")]
)
def test_a_municipality_is_taken_by_code_or_name(form, value, code):
    assert checked("municipality", value, form=form) == (code, [])


def test_a_municipality_that_does_not_exist_is_asked_again():
    expected = [domain_responses()["utter_unknown_municipality"][0]["text"]]
    assert checked("municipality", "Atlantis") == (None, expected)


@pytest.mark.parametrize("intent", ["dont_know", "deny"])
def test_a_person_need_not_tell_the_municipality(intent):
    assert checked("municipality", "no", intent) == ("unknown", [])


def test_a_button_of_another_question_is_no_wrong_reply():
    assert checked("municipality", '/inform{"child_age": "3"}') == (None, [])


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (ValidateMunicipalityForm, "validate_municipality_form"),
        (ValidateAssessmentForm, "validate_assessment_form"),
    ],
)
def test_a_form_has_the_name_that_rasa_looks_for(form, name):
    assert form().name() == name
