"""RDF files as one graph, read without ever asking the network for anything.

Turtle, N-Triples, RDF/XML and JSON-LD. A document type in XML, and a context of JSON-LD that is
not inside the file, are refused: both could make the reader fetch files and addresses, or unfold
a small file into a huge one.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any, Optional
from xml.parsers import expat

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.archives import size_limit
from assistant.catalogue.importers.files.encodings import not_text
from assistant.catalogue.importers.files.records import contents

FORMATS = {
    ".ttl": "turtle",
    ".n3": "turtle",
    ".nt": "nt",
    ".rdf": "xml",
    ".xml": "xml",
    ".owl": "xml",
    ".jsonld": "json-ld",
    ".json": "json-ld",
}
#: A graph takes about ten times as much memory as its file.
MAX_BYTES = 100_000_000
MAX_DEPTH = 100
#: What relative addresses in a file become.
BASE = "urn:x-kuntaopas-file:/"
NEEDS_EXTRA = "cpsv: RDF needs the optional extra `cpsv` (pip install 'kuntaopas[cpsv]')"


class _Stop(Exception):
    """Ends a look at the beginning of an XML document."""


def graphs(path_or_url: str, reading: Reading) -> Iterator[tuple[str, Any]]:
    """(name of the file, `rdflib.Graph`) of each file of a source.

    A file of a folder that cannot be read is skipped and reported.

    Raises:
        ImportFailed: if rdflib is not installed, or if there is nothing to read.
    """
    try:
        import rdflib  # noqa: F401 - only whether it is there
    except ImportError:
        raise ImportFailed(NEEDS_EXTRA) from None
    found = good = 0
    for content in contents(path_or_url, tuple(FORMATS), reading):
        found += 1
        try:
            data = content.stream.read(min(size_limit(), MAX_BYTES) + 1)
            graph = parsed(data, content.name, reading)
        except ImportFailed as error:
            if content.alone:
                raise
            reading.read += 1
            reading.skip(content.name, str(error).removeprefix(f"{content.name}: "))
            reading.complete = False
            continue
        good += 1
        yield content.name, graph
    if not good:
        what = "none of the files can be read" if found else "has no RDF files"
        raise ImportFailed(f"{path_or_url}: {what}")


def parsed(data: bytes, name: str, reading: Optional[Reading] = None) -> Any:
    """The graph of a file.

    Args:
        data: its content.
        name: for messages; its end says the format, else the content does.
        reading: gets the lines of N-Triples that cannot be read; without one, they fail.

    Raises:
        ImportFailed: if it is not RDF, or not safe.
    """
    if len(data) > min(size_limit(), MAX_BYTES):
        raise ImportFailed(f"{name}: larger than {min(size_limit(), MAX_BYTES)} bytes")
    if not data.strip():
        raise ImportFailed(f"{name}: the file is empty")
    kind = not_text(data[:4096])
    if kind is not None:
        raise ImportFailed(f"{name}: this is {kind}, not RDF")
    form = _format(data, name)
    if form == "xml":
        _refuse_document_type(data, name)
    if form == "json-ld":
        data = _safe_json(data, name)
    try:
        return _graph(data, form)
    except ImportFailed:
        raise
    except Exception as error:
        # The parsers of rdflib raise anything for a broken file.
        if form == "nt" and reading is not None:
            return _line_by_line(data, name, reading)
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise ImportFailed(f"{name}: cannot be read as {_TITLES[form]} ({reason})") from None


_TITLES = {"xml": "RDF/XML", "json-ld": "JSON-LD", "nt": "N-Triples", "turtle": "Turtle"}


def _graph(data: bytes, form: str) -> Any:
    import rdflib

    # Literals and addresses that are not well formed are no news in an import report.
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    graph = rdflib.Graph()
    graph.parse(data=data, format=form, publicID=BASE)
    return graph


def _format(data: bytes, name: str) -> str:
    suffix = "." + name.lower().removesuffix(".gz").rpartition(".")[2]
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    known = FORMATS.get(suffix)
    if known == "xml" and start in (b"{", b"["):
        known = "json-ld"
    if known is None:
        known = {b"{": "json-ld", b"[": "json-ld"}.get(start, "turtle")
        head = data[:2000].lower()
        if b"<?xml" in head or b"<rdf:rdf" in head:
            known = "xml"
    return known


def _refuse_document_type(data: bytes, name: str) -> None:
    """Refuse XML with a document type; it can only stand before the first element."""

    def document_type(*_: Any) -> None:
        raise ImportFailed(f"{name}: XML with a document type (<!DOCTYPE>) is refused")

    def element(*_: Any) -> None:
        raise _Stop

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = document_type
    parser.StartElementHandler = element
    try:
        parser.Parse(data, True)
    except _Stop:
        return
    except expat.ExpatError as error:
        raise ImportFailed(f"{name}: not valid XML ({error})") from None


def _safe_json(data: bytes, name: str) -> bytes:
    """JSON-LD whose contexts are all inside the file."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
        address = _remote_context(value, 0)
    except (ValueError, RecursionError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise ImportFailed(f"{name}: not valid JSON ({reason[:200]})") from None
    if address is not None:
        raise ImportFailed(
            f"{name}: its JSON-LD context is on another server ({address[:120]}) and is not "
            "fetched; put the context into the file"
        )
    return json.dumps(value).encode()


def _remote_context(value: Any, depth: int) -> Optional[str]:
    """The address of a context that is not in the file, wherever in it; None without one."""
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, list):
        children = value
    elif isinstance(value, dict):
        context = value.get("@context")
        for item in context if isinstance(context, list) else [context]:
            if isinstance(item, str):
                return item
            if isinstance(item, dict) and "@import" in item:
                return str(item["@import"])
        children = list(value.values())
    else:
        return None
    found = (_remote_context(child, depth + 1) for child in children)
    return next((address for address in found if address is not None), None)


def _line_by_line(data: bytes, name: str, reading: Reading) -> Any:
    """The graph of the lines of N-Triples that can be read; the others are reported."""
    good = []
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            _graph(line, "nt")
        except Exception:
            reading.read += 1
            reading.skip(f"{name}, line {number}", "not a triple")
            reading.complete = False
        else:
            good.append(line)
    return _graph(b"\n".join(good), "nt")
