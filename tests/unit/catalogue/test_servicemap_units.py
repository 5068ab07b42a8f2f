import json

import pytest

from assistant.catalogue import ImportFailed, import_source
from assistant.catalogue.importers.servicemap import importer as servicemap
from assistant.catalogue.importers.servicemap.values import phones_of, point_of, text_of, texts
from assistant.catalogue.model import unpacked

# Payloads in the shapes of TPR v4, the Service Map v2 and Turku's register, written by hand after
# the field lists of these interfaces; names, numbers and addresses are invented.
TPR = {
    "id": 901,
    "dept_id": "c311e2ea-8705-4168-a3e0-3677fede1546",
    "provider_type": "SELF_PRODUCED",
    "name_fi": "Päiväkoti Käpylintu",
    "name_sv": "Daghemmet Kottfågeln",
    "name_en": "",
    "short_desc_fi": "<p>Pieni p&auml;iv&auml;koti</p>",
    "ontologyword_ids": [663, 160],
    "ontologytree_ids": [869],
    "provided_languages": ["LANG_FI", "sv", 7],
    "northing_etrs_gk25": 6672672,
    "easting_etrs_gk25": 25495926,
    "street_address_fi": "Käpytie 3",
    "address_zip": 180,
    "address_city_fi": "HELSINKI",
    "phone": "+358 9 310 64132, 09 310 12345 / 12346",
    "call_charge_info_fi": "pvm/mpm",
    "www_fi": "www.hel.fi/kapylintu",
    "extra_searchwords_fi": "eskari, tarha",
    "accessibility_sentences": [
        {"sentence_group_fi": "Reitti", "sentence_fi": "Ei portaita.", "sentence_en": "No steps."}
    ],
    "connections": [
        {
            "section_type": "ESERVICE_LINK",
            "name_fi": "Hakemus",
            "www_fi": "https://example.fi/hae",
        },
        {"section_type": "PRICE", "name_fi": "Maksuton"},
        {"section_type": "LINKS", "name_fi": "Lisätietoa", "www_fi": "https://example.fi/tieto"},
        {"section_type": "SUBGROUP", "name_fi": "Toimisto", "phone": "09 310 99999"},
        {"section_type": "SOCIAL_MEDIA_LINK", "name_fi": "X", "www_fi": "https://x.example/y"},
    ],
    "modified_time": "2026-06-30T00:32:06",
}
V2 = {
    "id": 902,
    "name": {"fi": "Terveyspiste", "en": "Health point", "sv": None},
    "description": {"fi": "Hoitaa."},
    "location": {"type": "Point", "coordinates": [24.9265, 60.1669]},
    "services": [{"id": 5001, "name": {"fi": "Terveysasemat", "en": "Health stations"}}],
    "service_nodes": [77],
    "municipality": "vantaa",
    "street_address": {"fi": "Terveystie 1"},
    "address_zip": "01300",
    "phone": "112",
    "accessibility_shortcoming_count": {"wheelchair": 0, "rollator": 2, "stroller": None},
    "connections": None,
}
TURKU = {
    "koodi": "1453",
    "nimi_kieliversiot": {"fi": "Pääkirjasto", "sv": "Huvudbiblioteket"},
    "kuvaus_kieliversiot": {"fi": "Kirjasto keskustassa."},
    "tila": {"koodi": "1", "nimi": "Aktiivinen, julkaistu"},
    "sahkoposti": "kirjasto@turku.example",
    "puhelinnumerot": [{"maakoodi": "358", "numero": "022620000", "numerotyyppi": None}],
    "fyysinenPaikka": {
        "leveysaste": "60.4510",
        "pituusaste": "22.2690",
        "osoitteet": [
            {
                "katuosoite_fi": "Kirjatie 2",
                "postinumero": "20100",
                "postitoimipaikka_fi": "TURKU",
                "kunta": {"nimi_fi": "Turku"},
            }
        ],
        "aukioloajat": [
            {
                "aukiolotyyppi": "normaali",
                "viikonpaiva": "1-5",
                "avaamisaika": "10:00:00",
                "sulkemisaika": "19:00:00",
                "voimassaoloAlkamishetki": "",
            },
            {
                "aukiolotyyppi": "poikkeus suljettu",
                "viikonpaiva": "",
                "voimassaoloAlkamishetki": "2026-12-24",
                "voimassaoloPaattymishetki": "2026-12-26",
            },
        ],
    },
    "palvelutarjoukset": [
        {"palvelut": [{"koodi": "663", "nimi_kieliversiot": {"fi": "Kirjastopalvelut"}}]}
    ],
}


def write(folder, records, name="units.json"):
    path = folder / name
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def read(tmp_path, *records, municipality=None):
    return servicemap.read(str(write(tmp_path, list(records))), municipality)


def place(reading, kind="location"):
    return next(channel for channel in reading.batch.channels if channel.type == kind)


def test_a_unit_is_one_service_of_the_kind_place_with_one_location(tmp_path):
    reading = read(tmp_path, TPR)
    (service,) = reading.batch.services
    assert service.id == "servicemap:service:tprek-901"
    assert service.kind == "place"
    assert service.names == {"fi": "Päiväkoti Käpylintu", "sv": "Daghemmet Kottfågeln"}
    assert service.summaries == {"fi": "Pieni päiväkoti"}
    assert service.checked == "2026-06-30"
    assert service.languages == ["fi", "sv"]
    assert service.area.municipalities == ["091"]
    assert service.topics == ["early_childhood_education"]
    assert service.keywords["fi"][:2] == ["eskari", "tarha"]
    channel = place(reading)
    assert channel.id == "servicemap:channel:tprek-901"
    assert channel.urls == {"fi": "https://www.hel.fi/kapylintu"}
    assert channel.addresses[0].postal_code == "00180"
    assert channel.accessibility == {"fi": ["Ei portaita."], "en": ["No steps."]}


def test_coordinates_in_the_city_grid_are_converted_when_there_are_no_others(tmp_path):
    address = place(read(tmp_path, TPR)).addresses[0]
    assert address.latitude == pytest.approx(60.16692, abs=1e-4)
    assert address.longitude == pytest.approx(24.926613, abs=1e-4)


def test_coordinates_outside_finland_are_no_coordinates():
    assert point_of(48.85, 2.35) is None
    assert point_of("nan", "inf") is None
    assert point_of(None, {}) is None
    assert point_of(6671807, 384947) == pytest.approx((60.16692, 24.926613), abs=1e-4)


def test_each_number_of_a_list_is_a_telephone_and_the_end_of_a_number_is_not(tmp_path):
    phones = place(read(tmp_path, TPR)).phones
    numbers = [phone.number for phone in phones]
    assert numbers == ["+358 9 310 64132", "09 310 12345", "09 310 99999"]
    assert phones[0].charge == "charged"
    assert phones[0].charge_info == {"fi": "pvm/mpm"}
    assert phones[2].label == {"fi": "Toimisto"}


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("09 310 1111, 09 310 2222", ["09 310 1111", "09 310 2222"]),
        ("112", ["112"]),
        ("09 310 1111 tai 040 123 4567", ["09 310 1111", "040 123 4567"]),
        ("ks. nettisivut", []),
        ("", []),
    ],
)
def test_numbers_are_taken_out_of_a_text(text, numbers):
    assert [phone.number for phone in phones_of(text, {})] == numbers


def test_an_electronic_service_is_a_channel_of_its_own_with_a_lasting_id(tmp_path):
    first, again = read(tmp_path, TPR), read(tmp_path, TPR)
    channel = place(first, "eservice")
    assert channel.urls == {"fi": "https://example.fi/hae"}
    assert channel.names == {"fi": "Hakemus"}
    assert channel.id == place(again, "eservice").id
    assert {item.channel_id for item in first.batch.connections} == {
        "servicemap:channel:tprek-901",
        channel.id,
    }


def test_links_and_remarks_describe_the_place_and_social_media_does_not(tmp_path):
    described = place(read(tmp_path, TPR)).descriptions["fi"]
    assert "Lisätietoa: https://example.fi/tieto" in described
    assert "x.example" not in described


@pytest.mark.parametrize(
    "price, charge",
    [
        ("Maksuton", "free"),
        ("Free of charge", "free"),
        ("Aikuiset 5,50 €", "charged"),
        ("Alle 7-vuotiaat ilmaiseksi, muuten hinnaston mukaan", "unknown"),
        ("Katso hinnasto", "unknown"),
    ],
)
def test_a_place_is_free_only_if_nothing_else_is_said(tmp_path, price, charge):
    unit = {**TPR, "connections": [{"section_type": "PRICE", "name_fi": price}]}
    (service,) = read(tmp_path, unit).batch.services
    assert service.charge == charge
    assert service.charge_info == {"fi": price}


def test_the_service_map_writes_texts_by_language_and_a_geojson_point(tmp_path):
    reading = read(tmp_path, V2)
    (service,) = reading.batch.services
    assert service.names == {"fi": "Terveyspiste", "en": "Health point"}
    assert service.area.municipalities == ["092"]
    assert service.topics == ["health"]
    assert service.keywords == {"fi": ["Terveysasemat"], "en": ["Health stations"]}
    address = place(reading).addresses[0]
    assert (address.latitude, address.longitude) == (60.1669, 24.9265)
    assert address.city == {"fi": "Vantaa", "sv": "Vanda"}


def test_numbers_of_accessibility_shortcomings_are_told_in_words(tmp_path):
    told = place(read(tmp_path, V2)).accessibility["en"]
    assert told == [
        "Wheelchair: no known accessibility shortcomings",
        "Walking frame: accessibility shortcomings: 2",
    ]


def test_turkus_finnish_keys_are_read_under_ids_of_its_own(tmp_path):
    reading = read(tmp_path, TURKU)
    (service,) = reading.batch.services
    assert service.id == "servicemap:service:turku-1453"
    assert service.area.municipalities == ["853"]
    # 663 is day care in Helsinki's register; here only the name counts.
    assert service.topics == ["leisure"]
    channel = place(reading)
    assert channel.phones[0].number == "+35822620000"
    assert channel.emails == ["kirjasto@turku.example"]
    weekly = [rule.weekday for rule in channel.hours.rules if not rule.exception]
    assert weekly == [0, 1, 2, 3, 4]
    (closed,) = [rule for rule in channel.hours.rules if rule.exception]
    assert (closed.closed, closed.valid_from, closed.valid_to) == (True, "2026-12-24", "2026-12-26")


def test_a_unit_that_is_not_published_is_left_out_without_its_id(tmp_path):
    hidden = {**TURKU, "koodi": "1", "tila": {"koodi": "4"}}
    private = {**V2, "id": 5, "public": False}
    reading = read(tmp_path, TPR, hidden, private)
    assert [item.reason for item in reading.skipped] == ["it is not published", "it is not public"]
    assert not reading.seen
    assert reading.read == 3


def test_a_unit_without_a_name_is_skipped_with_its_id(tmp_path):
    nameless = {**TPR, "name_fi": None, "name_sv": " "}
    reading = read(tmp_path, nameless, V2)
    assert [item.reason for item in reading.skipped] == ["it has no name in any language"]
    assert reading.seen == {"servicemap:service:tprek-901"}


def test_the_same_unit_twice_is_read_once(tmp_path):
    reading = read(tmp_path, TPR, {**TPR, "id": "tprek:901"})
    assert len(reading.batch.services) == 1
    assert reading.skipped[0].reason == "the same id again (901)"


def test_connections_of_a_list_of_their_own_are_joined_and_kept_with_the_payload(tmp_path):
    unit = {key: value for key, value in TPR.items() if key != "connections"}
    write(tmp_path, [unit], "b_units.json")
    lines = [
        {"unit_id": 901, "section_type": "OTHER_INFO", "name_fi": "Sisäänkäynti pihalta."},
        {"unit_id": 77, "section_type": "OTHER_INFO", "name_fi": "Muualla."},
    ]
    write(tmp_path, lines, "a_connections.json")
    reading = servicemap.read(str(tmp_path), None)
    assert place(reading).descriptions == {"fi": "Sisäänkäynti pihalta."}
    payload = unpacked(reading.batch.payloads["servicemap:service:tprek-901"])
    assert payload["connections"] == [lines[0]]
    assert reading.read == 1
    assert "1 of them belong to units that are not here" in reading.notes


def test_lists_name_the_services_and_departments_that_units_refer_to(tmp_path):
    write(tmp_path, [{**TPR, "name_fi": "Käpylintu", "name_sv": ""}])
    write(
        tmp_path,
        [{"id": 160, "ontologyword_fi": "Esiopetus", "can_add_schoolyear": True}],
        "words.json",
    )
    write(
        tmp_path,
        [
            {
                "id": TPR["dept_id"],
                "name_fi": "Kasvatuksen ja koulutuksen toimiala",
                "organization_type": "MUNICIPALITY",
            }
        ],
        "departments.json",
    )
    reading = servicemap.read(str(tmp_path), None)
    (service,) = reading.batch.services
    assert "Esiopetus" in service.keywords["fi"]
    assert "early_childhood_education/pre_primary" in service.needs
    (owner,) = reading.batch.organizations
    assert service.organization_id == owner.id
    assert (owner.type, owner.names["fi"]) == (
        "municipality",
        "Kasvatuksen ja koulutuksen toimiala",
    )


def test_the_main_entrance_gives_coordinates_to_a_unit_without_any(tmp_path):
    unit = {**TPR, "northing_etrs_gk25": None}
    write(tmp_path, [unit])
    entrance = {"id": 1, "unit_id": 901, "is_main_entrance": "Y", "latitude": "60.2187"}
    write(tmp_path, [{**entrance, "longitude": "24.8526"}], "entrances.json")
    address = place(servicemap.read(str(tmp_path), None)).addresses[0]
    assert (address.latitude, address.longitude) == (60.2187, 24.8526)


def test_draft_js_in_a_string_gives_its_texts():
    value = json.dumps({"blocks": [{"text": "Ensimmäinen"}, {"text": "Toinen"}, None]})
    assert text_of(value) == "Ensimmäinen\nToinen"
    assert text_of('{"blocks": 5}') == ""
    assert texts({"name": [1], "name_fi": {"a": 1}, "name_en": 5}, "name") == {"en": "5"}


def test_a_list_without_units_is_refused_in_one_line_that_says_what_it_is(tmp_path):
    path = write(tmp_path, [{"unit_id": 1, "section_type": "LINK", "name_fi": "x"}])
    with pytest.raises(ImportFailed, match=r"no unit in it, only: connections \(1\)"):
        servicemap.read(str(path), None)


def test_a_second_import_changes_nothing_and_a_vanished_unit_is_withdrawn(tmp_path, store):
    path = write(tmp_path, [TPR, V2])
    first = import_source(store, "servicemap", str(path))
    assert (first.read, first.kept, first.changed) == (2, 2, 2)
    again = import_source(store, "servicemap", str(path))
    assert (again.changed, again.unchanged) == (0, 2)
    write(tmp_path, [TPR])
    last = import_source(store, "servicemap", str(path))
    assert last.withdrawn == 1
