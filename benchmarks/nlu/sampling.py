"""Fewer training phrases, spread evenly over needs and languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

SEED = 7


def turns(labels: Sequence[str], languages: Sequence[str]) -> list[int]:
    """For each phrase, how many of the same need and language come before it in a random order."""
    seen: Counter[tuple[str, str]] = Counter()
    found = [0] * len(labels)
    for position in np.random.default_rng(SEED).permutation(len(labels)):
        group = labels[position], languages[position]
        found[position] = seen[group]
        seen[group] += 1
    return found


def per_group(labels: Sequence[str], languages: Sequence[str], count: int) -> list[int]:
    """Positions of at most `count` phrases a need and language; fewer are part of more."""
    return [position for position, turn in enumerate(turns(labels, languages)) if turn < count]


def stratified(labels: Sequence[str], languages: Sequence[str], count: int) -> list[int]:
    """Positions of `count` phrases: one of every need and language, then a second one, and so on.

    Within a turn the needs take turns too, so that none is left out while another has many.
    """
    by_turn = np.array(turns(labels, languages), dtype=int)
    order = np.random.default_rng(SEED + 1).permutation(len(labels))
    seen: Counter[tuple[str, int]] = Counter()
    of_need = np.zeros(len(labels), dtype=int)
    for position in order:
        key = labels[position], int(by_turn[position])
        of_need[position] = seen[key]
        seen[key] += 1
    ranked = sorted(order, key=lambda position: (by_turn[position], of_need[position]))
    return sorted(int(position) for position in ranked[:count])
