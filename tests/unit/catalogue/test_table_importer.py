from datetime import datetime

import pytest
from openpyxl import Workbook

from assistant.catalogue import ImportFailed, card, import_source
from assistant.settings import PROJECT_ROOT

TEMPLATE = PROJECT_ROOT / "data" / "catalogue" / "table_template.csv"


def csv_file(folder, text, name="services.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return str(path)


def test_the_template_is_read_without_remarks(store):
    report = import_source(store, "table", str(TEMPLATE))
    assert (report.read, report.kept, report.skipped, report.notes) == (1, 1, [], [])
    shown = card(
        store.get("table:service:table-template-kielikahvila"), "sv", datetime(2026, 11, 25, 18)
    )
    assert shown["title"] == "Språkcafé" and shown["open_now"] is True


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_delimiter_is_read(delimiter, store, tmp_path):
    rows = [["id", "name_fi", "municipality"], ["a", "Kirjasto", "Turku"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    import_source(store, "table", csv_file(tmp_path, text))
    assert store.get("table:service:services-a").area.municipalities == ["853"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_that_excel_writes_is_read(encoding, store, tmp_path):
    text = "id,name_fi,municipality\na,Päivähoito,091\n"
    import_source(store, "table", csv_file(tmp_path, text, encoding=encoding))
    assert store.get("table:service:services-a").names == {"fi": "Päivähoito"}


@pytest.mark.parametrize(
    "column, value",
    [
        ("municipality", "Atlantis"),
        ("municipality", ""),
        ("phone", "call us"),
        ("topics", "gardening"),
        ("needs", "gardening/roses"),
        ("cost", "cheap"),
        ("url", "javascript:alert(1)"),
        ("latitude", "48.85"),
        ("checked", "yesterday"),
        ("languages", "suomi!"),
        ("name_fi", ""),
    ],
)
def test_a_bad_cell_names_row_and_column_and_the_other_rows_are_read(
    column, value, store, tmp_path
):
    good = {"id": "good", "name_fi": "Hyvä", "municipality": "091", column: ""}
    if column in ("municipality", "name_fi"):
        good[column] = "091"
    bad = {**good, "id": "bad", column: value}
    lines = [",".join(good), ",".join(good.values()), ",".join(bad.values())]
    report = import_source(store, "table", csv_file(tmp_path, "\n".join(lines)))
    assert (report.read, report.kept) == (2, 1)
    assert "row 3" in report.skipped[0].record and f"column {column}" in report.skipped[0].reason


def test_a_workbook_names_sheet_row_and_column(store, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Palvelut"
    sheet.append(["id", "name_fi", "municipality", "phone", "checked"])
    sheet.append(["a", "Kirjasto", 853, "02 262 0000", datetime(2026, 11, 1)])
    sheet.append(["b", "Uimahalli", 853, "soita", None])
    book.create_sheet("Muistiinpanot").append(["vapaata tekstiä"])
    book.save(tmp_path / "palvelut.xlsx")
    report = import_source(store, "table", str(tmp_path / "palvelut.xlsx"))
    assert report.kept == 1 and "Muistiinpanot" in report.notes[0]
    assert "sheet Palvelut, row 3" in report.skipped[0].record
    assert store.get("table:service:palvelut-a").checked == "2026-11-01"


def test_the_same_id_twice_is_reported(store, tmp_path):
    text = "id,name_fi,municipality\na,Yksi,091\na,Kaksi,091\n"
    report = import_source(store, "table", csv_file(tmp_path, text))
    assert report.kept == 1 and "row 2" in report.skipped[0].reason


def test_a_changed_phone_makes_the_row_changed(store, tmp_path):
    head = "id,name_fi,municipality,phone\n"
    import_source(store, "table", csv_file(tmp_path, head + "a,Yksi,091,112\nb,Kaksi,091,112\n"))
    text = head + "a,Yksi,091,112\nb,Kaksi,091,116117\n"
    report = import_source(store, "table", csv_file(tmp_path, text))
    assert (report.changed, report.unchanged) == (1, 1)


def test_a_row_without_municipality_takes_that_of_the_import(store, tmp_path):
    path = csv_file(tmp_path, "id,name_fi\na,Kirjasto\n")
    import_source(store, "table", path, municipality="853")
    assert store.get("table:service:853-a").area.municipalities == ["853"]


def test_unknown_columns_are_named(store, tmp_path):
    text = "id,name_fi,municipality,colour\na,Yksi,091,red\n"
    report = import_source(store, "table", csv_file(tmp_path, text))
    assert "colour" in report.notes[0]


@pytest.mark.parametrize(
    "name, content",
    [("a.csv", ""), ("a.csv", "x,y\n1,2\n"), ("a.xlsx", "no"), ("a.csv", "name_fi\n")],
)
def test_a_file_that_is_no_table_fails_with_its_name(name, content, store, tmp_path):
    with pytest.raises(ImportFailed, match=name):
        import_source(store, "table", csv_file(tmp_path, content, name))
