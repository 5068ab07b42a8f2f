"""Replies to the questions about an assessment case."""

import asyncio

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.assessment_form import (
    ActionAskAssessmentAnswer,
    ActionWhyAsk,
    ValidateAssessmentForm,
)
from assistant.dialogue.responses import domain_responses
from assistant.guidance.assessment import BENEFITS, PERMITS, SITUATIONS

from .conftest import make_tracker


def text_of(response):
    return domain_responses()[response][0]["text"]


def replied(field, text, intent="inform", slot="assessment_answer", **state):
    """The slots and the texts after a reply to the question about a field."""
    dispatcher = CollectingDispatcher()
    tracker = make_tracker(intent, text=text, asked_field=field, **state)
    found = getattr(ValidateAssessmentForm(), f"validate_{slot}")(text, dispatcher, tracker, {})
    return found, [message["text"] for message in dispatcher.messages]


def told(slot, value, **state):
    """The slots and texts after an entity has filled a slot."""
    dispatcher = CollectingDispatcher()
    validate = getattr(ValidateAssessmentForm(), f"validate_{slot}")
    found = validate(value, dispatcher, make_tracker("inform", **state), {})
    return found, [message["text"] for message in dispatcher.messages]


def next_slot(**slots):
    event = asyncio.run(
        ValidateAssessmentForm().next_requested_slot(
            CollectingDispatcher(), make_tracker("inform", **slots), {}
        )
    )
    return event["value"]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_situation_that_the_law_knows_is_taken(situation):
    assert told("situation", situation) == ({"situation": situation}, [])


@pytest.mark.parametrize("permit", PERMITS)
def test_a_permit_that_the_law_knows_is_taken(permit):
    assert told("permit", permit) == ({"permit": permit}, [])


@pytest.mark.parametrize("benefit", [*BENEFITS, "none"])
def test_a_benefit_that_the_law_knows_is_taken(benefit):
    assert told("benefits", benefit) == ({"benefits": benefit}, [])


@pytest.mark.parametrize(
    ("slot", "value"),
    [("situation", "astronaut"), ("permit", "visa"), ("age", "200"), ("benefits", "pension")],
)
def test_a_value_that_cannot_be_is_asked_about_again(slot, value):
    assert told(slot, value) == ({slot: None}, [text_of(f"utter_unclear_{slot}")])


@pytest.mark.parametrize("date", ["2025", "2025-03", "2024-02-29", "none", "unknown"])
def test_a_date_may_be_half_known(date):
    assert told("first_permit_date", date) == ({"first_permit_date": date}, [])


@pytest.mark.parametrize("date", ["2025-02-30", "1800", "soon"])
def test_a_date_that_cannot_be_is_asked_about_gently(date):
    expected = [text_of("utter_unclear_first_permit_date")]
    assert told("first_permit_date", date) == ({"first_permit_date": None}, expected)


def test_a_date_in_the_future_is_asked_about_gently():
    found, texts = told("first_permit_date", "2095-01")
    assert found == {"first_permit_date": None}
    assert texts and "did not understand" in texts[0] or "future" in texts[0]


@pytest.mark.parametrize("field", ["situation", "first_permit_date", "permit", "benefits", "age"])
@pytest.mark.parametrize("intent", ["dont_know", "deny"])
def test_nobody_has_to_answer(field, intent):
    if (field, intent) == ("benefits", "deny"):
        return
    found, texts = replied(field, "no", intent)
    assert found == {"assessment_answer": None, field: "unknown"}
    assert texts == []


@pytest.mark.parametrize("field", ["has_municipality_of_residence", "assessed_before"])
@pytest.mark.parametrize(("intent", "value"), [("affirm", "yes"), ("deny", "no")])
def test_yes_and_no_answer_what_was_asked(field, intent, value):
    found, _ = replied(field, "…", intent)
    assert found[field] == value


def test_no_means_that_there_is_no_benefit():
    assert replied("benefits", "no", "deny")[0]["benefits"] == "none"


@pytest.mark.parametrize("text", ["34", "I am 34 years old"])
def test_an_age_is_a_number(text):
    assert replied("age", text)[0]["age"] == "34"


@pytest.mark.parametrize("field", ["situation", "permit", "benefits", "first_permit_date", "age"])
def test_an_unclear_reply_is_asked_about_again(field):
    found, texts = replied(field, "purple elephants")
    assert found == {"assessment_answer": None}
    assert texts == [text_of(f"utter_unclear_{field}")]


def test_the_answer_to_another_question_is_no_unclear_reply():
    found, texts = replied("first_permit_date", "I am a student", entities={"situation": "student"})
    assert (found, texts) == ({"assessment_answer": None}, [])


def test_answers_that_do_not_fit_together_are_asked_about_once():
    known = {"permit": "asylum_seeker"}
    found, texts = told("has_municipality_of_residence", "yes", **known)
    assert found["permit"] is None and found["has_municipality_of_residence"] is None
    assert texts == [text_of("utter_ask_contradiction")]
    again, texts = told("has_municipality_of_residence", "yes", contradiction_asked=True, **known)
    assert again == {"has_municipality_of_residence": "yes"}
    assert texts == []


def test_the_form_goes_on_while_there_is_a_question():
    assert next_slot(situation="employed") == "assessment_answer"


def test_the_form_ends_when_nothing_else_matters():
    everything = {
        "situation": "employed",
        "first_permit_date": "2025",
        "permit": "work",
        "benefits": "none",
        "municipality": "091",
    }
    assert next_slot(**everything) is None


def test_a_person_who_knows_nothing_is_asked_five_questions_at_most():
    slots, asked = {}, []
    for _ in range(9):
        dispatcher = CollectingDispatcher()
        tracker = make_tracker("inform", **slots)
        events = asyncio.run(ActionAskAssessmentAnswer().run(dispatcher, tracker, {}))
        if not events:
            break
        asked.append(events[0]["value"])
        slots[asked[-1]] = "unknown"
    assert asked[0] == "situation" and asked[-1] == "municipality"
    assert len(asked) == len(set(asked)) <= 5


@pytest.mark.parametrize("for_whom", ["self", "child", "other"])
def test_nobody_asks_a_child_about_work(for_whom):
    dispatcher = CollectingDispatcher()
    tracker = make_tracker("inform", for_whom=for_whom)
    events = asyncio.run(ActionAskAssessmentAnswer().run(dispatcher, tracker, {}))
    assert (events[0]["value"] == "situation") is (for_whom != "child")


def test_people_without_a_permit_are_not_asked_to_prove_anything():
    dispatcher = CollectingDispatcher()
    tracker = make_tracker("inform", situation="at_home", first_permit_date="none")
    asyncio.run(ActionAskAssessmentAnswer().run(dispatcher, tracker, {}))
    payloads = [button["payload"] for button in dispatcher.messages[0]["buttons"]]
    assert "/inform/permit/none" in payloads and "/dont_know" in payloads
    assert next_slot(first_permit_date="none", permit="none", municipality="091") is None


@pytest.mark.parametrize("field", ["situation", "first_permit_date", "permit"])
def test_every_question_has_buttons_to_not_know_and_to_ask_why(field):
    dispatcher = CollectingDispatcher()
    known = {name: "unknown" for name in ("situation", "first_permit_date") if name != field}
    tracker = make_tracker("inform", **known if field == "permit" else {})
    if field == "first_permit_date":
        tracker = make_tracker("inform", situation="employed")
    asyncio.run(ActionAskAssessmentAnswer().run(dispatcher, tracker, {}))
    payloads = [button["payload"] for button in dispatcher.messages[0]["buttons"]]
    assert payloads[-2:] == ["/dont_know", "/why_ask"]


@pytest.mark.parametrize(
    ("loop", "field", "words"),
    [
        ("assessment_form", "situation", "which authority helps you"),
        ("assessment_form", "permit", "You do not have to answer"),
        ("municipality_form", None, "your own municipality"),
        (None, None, "You do not have to answer"),
    ],
)
def test_why_something_is_asked_is_said_and_the_question_comes_again(loop, field, words):
    dispatcher = CollectingDispatcher()
    tracker = make_tracker("why_ask", loop=loop, asked_field=field)
    events = asyncio.run(ActionWhyAsk().run(dispatcher, tracker, {}))
    assert words in dispatcher.messages[0]["text"]
    assert [event["name"] for event in events] == ([loop] if loop else [])
