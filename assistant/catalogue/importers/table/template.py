"""The template of the plain table, made from the same definitions as the reader."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assistant.catalogue.importers.base import ImportFailed
from assistant.catalogue.importers.table.columns import base_column, definitions
from assistant.catalogue.municipalities import municipalities
from assistant.catalogue.topics import TOPICS

#: The columns of the template; others can be added, such as `summary_ar`.
COLUMNS = (
    *("id", "name_fi", "name_sv", "name_en", "summary_fi", "summary_sv", "summary_en"),
    *("description_fi", "provider_fi", "topics", "needs", "keywords_fi", "municipality"),
    *("street_fi", "postal_code", "city_fi", "latitude", "longitude"),
    *("phone", "phone_label_fi", "phone_charge", "email", "hours"),
    *("url", "e_service_url", "form_url", "languages", "cost", "checked"),
)
EXAMPLE = {
    "id": "kielikahvila",
    "name_fi": "Kielikahvila",
    "name_sv": "Språkcafé",
    "name_en": "Language café",
    "summary_fi": "Harjoittele suomen puhumista pienessä ryhmässä.",
    "summary_sv": "Öva på att tala finska i en liten grupp.",
    "summary_en": "Practise speaking Finnish in a small group.",
    "provider_fi": "Esimerkkilä",
    "topics": "leisure",
    "needs": "leisure/language_cafe",
    "keywords_fi": "keskusteluryhmä, puhekerho",
    "municipality": "999",
    "street_fi": "Kirjastokatu 1",
    "postal_code": "99999",
    "city_fi": "ESIMERKKILÄ",
    "latitude": "61.5009",
    "longitude": "24.1019",
    "phone": "+358 9 000 0016",
    "phone_label_fi": "Kirjasto",
    "phone_charge": "free",
    "hours": "wed 17-19",
    "url": "https://www.esimerkkila.example/kielikahvila",
    "languages": "fi, en",
    "cost": "free",
    "checked": "2026-11-24",
}
SHEET = "Services"
ROWS = 2000
_LANGUAGES = ("fi", "sv", "en")
_INTRODUCTION = {
    "fi": "Yksi palvelu riville. Poista esimerkkirivi. Tähdellä merkityt ovat pakollisia.",
    "sv": "En tjänst per rad. Ta bort exempelraden. De som har en stjärna är obligatoriska.",
    "en": "One service a row. Delete the row with the example. Those with a star are required.",
}
_REQUIRED = ("name", "municipality")
_WIDE = ("summary", "description", "keywords", "url")
_HEAD = PatternFill("solid", fgColor="DCE6F1")


def write_template(path: Path) -> None:
    """Write the template, as a workbook or as CSV by the ending of the name.

    The workbook has the table with an example, lists to choose from, and explanations.

    Raises:
        ImportFailed: if the ending is neither .xlsx nor .csv, or the file cannot be written.
    """
    writers = {".xlsx": _write_workbook, ".csv": _write_csv}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise ImportFailed(f"{path}: the template can be written as .xlsx or .csv")
    try:
        writer(path)
    except OSError as error:
        raise ImportFailed(f"{path}: cannot be written ({error.strerror})") from None


def _write_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerow(EXAMPLE)


def _write_workbook(path: Path) -> None:
    book = Workbook()
    table = book.active
    table.title = SHEET
    table.append(list(COLUMNS))
    table.append([EXAMPLE.get(column) for column in COLUMNS])
    table.freeze_panes = "C2"
    for number, column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(number)
        table.column_dimensions[letter].width = 40 if base_column(column) in _WIDE else 18
        # As text, so that 00100 keeps its zeros and 9-16 does not become a date.
        for row in range(2, 202):
            table.cell(row, number).number_format = "@"
        head = table.cell(1, number)
        head.font, head.fill = Font(bold=True), _HEAD
        head.comment = Comment(definitions()[base_column(column)]["help"]["en"], "kuntaopas")
    _add_help(book.create_sheet("Help"))
    lists = book.create_sheet("Lists")
    _add_choices(table, lists)
    book.save(path)


def _add_help(sheet: Any) -> None:
    sheet.append(["", *(_INTRODUCTION[language] for language in _LANGUAGES)])
    sheet.append([])
    sheet.append(["column", "suomi", "svenska", "English"])
    for column, entry in definitions().items():
        language = "_fi, _sv, _en ..." if entry.get("localized") else ""
        star = " *" if column in _REQUIRED else ""
        sheet.append([f"{column}{language}{star}", *(entry["help"][code] for code in _LANGUAGES)])
    for letter, width in zip("ABCD", (26, 60, 60, 60)):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[3]:
        cell.font, cell.fill = Font(bold=True), _HEAD


def _add_choices(table: Any, lists: Any) -> None:
    """Lists of the values of a column; where several can be given, others are accepted."""
    named = [entry.name_fi for entry in municipalities() if not entry.fictional]
    choices = {
        "municipality": ["all", *named],
        "topics": sorted(TOPICS),
        "cost": ["free", "charged"],
        "phone_charge": ["free", "charged"],
    }
    for number, (column, values) in enumerate(choices.items(), start=1):
        letter = get_column_letter(number)
        lists.column_dimensions[letter].width = 32
        lists.cell(1, number, column).font = Font(bold=True)
        for row, value in enumerate(values, start=2):
            lists.cell(row, number, value)
        several = column in ("municipality", "topics")
        validation = DataValidation(
            type="list",
            formula1=f"Lists!${letter}$2:${letter}${len(values) + 1}",
            allow_blank=True,
            showErrorMessage=not several,
        )
        validation.error = "free / charged"
        table.add_data_validation(validation)
        place = get_column_letter(COLUMNS.index(column) + 1)
        validation.add(f"{place}2:{place}{ROWS}")
