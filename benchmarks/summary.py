"""The arithmetic of the measurements: medians, percentiles, ratios, growth."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

#: The turns that are compared to see whether a long conversation gets slower (from, to).
EARLY, LATE = (1, 5), (45, 50)
LONG_TURNS = LATE[1]


@dataclass(frozen=True)
class Summary:
    """What many latencies, in milliseconds, come to."""

    count: int
    median: float
    p95: float
    minimum: float
    mean: float


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed.

    Raises:
        ValueError: if there are no values, or the share is not between 0 and 1.
    """
    if not values or not 0 < share <= 1:
        raise ValueError("a percentile needs values and a share between 0 and 1")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def summarise(latencies: Sequence[float]) -> Summary:
    """Summarise latencies.

    Raises:
        ValueError: if there are none.
    """
    if not latencies:
        raise ValueError("nothing was measured")
    return Summary(
        count=len(latencies),
        median=statistics.median(latencies),
        p95=percentile(latencies, 0.95),
        minimum=min(latencies),
        mean=statistics.fmean(latencies),
    )


def ratio(measured: float, beside: float) -> float:
    """How many times as large the first figure is.

    Raises:
        ValueError: if the second figure is not positive.
    """
    if beside <= 0:
        raise ValueError("a ratio needs a positive figure to compare with")
    return measured / beside


@dataclass(frozen=True)
class Growth:
    """The median latency of the first and of the last turns of a long conversation."""

    early: float
    late: float

    @property
    def factor(self) -> float:
        """How many times as slow the last turns are."""
        return ratio(self.late, self.early)


def growth(conversations: Sequence[Sequence[float]]) -> Growth:
    """Compare turns 1-5 with turns 45-50 of long conversations, pooled.

    Args:
        conversations: the latencies of the turns of each conversation, in order.

    Raises:
        ValueError: if a conversation is too short, or there is none.
    """
    if not conversations or any(len(turns) < LONG_TURNS for turns in conversations):
        raise ValueError(f"growth needs conversations of at least {LONG_TURNS} turns")

    def pooled(bounds: tuple[int, int]) -> float:
        first, last = bounds
        return statistics.median(
            latency for turns in conversations for latency in turns[first - 1 : last]
        )

    return Growth(early=pooled(EARLY), late=pooled(LATE))
