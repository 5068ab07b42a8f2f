"""Why a translation is not taken: what the checks of texts say of it alone.

Terms and readability are looked at later, by `kuntaopas texts check`: they are a matter of
judgement, and of the other texts of the language.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from assistant.i18n.check.leftovers import check_leftovers
from assistant.i18n.check.length import check_lengths
from assistant.i18n.check.problem import Problem
from assistant.i18n.check.translation import check_translation


def faults_of(language: str, source: str, translation: str) -> str:
    """All faults of one translation in one line; empty when it is sound."""
    return "; ".join(
        f"{problem.kind} ({problem.detail})"
        if problem.detail and problem.detail != translation
        else problem.kind
        for problem in _problems(language, source, translation)
    )


def _problems(language: str, source: str, translation: str) -> Iterator[Problem]:
    return chain(
        check_translation(language, source, translation),
        check_leftovers(language, source, translation),
        check_lengths(language, {source: translation}),
    )
