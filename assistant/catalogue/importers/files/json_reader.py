"""Records from JSON as it is found: lists, pages, JSON lines, several documents in one file.

The text is read piece by piece, and only one record is in memory. What is wrong loses no more
than the record that it is in: reading goes on with the next one, and the report says where it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Optional

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.encodings import (
    TextStream,
    markup,
    refuse_what_is_not_text,
)
from assistant.catalogue.importers.files.json_repair import (
    MAX_DEPTH,
    balanced_end,
    repaired,
    too_deep,
    top_keys,
    without_surrogates,
)
from assistant.catalogue.importers.files.json_shapes import (
    LIST_KEYS,
    PAGE_KEYS,
    PAGING_KEYS,
    RECORD_KEYS,
    alike,
    holds_lists,
    is_page,
)
from assistant.catalogue.importers.files.json_window import BadValue, JsonWindow

#: A document that is not longer is read as a whole before it is decided what it is.
SMALL = 4_000_000
#: How far a broken record is searched for its end, and for the next record.
NEARBY = 2_000_000
MAX_WRAPPING = 4
#: How many different shapes of good records are remembered.
SHAPES = 5
_START = re.compile(r'\{\s*"')
_NEXT_LINE = re.compile(r"\n(?=[{\[])")
_ANY_LINE = re.compile(r"\n")
_LEFTOVER = re.compile(r"[\s,;)\]}]+")
_WORD_ALONE = re.compile(r'[^,:\[\]{}"]+,\s*{')
_GOES_ON_INSIDE = re.compile(r'[}\]][\s}\]]*,\s*"([^"\\]*)"\s*:')
_OPENING = re.compile(r"[{\[]")


@dataclass(frozen=True)
class Record:
    """A record, and where it was found (for the report)."""

    where: str
    data: Any


class JsonReader:
    """Reads the records of one text.

    Args:
        text: the text.
        name: of the file or the address, for the report.
        reading: gets what is skipped and what is to be noted.
        by_line: the file is known to have one document a line.

    Attributes:
        envelopes: of each page what it says beside its records, such as the number of pages.
    """

    def __init__(
        self, text: TextStream, name: str, reading: Reading, by_line: bool = False
    ) -> None:
        self._text = text
        self._name = name
        self._reading = reading
        self._by_line = by_line
        self._window = JsonWindow(text)
        self._number = 0
        self._documents = 0
        self._shapes: list[frozenset[str]] = []
        self._over = False
        self._repaired = 0
        self.envelopes: list[dict[str, Any]] = []

    def records(self) -> Iterator[Record]:
        """The records.

        Raises:
            ImportFailed: if this is no JSON at all.
        """
        window = self._window
        refuse_what_is_not_text(self._text, self._name, "JSON")
        window.hold(2000)
        kind = markup(window.buffer)
        if kind is not None:
            raise ImportFailed(f"{self._name}: this is {kind}, not JSON")
        while True:
            start = window.peek()
            if not start:
                break
            if start == "[":
                self._documents += 1
                yield from self._list(None)
            elif start == "{":
                yield from self._document()
            else:
                yield from self._between()
        if not self._documents:
            empty = not self._reading.skipped and not window.buffer.strip("\ufeff\0 \t\r\n")
            reason = "the file is empty" if empty else "this is not JSON"
            raise ImportFailed(f"{self._name}: {self._text.damaged or reason}")
        self._remarks()

    # Documents ----------------------------------------------------------------------------------

    def _document(self) -> Iterator[Record]:
        """An object that stands alone: a record, or a wrapper of lists of records."""
        window = self._window
        first = self._documents == 0
        by_line = f"{self._name}, line {window.line()}"
        try:
            value = window.value(SMALL)
        except BadValue as error:
            if self._is_wrapper():
                self._documents += 1
                yield from self._wrapper(0)
                return
            where = self._name if first and not self._by_line else by_line
            if error.too_long:
                try:
                    value = window.value()
                except BadValue as again:
                    error = again
                else:
                    self._documents += 1
                    yield from self._unwrapped(value, where, 0)
                    return
            mended = self._mended(self._extent(error))
            if mended is None:
                self._broken_document(error, where, first)
                return
            value = mended
        else:
            # Only now it is known whether something follows; a single record needs no line.
            alone = first and not self._by_line and window.peek() not in ("{", "[")
            where = self._name if alone else by_line
        self._documents += 1
        yield from self._unwrapped(value, where, 0)

    def _broken_document(self, error: BadValue, where: str, first: bool) -> None:
        """Report a document that cannot be read, and go on after it."""
        window = self._window
        reason = self._reason(error)
        place = window.place(error.position)
        end: Optional[int] = None
        if error.too_deep:
            end = self._long_end()
        pattern = _ANY_LINE if self._by_line else _NEXT_LINE
        while end is None:
            match = pattern.search(window.buffer, window.position + 1)
            if match is not None:
                end = match.end()
            elif not self._forward():
                end = len(window.buffer)
        window.position = end
        alone = first and not self._by_line and not window.peek()
        if alone:
            raise ImportFailed(f"{self._name}: not valid JSON ({place}: {reason})")
        self._documents += 1
        self._skip(f"{self._name}, {place}" if where == self._name else where, reason)

    def _between(self) -> Iterator[Record]:
        """Text where a document could begin: a prefix, a scalar, or a broken line."""
        window = self._window
        line = window.line()
        if self._by_line:
            try:
                value = window.value()
            except BadValue:
                pass
            else:
                self._documents += 1
                yield Record(f"{self._name}, line {line}", value)
                return
        leftover = _LEFTOVER.match(window.buffer, window.position)
        if leftover is not None:
            window.position = leftover.end()
            return
        pattern = _NEXT_LINE if self._documents or self._by_line else _OPENING
        if self._by_line:
            pattern = _ANY_LINE
        sample = ""
        while True:
            match = pattern.search(window.buffer, window.position)
            end = match.start() if match else len(window.buffer)
            sample = (sample + window.buffer[window.position : end])[:80]
            window.position = end
            if match is not None or not window.more():
                break
        sample = sample.strip()
        if self._by_line or (self._documents and window.peek()):
            self._skip(f"{self._name}, line {line}", "not valid JSON")
        elif self._documents or window.position < len(window.buffer):
            if not re.fullmatch(r"[\s()\[\]{}',;:]*|.*[=(]\s*", sample):
                self._reading.notes.append(
                    f"{self._name}: text beside the JSON was not read: {sample[:40]!r}"
                )
                # After a document it may be the rest of one.
                self._reading.complete = self._reading.complete and not self._documents

    # Wrappers -----------------------------------------------------------------------------------

    def _is_wrapper(self) -> bool:
        """True when the object at the position, which is long or broken, holds lists of records.

        Its keys are looked at as far as the first list.
        """
        if self._by_line:
            return False
        window = self._window
        text = window.buffer
        position = window.position + 1
        decoder = json.JSONDecoder(strict=False)
        paging = record = False
        space = re.compile(r"[\s,]*")
        while True:
            position = space.match(text, position).end()  # type: ignore[union-attr]
            try:
                key, position = decoder.raw_decode(text, position)
                colon = re.compile(r"\s*:\s*").match(text, position)
                if not isinstance(key, str) or colon is None:
                    return False
                position = colon.end()
                if text.startswith("[", position) or key in ("data", "result", "response"):
                    return (paging or not record) and (
                        key in PAGE_KEYS or key in LIST_KEYS or paging
                    )
                paging = paging or key in PAGING_KEYS
                record = record or key in RECORD_KEYS
                _, position = decoder.raw_decode(text, position)
            except (ValueError, RecursionError):
                return False

    def _wrapper(self, depth: int) -> Iterator[Record]:
        """The lists of a long or broken object, read piece by piece."""
        window = self._window
        window.position += 1
        envelope: dict[str, Any] = {}
        self.envelopes.append(envelope)
        while True:
            start = window.peek()
            if start == "}":
                window.position += 1
                return
            if start == ",":
                window.position += 1
                continue
            try:
                if start != '"':
                    raise BadValue("expecting a key", window.position, at_end=not start)
                key = window.value()
                if window.peek() != ":":
                    raise BadValue("expecting ':'", window.position, at_end=window.ended)
                window.position += 1
                start = window.peek()
                if start == "[":
                    yield from self._list(key)
                    continue
                try:
                    value = window.value(SMALL)
                except BadValue as error:
                    if start == "{" and depth < MAX_WRAPPING and self._is_wrapper():
                        yield from self._wrapper(depth + 1)
                        continue
                    raise error
            except BadValue as error:
                self._incomplete(error)
                window.position = len(window.buffer)
                while window.more():
                    window.position = len(window.buffer)
                return
            envelope[key] = value
            if isinstance(value, dict) and holds_lists(value):
                yield from self._unwrapped(value, self._name, 1)

    def _unwrapped(self, value: Any, where: str, depth: int) -> Iterator[Record]:
        """The records in a value that is in memory."""
        if depth == 0 and (too_deep(value) or isinstance(value, str)):
            self._skip(where, "nested too deep" if not isinstance(value, str) else "not an object")
            return
        if depth == 0 and self._window.odd:
            value = without_surrogates(value)
        if depth > MAX_WRAPPING or not isinstance(value, dict) or not holds_lists(value):
            yield Record(where, value)
            return
        self.envelopes.append({k: v for k, v in value.items() if not isinstance(v, list)})
        for key, inner in value.items():
            if isinstance(inner, list):
                for item in inner:
                    if isinstance(item, (dict, list)) or key in PAGE_KEYS:
                        self._number += 1
                        place = f"{self._name}, record {self._number}"
                        yield from self._element(item, place, depth + 1)
            elif isinstance(inner, dict) and holds_lists(inner):
                yield from self._unwrapped(inner, where, depth + 1)

    def _element(self, value: Any, where: str, depth: int) -> Iterator[Record]:
        """An item of a list: a record, or a page in a list of pages."""
        if isinstance(value, dict) and is_page(value) and depth <= MAX_WRAPPING:
            self._number -= 1
            yield from self._unwrapped(value, where, depth)
            return
        if isinstance(value, dict) and len(self._shapes) < SHAPES:
            shape = frozenset(value)
            if shape not in self._shapes:
                self._shapes.append(shape)
        yield Record(where, value)

    # Lists --------------------------------------------------------------------------------------

    def _list(self, key: Optional[str], depth: int = 0) -> Iterator[Record]:
        """The items of the list at the position."""
        window = self._window
        window.position += 1
        while True:
            start = window.peek()
            if not start:
                self._early_end(window.place())
                return
            if start in "]}" and self._inside_record(key):
                self._cut(f"{self._name}: a bracket too many ({window.place()})")
                self._go_to_next_record()
                continue
            if start == "]":
                window.position += 1
                return
            if start == ",":
                window.position += 1
                continue
            if start == "}":
                if key is not None and not self._goes_on():
                    return  # the end of the list is missing
                self._cut(f"{self._name}: a bracket too many ({window.place()})")
                window.position += 1
                continue
            if start == "[" and depth < MAX_WRAPPING:
                yield from self._list(key, depth + 1)
                continue
            self._number += 1
            where = f"{self._name}, record {self._number}"
            try:
                value = window.value()
                after = window.buffer[window.position : window.position + 100].lstrip()[:1]
                if start == '"' and after not in ("", ",", "]"):
                    # A quotation mark too many makes a text that ends inside the next record.
                    window.position -= window.taken
                    raise BadValue("a text that does not end", window.position)
            except BadValue as error:
                end = self._extent(error)
                value = self._mended(end)
                if value is None:
                    self._broken_item(error, where, end)
                    continue
            if key is None or isinstance(value, dict) or key in PAGE_KEYS:
                if window.may_be_deep(MAX_DEPTH) and too_deep(value):
                    self._skip(where, "nested too deep")
                    continue
                if window.odd:
                    value = without_surrogates(value)
                yield from self._element(value, where, 1)
            else:
                self._number -= 1  # a list of words beside the records

    def _goes_on(self) -> bool:
        """True when another record follows the bracket at the position."""
        window = self._window
        window.hold(1000)
        return re.match(r"}\s*,?\s*{", window.buffer[window.position :][:1000]) is not None

    def _inside_record(self, key: Optional[str]) -> bool:
        """True when a record goes on after the bracket at the position, which is one too many."""
        window = self._window
        window.hold(1000)
        match = _GOES_ON_INSIDE.match(window.buffer, window.position, window.position + 1000)
        if match is None or match.group(1) in {*PAGE_KEYS, *LIST_KEYS, *PAGING_KEYS}:
            return False
        # Of a list that stands alone, nothing with a key can follow.
        return key is None or any(match.group(1) in shape for shape in self._shapes)

    def _go_to_next_record(self, end: Optional[int] = None) -> None:
        """Go to the next record that looks like those before it, at the latest to `end`."""
        window = self._window
        found = None
        while found is None:
            limit = end if end is not None else len(window.buffer)
            found = self._next_record(self._shapes, limit)
            if found is None and end is not None:
                found = end
            elif found is None and not self._forward():
                found = len(window.buffer)
        window.position = found

    def _extent(self, error: BadValue) -> Optional[int]:
        """Where the broken value at the position ends, by its brackets.

        Returns:
            None if the brackets do not tell, or if a record begins before they are closed.
        """
        window = self._window
        if error.too_deep:
            return self._long_end()
        size = NEARBY >> 6
        while not error.too_long:
            window.hold(size)
            stop = min(window.position + size, len(window.buffer))
            end = balanced_end(window.buffer[:stop], window.position)
            if end is not None:
                return end if end > 0 else None
            if stop < window.position + size or size >= NEARBY:
                return None
            if self._next_record(self._known(error), stop) is not None:
                return None
            size *= 4
        return None

    def _known(self, error: BadValue) -> list[frozenset[str]]:
        """The keys that records have: of good ones, or of the broken one as far as it goes."""
        window = self._window
        keys = top_keys(window.buffer, window.position, error.position)
        return self._shapes or [frozenset(keys)]

    def _mended(self, end: Optional[int]) -> Any:
        """The value up to `end` without comments and extra commas; None if more is wrong."""
        window = self._window
        if end is None:
            return None
        try:
            value = json.loads(repaired(window.buffer[window.position : end]), strict=False)
        except (ValueError, RecursionError):
            return None
        window.taken = end - window.position
        window.position = end
        window.odd = True
        self._repaired += 1
        return value

    def _broken_item(self, error: BadValue, where: str, end: Optional[int]) -> None:
        """Report an item that cannot be read, and go to the next one that looks like a record."""
        window = self._window
        place = window.place(error.position)
        reason = self._reason(error)
        alone = _WORD_ALONE.match(window.buffer, window.position) is not None
        if window.buffer[window.position] not in "{[" and self._shapes and not alone:
            self._go_to_next_record(self._list_end())
            self._skip(where, f"{reason} ({place})")
            return
        if window.buffer[window.position] not in "{[":
            match = re.compile(r"[^,\[\]{}]+|.", re.DOTALL).match(window.buffer, window.position)
            window.position = match.end() if match else len(window.buffer)
            self._skip(where, f"{reason} ({place})")
            return
        known = self._known(error)
        if end is None and error.at_end:
            found = self._next_record(known, len(window.buffer))
            if found is None:
                self._early_end(place)
                reason, found = "the file ends inside this record", len(window.buffer)
            window.position = found
        else:
            found = None
            while found is None:
                limit = end if end is not None else len(window.buffer)
                found = self._next_record(known, limit)
                if found is None and end is not None:
                    found = end
                elif found is None and not self._forward():
                    found = len(window.buffer)
            window.position = found
        self._skip(where, f"{reason} ({place})")

    def _list_end(self) -> Optional[int]:
        """Where the list ends, if it ends before the next record."""
        window = self._window
        window.hold(1000)
        match = re.compile(r'[^\[\]{}"]*(?=\])').match(window.buffer, window.position)
        return match.end() if match else None

    def _long_end(self) -> Optional[int]:
        """The end of an item that is nested too deep, however long it is."""
        window = self._window
        while True:
            end = balanced_end(window.buffer, window.position)
            if end is not None:
                return end if end > 0 else None
            if not window.more(len(window.buffer)) or len(window.buffer) > 16 * NEARBY:
                return None

    def _forward(self) -> bool:
        """Read on after a place in which no next record was found; false at the end."""
        window = self._window
        # A record may begin in what is in memory and go on after it.
        window.position = max(window.position, len(window.buffer) - NEARBY)
        return window.more(NEARBY)

    def _next_record(self, known: list[frozenset[str]], limit: int) -> Optional[int]:
        """Where the next whole object begins that looks like the good records before it."""
        window = self._window
        for match in _START.finditer(window.buffer, window.position + 1, limit):
            before = window.buffer[max(match.start() - 200, 0) : match.start()].rstrip()
            if not before.endswith((",", "}", "]")):
                continue
            key = json.JSONDecoder(strict=False)
            try:
                value, end = key.raw_decode(window.buffer, match.start())
            except (ValueError, RecursionError):
                continue
            after = window.buffer[end : end + 200].lstrip()[:1]
            if after in ("", ",", "]") and alike(value, known, bool(self._shapes)):
                return match.start()
        return None

    # Remarks ------------------------------------------------------------------------------------

    def _reason(self, error: BadValue) -> str:
        if error.too_deep:
            return "nested too deep"
        if error.too_long:
            return str(error)
        return f"not valid JSON: {error}"

    def _skip(self, where: str, reason: str) -> None:
        self._reading.read += 1
        self._reading.skip(where, reason)
        self._reading.complete = False

    def _cut(self, note: str) -> None:
        """Remark that a part of the file is lost."""
        self._reading.complete = False
        self._reading.notes.append(note)

    def _early_end(self, place: str) -> None:
        if not self._over:
            self._over = True
            self._cut(f"{self._name}: the file ends too early ({place}); what came before is kept")

    def _incomplete(self, error: BadValue) -> None:
        place = self._window.place(min(error.position, len(self._window.buffer)))
        if error.at_end:
            self._early_end(place)
        else:
            self._cut(f"{self._name}: what follows {place} is not valid JSON ({error})")

    def _remarks(self) -> None:
        """What concerns the file as a whole."""
        notes = self._reading.notes
        if self._text.damaged:
            self._cut(f"{self._name}: {self._text.damaged}")
        if self._text.fallback:
            notes.append(f"{self._name}: not all of it is UTF-8; the rest was read as Windows-1252")
        if self._window.duplicates:
            notes.append(
                f"{self._name}: {self._window.duplicates} objects have a key twice; "
                "the last value that is not empty was taken"
            )
        if self._repaired:
            notes.append(
                f"{self._name}: comments or extra commas were taken out of {self._repaired} records"
            )
