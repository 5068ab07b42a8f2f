"""What a cell of a table says, whatever a spreadsheet has made of it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Optional

from assistant.catalogue.importers.base import language_code, plain_text

CHARGES = {
    **dict.fromkeys(("free", "maksuton", "ilmainen", "avgiftsfri", "gratis"), "free"),
    **dict.fromkeys(("free of charge", "0", "0 €", "ei maksua"), "free"),
    **dict.fromkeys(("charged", "maksullinen", "avgiftsbelagd", "chargeable"), "charged"),
    **dict.fromkeys(("unknown", "", "-", "ei tiedossa"), "unknown"),
}
EVERYWHERE = frozenset(
    ("all", "kaikki", "koko suomi", "koko maa", "valtakunnallinen", "hela landet", "alla")
    + ("hela finland", "whole country", "nationwide", "finland", "suomi")
)
_URLS = ("url", "e_service_url", "form_url")
#: Errors of spreadsheets in the languages of Finland: #N/A, #REF!, #PUUTTUU!, #NAMN?, ####.
_ERROR = re.compile(r"#(?:N/A|[A-ZÅÄÖ][A-ZÅÄÖ/0-9]*[!?]|#+)\Z")
_HYPERLINK = re.compile(
    r'=\s*(?:HYPERLINK|HYPERLINKKI|HYPERLÄNK)\(\s*"([^"]*)"\s*(?:[;,]\s*"([^"]*)")?\s*\)', re.I
)
_QUOTED = re.compile(r'=\s*"((?:[^"]|"")*)"\Z')
_NOTHING = frozenset(("-", "–", "—", "?", "n/a", "na", "null", "none", "ei ole", "ei"))
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E[+-]?\d+", re.I)
#: Day numbers of spreadsheets from 1990 to 2079.
_SERIAL = (32_874, 65_700)
_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%d.%m.%y", "%Y%m%d")


class BadCell(Exception):
    """A cell that cannot be used; the message says why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


def title_text(value: Any) -> str:
    """The text of a cell that may be a heading."""
    return plain_text(value).replace("\n", " ")


def cell_text(column: str, value: Any) -> str:
    """The text of a cell.

    Raises:
        BadCell: for an error of the spreadsheet, a formula without a value, and a number that has
            lost digits.
    """
    if isinstance(value, datetime):
        if column == "hours":
            raise BadCell(column, f"{value.date()} is a date; write the hours as text")
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()[:10] if isinstance(value, date) else f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        value = int(value)
    text = plain_text(value)
    if text.startswith("'") and text[1:2] in "=+-@":
        text = text[1:]  # how spreadsheets, and our own export, protect a text
    elif text.startswith("="):
        text = _formula(column, text)
    if _ERROR.match(text):
        raise BadCell(column, f"{text} is an error of the spreadsheet")
    if column in ("phone", "id", "postal_code") and _SCIENTIFIC.fullmatch(text):
        raise BadCell(column, f"{text} is a rounded number; format the column as text")
    if text.casefold() in _NOTHING:
        return ""
    if column == "postal_code" and re.fullmatch(r"\d{3,4}", text):
        return text.zfill(5)  # a spreadsheet took 00100 for a number
    return text


def _formula(column: str, text: str) -> str:
    link = _HYPERLINK.match(text)
    if link is not None:
        return plain_text(link.group(1) if column in _URLS else link.group(2) or link.group(1))
    quoted = _QUOTED.match(text)
    if quoted is not None:
        return plain_text(quoted.group(1).replace('""', '"'))
    raise BadCell(column, "a formula without a value")


def date_of(text: str) -> Optional[str]:
    """The ISO date of a text or of the day number of a spreadsheet; None if it is neither."""
    number = re.fullmatch(r"(\d{5})(?:[.,]\d+)?", text)
    if number is not None and _SERIAL[0] <= int(number.group(1)) <= _SERIAL[1]:
        from openpyxl.utils.datetime import from_excel

        moment = from_excel(int(number.group(1)))
        return moment.date().isoformat() if isinstance(moment, datetime) else None
    text = re.sub(r"[T ]\d{1,2}[:.]\d{2}.*$", "", text).strip()
    for pattern in _DATES:
        try:
            return datetime.strptime(text, pattern).date().isoformat()
        except ValueError:
            continue
    return None


def charge_of(text: str) -> Optional[str]:
    """`free`, `charged` or `unknown`; None if it is something else."""
    return CHARGES.get(text.strip().casefold())


def language_of(text: str) -> str:
    """The code of a language that is written as a code or by its name; empty if it is neither."""
    name = text.strip().casefold()
    return _language_names().get(name) or (language_code(name) if len(name) != 4 else "")


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    """Names of languages in Finnish, Swedish and English -> codes."""
    from babel import Locale

    found: dict[str, str] = {}
    for locale in ("fi", "sv", "en"):
        for code, name in Locale(locale).languages.items():
            if len(code) in (2, 3):
                found.setdefault(name.casefold(), code)
    return found
