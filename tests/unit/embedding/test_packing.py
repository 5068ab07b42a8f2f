"""Vectors travel as short ASCII."""

import numpy as np
import pytest

from assistant.embedding.packing import pack_vector, unpack_vector


@pytest.fixture
def vectors():
    made = np.random.default_rng(1).normal(size=(20, 384)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_a_packed_vector_is_short_ascii(vectors):
    packed = pack_vector(vectors[0])
    assert packed.isascii()
    assert len(packed) == 512


def test_an_unpacked_vector_has_unit_length_and_the_old_direction(vectors):
    found = unpack_vector(pack_vector(vectors[0]))
    assert found.dtype == np.float32
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-4)
    assert found @ vectors[0] > 0.999


def test_a_search_ranks_the_same_with_it(vectors):
    asked = vectors[0] + 0.3 * vectors[1]
    asked /= np.linalg.norm(asked)
    found = unpack_vector(pack_vector(asked))
    assert list(np.argsort(-vectors @ asked)[:3]) == list(np.argsort(-vectors @ found)[:3])


def test_a_vector_of_zeros_is_no_error():
    assert not unpack_vector(pack_vector(np.zeros(4, dtype=np.float32))).any()
