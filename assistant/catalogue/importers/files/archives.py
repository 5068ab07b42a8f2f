"""Reading zip and gzip files as streams; nothing is ever unpacked to disk.

A zip file comes from a stranger: what could harm is refused before a byte of it is read.
"""

from __future__ import annotations

import gzip
import io
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Optional, Union

from assistant.catalogue.importers.base import ImportFailed
from assistant.settings import get_settings

#: Text is packed to a tenth or, where it repeats itself, a hundredth; a bomb to a thousandth.
MAX_RATIO = 200
#: Below this size it does no harm, however tightly it is packed.
RATIO_FROM = 10_000_000
MAX_MEMBERS = 20_000
ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar")


def size_limit() -> int:
    """How many bytes of a source are read at most (the setting `KUNTAOPAS_MAX_SOURCE_SIZE`)."""
    return get_settings().max_source_size


def too_large(name: str, limit: int) -> ImportFailed:
    """The error for a source over the limit."""
    return ImportFailed(
        f"{name}: larger than {limit} bytes (KUNTAOPAS_MAX_SOURCE_SIZE can allow more)"
    )


def ignored(name: str) -> bool:
    """True for hidden files and for what macOS adds to archives."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


class LimitedStream(io.RawIOBase):
    """A binary stream that fails when more comes out of it than is allowed.

    The sizes that an archive declares may be lies, so what comes out is counted.

    Args:
        stream: where the bytes come from; closed with this one.
        name: for messages.
        limit: how many bytes may come out.
        packed: the compressed stream below; closed with this one.
    """

    def __init__(
        self, stream: Any, name: str, limit: int, packed: Optional[BinaryIO] = None
    ) -> None:
        super().__init__()
        self._stream = stream
        self._name = name
        self._limit = limit
        self._packed = packed
        self._count = 0

    def readable(self) -> bool:
        """True."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            ImportFailed: if the limit is passed.
        """
        # `read1`, because a stream that is cut must not lose what came before the cut.
        take = getattr(self._stream, "read1", self._stream.read)
        content: bytes = take(size if size >= 0 else self._limit - self._count + 1)
        self._count += len(content)
        if self._count > self._limit:
            raise too_large(self._name, self._limit)
        if self._packed is not None and self._count > RATIO_FROM:
            if self._count > MAX_RATIO * max(self._packed.tell(), 1):
                raise _bomb(self._name)
        return content

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with the next bytes."""
        view = memoryview(buffer).cast("B")
        content = self.read(len(view))
        view[: len(content)] = content
        return len(content)

    def close(self) -> None:
        """Close the streams below, too."""
        self._stream.close()
        if self._packed is not None:
            self._packed.close()
        super().close()


class Archive:
    """A zip file that was checked; its members are read as streams.

    Attributes:
        names: the files in it by name, without folders, hidden files and archives in the archive.
        nested: archives in the archive, which are not read.
    """

    def __init__(self, zipped: zipfile.ZipFile, name: str) -> None:
        self._zip = zipped
        self._name = name
        self._members = _checked(zipped.infolist(), name)
        self.nested = sorted(m for m in self._members if m.lower().endswith(ARCHIVES))
        self.names = sorted(set(self._members) - set(self.nested))

    def size(self, member: str) -> int:
        """How large a member says that it is."""
        return self._members[member].file_size

    def open(self, member: str) -> BinaryIO:
        """A member as a stream, which ends with an `ImportFailed` where it is longer than it says.

        Raises:
            ImportFailed: if the member cannot be read.
        """
        info = self._members[member]
        where = f"{self._name}, {member}"
        try:
            stream = self._zip.open(info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise ImportFailed(f"{where}: cannot be read ({error})") from None
        return io.BufferedReader(LimitedStream(stream, where, info.file_size), 1 << 16)


@contextmanager
def open_archive(source: Union[Path, BinaryIO], name: str) -> Iterator[Archive]:
    """Open a zip file.

    Args:
        source: its path, or a stream of it that can seek.
        name: for messages.

    Raises:
        ImportFailed: if it is damaged or protected by a password, if it is a bomb, or if the name
            of a member leads out of the archive.
    """
    try:
        zipped = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise ImportFailed(f"{name}: the zip archive is damaged ({error})") from None
    with zipped:
        yield Archive(zipped, name)


def _checked(infos: list[zipfile.ZipInfo], name: str) -> dict[str, zipfile.ZipInfo]:
    """The files by their names, after looking for everything that could harm."""
    if len(infos) > MAX_MEMBERS:
        raise ImportFailed(f"{name}: the archive has more than {MAX_MEMBERS} files")
    members = {}
    total = 0
    for info in infos:
        path = (getattr(info, "orig_filename", "") or info.filename).replace("\\", "/")
        if path.startswith("/") or re.match(r"^[a-zA-Z]:", path) or ".." in path.split("/"):
            raise ImportFailed(f"{name}: {path!r} leads out of the archive, so it is not read")
        if "\0" in path:
            raise ImportFailed(f"{name}: the archive has a file with a damaged name")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise ImportFailed(f"{name}: {path!r} is a link, so the archive is not read")
        if info.is_dir() or ignored(path):
            continue
        if info.flag_bits & 0x1:
            raise ImportFailed(f"{name}: the archive is protected by a password")
        total += info.file_size
        if total > size_limit():
            raise too_large(name, size_limit())
        packed = max(info.compress_size, 1)
        if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * packed:
            raise _bomb(f"{name}, {path}")
        if path in members:
            raise ImportFailed(f"{name}: the archive has {path!r} twice")
        members[path] = info
    return members


def _bomb(name: str) -> ImportFailed:
    return ImportFailed(f"{name}: packed more than {MAX_RATIO} times; this looks like a zip bomb")


def open_gzip(packed: BinaryIO, name: str) -> BinaryIO:
    """The content of a gzip stream, with limits on its size and on how tightly it is packed."""
    stream = gzip.GzipFile(fileobj=packed, mode="rb")
    return io.BufferedReader(LimitedStream(stream, name, size_limit(), packed), 1 << 16)
