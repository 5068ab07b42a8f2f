"""Tables as spreadsheets save them and people break them; all hand-made."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from assistant.catalogue.importers.base import ImportFailed
from assistant.catalogue.importers.table.cells import BadCell, cell_text, date_of
from assistant.catalogue.importers.table.columns import column_of, definitions, find_header
from assistant.catalogue.importers.table.importer import read


def csv_reading(folder, text, municipality="091"):
    path = folder / "a.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(str(path), municipality)


def names(reading):
    return [next(iter(service.names.values())) for service in reading.batch.services]


def workbook(folder, *sheets, name="a.xlsx"):
    """Save sheets, each a title and rows."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / name)
    return book, folder / name


@pytest.mark.parametrize(
    "heading, column",
    [
        ("name_fi", "name_fi"),
        ("Nimi", "name_fi"),
        ("NAMN ", "name_sv"),
        ("Name", "name_en"),
        ("Nimi (suomeksi)", "name_fi"),
        ("Nimi ruotsiksi", "name_sv"),
        ("Palvelun nimi, englanti", "name_en"),
        ("name ru", "name_ru"),
        ("Kuvaus på svenska", "description_sv"),
        ("Lyhyt kuvaus", "summary_fi"),
        ("Puh.", "phone"),
        ("Sähköposti:", "email"),
        ("E-post", "email"),
        ("Postinumero", "postal_code"),
        ("AUKIOLOAJAT", "hours"),
        ("Öppettider", "hours"),
        ("Opening hours", "hours"),
        ("Kunta*", "municipality"),
        ("Katuosoite", "street_fi"),
        ("postort", "city_sv"),
        ("Vapaa sana", None),
        ("", None),
    ],
)
def test_headings_are_understood_as_people_write_them(heading, column):
    assert column_of(heading) == column


def test_no_heading_means_two_columns():
    seen = {}
    for column, entry in definitions().items():
        for listed in entry["names"].values():
            for heading in listed:
                assert seen.setdefault(heading.casefold(), column) == column, heading


def test_the_header_need_not_be_the_first_row():
    rows = [["Kaupungin palvelut 2026"], [], ["Nimi", "Kunta", "Muuta"], ["Kirjasto", "091", ""]]
    header = find_header(rows)
    assert header.index == 2 and header.columns == ["name_fi", "municipality", None]


def test_titles_above_the_header_are_passed_over_and_rows_keep_their_numbers(tmp_path):
    reading = csv_reading(tmp_path, "Palvelut;;\n\nNimi;Puhelin;\nYksi;x y z;\nKaksi;112;\n")
    assert names(reading) == ["Kaksi"] and reading.skipped[0].record == "a.csv: row 4"
    assert reading.skipped[0].reason.startswith("column Puhelin (phone): ")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_line_that_names_the_separator_is_obeyed(delimiter, tmp_path):
    text = f"sep={delimiter}\r\nnimi{delimiter}kuvaus\r\nYksi{delimiter}a\r\n"
    reading = csv_reading(tmp_path, text)
    assert names(reading) == ["Yksi"] and reading.batch.services[0].descriptions == {"fi": "a"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_and_encoding_is_read(encoding, end, tmp_path):
    text = end.join(["nimi;kuvaus", 'Päiväkoti;"Rivi yksi', 'rivi kaksi"', "Åboa;b", ""])
    reading = csv_reading(tmp_path, text.encode(encoding))
    assert names(reading) == ["Päiväkoti", "Åboa"]
    assert reading.batch.services[0].descriptions == {"fi": "Rivi yksi\nrivi kaksi"}


def test_rows_that_are_too_short_are_read(tmp_path):
    reading = csv_reading(tmp_path, "nimi;kuvaus;puhelin\nYksi\nKaksi;a\n;;\n\nKolme;b;112\n")
    assert names(reading) == ["Yksi", "Kaksi", "Kolme"] and reading.skipped == []


def test_a_row_with_too_many_cells_is_skipped_because_its_cells_have_moved(tmp_path):
    reading = csv_reading(tmp_path, "nimi,kuvaus,url\nYksi,Tule, ole hyvä,a.fi\nKaksi,b,a.fi,,\n")
    assert names(reading) == ["Kaksi"]
    assert "4 cells under 3 headings" in reading.skipped[0].reason
    assert reading.seen == {"table:service:091-yksi"}


@pytest.mark.parametrize("broken", ['"Kaksi;b;112', 'Kaksi;"b;112', 'Kaksi;b;"112'])
def test_a_quotation_mark_that_is_never_closed_harms_its_own_row_at_most(broken, tmp_path):
    rows = "".join(f"Rivi {number};c;112\n" for number in range(100))
    reading = csv_reading(tmp_path, f"nimi;kuvaus;puhelin\nYksi;a;112\n{broken}\n{rows}")
    assert names(reading)[0] == "Yksi" and len(reading.batch.services) == 102


def test_two_stray_quotation_marks_do_not_swallow_the_rows_between(tmp_path):
    text = 'nimi;kuvaus;puhelin\n"Yksi;a;112\nKaksi;b;112\nKolme;c;112\nNeljä";d;112\n'
    assert len(csv_reading(tmp_path, text).batch.services) == 4


def test_quotation_marks_inside_a_text_are_kept(tmp_path):
    reading = csv_reading(tmp_path, 'nimi;kuvaus\nKahvila "Aino";5" ruuvi\n"Kerho ""A""";b\n')
    assert names(reading) == ['Kahvila "Aino"', 'Kerho "A"']


def test_a_heading_that_is_there_twice_is_noted_and_the_first_filled_cell_counts(tmp_path):
    reading = csv_reading(tmp_path, "nimi;kuvaus;kuvaus\nYksi;a;b\nKaksi;;c\n")
    found = [service.descriptions["fi"] for service in reading.batch.services]
    assert found == ["a", "c"] and "description_fi" in reading.notes[0]


def test_a_broken_byte_is_read_and_noted(tmp_path):
    reading = csv_reading(tmp_path, "nimi\nPäiväkoti\n".encode("cp1252"))
    assert names(reading) == ["Päiväkoti"] and "Windows-1252" in reading.notes[0]


@pytest.mark.parametrize(
    "column, value, text",
    [
        ("url", '=HYPERLINK("https://a.fi/x";"Sivu")', "https://a.fi/x"),
        ("name", '=HYPERLINK("https://a.fi/x","Sivu")', "Sivu"),
        ("phone", '="0501234567"', "0501234567"),
        ("name", "'=Kaava", "=Kaava"),
        ("phone", "+358 9 123", "+358 9 123"),
        ("phone", 401234567.0, "401234567"),
        ("postal_code", 100, "00100"),
        ("postal_code", "100", "00100"),
        ("latitude", "61,5", "61,5"),
        ("latitude", 61.5, "61.5"),
        ("summary", "<p>Tervetuloa&nbsp;!</p>", "Tervetuloa !"),
        ("checked", datetime(2026, 11, 24, 13, 0), "2026-11-24"),
        ("cost", "-", ""),
        ("phone", "n/a", ""),
        ("name", None, ""),
    ],
)
def test_cells_are_read_as_they_are_meant(column, value, text):
    assert cell_text(column, value) == text


@pytest.mark.parametrize(
    "column, value",
    [
        ("name", "#N/A"),
        ("name", "#PUUTTUU!"),
        ("name", "#NAMN?"),
        ("checked", "########"),
        ("name", "=A2"),
        ("phone", "4.01E+08"),
        ("hours", datetime(2026, 9, 16)),
    ],
)
def test_cells_that_a_spreadsheet_has_spoilt_are_told(column, value):
    with pytest.raises(BadCell):
        cell_text(column, value)


@pytest.mark.parametrize(
    "text, date",
    [
        ("44125", "2020-10-21"),
        ("44125,5", "2020-10-21"),
        ("2026-11-24", "2026-11-24"),
        ("24.11.2026", "2026-11-24"),
        ("4.1.2026", "2026-01-04"),
        ("2026-11-24 13:05:00", "2026-11-24"),
        ("2026-11-24T13:05:00Z", "2026-11-24"),
        ("2026", None),
        ("99999", None),
        ("31.2.2026", None),
    ],
)
def test_dates_are_read_in_every_form_that_spreadsheets_write(text, date):
    assert date_of(text) == date


def test_coordinates_with_a_comma_are_read(tmp_path):
    reading = csv_reading(tmp_path, "nimi;leveysaste;pituusaste\nYksi;60,45;22,27\n")
    address = reading.batch.channels[0].addresses[0]
    assert (address.latitude, address.longitude) == (60.45, 22.27)


def test_a_table_with_only_a_header_and_one_that_is_empty_fail(tmp_path):
    for text in ("nimi;kunta\n", "", "\n\n", "<html><body></body></html>"):
        with pytest.raises(ImportFailed, match="a.csv"):
            csv_reading(tmp_path, text)


def test_merged_cells_have_their_value_in_every_row(tmp_path):
    rows = [["nimi", "järjestäjä"], ["Yksi", "Kirjasto"], ["Kaksi"], ["Kolme"], ["Neljä"]]
    book, path = workbook(tmp_path, ("Palvelut", rows))
    book["Palvelut"].merge_cells("B2:B4")
    book.save(path)
    reading = read(str(path), "091")
    found = [service.organization_id for service in reading.batch.services]
    assert found == ["table:organization:kirjasto"] * 3 + [None]


def test_a_hidden_sheet_is_noted_and_not_read(tmp_path):
    book, path = workbook(tmp_path, ("A", [["nimi"], ["Yksi"]]), ("Vanhat", [["nimi"], ["Vanha"]]))
    book["Vanhat"].sheet_state = "hidden"
    book.save(path)
    reading = read(str(path), "091")
    assert names(reading) == ["Yksi"] and "hidden sheet Vanhat" in reading.notes[0]


def test_every_visible_sheet_is_read_and_rows_are_numbered_by_sheet(tmp_path):
    _, path = workbook(
        tmp_path,
        ("A", [["Otsikko"], [], ["nimi", "puhelin"], ["Yksi", "112"]]),
        ("B", [["namn", "tfn"], ["Två", "soita"]]),
    )
    reading = read(str(path), "091")
    assert names(reading) == ["Yksi"]
    assert reading.skipped[0].record == "a.xlsx: sheet B, row 2"


def test_formulas_of_a_workbook_give_their_address_or_a_remark(tmp_path):
    link = '=HYPERLINK("https://a.fi/x","Sivu")'
    rows = [["nimi", "www", "kuvaus"], ["Yksi", link, "=A2&B2"], ["Kaksi", "a.fi", "b"]]
    _, path = workbook(tmp_path, ("A", rows))
    reading = read(str(path), "091")
    assert reading.batch.channels[0].urls == {"fi": "https://a.fi/x"}
    assert names(reading) == ["Yksi", "Kaksi"]
    assert "row 2, column kuvaus (description_fi): a formula without a value" in reading.notes[0]


def test_numbers_and_dates_of_a_workbook_are_read(tmp_path):
    rows = [["nimi", "postinumero", "osoite", "tarkistettu", "kunta"]]
    rows += [
        ["Yksi", 100, "Katu 1", 44125, 91],
        ["Kaksi", "00100", "Tie", datetime(2026, 1, 2), 853],
    ]
    _, path = workbook(tmp_path, ("A", rows))
    reading = read(str(path), None)
    assert [service.checked for service in reading.batch.services] == ["2020-10-21", "2026-01-02"]
    assert {channel.addresses[0].postal_code for channel in reading.batch.channels} == {"00100"}
    assert [service.area.municipalities for service in reading.batch.services] == [["091"], ["853"]]


def test_a_cell_far_away_does_not_make_a_sheet_endless(tmp_path):
    book, path = workbook(tmp_path, ("A", [["nimi"], ["Yksi"]]))
    book["A"]["XFD1048576"] = "x"
    book.save(path)
    assert names(read(str(path), "091"))[0] == "Yksi"


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx"])
def test_an_old_workbook_says_how_to_save_it(name, tmp_path):
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(ImportFailed, match="old .xls workbook; save it as .xlsx"):
        read(str(tmp_path / name), None)


def test_a_workbook_with_a_password_says_so(tmp_path):
    hidden = "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + hidden)
    with pytest.raises(ImportFailed, match="protected by a password"):
        read(str(tmp_path / "a.xlsx"), None)


def changed_workbook(folder, member, change):
    """A workbook in which the bytes of one member are changed."""
    _, path = workbook(folder, ("A", [["nimi"], ["Yksi"]]))
    content = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data) if info.filename == member else data)
    return str(path)


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_that_is_a_bomb_is_refused(tmp_path):
    path = changed_workbook(tmp_path, SHEET, lambda data: data + b" " * 20_000_000)
    with pytest.raises(ImportFailed, match="bomb"):
        read(path, None)


def test_a_workbook_that_declares_entities_is_refused(tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    path = changed_workbook(tmp_path, SHEET, lambda data: bomb + data)
    with pytest.raises(ImportFailed, match="declares entities"):
        read(path, None)


@pytest.mark.parametrize("change", [lambda data: data[: len(data) // 2], lambda data: b"x"])
def test_a_broken_workbook_is_one_clear_line_or_a_remark(change, tmp_path):
    path = changed_workbook(tmp_path, SHEET, change)
    try:
        reading = read(path, "091")
    except ImportFailed as error:
        assert "a.xlsx" in str(error) and "\n" not in str(error)
    else:
        assert not reading.complete and reading.notes


def test_something_else_with_the_name_of_a_workbook_fails_clearly(tmp_path):
    for content in (b"nimi;kunta\n", b"%PDF-1.7", b"PK\x03\x04broken", b""):
        (tmp_path / "a.xlsx").write_bytes(content)
        with pytest.raises(ImportFailed, match="a.xlsx"):
            read(str(tmp_path / "a.xlsx"), None)
