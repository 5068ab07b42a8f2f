import copy
import json
import random

import pytest
import yaml

from assistant.catalogue import ImportFailed, import_source
from assistant.catalogue.importers.lipas import importer as lipas
from assistant.catalogue.importers.lipas.place import fields_of, names_of, type_of
from assistant.catalogue.model import unpacked
from assistant.catalogue.municipalities import DATA
from assistant.catalogue.topics import is_need
from assistant.settings import get_settings

from .conftest import shared
from .test_servicemap_sources import ODD, broken, serving

# Payloads in the shapes of LIPAS, written by hand after the field lists of its interfaces; names,
# numbers and addresses are invented.
FIRST = {
    "sportsPlaceId": 505,
    "name": "Kuusiston uimahalli",
    "marketingName": "Vesihelmi",
    "type": {"typeCode": 3110, "name": "Uimahalli"},
    "location": {
        "address": "Uimarintie 1",
        "postalCode": "01300",
        "postalOffice": "Vantaa",
        "city": {"name": "Vantaa", "cityCode": 92},
        "coordinates": {"wgs84": {"lon": 25.04, "lat": 60.29}, "tm35fin": None},
    },
    "properties": {"infoFi": "Kaksi allasta.", "accessibilityInfo": "Allasnostin."},
    "admin": "Kunta / liikuntatoimi",
    "owner": "Kunta",
    "phoneNumber": "09 839 12345",
    "email": "uimahalli@vantaa.example",
    "www": "www.vantaa.fi/kuusisto",
    "freeUse": False,
    "lastModified": "2026-09-14 12:30:01.123",
}
SECOND = {
    "lipas-id": 506,
    "name": "Korven luontopolku",
    "name-localized": {"se": "Korvens naturstig", "en": "Korpi nature trail"},
    "status": "active",
    "event-date": "2026-05-01T22:30:00.000Z",
    "type": {"type-code": 4404},
    "owner": "city",
    "admin": "city-technical-services",
    "email": "matti.meikalainen@espoo.example",
    "reservations-link": "https://varaus.example/polku",
    "location": {
        "address": "Korventie",
        "postal-code": "02820",
        "city": {"city-code": 49, "neighborhood": "Nuuksio"},
        "geometries": {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {
                        "type": "LineString",
                        "coordinates": [[24.55, 60.31, 40.0], [24.56, 60.32]],
                    },
                }
            ],
        },
    },
    "properties": {"free-use?": True, "info-fi": "Merkitty reitti."},
}
FEATURE = {
    "type": "Feature",
    "id": "lipas_1120_lahiliikuntapaikka.507",
    "geometry": {"type": "Point", "coordinates": [385612.0, 6672572.0]},
    "properties": {
        "nimi_fi": "Torin kenttä",
        "nimi_se": "Torgets plan",
        "tyyppikoodi": 1120,
        "tyyppi_nimi_fi": "Lähiliikuntapaikka",
        "tyyppi_nimi_en": "Neighbourhood sports area",
        "kuntanumero": "91",
        "katuosoite": "Tori 1",
        "puhelinnumero": None,
        "vapaa_kaytto": True,
        "muokattu_viimeksi": "2026-01-02 10:00:00",
        "lisatieto_fi": "Koulun piha",
    },
}


def read(tmp_path, *records, name="places.json", municipality=None):
    path = tmp_path / name
    path.write_text(json.dumps(list(records)), encoding="utf-8")
    return lipas.read(str(path), municipality)


def one(reading):
    (service,) = reading.batch.services
    return service, reading.batch.channels[0]


def test_a_place_of_the_first_interface_is_a_service_with_a_location(tmp_path):
    service, channel = one(read(tmp_path, FIRST))
    assert service.id == "lipas:service:505"
    assert service.kind == "place"
    assert service.names == {"fi": "Kuusiston uimahalli"}
    assert service.alt_names == {"fi": "Vesihelmi"}
    assert service.summaries == {"fi": "Uimahalli"}
    assert service.descriptions == {"fi": "Kaksi allasta."}
    assert service.topics == ["leisure"]
    assert service.needs == ["leisure/sports_and_swimming"]
    assert service.keywords["en"] == ["Swimming halls, pools and spas"]
    assert service.area.municipalities == ["092"]
    assert service.checked == "2026-09-14"
    assert service.charge == "unknown"
    assert channel.phones[0].number == "09 839 12345"
    assert channel.emails == ["uimahalli@vantaa.example"]
    assert channel.urls == {"fi": "https://www.vantaa.fi/kuusisto"}
    assert channel.accessibility == {"fi": ["Allasnostin."]}
    address = channel.addresses[0]
    assert (address.latitude, address.longitude) == (60.29, 25.04)
    assert (address.postal_code, address.city) == ("01300", {"fi": "Vantaa"})


def test_a_place_of_the_second_interface_has_names_by_language_and_free_use(tmp_path):
    reading = read(tmp_path, SECOND)
    service, channel = one(reading)
    assert service.names == {
        "fi": "Korven luontopolku",
        "sv": "Korvens naturstig",
        "en": "Korpi nature trail",
    }
    assert service.summaries == {"fi": "Luontopolku"}
    assert service.needs == ["leisure/nature"]
    assert service.charge == "free"
    assert service.checked == "2026-05-02"  # in Finland
    assert service.descriptions == {"fi": "Merkitty reitti."}
    assert channel.emails == []
    address = channel.addresses[0]
    assert (address.latitude, address.longitude) == (60.31, 24.55)
    assert address.city == {"fi": "Espoo", "sv": "Esbo"}
    booking = reading.batch.channels[1]
    assert (booking.type, booking.urls) == ("eservice", {"fi": "https://varaus.example/polku"})


def test_a_feature_of_the_map_services_is_a_place_with_coordinates_of_the_grid(tmp_path):
    path = tmp_path / "places.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [FEATURE]}), "utf-8")
    service, channel = one(lipas.read(str(path), None))
    assert service.id == "lipas:service:507"
    assert service.names == {"fi": "Torin kenttä", "sv": "Torgets plan"}
    assert service.summaries["en"] == "Neighbourhood sports area"
    assert service.area.municipalities == ["091"]
    assert channel.addresses[0].latitude == pytest.approx(60.1739, abs=1e-3)


def test_a_table_of_lipas_is_read_by_its_headings(tmp_path):
    path = tmp_path / "report.csv"
    path.write_text(
        "Lipas-id;Nimi suomeksi;Tyyppikoodi;Katuosoite;Postinumero;Kunta;Sähköposti;Vapaa käyttö\n"
        "508;Rannan kuntosali;2120;Rantatie 3;20100;Turku;liikunta@turku.example;kyllä\n"
        ";;;;;;;\n"
        "509;;2120;;;;;\n",
        encoding="utf-8-sig",
    )
    reading = lipas.read(str(path), None)
    service, channel = one(reading)
    assert service.id == "lipas:service:508"
    assert service.area.municipalities == ["853"]
    assert service.charge == "free"
    assert channel.emails == ["liikunta@turku.example"]
    assert [item.reason for item in reading.skipped] == ["it has no name"]
    assert reading.skipped[0].record == "report.csv, row 4"


@pytest.mark.parametrize(
    "status, reason",
    [
        ("out-of-service-permanently", "it is out of service"),
        ("out-of-service-temporarily", "it is out of service for the time being"),
        ("planned", "it is only planned"),
        ("incorrect-data", "LIPAS says that its data are wrong"),
        ("something-new", "its status is 'something-new'"),
    ],
)
def test_a_place_that_cannot_be_used_is_left_out_without_its_id(tmp_path, status, reason):
    reading = read(tmp_path, FIRST, {**SECOND, "status": status})
    assert [item.reason for item in reading.skipped] == [reason]
    assert not reading.seen
    assert reading.read == 2


def test_a_place_that_was_deleted_is_left_out(tmp_path):
    gone = {"sportsPlaceId": 4, "deletedAt": "2026-01-01 00:00:00"}
    assert read(tmp_path, FIRST, gone).skipped[0].reason == "it has been deleted"


def test_a_place_without_a_name_is_skipped_with_its_id(tmp_path):
    reading = read(tmp_path, SECOND, {"sportsPlaceId": 505})
    assert reading.skipped[0].reason == "it has no name"
    assert reading.seen == {"lipas:service:505"}


def test_the_municipality_runs_its_places_and_other_owners_have_no_name(tmp_path):
    company = {**SECOND, "lipas-id": 9, "admin": "private-company", "owner": "private-company"}
    reading = read(tmp_path, FIRST, SECOND, company)
    owners = {item.id: item.names["fi"] for item in reading.batch.organizations}
    assert owners == {
        "lipas:organization:092": "Vantaa",
        "lipas:organization:049": "Espoo",
    }
    assert reading.batch.services[2].organization_id is None


def test_the_geometry_and_addresses_of_persons_are_not_kept_with_the_payload(tmp_path):
    reading = read(tmp_path, SECOND)
    payload = unpacked(reading.batch.payloads["lipas:service:506"])
    assert "geometries" not in payload["location"]
    assert payload["email"] == ""
    assert payload["name"] == SECOND["name"]


def test_the_name_of_a_type_or_a_town_is_not_the_name_of_the_place():
    fields = fields_of({"sportsPlaceId": 1, "type": {"name": "Uimahalli"}, "location": {}})
    assert names_of(fields) == {}
    assert fields["type_name"] == "Uimahalli"


def test_a_type_that_is_not_in_the_snapshot_keeps_the_name_of_the_record():
    kind = type_of({"type_code": 9999, "type_name": {"fi": "Uusi laji", "en": "New sport"}})
    assert kind.names == {"fi": "Uusi laji", "en": "New sport"}
    assert kind.has_topic
    assert kind.needs == []


def test_maintenance_buildings_have_no_topic(tmp_path):
    service, _ = one(read(tmp_path, {**FIRST, "type": {"typeCode": 7000}}))
    assert service.topics == []


def test_the_snapshot_of_types_is_that_of_lipas_and_has_known_needs():
    snapshot = yaml.safe_load((DATA / "lipas_topics.yml").read_text("utf-8"))
    entries = [*snapshot["categories"].values(), *snapshot["types"].values()]
    assert all(is_need(need) for entry in entries for need in entry.get("needs", ()))
    types = json.loads(shared("data", "lipas", "sports-place-types.json").read_text("utf-8"))
    assert {item["typeCode"]: item["name"] for item in types} == {
        code: entry["fi"] for code, entry in snapshot["types"].items()
    }


def test_every_file_of_the_samples_is_refused_in_one_line_that_says_what_it_is():
    folder = shared("data", "lipas")
    for path in [*sorted(folder.iterdir()), folder]:
        with pytest.raises(ImportFailed, match="types and categories of places") as caught:
            lipas.read(str(path), None)
        assert "\n" not in str(caught.value)


def test_lists_of_types_beside_places_are_remarked_on(tmp_path):
    reading = read(tmp_path, FIRST, {"typeCode": 1120, "name": "Lähiliikuntapaikka"})
    assert reading.read == 1
    assert reading.notes == ["1 types and categories were not needed"]


def test_the_second_interface_is_read_page_by_page_until_one_is_not_full(monkeypatch):
    monkeypatch.setattr(get_settings(), "allow_private_sources", True)
    asked = []

    def pages(path, query, host):
        page, size = int(query["page"][0]), int(query["page-size"][0])
        asked.append(page)
        numbers = range(1, 6)[(page - 1) * size : page * size]
        return {
            "items": [{**SECOND, "lipas-id": number} for number in numbers],
            "pagination": {"total-items": 5, "total-pages": 3},
        }

    with serving(pages) as host:
        reading = lipas.read(f"{host}/v2/sports-sites?page-size=2&city-codes=49", None)
    assert asked == [1, 2, 3]
    assert len(reading.batch.services) == 5
    assert reading.complete


def test_the_first_interface_is_asked_for_all_fields():
    address = lipas.with_fields("https://lipas.example/api/sports-places?cityCodes=91")
    assert "cityCodes=91" in address
    assert "fields=location.coordinates.wgs84" in address
    own = "https://lipas.example/api/sports-places?fields=name&pageSize=5"
    assert lipas.with_fields(own) == own


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("sample", [FIRST, SECOND, FEATURE], ids=["first", "second", "feature"])
def test_an_odd_value_in_any_field_of_a_place_is_survived(tmp_path, sample, value):
    records = [{**sample, key: copy.deepcopy(value)} for key in sample]
    reading = read(tmp_path, {**FIRST, "sportsPlaceId": 1}, *records)
    assert reading.read == len(records) + 1
    assert reading.read == len(reading.batch.services) + len(reading.skipped)


def test_odd_values_anywhere_in_places_lose_at_most_the_place(tmp_path):
    chance = random.Random(92)
    for sample, key in ((FIRST, "sportsPlaceId"), (SECOND, "lipas-id"), (FEATURE, "id")):
        records = [
            {name: broken(value, chance) for name, value in sample.items()} | {key: number}
            for number in range(1, 301)
        ]
        reading = read(tmp_path, {**FIRST, "sportsPlaceId": 9000}, *records)
        assert reading.read == 301
        assert reading.read == len(reading.batch.services) + len(reading.skipped)
        assert len(reading.batch.services) > 200
        assert not [item for item in reading.skipped if "cannot be read" in item.reason]


def test_a_second_import_changes_nothing(tmp_path, store):
    path = tmp_path / "places.json"
    path.write_text(json.dumps([FIRST, SECOND]), encoding="utf-8")
    assert import_source(store, "lipas", str(path)).changed == 2
    assert import_source(store, "lipas", str(path)).unchanged == 2
