"""The figures of an evaluation, on sets that are made up (see `conftest`)."""

import json

import pytest

from assistant.evaluation.evaluation import evaluate
from tests.unit.evaluation.conftest import NEEDS, parse, use


def test_every_message_is_counted(result):
    assert result["messages"] == 19
    assert result["sizes"]["needs"] == 6
    assert result["sizes"]["by_language"] == {"en": 3, "fi": 2}


def test_topics_are_counted_in_the_served_languages(result):
    topic = result["topic"]
    assert topic["accuracy"] == 0.8
    assert topic["by_language"] == {"en": 1.0, "fi": 0.5}
    assert topic["by_topic"] == {"health": 0.5, "housing": 1.0, "out_of_scope": 1.0}
    assert topic["by_style"] == {"keyword": 1.0, "romanised": 0.0}
    assert topic["by_language_and_topic"]["fi"] == {"health": 0.0, "out_of_scope": 1.0}


def test_needs_are_counted(result):
    # "out_of_scope" without its need is not the need.
    assert result["need"]["by_language"] == {"en": 0.6667, "fi": 0.0}
    assert result["need"]["accuracy"] == 0.4


def test_other_languages_are_counted_apart(result):
    other = result["without_training_data"]
    assert (other["accuracy"], other["by_language"]) == (1.0, {"pl": 1.0})


def test_languages_are_counted_on_their_own_set_and_on_the_needs(result):
    language = result["language"]
    assert language["accuracy"] == 0.6667
    assert language["by_language"] == {"fi": 1.0, "sv": 0.5}
    assert language["by_style"] == {"phrase": 1.0, "short": 0.5}
    assert language["short"] == 0.5
    assert language["on_needs"] == 0.8


def test_what_is_out_of_scope_counts_as_rejected_when_it_is_doubtful_too(result):
    rejection = result["out_of_scope"]
    assert rejection["recall"] == 0.6667
    assert rejection["by_kind"] == {"other": 0.0, "private_business": 1.0, "weather": 1.0}
    assert rejection["by_language"] == {"en": 1.0, "fi": 0.5}


def test_a_need_that_is_rejected_is_a_false_rejection(monkeypatch, result):
    assert result["out_of_scope"]["false_rejection"] == 0.0
    row = {**NEEDS[0], "text": "pizza"}
    doubtful = {**NEEDS[0], "text": "weather", "also": ["out_of_scope"]}
    use(monkeypatch, needs=[NEEDS[1], row, doubtful])
    rejection = evaluate(parse)["out_of_scope"]
    assert rejection["false_rejection"] == 0.5
    assert rejection["false_rejection_by_language"] == {"en": 0.5}


def test_recall_and_false_alarms_of_emergencies_are_counted_apart(result):
    emergency = result["emergency"]
    assert emergency["recall"] == 0.6667
    assert emergency["recall_by_language"] == {"en": 1.0, "fi": 0.0}
    assert emergency["false_alarms"] == 0.5
    assert emergency["false_alarms_by_language"] == {"en": 0.5}
    assert emergency["false_alarms_on_needs"] == 0.2


def test_the_kind_of_danger_is_counted_where_it_was_found(result):
    assert result["emergency"]["kind_accuracy"] == 0.5


def test_entities_are_counted_by_name_and_municipalities_by_language(result):
    assert result["entities"] == {
        "by_entity": {"municipality": {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "count": 1}},
        "by_language": {"en": 0.0, "fi": 1.0},
    }


def test_calibration_is_that_of_the_topics(result):
    calibration = result["calibration"]
    assert calibration["ece"] == 0.18
    assert calibration["by_language"] == {"en": 0.1, "fi": 0.3}
    assert [one["count"] for one in calibration["bins"]] == [1, 4]


def test_a_confusion_is_shown_with_an_example(result):
    example = {"text": "fi health a", "lang": "fi", "style": "romanised"}
    assert result["confusions"] == [
        {"topic": "health", "taken_for": "leisure", "count": 1, "examples": [example]}
    ]


def test_a_result_is_json(result):
    assert json.loads(json.dumps(result)) == result


def test_sets_that_are_missing_make_figures_that_are_not_known(empty):
    assert empty["messages"] == 0
    assert empty["topic"]["accuracy"] is empty["emergency"]["recall"] is None
    assert empty["entities"] == {"by_entity": {}, "by_language": {}}
    assert empty["calibration"] == {"ece": None, "by_language": {}, "bins": []}


def test_a_parser_that_loses_a_message_is_noticed(monkeypatch):
    use(monkeypatch, needs=NEEDS)
    with pytest.raises(ValueError):
        evaluate(lambda texts: parse(texts[:-1]))
