"""Needs: whether each has a guide, and whether training phrases lead to it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.guidance.check.data import GuidanceData
from assistant.guidance.check.problem import Problem
from assistant.guidance.topics import META_TOPICS

DOMAIN = "domain.yml"


def need_problems(data: GuidanceData) -> Iterator[Problem]:
    """Needs without a guide (errors), with a general one only, and without phrases (warnings)."""
    for need in data.topics.needs:
        topic = need.split("/")[0]
        if topic in META_TOPICS:
            continue
        if need not in data.guides:
            kind = "topic_guide_only" if topic in data.guides else "no_guide"
            yield Problem(kind, DOMAIN, need)
            continue
        for language, reached in data.phrases.items():
            if need not in reached:
                file = f"data/nlu/{language}/{topic}.yml"
                yield Problem("no_phrases", file, need, language=language)
