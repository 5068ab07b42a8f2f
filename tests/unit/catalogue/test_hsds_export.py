import csv
import io
import json
import zipfile
from datetime import date

import pytest

from assistant.catalogue import import_source
from assistant.catalogue.export import ExportFailed, export
from assistant.catalogue.export_hsds import full_service, key_of
from assistant.catalogue.export_hsds_hours import schedules_of
from assistant.catalogue.importers.hsds.hours import hours_of
from assistant.catalogue.model import (
    Address,
    Batch,
    Channel,
    Connection,
    Hours,
    HoursRule,
    Organization,
    Phone,
    Service,
    Source,
)

from .conftest import put, service, shared
from .hsds_records import language_cafe, write_json

WEEK = [HoursRule("09:00", "16:00", day) for day in range(5)]


def schema(name):
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    folder = shared("data", "hsds", "specification", "schema")
    documents = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    # The schemas name each other by file name only.
    resolver = jsonschema.RefResolver("", documents[name], store=documents)
    return jsonschema.Draft7Validator(
        documents[name], resolver=resolver, format_checker=jsonschema.FormatChecker()
    )


def problems(records):
    validator = schema("service.json")
    return [
        f"{record['name']}: {'/'.join(map(str, error.path))} {error.message}"
        for record in records
        for error in validator.iter_errors(record)
    ]


def library(store):
    """Store a service with everything that an exchange has to keep."""
    item = Service(
        "test:service:1",
        {"fi": "Kirjasto", "en": "Library"},
        Source("Test"),
        checked="2026-11-01",
        summaries={"fi": "Lainaa kirjoja."},
        descriptions={"fi": "Myös pelejä.\n\nTule käymään."},
        instructions={"fi": "Pyydä kortti."},
        requirements={"fi": "Kaikille."},
        keywords={"fi": ["lainaaminen"]},
        topics=["leisure", "human_contact"],
        charge="free",
        charge_info={"fi": "Kortti on maksuton."},
        languages=["fi", "sv", "so"],
        terms={"fi": "Heti."},
        age_min=7,
        organization_id="test:organization:1",
    )
    item.area.scope, item.area.municipalities = "limited", ["680", "853"]
    place = Channel(
        "test:channel:1",
        "location",
        names={"fi": "Pääkirjasto"},
        phones=[Phone("+358 2 262 0000", {"fi": "Neuvonta"})],
        addresses=[Address({"fi": "Linnankatu 2"}, "20100", {"fi": "Turku"}, "853", 60.45, 22.27)],
        hours=Hours([*WEEK, HoursRule(valid_from="2026-12-24", valid_to="2026-12-26", closed=True,
                                      exception=True)], {"fi": "Kesällä vain aamulla."}),
        accessibility={"fi": ["Ovella on luiska."]},
        descriptions={"fi": "Joen rannalla."},
    )  # fmt: skip
    page = Channel("test:channel:2", "web", urls={"fi": "https://example.org/kirjasto"})
    form = Channel("test:channel:3", "form", urls={"fi": "https://example.org/kortti"})
    office = Organization("test:organization:1", {"fi": "Turun kaupunki"}, {"fi": "Kaupunki."})
    channels = [place, page, form]
    connections = [Connection(item.id, channel.id) for channel in channels]
    store.replace("test", "one", Batch([item], channels, connections, [office]), {})
    return item


def exported(store, path, **options):
    export(store, "hsds", path, **options)
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_whole_own_catalogue_validates_against_the_official_schema(own, tmp_path):
    for language in ("fi", "en", "ar"):
        records = exported(own, tmp_path / "out.json", language=language)
        assert len(records) == own.count() and problems(records) == []


def test_a_service_with_everything_validates(store, tmp_path):
    library(store)
    put(store, service("Vain nimi", key="2"), dataset="two")
    assert problems(exported(store, tmp_path / "out.json", language="fi")) == []


def test_what_an_import_read_validates_when_it_is_written_out(store, tmp_path):
    import_source(store, "hsds", write_json(tmp_path / "in.json", [language_cafe()]))
    assert problems(exported(store, tmp_path / "out.json")) == []


@pytest.mark.parametrize("name", ["out.json", "out.zip"])
def test_a_round_trip_keeps_what_was_there(store, tmp_path, name):
    before = library(store)
    export(store, "hsds", tmp_path / name, language="fi")
    report = import_source(store, "hsds", str(tmp_path / name))
    assert report.skipped == [] and report.kept >= 1
    after = store.get(f"hsds:out:service:{key_of(before.id)}")
    assert after.names == {"fi": "Kirjasto"}
    for field in ("summaries", "descriptions", "instructions", "requirements", "keywords", "terms",
                  "charge", "charge_info", "languages", "area", "age_min", "age_max", "checked",
                  "topics"):  # fmt: skip
        assert getattr(after, field) == getattr(before, field), field
    assert after.organization.names == {"fi": "Turun kaupunki"}


@pytest.mark.parametrize("name", ["out.json", "out.zip"])
def test_a_round_trip_keeps_places_and_pages(store, tmp_path, name):
    before = store.get(library(store).id)
    export(store, "hsds", tmp_path / name, language="fi")
    import_source(store, "hsds", str(tmp_path / name))
    after = store.get(f"hsds:out:service:{key_of(before.id)}")
    channels = {item.type: item for item in after.channels}
    for old in before.channels:
        new = channels[old.type]
        for field in ("phones", "addresses", "urls", "accessibility", "descriptions"):
            assert getattr(new, field) == getattr(old, field), (old.type, field)
        assert new.hours.rules == old.hours.rules and new.hours.raw_text == old.hours.raw_text


def test_one_language_is_written_and_named(store, tmp_path):
    library(store)
    finnish, english = (
        exported(store, tmp_path / "out.json", language=code)[0] for code in ("fi", "en")
    )
    assert (finnish["name"], english["name"]) == ("Kirjasto", "Library")
    assert "description" not in english
    assert finnish["attributes"][0]["value"] == "fi"


def test_without_the_wanted_language_the_best_other_one_is_written(store, tmp_path):
    put(store, service("Kirjasto"))
    record = exported(store, tmp_path / "out.json", language="so")[0]
    assert record["name"] == "Kirjasto" and record["attributes"][0]["value"] == "fi"


def test_only_the_services_of_a_municipality_are_written(store, tmp_path):
    put(store, service("A", municipalities=["091"]), service("B", key="2", municipalities=["853"]))
    assert [r["name"] for r in exported(store, tmp_path / "a.json", municipality="853")] == ["B"]


def test_a_uuid_of_the_source_stays_the_id():
    key = "6a1f2c34-0000-4000-8000-000000000001"
    assert key_of(f"ptv:service:{key}") == key
    assert key_of("own:service:library") == key_of("own:service:library") != key_of("own:x")


def test_the_hours_of_a_telephone_are_not_those_of_a_place():
    item = Service("x:service:1", {"en": "A"}, Source("x"))
    item.channels = [
        Channel("x:channel:1", "location", addresses=[Address({"en": "Street 1"})]),
        Channel("x:channel:2", "phone", phones=[Phone("02 123")], hours=Hours(list(WEEK))),
    ]
    record = full_service(item, "en")
    assert "schedules" not in record and "09:00-16:00" in record["phones"][0]["description"]


def test_a_place_with_two_addresses_becomes_two_places():
    item = Service("x:service:1", {"en": "A"}, Source("x"))
    addresses = [Address({"en": "Street 1"}), Address({"en": "Street 2"})]
    item.channels = [Channel("x:channel:1", "location", addresses=addresses)]
    places = full_service(item, "en")["service_at_locations"]
    assert len({place["id"] for place in places} | {p["location"]["id"] for p in places}) == 4


@pytest.mark.parametrize(
    "hours",
    [
        Hours(always_open=True),
        Hours(list(WEEK)),
        Hours([HoursRule("20:00", "02:00", 4, 1)]),
        Hours([HoursRule("09:00", "12:00", 0, weeks="odd"), HoursRule("9:00", "12:00", 1)][:1]),
        Hours([HoursRule("09:00", "12:00", 0, weeks="even", valid_from="2026-01-01")]),
        Hours([HoursRule("09:00", "12:00", 3, on_reservation=True)]),
        Hours([HoursRule("10:00", "14:00", valid_from="2026-12-06", valid_to="2026-12-06",
                         exception=True)]),
        Hours(raw_text={"en": "When the flag is up"}),
    ],
)  # fmt: skip
def test_hours_come_back_as_they_were(hours):
    assert hours_of(schedules_of(hours, "en", str), "en") == hours


def test_named_days_are_written_as_their_dates():
    rule = HoursRule(closed=True, exception=True, holiday="christmas_eve")
    records = schedules_of(Hours([rule]), "en", str, date(2026, 11, 24))
    assert [(item["valid_from"], item["description"]) for item in records] == [
        ("2026-12-24", "Closed")
    ]


def test_every_table_of_the_package_is_described(own, tmp_path):
    assert export(own, "hsds", tmp_path / "out.zip", language="fi") == own.count()
    with zipfile.ZipFile(tmp_path / "out.zip") as package:
        description = json.loads(package.read("datapackage.json"))
        for resource in description["resources"]:
            rows = csv.reader(io.StringIO(package.read(resource["path"]).decode()))
            fields = [item["name"] for item in resource["schema"]["fields"]]
            assert next(rows) == fields and all(len(row) == len(fields) for row in rows)
    assert description["language"] == "fi"


def test_an_export_that_fails_leaves_the_old_file(store, tmp_path, monkeypatch):
    path = tmp_path / "out.json"
    path.write_text("old")
    library(store)
    from assistant.catalogue import export_hsds

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export_hsds, "full_service", full)
    with pytest.raises(ExportFailed, match="No space left"):
        export(store, "hsds", path)
    assert path.read_text() == "old" and list(tmp_path.glob(".out*")) == []


def test_services_are_written_one_after_the_other(store, tmp_path, monkeypatch):
    put(store, *(service(f"Palvelu {n}", key=str(n)) for n in range(30)))
    alive, most = 0, 0

    class Counted(dict):
        def __del__(self):
            nonlocal alive
            alive -= 1

    from assistant.catalogue import export_hsds

    real = export_hsds.full_service

    def counting(item, language):
        nonlocal alive, most
        alive += 1
        most = max(most, alive)
        return Counted(real(item, language))

    monkeypatch.setattr(export_hsds, "full_service", counting)
    for name in ("out.json", "out.zip"):
        assert export(store, "hsds", tmp_path / name) == 30
    assert most <= 3
