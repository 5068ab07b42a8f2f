"""Answers to needs, and what is asked after them."""

from datetime import datetime, timedelta

import pytest

from actions.answer import ActionAnswer, ActionServices
from actions.assessment import ActionAssessment
from actions.inform import ActionInform
from assistant.catalogue.hours import ZONE
from assistant.dialogue.responses import domain_responses
from assistant.guidance import load_guides

UNSERVED = {"language": {"code": "th", "served": False}}
UNKNOWN_LANGUAGE = domain_responses()["utter_unknown_language"][0]["text"]


def title(topic, need=None):
    return load_guides().find(topic, need).title


def test_a_need_is_answered_and_remembered(play):
    played = play(ActionAnswer(), "leisure", "library", municipality="999")
    assert played.texts[0].startswith(title("leisure", "library"))
    assert (played.slots["topic"], played.slots["need"]) == ("leisure", "library")


def test_the_services_that_are_shown_are_remembered_for_the_buttons_under_them(play):
    played = play(ActionAnswer(), "leisure", "library", municipality="999")
    assert "own:service:library" in played.slots["service_view"]["last"]
    assert played.next_actions == []


def test_the_first_card_that_is_seen_is_the_first_that_is_counted(play):
    played = play(ActionAnswer(), "leisure", "library", municipality="999")
    seen = [card["id"] for message in played.messages for card in message["cards"]]
    assert played.slots["service_view"]["last"] == seen


def test_a_need_with_a_time_also_shows_what_is_open_then(play):
    day = datetime.now(ZONE).date() + timedelta(days=7)
    week = {"opening": f"{day}/{day + timedelta(days=6)}"}
    played = play(ActionAnswer(), "leisure", "library", message=week, municipality="999")
    assert played.texts[0].startswith(title("leisure", "library"))
    assert played.texts[-1].startswith("Open at this time: ")
    assert played.slots["service_view"]["open_at"] == week["opening"]


def test_the_municipality_is_asked_after_the_guide(play):
    played = play(ActionAnswer(), "leisure", "library")
    assert played.texts and played.next_actions == ["municipality_form"]


def test_the_assessment_asks_its_own_questions(play):
    assert play(ActionAnswer(), "initial_assessment").next_actions == ["assessment_form"]


def test_a_question_about_another_person_forgets_what_was_told_before(play):
    played = play(
        ActionAnswer(),
        "initial_assessment",
        "for_family_member",
        situation="employed",
        permit="work",
        municipality="091",
    )
    assert played.slots["for_whom"] == "other"
    assert played.slots["situation"] is None and played.slots["permit"] is None
    assert "municipality" not in played.slots
    assert any("on behalf of another person" in text for text in played.texts)


def test_another_need_ends_the_open_question_about_the_municipality(play):
    played = play(ActionAnswer(), "leisure", municipality="091", loop="municipality_form")
    assert played.ends_question
    assert played.slots["requested_slot"] is None


def test_another_need_inside_the_assessment_lets_its_question_come_again(play):
    played = play(ActionAnswer(), "leisure", loop="assessment_form")
    assert played.next_actions == ["assessment_form"]


def test_danger_ends_every_question(play):
    played = play(ActionAnswer(), "emergency", "violence_now", loop="assessment_form")
    assert played.messages[0]["kind"] == "emergency"
    assert played.ends_question
    assert played.next_actions == []


def test_a_language_that_is_not_served_gets_the_menu_and_no_question(play):
    played = play(ActionAnswer(), "leisure", "library", message=UNSERVED)
    assert played.texts[-1] == UNKNOWN_LANGUAGE
    assert played.next_actions == []


def test_a_message_of_no_topic_is_answered_by_the_last_one(play):
    played = play(ActionAnswer(), "inform", topic="housing", need=None, municipality="091")
    assert played.texts[0].startswith(title("housing"))


def test_a_message_of_no_topic_at_the_beginning_gets_a_person(play):
    assert play(ActionAnswer(), "inform", municipality="091").slots["topic"] == "human_contact"


def test_an_answer_forgets_earlier_misunderstandings(play):
    played = play(ActionAnswer(), "leisure", municipality="091", misunderstood=1)
    assert played.slots["misunderstood"] is None


def test_without_a_catalogue_the_guide_is_sent(play, monkeypatch):
    def broken():
        raise OSError("no database")

    monkeypatch.setattr("actions.base._store", broken)
    played = play(ActionAnswer(), "leisure", "library", municipality="999")
    assert played.texts[0].startswith(title("leisure", "library"))


def test_services_are_shown_for_the_need_that_was_asked_about(play):
    played = play(ActionServices(), "inform", topic="leisure", need="library", municipality="999")
    assert played.messages[0]["cards"]
    assert played.next_actions == []


def test_a_reply_that_names_another_need_as_well_is_answered(play):
    played = play(
        ActionServices(),
        "housing",
        text="I live in Vantaa and I need a flat for my family",
        topic="leisure",
        municipality="092",
    )
    assert played.slots["topic"] == "housing"


@pytest.mark.parametrize(
    ("intent", "text"),
    [("housing", "in Vantaa"), ("registration", "the town where I live now is called Vantaa")],
)
def test_a_reply_that_only_tells_the_municipality_names_no_other_need(play, intent, text):
    played = play(ActionServices(), intent, text=text, topic="leisure", municipality="092")
    assert "topic" not in played.slots


def test_a_person_who_will_not_tell_the_municipality_still_gets_help(play):
    played = play(ActionServices(), "deny", topic="leisure", municipality="unknown")
    assert played.texts


def test_the_assessment_is_answered_and_is_what_is_talked_about(play):
    played = play(
        ActionAssessment(), "inform", topic="leisure", situation="student", municipality="091"
    )
    assert played.slots["topic"] == "initial_assessment"
    assert "Helsinki" in played.texts[0]


def test_another_municipality_shows_its_services(play):
    played = play(
        ActionInform(),
        "inform",
        entities={"municipality": "999"},
        topic="leisure",
        municipality="999",
    )
    assert played.messages[0]["cards"]


def test_a_municipality_before_any_need_is_noted(play):
    played = play(ActionInform(), "inform", entities={"municipality": "091"}, municipality="091")
    assert played.texts == ["I look for services in Helsinki. What do you need?"]


def test_another_situation_gives_the_result_for_it(play):
    played = play(
        ActionInform(), "inform", entities={"situation": "student"}, topic="initial_assessment"
    )
    assert played.next_actions == ["assessment_form"]


def test_the_age_of_a_child_alone_is_noted(play):
    played = play(ActionInform(), "inform", entities={"child_age": 3}, topic="leisure")
    assert played.texts == ["Thank you. What do you need?"]
