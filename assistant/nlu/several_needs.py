"""Two requests in one message: "We need daycare for our son. Where can my husband learn Finnish?"

The message is read as a whole first (a long story has its need in the last sentence). Its
sentences are then read one by one; a sentence that clearly asks for something else is the second
need, which the answer offers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Optional

from assistant.guidance.topics import NO_SERVICE_TOPICS
from assistant.nlu.need_model import Prediction

#: A sentence is read for itself when it has so many words (a Chinese character is half a word),
#: and no more than so many sentences are.
FEWEST_WORDS, MOST_SENTENCES = 4, 6
#: How sure a sentence has to be of a need, and of its topic. Set on the development split.
NEED_CONFIDENCE, TOPIC_CONFIDENCE = 0.6, 0.8
_END = re.compile(r"(?<=[.!?;؟؛。？！；])\s*(?=\S)|\n+")
_QUESTION = re.compile(r"[?؟？]\s*$")
_HAN = re.compile(r"[\u3400-\u9fff]")


def sentences(text: str) -> list[str]:
    """The sentences of a message that are long enough to ask for something."""
    parts = [part.strip() for part in _END.split(text) if part.strip()]
    long_enough = [part for part in parts if _words(part) >= FEWEST_WORDS]
    return long_enough[:MOST_SENTENCES]


def _words(part: str) -> float:
    return len(part.split()) + len(_HAN.findall(part)) / 2


def second_need(
    text: str, main: str, predict: Callable[[Sequence[str]], Sequence[Prediction]]
) -> tuple[str, Optional[str]]:
    """The need to answer and the one to offer.

    Args:
        text: a message.
        main: the need of the whole message.
        predict: predictions of sentences.

    Returns:
        The need to answer (the first one, where two questions are asked; else `main`), and another
        need that a sentence asks for, or None.
    """
    parts = sentences(text)
    if len(parts) < 2:
        return main, None
    found: list[tuple[str, bool]] = []
    for part, prediction in zip(parts, predict(parts)):
        (need, need_confidence), (topic, confidence) = prediction.needs[0], prediction.topics[0]
        clear = need_confidence >= NEED_CONFIDENCE and confidence >= TOPIC_CONFIDENCE
        if (
            clear
            and "/" in need
            and topic not in NO_SERVICE_TOPICS
            and need.startswith(f"{topic}/")
        ):
            found.append((need, bool(_QUESTION.search(part))))
    asked = list(dict.fromkeys(need for need, question in found if question))
    if len(asked) > 1 and asked[0].split("/")[0] != asked[1].split("/")[0]:
        return asked[0], asked[1]
    topic = main.split("/")[0]
    others = [need for need, question in found if need.split("/")[0] != topic and question]
    return main, others[0] if others else None
