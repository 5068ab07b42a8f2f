"""Needs by the spelling of phrases."""

import numpy as np
import pytest

from assistant.nlu.ngram_ridge import NgramRidge

TEXTS = ["päiväkotimaksu", "päiväkodin maksut", "hammaslääkäri", "hammas on kipeä", "dentist"]
CLASSES = np.array([0, 0, 1, 1, 1])
LANGUAGES = ["fi", "fi", "fi", "fi", "en"]


@pytest.fixture(scope="module")
def ridge() -> NgramRidge:
    return NgramRidge.fit(TEXTS, CLASSES, LANGUAGES, 2)


@pytest.mark.parametrize(("text", "expected"), [("päiväkoti maksaa", 0), ("hammaslääkari", 1)])
def test_a_message_scores_highest_for_the_phrases_it_is_spelled_like(ridge, text, expected):
    assert int(ridge.scores(text, "fi").argmax()) == expected


def test_a_message_like_no_phrase_speaks_for_nothing(ridge):
    assert np.abs(ridge.scores("zzz", "fi")).max() < 0.05


@pytest.mark.parametrize("language", ["sv", None])
def test_a_language_without_phrases_has_no_opinion(ridge, language):
    assert ridge.scores("hammas", language) is None


def test_what_is_saved_scores_the_same(ridge, tmp_path):
    ridge.save(tmp_path)
    loaded = NgramRidge.load(tmp_path).scores("hammas", "fi")
    assert loaded == pytest.approx(ridge.scores("hammas", "fi"), abs=2e-3)
