"""When the assistant asks back instead of answering."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.doubt_classifier import DoubtClassifier

CONFIG = {"threshold": 0.3, "ambiguity_threshold": 0.05, "strangeness": -7.0}


def intent_of(topic="housing", confidence=0.8, second=0.05, strangeness=-20.0, entities=()):
    ranking = [{"name": topic, "confidence": confidence}, {"name": "health", "confidence": second}]
    message = Message(
        {
            "text": "a home",
            "intent": ranking[0],
            "intent_ranking": ranking,
            "strangeness": strangeness,
            "entities": list(entities),
        }
    )
    DoubtClassifier(CONFIG).process([message])
    return message.get("intent")["name"]


def test_a_sure_topic_is_kept():
    assert intent_of() == "housing"


def test_an_unsure_topic_is_in_doubt():
    assert intent_of(confidence=0.2) == "nlu_fallback"


def test_two_topics_close_together_are_in_doubt():
    assert intent_of(confidence=0.5, second=0.48) == "nlu_fallback"


def test_a_message_like_those_out_of_scope_is_in_doubt():
    assert intent_of(strangeness=-3.0) == "nlu_fallback"


@pytest.mark.parametrize("topic", ["emergency", "human_contact", "bot_meta", "affirm"])
def test_danger_replies_and_words_to_the_assistant_are_never_too_strange(topic):
    assert intent_of(topic=topic, strangeness=3.0) == topic


def test_a_message_that_names_a_municipality_is_not_about_another_country():
    place = [{"entity": "municipality", "value": "049"}]
    assert intent_of(strangeness=-3.0, entities=place) == "housing"
