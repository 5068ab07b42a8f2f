"""The held-out sets are well formed, and nothing of them is trained on."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from assistant.embedding import CachedEncoder, load_encoder
from assistant.evaluation import heldout
from assistant.guidance import load_topics
from assistant.i18n import SERVED
from assistant.nlu.folding import fold
from assistant.nlu.importer import read_phrases
from assistant.settings import PROJECT_ROOT

#: From this likeness on a held-out text of a few words says nothing new.
NEAR, FEWEST_WORDS = 0.985, 4
LEAST = 4
SETS = {
    "needs": heldout.needs,
    "languages": heldout.languages,
    "emergencies": heldout.emergencies,
}


def phrases() -> list[str]:
    files = sorted((PROJECT_ROOT / "data" / "nlu").glob("*/*.yml"))
    return [text for file in files for text, _, _ in read_phrases(file)]


@pytest.mark.parametrize("language", SERVED)
def test_a_language_has_enough_messages_of_every_topic(language):
    counts = Counter(row["topic"] for row in heldout.needs() if row["language"] == language)
    few = {topic: counts[topic] for topic in load_topics().topics if counts[topic] < LEAST}
    assert few == {}


def test_topics_and_needs_exist():
    topics = load_topics()
    wrong = [
        row["text"]
        for row in heldout.needs()
        if not {row["topic"], *row.get("also", [])} <= set(topics.topics)
        or (row["need"] and f"{row['topic']}/{row['need']}" not in topics.names)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", SERVED)
def test_a_file_holds_messages_of_its_own_language(code):
    rows = heldout._read(heldout.FOLDER / "heldout" / f"{code}.jsonl")
    assert {row["language"] for row in rows} == {code}


@pytest.mark.parametrize("name", SETS)
def test_a_row_has_a_text_and_a_language(name):
    rows = SETS[name]()
    assert rows
    assert [row for row in rows if not row["text"].strip() or not row["language"]] == []


def test_languages_of_needs_and_emergencies_are_served():
    rows = heldout.needs() + heldout.emergencies()
    assert {row["language"] for row in rows} == set(SERVED)


@pytest.mark.parametrize("language", SERVED)
def test_a_language_has_cries_for_help_and_messages_that_only_look_like_one(language):
    rows = [row for row in heldout.emergencies() if row["language"] == language]
    assert {row["emergency"] for row in rows} == {True, False}


@pytest.mark.parametrize("name", SETS)
def test_no_message_stands_twice_in_a_set(name):
    counts = Counter((row["language"], row["text"]) for row in SETS[name]())
    assert [text for text, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", SETS)
def test_no_held_out_message_is_a_training_phrase(name):
    trained = {fold(text) for text in phrases()}
    assert [row["text"] for row in SETS[name]() if fold(row["text"]) in trained] == []


@pytest.mark.parametrize("name", SETS)
def test_no_held_out_message_is_nearly_a_training_phrase(name, project_settings):
    encoder = CachedEncoder(load_encoder(), project_settings.vector_cache)
    texts = [row["text"] for row in SETS[name]() if len(row["text"].split()) >= FEWEST_WORDS]
    trained = phrases()
    vectors, known = encoder.encode(texts), encoder.encode(trained)
    near = []
    for text, vector in zip(texts, vectors):
        likeness = known @ vector
        best = int(np.argmax(likeness))
        if likeness[best] >= NEAR:
            near.append((text, trained[best], round(float(likeness[best]), 3)))
    assert near == []
