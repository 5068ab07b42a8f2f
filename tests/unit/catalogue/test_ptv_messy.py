"""Mixed, derived and broken records of PTV."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.catalogue.importers.base import ImportFailed, Reading
from assistant.catalogue.importers.files.records import Record
from assistant.catalogue.importers.ptv import importer as ptv
from assistant.catalogue.importers.ptv.importer import read

from .conftest import shared
from .ptv_records import (
    PLACE_ID,
    SERVICE_ID,
    TOWN_ID,
    is_accounted_for,
    read_records,
    said,
    v11_channel,
    v11_organization,
    v11_service,
    v12_channel,
    v12_connection,
    v12_organization,
    v12_service,
)

#: Records in the shape that Turku derives of PTV, written by hand.
PAOH_SERVICE = {
    "id": "77777777-7777-7777-7777-777777777777",
    "type": "Service",
    "subtype": "PermitOrObligation",
    "organizations": [{"id": TOWN_ID, "name": "Turun kaupunki"}],
    "name": {"fi": "Rakennuslupa", "sv": "Bygglov", "en": None},
    "descriptions": {
        "fi": [{"value": "Hae lupaa.", "type": "Summary"}, {"value": "", "type": "Description"}],
        "sv": [{"value": "Ansök.", "type": "Summary"}],
    },
    "requirement": {"fi": "Oma tontti"},
    "targetGroups": {"fi": [{"name": "Kansalaiset", "code": "KR1"}]},
    "serviceClasses": {
        "fi": [{"name": "Rakentaminen", "code": "P2.1"}],
        "sv": [{"name": "Byggande", "code": "P2.1"}],
    },
    "areas": {"fi": [{"type": "Municipality", "code": "853", "name": "Turku"}]},
}
PAOH_PLACE = {
    "id": "88888888-8888-8888-8888-888888888888",
    "type": "ServiceLocation",
    "areaType": "Nationwide",
    "organizationId": TOWN_ID,
    "serviceIds": [PAOH_SERVICE["id"]],
    "name": {"fi": "Rakennusvalvonta", "sv": "Byggnadstillsynen"},
    "descriptions": {"fi": [{"value": "Neuvoo.", "type": "Description"}]},
    "webPages": {"fi": ["https://www.turku.fi/rakennusvalvonta"]},
    "emails": {"fi": ["rakennusvalvonta@turku.fi"]},
    "phoneNumbers": {"fi": [{"number": "22624700", "prefixNumber": "+358", "type": "Phone"}]},
    "addresses": {
        "fi": [{"type": "Location", "streetName": "Puolalankatu", "streetNumber": "5",
                "postalCode": "20100", "postOffice": "TURKU", "municipalityCode": "853",
                "latitude": "6711700", "longitude": "239300"}],
        "sv": [{"type": "Location", "streetName": "Puolalagatan", "streetNumber": "5",
                "postalCode": "20100", "postOffice": "ÅBO", "municipalityCode": "853",
                "latitude": "6711700", "longitude": "239300"}],
    },
}  # fmt: skip
PLAIN = {"id": "9", "sheet": "Turku", "name": "Kirjasto", "summary": "Lainaa kirjoja."}
FLAT = {
    "id": 90, "name": "Päivähoito", "serviceToOrganization": {"responsibleOrganization": [91]},
    "serviceClass": ["Lasten päivähoito"], "municipality": ["853 Turku"], "language": ["fi"],
    "serviceToServiceChannel": {"serviceLocation": [92]}, "shortDescription": "Hoitoa.",
}  # fmt: skip
FLAT_PLACE = {
    "id": 92, "name": "Päiväkoti", "openingTimes": [{"opens": "07:00", "closes": "17:00",
    "dayOfWeek": ["1", "2"]}], "phone": [{"phone": "02 1234"}], "latitude": "6711700",
    "longitude": "239300", "visitAddress": [{"streetAddress": "Katu", "buildingNumber": "1"}],
    "email": [{"address": "paivakoti@turku.fi"}], "description": "Pieni päiväkoti.",
}  # fmt: skip


def rich_records():
    """One record of every kind and shape, with most of their fields."""
    sentences = [{"sentence": [said("Leveä.")]}]
    entrance = {
        "isMainEntrance": True,
        "coordinates": {"latitude": "6711395"},
        "accessibilitySentences": [{"sentenceGroup": [said("Ovi")], "sentences": sentences}],
    }
    address = {"type": "Location", "country": "FI", "entrances": [entrance],
               "streetAddress": {"street": [said("Katu")], "streetNumber": "1",
                                 "postalCode": "20100", "postOffice": [said("TURKU")],
                                 "municipality": {"code": "853", "name": [said("Turku")]},
                                 "latitude": "6711395", "longitude": "239645"}}  # fmt: skip
    hours = {"serviceHourType": "DaysOfTheWeek", "validFrom": "2026-01-01T00:00:00",
             "additionalInformation": [said("Huom.")],
             "openingHour": [{"dayFrom": "Monday", "dayTo": "Friday", "from": "09:00",
                              "to": "16:00"}]}  # fmt: skip
    phone = {"type": "Phone", "prefixNumber": "+358", "number": "22620000", "language": "fi",
             "additionalInformation": "Neuvonta", "serviceChargeType": "Charged"}  # fmt: skip
    connection = {"serviceChannel": {"id": PLACE_ID, "name": "Paikka"}, "serviceHours": [hours],
                  "contactDetails": {"phoneNumbers": [phone], "addresses": [address],
                                     "webPages": [{"url": "https://a.fi",
                                                   "language": "fi"}]}}  # fmt: skip
    weekly = {"type": "WeeklyUntilFurtherNoticeServiceHour", "weeklyHours": {"monday": {"hours": [
        {"start": "09:00", "end": "16:00", "openingStatus": "Open", "repetition": "OddWeeks",
         "additionalInformation": {"fi": "Huom."}}]}}}  # fmt: skip
    holiday = {"holidayName": "MayDay", "hours": [{"openingStatus": "Closed"}]}
    hours_v12 = {"hours": [weekly], "holidayServiceHours": {"holidays": [holiday]}}
    return [
        v11_service(
            serviceDescriptions=[said("Apua.", type="Summary"), said("Nyt", type="DeadLine")],
            serviceClasses=[{"code": "P22.3", "name": [said("Kielikurssit")]}],
            ontologyTerms=[{"name": [said("kielikurssit")], "uri": "http://www.yso.fi/onto/koko/p1"}],
            targetGroups=[{"code": "KR1"}],
            lifeEvents=[{"code": "KE5"}],
            keywords=[said("apua")],
            requirements=[said("Kotikunta")],
            serviceChannels=[connection],
            organizations=[{"organization": {"id": TOWN_ID, "name": "Turku"},
                            "roleType": "Responsible"}],
            generalDescriptionId="44444444-4444-4444-4444-444444444444",
        ),
        v11_channel(
            displayNameType=[{"type": "Name", "language": "fi"}],
            serviceChannelDescriptions=[said("Tervetuloa.", type="Description")],
            phoneNumbers=[phone],
            emails=[said("neuvonta@turku.fi")],
            webPages=[{"url": "https://www.turku.fi", "language": "fi"}],
            addresses=[address],
            serviceHours=[hours],
            services=[{"service": {"id": SERVICE_ID, "name": "Neuvonta"}}],
            languages=["fi"],
            accessibilityClassification=[{"accessibilityClassificationLevel": "FullyCompliant"}],
        ),
        v11_channel(
            "PrintableForm",
            id="22222222-0000-0000-0000-000000000000",
            formIdentifier=[said("1")],
            attachments=[{"name": "Ohje", "url": "https://a.fi/o.pdf", "language": "fi"}],
            deliveryAddresses=[{"receiver": [said("Kirjaamo")], "deliveryAddressInText": []}],
        ),
        v11_organization(areas=[{"type": "Region", "code": "02"}], phoneNumbers=[phone]),
        {"id": "44444444-4444-4444-4444-444444444444", "generalDescriptionType": "Municipality",
         "names": [said("Yleinen", type="Name")],
         "descriptions": [said("Yleistä.", type="Description")]},
        v12_service(contentId="66666666-6666-6666-6666-666666666666"),
        v12_channel(
            contentId="22222222-1111-1111-1111-111111111111",
            version={"contactPhoneNumbers": [{"number": "22620000", "dialCode": "+358"}],
                     "contactEmails": [{"email": "opisto@turku.fi"}]},
            location={"streetAddresses": [{"streetName": {"fi": "Katu"}, "municipality": "853",
                                           "coordinates": [{"system": "EPSG:3067",
                                                            "easting": 240301,
                                                            "northing": 6710541}]}]},
            serviceHours=hours_v12,
        ),
        v12_connection(serviceHours=hours_v12),
        v12_organization(contentId="33333333-1111-1111-1111-111111111111"),
        {"contentId": "44444444-1111-1111-1111-111111111111", "generalDescriptionType": "Church",
         "languageVersions": {"fi": {"name": "Yleinen", "description": "Yleistä."}}},
        PAOH_SERVICE,
        PAOH_PLACE,
        PLAIN,
        FLAT,
        FLAT_PLACE,
    ]  # fmt: skip


def test_every_kind_and_shape_is_read_from_one_file(tmp_path):
    reading = read_records(tmp_path, *rich_records())
    assert reading.skipped == [] and is_accounted_for(reading)
    assert len(reading.batch.services) == 5 and len(reading.batch.channels) == 5
    assert len([item for item in reading.batch.organizations if not item.name_only]) == 2
    assert len(reading.notes) == 2


def test_turkus_own_shape_is_read(tmp_path):
    reading = read_records(tmp_path, PAOH_PLACE, PAOH_SERVICE)
    service, place = reading.batch.services[0], reading.batch.channels[0]
    assert service.names == {"fi": "Rakennuslupa", "sv": "Bygglov"} and service.kind == "permit"
    assert service.summaries == {"fi": "Hae lupaa.", "sv": "Ansök."}
    assert service.requirements == {"fi": "Oma tontti"}
    assert service.classes == ["P2.1"] and service.keywords["sv"] == ["Byggande"]
    assert service.target_groups == ["KR1"] and service.area.municipalities == ["853"]
    assert place.names["sv"] == "Byggnadstillsynen" and place.emails == [
        "rakennusvalvonta@turku.fi"
    ]
    assert place.phones[0].number == "+358 22624700"
    [address] = place.addresses
    assert address.street == {"fi": "Puolalankatu 5", "sv": "Puolalagatan 5"}
    assert address.latitude and address.city == {"fi": "TURKU", "sv": "ÅBO"}
    assert reading.batch.connections[0].service_id == service.id


def test_the_json_of_an_editor_in_a_text_becomes_its_words(tmp_path):
    blocks = json.dumps({"blocks": [{"text": "Ensin"}, {"text": ""}, {"text": "sitten"}],
                         "entityMap": {}})  # fmt: skip
    record = v11_service(serviceDescriptions=[said(blocks, type="Description")])
    service = read_records(tmp_path, record).batch.services[0]
    assert service.descriptions == {"fi": "Ensin\nsitten"}


@pytest.mark.parametrize(
    "blocks", ['{"blocks": 5}', '{"blocks": [5]}', '{"blocks": [', '{"blocks"']
)
def test_broken_json_of_an_editor_loses_the_text_only(blocks, tmp_path):
    record = v11_service(serviceDescriptions=[said(blocks, type="Description")])
    reading = read_records(tmp_path, record)
    assert reading.batch.services[0].descriptions == {} and reading.skipped == []


def test_html_in_a_text_is_taken_out(tmp_path):
    record = v11_service(serviceDescriptions=[said("<p>Hae &amp; kysy</p>", type="Summary")])
    assert read_records(tmp_path, record).batch.services[0].summaries == {"fi": "Hae & kysy"}


@pytest.mark.parametrize("items", [None, []])
def test_a_page_without_items_among_others_is_nothing(items, tmp_path):
    (tmp_path / "in").mkdir()
    page = {"pageNumber": 2, "pageSize": 100, "pageCount": 2, "itemList": items}
    good = {"pageNumber": 1, "pageSize": 100, "pageCount": 2, "itemList": [v11_service()]}
    (tmp_path / "in" / "1.json").write_text(json.dumps(good))
    (tmp_path / "in" / "2.json").write_text(json.dumps(page))
    reading = read(str(tmp_path / "in"), None)
    assert reading.read == 1 and is_accounted_for(reading)


def test_a_record_without_an_id_is_listed(tmp_path):
    records = [v11_service(), v11_service(id=None), v12_channel(contentId=""), {**PLAIN, "id": []}]
    reading = read_records(tmp_path, *records)
    assert [item.reason for item in reading.skipped] == ["it has no id"] * 3
    assert is_accounted_for(reading)


def test_a_flat_service_has_its_place_and_topic(tmp_path):
    reading = read_records(tmp_path, FLAT, FLAT_PLACE)
    service, place = reading.batch.services[0], reading.batch.channels[0]
    assert service.topics == ["early_childhood_education"]
    assert reading.batch.connections[0].channel_id == place.id
    assert place.emails == ["paivakoti@turku.fi"] and place.hours.known
    assert place.descriptions == {"fi": "Pieni päiväkoti."}


@pytest.mark.parametrize(
    "part", ["services_turku_oulu_mikkeli_national.jsonl", "demo-catalogue", "v11-model-tests", "."]
)
def test_every_record_of_the_samples_is_accounted_for(part):
    reading = read(str(shared("data", "ptv", part)), None)
    assert reading.read > 0 and is_accounted_for(reading)
    assert not [item for item in reading.skipped if "cannot be read" in item.reason]


def test_code_lists_are_no_records():
    with pytest.raises(ImportFailed, match="none of the 311 records is of PTV"):
        read(str(shared("data", "ptv", "code-lists", "Municipality.json")), None)


# Broken on purpose ----------------------------------------------------------------------------

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**12),
    st.floats(),
    st.sampled_from(
        ["", "text", "2026-13-45", "9" * 400, "{", '{"blocks": [{"text": 1}]}', "\x00"]
    ),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3)), max_size=2),
    st.sampled_from([{}, {"fi": None}, {"fi": [None]}, {"id": {}}, {"code": []}, [[{}]], [{}]]),
)


def places_of(value, path=()):
    """The path of every value inside a record."""
    yield path
    if isinstance(value, (dict, list)):
        children = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in children:
            yield from places_of(item, (*path, key))


RECORDS = rich_records()
PLACES = [
    (number, place) for number, record in enumerate(RECORDS) for place in places_of(record) if place
]


def with_junk(records, number, place, junk):
    holder = records[number]
    for key in place[:-1]:
        try:
            holder = holder[key]
        except (KeyError, IndexError, TypeError):
            return  # An earlier change took the place away.
    try:
        holder[place[-1]] = junk
    except (IndexError, TypeError):
        return


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=12))
def test_no_value_anywhere_breaks_the_reading(tmp_path, changes):
    records = copy.deepcopy(RECORDS)
    for (number, place), junk in changes:
        with_junk(records, number, place, junk)
    reading = read_records(tmp_path, *records, municipality="853")
    assert is_accounted_for(reading)
    assert not [item for item in reading.skipped if "cannot be read" in item.reason]


def test_a_wrong_type_in_any_one_place_loses_no_more_than_its_record():
    for number, place in PLACES:
        for junk in (None, 5, "text", [None], {}):
            records = [copy.deepcopy(RECORDS[number])]
            with_junk(records, 0, place, junk)
            reading = read_in_memory([*records, v11_service(id="1")])
            assert is_accounted_for(reading), (number, place, junk)
            assert "ptv:service:1" in reading.service_index, (number, place, junk)
            reasons = [item.reason for item in reading.skipped]
            assert not [reason for reason in reasons if "cannot be read" in reason], (place, junk)


def read_in_memory(records):
    found = [Record(f"record {number}", data) for number, data in enumerate(records)]
    return ptv._read_all("memory", found, "853", Reading())
