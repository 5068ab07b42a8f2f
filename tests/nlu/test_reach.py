"""People who write what they need are shown the right guide, in every language."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.evaluation.datasets import needs
from assistant.evaluation.reach import WITHOUT_GUIDE, Opened, questions, reach
from assistant.guidance import load_topics
from assistant.i18n import COMPLETE

REACHED, REACHED_IN_A_LANGUAGE = 0.90, 0.85
#: Served languages that came without held-out messages have none here.
LANGUAGES = sorted({row["lang"] for row in needs()} & set(COMPLETE))


@pytest.fixture(scope="module")
def result(assistant: Any, event_loop_of_assistant: Any) -> dict[str, Any]:
    run = event_loop_of_assistant.run_until_complete

    def open_with(texts: list[str]) -> list[Opened]:
        found = []
        for number, text in enumerate(texts):
            name = f"reach {number}"
            messages = run(assistant.handle(name, text))
            found.append((run(assistant.slots(name)), messages))
        return found

    return reach(questions(needs(), LANGUAGES), open_with)


def test_every_need_that_has_a_guide_is_asked_for_in_every_language() -> None:
    asked = {
        (row["lang"], f"{row['topic']}/{row['need']}") for row in questions(needs(), LANGUAGES)
    }
    wanted = {
        (language, identifier)
        for identifier in load_topics().needs
        for language in LANGUAGES
        if identifier.split("/")[0] not in WITHOUT_GUIDE
    }
    assert wanted - asked == set()


def test_the_right_guide_is_among_the_first_two(result: dict[str, Any]) -> None:
    assert result["reached"] >= REACHED, result["misses"]


def test_the_right_guide_is_among_the_first_two_in_every_language(result: dict[str, Any]) -> None:
    low = {
        code: share
        for code, share in result["by_language"].items()
        if share < REACHED_IN_A_LANGUAGE
    }
    assert low == {}
