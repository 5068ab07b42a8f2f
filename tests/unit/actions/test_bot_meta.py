"""Talk about the assistant itself."""

import pytest

from actions.bot_meta import ActionBotMeta
from assistant.dialogue.responses import domain_responses
from assistant.guidance import load_guides, load_topics
from assistant.i18n import translator


def source(name):
    return domain_responses()[name][0]["text"]


def danger(need="violence_now"):
    parsed = {"entities": [], "need": {"name": f"emergency/{need}"}}
    return [
        {"event": "user", "parse_data": parsed},
        {"event": "action", "name": "utter_danger"},
    ]


@pytest.mark.parametrize(
    ("need", "response"),
    [
        ("greeting", "utter_greeting"),
        ("who_are_you", "utter_who_are_you"),
        ("are_you_human", "utter_are_you_human"),
        ("privacy_and_deletion", "utter_privacy_and_deletion"),
        ("thanks", "utter_thanks"),
        ("goodbye", "utter_goodbye"),
        (None, "utter_what_can_you_do"),
    ],
)
def test_a_question_about_the_assistant_has_its_response(play, need, response):
    assert play(ActionBotMeta(), "bot_meta", need).texts == [source(response)]


@pytest.mark.parametrize(
    "need", [name.split("/")[1] for name in load_topics().needs_of("bot_meta")]
)
def test_every_need_of_the_talk_has_an_answer(play, need):
    assert play(ActionBotMeta(), "bot_meta", need).texts


@pytest.mark.parametrize(
    ("need", "response"),
    [
        ("other_countries", "utter_other_countries"),
        ("insult", "utter_insult"),
        ("weather", "utter_out_of_scope"),
        (None, "utter_out_of_scope"),
    ],
)
def test_what_is_not_its_business_is_said_so(play, need, response):
    assert play(ActionBotMeta(), "out_of_scope", need).texts == [source(response)]


def test_noise_counts_as_a_misunderstanding(play):
    played = play(ActionBotMeta(), "out_of_scope", "unintelligible")
    assert played.texts == [source("utter_unintelligible")]
    assert played.slots == {"misunderstood": 1}


@pytest.mark.parametrize("need", ["thanks", "who_are_you", "repeat"])
def test_an_interrupted_question_is_asked_again(play, need):
    played = play(ActionBotMeta(), "bot_meta", need, loop="assessment_form")
    assert played.next_actions == ["assessment_form"]


def test_starting_over_forgets_everything_but_the_language(play):
    played = play(
        ActionBotMeta(),
        "bot_meta",
        "start_over",
        loop="assessment_form",
        language="so",
        topic="health",
    )
    assert played.ends_question
    assert {"event": "reset_slots", "timestamp": None} in played.events
    assert played.slots == {"language": "so"}
    assert played.next_actions == []


def pressed(code):
    return {"need": "change_language", "conversation_language": code}


def test_a_language_button_changes_the_language_and_repeats_the_answer(play):
    played = play(
        ActionBotMeta(), "bot_meta", entities=pressed("fi"), topic="housing", municipality="091"
    )
    assert played.slots["language"] == "fi"
    assert played.texts[0] == translator("fi").gettext(source("utter_language_changed"))
    assert played.texts[1].startswith(translator("fi").gettext(load_guides().find("housing").title))


def test_a_language_button_at_the_beginning_only_changes_the_language(play):
    played = play(ActionBotMeta(), "bot_meta", entities=pressed("fi"))
    assert len(played.texts) == 1


def test_a_language_button_inside_a_question_asks_the_question_again(play):
    played = play(ActionBotMeta(), "bot_meta", entities=pressed("fi"), loop="municipality_form")
    assert played.next_actions == ["municipality_form"]


def test_a_language_button_after_danger_repeats_the_danger_s_answer(play):
    played = play(ActionBotMeta(), "bot_meta", entities=pressed("fi"), events=danger())
    assert played.messages[-1]["kind"] == "emergency"
    assert played.messages[-1]["language"] == "fi"


def test_a_language_that_is_named_is_taken(play):
    played = play(ActionBotMeta(), "bot_meta", "which_languages", entities={"language_name": "ar"})
    assert played.slots["language"] == "ar"


@pytest.mark.parametrize("named", [{}, {"language_name": "th"}, {"conversation_language": "en"}])
def test_a_wish_for_another_language_without_a_served_one_gets_the_menu(play, named):
    played = play(ActionBotMeta(), "bot_meta", "change_language", entities=named)
    assert played.texts == [source("utter_change_language")]


def test_the_last_answer_is_repeated(play):
    played = play(ActionBotMeta(), "bot_meta", "repeat", topic="housing", municipality="091")
    assert played.texts[0].startswith(load_guides().find("housing").title)


def test_danger_is_repeated_as_danger(play):
    played = play(ActionBotMeta(), "bot_meta", "repeat", events=danger())
    assert played.messages[0]["kind"] == "emergency"
    assert played.texts[0].startswith(load_guides().find("emergency", "violence_now").title)


def test_simpler_words_are_the_guide_s_own(play):
    played = play(ActionBotMeta(), "bot_meta", "explain_simpler", topic="housing")
    assert played.texts == [load_guides().find("housing").simple]


def test_an_older_answer_is_said_in_simpler_words_by_its_own_button(play):
    played = play(
        ActionBotMeta(),
        "bot_meta",
        "explain_simpler",
        entities={"view": "health/dental"},
        topic="housing",
    )
    assert played.texts == [load_guides().find("health", "dental").simple]


@pytest.mark.parametrize("need", ["repeat", "explain_simpler"])
def test_at_the_beginning_there_is_nothing_to_repeat(play, need):
    assert play(ActionBotMeta(), "bot_meta", need).texts == [source("utter_nothing_to_repeat")]


def test_a_greeting_in_a_language_that_is_not_served_gets_the_menu(play):
    unserved = {"language": {"code": "th", "served": False}}
    played = play(ActionBotMeta(), "bot_meta", "greeting", message=unserved)
    assert played.texts == [source("utter_greeting"), source("utter_unknown_language")]
