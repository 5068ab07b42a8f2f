"""The arithmetic of calibration."""

import pytest

from assistant.evaluation.calibration import calibration_error, points, reliability


def test_confidence_that_says_what_is_right_has_no_error():
    assert calibration_error([(0.5, True), (0.5, False)]) == 0.0


def test_the_error_is_the_distance_weighed_by_messages():
    certain = [(1.0, True)] * 3
    wrong = [(0.8, False)]
    assert calibration_error(certain + wrong) == pytest.approx(0.2)


def test_bins_do_not_even_each_other_out():
    assert calibration_error([(0.25, True), (0.75, False)]) == pytest.approx(0.75)


def test_nothing_has_no_error_and_no_bins():
    assert calibration_error([]) is None
    assert reliability([]) == []


def test_bins_hold_confidence_accuracy_and_count():
    assert reliability([(0.0, False), (0.62, True), (0.68, False), (1.0, True)]) == [
        {"confidence": 0.0, "accuracy": 0.0, "count": 1},
        {"confidence": 0.65, "accuracy": 0.5, "count": 2},
        {"confidence": 1.0, "accuracy": 1.0, "count": 1},
    ]


def test_a_point_is_confidence_and_whether_the_topic_is_right():
    found = [({"topic": "a"}, {"topic": "a", "confidence": 0.4})]
    assert points(found) == [(0.4, True)]
