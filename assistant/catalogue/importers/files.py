"""Getting the records out of files, folders and web addresses."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from assistant.catalogue.importers.base import ImportFailed, Reading

PAGE_KEYS = ("itemList", "items", "data", "results")
#: An object with one of these is a record, not a wrapper of records.
RECORD_KEYS = ("id", "name", "serviceNames", "serviceChannelNames", "organizationNames")
ATTEMPTS = 4
TIMEOUT = 60.0
MAX_BYTES = 500_000_000


@dataclass(frozen=True)
class Record:
    """A record, and where it was found (for the report)."""

    where: str
    data: Any


def is_url(path_or_url: str) -> bool:
    """True for an http or https address."""
    return path_or_url.lower().startswith(("http://", "https://"))


def existing(path: str) -> Path:
    """The path, if there is something."""
    found = Path(path).expanduser()
    if not found.exists():
        raise ImportFailed(f"{path}: there is no such file or folder")
    return found


def read_text(path: Path) -> str:
    """The text of a file in UTF-8 or UTF-16, with or without a byte order mark."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ImportFailed(f"{path}: the file is too large")
        return decode(path.read_bytes(), str(path))
    except OSError as error:
        raise ImportFailed(f"{path}: cannot be read ({error.strerror})") from None


def decode(content: bytes, name: str) -> str:
    """The text of bytes in UTF-8 or UTF-16."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise ImportFailed(f"{name}: is not text in UTF-8") from None


def json_records(path_or_url: str, reading: Reading) -> Iterator[Record]:
    """The records of a JSON or JSONL file, of a folder of them, or of a web address with pages.

    A broken file in a folder is skipped and reported; a broken single file is an `ImportFailed`.
    """
    if is_url(path_or_url):
        yield from _pages(path_or_url, reading)
        return
    path = existing(path_or_url)
    if not path.is_dir():
        yield from _file_records(path, reading)
        return
    files = sorted(p for p in path.rglob("*") if p.suffix.lower() in (".json", ".jsonl", ".ndjson"))
    if not files:
        raise ImportFailed(f"{path}: the folder has no .json or .jsonl files")
    good = 0
    for file in files:
        try:
            records = list(_file_records(file, reading))
        except ImportFailed as error:
            reading.skip(file.name, str(error).removeprefix(f"{file}: "))
            reading.complete = False
            continue
        good += 1
        yield from records
    if not good:
        raise ImportFailed(f"{path}: none of the {len(files)} files can be read")


def _file_records(path: Path, reading: Reading) -> Iterator[Record]:
    text = read_text(path)
    if not text.strip():
        raise ImportFailed(f"{path}: the file is empty")
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        yield from _lines(path, text, reading)
        return
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        first = text.lstrip().split("\n", 1)[0]
        if _is_json(first) and "\n" in text.strip():
            yield from _lines(path, text, reading)
            return
        reason = f"not valid JSON ({error})" if isinstance(error, ValueError) else "nested too deep"
        raise ImportFailed(f"{path}: {reason}") from None
    yield from _unwrap(data, path.name, reading)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return False
    return True


def _lines(path: Path, text: str, reading: Reading) -> Iterator[Record]:
    good = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            reading.read += 1
            reading.skip(f"{path.name}, line {number}", "not valid JSON")
            reading.complete = False
            continue
        good += 1
        yield Record(f"{path.name}, line {number}", data)
    if not good:
        raise ImportFailed(f"{path}: no line is valid JSON")


def _unwrap(data: Any, name: str, reading: Reading) -> Iterator[Record]:
    if isinstance(data, list):
        for number, item in enumerate(data, start=1):
            yield Record(f"{name}, record {number}", item)
        return
    if not isinstance(data, dict):
        raise ImportFailed(f"{name}: neither a list nor an object")
    if any(key in data for key in RECORD_KEYS):
        yield Record(name, data)
        return
    if "pageCount" in data or any(key in data for key in PAGE_KEYS):
        page, count = data.get("pageNumber"), data.get("pageCount")
        if isinstance(page, int) and isinstance(count, int):
            reading.pages.setdefault(count, set()).add((name, page))
    for value in data.values():
        if isinstance(value, list):
            yield from _unwrap(value, name, reading)


def check_pages(reading: Reading) -> None:
    """Mark the reading as incomplete if pages of a list are missing."""
    for count, pages in reading.pages.items():
        numbers = {number for _, number in pages}
        if len(numbers) < count:
            reading.complete = False
            reading.notes.append(f"{len(numbers)} of {count} pages were found")


def _pages(url: str, reading: Reading) -> Iterator[Record]:
    page: Optional[int] = 1
    address = url
    while page is not None:
        data = _download(address)
        yield from _unwrap(data, address, reading)
        count = data.get("pageCount") if isinstance(data, dict) else None
        page = page + 1 if isinstance(count, int) and page < count else None
        if page is not None:
            address = _with_page(url, page)


def _with_page(url: str, page: int) -> str:
    parts = urlsplit(url)
    query = [item for item in parse_qsl(parts.query) if item[0] != "page"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("page", str(page))])))


def download(url: str) -> bytes:
    """The content of a web address; a server that is busy is asked again."""
    import httpx

    for attempt in range(1, ATTEMPTS + 1):
        try:
            response = httpx.get(url, timeout=TIMEOUT, follow_redirects=True)
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
        else:
            if response.is_success:
                return response.content
            reason = f"the server answers {response.status_code}"
            if response.status_code < 500 and response.status_code != 429:
                raise ImportFailed(f"{url}: {reason}")
        if attempt < ATTEMPTS:
            time.sleep(2**attempt / 2)
    raise ImportFailed(f"{url}: {reason}")


def _download(url: str) -> Any:
    try:
        return json.loads(decode(download(url), url))
    except (json.JSONDecodeError, RecursionError):
        raise ImportFailed(f"{url}: not valid JSON") from None
