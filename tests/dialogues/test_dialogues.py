"""Conversations in `tests/dialogues/<category>/<behaviour>.yml`, one behaviour each.

language: ar                  # the language the person writes
metadata: {municipality: "999"}   # optional: what the website knows
steps:
- person: "..."               # a message or a payload
  repeat: 3                   # optional: the text so many times in one message
  expect:                     # every key is optional; the messages of this turn are looked at
    kinds: [answer, question] # kinds of the messages, in order; those of one kind count once,
                              # because a long answer is split (assistant/dialogue/packing.py)
    kind: answer              # one message is of this kind
    language: ar              # every message is in this language
    contains: ["112"]         # in the text of some message
    lacks: ["..."]            # in no text
    hides: ["..."]            # nowhere: in no message, and not remembered
    buttons: ["/inform/municipality/091"]   # payloads that are offered
    cards: ["own:service:nollalinja"]        # ids that are shown; `some` for any, `none`
    slots: {topic: housing}   # what is remembered after the turn
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.i18n import COMPLETE, SERVED

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_dialogue(path: Path, converse: Callable[..., Any]) -> None:
    script = yaml.safe_load(path.read_text(encoding="utf-8"))
    conversation = converse()
    for step in script["steps"]:
        said = step["person"] * step.get("repeat", 1)
        messages = conversation.say(said, **script.get("metadata", {}))
        _check(said, messages, conversation.slots(), step.get("expect") or {})


def _check(
    person: str, messages: list[dict[str, Any]], slots: dict[str, Any], expect: dict[str, Any]
) -> None:
    texts = "\n".join(message["text"] for message in messages)
    kinds = [message["kind"] for message in messages]
    payloads = [button["payload"] for message in messages for button in message["buttons"]]
    cards = [card["id"] for message in messages for card in message["cards"]]
    seen = f"after {person[:200]!r}: {kinds} {texts!r} {payloads} {cards} {slots}"
    unknown = set(expect) - {
        "kinds",
        "kind",
        "language",
        "contains",
        "lacks",
        "hides",
        "buttons",
        "cards",
        "slots",
    }
    assert not unknown, f"unknown expectations {unknown}"
    assert messages, seen
    if "kinds" in expect:
        assert _once(kinds) == _once(expect["kinds"]), seen
    if "kind" in expect:
        assert expect["kind"] in kinds, seen
    if "language" in expect:
        assert {message["language"] for message in messages} == {expect["language"]}, seen
    for text in expect.get("contains", []):
        assert text in texts, f"{text!r} is missing {seen}"
    for text in expect.get("lacks", []):
        assert text not in texts, f"{text!r} is there {seen}"
    for text in expect.get("hides", []):
        assert text not in str(messages), f"{text!r} is shown {seen}"
        assert text not in str(slots), f"{text!r} is remembered {seen}"
    for payload in expect.get("buttons", []):
        assert payload in payloads, f"{payload!r} is not offered {seen}"
    if expect.get("cards") == "some":
        assert cards, seen
    elif expect.get("cards") == "none":
        assert not cards, seen
    else:
        for card in expect.get("cards", []):
            assert card in cards, f"{card!r} is not shown {seen}"
    for name, value in expect.get("slots", {}).items():
        assert slots.get(name) == value, f"slot {name} {seen}"


def _once(kinds: list[str]) -> list[str]:
    return [kind for kind, _ in groupby(kinds)]


def test_the_conversations_are_in_every_language_that_is_no_draft() -> None:
    written = {yaml.safe_load(path.read_text(encoding="utf-8"))["language"] for path in FILES}
    assert set(COMPLETE) <= written <= set(SERVED)


def test_no_conversation_uses_a_held_out_sentence() -> None:
    held_out = {
        json.loads(line)["text"].strip().lower()
        for path in (FOLDER.parent / "nlu").glob("**/*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    }
    for path in FILES:
        for step in yaml.safe_load(path.read_text(encoding="utf-8"))["steps"]:
            said = step["person"].strip().lower()
            assert not said or said not in held_out, f"{path.name}: {said!r}"
