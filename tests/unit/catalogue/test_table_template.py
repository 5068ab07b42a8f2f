import openpyxl
import pytest

from assistant.catalogue.importers.base import ImportFailed
from assistant.catalogue.importers.table.columns import column_of, definitions
from assistant.catalogue.importers.table.importer import read
from assistant.catalogue.importers.table.template import COLUMNS, EXAMPLE, SHEET, write_template
from assistant.settings import PROJECT_ROOT


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_template_is_read_back_without_remarks(suffix, tmp_path):
    write_template(tmp_path / f"a{suffix}")
    reading = read(str(tmp_path / f"a{suffix}"), None)
    assert (reading.read, reading.skipped, reading.notes) == (1, [], [])
    service = reading.batch.services[0]
    assert service.names == {code: EXAMPLE[f"name_{code}"] for code in ("fi", "sv", "en")}
    assert service.checked == EXAMPLE["checked"] and service.topics == ["leisure"]
    assert {channel.type for channel in reading.batch.channels} == {"location", "web"}


def test_the_csv_file_of_the_project_is_what_is_written(tmp_path):
    write_template(tmp_path / "a.csv")
    known = PROJECT_ROOT / "data" / "catalogue" / "table_template.csv"
    assert (tmp_path / "a.csv").read_text() == known.read_text()


def test_the_template_has_every_column_that_is_read():
    bases = {column.rpartition("_")[0] if column[-3:-2] == "_" else column for column in COLUMNS}
    assert bases == set(definitions()) and all(column_of(column) == column for column in COLUMNS)


def test_the_workbook_explains_every_column_and_offers_choices(tmp_path):
    write_template(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    explained = " ".join(str(row[0].value) for row in book["Help"].iter_rows())
    assert all(column in explained for column in definitions())
    offered = {
        str(validation.sqref).split(":")[0]: validation.formula1
        for validation in book[SHEET].data_validations.dataValidation
    }
    assert len(offered) == 4 and all(formula.startswith("Lists!") for formula in offered.values())


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(ImportFailed, match="xlsx or .csv"):
        write_template(tmp_path / "a.ods")
    with pytest.raises(ImportFailed, match="cannot be written"):
        write_template(tmp_path / "missing" / "a.csv")
