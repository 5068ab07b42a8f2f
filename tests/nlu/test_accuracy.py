"""How well held-out messages are understood: the least that is accepted."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.evaluation import report
from assistant.i18n import SERVED

TOPICS, TOPICS_IN_A_LANGUAGE = 0.90, 0.80
LANGUAGES = 0.96
EMERGENCIES = 0.98


@pytest.fixture(scope="module")
def result(assistant: Any, event_loop_of_assistant: Any) -> dict[str, Any]:
    def parse(text: str) -> dict[str, Any]:
        return dict(event_loop_of_assistant.run_until_complete(assistant.parse(text)))

    return report.evaluate(lambda texts: [parse(text) for text in texts])


def worst(shares: dict[str, float], gate: float) -> str:
    low = sorted((share, name) for name, share in shares.items() if share < gate)
    return ", ".join(f"{name} {share:.3f}" for share, name in low)


def test_topics_are_found(result):
    topic = result["topic"]
    assert topic["accuracy"] >= TOPICS, (
        f"topics {topic['accuracy']:.3f}; languages: {worst(topic['by_language'], TOPICS)}; "
        f"topics: {worst(topic['by_topic'], TOPICS)}"
    )


@pytest.mark.parametrize("language", SERVED)
def test_topics_are_found_in_a_language(result, language):
    share = result["topic"]["by_language"][language]
    assert share >= TOPICS_IN_A_LANGUAGE, (
        f"topics in {language} {share:.3f}; "
        f"weakest topics: {worst(result['topic']['by_topic'], TOPICS)}"
    )


def test_languages_are_identified(result):
    language = result["language"]
    assert language["accuracy"] >= LANGUAGES, (
        f"languages {language['accuracy']:.3f}: {worst(language['by_language'], LANGUAGES)}"
    )


def test_emergencies_are_found(result):
    emergency = result["emergency"]
    assert emergency["recall"] >= EMERGENCIES, (
        f"emergencies {emergency['recall']:.3f}: "
        f"{worst(emergency['recall_by_language'], EMERGENCIES)}"
    )
