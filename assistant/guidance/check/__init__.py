"""`kuntaopas guidance check`: what is wrong with guides, sources, figures and their translations.

One module a kind of question; each takes the data as it is written and yields problems.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Optional

from assistant.guidance.check.ages import OLD, age_problems
from assistant.guidance.check.data import GuidanceData, read_data
from assistant.guidance.check.facts import fact_problems
from assistant.guidance.check.files import file_problems
from assistant.guidance.check.links import link_problems
from assistant.guidance.check.needs import need_problems
from assistant.guidance.check.problem import Problem
from assistant.guidance.check.sources import source_problems
from assistant.guidance.check.translations import translation_problems

__all__ = ["OLD", "GuidanceData", "Problem", "check_guidance", "link_problems", "read_data"]


def check_guidance(
    data: GuidanceData, today: Optional[date] = None, older_than: timedelta = OLD
) -> list[Problem]:
    """Every problem, errors first, by file.

    Args:
        data: what is written.
        today: the day that ages are counted to; the present one if None.
        older_than: what was checked longer ago is named.
    """
    found = [
        *data.problems,
        *file_problems(data),
        *need_problems(data),
        *age_problems(data, today or date.today(), older_than),
        *source_problems(data),
        *fact_problems(data),
        *translation_problems(data),
    ]
    return sorted(found, key=lambda one: (one.severity, one.kind, one.file, one.need, one.language))
