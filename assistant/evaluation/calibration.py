"""Whether confidence means what it says: of the messages read with .8, eight in ten are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assistant.evaluation.metrics import DIGITS, Pair, Share, topic_right

BINS = 10
#: A confidence, and whether the topic was right.
Point = tuple[float, bool]


def points(pairs: Iterable[Pair]) -> list[Point]:
    """The confidence of each message, and whether its topic is right."""
    return [(float(parsed["confidence"]), topic_right(row, parsed)) for row, parsed in pairs]


def _binned(found: Iterable[Point]) -> list[list[Point]]:
    """Ten bins of equal width; a confidence on a border belongs to the upper bin, 1 to the last."""
    bins: list[list[Point]] = [[] for _ in range(BINS)]
    for point in found:
        bins[min(int(point[0] * BINS), BINS - 1)].append(point)
    return bins


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def reliability(found: Sequence[Point]) -> list[dict[str, Any]]:
    """Mean confidence and accuracy of each bin that holds messages, and how many it holds."""
    return [
        {
            "confidence": round(_mean(confidence for confidence, _ in inside), DIGITS),
            "accuracy": round(_mean(right for _, right in inside), DIGITS),
            "count": len(inside),
        }
        for inside in _binned(found)
        if inside
    ]


def calibration_error(found: Sequence[Point]) -> Share:
    """The expected calibration error (ECE): how far confidence and accuracy lie apart, on average.

    Bins count by their messages.
    """
    if not found:
        return None
    apart = (
        abs(sum(confidence - right for confidence, right in inside)) for inside in _binned(found)
    )
    return round(sum(apart) / len(found), DIGITS)
