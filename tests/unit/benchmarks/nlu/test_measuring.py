"""What is told of a contender."""

import numpy as np
import pytest

from benchmarks.nlu.data import Messages
from benchmarks.nlu.measuring import (
    Encoding,
    in_groups,
    measured,
    milliseconds,
    pickled,
    score,
    single_messages,
    times,
)

LABELS = ["a/x", "a/y", "b/z"]


def messages(labels, languages):
    count = len(labels)
    return Messages([""] * count, np.zeros((count, 2)), labels, languages, [[]] * count)


class Played:
    """Says the first label of every message and remembers how many came at once."""

    labels = LABELS

    def __init__(self):
        self.groups = []

    def probabilities(self, texts, vectors, languages):
        self.groups.append(len(texts))
        return np.tile([1.0, 0.0, 0.0], (len(texts), 1))


def test_languages_without_training_phrases_are_told_apart():
    found = messages(["a/x", "a/y", "b/z", "b/z", "a/x"], ["fi", "fi", "fi", "so", "vi"])
    told = score(found, {"fi", "so"}, LABELS, np.eye(3)[[0, 0, 2, 0, 0]])
    assert (told.topic, told.need) == (0.75, 0.5)
    assert (told.worst_language, told.worst) == ("so", 0.0)
    assert told.untrained == 1.0
    assert told.by_language == {"fi": 1.0, "so": 0.0, "vi": 1.0}


def test_without_such_messages_there_is_no_figure():
    told = score(messages(["a/x"], ["vi"]), {"fi"}, LABELS, np.eye(3)[[0]])
    assert (told.topic, told.need, told.worst, told.worst_language) == (None,) * 4
    assert score(messages(["a/x"], ["fi"]), {"fi"}, LABELS, np.eye(3)[[0]]).untrained is None


def test_topics_alone_have_no_need_accuracy():
    told = score(messages(["a/x", "b/z"], ["fi", "fi"]), {"fi"}, ["a", "b"], np.eye(2))
    assert (told.topic, told.need) == (1.0, None)


def test_many_messages_are_classified_in_groups():
    played = Played()
    found = in_groups(played, messages(["a/x"] * 600, ["fi"] * 600))
    assert found.shape == (600, 3)
    assert played.groups == [256, 256, 88]


def test_encoding_counts_only_where_it_is_used():
    played = Played()
    some = messages(["a/x"] * 3, ["fi"] * 3)
    encoding = Encoding([1000.0, 2000.0, 3000.0], 1.0)
    assert 2000 < milliseconds(played, some, encoding) < 2500
    assert milliseconds(played, some, None) < 500
    assert set(played.groups) == {1}
    assert encoding.milliseconds == 2000


def test_every_text_is_timed_once_after_a_warm_up():
    asked = []
    assert len(times(["a"] * 8, asked.append)) == 8
    assert asked == [*range(5), *range(8)]


def test_single_messages_are_the_same_every_time():
    found = messages([f"a/{number}" for number in range(500)], ["fi"] * 500)
    assert len(single_messages(found).labels) == 200
    assert single_messages(found).labels == single_messages(found).labels
    assert len(single_messages(found.where(row < 7 for row in range(500))).labels) == 7


def test_training_is_timed_and_the_model_weighed():
    with measured() as cost:
        held = np.ones(2**22)
    assert cost.seconds > 0
    assert cost.mebibytes == pytest.approx(32, abs=8)
    assert pickled(held) == pytest.approx(32, abs=1)
