"""Getting the records out of files, folders, archives and web addresses.

`json_records` serves every importer of JSON. `contents` is the level below it: the files of a
source as streams, whatever they are packed in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Optional
from urllib.parse import urlsplit

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.addresses import is_url, masked
from assistant.catalogue.importers.files.api import api_records
from assistant.catalogue.importers.files.archives import (
    ignored,
    open_archive,
    open_gzip,
    size_limit,
    too_large,
)
from assistant.catalogue.importers.files.encodings import TextStream
from assistant.catalogue.importers.files.fetch import download, get_json, ptv_headers
from assistant.catalogue.importers.files.json_reader import JsonReader, Record

__all__ = [
    "Content",
    "Record",
    "api_records",
    "check_pages",
    "contents",
    "existing",
    "get_json",
    "is_url",
    "json_records",
    "masked",
    "ptv_headers",
]

JSON_SUFFIXES = (".json", ".jsonl", ".ndjson", ".geojson", ".jsonld")
LINE_SUFFIXES = (".jsonl", ".ndjson")
PTV_HOST = "palvelutietovaranto.suomi.fi"
#: Page and number of pages, in the envelopes that files may have.
_PAGES = (("pageNumber", "pageCount"), ("page", "totalPages"), ("page_number", "total_pages"))
_OFFICE = ("[Content_Types].xml", "mimetype")


@dataclass(frozen=True)
class Content:
    """A file of a source.

    Attributes:
        name: for the report: path inside the folder or archive, or masked web address.
        stream: its bytes, unpacked; closed when the next one is asked for.
        alone: true when the source is this one file, so that an error of it is the import's.
    """

    name: str
    stream: BinaryIO
    alone: bool


def existing(path: str) -> Path:
    """The path, if there is something.

    Raises:
        ImportFailed: if there is nothing.
    """
    found = Path(path).expanduser()
    try:
        there = found.exists()
    except (OSError, ValueError):
        there = False
    if not there:
        raise ImportFailed(f"{path}: there is no such file or folder")
    return found


def json_records(path_or_url: str, reading: Reading) -> Iterator[Record]:
    """The records of a file, folder, archive or web address with JSON in any of its forms.

    A list; an object with lists in it (`itemList`, `items`, `data`, `results`, `contents` ...);
    JSON lines; several documents in a file; any of it in .gz or .zip. Only one record is in
    memory. A record that cannot be read is skipped with its place, and the reading is marked as
    incomplete; so is a broken file in a folder.

    Raises:
        ImportFailed: if there is nothing to read: a single file that is no JSON, a folder without
            any, or a first page that does not come.
    """
    if is_url(path_or_url):
        host = (urlsplit(path_or_url).hostname or "").lower()
        own = host == PTV_HOST or host.endswith(f".{PTV_HOST}")
        if not _packed_address(path_or_url):
            yield from api_records(path_or_url, reading, headers=ptv_headers() if own else None)
            return
    found = good = 0
    for content in contents(path_or_url, JSON_SUFFIXES, reading):
        found += 1
        lines = content.name.lower().removesuffix(".gz").endswith(LINE_SUFFIXES)
        reader = JsonReader(TextStream(content.stream), content.name, reading, lines)
        try:
            yield from reader.records()
        except ImportFailed as error:
            if content.alone:
                raise ImportFailed(_with_path(str(error), content.name, path_or_url)) from None
            reading.skip(content.name, str(error).removeprefix(f"{content.name}: "))
            reading.complete = False
            continue
        good += 1
        for envelope in reader.envelopes:
            _count_page(envelope, content.name, reading)
    if not good:
        what = "none of the files can be read" if found or reading.skipped else "has no JSON files"
        raise ImportFailed(f"{masked(path_or_url)}: {what}")


def _with_path(message: str, name: str, path_or_url: str) -> str:
    """The message with the whole path, so that it is clear which file is meant."""
    return masked(path_or_url) + message.removeprefix(name)


def _packed_address(url: str) -> bool:
    return urlsplit(url).path.lower().endswith((".zip", ".gz"))


def _count_page(envelope: dict[str, Any], name: str, reading: Reading) -> None:
    for number_key, count_key in _PAGES:
        page, count = envelope.get(number_key), envelope.get(count_key)
        if isinstance(page, int) and isinstance(count, int):
            reading.pages.setdefault(count, set()).add((name, page))
            return


def check_pages(reading: Reading) -> None:
    """Mark the reading as incomplete if pages of a list are missing among the files."""
    for count, pages in reading.pages.items():
        numbers = {number for _, number in pages}
        if len(numbers) < count:
            reading.complete = False
            reading.notes.append(f"{len(numbers)} of {count} pages were found")


def contents(path_or_url: str, suffixes: Sequence[str], reading: Reading) -> Iterator[Content]:
    """The files of a source in name order: of a folder, a zip archive or a web address, or itself.

    In folders and archives only those with one of the suffixes, also with `.gz` after it; hidden
    ones never. What cannot be opened there is skipped with a reason. A workbook is one file,
    although it is a zip archive.

    Raises:
        ImportFailed: if the source is not there, not allowed, or a dangerous or broken archive.
    """
    if is_url(path_or_url):
        yield from _opened(download(path_or_url), masked(path_or_url), True, suffixes, reading)
        return
    path = existing(path_or_url)
    if path.is_dir():
        for file in _files(path, suffixes, reading):
            name = file.relative_to(path).as_posix()
            try:
                yield from _opened(_open(file, name), name, False, suffixes, reading)
            except ImportFailed as error:
                reading.skip(name, str(error).removeprefix(f"{name}: "))
                reading.complete = False
        return
    try:
        yield from _opened(_open(path, path.name), path.name, True, suffixes, reading)
    except ImportFailed as error:
        raise ImportFailed(_with_path(str(error), path.name, path_or_url)) from None


def _files(folder: Path, suffixes: Sequence[str], reading: Reading) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        reading.skip(str(error.filename), f"cannot be read ({error.strerror})")
        reading.complete = False

    found = []
    for place, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not ignored(name)]
        found += [
            Path(place, name)
            for name in names
            if not ignored(name) and _wanted(name, suffixes, archives=True)
        ]
    yield from sorted(found, key=lambda file: file.relative_to(folder).parts)


def _wanted(name: str, suffixes: Sequence[str], archives: bool = False) -> bool:
    name = name.lower()
    if archives and name.endswith(".zip"):
        return True
    return name.removesuffix(".gz").endswith(tuple(suffixes))


def _open(path: Path, name: str) -> BinaryIO:
    try:
        if not path.is_file():
            raise ImportFailed(f"{name}: this is not a file")
        if path.stat().st_size > size_limit():
            raise too_large(name, size_limit())
        return path.open("rb")
    except OSError as error:
        raise ImportFailed(f"{name}: cannot be read ({error.strerror})") from None


def _opened(
    stream: BinaryIO, name: str, alone: bool, suffixes: Sequence[str], reading: Reading
) -> Iterator[Content]:
    """The stream, or what is packed in it."""
    with ExitStack() as stack:
        stack.callback(stream.close)
        head = stream.read(4)
        stream.seek(0)
        if head.startswith(b"\x1f\x8b"):
            yield Content(name, stack.enter_context(open_gzip(stream, name)), alone)
        elif head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
            yield from _members(stream, name, alone, suffixes, reading)
        else:
            yield Content(name, stream, alone)


def _members(
    stream: BinaryIO, name: str, alone: bool, suffixes: Sequence[str], reading: Reading
) -> Iterator[Content]:
    with open_archive(stream, name) as archive:
        if any(member in archive.names for member in _OFFICE):
            stream.seek(0)
            yield Content(name, stream, alone)
            return
        for member in archive.nested:
            reading.skip(f"{name}, {member}", "an archive inside an archive is not read")
            reading.complete = False
        wanted = [member for member in archive.names if _wanted(member, suffixes)]
        if not wanted:
            raise ImportFailed(f"{name}: the archive has no {_listed(suffixes)} files")
        for member in wanted:
            where = f"{name}, {member}"
            opened: Optional[BinaryIO] = None
            try:
                opened = archive.open(member)
            except ImportFailed as error:
                reading.skip(where, str(error).removeprefix(f"{where}: "))
                reading.complete = False
                continue
            with opened:
                yield Content(where, opened, alone and len(wanted) == 1)


def _listed(suffixes: Sequence[str]) -> str:
    return ", ".join(suffixes[:-1]) + (" or " if len(suffixes) > 1 else "") + suffixes[-1]
