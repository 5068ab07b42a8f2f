import gzip
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from assistant.catalogue import ImportFailed, card, import_source
from assistant.settings import PROJECT_ROOT, get_settings
from tests.unit.catalogue.web_server import WebServer

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


GOOD = {"id": "good", "name_fi": "Hyvä", "municipality": "091"}


def import_with(store, folder, column, value):
    good = {column: "", **GOOD}
    bad = {**good, "id": "bad", column: value}
    lines = [";".join(good), ";".join(good.values()), ";".join(bad.values())]
    return import_source(store, "table", csv_file(folder, "\n".join(lines)))


@pytest.mark.parametrize(
    "column, value",
    [
        ("municipality", "Atlantis"),
        ("municipality", ""),
        ("phone", "call us"),
        ("phone", "4,01E+08"),
        ("topics", "gardening"),
        ("needs", "gardening/roses"),
        ("name_fi", ""),
        ("name_fi", "#REF!"),
    ],
)
def test_a_mistake_that_sends_people_wrong_skips_the_row_and_names_row_and_column(
    column, value, store, tmp_path
):
    report = import_with(store, tmp_path, column, value)
    assert (report.read, report.kept) == (2, 1)
    assert "row 3" in report.skipped[0].record and f"column {column}" in report.skipped[0].reason


@pytest.mark.parametrize(
    "column, value",
    [
        ("cost", "cheap"),
        ("phone_charge", "cheap"),
        ("url", "javascript:alert(1)"),
        ("form_url", "ask us"),
        ("latitude", "48.85"),
        ("checked", "yesterday"),
        ("languages", "suomi!"),
        ("email", "matti.meikalainen@example.fi"),
        ("summary_fi", "#PUUTTUU!"),
        ("hours", "=A1&B1"),
        ("postal_code", "2,01E+04"),
    ],
)
def test_any_other_mistake_loses_the_cell_and_names_row_and_column(column, value, store, tmp_path):
    report = import_with(store, tmp_path, column, value)
    assert report.kept == 2 and report.skipped == []
    assert f"row 3, column {column}: " in report.notes[0] and "left out" in report.notes[0]


def test_the_address_of_a_person_is_not_repeated_in_the_report(store, tmp_path):
    report = import_with(store, tmp_path, "email", "matti.meikalainen@example.fi")
    assert "meikalainen" not in report.summary()


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


def test_a_table_of_a_web_address_is_read_and_its_key_is_not_kept(monkeypatch, store):
    monkeypatch.setenv("KUNTAOPAS_ALLOW_PRIVATE_SOURCES", "1")
    get_settings.cache_clear()
    server = WebServer(lambda *_: (200, {}, b"nimi;kunta\nKirjasto;Turku\n"))
    try:
        import_source(store, "table", f"{server.url}/services.csv?token=hush")
    finally:
        server.close()
        monkeypatch.undo()
        get_settings.cache_clear()
    source = store.get("table:service:services-kirjasto").source
    assert source.title == "services.csv" and "hush" not in source.url


def test_a_folder_and_an_archive_of_tables_are_read(store, tmp_path):
    for name in ("a", "b"):
        csv_file(tmp_path, f"nimi,kunta\nPalvelu {name},091\n", f"{name}.csv")
    csv_file(tmp_path, "not a table", "c.csv")
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("x/d.csv", "nimi,kunta\nPalvelu d,091\n")
    (tmp_path / "e.csv.gz").write_bytes(gzip.compress(b"nimi,kunta\nPalvelu e,091\n"))
    report = import_source(store, "table", str(tmp_path))
    assert report.kept == 4 and [item.record for item in report.skipped] == ["c.csv"]


def test_the_same_service_at_two_addresses_is_two_services(store, tmp_path):
    text = "nimi,kunta,osoite\nKahvila,091,Katu 1\nKahvila,091,Tie 2\nKahvila,091,Tie 2\n"
    report = import_source(store, "table", csv_file(tmp_path, text))
    assert report.kept == 2 and "row 3" in report.skipped[0].reason


def test_a_name_without_latin_letters_gives_an_id_that_stays(store, tmp_path):
    path = csv_file(tmp_path, "name_ru,kunta\nБиблиотека,091\nШкола,091\n")
    assert import_source(store, "table", path).kept == 2
    path = csv_file(tmp_path, "name_ru,kunta\nШкола,091\nБиблиотека,091\n")
    report = import_source(store, "table", path)
    assert (report.changed, report.unchanged, report.withdrawn) == (0, 2, 0)


def test_what_is_written_in_a_cell_as_people_write_it_is_understood(store, tmp_path):
    text = (
        "Nimi;Kunta;Osoite;Puhelin;Aukioloajat;Kielet;Maksullisuus;Tarkistettu;WWW;Sähköposti\n"
        "Neuvonta;Turku, Åbo;Katu 1, 00100 HELSINKI;02 262 0000 tai 040 123 4567;ma-pe 9-16;"
        "suomi, somali, en;maksuton;24.11.2026;www.turku.fi/neuvonta;neuvonta@turku.fi\n"
    )
    report = import_source(store, "table", csv_file(tmp_path, text))
    found = store.get("table:service:services-neuvonta")
    assert report.notes == [] and found.area.municipalities == ["853"]
    assert found.languages == ["fi", "so", "en"] and found.charge == "free"
    assert found.checked == "2026-11-24"
    place = next(channel for channel in found.channels if channel.type == "location")
    assert (place.addresses[0].street, place.addresses[0].postal_code) == (
        {"fi": "Katu 1"},
        "00100",
    )
    assert place.addresses[0].city == {"fi": "HELSINKI"} and len(place.hours.rules) == 5
    assert [phone.number for phone in place.phones] == ["02 262 0000", "040 123 4567"]
    assert place.emails == ["neuvonta@turku.fi"]
