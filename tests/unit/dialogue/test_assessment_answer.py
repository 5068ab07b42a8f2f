"""The answer about the assessment."""

import pytest

from assistant.dialogue.assessment_answer import (
    ENTITLEMENT,
    WHO,
    assessment_messages,
    opening_parts,
    remember_text,
)
from assistant.dialogue.packing import MOST_WORDS
from assistant.guidance.assessment import SITUATIONS
from assistant.i18n import COMPLETE, translator
from assistant.i18n.check.words import count_words

RESULT = {
    "law": "681/2023",
    "responsible": "municipality",
    "entitlement": "on_request",
    "window_ends": "2028-03-01",
    "steps": ["Write.", "Wait."],
    "cautions": ["You may ask for an interpreter. The authority arranges the interpreter."],
}


def opening_text(*case):
    return "\n".join(opening_parts(*case))


def texts_of(messages):
    return "\n".join(message["text"] for message in messages)


def test_it_says_who_then_by_when_then_how_to_ask():
    assert opening_text(RESULT, translator("en"), "Helsinki").splitlines() == [
        WHO["municipality"],
        ENTITLEMENT["on_request"],
        "Ask soon, at the latest on March 1, 2028. Then your first permit is three years old.",
        "Your municipality: Helsinki",
        "How to ask:",
        "1. Write.",
        "2. Wait.",
    ]


def test_parts_that_are_empty_have_no_heading():
    bare = {**RESULT, "steps": [], "cautions": [], "window_ends": None}
    assert len(opening_text(bare, translator("en")).splitlines()) == 2
    assert remember_text(bare, translator("en")) == ""


def test_what_happens_at_the_assessment_stands_under_its_own_heading():
    assert remember_text(RESULT, translator("en")).startswith("At the assessment:\n• ")


def test_a_person_whose_time_is_over_is_not_told_to_ask_for_it():
    over = {**RESULT, "entitlement": "window_passed"}
    text = opening_text(over, translator("en"))
    assert WHO["municipality"] not in text
    assert "at the latest" not in text


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_situation_has_an_answer(turn, situation):
    made = assessment_messages(turn(situation=situation, municipality="091"), None)
    assert all(message["text"] for message in made)
    assert made[-1]["buttons"]
    assert [message for message in made if message["sources"]]
    assert [message for message in made if message["cards"]]


def test_the_steps_of_a_long_answer_have_a_message_of_their_own(turn):
    asked = turn(language="es", situation="unemployed_jobseeker", municipality="091")
    made = [message for message in assessment_messages(asked, None) if message["kind"] == "answer"]
    assert all(count_words(message["text"], "es") <= MOST_WORDS for message in made)
    assert made[-1]["sources"]


@pytest.mark.parametrize(
    ("situation", "municipality"), [(None, None), ("nonsense", "000"), ("unknown", "unknown")]
)
def test_what_is_not_known_is_no_obstacle(turn, situation, municipality):
    made = assessment_messages(turn(situation=situation, municipality=municipality), None)
    assert all(message["text"] for message in made)


def test_an_unemployed_jobseeker_is_sent_to_the_employment_authority(turn):
    first, *_ = assessment_messages(turn(situation="unemployed_jobseeker"), None)
    assert first["text"].startswith(WHO["employment_authority"])


def test_a_parent_at_home_is_sent_to_the_municipality(turn):
    first, *_ = assessment_messages(turn(situation="at_home_with_child", municipality="049"), None)
    assert first["text"].startswith(WHO["municipality"])
    assert "Espoo" in first["text"]


def test_a_victim_of_trafficking_reads_the_helpline_first(turn):
    first, *_ = assessment_messages(turn(permit="trafficking_victim"), None)
    assert "+358 2954 63177" in first["text"]
    assert "112" in first["text"].splitlines()[3]


def test_an_asylum_seeker_is_sent_to_the_reception_centre_and_gets_no_request(turn):
    first, *others = assessment_messages(turn(permit="asylum_seeker"), None)
    assert "reception centre" in first["text"]
    assert not any(message["cards"] for message in others)


def test_people_without_a_permit_get_care_and_legal_advice(turn):
    made = texts_of(assessment_messages(turn(permit="none", first_permit_date="none"), None))
    assert "urgent care" in made
    assert "Refugee Advice Centre" in made


def test_in_aland_its_own_authorities_are_named(turn):
    made = texts_of(assessment_messages(turn(situation="employed", municipality="478"), None))
    assert "ask the authorities of Åland" in made


def test_answers_that_do_not_fit_together_come_first(turn):
    first, *_ = assessment_messages(
        turn(permit="asylum_seeker", has_municipality_of_residence="yes"), None
    )
    assert first["text"].startswith("Please check two answers.")


def test_whoever_asks_for_another_person_learns_that_they_may(turn):
    first, *_ = assessment_messages(turn(situation="at_home", for_whom="other"), None)
    assert "You can contact the authority for another person." in first["text"]


def test_the_request_is_filled_in_with_the_case_and_with_nothing_else(turn):
    case = {"situation": "at_home", "first_permit_date": "2025-03", "benefits": "none"}
    made = assessment_messages(turn(language="ar", municipality="091", **case), None)
    address = next(card["form_url"] for message in made for card in message["cards"])
    assert address.split("?")[0].endswith("/assessment/request")
    assert set(address.split("?")[1].split("&")) == {
        "language=ar",
        "municipality=091",
        "situation=at_home",
        "first_permit_date=2025-03",
        "benefits=none",
    }


def test_a_broken_catalogue_is_no_obstacle(turn, broken_store):
    assert assessment_messages(turn(municipality="091"), broken_store)[0]["text"]


@pytest.mark.parametrize("language", [code for code in COMPLETE if code != "en"])
def test_the_answer_is_in_the_person_s_language(turn, language):
    def lines(code):
        slots = {"situation": "at_home", "municipality": "999", "first_permit_date": "2025"}
        return set(texts_of(assessment_messages(turn(language=code, **slots), None)).splitlines())

    assert not lines(language) & lines("en")
