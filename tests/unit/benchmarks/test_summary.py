"""The arithmetic of the benchmark, on given numbers."""

import math

import pytest

from benchmarks.summary import growth, percentile, ratio, summarise


def test_a_summary_tells_median_p95_minimum_and_mean():
    found = summarise([float(number) for number in range(100, 0, -1)])
    assert (found.count, found.median, found.p95) == (100, 50.5, 95.0)
    assert (found.minimum, found.mean) == (1.0, 50.5)


def test_one_slow_message_does_not_move_the_median():
    assert summarise([10.0, 11.0, 12.0, 900.0, 9.0]).median == 11.0


def test_the_p95_of_few_messages_is_the_slowest():
    assert percentile([3.0, 1.0, 2.0], 0.95) == 3.0


def test_the_p95_is_a_value_that_was_measured():
    assert percentile([float(number) for number in range(1, 201)], 0.95) == 190.0


@pytest.mark.parametrize("share", [0.0, -0.5, 1.5])
def test_a_percentile_needs_a_share(share):
    with pytest.raises(ValueError):
        percentile([1.0], share)


def test_nothing_measured_is_no_summary():
    with pytest.raises(ValueError, match="nothing was measured"):
        summarise([])


def test_a_ratio_tells_how_many_times_as_large():
    assert math.isclose(ratio(30.0, 20.0), 1.5)


@pytest.mark.parametrize("beside", [0.0, -1.0])
def test_a_ratio_needs_a_positive_figure_beside_it(beside):
    with pytest.raises(ValueError):
        ratio(30.0, beside)


def test_growth_compares_turns_1_to_5_with_turns_45_to_50():
    turns = [10.0] * 5 + [1000.0] * 39 + [25.0] * 6
    found = growth([turns])
    assert (found.early, found.late, found.factor) == (10.0, 25.0, 2.5)


def test_growth_pools_the_turns_of_several_conversations():
    found = growth([[10.0] * 50, [20.0] * 50, [30.0] * 50])
    assert (found.early, found.late, found.factor) == (20.0, 20.0, 1.0)


def test_growth_needs_fifty_turns():
    with pytest.raises(ValueError, match="50 turns"):
        growth([[10.0] * 49])
