"""XML and workbooks from outside, read without entities and within bounds.

A document type is refused, and with it every entity of its own: no entity can grow, and none can
name a file or an address. The parser of the standard library would expand them.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from assistant.i18n.exchange.errors import ExchangeError

#: All languages with all texts are 3 MB as a workbook.
MAX_BYTES = 30_000_000
#: What comes out of a workbook, all of its parts together.
MAX_UNPACKED = 150_000_000
MAX_PARTS = 2_000
MAX_DEPTH = 100
_XML_PARTS = (".xml", ".rels", ".vml")
_NO_WORKBOOK = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
)


@dataclass
class Document:
    """An XML document.

    Attributes:
        root: tags and attributes are named without their namespaces.
        namespace: of the root element.
        lines: the line on which an element begins.
    """

    root: Element
    namespace: str
    lines: dict[Element, int]


class _Refused(Exception):
    """Raised inside the parser."""


def parse_xml(data: bytes, name: str) -> Document:
    """Read an XML document.

    Args:
        data: the whole file.
        name: for messages.

    Raises:
        ExchangeError: if it is not well-formed, declares a document type, or is nested too deeply.
    """
    builder = TreeBuilder()
    lines: dict[Element, int] = {}
    parser = expat.ParserCreate(namespace_separator="}")
    namespaces: list[str] = []
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise _Refused("is nested too deeply")
        namespace, _, local = tag.rpartition("}")
        namespaces.append(namespace)
        named = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        lines[builder.start(local, named)] = parser.CurrentLineNumber

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag.rpartition("}")[2])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    _parse(parser, data, name)
    return Document(builder.close(), namespaces[0], lines)


def check_workbook(data: bytes, name: str) -> list[str]:
    """Look through all parts of an .xlsx file before a library opens it.

    Returns:
        The names of its parts.

    Raises:
        ExchangeError: if it is none, if more comes out of it than texts need, or if a part
            declares a document type.
    """
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise ExchangeError(f"{name}: has {len(parts)} parts; texts do not need so many")
            for part in parts:
                # What a part says of its size may be a lie: what comes out is counted.
                with archive.open(part) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise ExchangeError(
                        f"{name}: unpacks to more than {MAX_UNPACKED // 1_000_000} MB;"
                        " save it with the texts alone"
                    )
                if part.filename.lower().endswith(_XML_PARTS) and content:
                    _parse(expat.ParserCreate(), content, f"{name}: {part.filename}")
    except _NO_WORKBOOK as error:
        raise ExchangeError(
            f"{name}: is not an .xlsx workbook ({error}); save it as .xlsx and import it again"
        ) from None
    return [part.filename for part in parts]


def _parse(parser: expat.XMLParserType, data: bytes, name: str) -> None:
    def refuse(*_: object) -> None:
        raise _Refused("declares a document type (DOCTYPE), which can hide entities")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except _Refused as error:
        raise ExchangeError(f"{name}: {error}; it is not read") from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ExchangeError(f"{name}: is not well-formed XML ({error})") from None
