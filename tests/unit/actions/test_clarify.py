"""Two stages when a message is not understood."""

import pytest

from actions.clarify import ActionClarify
from assistant.dialogue.responses import domain_responses
from assistant.guidance import load_guides

RANKING = [{"name": "housing/buying_home", "confidence": 0.3}]


def source(name):
    return domain_responses()[name][0]["text"]


def unsure(play, intent="nlu_fallback", ranking=RANKING, **state):
    return play(ActionClarify(), intent, message={"need": {"ranking": ranking}}, **state)


def test_first_a_question_is_asked(play):
    played = unsure(play)
    assert played.messages[0]["buttons"][0]["payload"] == "/housing/buying_home"
    assert played.slots == {"misunderstood": 1}


def test_without_likely_needs_other_words_are_asked_for(play):
    assert unsure(play, ranking=[]).texts == [source("utter_unintelligible")]


def test_then_a_person_is_named_and_the_count_begins_anew(play):
    played = unsure(play, misunderstood=1)
    assert played.texts[0] == source("utter_not_understood")
    assert played.texts[1].startswith(load_guides().find("human_contact", "talk_to_person").title)
    assert played.slots == {"misunderstood": None}


@pytest.mark.parametrize("before", [None, 1])
def test_none_of_the_suggestions_asks_for_other_words(play, before):
    played = unsure(play, "none_of_these", misunderstood=before)
    assert played.texts == [source("utter_rephrase")]
    assert played.slots == {"misunderstood": (before or 0) + 1}


def test_none_of_the_suggestions_twice_names_a_person(play):
    played = unsure(play, "none_of_these", misunderstood=2)
    assert played.texts[0] == source("utter_not_understood")


def test_a_language_that_is_not_served_gets_the_menu_and_is_no_misunderstanding(play):
    unserved = {"language": {"code": "th", "served": False}}
    played = play(ActionClarify(), "nlu_fallback", message=unserved)
    assert played.texts == [source("utter_unknown_language")]
    assert played.events == []


def test_within_an_answered_turn_nothing_more_is_said(play):
    played = unsure(play, latest_action="action_answer")
    assert played.texts == []
    assert played.next_actions == ["action_listen"]
