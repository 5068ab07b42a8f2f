"""Measures of a ranked list of records against those that answer a need."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean

from benchmarks.catalogue.needs import Need

SHOWN = 10
DEEP = 20

#: A place in the list: a record, with those that the search folded into it.
Place = frozenset[str]


@dataclass(frozen=True)
class Measures:
    """Of one need, or the means of several.

    Attributes:
        hit: whether one of the first ten answers the need.
        precision: share of the first ten places that answer it; empty places count as wrong.
        precision_partly: the same, where a partial answer is enough.
        recall: share of all its answers that are in the first twenty places.
        reciprocal_rank: of the first answer in the first twenty places, 0 without one.
        reachable: the precision of a perfect list, for few needs have ten answers.
    """

    hit: float
    precision: float
    precision_partly: float
    recall: float
    reciprocal_rank: float
    reachable: float


def measure(need: Need, places: Sequence[Place]) -> Measures:
    """Compare a list, best first, with the labels of a need."""
    right = [bool(place & need.relevant) for place in places[:DEEP]]
    useful = [bool(place & (need.relevant | need.partly)) for place in places[:SHOWN]]
    found = frozenset[str]().union(*places[:DEEP]) & need.relevant
    first = next((rank for rank, answers in enumerate(right, start=1) if answers), math.inf)
    return Measures(
        hit=float(any(right[:SHOWN])),
        precision=sum(right[:SHOWN]) / SHOWN,
        precision_partly=sum(useful) / SHOWN,
        recall=len(found) / len(need.relevant),
        reciprocal_rank=1 / first,
        reachable=min(len(need.relevant), SHOWN) / SHOWN,
    )


def mean(measured: Sequence[Measures]) -> Measures:
    """The means; every need counts the same.

    Raises:
        statistics.StatisticsError: if nothing was measured.
    """
    rows = [asdict(one) for one in measured]
    names = tuple(Measures.__dataclass_fields__)
    return Measures(**{name: fmean(row[name] for row in rows) for name in names})
