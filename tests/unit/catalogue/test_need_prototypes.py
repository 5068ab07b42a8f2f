import numpy as np
import pytest
import yaml

from assistant.catalogue.need_prototypes import KEPT, SUBJECT, NeedPrototypes, load_prototypes
from assistant.catalogue.need_training import SUBJECTS
from assistant.catalogue.relevance import is_strange, question_profile
from assistant.catalogue.storage.need_index import NeedProfiles, packed_profiles
from assistant.catalogue.training_phrases import QUESTIONS
from assistant.guidance.topics import load_topics

NEEDS = ("housing/private_rental", "leisure/library", "out_of_scope/weather")


def axis(place, dimension=40):
    return np.eye(dimension, dtype=np.float32)[place]


@pytest.fixture
def prototypes():
    """Ten prototypes of each of three needs, every need around an axis of its own."""
    random = np.random.default_rng(1)
    rows = [axis(n) + random.normal(0, 0.02, 40) for n in range(3) for _ in range(10)]
    vectors = np.stack(rows).astype(np.float32)
    nothing = np.zeros(40, dtype=np.float32)
    return NeedPrototypes(
        NEEDS, vectors, np.repeat(np.arange(3), 10), {"en": nothing}, {"": nothing}
    )


def test_a_question_is_about_the_need_whose_phrases_are_near(prototypes):
    profile = prototypes.of_question(axis(1))
    assert profile.argmax() == 1
    assert profile.sum() == pytest.approx(1.0, abs=1e-5)


def test_a_question_near_to_what_nobody_serves_is_strange(prototypes):
    assert prototypes.strangeness(prototypes.of_question(axis(2))) > 0.9
    assert prototypes.strangeness(prototypes.of_question(axis(0))) < 0.1


def test_a_known_need_is_the_whole_profile_and_an_unknown_one_none(prototypes):
    assert prototypes.of_need("leisure/library").tolist() == [0, 1, 0]
    assert prototypes.of_need("leisure/flying") is None


def test_the_need_that_the_conversation_knows_counts_more_than_the_words(prototypes):
    profile = question_profile(prototypes, axis(0), "leisure/library")
    assert profile.argmax() == 1
    assert profile[0] > profile[2]


def test_prototypes_survive_their_file(prototypes, tmp_path):
    path = tmp_path / "prototypes.npz"
    prototypes.save(path)
    again = load_prototypes(path)
    assert again.needs == NEEDS
    assert np.allclose(again.of_question(axis(1)), prototypes.of_question(axis(1)), atol=0.02)


def test_a_service_and_a_question_about_one_need_agree(prototypes):
    wide = NeedPrototypes(
        tuple(f"leisure/{n}" for n in range(KEPT + 2)),
        np.repeat(np.eye(40, dtype=np.float32)[: KEPT + 2], 3, axis=0),
        np.repeat(np.arange(KEPT + 2), 3),
        {"en": np.zeros(40, dtype=np.float32)},
        {"": np.zeros(40, dtype=np.float32)},
    )
    needs, weights = wide.of_services(np.stack([axis(1), axis(5)]), ["fi", "fi"])
    profiles = NeedProfiles(1, np.array([10, 20]), needs, np.sqrt(weights))
    everything = profiles.aligned(np.array([10, 20, 30]))
    agreement = everything.agreement(np.arange(3), wide.of_question(axis(1)))
    assert agreement[0] > 0.9 > 0.3 > agreement[1]
    assert agreement[2] == 0


def test_vectors_of_another_size_have_no_needs(prototypes):
    assert packed_profiles(prototypes, np.zeros((2, 64)), ["fi", "fi"]) == [None, None]
    assert packed_profiles(None, np.zeros((1, 40)), ["fi"]) == [None]


def test_the_file_of_the_project_knows_every_need_of_the_domain():
    needs = {need for need in load_prototypes().needs if not need.startswith(SUBJECT)}
    assert needs == set(load_topics().needs)


def test_a_service_is_never_about_what_nobody_serves(prototypes):
    needs, weights = prototypes.of_services(np.stack([axis(2) + 0.8 * axis(1)]), ["en"])
    assert weights[0][needs[0] == 2].sum() == 0
    assert weights.sum() == pytest.approx(1.0, abs=1e-5)


def test_subjects_are_named_in_every_language_that_people_write():
    subjects = yaml.safe_load(SUBJECTS.read_text(encoding="utf-8"))
    people = {name: texts for name, texts in subjects.items() if name != "public_sector_tools"}
    languages = {path.name for path in QUESTIONS.iterdir() if path.is_dir()}
    assert [name for name, texts in people.items() if set(texts) != languages] == []


@pytest.mark.parametrize(
    "similarity, strangeness, strange",
    [(0.2, 0.9, True), (0.2, 0.1, False), (0.6, 0.9, False), (0.2, None, True), (0.4, None, False)],
)
def test_a_question_is_strange_when_it_is_unlike_every_service_too(
    similarity, strangeness, strange
):
    assert is_strange(similarity, strangeness) is strange
