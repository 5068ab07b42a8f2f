"""The published form of what was understood."""

import pytest

from assistant.nlu.parse_result import parse_result

PARSED = {
    "intent": {"name": "housing", "confidence": 0.87654},
    "need": {"name": "housing/buying_home", "confidence": 0.7},
    "language": {"code": "fi", "confidence": 0.9},
    "entities": [
        {"entity": "municipality", "value": "049", "start": 3, "end": 8, "extractor": "x"},
        {"entity": "conversation_language", "value": "fi", "start": 0, "end": 8},
    ],
    "emergency": False,
}


def test_a_message_is_described_by_topic_need_language_and_entities():
    assert parse_result("talo Espoosta", PARSED) == {
        "text": "talo Espoosta",
        "language": "fi",
        "topic": "housing",
        "need": "buying_home",
        "intent": "housing",
        "confidence": 0.8765,
        "entities": [{"entity": "municipality", "value": "049", "start": 3, "end": 8}],
        "emergency": False,
    }


def test_the_topic_is_known_even_when_the_dialogue_is_not_sure():
    unsure = {**PARSED, "intent": {"name": "nlu_fallback", "confidence": 0.4}}
    found = parse_result("?", unsure)
    assert (found["topic"], found["intent"]) == ("housing", "nlu_fallback")


@pytest.mark.parametrize("name", ["affirm", "inform", "dont_know"])
def test_replies_that_ask_for_nothing_belong_to_the_talk(name):
    found = parse_result("yes", {"intent": {"name": name}, "need": {"name": name}})
    assert (found["topic"], found["need"]) == ("bot_meta", None)


def test_a_topic_without_a_need_has_none():
    found = parse_result("/housing", {"intent": {"name": "housing", "confidence": 1.0}})
    assert (found["topic"], found["need"]) == ("housing", None)


def test_an_empty_result_is_complete_too():
    found = parse_result("", {})
    assert found["topic"] == "bot_meta"
    assert (found["language"], found["confidence"], found["entities"]) == (None, 0.0, [])
    assert found["emergency"] is False


def test_an_entity_with_the_value_zero_keeps_it():
    entity = {"entity": "child_age", "value": 0, "start": 0, "end": 1}
    assert parse_result("0", {"entities": [entity]})["entities"] == [entity]
