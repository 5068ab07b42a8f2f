"""The question where a person is."""

from __future__ import annotations

from functools import cache
from typing import Any, Mapping

from assistant.dialogue.responses import domain_responses
from assistant.i18n import translator
from assistant.i18n.bidi import isolate

_RESPONSES = ("utter_ask_place", "utter_unknown_place")


def asks_for_place(message: Mapping[str, Any]) -> bool:
    """True for a message that asks near which place services are wanted."""
    text = str(message.get("text"))
    return text.startswith(tuple(_questions(str(message.get("language")))))


def place_question(language: str) -> str:
    """What is asked when a place is not known, in a language."""
    text = str(domain_responses()["utter_unknown_place"][0]["text"])
    return translator(language).gettext(text)


@cache
def _questions(language: str) -> frozenset[str]:
    texts = translator(language)
    sources = (str(domain_responses()[name][0]["text"]) for name in _RESPONSES)
    return frozenset(isolate(texts.gettext(source), language) for source in sources)
