"""The evaluation sets are well formed and large enough, and nothing of them is trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from assistant.catalogue.municipalities import municipalities
from assistant.embedding import CachedEncoder, load_encoder
from assistant.evaluation import datasets
from assistant.guidance import load_topics
from assistant.i18n import COMPLETE, SERVED
from assistant.nlu.folding import fold
from assistant.nlu.importer import read_phrases
from assistant.settings import PROJECT_ROOT, Settings

Rows = list[dict[str, Any]]

#: From this likeness on a text of a few words says nothing new.
NEAR, FEWEST_WORDS = 0.985, 4
#: Texts that are compared at once.
BATCH = 256
#: Languages without training phrases.
OTHERS = ("am", "bn", "ckb", "de", "ku", "ne", "pl", "sq", "th", "vi")
A_TOPIC, A_LANGUAGE = 12, 60
OUT_OF_SCOPE, EMERGENCIES, ALIKE, ENTITIES, LANGUAGES = 400, 300, 300, 400, 600
SPLITS: tuple[datasets.Split, ...] = ("heldout", "development")
SETS: dict[str, Callable[[datasets.Split], Rows]] = {
    "needs": datasets.needs,
    "out_of_scope": datasets.out_of_scope,
    "emergencies": datasets.emergencies,
    "languages": datasets.languages,
    "entities": datasets.entities,
}
LABELLED = ("municipality", "district", "child_age", "school_class", "date", "language")
EVERY = [pytest.param(split, name, id=f"{split}-{name}") for split in SPLITS for name in SETS]

every_set = pytest.mark.parametrize(("split", "name"), EVERY)
every_split = pytest.mark.parametrize("split", SPLITS)


@cache
def phrases() -> tuple[str, ...]:
    """Every training phrase."""
    files = sorted((PROJECT_ROOT / "data" / "nlu").glob("*/*.yml"))
    return tuple(text for file in files for text, _, _ in read_phrases(file))


@cache
def trained() -> frozenset[str]:
    """Every training phrase, folded."""
    return frozenset(map(fold, phrases()))


def words(text: str) -> int:
    """About how many words a text has; Chinese ones have two characters."""
    han = sum("\u4e00" <= character <= "\u9fff" for character in text)
    return max(len(text.split()), han // 2)


@every_set
def test_a_row_has_a_text_and_a_language(split: datasets.Split, name: str) -> None:
    rows = SETS[name](split)
    assert [row for row in rows if not row["text"].strip() or not row["lang"]] == []


@every_set
def test_languages_are_known(split: datasets.Split, name: str) -> None:
    assert {row["lang"] for row in SETS[name](split)} <= {*SERVED, *OTHERS}


@every_set
def test_no_message_stands_twice_in_a_set(split: datasets.Split, name: str) -> None:
    counts = Counter((row["lang"], row["text"]) for row in SETS[name](split))
    assert [text for text, count in counts.items() if count > 1] == []


@every_split
def test_topics_and_needs_exist(split: datasets.Split) -> None:
    topics = load_topics()
    wrong = [
        row["text"]
        for row in datasets.needs(split)
        if not row["style"]
        or f"{row['topic']}/{row['need']}" not in topics.needs
        or not {row["topic"], *row.get("also", [])} <= set(topics.names)
    ]
    assert wrong == []


@every_split
def test_a_file_of_needs_holds_messages_of_its_own_language(split: datasets.Split) -> None:
    files = sorted((datasets.FOLDER / split / "needs").glob("*.jsonl"))
    assert {
        file.stem: {row["lang"] for row in datasets._read(file)} - {file.stem} for file in files
    } == {file.stem: set() for file in files}


@every_split
def test_kinds_of_danger_exist(split: datasets.Split) -> None:
    needs = load_topics().needs
    wrong = [
        row["text"]
        for row in datasets.emergencies(split)
        if (f"emergency/{row['kind']}" in needs) is not row["emergency"]
    ]
    assert wrong == []


@every_split
def test_out_of_scope_messages_have_a_kind_and_a_style(split: datasets.Split) -> None:
    rows = datasets.out_of_scope(split)
    assert [row["text"] for row in rows if not row["kind"] or not row["style"]] == []


@every_split
def test_messages_of_the_language_set_have_a_style(split: datasets.Split) -> None:
    assert [row["text"] for row in datasets.languages(split) if not row["style"]] == []


def test_short_messages_have_one_or_two_words() -> None:
    rows = [row for row in datasets.languages() if row["style"] == "short"]
    assert [row["text"] for row in rows if len(row["text"].split()) > 2] == []


@every_split
def test_entities_have_a_known_name_and_a_value(split: datasets.Split) -> None:
    wrong = [
        row["text"]
        for row in datasets.entities(split)
        for entity in row["entities"]
        if entity["entity"] not in LABELLED or not entity["value"]
    ]
    assert wrong == []


@every_split
def test_labelled_municipalities_are_official_finnish_names(split: datasets.Split) -> None:
    names = {one.name_fi for one in municipalities()}
    wrong = {
        entity["value"]
        for row in datasets.entities(split)
        for entity in row["entities"]
        if entity["entity"] == "municipality"
    } - names
    assert wrong == set()


@pytest.mark.parametrize("language", COMPLETE)
def test_a_served_language_has_enough_held_out_messages_of_every_topic(language: str) -> None:
    counts = Counter(row["topic"] for row in datasets.needs() if row["lang"] == language)
    few = {topic: counts[topic] for topic in load_topics().topics if counts[topic] < A_TOPIC}
    assert few == {}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_without_training_data_has_enough_held_out_messages(language: str) -> None:
    rows = [row for row in datasets.needs() if row["lang"] == language]
    assert len(rows) >= A_LANGUAGE


@pytest.mark.parametrize("language", COMPLETE)
def test_a_language_has_cries_for_help_and_messages_that_only_look_like_one(language: str) -> None:
    rows = [row for row in datasets.emergencies() if row["lang"] == language]
    assert {row["emergency"] for row in rows} == {True, False}


def test_the_held_out_sets_are_large_enough() -> None:
    emergency = Counter(row["emergency"] for row in datasets.emergencies())
    assert len(datasets.out_of_scope()) >= OUT_OF_SCOPE
    assert {row["lang"] for row in datasets.out_of_scope()} >= {*COMPLETE, *OTHERS}
    assert emergency[True] >= EMERGENCIES
    assert emergency[False] >= ALIKE
    assert len(datasets.entities()) >= ENTITIES
    assert len(datasets.languages()) >= LANGUAGES


def test_no_message_stands_in_both_splits() -> None:
    heldout, development = (
        {fold(row["text"]) for read in SETS.values() for row in read(split)} for split in SPLITS
    )
    assert sorted(heldout & development) == []


@every_set
def test_no_message_is_a_training_phrase(split: datasets.Split, name: str) -> None:
    rows = SETS[name](split)
    assert [row["text"] for row in rows if fold(row["text"]) in trained()] == []


@pytest.fixture(scope="module")
def encoder(project_settings: Settings) -> CachedEncoder:
    return CachedEncoder(load_encoder(), project_settings.vector_cache)


@pytest.fixture(scope="module")
def known(encoder: CachedEncoder) -> np.ndarray:
    """The vectors of the training phrases."""
    return encoder.encode(phrases())


@every_set
def test_no_message_is_nearly_a_training_phrase(
    encoder: CachedEncoder, known: np.ndarray, split: datasets.Split, name: str
) -> None:
    texts = [row["text"] for row in SETS[name](split) if words(row["text"]) >= FEWEST_WORDS]
    vectors = encoder.encode(texts)
    near = []
    for start in range(0, len(texts), BATCH):
        likeness = vectors[start : start + BATCH] @ known.T
        for text, row, best in zip(texts[start:], likeness, likeness.argmax(axis=1)):
            if row[best] >= NEAR:
                near.append((text, phrases()[best], round(float(row[best]), 3)))
    assert near == []
