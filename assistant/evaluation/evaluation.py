"""Runs the evaluation sets through NLU and puts the figures together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from assistant.dialogue.batch import parse_messages
from assistant.evaluation import datasets, entity_scores
from assistant.evaluation.calibration import calibration_error, points, reliability
from assistant.evaluation.metrics import (
    EMERGENCY,
    OUT_OF_SCOPE,
    Pair,
    Row,
    confusions,
    emergency_found,
    fitting_topics,
    groups,
    kind_right,
    language_right,
    need_right,
    rejected,
    share,
    share_table,
    shares,
    topic_right,
)
from assistant.i18n import COMPLETE
from assistant.progress import progress_bar
from assistant.settings import Settings

#: The style of messages of one or two words in the language set.
SHORT = "short"


def evaluate_model(settings: Settings, split: datasets.Split = "heldout") -> Row:
    """`evaluate` with the trained model of an installation.

    Raises:
        ModelError: if there is no usable model.
    """

    def parse(texts: list[str]) -> Iterator[Row]:
        with progress_bar("Reading messages") as advance:
            results = parse_messages(settings, ({"text": text} for text in texts))
            for count, result in enumerate(results, start=1):
                advance(count, len(texts))
                yield result

    return evaluate(parse, split)


def evaluate(
    parse: Callable[[list[str]], Iterable[Row]], split: datasets.Split = "heldout"
) -> dict[str, Any]:
    """Run the sets of a split through NLU, each message for itself.

    Args:
        parse: makes parse results (see `assistant.nlu.parse_result`) of messages, in order.
        split: which sets.

    Returns:
        Figures between 0 and 1 that can be written as JSON, None where a set is missing.
        Topics, needs and calibration are those of the served languages; drafts, which have no
        training phrases, are counted with the others.
    """
    sets = {
        "needs": datasets.needs(split),
        "out_of_scope": datasets.out_of_scope(split),
        "emergency": datasets.emergencies(split),
        "language": datasets.languages(split),
        "entities": datasets.entities(split),
    }
    rows = [row for of_set in sets.values() for row in of_set]
    every = list(zip(rows, parse([row["text"] for row in rows]), strict=True))
    left = iter(every)
    pairs = {name: list(islice(left, len(of_set))) for name, of_set in sets.items()}
    needs = [pair for pair in pairs["needs"] if pair[0]["lang"] in COMPLETE]
    others = [pair for pair in pairs["needs"] if pair[0]["lang"] not in COMPLETE]
    return {
        "split": split,
        "messages": len(every),
        "sizes": _sizes(pairs, needs),
        "topic": _topic(needs),
        "need": {
            "accuracy": share(needs, need_right),
            "by_language": shares(needs, "lang", need_right),
            "by_topic": shares(needs, "topic", need_right),
        },
        "without_training_data": {
            "accuracy": share(others, topic_right),
            "by_language": shares(others, "lang", topic_right),
            "by_topic": shares(others, "topic", topic_right),
        },
        "language": _language(pairs["language"], needs),
        "out_of_scope": _out_of_scope(pairs["out_of_scope"], needs),
        "emergency": _emergency(pairs["emergency"], needs),
        "entities": {
            "by_entity": entity_scores.scores(pairs["entities"]),
            "by_language": entity_scores.f1_by_language(pairs["entities"]),
        },
        "calibration": _calibration(needs),
        "confusions": confusions(needs),
    }


def _sizes(pairs: dict[str, list[Pair]], needs: list[Pair]) -> Row:
    """How many messages stand behind the figures."""

    def count(key: str) -> dict[str, int]:
        return {name: len(group) for name, group in groups(needs, key).items()}

    sets = {name: len(of_set) for name, of_set in pairs.items()}
    return {**sets, "by_language": count("lang"), "by_topic": count("topic")}


def _topic(needs: list[Pair]) -> Row:
    return {
        "accuracy": share(needs, topic_right),
        "by_language": shares(needs, "lang", topic_right),
        "by_topic": shares(needs, "topic", topic_right),
        "by_style": shares(needs, "style", topic_right),
        "by_language_and_topic": share_table(needs, "lang", "topic", topic_right),
    }


def _language(pairs: list[Pair], needs: list[Pair]) -> Row:
    short = [pair for pair in pairs if pair[0]["style"] == SHORT]
    return {
        "accuracy": share(pairs, language_right),
        "by_language": shares(pairs, "lang", language_right),
        "by_style": shares(pairs, "style", language_right),
        "short": share(short, language_right),
        "short_by_language": shares(short, "lang", language_right),
        "on_needs": share(needs, language_right),
    }


def _out_of_scope(pairs: list[Pair], needs: list[Pair]) -> Row:
    answerable = [pair for pair in needs if OUT_OF_SCOPE not in fitting_topics(pair[0])]
    return {
        "recall": share(pairs, rejected),
        "by_kind": shares(pairs, "kind", rejected),
        "by_language": shares(pairs, "lang", rejected),
        "false_rejection": share(answerable, rejected),
        "false_rejection_by_language": shares(answerable, "lang", rejected),
        "false_rejection_by_topic": shares(answerable, "topic", rejected),
    }


def _emergency(pairs: list[Pair], needs: list[Pair]) -> Row:
    cries = [pair for pair in pairs if pair[0]["emergency"]]
    alike = [pair for pair in pairs if not pair[0]["emergency"]]
    found = [pair for pair in cries if emergency_found(*pair)]
    calm = [pair for pair in needs if EMERGENCY not in fitting_topics(pair[0])]
    return {
        "recall": share(cries, emergency_found),
        "false_alarms": share(alike, emergency_found),
        "recall_by_language": shares(cries, "lang", emergency_found),
        "false_alarms_by_language": shares(alike, "lang", emergency_found),
        "recall_by_kind": shares(cries, "kind", emergency_found),
        "kind_accuracy": share(found, kind_right),
        "false_alarms_on_needs": share(calm, emergency_found),
    }


def _calibration(needs: list[Pair]) -> Row:
    found = points(needs)
    return {
        "ece": calibration_error(found),
        "by_language": {
            code: calibration_error(points(group)) for code, group in groups(needs, "lang").items()
        },
        "bins": reliability(found),
    }
