"""What is done to a message before anything reads it: bounds, scripts, payloads."""

import re
import unicodedata
from collections import Counter

#: A message is read to this length; the rest of a longer one is not looked at.
MAX_MESSAGE = 4000
#: A sentence vector is made of at most this much text: the beginning and the end of a long
#: message, because long stories have the need in their last sentence.
ENCODED_HEAD, ENCODED_TAIL = 200, 500

PAYLOAD = re.compile(r"^/[a-z][a-z0-9_]*(?:\{.*\})?$", re.DOTALL)

_SCRIPT_RANGES = (
    ("Latin", 0x0041, 0x024F),
    ("Greek", 0x0370, 0x03FF),
    ("Cyrillic", 0x0400, 0x052F),
    ("Armenian", 0x0530, 0x058F),
    ("Hebrew", 0x0590, 0x05FF),
    ("Arabic", 0x0600, 0x06FF),
    ("Arabic", 0x0750, 0x077F),
    ("Devanagari", 0x0900, 0x097F),
    ("Bengali", 0x0980, 0x09FF),
    ("Gurmukhi", 0x0A00, 0x0A7F),
    ("Tamil", 0x0B80, 0x0BFF),
    ("Sinhala", 0x0D80, 0x0DFF),
    ("Thai", 0x0E00, 0x0E7F),
    ("Burmese", 0x1000, 0x109F),
    ("Georgian", 0x10A0, 0x10FF),
    ("Ethiopic", 0x1200, 0x139F),
    ("Khmer", 0x1780, 0x17FF),
    ("Latin", 0x1E00, 0x1EFF),
    ("Kana", 0x3040, 0x30FF),
    ("Han", 0x3400, 0x9FFF),
    ("Hangul", 0xAC00, 0xD7AF),
    ("Arabic", 0xFB50, 0xFDFF),
    ("Arabic", 0xFE70, 0xFEFC),
)


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
        for name, first, last in _SCRIPT_RANGES:
            if first <= code <= last:
                counts[name] += 3 if name == "Han" else 1
                break
    return counts


def has_words(text: str) -> bool:
    """True when a text has at least one letter of any script."""
    return any(character.isalpha() for character in text)
