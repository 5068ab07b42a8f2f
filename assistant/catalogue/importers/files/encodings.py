"""What a file is, and its text: UTF-8, UTF-16 or UTF-32, else Windows-1252 byte by byte."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Optional

from assistant.catalogue.importers.base import ImportFailed

CHUNK = 1 << 20
#: How many bytes tell what a file is.
HEAD = 4096

#: First bytes -> what it is.
SIGNATURES = (
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"RIFF", "an image or a recording (RIFF)"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3", "a database (SQLite)"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FALLBACK = "kuntaopas-windows-1252"


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252, and its gaps as Latin-1."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    text = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in wrong)
    return text, error.end


codecs.register_error(_FALLBACK, _windows_1252)


def encoding_of(head: bytes) -> str:
    """The encoding that the first bytes of a text show; UTF-8 if they show none."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    # Two bytes a character without a mark: every other byte of ASCII text is zero.
    if len(head) >= 4 and head[1] == 0 and head[3] == 0 and head[0]:
        return "utf-16-le"
    if len(head) >= 4 and head[0] == 0 and head[2] == 0 and head[1]:
        return "utf-16-be"
    return "utf-8"


def not_text(head: bytes) -> Optional[str]:
    """What a file is that cannot be read as text, from its first bytes; None if it is text."""
    for signature, name in SIGNATURES:
        if head.startswith(signature):
            return name
    if head[257:262] == b"ustar":
        return "a tar archive"
    if encoding_of(head) == "utf-8" and b"\0" in head:
        # A few of them are a mistake in a text.
        controls = sum(byte < 32 and byte not in b"\t\n\r" for byte in head)
        if controls > max(2, len(head) // 20):
            return "not text"
    return None


def markup(text: str) -> Optional[str]:
    """What a text is that begins like HTML or XML; None for any other text."""
    start = text.lstrip("\ufeff \t\r\n")[:2000].lower()
    if not start.startswith("<"):
        return None
    html = re.search(r"<(!doctype html|html|head|body|title|div|p)\b", start)
    return "an HTML page" if html else "an XML document"


class TextStream:
    """The text of a binary stream, in pieces; closing the stream is the caller's.

    Attributes:
        fallback: true when some bytes were not UTF-8 and were read as Windows-1252.
        damaged: why the stream ended early, if it did.
        head: the first bytes.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.fallback = False
        self.damaged: Optional[str] = None
        self._ended = False
        self.head = self._bytes(HEAD)
        self._waiting = self.head
        self._decoder = codecs.getincrementaldecoder(encoding_of(self.head))()

    def read(self) -> str:
        """The next piece; empty at the end."""
        while not self._ended:
            content = self._waiting or self._bytes(CHUNK)
            self._waiting = b""
            self._ended = not content
            text = self._decode(content)
            if text:
                return text
        return ""

    def lines(self) -> Iterator[str]:
        """The lines, each with its end, which is always a line feed."""
        newlines = io.IncrementalNewlineDecoder(None, translate=True)
        rest = ""
        while True:
            piece = self.read()
            *whole, rest = (rest + newlines.decode(piece, final=not piece)).split("\n")
            for line in whole:
                yield line + "\n"
            if not piece:
                break
        if rest:
            yield rest

    def _bytes(self, size: int) -> bytes:
        try:
            # At most one read below: what comes before a damaged place is not lost.
            content: bytes = getattr(self._stream, "read1", self._stream.read)(size)
            return content
        except (EOFError, zlib.error, zipfile.BadZipFile, OSError) as error:
            self.damaged = f"the file is damaged or cut ({error})"
            return b""

    def _decode(self, content: bytes) -> str:
        try:
            return self._decoder.decode(content, final=not content)
        except UnicodeDecodeError:
            # A decoder that fails keeps its state, so the same bytes can be given again.
            self.fallback = self.fallback or bool(content)
            self._decoder.errors = _FALLBACK
            return self._decoder.decode(content, final=not content)


def refuse_what_is_not_text(text: TextStream, name: str, wanted: str) -> None:
    """Raise a clear error for a stream that is no text.

    Raises:
        ImportFailed: if the stream is empty, an image, an archive and the like.
    """
    if not text.head:
        if text.damaged:
            raise ImportFailed(f"{name}: {text.damaged}")
        raise ImportFailed(f"{name}: the file is empty")
    kind = not_text(text.head)
    if kind is not None:
        raise ImportFailed(f"{name}: this is {kind}; expected {wanted}, text in UTF-8")


def whole_text(stream: BinaryIO, name: str, wanted: str) -> str:
    """All the text of a stream, without a byte order mark.

    Raises:
        ImportFailed: if it is no text, or damaged.
    """
    text = TextStream(stream)
    refuse_what_is_not_text(text, name, wanted)
    content = "".join(iter(text.read, ""))
    if text.damaged:
        raise ImportFailed(f"{name}: {text.damaged}")
    return content
