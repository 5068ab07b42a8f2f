"""Long texts in parts: at the end of a sentence, never inside a word, a link or a number."""

from __future__ import annotations

import re
from typing import Callable, Iterator

from assistant.i18n.bidi import PDI

_INITIATORS = "\u2066\u2067\u2068"
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3000-\u303f\uff01-\uff60"
_ATOM = re.compile(
    r"(?P<space>\s+)"
    rf"|(?P<isolate>[{_INITIATORS}])"
    r"|(?P<link>(?:https?://|www\.)[^\s\u2066-\u2069]+|[\w.+-]+@[\w-]+\.[\w.-]+)"
    # A number with what belongs to it: +358 9 123 4567, 10–16, 1 000, 3.11.2026
    r"|(?P<number>\+?\d(?:[\d.,:/–-]|[ \u00a0](?=\d))*\d%?|\d)"
    rf"|(?P<cjk>[{_CJK}])"
    rf"|(?P<word>[^\s{_INITIATORS}{_CJK}]+)"
)
_END = re.compile(r"[.!?…؟۔।。！？][\"'”’»)\]）」\u2069]*$")
_CJK_END = re.compile(r"[。！？][」』）】》〉”’]*$")
#: These never begin a part.
_CLOSING = frozenset("。！？，、；：）］｝」』】》〉”’…")
#: How good a place between two atoms is for a cut.
BETWEEN, WORDS, SENTENCE = range(3)


def split(text: str, limit: int, length: Callable[[str], int] = len) -> Iterator[tuple[int, int]]:
    """Where to cut a text: (start, end) of its parts, without the white space between them.

    A text that fits is one part, whatever blank lines it has. Only what is longer than a whole
    part, such as a link without an end, is cut where it must be.

    Args:
        text: the text.
        limit: length of a part.
        length: counts; it has to be the sum of the lengths of the characters.
    """
    start = 0
    while start < len(text):
        if text[start].isspace():
            start += 1
            continue
        end = len(text.rstrip())
        if length(text[start:end]) > limit:
            end = start + _cut(text[start:end], limit, length)
        yield start, len(text[:end].rstrip())
        start = end


def _cut(text: str, limit: int, length: Callable[[str], int]) -> int:
    """Where the first part of a text that is too long ends."""
    best = {SENTENCE: 0, WORDS: 0, BETWEEN: 0}
    sizes = {SENTENCE: 0, WORDS: 0, BETWEEN: 0}
    used, last = 0, 0
    for end, position, strength in _places(text):
        used += length(text[last:end])
        last = end
        if used > limit:
            break
        best[strength], sizes[strength] = position, used
    # The end of a sentence is worth a part that is half empty, but not one that is nearly so.
    for strength in (SENTENCE, WORDS, BETWEEN):
        if sizes[strength] > (limit // 4 if strength == SENTENCE else 0):
            return best[strength]
    return max(best.values()) or _anywhere(text, limit, length)


def _anywhere(text: str, limit: int, length: Callable[[str], int]) -> int:
    end, used = 0, 0
    while end < len(text) and used + length(text[end]) <= limit:
        used += length(text[end])
        end += 1
    return max(end, 1)


def _places(text: str) -> Iterator[tuple[int, int, int]]:
    """Places between atoms: where the text before ends, the text after begins, how good it is."""
    position = 0
    before = ""
    while position < len(text):
        found = _ATOM.match(text, position)
        assert found is not None, "every character belongs to an atom"
        kind, end = found.lastgroup, found.end()
        if kind == "space":
            yield position, end, _strength(before, found.group(), text[end : end + 1])
        else:
            if kind == "isolate":
                end = _closed(text, position)
            ended = _CJK_END.search(before) is not None
            if (ended or (before and kind == "cjk")) and text[position] not in _CLOSING:
                yield position, position, SENTENCE if ended else BETWEEN
        before = "" if kind == "space" else text[max(0, position - 1) : end]
        position = end


def _closed(text: str, start: int) -> int:
    """The end of the isolate that begins at `start`, and of what is written to it."""
    depth = 0
    for position in range(start, len(text)):
        if text[position] in _INITIATORS:
            depth += 1
        elif text[position] == PDI:
            depth -= 1
            if not depth:
                return position + 1
    return start + 1  # it is not closed: an ordinary sign


def _strength(before: str, space: str, after: str) -> int:
    if "\n" in space:
        return SENTENCE
    ended = _END.search(before)
    if ended is None:
        return WORDS
    # "esim. koulu", "3. krs": no sentence begins with a small letter or goes on with a number.
    if ended.group().startswith(".") and (after.islower() or after.isdigit()):
        return WORDS
    return SENTENCE
