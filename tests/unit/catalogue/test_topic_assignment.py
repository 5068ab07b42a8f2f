"""Topics from the sentence encoder for services that come without."""

import csv
from pathlib import Path

import numpy as np
import pytest

from assistant.catalogue.importers.base import Reading
from assistant.catalogue.importers.run import encoded, store_reading
from assistant.catalogue.model import Batch
from assistant.catalogue.topic_assignment import (
    MIN_CONFIDENCE,
    NEVER_ASSIGNED,
    TopicVectors,
    confidence_of,
    topic_vectors,
)
from assistant.catalogue.topic_review import write_topics
from assistant.catalogue.training_phrases import QUESTIONS, training_phrases
from assistant.embedding import CachedEncoder, load_encoder
from assistant.settings import get_settings

from .conftest import service, shared


@pytest.fixture
def known():
    """Three topics along three axes, seen from the origin."""
    topics = ("emergency", "health", "housing")
    return TopicVectors(topics, np.eye(3, 4, dtype=np.float32), {"": np.zeros(4)})


def assigned(known, *vector):
    return known.assign(np.array([vector], dtype=np.float32), ["fi"])[0]


def test_the_nearest_topic_is_given_with_its_confidence(known):
    topics, confidence = assigned(known, 0, 0.1, 0.9, 0.1)
    assert topics == ("housing",)
    assert confidence >= MIN_CONFIDENCE


def test_a_service_between_two_topics_gets_none(known):
    assert assigned(known, 0, 0.3, 0.3, 0.9) == ((), None)


def test_a_service_far_from_every_topic_gets_none(known):
    assert assigned(known, 0, 0, 0.05, 1) == ((), None)


def test_danger_is_never_guessed(known):
    assert "emergency" in NEVER_ASSIGNED
    assert assigned(known, 1, 0, 0, 0) == ((), None)


def test_confidence_grows_with_nearness_and_lead():
    assert confidence_of(0.2, 0.05) < confidence_of(0.4, 0.05) < confidence_of(0.4, 0.2) < 1


def test_training_phrases_are_read_with_their_needs_and_without_marks():
    found = list(training_phrases(QUESTIONS / "fi" / "housing.yml"))
    assert all(need.startswith("housing/") for need, _ in found)
    assert len(found) > 50
    assert not any("](" in phrase or "]{" in phrase for _, phrase in found)


def test_services_with_the_same_text_are_encoded_once(encoder):
    vectors = encoded([service(key="1"), service(key="2"), service("Museo", "3")], encoder)
    assert len(encoder.encoded) == 2
    assert np.array_equal(vectors["test:service:1"][1], vectors["test:service:2"][1])
    assert vectors["test:service:1"][0] == "fi"


def test_progress_is_told_up_to_the_last_text(encoder):
    calls = []
    encoded(
        [service(f"Palvelu {n}", str(n)) for n in range(600)],
        encoder,
        lambda done, total: calls.append((done, total)),
    )
    assert calls == [(256, 600), (512, 600), (600, 600)]


@pytest.fixture(scope="module")
def real_encoder(tmp_path_factory):
    """The encoder of the project, with the vectors that training has computed if it has."""
    cache = get_settings().vector_cache
    path = cache if cache.exists() else tmp_path_factory.mktemp("cache") / "vectors.db"
    return CachedEncoder(load_encoder(), path)


def test_an_import_gives_topics_to_what_is_plainly_about_one(store, real_encoder, tmp_path: Path):
    daycare = service(
        "Yksityinen päiväkotihoito",
        "1",
        summaries={"fi": "Alle kouluikäisten lasten varhaiskasvatus yksityisessä päiväkodissa."},
    )
    vague = service("Raportointi", "2", summaries={"fi": "Aineisto toimitetaan vuosittain."})
    mapped = service("Kirjasto", "3", topics=["leisure"], classes=["P25.1"])
    reading = Reading(Batch([daycare, vague, mapped]), read=3)
    store_reading(store, "test", "one", reading, encoder=real_encoder)
    item = store.get(daycare.id)
    assert item.topics == ["early_childhood_education"]
    assert MIN_CONFIDENCE <= item.topic_confidence < 1
    assert store.get(vague.id).topics == []
    assert write_topics(store, tmp_path / "topics.csv") == 3
    with (tmp_path / "topics.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert rows[daycare.id]["origin"] == "encoder"
    assert float(rows[daycare.id]["confidence"]) == item.topic_confidence
    assert (rows[mapped.id]["origin"], rows[mapped.id]["classes"]) == ("class", "P25.1")
    assert (rows[vague.id]["origin"], rows[vague.id]["topics"]) == ("", "")


def test_topics_agree_with_the_classes_of_the_service_catalogue(real_encoder):
    from assistant.catalogue.importers.ptv import importer

    services = importer.read(str(shared("data", "ptv", "demo-catalogue")), None).batch.services
    classed = [item for item in services if item.topics]
    vectors = encoded(classed, real_encoder)
    languages, rows = zip(*(vectors[item.id] for item in classed))
    found = topic_vectors(real_encoder).assign(np.stack(rows), languages)
    given = [(item, topics) for item, (topics, _) in zip(classed, found) if topics]
    right = [item for item, topics in given if topics[0] in item.topics]
    assert len(right) / len(given) >= 0.8
    assert len(right) / len(classed) >= 0.38
