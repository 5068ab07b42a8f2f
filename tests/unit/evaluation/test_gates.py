"""Gates: which hold, and what the message of a broken one names."""

import pytest

from assistant.evaluation import gates
from assistant.evaluation.gates import GATES, LEAST, MOST, Gate


def topics(accuracy=0.96, fi=0.95, so=0.95, housing=0.95, health=0.95):
    """A result that holds topics only."""
    return {
        "topic": {
            "accuracy": accuracy,
            "by_language": {"fi": fi, "so": so},
            "by_topic": {"health": health, "housing": housing},
            "by_language_and_topic": {
                "fi": {"health": 0.99, "housing": 0.70},
                "so": {"health": 0.50, "housing": 1.0},
            },
        }
    }


def gate(name):
    return next(gate for gate in GATES if gate.name == name)


def test_nothing_is_broken_when_all_is_good_enough():
    assert gates.broken(topics()) == []


def test_a_figure_that_is_too_low_names_the_weakest_language_and_topic():
    (line,) = gates.broken(topics(accuracy=0.9, fi=0.93, so=0.92, health=0.89))
    assert line == (
        "topic accuracy is 0.900, must be at least 0.950; "
        "weakest by language: so 0.920, fi 0.930; weakest by topic: health 0.890"
    )


def test_a_language_that_is_too_low_is_named_with_its_weakest_topic():
    (line,) = gates.broken(topics(so=0.8))
    assert line == (
        "topic accuracy in the worst language must be at least 0.910; "
        "so is 0.800 (weakest there: health 0.500)"
    )


def test_a_topic_that_is_too_low_is_named_with_its_weakest_language():
    (line,) = gates.broken(topics(housing=0.8))
    assert line == (
        "accuracy of the worst topic must be at least 0.880; "
        "housing is 0.800 (weakest there: fi 0.700)"
    )


def test_a_figure_that_may_not_be_high_is_judged_the_other_way_round():
    found = {"out_of_scope": {"false_rejection": 0.05, "false_rejection_by_language": {"fi": 0.1}}}
    (line,) = gates.broken(found)
    assert line == (
        "false rejection is 0.050, must be at most 0.030; weakest by language: fi 0.100"
    )


def test_a_figure_just_below_the_gate_does_not_look_like_it():
    (line,) = gates.broken(topics(accuracy=0.9499))
    assert line == "topic accuracy is 0.9499, must be at least 0.950"


def test_a_figure_at_the_gate_is_good_enough():
    assert gates.judge(gate("topic accuracy"), topics(accuracy=0.95)).holds is True


@pytest.mark.parametrize("one", GATES, ids=lambda gate: gate.name)
def test_what_was_not_measured_neither_holds_nor_is_broken(one, empty):
    verdict = gates.judge(one, empty)
    assert (verdict.holds, verdict.figure) == (None, None)
    assert verdict.message == f"{one.name} was not measured"


@pytest.mark.parametrize("one", GATES, ids=lambda gate: gate.name)
def test_a_gate_and_its_parts_lead_to_figures(one, result):
    assert gates.judge(one, result).figure is not None
    for _, path in one.parts:
        assert isinstance(gates._at(result, path), dict)


@pytest.mark.parametrize("one", GATES, ids=lambda gate: gate.name)
def test_a_gate_that_is_lower_than_was_asked_for_has_a_reason(one):
    assert one.reason or not one.lowered()


def test_a_gate_knows_whether_it_was_lowered():
    assert Gate("a", ("a",), LEAST, value=0.8, asked=0.9).lowered()
    assert not Gate("a", ("a",), LEAST, value=0.95, asked=0.9).lowered()
    assert Gate("a", ("a",), MOST, value=0.05, asked=0.01).lowered()
