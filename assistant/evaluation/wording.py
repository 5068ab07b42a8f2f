"""Numbers and names as the reports show them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Optional

from babel import Locale

from assistant.evaluation.metrics import OUT_OF_SCOPE, Shares
from assistant.guidance.topics import load_topics
from assistant.i18n import SERVED

MISSING = "–"
#: Names that say more to staff than those that people see.
NAMES = {OUT_OF_SCOPE: "Out of scope"}


def percent(figure: Optional[float], digits: int = 1) -> str:
    """A share as a percentage without the sign; a dash when it was not measured."""
    return MISSING if figure is None else f"{100 * figure:.{digits}f}"


def signed_percent(figure: Optional[float], digits: int = 1) -> str:
    """A share as a percentage with the sign."""
    return MISSING if figure is None else f"{percent(figure, digits)} %"


def plain_percent(share: float) -> str:
    """A share as a percentage with as many digits as it has: of a gate."""
    return f"{100 * share:g} %"


def worst_first(shares: Shares) -> list[tuple[str, float]]:
    """The shares that were measured, the lowest first."""
    known = [(name, share) for name, share in shares.items() if share is not None]
    return sorted(known, key=lambda item: (item[1], item[0]))


def in_order(codes: Iterable[str]) -> list[str]:
    """Language codes: the served ones in their usual order, then the others by code."""
    wanted = set(codes)
    return [code for code in SERVED if code in wanted] + sorted(wanted - set(SERVED))


def topic_name(topic: str) -> str:
    """The English name of a topic."""
    return NAMES.get(topic) or load_topics().name(topic)


def language_name(code: str) -> str:
    """The English name of a language; the code where there is none."""
    return _english().get(code, code)


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    return dict(Locale("en").languages)
