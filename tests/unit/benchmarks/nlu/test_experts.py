"""The experts one by one: together they are the need model."""

import numpy as np
import pytest

from assistant.embedding.vectors import unit
from assistant.nlu.need_model import WEIGHTS, NeedModel
from benchmarks.nlu import experts
from benchmarks.nlu.data import Messages

WORDS = {"housing/home": "asunto", "housing/rent": "vuokra", "health/dental": "hammas"}


@pytest.fixture(scope="module")
def train():
    random = np.random.default_rng(1)
    rows = [
        (f"{word} {number}", label, code)
        for label, word in WORDS.items()
        for code in ("fi", "et")
        for number in range(6)
    ]
    centres = dict(zip(WORDS, random.normal(size=(3, 12))))
    vectors = np.stack([centres[label] + random.normal(size=12) * 0.3 for _, label, _ in rows])
    texts, labels, languages = (list(part) for part in zip(*rows))
    return Messages(texts, unit(vectors).astype(np.float32), labels, languages, [[]] * len(rows))


@pytest.fixture(scope="module")
def parts(train):
    return experts.Parts(train)


def test_all_experts_are_the_need_model(parts, train):
    model = NeedModel.fit(train.texts, train.vectors, train.labels, train.languages)
    languages = [*train.languages[:-1], "vi"]
    arguments = (train.texts, train.vectors, languages)
    ours = parts.model(experts.EXPERTS)
    assert ours.labels == model.labels
    for one, other in zip(ours.opinions(*arguments), model.opinions(*arguments)):
        assert one == pytest.approx(other, abs=1e-4)
    mixture = experts.Mixture(
        ours, np.array(WEIGHTS), experts.weights_without_letters(experts.EXPERTS)
    )
    expected = model.probabilities(*arguments)
    assert mixture.probabilities(*arguments) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("name", experts.EXPERTS)
def test_an_expert_alone_says_what_it_says_among_others(parts, train, name):
    place = experts.EXPERTS.index(name)
    arguments = (train.texts, train.vectors, train.languages)
    alone = parts.model({name}).opinions(*arguments)[place]
    assert alone == pytest.approx(
        parts.model(experts.EXPERTS).opinions(*arguments)[place], abs=1e-5
    )


def test_every_expert_has_a_cost(parts):
    assert set(parts.costs) == set(experts.EXPERTS)
    assert all(cost.seconds >= 0 for cost in parts.costs.values())


def test_weights_are_set_for_the_experts_that_are_kept(parts, train):
    opinions = experts.opinions_in_groups(parts.model(experts.EXPERTS), train)
    tuning = train._replace(labels=["none/such", *train.labels[1:]])
    weights = experts.weights_of({"regression", "ridge"}, parts.labels, opinions, tuning)
    assert weights[1] == weights[2] == 0
    assert weights[0] + weights[3] > 0


def test_without_messages_the_weights_are_those_of_the_model(parts, train):
    none = train.where([])
    weights = experts.weights_of({"nearest"}, parts.labels, [], none)
    assert weights.tolist() == [0, WEIGHTS.nearest, 0, 0]


def test_subsets_are_each_alone_each_left_out_and_more():
    sizes = sorted(len(kept) for kept in experts.SUBSETS.values())
    assert sizes == [1, 1, 1, 1, 2, 3, 3, 3, 3, 4]
