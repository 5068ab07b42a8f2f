import json
import random

import pytest

from assistant.catalogue import import_source
from assistant.catalogue.importers.base import ImportFailed
from assistant.catalogue.importers.hsds import importer as hsds
from assistant.catalogue.importers.hsds.topics import hsds_topics
from assistant.catalogue.importers.hsds.values import (
    area_of,
    cost_of,
    day,
    language_iso,
    text_of,
)
from assistant.catalogue.model import HoursRule, Phone, unpacked

from .conftest import shared
from .hsds_records import OFFICE, PLACE, SERVICE, language_cafe, read_json, write_json

SAMPLES = ("specification/examples", "mock-hsds-api/data", "uk-profile/examples")


def accounted(reading):
    return reading.read == len(reading.batch.counted()) + len(reading.skipped)


def only(reading):
    assert len(reading.batch.services) == 1, reading.skipped
    return reading.batch.services[0]


def reasons(reading):
    return [item.reason for item in reading.skipped]


# A full service ------------------------------------------------------------------------------


def test_the_texts_of_a_full_service_are_read(tmp_path):
    service = only(read_json(tmp_path, language_cafe()))
    assert service.id == f"hsds:raisio:service:{SERVICE}"
    assert service.names == {"en": "Language café"}
    assert service.alt_names == {"en": "Kielikahvila"}
    assert service.summaries == {"en": "Speak Finnish over a cup of coffee."}
    assert service.descriptions == {"en": "No need to sign up."}
    assert service.instructions == {"en": "Just come."}
    assert service.requirements == {"en": "For everybody who learns Finnish."}
    assert service.terms == {"en": "None to speak of."}
    assert (service.age_min, service.age_max) == (16, None)
    assert service.checked == "2026-10-01"


def test_charge_languages_area_and_topics_are_read(tmp_path):
    service = only(read_json(tmp_path, language_cafe()))
    assert service.charge == "free" and service.charge_info == {}
    assert service.languages == ["so", "fi"]
    assert service.area.municipalities == ["529", "680"]
    assert service.topics == ["training_and_language_courses"]
    assert service.keywords == {"en": ["Language courses"]}


def test_a_place_has_its_address_hours_and_accessibility(tmp_path):
    reading = read_json(tmp_path, language_cafe())
    place = next(item for item in reading.batch.channels if item.type == "location")
    assert place.id == f"hsds:raisio:channel:{PLACE}"
    assert place.names == {"en": "Library of Raisio"}
    address = place.addresses[0]
    assert (address.street, address.postal_code) == ({"en": "Eeronkuja 2"}, "21200")
    assert (address.municipality, address.latitude) == ("680", 60.4861)
    assert place.hours.rules == [HoursRule("17:00", "19:00", 0), HoursRule("17:00", "19:00", 2)]
    assert place.accessibility == {"en": ["A ramp at the door."]}


def test_an_extension_is_told_and_a_fax_is_left_out(tmp_path):
    reading = read_json(tmp_path, language_cafe())
    phones = [phone for item in reading.batch.channels for phone in item.phones]
    assert phones == [Phone("+358 2 123 456", {"en": "Office (ext. 7)"})]


def test_contact_persons_are_left_out_of_records_and_payloads(tmp_path):
    reading = read_json(tmp_path, language_cafe())
    payload = json.dumps(unpacked(reading.batch.payloads[only(reading).id]))
    everything = payload + repr(reading.batch.channels) + repr(reading.batch.services)
    assert "Virtanen" not in everything and "111 2222" not in everything
    assert "1 contact persons were left out" in reading.notes


def test_the_number_of_a_contact_that_names_no_person_is_kept(tmp_path):
    contact = {"id": "c", "title": "Reception", "phones": [{"id": "p", "number": "02 123"}]}
    reading = read_json(tmp_path, language_cafe(phones=[], contacts=[contact]))
    assert [phone.number for item in reading.batch.channels for phone in item.phones] == ["02 123"]


def test_a_virtual_place_and_a_box_are_not_visited(tmp_path):
    virtual = {"id": "v", "location": {"id": "v", "location_type": "virtual",
                                       "url": "https://example.org/call"}}  # fmt: skip
    box = {"id": "b", "location": {"id": "b", "location_type": "physical", "addresses": [
        {"id": "x", "address_1": "PL 12", "city": "Turku", "address_type": "postal"}]}}  # fmt: skip
    reading = read_json(tmp_path, language_cafe(service_at_locations=[virtual, box]))
    kinds = {item.type: item for item in reading.batch.channels if item.id.endswith(":v")}
    assert kinds["web"].urls == {"en": "https://example.org/call"}
    assert not any(item.addresses for item in reading.batch.channels)


def test_the_hours_of_a_service_are_those_of_places_that_have_none(tmp_path):
    schedule = {"id": "s", "freq": "WEEKLY", "byday": "FR", "opens_at": "9", "closes_at": "12"}
    place = {"id": "p", "location": {"id": "l", "name": "Hall"}}
    record = language_cafe(schedules=[schedule], service_at_locations=[place])
    reading = read_json(tmp_path, record)
    hall = next(item for item in reading.batch.channels if item.type == "location")
    assert hall.hours.rules == [HoursRule("09:00", "12:00", 4)]


def test_the_language_of_a_record_is_what_its_attribute_says(tmp_path):
    attribute = {"id": "x", "link_type": "language", "value": "fi"}
    service = only(read_json(tmp_path, language_cafe(attributes=[attribute])))
    assert service.names == {"fi": "Language café"} and service.topics == []


def test_the_municipality_is_the_area_where_no_area_is_known(tmp_path):
    area = [{"id": "a", "name": "All of MyCity"}]
    service = only(read_json(tmp_path, language_cafe(service_areas=area), municipality="091"))
    assert service.area.municipalities == ["091"]
    assert service.id.startswith("hsds:091:service:")


def test_without_any_area_the_places_say_where_it_is(tmp_path):
    assert only(read_json(tmp_path, language_cafe(service_areas=None))).area.municipalities == [
        "680"
    ]


# Required fields and status -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": None}, "the service has no id"),
        ({"id": {"a": 1}}, "the service has no id"),
        ({"name": ""}, "the service has no name"),
        ({"name": ["x"]}, "the service has no name"),
        ({"status": None}, "the service has no status"),
        ({"status": "open"}, "its status is 'open', which HSDS does not know"),
    ],
)
def test_a_service_without_a_required_field_is_rejected_with_the_reason(tmp_path, fields, reason):
    reading = read_json(tmp_path, language_cafe(**fields))
    assert reasons(reading) == [reason] and reading.batch.services == []
    assert accounted(reading)


def test_a_service_that_cannot_be_read_is_still_seen(tmp_path):
    reading = read_json(tmp_path, language_cafe(name=None))
    assert reading.seen == {f"hsds:raisio:service:{SERVICE}"}


@pytest.mark.parametrize("status", ["inactive", "Defunct", "temporarily closed"])
def test_a_service_that_is_not_offered_is_withdrawn(tmp_path, store, status):
    path = write_json(tmp_path / "raisio.json", [language_cafe()])
    assert import_source(store, "hsds", path).kept == 1
    write_json(tmp_path / "raisio.json", [language_cafe(status=status)])
    report = import_source(store, "hsds", path)
    assert report.withdrawn == 1 and report.skipped[0].reason == f"its status is {status.lower()!r}"


@pytest.mark.parametrize(("field", "word"), [("id", "id"), ("name", "name")])
def test_an_organisation_without_id_or_name_is_rejected(tmp_path, field, word):
    record = {"id": OFFICE, "name": "Office", "website": "https://example.org", field: ""}
    assert reasons(read_json(tmp_path, record)) == [f"the organisation has no {word}"]


def test_one_bad_field_loses_the_field_and_not_the_record(tmp_path):
    bad = language_cafe(
        url="example/cafe",
        email="info-example_org",
        minimum_age="old enough",
        phones="none",
        languages={"x": 1},
        service_areas=7,
        cost_options=[None, "x"],
        schedules=[[]],
        description={"en": "x"},
    )
    service = only(read_json(tmp_path, bad))
    assert service.names and service.age_min is None and service.languages == []


# Shapes of JSON -------------------------------------------------------------------------------


def test_a_page_of_a_list_is_read_and_a_missing_page_is_noticed(tmp_path):
    page = {"total_items": 2, "total_pages": 2, "page_number": 1, "contents": [language_cafe()]}
    reading = hsds.read(write_json(tmp_path / "list.json", page), None)
    assert only(reading) and reading.complete is False


def test_an_organisation_brings_its_services(tmp_path):
    service = language_cafe()
    del service["organization"]
    record = {"id": OFFICE, "name": "Friends", "description": "x", "services": [service]}
    reading = read_json(tmp_path, record)
    assert only(reading).organization_id == f"hsds:raisio:organization:{OFFICE}"
    assert reading.read == 2 and accounted(reading)


def test_the_places_of_one_service_in_several_records_are_merged(tmp_path):
    service = {"id": "s", "name": "Club", "status": "active"}
    records = [
        {"id": f"p{n}", "location": {"id": f"l{n}", "name": f"Hall {n}"}, "service": service}
        for n in (1, 2)
    ]
    reading = read_json(tmp_path, *records)
    assert only(reading) and len(reading.batch.connections) == 2
    assert reading.read == 1 and accounted(reading)


def test_a_list_and_the_full_record_of_a_service_become_one(tmp_path):
    brief = {"id": SERVICE, "name": "Language café", "status": "active", "fees": "Free"}
    reading = read_json(tmp_path, brief, language_cafe())
    assert only(reading).languages == ["so", "fi"]
    assert reasons(reading) == ["the same service again: what it adds was merged into the first"]
    assert accounted(reading)


def test_open_referral_uk_v1_is_read(tmp_path):
    # The first version of Open Referral UK, by hand after the names of its fields.
    record = {
        "id": "9", "name": "Swimming", "status": "active", "fees": "£3.50 a visit",
        "assured_date": "24/11/2026 00:00:00",
        "organization": {"id": "5", "name": "City pools", "url": "https://example.org"},
        "eligibilitys": [{"id": "1", "eligibility": "Beginners", "minimum_age": 7}],
        "regular_schedules": [{"id": "1", "byday": "SA", "freq": "WEEKLY",
                               "opens_at": "09:00:00", "closes_at": "12:00:00"}],
        "holiday_schedules": [{"id": "1", "closed": True, "start_date": "2026-12-24",
                               "end_date": "2026-12-26"}],
        "languages": [{"id": "1", "language": "English; Finnish"}],
        "service_areas": [{"id": "1", "service_area": "Turku"}],
        "service_taxonomys": [{"id": "1", "taxonomy": {"id": "x", "name": "Sport",
                                                       "vocabulary": "x"}}],
        "service_at_locations": [{"id": "2", "location": {
            "id": "3", "name": "Pool", "latitude": 60.45, "longitude": 22.26,
            "physical_addresses": [{"id": "4", "address_1": "Rehtorinpellonkatu 4",
                                    "city": "Turku", "postal_code": "20500"}],
            "accessibility_for_disabilities": [{"id": "1", "accessibility": "A lift."}]}}],
    }  # fmt: skip
    reading = hsds.read(
        write_json(tmp_path / "v1.json", {"totalPages": 1, "number": 1, "content": [record]}), None
    )
    service, place = only(reading), reading.batch.channels[0]
    assert service.checked == "2026-11-24" and service.charge == "charged"
    assert (service.requirements, service.age_min) == ({"en": "Beginners"}, 7)
    assert service.languages == ["en", "fi"] and service.topics == ["leisure"]
    assert service.area.municipalities == ["853"]
    assert place.addresses[0].municipality == "853" and place.accessibility == {"en": ["A lift."]}
    assert [rule.exception for rule in place.hours.rules] == [False, True]


def test_terms_taxonomies_places_and_schemas_are_reported_as_what_they_are(tmp_path):
    others = [
        {"id": "1", "name": "Housing", "description": "x", "taxonomy": "x"},
        {"id": "2", "name": "AIRS", "description": "x", "uri": "http://x", "version": "1"},
        {"id": "3", "location_type": "physical", "name": "Hall"},
        {"name": "service", "type": "object", "properties": {}},
        "text",
    ]
    assert reasons(read_json(tmp_path, *others)) == [
        "a term of a taxonomy, not a service",
        "a taxonomy, not a service",
        "a place without a service",
        "a description of the format, not data",
        "not an object",
    ]


def test_a_file_without_records_fails_clearly(tmp_path):
    path = tmp_path / "empty.json"
    path.write_text("[]")
    with pytest.raises(ImportFailed, match="empty.json"):
        hsds.read(str(path), None)


def test_a_broken_file_in_a_folder_is_reported_and_the_others_are_read(tmp_path):
    write_json(tmp_path / "good.json", language_cafe())
    (tmp_path / "bad.json").write_text("<html><body>busy</body></html>")
    reading = hsds.read(str(tmp_path), None)
    assert only(reading) and accounted(reading) and reading.complete is False
    assert reading.skipped[0].record == "bad.json"


# Values ---------------------------------------------------------------------------------------


def test_languages_are_known_by_code_and_by_name():
    names = ("Somali", "som", "so-FI", "suomi", "العربية", "Farsi", "FIN", "ryska")
    assert [language_iso(name) for name in names] == [
        "so", "so", "so", "fi", "ar", "fa", "fi", "ru",
    ]  # fmt: skip
    assert [language_iso(value) for value in ("klingonish", "", None, 7, "xx")] == [""] * 5


def test_areas_are_municipalities_regions_or_the_whole_country():
    assert area_of([{"name": "Finland"}], []).scope == "nationwide"
    assert area_of([{"name": "x", "extent": "091"}], []).municipalities == ["091"]
    assert area_of([{"name": "City of Helsinki"}], []).municipalities == ["091"]
    assert "853" in area_of([{"name": "Varsinais-Suomi"}], []).municipalities
    assert area_of([{"name": "10"}, {"name": "AB1 2CD"}], []).municipalities == []


def test_a_charge_is_only_told_where_the_source_is_sure():
    assert cost_of({"fees": "Free."}, []) == ("free", "")
    assert cost_of({"fees": "See our page"}, []) == ("unknown", "See our page")
    assert cost_of({}, [{"amount": 0, "option": "Children"}]) == ("free", "Children: 0")
    option = {
        "amount": "35",
        "option": "Adults",
        "currency": "eur",
        "amount_description": "an hour",
    }
    assert cost_of({}, [option]) == ("charged", "Adults: 35 EUR an hour")
    assert cost_of({"fees": "Free for children, 5 € for adults"}, [])[0] == "charged"


def test_a_date_that_could_be_read_two_ways_is_not_read():
    assert day("03/04/2026") is None and day("2026-13-01") is None and day("0001-01-01") is None
    assert str(day("20261124")) == "2026-11-24"


def test_draft_content_in_a_string_gives_its_texts():
    content = json.dumps({"blocks": [{"text": "First"}, {"text": "Second"}, None], "entityMap": {}})
    assert text_of(content) == "First\nSecond"


def test_terms_have_topics_by_name_or_by_a_code_of_211():
    assert hsds_topics([("Help Find Work", "")]) == ["employment_services"]
    assert hsds_topics([("", "BH-1800.8500")]) == ["housing"]
    assert hsds_topics([("Something else", "XX-1"), ("name", "code")]) == []


# Samples and chance ---------------------------------------------------------------------------


def test_every_shared_file_is_read_with_every_record_accounted_for():
    root = shared("data", "hsds")
    files = [path for path in sorted(root.rglob("*")) if path.suffix in (".json", ".csv")]
    assert len(files) > 100
    for path in files:
        try:
            reading = hsds.read(str(path), None)
        except ImportFailed as error:
            assert path.name in str(error)
        else:
            assert accounted(reading), path


@pytest.mark.parametrize("folder", SAMPLES)
def test_a_shared_folder_has_one_service_of_one_organisation(folder):
    reading = hsds.read(str(shared("data", "hsds", *folder.split("/"))), None)
    assert only(reading).names == {"en": "Community Counselling"}
    assert [item.names["en"] for item in reading.batch.organizations] == [
        "Example Organization Inc."
    ]
    assert accounted(reading)


def _spoilt(value, chance):
    junk = (None, "", [], {}, 0, -1, True, "x" * 50, [None], {"id": None}, 1e400, "9" * 40)
    if chance.random() < 0.08:
        return chance.choice(junk)
    if isinstance(value, dict):
        return {key: _spoilt(item, chance) for key, item in value.items()}
    if isinstance(value, list):
        return [_spoilt(item, chance) for item in value]
    return value


def test_wrong_types_anywhere_never_stop_an_import(tmp_path):
    chance = random.Random(4)
    schedule = {"freq": "WEEKLY", "byday": "MO", "opens_at": "9", "closes_at": "16",
                "interval": 2, "dtstart": "2026-01-05", "count": 4, "byweekno": "1"}  # fmt: skip
    full = language_cafe(schedules=[schedule], cost_options=[{"amount": 3, "option": "x"}])
    places = {"id": "p", "location": {"id": "l"}, "service": full}
    group = {"id": "o", "name": "Office", "services": [full], "website": "x"}
    records = [_spoilt(chance.choice((full, places, group)), chance) for _ in range(400)]
    reading = read_json(tmp_path, *records)
    assert accounted(reading) and reading.batch.services
