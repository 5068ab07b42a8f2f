"""PTV v12. No real payload is public: these are written by hand after its schema."""

import pytest

from assistant.catalogue.importers.ptv.texts import markdown

from .ptv_records import (
    GENERAL_ID,
    PLACE_ID,
    SERVICE_ID,
    TOWN_ID,
    is_accounted_for,
    read_records,
    v11_channel,
    v11_service,
    v12_channel,
    v12_connection,
    v12_organization,
    v12_service,
)


def only_channel(tmp_path, kind, version=None, **fields):
    return read_records(tmp_path, v12_channel(kind, version, **fields)).batch.channels[0]


def test_services_channels_connections_and_organisations_are_joined(tmp_path):
    records = [v12_connection(), v12_channel(), v12_service(), v12_organization()]
    reading = read_records(tmp_path, *records)
    service = reading.batch.services[0]
    assert service.id == "ptv:service:" + SERVICE_ID
    assert service.names == {"fi": "Suomen kurssi"} and service.summaries == {"fi": "Opi suomea."}
    assert service.descriptions == {"fi": "Opi."}
    assert service.organization_id == "ptv:organization:" + TOWN_ID
    assert (service.charge, service.checked) == ("free", "2026-11-02")
    assert service.languages == ["fi", "ar"] and service.area.municipalities == ["853"]
    [connection] = reading.batch.connections
    assert connection.channel_id == "ptv:channel:" + PLACE_ID
    assert reading.read == 3 and is_accounted_for(reading)
    assert "1 connections were joined to services" in reading.notes


def test_bare_codes_give_topics_needs_and_labels(tmp_path):
    service = read_records(tmp_path, v12_service(lifeEvents=["KE5"])).batch.services[0]
    assert service.classes == ["P22.3", "KE5"] and service.target_groups == ["KR1"]
    assert service.topics == ["training_and_language_courses"]
    assert service.needs == ["training_and_language_courses/finnish_or_swedish_course"]
    assert {"Kielikurssit", "Kansalaiset"} <= set(service.keywords["fi"])
    assert "Language courses" in service.keywords["en"]


def test_all_six_languages_are_read(tmp_path):
    codes = ("fi", "sv", "en", "se", "smn", "sms")
    versions = {code: {"name": f"Nimi {code}"} for code in codes}
    service = read_records(tmp_path, v12_service(languageVersions=versions)).batch.services[0]
    assert set(service.names) == set(codes)


def test_every_text_of_a_language_version_has_its_place(tmp_path):
    version = {
        "name": "Nimi",
        "alternativeName": "Toinen",
        "userInstructions": "Soita",
        "conditions": "Kotikunta",
        "chargeTypeAdditionalInformation": "5 euroa",
        "deadline": "Toukokuu",
        "processingTime": "Kuukausi",
        "keywords": ["kurssi"],
    }
    record = v12_service(languageVersions={"fi": version}, chargeType="Charged")
    service = read_records(tmp_path, record).batch.services[0]
    assert service.alt_names == {"fi": "Toinen"} and service.instructions == {"fi": "Soita"}
    assert service.requirements == {"fi": "Kotikunta"} and service.charge == "charged"
    assert service.charge_info == {"fi": "5 euroa"}
    assert service.terms == {"fi": "Toukokuu\nKuukausi"} and "kurssi" in service.keywords["fi"]


@pytest.mark.parametrize(
    "kind, expected",
    [("PermitOrOtherObligation", "permit"), ("ProfessionalQualification", "qualification")],
)
def test_every_service_type_is_told_apart(kind, expected, tmp_path):
    record = v12_service(serviceType=kind)
    assert read_records(tmp_path, record).batch.services[0].kind == expected


def test_a_general_description_is_merged(tmp_path):
    general = {
        "contentId": GENERAL_ID,
        "serviceType": "Service",
        "serviceClasses": ["P4.11"],
        "lifeEvents": [],
        "languageVersions": {"fi": {"name": "Yleinen", "description": "- yksi\n- kaksi"}},
    }
    version = {"fi": {"name": "Oma", "summary": "Lyhyt", "description": ""}}
    record = v12_service(generalDescriptionContentId=GENERAL_ID, languageVersions=version)
    reading = read_records(tmp_path, record, general)
    service = reading.batch.services[0]
    assert service.names == {"fi": "Oma"} and service.descriptions == {"fi": "- yksi\n- kaksi"}
    assert service.classes == ["P22.3", "P4.11"] and "integration_plan" in service.topics
    assert is_accounted_for(reading)


def test_an_organisation_has_its_municipality_and_names(tmp_path):
    versions = {"fi": {"name": "Turun kaupunki", "alternativeName": "Turku",
                       "isAlternativeNamePrimary": True}}  # fmt: skip
    [found] = read_records(
        tmp_path, v12_organization(languageVersions=versions)
    ).batch.organizations
    assert found.names == {"fi": "Turku"} and found.municipality == "853"
    assert (found.type, found.business_id) == ("municipality", "0204819-8")


def test_a_place_has_its_address_phones_and_hours(tmp_path):
    street = {
        "streetName": {"fi": "Kaskenkatu", "sv": "Svedjegatan"},
        "addressDetail": "5 A",
        "postalCode": "20700",
        "municipality": "853",
        "coordinates": [
            {"system": "Unknown", "source": "User", "easting": 1, "northing": 2},
            {"system": "EPSG:3067", "source": "NLS", "easting": 240301, "northing": 6710541},
        ],
    }
    version = {
        "contactPhoneNumbers": [
            {"type": "DomesticPhone", "number": "022630000", "dialCode": None,
             "chargeType": "Charged", "additionalInformation": "Neuvonta"},
            {"type": "InternationalPhone", "number": "22630001", "dialCode": "+358"},
            {"type": "Fax", "number": "22630002", "dialCode": "+358"},
        ],
        "contactFaxNumbers": [{"number": "22630003"}],
        "contactEmails": [{"email": "opisto@turku.fi"}, {"email": "liisa.laine@turku.fi"}],
        "contactWebPages": [{"url": "https://www.turku.fi/opisto", "name": "Opisto"}],
    }  # fmt: skip
    hours = {"hours": [{"type": "ContinuousAlwaysValidServiceHour", "openingStatus": "Open"}]}
    channel = only_channel(
        tmp_path,
        "ServiceLocation",
        version,
        location={"streetAddresses": [street]},
        serviceHours=hours,
        contactAddresses={"postOfficeBoxAddresses": [
            {"postOfficeBox": {"fi": "PL 355"}, "postalCode": "20101", "municipality": "853"}]},
    )  # fmt: skip
    [place] = channel.addresses
    assert place.street == {"fi": "Kaskenkatu 5 A", "sv": "Svedjegatan 5 A"}
    assert place.city["sv"] == "Åbo" and place.municipality == "853"
    assert (place.latitude, place.longitude) == pytest.approx((60.44, 22.28), abs=0.02)
    assert [phone.number for phone in channel.phones] == ["022630000", "+358 22630001"]
    assert channel.phones[0].label == {"fi": "Neuvonta"} and channel.phones[0].charge == "charged"
    assert channel.emails == ["opisto@turku.fi"] and channel.hours.always_open
    assert channel.urls == {"fi": "https://www.turku.fi/opisto"}
    assert channel.descriptions == {"fi": "Postiosoite: PL 355, 20101 Turku"}


def test_an_electronic_service_has_its_address_support_and_authentication(tmp_path):
    version = {
        "webAddress": {"url": "https://asiointi.turku.fi", "name": "Asiointi"},
        "supportPhoneNumbers": [{"type": "DomesticPhone", "number": "022630000"}],
        "supportEmails": [{"email": "tuki@turku.fi"}],
        "attachmentLinks": [{"url": "https://www.turku.fi/ohje.pdf", "name": "Ohje"}],
    }
    channel = only_channel(tmp_path, "EService", version, electronicIdentification="Required")
    assert channel.type == "eservice" and channel.requires_authentication is True
    assert channel.urls == {"fi": "https://asiointi.turku.fi"}
    assert channel.emails == ["tuki@turku.fi"] and channel.phones[0].number == "022630000"
    assert channel.descriptions == {"fi": "Ohje: https://www.turku.fi/ohje.pdf"}


def test_a_telephone_service_has_its_numbers_once_for_all_languages(tmp_path):
    number = {"type": "InternationalPhone", "number": "22630000", "dialCode": "+358"}
    versions = {
        "fi": {"name": "Neuvonta", "phoneNumbers": [{**number, "chargeType": "Free"}]},
        "en": {"name": "Advice", "phoneNumbers": [{**number, "additionalInformation": "Advice"}]},
    }
    channel = only_channel(tmp_path, "TelephoneService", languageVersions=versions)
    [phone] = channel.phones
    assert (phone.charge, phone.label) == ("free", {"en": "Advice"})


def test_a_form_has_its_file_and_where_it_is_sent(tmp_path):
    version = {"formFiles": [{"url": "https://www.turku.fi/a.pdf", "name": "Hakemus"}]}
    delivery = [{"recipient": {"fi": "Kirjaamo"}, "deliveryInformation": {"fi": "Tuo itse"}}]
    channel = only_channel(tmp_path, "PrintableForm", version, deliveryAddresses=delivery)
    assert channel.urls == {"fi": "https://www.turku.fi/a.pdf"}
    assert channel.descriptions == {"fi": "Lomakkeen palautus: Kirjaamo, Tuo itse"}


def test_a_connection_brings_its_own_contacts_and_hours(tmp_path):
    connection = v12_connection(
        languageVersions={"fi": {"contactPhoneNumbers": [{"number": "0401234567"}]}},
        serviceHours={"hours": [{"type": "ContinuousAlwaysValidServiceHour"}]},
    )
    [found] = read_records(tmp_path, v12_service(), connection).batch.connections
    assert found.phones[0].number == "0401234567" and found.hours.always_open


def test_the_other_spelling_of_a_channel_in_a_connection_is_read(tmp_path):
    connection = {"serviceContentId": SERVICE_ID, "serviceChannelContentId": PLACE_ID}
    assert read_records(tmp_path, v12_service(), connection).batch.connections


def test_a_connection_without_ids_is_listed(tmp_path):
    reading = read_records(tmp_path, v12_service(), v12_connection(channelContentId=None))
    assert "without the ids" in reading.skipped[0].reason and is_accounted_for(reading)


def test_service_collections_are_left_out_with_a_note(tmp_path):
    collection = {"contentId": "9", "items": [], "languageVersions": {"fi": {"name": "Perheet"}}}
    reading = read_records(tmp_path, v12_service(), collection)
    assert "1 service collections were left out" in reading.notes


def test_records_of_both_versions_are_read_from_one_file(tmp_path):
    new = v12_service(contentId="66666666-6666-6666-6666-666666666666")
    reading = read_records(tmp_path, v11_service(), new, v11_channel(), v12_connection())
    assert len(reading.batch.services) == 2 and len(reading.batch.channels) == 1
    assert is_accounted_for(reading)


@pytest.mark.parametrize(
    "text, plain",
    [
        ("# Otsikko\n\nTeksti", "Otsikko\n\nTeksti"),
        ("**lihava** ja *kursiivi* ja __lihava__", "lihava ja kursiivi ja lihava"),
        ("[Hae tästä](https://www.turku.fi/haku)", "Hae tästä (https://www.turku.fi/haku)"),
        ("<https://www.turku.fi>", "https://www.turku.fi"),
        ("[https://a.fi](https://a.fi)", "https://a.fi"),
        ("* yksi\n* kaksi", "- yksi\n- kaksi"),
        (r"5 \* 5 ja snake_case_nimi", "5 * 5 ja snake_case_nimi"),
        ("> lainaus\n\n---\n\nloppu", "lainaus\n\nloppu"),
        ("2 * 3 * 4 = 24", "2 * 3 * 4 = 24"),
        (None, ""),
        (5, "5"),
    ],
)
def test_markdown_becomes_plain_text(text, plain):
    assert markdown(text) == plain
