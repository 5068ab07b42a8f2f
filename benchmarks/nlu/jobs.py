"""The contenders, in groups: a group is trained and measured in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Optional

from assistant.nlu.need_model import NeedModel, topic_of
from benchmarks.nlu import experts, heads
from benchmarks.nlu.adapter import RULES, Adapter, LinearMap
from benchmarks.nlu.data import Messages
from benchmarks.nlu.measuring import (
    Accuracy,
    Cost,
    Encoding,
    Fitted,
    Row,
    in_groups,
    measured,
    milliseconds,
    pickled,
    score,
    single_messages,
)


@dataclass(frozen=True)
class Task:
    """What contenders are trained and measured on."""

    train: Messages
    test: Messages
    #: For the weights of experts when some of them are left out; may be empty.
    tuning: Messages
    encoding: Encoding
    #: Passes over the phrases for networks that are trained in epochs.
    epochs: int


Job = Callable[[Task], Iterator[Row]]


def row(
    name: str,
    task: Task,
    fitted: Fitted,
    cost: Cost,
    encodes: bool = True,
    accuracy: Optional[Accuracy] = None,
    size: Optional[float] = None,
) -> Row:
    """Measure a trained contender.

    Args:
        name: its name.
        task: what it was trained on and is measured on.
        fitted: the contender.
        cost: what its training cost.
        encodes: whether it reads sentence vectors.
        accuracy: where it is known already.
        size: MiB of the contender where it cannot be pickled.
    """
    if accuracy is None:
        probabilities = in_groups(fitted, task.test)
        accuracy = score(task.test, set(task.train.languages), fitted.labels, probabilities)
    encoding = task.encoding if encodes else None
    took = milliseconds(fitted, single_messages(task.test), encoding)
    return Row(name, accuracy, cost, took, pickled(fitted) if size is None else size)


def trained(name: str, task: Task, fit: Callable[[Messages], Fitted], encodes: bool = True) -> Row:
    """Train a contender and measure it."""
    with measured() as cost:
        fitted = fit(task.train)
    return row(name, task, fitted, cost, encodes)


def fit_ours(train: Messages) -> NeedModel:
    """The need model of Kuntaopas."""
    return NeedModel.fit(train.texts, train.vectors, train.labels, train.languages)


def as_topics(train: Messages) -> Messages:
    """The phrases with their topics as labels."""
    return train._replace(labels=[topic_of(label) for label in train.labels])


def ours(task: Task) -> Iterator[Row]:
    """The need model as it is trained for Kuntaopas."""
    yield trained("Kuntaopas", task, fit_ours)


def parts_of_ours(task: Task) -> Iterator[Row]:
    """The experts alone, and all but some of them; each expert is trained once."""
    yield from _mixtures(task, experts.SUBSETS)


def set_anew(task: Task) -> Iterator[Row]:
    """Our model with weights for these phrases; its own are for all phrases."""
    yield from _mixtures(task, {experts.ALL: experts.SUBSETS[experts.ALL]})


def _mixtures(task: Task, subsets: Mapping[str, frozenset[str]]) -> Iterator[Row]:
    parts = experts.Parts(task.train)
    whole = parts.model(experts.EXPERTS)
    on_tuning = experts.opinions_in_groups(whole, task.tuning) if task.tuning.texts else []
    on_test = experts.opinions_in_groups(whole, task.test)
    languages = set(task.train.languages)
    for name, kept in subsets.items():
        mixture = experts.Mixture(
            parts.model(kept),
            experts.weights_of(kept, parts.labels, on_tuning, task.tuning),
            experts.weights_without_letters(kept),
        )
        probabilities = mixture.combined(on_test, task.test.languages)
        accuracy = score(task.test, languages, parts.labels, probabilities)
        if kept <= experts.LETTERS:
            # Letters say nothing about a language that they have not seen.
            accuracy = replace(accuracy, untrained=None)
        costs = [parts.costs[expert] for expert in kept]
        cost = Cost(sum(one.seconds for one in costs), sum(one.mebibytes for one in costs))
        yield row(name, task, mixture, cost, bool(kept - experts.LETTERS), accuracy)


def logistic(task: Task) -> Iterator[Row]:
    """Logistic regression on the vectors, with other settings than in our model."""
    for strength in (1.0, 10.0, 30.0):
        name = f"regression, C {strength:g}"
        yield trained(name, task, partial(heads.logistic, strength=strength))
    yield trained(
        "regression, C 10, balanced",
        task,
        partial(heads.logistic, strength=10.0, class_weight="balanced"),
    )
    for strength in (10.0, 30.0, 100.0):
        name = f"regression, C {strength:g}, not centred"
        yield trained(name, task, partial(heads.logistic, strength=strength, centred=False))


def topics(task: Task) -> Iterator[Row]:
    """Topics told apart at once, without needs."""
    yield trained("Kuntaopas, topics only", task, lambda train: fit_ours(as_topics(train)))
    yield trained(
        "regression, C 10, topics only", task, lambda train: heads.logistic(as_topics(train), 10.0)
    )


def network(task: Task) -> Iterator[Row]:
    """A small network on the vectors."""
    yield trained(f"network, {heads.HIDDEN} hidden", task, heads.network)


def adapter(task: Task) -> Iterator[Row]:
    """A linear map of the vectors, then what is nearest."""
    with measured() as cost:
        linear = LinearMap(task.train)
    for rule in RULES:
        yield row(f"adapter, nearest {rule}", task, Adapter(task.train, linear, rule), cost)


def fasttext(task: Task) -> Iterator[Row]:
    """fastText, if it is installed."""
    from benchmarks.nlu.fasttext_model import FastText, load

    load()
    with measured() as cost:
        fitted = FastText(task.train)
    yield row("fastText", task, fitted, cost, encodes=False, size=fitted.mebibytes())


def _rasa(name: str, task: Task, vectors: bool) -> Iterator[Row]:
    from assistant.environment import quiet_rasa
    from benchmarks.nlu.rasa_models import INIT, RasaPipeline

    quiet_rasa()
    with measured() as cost:
        fitted = RasaPipeline(task.train, [] if vectors else INIT, task.epochs, vectors)
    name = f"{name}, {task.epochs} epochs"
    yield row(name, task, fitted, cost, encodes=vectors, size=fitted.mebibytes())


def diet(task: Task) -> Iterator[Row]:
    """DIET on our sentence vectors."""
    yield from _rasa("DIET on our vectors", task, vectors=True)


def init(task: Task) -> Iterator[Row]:
    """The pipeline that `rasa init` writes."""
    yield from _rasa("pipeline of rasa init", task, vectors=False)


#: In the order of the table.
JOBS: dict[str, Job] = {
    "ours": ours,
    "experts": parts_of_ours,
    "logistic": logistic,
    "topics": topics,
    "network": network,
    "adapter": adapter,
    "fasttext": fasttext,
}
#: On a sample of the phrases, for they take minutes; ours is beside them on the same sample.
BESIDE: dict[str, Job] = {"ours": ours, "anew": set_anew}
SLOW: dict[str, Job] = {"diet": diet, "init": init}
