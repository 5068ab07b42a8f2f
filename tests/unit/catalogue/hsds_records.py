"""Records in the shape of Open Referral HSDS, written by hand after its field list."""

import csv
import json

from assistant.catalogue.importers.hsds import importer as hsds

SERVICE = "6a1f2c34-0000-4000-8000-000000000001"
OFFICE = "6a1f2c34-0000-4000-8000-000000000002"
PLACE = "6a1f2c34-0000-4000-8000-000000000003"


def language_cafe(**fields):
    """A full service of HSDS 3.0."""
    record = {
        "id": SERVICE,
        "name": "Language café",
        "alternate_name": "Kielikahvila",
        "description": "Speak Finnish over a cup of coffee.\n\nNo need to sign up.",
        "url": "https://example.org/cafe",
        "email": "info@example.org",
        "status": "active",
        "application_process": "Just come.",
        "eligibility_description": "For everybody who learns Finnish.",
        "minimum_age": "16",
        "maximum_age": None,
        "fees_description": "Free of charge",
        "wait_time": "None to speak of.",
        "last_modified": "2026-10-01T10:00:00.000Z",
        "organization": {"id": OFFICE, "name": "Friends of Raisio", "description": "A society."},
        "phones": [
            {"id": "p1", "number": "+358 2 123 456", "type": "voice", "description": "Office",
             "extension": 7},
            {"id": "p2", "number": "+358 2 123 457", "type": "fax"},
        ],
        "languages": [{"id": "l1", "name": "Somali"}, {"id": "l2", "code": "fin"}],
        "service_areas": [{"id": "a1", "name": "Raisio and Naantali", "extent_type": "other"}],
        "contacts": [{"id": "c1", "name": "Aino Virtanen", "email": "aino.virtanen@example.org",
                      "phones": [{"id": "p3", "number": "+358 40 111 2222"}]}],
        "service_at_locations": [
            {
                "id": PLACE,
                "schedules": [
                    {"id": "s1", "freq": "WEEKLY", "byday": "MO,WE", "opens_at": "17:00",
                     "closes_at": "1900"}
                ],
                "location": {
                    "id": "loc1", "location_type": "physical", "name": "Library of Raisio",
                    "latitude": "60.4861", "longitude": 22.1694,
                    "addresses": [{"id": "ad1", "address_1": "Eeronkuja 2", "city": "Raisio",
                                   "state_province": "", "postal_code": "21200",
                                   "country": "FI", "address_type": "physical"}],
                    "accessibility": [{"id": "ac1", "description": "A ramp at the door."}],
                },
            }
        ],
        "attributes": [{"id": "at1", "taxonomy_term": {"id": "t1", "name": "Language courses"}}],
    }  # fmt: skip
    return {**record, **fields}


def write_json(path, data):
    """Write a JSON file, and give its path as a text."""
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return str(path)


def read_json(tmp_path, *records, municipality=None):
    """What the importer reads of these records in a file."""
    return hsds.read(write_json(tmp_path / "raisio.json", list(records)), municipality)


def write_tables(folder, **tables):
    """Write CSV files, each with a heading and rows."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder
