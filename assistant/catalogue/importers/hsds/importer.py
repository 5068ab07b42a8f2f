"""Open Referral HSDS 1.x to 3.1 and Open Referral UK: JSON, the API and tabular packages."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Optional
from urllib.parse import urlsplit

from assistant.catalogue.importers.base import ImportFailed, Reading, slug
from assistant.catalogue.importers.files.archives import Archive, open_archive
from assistant.catalogue.importers.files.encodings import TextStream, whole_text
from assistant.catalogue.importers.files.fetch import download
from assistant.catalogue.importers.files.records import check_pages, existing, is_url, json_records
from assistant.catalogue.importers.hsds.api import read_api
from assistant.catalogue.importers.hsds.documents import add_record
from assistant.catalogue.importers.hsds.records import Collector, DataSet
from assistant.catalogue.importers.hsds.tables import (
    Package,
    Table,
    csv_table,
    dict_table,
    language_of,
    table_of,
)
from assistant.catalogue.importers.hsds.values import language_iso, text_of
from assistant.catalogue.model import Source

LANGUAGE = "en"
TABULAR = (".csv", ".tsv")
JSON = (".json", ".jsonl", ".ndjson", ".geojson")
PACKAGE = "datapackage.json"
#: A JSON file of tables is read as a whole; larger ones are not looked into.
MAX_TABLES = 200_000_000
_TABLES_START = re.compile(r'^\s*\{\s*"([A-Za-z_ -]+)(\.csv)?"\s*:\s*\[')


def read(path_or_url: str, municipality: Optional[str]) -> Reading:
    """Read a data set of Open Referral.

    Args:
        path_or_url: a JSON, CSV or zip file, a folder, the address of one of these, or that of an
            API (its root or one of its lists).
        municipality: code for services whose area is not a known one.

    Raises:
        ImportFailed: if there is nothing to read.
    """
    reading = Reading()
    importer = _Importer(path_or_url, municipality, reading)
    importer.read()
    importer.collector.finish()
    check_pages(reading)
    if not reading.read and not reading.skipped:
        raise ImportFailed(f"{path_or_url}: no records of HSDS in it")
    return reading


def dataset_name(path_or_url: str, municipality: Optional[str]) -> str:
    """The name of a data set in ids: the municipality, the host of an API, or the file."""
    if municipality:
        return municipality
    if is_url(path_or_url):
        parts = urlsplit(path_or_url)
        return slug(f"{parts.hostname or ''} {parts.path}") or "hsds"
    return slug(Path(path_or_url.rstrip("/")).stem) or "hsds"


class _Importer:
    def __init__(self, path_or_url: str, municipality: Optional[str], reading: Reading) -> None:
        self.reading = reading
        self._path = path_or_url
        self._name = dataset_name(path_or_url, municipality)
        self._municipality = municipality
        url = path_or_url if is_url(path_or_url) else None
        title = (urlsplit(path_or_url).hostname or "") if url else Path(path_or_url).name
        self._source = Source(title or "Open Referral", url)
        self.collector = self._collector(LANGUAGE)

    def _collector(self, language: str) -> Collector:
        dataset = DataSet(self._name, language, self._municipality, self._source)
        return Collector(self.reading, dataset)

    def _describe(self, package: Any) -> None:
        """Take the language and the title of the data set from `datapackage.json`."""
        if not isinstance(package, dict):
            return
        value = package.get("language") or package.get("languages")
        code = language_iso(value[0] if isinstance(value, list) and value else value)
        if not self._source.url and text_of(package.get("title")):
            self._source = Source(text_of(package.get("title"))[:200])
        self._use(code or self.collector.dataset.language)

    def _use(self, language: str) -> None:
        old = self.collector.dataset
        self.collector.dataset = DataSet(old.name, language, old.municipality, self._source)

    def read(self) -> None:
        """Read everything that there is."""
        if is_url(self._path):
            self._read_url()
            return
        path = existing(self._path)
        if path.is_dir():
            self._read_folder(path)
        else:
            self._read_file(path)

    # Addresses ------------------------------------------------------------------------------

    def _read_url(self) -> None:
        name = PurePosixPath(urlsplit(self._path).path).name or "file"
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in JSON:
            self._read_json(self._path)
        elif suffix == ".zip":
            with download(self._path) as content, open_archive(content, name) as archive:
                self._read_archive(archive, name)
        elif suffix in TABULAR:
            with download(self._path) as content:
                self._add_tables([(name, content)])
        else:
            read_api(self._path, self.collector)

    # Files ----------------------------------------------------------------------------------

    def _read_file(self, path: Path) -> None:
        if path.suffix.lower() == ".zip":
            with open_archive(path, path.name) as archive:
                self._read_archive(archive, path.name)
        elif path.suffix.lower() in TABULAR:
            if table_of(path.name) is None:
                raise ImportFailed(f"{path}: the name is not that of a table of HSDS")
            with path.open("rb") as stream:
                self._add_tables([(path.name, stream)])
        else:
            self._read_json(str(path))

    def _read_folder(self, folder: Path) -> None:
        files = sorted(
            path
            for path in folder.rglob("*")
            if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
        )
        readable = [path for path in files if path.suffix.lower() in (*TABULAR, *JSON)]
        if not readable:
            raise ImportFailed(f"{folder}: the folder has no .csv, .json or .jsonl files")
        for place in dict.fromkeys(path.parent for path in readable):
            inside = [path for path in readable if path.parent == place]
            described = [path for path in inside if path.name.lower() == PACKAGE]
            tables = [path for path in inside if path.suffix.lower() in TABULAR]
            if tables:
                for path in described:
                    self._describe(_json_of(path))
                with ExitStack() as stack:
                    self._add_tables(
                        [(path.name, stack.enter_context(path.open("rb"))) for path in tables]
                    )
            for path in inside:
                if path.suffix.lower() in JSON and path not in described:
                    self._try_json(path)

    def _try_json(self, path: Path) -> None:
        try:
            self._read_json(str(path))
        except ImportFailed as error:
            self.reading.read += 1
            self.reading.skip(path.name, str(error).removeprefix(f"{path}: "))
            self.reading.complete = False

    def _read_archive(self, archive: Archive, name: str) -> None:
        tables = [item for item in archive.names if item.lower().endswith(TABULAR)]
        if not tables:
            self._read_json(self._path)
            return
        for item in archive.names:
            if PurePosixPath(item).name.lower() == PACKAGE:
                with archive.open(item) as stream:
                    self._describe(_json_of(stream))
            elif item.lower().endswith(JSON):
                self.reading.notes.append(f"{name}, {item}: not read beside the tables")
        places = dict.fromkeys(PurePosixPath(item).parent for item in tables)
        for place in places:
            with ExitStack() as stack:
                self._add_tables(
                    [
                        (item, stack.enter_context(archive.open(item)))
                        for item in tables
                        if PurePosixPath(item).parent == place
                    ]
                )

    # Tables ---------------------------------------------------------------------------------

    def _add_tables(self, files: list[tuple[str, BinaryIO]]) -> None:
        """Add CSV files that belong together."""
        tables: dict[str, Table] = {}
        unknown = []
        for file, stream in files:
            name = table_of(file)
            if name is None:
                unknown.append(PurePosixPath(file).name)
                continue
            try:
                table = csv_table(name, PurePosixPath(file).name, stream, self.reading)
            except ImportFailed as error:
                self.reading.read += 1
                self.reading.skip(file, str(error).removeprefix(f"{file}: "))
                self.reading.complete = False
                continue
            _keep(tables, table)
        if unknown:
            self.reading.notes.append(f"not tables of HSDS: {', '.join(unknown)}")
        self._add_package(tables)

    def _add_package(self, tables: dict[str, Table]) -> None:
        language = language_of(tables)
        if language:
            self._use(language)
        Package(tables, self.collector).add()

    # JSON -----------------------------------------------------------------------------------

    def _read_json(self, path_or_url: str) -> None:
        tables = None if is_url(path_or_url) else _tables_in(Path(path_or_url))
        if tables:
            self._add_package(tables)
            return
        for record in json_records(path_or_url, self.reading):
            add_record(self.collector, record.where, record.data)


def _keep(tables: dict[str, Table], table: Table) -> None:
    """Keep a table; of two files of one table, the second adds its rows to the first."""
    first = tables.setdefault(table.name, table)
    if first is table:
        return
    known = {identity for _, identity in first.keys("id")}
    for column in table.columns:
        first.columns.setdefault(column, max(first.columns.values(), default=-1) + 1)
    width = max(first.columns.values(), default=-1) + 1
    for position in range(len(table.rows)):
        record = table.record(position)
        if text_of(record.get("id")) in known:
            continue
        cells: list[Any] = [None] * width
        for column, value in record.items():
            cells[first.columns[column]] = value
        first.rows.append((table.rows[position][0], cells))


def _tables_in(path: Path) -> dict[str, Table]:
    """The tables of a JSON file that has one list a table, as `{"services.csv": [...]}`."""
    try:
        if path.suffix.lower() != ".json" or path.stat().st_size > MAX_TABLES:
            return {}
        with path.open("rb") as stream:
            match = _TABLES_START.match(TextStream(stream).read()[:2000])
        if match is None or table_of(match.group(1)) is None:
            return {}
        data = _json_of(path)
    except OSError:
        return {}
    if not isinstance(data, dict):
        return {}
    named = {name: table for name in data if (table := table_of(str(name))) is not None}
    if len(named) < 2 and match.group(2) is None:
        return {}
    tables: dict[str, Table] = {}
    for name, table in named.items():
        if isinstance(data[name], list):
            _keep(tables, dict_table(table, f"{path.name}, {name}", data[name]))
    return tables


def _json_of(source: Path | BinaryIO) -> Any:
    """The content of a JSON file; None if it is not JSON."""
    try:
        if isinstance(source, Path):
            with source.open("rb") as stream:
                return _json_of(stream)
        return json.loads(whole_text(source, "the file", "JSON"), strict=False)
    except (OSError, ValueError, RecursionError, ImportFailed):
        return None
