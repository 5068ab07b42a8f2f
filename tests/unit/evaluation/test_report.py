"""The arithmetic of the evaluation, on rows that are given."""

import json

import pytest

from assistant.evaluation import heldout, report


def row(language, topic, need="a", **more):
    return {
        "text": f"{language} {topic} {need}",
        "language": language,
        "topic": topic,
        "need": need,
        "style": "keyword",
        **more,
    }


NEEDS = [
    row("en", "housing"),
    row("en", "housing", "b"),
    row("en", "health", also=["housing"]),
    row("fi", "health"),
    row("fi", "out_of_scope"),
]
LANGUAGES = [{"text": "moi", "language": "fi"}, {"text": "hej", "language": "sv"}]
EMERGENCIES = [
    {"text": "help", "language": "en", "emergency": True},
    {"text": "apua", "language": "fi", "emergency": True},
    {"text": "fire drill", "language": "en", "emergency": False},
    {"text": "film", "language": "en", "emergency": False},
]
UNDERSTOOD = {
    "en housing a": ("housing", "a", "en", False),
    "en housing b": ("housing", "a", "en", False),
    "en health a": ("housing", "a", "en", False),
    "fi health a": ("leisure", "a", "et", True),
    "fi out_of_scope a": ("out_of_scope", None, "fi", False),
    "moi": ("bot_meta", None, "fi", False),
    "hej": ("bot_meta", None, "fi", False),
    "help": ("emergency", None, "en", True),
    "apua": ("housing", None, "fi", False),
    "fire drill": ("emergency", None, "en", True),
    "film": ("leisure", None, "en", False),
}


def parse(text):
    topic, need, language, emergency = UNDERSTOOD[text]
    return {"topic": topic, "need": need, "language": language, "emergency": emergency}


@pytest.fixture
def result(monkeypatch):
    monkeypatch.setattr(heldout, "needs", lambda: NEEDS)
    monkeypatch.setattr(heldout, "languages", lambda: LANGUAGES)
    monkeypatch.setattr(heldout, "emergencies", lambda: EMERGENCIES)
    return report.evaluate(lambda texts: map(parse, texts))


def test_every_message_is_counted(result):
    assert result["messages"] == 11


def test_a_topic_is_right_when_it_or_another_that_fits_was_found(result):
    assert result["topic"]["accuracy"] == 0.8
    assert result["topic"]["by_language"] == {"en": 1.0, "fi": 0.5}
    assert result["topic"]["by_topic"] == {"health": 0.5, "housing": 1.0, "out_of_scope": 1.0}


def test_a_need_is_right_with_its_topic_alone(result):
    assert result["need"]["by_language"] == {"en": 0.3333, "fi": 0.0}


def test_languages_are_counted_on_their_own_set_and_on_the_needs(result):
    assert result["language"]["accuracy"] == 0.5
    assert result["language"]["by_language"] == {"fi": 1.0, "sv": 0.0}
    assert result["language"]["on_needs"] == 0.8


def test_recall_and_false_alarms_of_emergencies_are_counted_apart(result):
    assert result["emergency"]["recall"] == 0.5
    assert result["emergency"]["recall_by_language"] == {"en": 1.0, "fi": 0.0}
    assert result["emergency"]["false_alarms"] == 0.5
    assert result["emergency"]["false_alarms_on_needs"] == 0.2


def test_what_is_out_of_scope_is_counted(result):
    assert result["out_of_scope"]["recall"] == 1.0


def test_a_confusion_is_shown_with_an_example(result):
    assert result["confusions"] == [
        {"topic": "health", "taken_for": "leisure", "count": 1, "example": "fi health a"}
    ]


def test_no_rows_make_a_share_of_zero():
    assert report._share([], report.topic_right) == 0.0


def test_a_result_is_json(result):
    assert json.loads(json.dumps(result)) == result


def test_a_result_is_printed_as_tables(result, capsys):
    report.print_report(result)
    printed = capsys.readouterr().out
    assert "housing" in printed and "0.800" in printed


@pytest.mark.parametrize(
    ("expected", "parsed", "right"),
    [
        ({"topic": "a"}, {"topic": "a"}, True),
        ({"topic": "a"}, {"topic": "b"}, False),
        ({"topic": "a", "also": ["b"]}, {"topic": "b"}, True),
    ],
)
def test_another_topic_that_fits_is_right_too(expected, parsed, right):
    assert report.topic_right(expected, parsed) is right
