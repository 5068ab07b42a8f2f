"""The made catalogues and questions of the speed benchmark."""

from pathlib import Path

import numpy as np
import pytest

from assistant.catalogue.municipalities import municipality
from assistant.catalogue.topics import TOPICS
from benchmarks.catalogue.generate import Catalogue
from benchmarks.catalogue.questions import WAYS, make_questions, question_centres
from benchmarks.catalogue.texts import LANGUAGES, chance_vectors, read_texts

NOWHERE = Path("/nowhere")
TOWNS = [("091", 60.17, 24.94), ("853", 60.45, 22.27)]


@pytest.fixture(scope="module")
def texts():
    found = read_texts(NOWHERE)
    chance_vectors(found, 8)
    return found


def test_without_the_sample_texts_come_from_the_own_catalogue(texts):
    assert set(texts) == set(LANGUAGES)
    assert all(len(found.names) == len(found.summaries) > 100 for found in texts.values())


def test_records_of_a_sample_are_finnish_texts_and_those_without_a_name_are_left_out(tmp_path):
    sample = tmp_path / "sample.jsonl"
    sample.write_text('{"name": "Talviuintipaikka"}\n{"name": null, "summary": "x"}\n')
    found = read_texts(sample)["fi"]
    assert found.names[0] == found.summaries[0] == "Talviuintipaikka"
    assert "x" not in found.summaries


def test_a_part_is_always_the_same(texts):
    first, again = Catalogue(texts).part(3, 40), Catalogue(texts).part(3, 40)
    assert (first.services, first.channels) == (again.services, again.channels)


def test_parts_share_no_record(texts):
    catalogue = Catalogue(texts)
    assert not catalogue.part(0, 40).counted() & catalogue.part(40, 40).counted()


def test_a_share_of_the_services_changes_and_nothing_else(texts):
    catalogue = Catalogue(texts)
    before, after = catalogue.part(0, 200), catalogue.part(0, 200, changed=0.01)
    different = [a for a, b in zip(after.services, before.services) if a != b]
    assert len(different) == 2
    assert (after.channels, after.organizations) == (before.channels, before.organizations)


def test_services_are_offered_in_real_places_and_have_known_topics(texts):
    batch = Catalogue(texts).part(0, 300)
    codes = {code for service in batch.services for code in service.area.municipalities}
    assert len(codes) > 30
    assert all(municipality(code) is not None for code in codes)
    assert {topic for service in batch.services for topic in service.topics} == TOPICS
    assert {service.area.scope for service in batch.services} == {"limited", "nationwide"}
    assert all(service.organization_id for service in batch.services)


def test_every_kind_of_channel_occurs_with_addresses_and_hours(texts):
    batch = Catalogue(texts).part(0, 100)
    places = [channel for channel in batch.channels if channel.type == "location"]
    assert {channel.type for channel in batch.channels} == {"location", "eservice", "phone"}
    assert all(place.addresses[0].latitude and place.hours.known for place in places)


def test_made_vectors_have_unit_length_and_differ(texts):
    catalogue = Catalogue(texts)
    batch = catalogue.part(0, 50)
    vectors = catalogue.vectors(0, batch)
    matrix = np.stack([vectors[service.id][1] for service in batch.services])
    assert np.allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-5)
    assert len(np.unique(matrix.round(4), axis=0)) == 50
    assert {language for language, _ in vectors.values()} == {"fi", "en"}


def test_questions_take_turns_in_every_language(texts):
    found = make_questions(texts, 20)
    assert [question.language for question in found[:5]] == list(LANGUAGES)
    assert all(question.text and question.vector.shape == (8,) for question in found)
    assert set(question_centres(found)) == set(LANGUAGES)


def test_questions_are_what_people_asked_and_words_of_names(texts):
    known = {language: set(found.asked) for language, found in texts.items()}
    asked = [question.text in known[question.language] for question in make_questions(texts, 40)]
    assert all(asked[:5] + asked[10:15] + asked[20:25] + asked[30:35])
    assert not all(asked)


def test_every_way_puts_the_question_with_its_own_filters(texts):
    question = make_questions(texts, 1)[0]
    found = {name: way(1, question, TOWNS) for name, way in WAYS.items()}
    assert all(query.text == question.text for query in found.values())
    assert [name for name, query in found.items() if query.vector is None] == ["words"]
    assert found["municipality"].municipality == "853"
    assert found["near"].near == (60.45, 22.27)
    assert found["open now"].open_now and found["open now"].now is not None
    both = found["municipality + topic"]
    assert both.municipality and set(both.topics) <= TOPICS
