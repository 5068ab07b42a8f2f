"""What counts as right, and shares of it."""

import pytest

from assistant.evaluation import metrics


@pytest.mark.parametrize(
    ("row", "topic", "right"),
    [
        ({"topic": "a"}, "a", True),
        ({"topic": "a"}, "b", False),
        ({"topic": "a", "also": ["b"]}, "b", True),
        ({"topic": "a", "also": ["b/x"]}, "b", True),
        ({"topic": "a", "also": ["b/x"]}, "x", False),
    ],
)
def test_a_topic_is_right_when_it_or_another_that_fits_was_found(row, topic, right):
    assert metrics.topic_right(row, {"topic": topic}) is right


@pytest.mark.parametrize(
    ("also", "found", "right"),
    [
        ([], ("a", "x"), True),
        ([], ("a", "y"), False),
        ([], ("b", "x"), False),
        (["b/y"], ("b", "y"), True),
        (["b/y"], ("b", "x"), False),
        (["b"], ("b", "x"), True),
        (["b"], ("b", None), True),
        (["a/y"], ("a", "y"), True),
        ([], ("a", None), False),
    ],
)
def test_a_need_is_right_by_its_id_or_as_any_need_of_a_topic_that_fits(also, found, right):
    row = {"topic": "a", "need": "x", "also": also}
    assert metrics.need_right(row, {"topic": found[0], "need": found[1]}) is right


@pytest.mark.parametrize(
    ("topic", "intent", "rejected"),
    [
        ("out_of_scope", "out_of_scope", True),
        ("housing", "nlu_fallback", True),
        ("housing", "housing", False),
    ],
)
def test_a_message_is_rejected_when_it_is_out_of_scope_or_doubtful(topic, intent, rejected):
    assert metrics.rejected({}, {"topic": topic, "intent": intent}) is rejected


def pairs(*topics):
    """Pairs of a language, a topic and what the topic was taken for."""
    return [
        ({"lang": lang, "topic": topic, "text": f"{number}", "style": "typo"}, {"topic": found})
        for number, (lang, topic, found) in enumerate(topics)
    ]


def test_a_share_of_nothing_is_not_known():
    assert metrics.share([], metrics.topic_right) is None


def test_shares_are_counted_by_a_field():
    found = pairs(("fi", "a", "a"), ("en", "a", "b"), ("fi", "a", "b"))
    assert metrics.shares(found, "lang", metrics.topic_right) == {"en": 0.0, "fi": 0.5}


def test_shares_are_counted_by_two_fields():
    found = pairs(("fi", "a", "a"), ("fi", "b", "a"), ("en", "b", "b"))
    assert metrics.share_table(found, "lang", "topic", metrics.topic_right) == {
        "en": {"b": 1.0},
        "fi": {"a": 1.0, "b": 0.0},
    }


def test_the_most_frequent_confusion_comes_first_with_three_examples():
    found = pairs(("fi", "a", "b"), *[("en", "b", "c")] * 4, ("fi", "c", "c"))
    first, second = metrics.confusions(found)
    assert (first["topic"], first["taken_for"], first["count"]) == ("b", "c", 4)
    assert [one["text"] for one in first["examples"]] == ["1", "2", "3"]
    assert second["examples"] == [{"text": "0", "lang": "fi", "style": "typo"}]


def test_examples_are_of_many_languages():
    found = pairs(*[("fi", "a", "b")] * 3, ("so", "a", "b"), ("tr", "a", "b"))
    (entry,) = metrics.confusions(found)
    assert [one["lang"] for one in entry["examples"]] == ["fi", "so", "tr"]
