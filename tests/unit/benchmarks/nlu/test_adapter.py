"""The contrastive map: its gradient, and that it brings phrases of a need together."""

import numpy as np
import pytest

from assistant.embedding.vectors import unit
from assistant.nlu.need_model import nearest_shares
from benchmarks.nlu.adapter import Adapter, LinearMap, learn, loss_and_gradient
from benchmarks.nlu.data import Messages


def batch(count=12, dimension=5):
    random = np.random.default_rng(3)
    return unit(random.normal(size=(count, dimension))), np.arange(count) % 3


def test_the_gradient_is_the_slope_of_the_loss():
    inputs, labels = batch()
    matrix = np.random.default_rng(4).normal(size=(5, 5))
    _, gradient = loss_and_gradient(matrix, inputs, labels)
    for place in [(0, 0), (2, 3), (4, 1)]:
        step = np.zeros_like(matrix)
        step[place] = 1e-5
        above, _ = loss_and_gradient(matrix + step, inputs, labels)
        below, _ = loss_and_gradient(matrix - step, inputs, labels)
        assert gradient[place] == pytest.approx((above - below) / 2e-5, rel=1e-4, abs=1e-7)


def test_learning_lowers_the_loss():
    inputs, labels = batch(30)
    before, _ = loss_and_gradient(np.eye(5), inputs, labels)
    after, _ = loss_and_gradient(learn(inputs, labels, steps=200), inputs, labels)
    assert after < before


def test_a_need_with_a_single_phrase_can_be_learnt():
    inputs, _ = batch(4)
    assert np.isfinite(learn(inputs, np.array([0, 1, 1, 1]), steps=5)).all()


def test_nearest_phrases_share_by_likeness():
    shares = nearest_shares(np.array([[0.9, 0.9, 0.1]]), np.array([1, 1, 0]), 3)
    assert shares[0, 1] > 0.99
    assert shares.sum() == pytest.approx(1)


@pytest.mark.parametrize("rule", ["centroid", "phrases"])
def test_labels_are_told_apart(rule):
    random = np.random.default_rng(5)
    centres = unit(random.normal(size=(3, 16)))
    vectors = unit(np.repeat(centres, 8, axis=0) + random.normal(size=(24, 16)) * 0.05)
    labels = [f"t/{row // 8}" for row in range(24)]
    train = Messages([""] * 24, vectors.astype(np.float32), labels, ["fi"] * 24, [[]] * 24)
    adapter = Adapter(train, LinearMap(train), rule)
    found = adapter.probabilities(train.texts, train.vectors, train.languages)
    assert [adapter.labels[one] for one in found.argmax(axis=1)] == labels
    assert found.sum(axis=1) == pytest.approx(1)
