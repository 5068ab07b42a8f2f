"""Needs and topics from vectors and letters."""

import numpy as np
import pytest

from assistant.nlu.need_model import NeedModel, topic_of

LABELS = ["housing/private_rental", "housing/buying_home", "health/dental", "affirm"]
DIMENSION = 8


def vector(label: str, shift: float = 0.0) -> np.ndarray:
    found = np.full(DIMENSION, 0.05, dtype=np.float32)
    found[LABELS.index(label)] = 1.0
    found[-1] = shift
    return found / np.linalg.norm(found)


@pytest.fixture(scope="module")
def model() -> NeedModel:
    texts, vectors, labels, languages = [], [], [], []
    for language, shift in (("en", 0.0), ("fi", 0.6)):
        for label in LABELS:
            for number in range(4):
                texts.append(f"{label.split('/')[-1]} {number}")
                vectors.append(vector(label, shift + number / 100))
                labels.append(label)
                languages.append(language)
    return NeedModel.fit(texts, np.stack(vectors), labels, languages)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(("language", "shift"), [("en", 0.0), ("fi", 0.6), (None, 0.3)])
def test_a_need_is_found_in_each_language_and_in_an_unknown_one(model, label, language, shift):
    found = model.predict("something else", vector(label, shift), language)
    assert found.needs[0][0] == label
    assert found.topics[0][0] == topic_of(label)


def test_the_probabilities_of_needs_and_of_topics_sum_to_one(model):
    found = model.predict("dental", vector("health/dental"), "en")
    assert sum(value for _, value in found.needs) == pytest.approx(1, abs=1e-4)
    assert sum(value for _, value in found.topics) == pytest.approx(1, abs=1e-4)


def test_a_topic_is_as_likely_as_its_needs_together(model):
    found = model.predict("x", vector("housing/private_rental"), "en")
    needs, topics = dict(found.needs), dict(found.topics)
    together = needs["housing/private_rental"] + needs["housing/buying_home"]
    assert topics["housing"] == pytest.approx(together, abs=1e-5)


def test_needs_come_with_the_likeliest_first(model):
    values = [value for _, value in model.predict("x", vector("affirm"), "en").needs]
    assert values == sorted(values, reverse=True)


def test_the_letters_of_a_message_count(model):
    between = vector("health/dental") + vector("housing/buying_home")
    between /= np.linalg.norm(between)
    by_letters = [model.predict(text, between, "en") for text in ("dental", "buying_home")]
    dental = [dict(found.needs)["health/dental"] for found in by_letters]
    assert dental[0] > dental[1]


def test_a_language_that_was_not_trained_is_not_judged_by_letters(model):
    first = model.predict("dental", vector("affirm"), "zh")
    second = model.predict("buying_home", vector("affirm"), "zh")
    assert first == second


def test_a_model_that_is_saved_and_loaded_predicts_the_same(model, tmp_path):
    model.save(tmp_path)
    loaded = NeedModel.load(tmp_path)
    asked = ("dental", vector("health/dental"), "fi")
    assert loaded.topics == model.topics
    expected = dict(model.predict(*asked).needs)
    assert dict(loaded.predict(*asked).needs) == pytest.approx(expected, abs=0.01)


def test_two_labels_are_enough(tmp_path):
    vectors = np.stack([vector(label) for label in LABELS[:2] * 2])
    labels = LABELS[:2] * 2
    two = NeedModel.fit(["a b", "c d"] * 2, vectors, labels, ["en"] * 4)
    for label in LABELS[:2]:
        assert two.predict("x", vector(label), "en").needs[0][0] == label


@pytest.mark.parametrize(("label", "topic"), [("a/b", "a"), ("affirm", "affirm")])
def test_the_topic_of_a_label_stands_before_the_slash(label, topic):
    assert topic_of(label) == topic
