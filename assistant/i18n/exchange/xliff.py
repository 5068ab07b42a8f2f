"""Texts as XLIFF 1.2, which Poedit, Weblate and Lokalize open.

1.2 and not 2: Lokalize reads only 1.2, and the others read both.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from assistant.i18n.exchange.errors import ExchangeError
from assistant.i18n.exchange.rows import Row, Sheet, tidy
from assistant.i18n.exchange.safe_xml import Document, parse_xml
from assistant.i18n.languages import SOURCE_LANGUAGE
from assistant.i18n.review import NOBODY, TEXT_LABEL

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_DEVELOPER, _REVIEWER = "developer", "reviewer"
#: States of a target. `new` is that of an empty one, and some editors leave it as it is.
_NEW, _TRANSLATED, _FINAL = "new", "translated", "final"
_REVIEWED_STATES = (_FINAL, "signed-off")


def write(sheets: Sequence[Sheet]) -> bytes:
    """The file with the rows of one sheet."""
    (sheet,) = sheets
    root = Element("xliff", {"version": "1.2", "xmlns": NAMESPACE})
    file = SubElement(
        root,
        "file",
        {
            "original": "kuntaopas",
            "source-language": SOURCE_LANGUAGE,
            "target-language": sheet.language,
            "datatype": "plaintext",
        },
    )
    header = SubElement(file, "header")
    signed = sheet.reviewer if sheet.whole else NOBODY
    SubElement(header, "note", {"from": _REVIEWER}).text = f"{TEXT_LABEL} {signed}"
    body = SubElement(file, "body")
    for row in sheet.rows:
        _add(body, row)
    indent(root)
    # Declared with the usual quotes; ElementTree writes others.
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _add(body: Element, row: Row) -> None:
    reviewed = bool(row.review)
    unit = SubElement(body, "trans-unit", {"id": row.id, "xml:space": "preserve"})
    if reviewed:
        unit.set("approved", "yes")
    SubElement(unit, "source").text = tidy(row.source)
    state = _FINAL if reviewed else _TRANSLATED if row.translation else _NEW
    SubElement(unit, "target", {"state": state}).text = tidy(row.translation)
    note = ". ".join(part for part in (row.where, row.note) if part)
    SubElement(unit, "note", {"from": _DEVELOPER}).text = note
    if row.review:
        SubElement(unit, "note", {"from": _REVIEWER}).text = row.review


def read(data: bytes, name: str) -> list[Sheet]:
    """The rows of an XLIFF 1.x file, one sheet for each `file` element.

    Raises:
        ExchangeError: if it is not XLIFF 1, or not safe to read.
    """
    document = parse_xml(data, name)
    root = document.root
    if root.tag != "xliff":
        raise ExchangeError(f"{name}: is not an XLIFF file (it begins with <{root.tag}>)")
    if not root.get("version", "1.2").startswith("1."):
        version = root.get("version")
        raise ExchangeError(f"{name}: is XLIFF {version}; save it as XLIFF 1.2 and import it again")
    return [_sheet(file, document) for file in root.findall("file")]


def _sheet(file: Element, document: Document) -> Sheet:
    # The attributes lose their prefixes: xml:lang and others do not meet here.
    language = file.get("target-language", "").replace("_", "-").split("-")[0].lower()
    sheet = Sheet(language)
    for note in file.findall("header/note"):
        text = _text(note)
        signed = text.partition(":")[2].strip()
        if text.startswith(TEXT_LABEL) and signed.casefold() not in ("", NOBODY):
            sheet.reviewer, sheet.whole = signed, True
    sheet.rows = [_row(unit, document.lines[unit]) for unit in file.iter("trans-unit")]
    return sheet


def _row(unit: Element, line: int) -> Row:
    target = unit.find("target")
    state = target.get("state", "") if target is not None else ""
    notes = [_text(note) for note in unit.findall("note") if note.get("from") != _DEVELOPER]
    marks = [note for note in notes if note.startswith(TEXT_LABEL)]
    approved = unit.get("approved") == "yes" or state in _REVIEWED_STATES
    return Row(
        place=f"line {line}",
        source=_text(unit.find("source")),
        translation=_text(target),
        id=unit.get("id", ""),
        review=(marks[-1] if marks else "reviewed") if approved else "",
        comment="; ".join(note for note in notes if note and note not in marks),
        fault=f"marked as needing work ({state})" if state.startswith("needs-") else "",
    )


def _text(element: Element | None) -> str:
    """The text of an element and of what stands in it, such as marks around placeholders."""
    return "" if element is None else tidy("".join(element.itertext()))
