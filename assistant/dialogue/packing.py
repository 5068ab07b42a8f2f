"""How much of an answer is one message: a person reads on a phone, perhaps in a new language."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.i18n.check.words import count_words

#: Words of one message.
MOST_WORDS = 90


def packed(parts: Iterable[str], language: str) -> list[str]:
    """Join the parts of an answer to as few messages as `MOST_WORDS` allows, in their order.

    Languages differ in how many words they need. A part that is longer alone stays whole; one
    without text is left out.
    """
    messages: list[str] = []
    for part in filter(None, parts):
        together = f"{messages[-1]}\n{part}" if messages else part
        if messages and count_words(together, language) <= MOST_WORDS:
            messages[-1] = together
        else:
            messages.append(part)
    return messages
