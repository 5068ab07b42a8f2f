"""A window on a long JSON text: only the part that is being read is in memory."""

from __future__ import annotations

import json
import re
from typing import Any, Optional

from assistant.catalogue.importers.files.encodings import TextStream

#: A longer single record is refused.
MAX_VALUE = 32_000_000
#: What is already read is forgotten when there is this much of it.
_FORGET = 1 << 20
#: An error this near to the end of the window may only mean that the rest is not read yet.
_NEAR = 16
_SPACE = re.compile(r"(?:[\s\ufeff\0\x1e]+|//[^\n]*\n|/\*.*?\*/|#[^\n]*\n)*", re.DOTALL)
_LAST_COMMENT = re.compile(r"(?://|#)[^\n]*$")
_ODD = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


class BadValue(Exception):
    """A value that is not JSON.

    Attributes:
        position: where in the window.
        at_end: the text ends inside the value.
        too_long: it is longer than was allowed.
        too_deep: it is nested too deep.
    """

    def __init__(
        self, reason: str, position: int, *, at_end: bool = False, too_deep: bool = False
    ) -> None:
        super().__init__(reason)
        self.position = position
        self.at_end = at_end
        self.too_deep = too_deep
        self.too_long = False


class TooLong(BadValue):
    """A value that is longer than the limit that was given."""

    def __init__(self, limit: int, position: int) -> None:
        super().__init__(f"longer than {limit} characters", position)
        self.too_long = True


class JsonWindow:
    """Reads values one after the other.

    Attributes:
        buffer: the text that is in memory.
        position: up to where in it everything is read.
        duplicates: how many objects had a key twice; the last value that is not empty counts.
        taken: how many characters the last value had.
        odd: true when the last value has an escape that may be half a character or NUL.
    """

    def __init__(self, text: TextStream) -> None:
        self._text = text
        self._decoder = json.JSONDecoder(
            strict=False, object_pairs_hook=self._object, parse_constant=lambda _: None
        )
        self.buffer = ""
        self.position = 0
        self.ended = False
        self.duplicates = 0
        self.odd = False
        self.taken = 0
        self._lines = 0  # line ends before `_counted`
        self._counted = 0
        self._column = 0  # characters of the first line that are forgotten

    def more(self, size: int = 1) -> bool:
        """Read at least `size` characters more; false if nothing is left."""
        if self.position > _FORGET:
            self._forget()
        pieces = [self.buffer]
        while size > 0 and not self.ended:
            piece = self._text.read()
            self.ended = not piece
            size -= len(piece)
            pieces.append(piece)
        before = len(self.buffer)
        self.buffer = "".join(pieces)
        return len(self.buffer) > before

    def hold(self, size: int) -> None:
        """Have at least `size` characters after the position in memory, if there are so many."""
        missing = size - (len(self.buffer) - self.position)
        if missing > 0:
            self.more(missing)

    def peek(self) -> str:
        """The next character that is neither space nor comment; empty at the end."""
        while True:
            match = _SPACE.match(self.buffer, self.position)
            assert match is not None
            self.position = match.end()
            if self.position < len(self.buffer):
                start = self.buffer[self.position]
                whole = start not in "/#" or self._is_no_comment()
                if whole or not self.more(max(len(self.buffer) - self.position, 1)):
                    if not whole and self.ended and self._skip_last_comment():
                        return ""
                    return start
            elif not self.more():
                return ""

    def _is_no_comment(self) -> bool:
        """True when what looks like a comment is known to be none."""
        rest = self.buffer[self.position : self.position + 2]
        return len(rest) == 2 and rest[0] == "/" and rest[1] not in "/*"

    def _skip_last_comment(self) -> bool:
        match = _LAST_COMMENT.match(self.buffer, self.position)
        if match is not None:
            self.position = match.end()
        return match is not None

    def value(self, limit: int = MAX_VALUE) -> Any:
        """The value at the position, which then is after it.

        Raises:
            BadValue: if it is not JSON; the position is as it was.
        """
        while True:
            try:
                value, end = self._decoder.raw_decode(self.buffer, self.position)
            except json.JSONDecodeError as error:
                unfinished = error.msg.startswith("Unterminated string") or (
                    error.pos >= len(self.buffer) - _NEAR
                )
                distance = error.pos - self.position  # reading more moves positions
                if not unfinished or not self._grow(limit):
                    at_end = unfinished and self.ended
                    position = self.position + distance
                    raise BadValue(error.msg, position, at_end=at_end) from None
                continue
            except RecursionError:
                raise BadValue("nested too deep", self.position, too_deep=True) from None
            except ValueError:
                raise BadValue("a number is too long", self.position) from None
            # A number may go on after the window.
            if end == len(self.buffer) and isinstance(value, (int, float)) and self.more():
                continue
            self.odd = self.buffer.find("\\u", self.position, end) >= 0 and (
                _ODD.search(self.buffer, self.position, end) is not None
            )
            self.taken = end - self.position
            self.position = end
            return value

    def may_be_deep(self, depth: int) -> bool:
        """True when the last value has enough brackets to be nested deeper than `depth`."""
        start = self.position - self.taken
        count = self.buffer.count
        return count("[", start, self.position) + count("{", start, self.position) > depth

    def _grow(self, limit: int) -> bool:
        length = len(self.buffer) - self.position
        if not self.ended and length > limit:
            raise TooLong(limit, self.position)
        return self.more(length)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            self.duplicates += 1
            for key, value in pairs:
                if found[key] in (None, "", [], {}):
                    found[key] = value
        return found

    def place(self, position: Optional[int] = None) -> str:
        """`line L, character C` of a position in the window."""
        position = self.position if position is None else position
        start = self.buffer.rfind("\n", 0, position)
        column = position - start if start >= 0 else self._column + position + 1
        return f"line {self.line(position)}, character {column}"

    def line(self, position: Optional[int] = None) -> int:
        """The line of a position in the window, from 1."""
        position = self.position if position is None else position
        if position < self._counted:
            return self._lines + 1 - self.buffer.count("\n", position, self._counted)
        self._lines += self.buffer.count("\n", self._counted, position)
        self._counted = position
        return self._lines + 1

    def _forget(self) -> None:
        last = self.buffer.rfind("\n", 0, self.position)
        self._column = self.position - last - 1 if last >= 0 else self._column + self.position
        self._lines = self.line(self.position) - 1
        self._counted = 0
        self.buffer = self.buffer[self.position :]
        self.position = 0
