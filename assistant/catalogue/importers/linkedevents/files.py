"""Where records of Linked Events come from: the API, JSON files, and fixtures in YAML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import yaml

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.archives import ignored
from assistant.catalogue.importers.files.encodings import TextStream
from assistant.catalogue.importers.files.records import (
    Record,
    api_records,
    contents,
    existing,
    is_url,
    json_records,
)

YAML_SUFFIXES = (".yaml", ".yml")
MAX_YAML = 20_000_000
#: What the API leaves out unless it is asked for.
DEFAULTS = {
    "event_type": "General,Course",
    "include": "location,keywords",
    "start": "now",
    "page_size": "100",
}
#: Lists of the API, in whose address the last part is one of these.
LISTS = frozenset("event place keyword keyword_set organization language image search".split())
LANGUAGES = ("fi", "sv", "en", "ru", "ar", "zh_hans")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def event_records(path_or_url: str, reading: Reading) -> Iterator[Record]:
    """The records of a file, folder, archive or web address.

    Raises:
        ImportFailed: if there is nothing to read.
    """
    if is_url(path_or_url):
        if urlsplit(path_or_url).path.lower().endswith((".zip", ".gz")):
            yield from json_records(path_or_url, reading)
        else:
            url, params = api_address(path_or_url)
            yield from api_records(url, reading, params=params)
        return
    path = existing(path_or_url)
    if path.suffix.lower() in YAML_SUFFIXES:
        yield from _fixture(path, path_or_url, reading)
        return
    fixtures = _fixtures(path) if path.is_dir() else []
    for file in fixtures:
        try:
            yield from _fixture(file, str(file), reading)
        except ImportFailed as error:
            reading.read += 1
            reading.skip(file.name, str(error).removeprefix(f"{file}: "))
            reading.complete = False
    try:
        yield from json_records(path_or_url, reading)
    except ImportFailed as error:
        if not fixtures or not str(error).endswith("has no JSON files"):
            raise


def api_address(url: str) -> tuple[str, dict[str, str]]:
    """(address, parameters to add) for a list of the API; a base address means its events."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    steps = path.split("/")
    if not LISTS.intersection(steps) and not steps[-1].endswith(".json"):
        path, steps = f"{path}/event", [*steps, "event"]
    given = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if steps[-1] in LISTS:
        path += "/"
    elif not parts.path.endswith("/"):
        return url, {}
    else:
        path = parts.path
    params: dict[str, str] = {}
    if steps[-1] == "event":
        params = {name: value for name, value in DEFAULTS.items() if name not in given}
        if given & {"end", "ids", "last_modified_since", "local_ongoing", "all_ongoing"}:
            params.pop("start", None)
    elif "event" in steps and "include" not in given:
        params = {"include": DEFAULTS["include"]}
    return urlunsplit(parts._replace(path=path)), params


# Fixtures ---------------------------------------------------------------------------------------


def _fixtures(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.rglob("*")
        if file.suffix.lower() in YAML_SUFFIXES
        and file.is_file()
        and not ignored(file.relative_to(folder).as_posix())
    )


def _fixture(path: Path, name: str, reading: Reading) -> Iterator[Record]:
    """The records of a Django fixture (`- model: events.keyword`) in YAML."""
    for content in contents(str(path), YAML_SUFFIXES, reading):
        stream = TextStream(content.stream)
        pieces = []
        size = 0
        for piece in iter(stream.read, ""):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_YAML:
                raise ImportFailed(f"{name}: larger than {MAX_YAML} characters of YAML")
        data = _parsed("".join(pieces), name)
        if not isinstance(data, list):
            raise ImportFailed(f"{name}: not a list of records")
        for number, item in enumerate(data, start=1):
            yield Record(f"{path.name}, record {number}", _from_fixture(item))


def _parsed(text: str, name: str) -> Any:
    try:
        # References can make a small file unfold into a huge one.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, _Loader)):
            raise ImportFailed(f"{name}: YAML with references (*name) is refused")
        return yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark is not None else ""
        raise ImportFailed(f"{name}: not valid YAML{where}") from None
    except (RecursionError, ValueError):
        raise ImportFailed(f"{name}: not valid YAML") from None


def _from_fixture(item: Any) -> Any:
    """A record as the API gives it: `name_fi` becomes `name: {fi: …}`."""
    if not isinstance(item, dict) or not isinstance(item.get("fields"), dict):
        return item
    kind = str(item.get("model") or "").rsplit(".", 1)[-1].replace("_", "").lower()
    record: dict[str, Any] = {"id": item.get("pk"), "@type": kind}
    for field, value in item["fields"].items():
        name, _, language = str(field).partition("_")
        for code in LANGUAGES:
            if str(field).endswith(f"_{code}"):
                name, language = str(field)[: -len(code) - 1], code
                break
        else:
            record[str(field)] = value
            continue
        texts = record.setdefault(name, {})
        if isinstance(texts, dict):
            texts[language] = value
    return record
