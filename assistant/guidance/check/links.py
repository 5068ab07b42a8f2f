"""Whether the pages of sources and national contacts are still there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from assistant.catalogue.link_check import LinkChecker, Progress, ask_for
from assistant.guidance.check.data import Entry, GuidanceData
from assistant.guidance.check.problem import Problem
from assistant.guidance.check.sources import addresses


def link_problems(
    data: GuidanceData,
    most: int,
    checker: Optional[LinkChecker] = None,
    progress: Optional[Progress] = None,
) -> Iterator[Problem]:
    """Dead and suspicious links, each with every source and contact that has it.

    Args:
        data: what is written.
        most: how many addresses to ask for at most; one is asked for once.
        checker: asks for them.
        progress: called with (done, total).
    """
    links: dict[str, list[Entry]] = {}
    for entry in (*data.sources.values(), *data.contacts.values()):
        for url in addresses(entry):
            links.setdefault(url, []).append(entry)
    for entry, kind, detail in ask_for(links, most, checker, progress):
        yield Problem(kind, entry.file, entry.id, detail)
