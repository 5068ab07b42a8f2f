"""Yes or no from a vector."""

import numpy as np
import pytest

from assistant.nlu.binary_network import BinaryNetwork, log_odds


@pytest.fixture(scope="module")
def network() -> BinaryNetwork:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(2000, 6)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return BinaryNetwork.fit(vectors, vectors[:, 0] > 0)


@pytest.mark.parametrize(("first", "yes"), [(1.0, True), (-1.0, False)])
def test_what_is_like_the_yes_examples_gets_a_yes(network, first, yes):
    assert (network.log_odds(np.array([first, 0, 0, 0, 0, 0])) > 0) is yes


def test_what_is_saved_answers_the_same(network, tmp_path):
    network.save(tmp_path / "network.npz")
    vector = np.array([0.6, 0.8, 0, 0, 0, 0])
    loaded = BinaryNetwork.load(tmp_path / "network.npz")
    assert loaded.log_odds(vector) == pytest.approx(network.log_odds(vector))


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_log_odds_of_a_certainty_are_finite(probability):
    assert np.isfinite(log_odds(probability))


def test_even_chances_have_log_odds_of_nothing():
    assert log_odds(0.5) == pytest.approx(0)
