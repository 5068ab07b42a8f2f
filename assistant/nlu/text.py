"""What is done to a message before anything reads it: bounds, scripts, payloads."""

import re
import unicodedata
from collections import Counter

from assistant.i18n.scripts import RANGES

#: A message is read to this length; the rest of a longer one is not looked at.
MAX_MESSAGE = 4000
#: A sentence vector is made of at most this much text: the beginning and the end of a long
#: message, because long stories have the need in their last sentence.
ENCODED_HEAD, ENCODED_TAIL = 200, 500

PAYLOAD = re.compile(r"^/[a-z][a-z0-9_]*(?:\{.*\})?$", re.DOTALL)


def is_payload(text: str) -> bool:
    """True for the `/intent{...}` form that a pressed button sends."""
    return bool(PAYLOAD.match(text.strip()))


def clean(text: str) -> str:
    """The message as people see it: bounded, composed, without control and zero-width characters.

    ZWNJ (U+200C) stays: Persian spells with it.
    """
    text = unicodedata.normalize("NFC", text[: MAX_MESSAGE * 2])
    kept = (
        " " if character in "\n\r\t" else character
        for character in text
        if character in "\n\r\t\u200c" or unicodedata.category(character) not in ("Cc", "Cf", "Co")
    )
    return " ".join("".join(kept).split())[:MAX_MESSAGE]


def shorten(text: str) -> str:
    """The beginning and the end of a long message, for the sentence encoder."""
    if len(text) <= ENCODED_HEAD + ENCODED_TAIL:
        return text
    return f"{text[:ENCODED_HEAD]} … {text[-ENCODED_TAIL:]}"


def script_counts(text: str) -> Counter[str]:
    """How many letters of each script a text has. Han characters weigh like short words."""
    counts: Counter[str] = Counter()
    for character in text:
        if not character.isalpha():
            continue
        code = ord(character)
        for name, first, last in RANGES:
            if first <= code <= last:
                counts[name] += 3 if name == "Han" else 1
                break
    return counts


def has_words(text: str) -> bool:
    """True when a text has at least one letter of any script."""
    return any(character.isalpha() for character in text)
