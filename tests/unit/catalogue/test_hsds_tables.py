import random
import zipfile

import pytest

from assistant.catalogue.importers.base import ImportFailed
from assistant.catalogue.importers.hsds import importer as hsds
from assistant.catalogue.importers.hsds.tables import table_of

from .hsds_records import write_json, write_tables
from .test_hsds_importer import accounted, only, reasons

# Tables of HSDS 1.1 and 2.0, by hand after the names of their columns.
OLD = {
    "organizations": [["id", "name", "description"], ["1", "Friends", "A society"]],
    "services": [
        ["status", "name", "organization_id", "id", "fees", "application_process"],
        ["active", "Café", "1", "10", "Free", "Just come"],
    ],
    "services_at_location": [["service_id", "location_id", "id"], ["10", "20", "30"]],
    "locations": [["id", "name", "latitude", "longitude"], ["20", "Hall", "60.45", "22.26"]],
    "physical_addresses": [
        ["id", "location_id", "address_1", "city", "postal_code"],
        ["1", "20", "Linnankatu 2", "Turku", "20100"],
    ],
    "regular_schedules": [
        ["id", "service_id", "weekday", "opens_at", "closes_at"],
        ["1", "10", "Monday", "09:00", "16:00"],
    ],
    "holiday_schedules": [
        ["id", "service_id", "closed", "start_date", "end_date"],
        ["1", "10", "TRUE", "2026-12-24", "2026-12-26"],
    ],
    "phones": [["id", "location_id", "number", "type"], ["1", "20", "02 123", "voice"]],
    "languages": [["id", "service_id", "language"], ["1", "10", "English, Somali"]],
    "service_areas": [["id", "service_id", "service_area"], ["1", "10", "Turku"]],
    "eligibility": [["id", "service_id", "eligibility"], ["1", "10", "Adults"]],
    "required_documents": [["id", "service_id", "document"], ["1", "10", "A passport"]],
    "accessibility_for_disabilities": [["id", "location_id", "accessibility"], ["1", "20", "Lift"]],
    "services_taxonomy": [["id", "service_id", "taxonomy_id"], ["1", "10", "5"]],
    "taxonomy": [["id", "name", "vocabulary"], ["5", "Language classes", "own"]],
    "contacts": [["id", "service_id", "name", "email"], ["1", "10", "Aino", "aino.v@example.org"]],
}


def test_an_old_package_is_joined_to_a_whole_service(tmp_path):
    reading = hsds.read(str(write_tables(tmp_path / "pack", **OLD)), None)
    service = only(reading)
    assert service.id == "hsds:pack:service:10" and service.charge == "free"
    assert service.languages == ["en", "so"] and service.area.municipalities == ["853"]
    assert service.requirements == {"en": "Adults\nA passport"}
    assert service.topics == ["training_and_language_courses"]
    assert service.organization_id == "hsds:pack:organization:1"
    assert reading.read == 2 and accounted(reading) and not reading.skipped
    assert "1 contact persons were left out" in reading.notes


def test_the_place_of_an_old_package_has_everything_of_its_location(tmp_path):
    reading = hsds.read(str(write_tables(tmp_path / "pack", **OLD)), None)
    place = reading.batch.channels[0]
    assert place.addresses[0].street == {"en": "Linnankatu 2"} and place.addresses[0].latitude
    assert [phone.number for phone in place.phones] == ["02 123"]
    assert len(place.hours.rules) == 2 and place.accessibility == {"en": ["Lift"]}


def test_a_zip_with_folders_in_it_is_read_like_a_folder(tmp_path):
    folder = write_tables(tmp_path / "pack", **OLD)
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as package:
        for file in folder.iterdir():
            package.write(file, f"export/{file.name}")
    packed, plain = (hsds.read(str(path), None) for path in (tmp_path / "pack.zip", folder))
    assert packed.batch.services[0].requirements == plain.batch.services[0].requirements
    assert packed.batch.channels == plain.batch.channels


def test_the_language_is_that_of_the_data_package(tmp_path):
    folder = write_tables(tmp_path / "pack", **OLD)
    write_json(folder / "datapackage.json", {"title": "Seura", "language": "fi", "resources": []})
    service = only(hsds.read(str(folder), None))
    assert service.names == {"fi": "Café"} and service.source.title == "Seura"


def test_one_file_alone_is_read(tmp_path):
    folder = write_tables(tmp_path, services=OLD["services"])
    reading = hsds.read(str(folder / "services.csv"), None)
    assert only(reading).organization_id is None
    assert "the organisation of 1 services is not in the data" in reading.notes


def test_another_delimiter_and_windows_1252_are_read(tmp_path):
    text = 'id;name;status\r\n1;Kahvila Mäki;active\r\n2;"Two; parts";active\r\n'
    (tmp_path / "services.csv").write_bytes(text.encode("cp1252"))
    reading = hsds.read(str(tmp_path / "services.csv"), None)
    names = [item.names["en"] for item in reading.batch.services]
    assert names == ["Kahvila Mäki", "Two; parts"]
    assert any("Windows-1252" in note for note in reading.notes)


def test_a_byte_order_mark_and_the_mark_of_excel_are_no_column(tmp_path):
    (tmp_path / "services.csv").write_bytes(
        b"\xef\xbb\xbfsep=,\r\nid,name,status\r\n1,A,active\r\n"
    )
    assert only(hsds.read(str(tmp_path / "services.csv"), None)).names == {"en": "A"}


def test_ragged_rows_are_read_as_far_as_they_go(tmp_path):
    text = "id,name,status,description\n1,Short,active\n\n2,Long,active,x,y,z\n3,Shifted,\n"
    (tmp_path / "services.csv").write_text(text)
    reading = hsds.read(str(tmp_path / "services.csv"), None)
    assert [item.names["en"] for item in reading.batch.services] == ["Short", "Long"]
    assert reasons(reading) == ["the service has no status"] and accounted(reading)
    assert any("more cells" in note for note in reading.notes)


def test_a_quote_that_is_not_closed_is_noticed(tmp_path):
    rows = "".join(f"{n},Service {n},active\n" for n in range(2, 400))
    (tmp_path / "services.csv").write_text(f'id,name,status\n1,"Open,active\n{rows}')
    reading = hsds.read(str(tmp_path / "services.csv"), None)
    assert reading.complete is False and "a quote is not closed" in reasons(reading)[0]


def test_without_a_column_status_services_are_taken_as_active(tmp_path):
    rows = [["id", "name"], ["1", "A"]]
    reading = hsds.read(str(write_tables(tmp_path, services=rows) / "services.csv"), None)
    assert only(reading) and "no column status" in reading.notes[0]


def test_orphans_are_reported_with_their_line(tmp_path):
    tables = dict(OLD)
    tables["phones"] = [*OLD["phones"], ["2", "99", "02 999", ""], ["3", "", "02 998", ""]]
    tables["locations"] = [*OLD["locations"], ["21", "Nowhere", "", ""]]
    reading = hsds.read(str(write_tables(tmp_path / "pack", **tables)), None)
    assert [(item.record, item.reason) for item in reading.skipped] == [
        ("phones.csv, line 3", "belongs to nothing in the data (location_id 99)"),
        ("phones.csv, line 4", "belongs to nothing in the data (names nothing)"),
        ("locations.csv, line 3", "a place without a service"),
    ]
    assert accounted(reading)


def test_a_table_that_is_not_of_hsds_is_noted(tmp_path):
    folder = write_tables(tmp_path / "pack", services=OLD["services"], budget=[["a"], ["1"]])
    assert "not tables of HSDS: budget.csv" in hsds.read(str(folder), None).notes
    with pytest.raises(ImportFailed, match="not that of a table"):
        hsds.read(str(folder / "budget.csv"), None)


def test_tables_in_one_json_file_are_joined(tmp_path):
    tables = {
        f"{name}.csv": [dict(zip(rows[0], row)) for row in rows[1:]] for name, rows in OLD.items()
    }
    service = only(hsds.read(write_json(tmp_path / "tables.json", tables), None))
    assert service.languages == ["en", "so"] and service.area.municipalities == ["853"]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        *(
            ("services.csv", "services"),
            ("Services (1).CSV", "services"),
            ("taxonomy", "taxonomies"),
        ),
        *(("hsds-services.csv", "services"), ("my_physical_addresses.csv", "physical_addresses")),
        *(("services_at_location.csv", "service_at_locations"), ("budget.csv", None)),
    ],
)
def test_files_are_known_by_the_names_that_publishers_give_them(name, table):
    assert table_of(name) == table


def test_broken_tables_never_stop_an_import(tmp_path):
    chance = random.Random(7)
    folder = write_tables(tmp_path / "pack", **OLD)
    whole = {file: file.read_bytes() for file in folder.iterdir()}
    for _ in range(60):
        for file, content in whole.items():
            damaged = bytearray(content)
            for _ in range(chance.randrange(4)):
                place = chance.randrange(len(damaged))
                damaged[place : place + chance.randrange(3)] = chance.choice(
                    (b"", b'"', b",", b"\n", b"\0", b"\xe4", b"10", b"\r\n,,")
                )
            file.write_bytes(bytes(damaged))
        try:
            reading = hsds.read(str(folder), None)
        except ImportFailed:
            continue
        assert accounted(reading)
