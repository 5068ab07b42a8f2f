import csv
import json
from datetime import date

import pytest

from assistant.catalogue import import_source
from assistant.catalogue.check import check
from assistant.catalogue.export import ExportFailed, export, export_formats
from assistant.catalogue.model import Batch, Channel, Connection, Hours, HoursRule, Phone

from .conftest import put, service


def test_every_format_is_written(own, tmp_path):
    for name in export_formats():
        assert export(own, name, tmp_path / name) == own.count()


def test_json_holds_the_whole_record(store, tmp_path):
    put(store, service("Kirjasto", topics=["leisure"]))
    export(store, "json", tmp_path / "out.json")
    record = json.loads((tmp_path / "out.json").read_text())["services"][0]
    assert record["names"] == {"fi": "Kirjasto"} and record["topics"] == ["leisure"]


def test_an_exported_table_can_be_imported_again(own, store, tmp_path):
    path = tmp_path / "out.csv"
    export(own, "csv", path, municipality="999")
    report = import_source(store, "table", str(path))
    assert report.skipped == [] and report.kept == report.read >= 25
    library = store.get("table:service:out-own-service-library")
    assert library.channels[0].hours.rules and library.channels[0].addresses


def test_a_cell_is_never_a_formula(store, tmp_path):
    put(store, service("=HYPERLINK(1)"))
    export(store, "csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as file:
        assert next(csv.DictReader(file))["name_fi"].startswith("'=")


def test_an_unknown_format_and_a_bad_path_fail_clearly(store, tmp_path):
    with pytest.raises(ExportFailed, match="choose one of csv, hsds, json"):
        export(store, "pdf", tmp_path / "x")
    with pytest.raises(ExportFailed, match="cannot be written"):
        export(store, "csv", tmp_path / "no" / "such" / "folder.csv")


def kinds(store):
    return {problem["kind"] for problem in check(store, date(2026, 11, 24))}


def test_a_bare_service_has_every_problem_of_missing_data(store):
    put(store, service())
    expected = {
        "no_topic",
        "no_summary",
        "no_provider",
        "no_contact",
        "no_date",
        "missing_language",
    }
    assert kinds(store) == expected


def test_bad_contacts_and_old_dates_are_found(store):
    item = service(checked="2024-01-01")
    channel = Channel(
        "test:channel:1",
        "phone",
        phones=[Phone("call us")],
        urls={"fi": "not a page"},
        hours=Hours([HoursRule("09:00", "16:00", 1, valid_to="2025-01-01")]),
    )
    store.replace("test", "one", Batch([item], [channel], [Connection(item.id, channel.id)]), {})
    assert {"bad_phone", "bad_url", "old", "expired_hours"} <= kinds(store)


def test_the_own_services_have_only_the_problem_of_translation(own):
    assert kinds(own) <= {"missing_language", "no_contact"}
