import json
from datetime import datetime

import pytest

from assistant.catalogue import ImportFailed, SearchQuery, card, import_source, search
from assistant.catalogue.importers.base import wgs84

from .conftest import shared

# Payloads in the shape of PTV v11, written by hand after the field list of its data model.
LIBRARY = {
    "id": "11111111-1111-1111-1111-111111111111",
    "type": "Service",
    "serviceNames": [
        {"language": "fi", "value": "Kirjastopalvelut", "type": "Name"},
        {"language": "fi", "value": "Kirjasto", "type": "AlternativeName"},
        {"language": "sv", "value": "", "type": "Name"},
    ],
    "serviceDescriptions": [
        {"language": "fi", "value": "Lainaa kirjoja.", "type": "Summary"},
        {"language": "fi", "value": None, "type": "Description"},
    ],
    "serviceChargeType": "FreeOfCharge",
    "areaType": "LimitedType",
    "areas": [{"type": "Municipality", "code": "853", "municipalities": [{"code": "853"}]}],
    "languages": ["fi", "sv", "ar"],
    "serviceClasses": [{"code": "P25.1", "name": [{"language": "fi", "value": "Kirjastot"}]}],
    "keywords": [{"language": "fi", "value": "lainaaminen"}],
    "serviceChannels": [
        {"serviceChannel": {"id": "22222222-2222-2222-2222-222222222222", "name": "Pääkirjasto"}}
    ],
    "organizations": [
        {"organization": {"id": "33333333-3333-3333-3333-333333333333", "name": "Turun kaupunki"},
         "roleType": "Responsible"}
    ],
    "publishingStatus": "Published",
    "modified": "2026-10-01T12:00:00",
}  # fmt: skip
PLACE = {
    "id": "22222222-2222-2222-2222-222222222222",
    "serviceChannelType": "ServiceLocation",
    "serviceChannelNames": [{"language": "fi", "value": "Pääkirjasto", "type": "Name"}],
    "phoneNumbers": [
        {"type": "Phone", "prefixNumber": "+358", "number": "22620000", "language": "fi",
         "serviceChargeType": "Charged", "additionalInformation": "Neuvonta"},
        {"type": "Fax", "prefixNumber": "+358", "number": "22620001", "language": "fi"},
        {"type": "Phone", "prefixNumber": None, "isFinnishServiceNumber": True,
         "number": "116117", "language": "fi"},
    ],
    "emails": [{"language": "fi", "value": "matti.meikalainen@turku.fi"}],
    "webPages": [{"language": "fi", "url": "https://www.turku.fi/kirjasto"}],
    "addresses": [
        {"type": "Location", "subType": "Single", "streetAddress": {
            "street": [{"language": "fi", "value": "Linnankatu"}], "streetNumber": "2",
            "postalCode": "20100", "postOffice": [{"language": "fi", "value": "TURKU"}],
            "municipality": {"code": "853"},
            "latitude": "6711395", "longitude": "239645", "coordinateState": "Ok"}},
        {"type": "Postal", "subType": "PostOfficeBox", "postOfficeBoxAddress": {}},
    ],
    "serviceHours": [
        {"serviceHourType": "DaysOfTheWeek", "validForNow": True, "openingHour": [
            {"dayFrom": "Monday", "dayTo": "Friday", "from": "09:00:00", "to": "20:00:00"},
            {"dayFrom": "Saturday", "dayTo": "", "from": "10:00:00", "to": "16:00:00"}]},
        {"serviceHourType": "Exceptional", "validFrom": "2026-12-06T00:00:00",
         "validTo": "2026-12-06T00:00:00", "isClosed": True, "openingHour": []},
    ],
    "services": None,
    "publishingStatus": "Published",
}  # fmt: skip
TOWN = {
    "id": "33333333-3333-3333-3333-333333333333",
    "organizationType": "Municipality",
    "municipality": {"code": "853"},
    "organizationNames": [{"language": "fi", "value": "Turun kaupunki", "type": "Name"}],
    "publishingStatus": "Published",
}
LIBRARY_ID = "ptv:service:11111111-1111-1111-1111-111111111111"
TUESDAY = datetime(2026, 11, 24, 10, 0)


def page(*items, number=1, count=1):
    return {"pageNumber": number, "pageSize": 100, "pageCount": count, "itemList": list(items)}


def write(folder, name, data):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return str(path)


@pytest.fixture
def turku(tmp_path, store):
    write(tmp_path / "turku", "services.json", page(LIBRARY))
    write(tmp_path / "turku", "channels.json", page(PLACE))
    write(tmp_path / "turku", "organizations.json", [TOWN])
    return import_source(store, "ptv", str(tmp_path / "turku"))


def test_a_folder_gives_services_with_their_channels(turku, store):
    shown = card(store.get(LIBRARY_ID), "fi", TUESDAY)
    assert (turku.read, turku.kept, turku.skipped) == (3, 3, [])
    assert shown["title"] == "Kirjastopalvelut" and shown["summary"] == "Lainaa kirjoja."
    assert shown["provider"] == "Turun kaupunki" and shown["municipality"] == "853"
    assert shown["address"] == "Linnankatu 2, 20100 TURKU"
    assert shown["url"] == "https://www.turku.fi/kirjasto"
    assert (shown["open_now"], shown["hours_today"], shown["cost"]) == (True, "9–20", "free")
    assert shown["checked"] == "2026-10-01"


def test_phones_have_no_fax_and_keep_service_numbers(turku, store):
    phones = card(store.get(LIBRARY_ID), "fi", TUESDAY)["phones"]
    assert [phone["number"] for phone in phones] == ["+358 2 2620000", "116117"]


def test_coordinates_become_wgs84(turku, store):
    address = store.get(LIBRARY_ID).channels[0].addresses[0]
    assert (round(address.latitude, 1), round(address.longitude, 1)) == (60.5, 22.3)


def test_an_exceptional_day_is_closed(turku, store):
    shown = card(store.get(LIBRARY_ID), "fi", datetime(2026, 12, 6, 12, 0))
    assert (shown["open_now"], shown["hours_today"]) == (False, None)


def test_no_address_of_a_person_is_kept(turku, store, tmp_path):
    store.close()
    content = b"".join(path.read_bytes() for path in tmp_path.glob("catalogue.db*"))
    assert b"meikalainen" not in content


def test_a_service_class_gives_the_topic(turku, store):
    assert store.get(LIBRARY_ID).topics == ["leisure"]


def test_the_service_is_found_in_its_municipality_only(turku, store):
    def ids(code):
        return [f.service.id for f in search(store, SearchQuery("kirjasto", municipality=code))]

    assert ids("853") == [LIBRARY_ID] and ids("091") == []


@pytest.mark.parametrize(
    "wrap",
    [
        lambda items: page(*items),
        lambda items: items,
        lambda items: {"services": items},
        lambda items: items[0],
        lambda items: "\ufeff" + json.dumps(items),
    ],
    ids=["page", "array", "object of arrays", "single record", "byte order mark"],
)
def test_every_wrapping_is_read(wrap, store, tmp_path):
    import_source(store, "ptv", write(tmp_path, "a.json", wrap([LIBRARY])))
    assert store.get(LIBRARY_ID)


def test_jsonl_skips_a_broken_line_and_reads_the_rest(store, tmp_path):
    text = f"{json.dumps(LIBRARY)}\n{{broken\n"
    report = import_source(store, "ptv", write(tmp_path, "a.jsonl", text))
    assert (report.read, report.kept) == (2, 1)
    assert report.skipped[0].record == "a.jsonl, line 2"


@pytest.mark.parametrize(
    "area_type, scope",
    [
        ("Nationwide", "nationwide"),
        ("WholeCountry", "nationwide"),
        ("NationwideExceptAlandIslands", "nationwide_ex_aland"),
        ("WholeCountryExceptAlandIslands", "nationwide_ex_aland"),
        ("AreaType", "limited"),
    ],
)
def test_every_spelling_of_the_area_is_read(area_type, scope, store, tmp_path):
    import_source(store, "ptv", write(tmp_path, "a.json", [{**LIBRARY, "areaType": area_type}]))
    assert store.get(LIBRARY_ID).area.scope == scope


def test_a_region_is_expanded_to_its_municipalities(store, tmp_path):
    data = {**LIBRARY, "areas": [{"type": "Region", "code": "02"}]}
    import_source(store, "ptv", write(tmp_path, "a.json", [data]))
    codes = store.get(LIBRARY_ID).area.municipalities
    assert "853" in codes and "091" not in codes


@pytest.mark.parametrize(
    "charge, cost",
    [("Chargeable", "charged"), ("Charged", "charged"), ("Free", "free"), (None, "unknown")],
)
def test_every_spelling_of_the_charge_is_read(charge, cost, store, tmp_path):
    data = {**LIBRARY, "serviceChargeType": charge}
    import_source(store, "ptv", write(tmp_path, "a.json", [data]))
    assert store.get(LIBRARY_ID).charge == cost


def test_old_spellings_of_texts_hours_and_classes_are_read(store, tmp_path):
    data = {
        **LIBRARY,
        "serviceDescriptions": [{"language": "fi", "value": "Lyhyt", "type": "ShortDescription"}],
        "serviceClasses": [{"uri": "http://urn.fi/URN:NBN:fi:au:ptvl:v1199"}],
    }
    hours = [
        {"serviceHourType": "Standard", "openingHour": PLACE["serviceHours"][0]["openingHour"]}
    ]
    write(tmp_path / "old", "a.json", [data, {**PLACE, "serviceHours": hours}])
    import_source(store, "ptv", str(tmp_path / "old"))
    found = store.get(LIBRARY_ID)
    assert found.summaries == {"fi": "Lyhyt"} and found.topics == ["leisure"]
    assert card(found, "fi", TUESDAY)["open_now"] is True


def test_a_general_description_fills_what_the_service_leaves_out(store, tmp_path):
    general = {
        "id": "44444444-4444-4444-4444-444444444444",
        "generalDescriptionType": "Municipality",
        "names": [{"language": "fi", "value": "Kirjasto", "type": "Name"}],
        "descriptions": [
            {"language": "fi", "value": "Yleinen kuvaus", "type": "Description"},
            {"language": "fi", "value": "Yleinen tiivistelmä", "type": "Summary"},
        ],
        "serviceClasses": [{"code": "P25.1"}],
    }
    bare = {**LIBRARY, "generalDescriptionId": general["id"], "serviceClasses": []}
    report = import_source(store, "ptv", write(tmp_path, "a.json", [bare, general]))
    found = store.get(LIBRARY_ID)
    assert found.descriptions == {"fi": "Yleinen kuvaus"}
    assert found.summaries == {"fi": "Lainaa kirjoja."} and found.topics == ["leisure"]
    assert (report.read, report.kept) == (1, 1)


def test_a_connection_known_only_to_the_channel_is_read(store, tmp_path):
    alone = {**LIBRARY, "serviceChannels": None}
    place = {**PLACE, "services": [{"service": {"id": LIBRARY["id"], "name": "Kirjasto"}}]}
    import_source(store, "ptv", write(tmp_path, "a.json", [alone, place]))
    assert len(store.get(LIBRARY_ID).channels) == 1


def test_special_hours_of_a_connection_win(store, tmp_path):
    special = [{"serviceHourType": "DaysOfTheWeek", "openingHour": [
        {"dayFrom": "Tuesday", "from": "12:00:00", "to": "13:00:00"}]}]  # fmt: skip
    connection = {**LIBRARY["serviceChannels"][0], "serviceHours": special}
    data = [{**LIBRARY, "serviceChannels": [connection]}, PLACE]
    import_source(store, "ptv", write(tmp_path, "a.json", data))
    assert card(store.get(LIBRARY_ID), "fi", TUESDAY)["hours_today"] == "12–13"


def test_hours_over_midnight_are_read(store, tmp_path):
    night = {"dayFrom": "Friday", "dayTo": "Monday", "from": "16:00:00", "to": "08:00:00"}
    hours = [{"serviceHourType": "OverMidnight", "openingHour": [night]}]
    data = [LIBRARY, {**PLACE, "serviceHours": hours}]
    import_source(store, "ptv", write(tmp_path, "a.json", data))
    assert card(store.get(LIBRARY_ID), "fi", datetime(2026, 11, 29, 12, 0))["open_now"] is True


@pytest.mark.parametrize(
    "record, reason",
    [
        ({**LIBRARY, "id": None}, "no id"),
        ({**LIBRARY, "serviceNames": []}, "no name"),
        ({**LIBRARY, "publishingStatus": "Draft"}, "not published"),
        ({**PLACE, "serviceChannelType": "Pigeon"}, "unknown channel type"),
        ({"id": "5", "languageVersions": {}}, "PTV v12 that is no service"),
        ({"id": "6", "colour": "red"}, "not a record of PTV"),
        ("text", "not an object"),
        ({**LIBRARY, "id": "7", "legislation": 1, "serviceNames": 5}, "no name"),
    ],
)  # fmt: skip
def test_a_bad_record_is_skipped_with_its_reason_and_the_rest_is_read(
    record, reason, store, tmp_path
):
    other = {**LIBRARY, "id": "88888888-8888-8888-8888-888888888888"}
    report = import_source(store, "ptv", write(tmp_path, "a.json", [record, other]))
    assert report.kept == 1 and reason in report.skipped[0].reason


@pytest.mark.parametrize("value", [None, "text", 5, True, [], {}, [None], ["text"], [{}], [[1]]])
@pytest.mark.parametrize("field", sorted({*LIBRARY, *PLACE, *TOWN} - {"id"}))
def test_no_value_of_a_field_breaks_an_import(field, value, store, tmp_path):
    records = [{**record, field: value} for record in (LIBRARY, PLACE, TOWN) if field in record]
    other = {**LIBRARY, "id": "88888888-8888-8888-8888-888888888888"}
    report = import_source(store, "ptv", write(tmp_path, "a.json", [*records, other]))
    assert store.get("ptv:service:" + other["id"])
    assert not [item for item in report.skipped if "cannot be read" in item.reason]
    for found in store.all_services():
        card(found, "fi", TUESDAY)


def test_a_second_import_changes_nothing_and_encodes_nothing(store, tmp_path, encoder):
    path = write(tmp_path, "a.json", [LIBRARY, PLACE, TOWN])
    import_source(store, "ptv", path, encoder=encoder)
    encoder.encoded.clear()
    report = import_source(store, "ptv", path, encoder=encoder)
    assert (report.changed, report.unchanged, encoder.encoded) == (0, 3, [])


def test_a_vanished_service_is_withdrawn(store, tmp_path):
    other = {**LIBRARY, "id": "88888888-8888-8888-8888-888888888888"}
    path = write(tmp_path, "a.json", [LIBRARY, other])
    import_source(store, "ptv", path)
    write(tmp_path, "a.json", [LIBRARY])
    assert import_source(store, "ptv", path).withdrawn == 1


def test_a_missing_page_withdraws_nothing(store, tmp_path):
    path = write(tmp_path, "a.json", [LIBRARY])
    import_source(store, "ptv", path)
    other = {**LIBRARY, "id": "88888888-8888-8888-8888-888888888888"}
    write(tmp_path, "a.json", page(other, number=2, count=2))
    report = import_source(store, "ptv", path)
    assert report.withdrawn == 0 and "1 of 2 pages" in report.notes[0]


def test_a_dry_run_stores_nothing(store, tmp_path):
    path = write(tmp_path, "a.json", [LIBRARY])
    report = import_source(store, "ptv", path, dry_run=True)
    assert report.changed == 1 and report.dry_run and store.get(LIBRARY_ID) is None


@pytest.mark.parametrize(
    "content", ["", "{", "null", "[]", "{}", '"text"', "[1, 2]", "<html></html>", "[" * 100_000]
)
def test_a_broken_file_fails_with_one_line_that_names_it(content, store, tmp_path):
    path = write(tmp_path, "broken.json", content)
    with pytest.raises(ImportFailed) as error:
        import_source(store, "ptv", path)
    assert "broken.json" in str(error.value) and "\n" not in str(error.value)


def test_a_file_that_is_not_text_fails_clearly(store, tmp_path):
    (tmp_path / "photo.json").write_bytes(b"\x89PNG\xff\xfe\x00")
    with pytest.raises(ImportFailed, match="UTF-8"):
        import_source(store, "ptv", str(tmp_path / "photo.json"))


def test_a_broken_file_in_a_folder_is_reported_and_the_rest_is_read(store, tmp_path):
    write(tmp_path / "in", "good.json", [LIBRARY])
    write(tmp_path / "in", "bad.json", "{")
    report = import_source(store, "ptv", str(tmp_path / "in"))
    assert report.kept == 1 and report.skipped[0].record == "bad.json"


def test_a_missing_file_an_unknown_source_and_municipality_fail_clearly(store, tmp_path):
    with pytest.raises(ImportFailed, match="no such file"):
        import_source(store, "ptv", str(tmp_path / "nothing.json"))
    with pytest.raises(ImportFailed, match="unknown source"):
        import_source(store, "pdf", "x")
    with pytest.raises(ImportFailed, match="no municipality"):
        import_source(store, "ptv", "x", municipality="000")


@pytest.mark.parametrize(
    "latitude, longitude",
    [("6730000", "258000"), (258000, 6730000), ("60.632", "22.574"), ("6730000,0", "258000,0")],
)
def test_coordinates_are_recognised_by_their_range(latitude, longitude):
    assert wgs84(latitude, longitude) == pytest.approx((60.632, 22.574), abs=0.01)


@pytest.mark.parametrize(
    "latitude, longitude", [("", ""), (None, None), ("0", "0"), ("48.8", "2.3")]
)
def test_coordinates_outside_finland_are_dropped(latitude, longitude):
    assert wgs84(latitude, longitude) is None


def test_the_demonstration_catalogue_of_dvv_is_read_whole(store):
    report = import_source(store, "ptv", str(shared("data", "ptv", "demo-catalogue")))
    assert report.skipped == [] and report.kept == report.read == 700
    tax_card = search(store, SearchQuery("verokortti", language="fi"))[0].service
    assert "taxation_banking" in tax_card.topics and tax_card.channels


def test_records_of_name_and_summary_are_read_with_their_municipality(store):
    path = shared("data", "ptv", "services_turku_oulu_mikkeli_national.jsonl")
    report = import_source(store, "ptv", str(path))
    assert (report.read, report.kept, store.count()) == (1801, 1790, 1790)
    turku = search(store, SearchQuery("kirjasto", municipality="853", language="fi", limit=20))
    oulu = {"564"}
    assert turku and all(set(hit.service.area.municipalities) != oulu for hit in turku)


def test_the_model_objects_of_dvv_give_reasons_and_no_error(store):
    report = import_source(store, "ptv", str(shared("data", "ptv", "v11-model-tests")))
    assert report.kept == 0 and len(report.skipped) == report.read


def test_the_summary_of_a_report_names_what_was_skipped(store, tmp_path):
    report = import_source(store, "ptv", write(tmp_path, "a.json", [LIBRARY, {"id": "6"}]))
    lines = report.summary().split("\n")
    assert lines[0].startswith("ptv (a): 2 read, 1 kept, 1 changed") and "id 6" in lines[1]
