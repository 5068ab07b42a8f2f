"""Training phrases: enough of them for every need in every language, and no contradictions."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest

from assistant.guidance import load_topics
from assistant.i18n import COMPLETE
from assistant.nlu.importer import read_phrases
from assistant.settings import PROJECT_ROOT

MANY, LEAST = 6, 4
REPLIES = ("inform", "affirm", "deny", "dont_know", "none_of_these", "why_ask")
#: Replies for which nobody has words: only a button sends them.
BUTTONS = ("none_of_these",)


@cache
def phrases(language: str) -> tuple[tuple[str, str], ...]:
    files = sorted((PROJECT_ROOT / "data" / "nlu" / language).glob("*.yml"))
    return tuple((text, label) for file in files for text, label, _ in read_phrases(file))


@pytest.mark.parametrize("language", COMPLETE)
def test_every_need_has_enough_phrases(language):
    counts = Counter(label for _, label in phrases(language))
    least = MANY if language in ("en", "fi") else LEAST
    few = {need: counts[need] for need in load_topics().needs if counts[need] < least}
    assert few == {}


@pytest.mark.parametrize("language", COMPLETE)
def test_every_phrase_is_of_a_need_or_a_reply_that_exists(language):
    known = {*load_topics().needs, *REPLIES}
    assert {label for _, label in phrases(language)} - known == set()


@pytest.mark.parametrize("language", COMPLETE)
def test_every_reply_has_phrases(language):
    trained = {label for _, label in phrases(language)}
    assert {*REPLIES} - {*BUTTONS} - trained == set()


@pytest.mark.parametrize("language", COMPLETE)
def test_no_phrase_stands_under_two_needs(language):
    labels = defaultdict(set)
    for text, label in phrases(language):
        labels[" ".join(text.lower().split())].add(label)
    assert {text: sorted(found) for text, found in labels.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", COMPLETE)
def test_no_phrase_is_empty_or_longer_than_a_message_of_a_person(language):
    assert [text for text, _ in phrases(language) if not text or len(text) > 600] == []
