"""Two requests in one message: "We need daycare for our son. Where can my husband learn Finnish?"

The message is read as a whole first (a long story has its need in the last sentence). Its
sentences are then read one by one; a sentence that clearly asks for something else is the second
need, which the answer offers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, Optional

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


class Request(NamedTuple):
    """What one sentence asks for, and how sure the sentence is of the need and of its topic."""

    need: str
    confidence: float
    topic_confidence: float


def sentences(text: str) -> list[str]:
    """The sentences of a message that are long enough to ask for something."""
    parts = [part.strip() for part in _END.split(text) if part.strip()]
    long_enough = [part for part in parts if _words(part) >= FEWEST_WORDS]
    return long_enough[:MOST_SENTENCES]


def _words(part: str) -> float:
    return len(part.split()) + len(_HAN.findall(part)) / 2


def several_needs(
    text: str, main: str, predict: Callable[[Sequence[str]], Sequence[Prediction]]
) -> tuple[Optional[Request], Optional[str]]:
    """What to answer instead of the need of the whole message, and the need to offer beside.

    Args:
        text: a message.
        main: the need of the whole message.
        predict: predictions of sentences.

    Returns:
        The first of two questions that ask for services of different topics, or None where the
        need of the whole message is meant; and another need that a sentence asks for, or None.
    """
    parts = sentences(text)
    if len(parts) < 2:
        return None, None
    found: dict[str, Request] = {}
    for part, prediction in zip(parts, predict(parts)):
        request = _clear_request(prediction)
        if request is not None and _QUESTION.search(part):
            found.setdefault(request.need, request)
    asked = list(found.values())
    if len(asked) > 1 and _topic(asked[0].need) != _topic(asked[1].need):
        return asked[0], asked[1].need
    others = [request.need for request in asked if _topic(request.need) != _topic(main)]
    return None, others[0] if others else None


def _topic(need: str) -> str:
    return need.split("/")[0]


def _clear_request(prediction: Prediction) -> Optional[Request]:
    """The need of a sentence that clearly asks for a service."""
    (need, confidence), (topic, topic_confidence) = prediction.needs[0], prediction.topics[0]
    sure = confidence >= NEED_CONFIDENCE and topic_confidence >= TOPIC_CONFIDENCE
    if not sure or topic in NO_SERVICE_TOPICS or not need.startswith(f"{topic}/"):
        return None
    return Request(need, confidence, topic_confidence)
