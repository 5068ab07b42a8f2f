import pytest

from assistant.catalogue.model import unpacked

from .ptv_records import (
    GENERAL_ID,
    PLACE_ID,
    SERVICE_ID,
    TOWN_ID,
    is_accounted_for,
    read_records,
    said,
    v11_channel,
    v11_organization,
    v11_service,
)


def only_service(tmp_path, *records):
    return read_records(tmp_path, *records).batch.services[0]


def only_channel(tmp_path, kind="ServiceLocation", **fields):
    return read_records(tmp_path, v11_channel(kind, **fields)).batch.channels[0]


def general_description(**fields):
    return {
        "id": GENERAL_ID,
        "generalDescriptionType": "Municipality",
        "names": [said("Yleinen neuvonta", type="Name")],
        "descriptions": [
            said("Yleinen kuvaus", type="Description"),
            said("Allmän beskrivning", "sv", type="Description"),
            said("Hae ajoissa", type="DeadLine"),
        ],
        "requirements": [said("Kotikunta")],
        "serviceClasses": [{"code": "P9.6", "name": [said("Hallinnon yleiset neuvontapalvelut")]}],
        "serviceChargeType": "FreeOfCharge",
        **fields,
    }


# Services -------------------------------------------------------------------------------------


def test_alternative_names_are_kept_apart(tmp_path):
    names = [said("Neuvonta", type="Name"), said("Info", type="AlternativeName")]
    service = only_service(tmp_path, v11_service(serviceNames=names))
    assert (service.names, service.alt_names) == ({"fi": "Neuvonta"}, {"fi": "Info"})


@pytest.mark.parametrize(
    "kind, field",
    [
        ("Summary", "summaries"),
        ("ShortDescription", "summaries"),
        ("GD_Summary", "summaries"),
        ("Description", "descriptions"),
        ("BackgroundDescription", "descriptions"),
        ("GD_Description", "descriptions"),
        ("UserInstruction", "instructions"),
        ("ServiceUserInstruction", "instructions"),
        ("GD_UserInstruction", "instructions"),
        ("ChargeTypeAdditionalInfo", "charge_info"),
        ("DeadLine", "terms"),
        ("DeadLineAdditionalInfo", "terms"),
        ("ProcessingTime", "terms"),
        ("ProcessingTimeAdditionalInfo", "terms"),
        ("ValidityTime", "terms"),
        ("GD_ValidityTimeAdditionalInfo", "terms"),
    ],
)
def test_every_type_of_text_has_its_place(kind, field, tmp_path):
    service = only_service(tmp_path, v11_service(serviceDescriptions=[said("Teksti", type=kind)]))
    assert getattr(service, field) == {"fi": "Teksti"}


def test_a_text_of_the_service_comes_before_that_of_the_general_description(tmp_path):
    texts = [said("Yleinen", type="GD_Description"), said("Oma", type="Description"),
             said("Allmän", "sv", type="GD_Description")]  # fmt: skip
    service = only_service(tmp_path, v11_service(serviceDescriptions=texts))
    assert service.descriptions == {"fi": "Oma", "sv": "Allmän"}


def test_terms_are_one_text_a_language(tmp_path):
    texts = [said("Kuukausi", type="ProcessingTime"), said("Toukokuussa", type="DeadLine")]
    service = only_service(tmp_path, v11_service(serviceDescriptions=texts))
    assert service.terms == {"fi": "Toukokuussa\nKuukausi"}


def test_a_general_description_fills_every_gap_whatever_the_order(tmp_path):
    bare = v11_service(generalDescriptionId=GENERAL_ID.upper(), serviceNames=[])
    reading = read_records(tmp_path, bare, general_description())
    service = reading.batch.services[0]
    assert service.names == {"fi": "Yleinen neuvonta"}
    assert service.descriptions["sv"] == "Allmän beskrivning"
    assert service.terms == {"fi": "Hae ajoissa"} and service.requirements == {"fi": "Kotikunta"}
    assert service.charge == "free" and service.classes == ["P9.6"]
    assert "human_contact" in service.topics
    assert is_accounted_for(reading) and reading.read == 1


def test_a_general_description_without_an_id_is_listed(tmp_path):
    reading = read_records(tmp_path, v11_service(), general_description(id=None))
    assert reading.skipped[0].reason == "it has no id" and is_accounted_for(reading)


@pytest.mark.parametrize(
    "given",
    [
        {"code": "P22.3"},
        {"uri": "http://uri.suomi.fi/codelist/ptv/ptvserclass2/code/P22.3"},
        {"uri": "http://urn.fi/URN:NBN:fi:au:ptvl:v1177"},
        {"name": [said("Kielikurssit")]},
        {"code": None, "name": [said("Language courses", "en")]},
        "http://urn.fi/URN:NBN:fi:au:ptvl:v1177",
    ],
)
def test_a_class_is_known_by_code_address_or_label(given, tmp_path):
    service = only_service(tmp_path, v11_service(serviceClasses=[given]))
    assert service.classes == ["P22.3"]
    assert service.topics == ["training_and_language_courses"]
    assert service.needs == ["training_and_language_courses/finnish_or_swedish_course"]


def test_words_and_labels_are_keywords_in_their_language(tmp_path):
    service = only_service(
        tmp_path,
        v11_service(
            keywords=[said("apua"), said("hjälp", "sv"), said("apua")],
            ontologyTerms=[{"name": [said("neuvonta")], "uri": "http://www.yso.fi/onto/koko/p1"}],
            lifeEvents=[{"code": "KE5"}],
        ),
    )
    assert service.keywords["fi"] == ["apua", "neuvonta", "Maahanmuuttajana Suomeen"]
    assert service.keywords["sv"][0] == "hjälp"


def test_a_word_of_the_ontology_gives_a_topic_that_no_class_has(tmp_path):
    terms = [{"name": [said("tulkkaus")], "uri": "http://www.yso.fi/onto/koko/p2"}]
    service = only_service(tmp_path, v11_service(ontologyTerms=terms))
    assert service.topics == ["language_and_interpreters"]


def test_target_groups_are_kept_as_codes(tmp_path):
    groups = [{"code": "KR1.2"}, {"uri": "http://urn.fi/URN:NBN:fi:au:ptvl:v2004"}]
    service = only_service(tmp_path, v11_service(targetGroups=groups))
    assert service.target_groups == ["KR1.2", "KR1.3"]


@pytest.mark.parametrize(
    "kind, expected",
    [
        ("Service", "service"),
        ("PermissionAndObligation", "permit"),
        ("PermitOrObligation", "permit"),
        ("ProfessionalQualifications", "qualification"),
        (None, "service"),
    ],
)
def test_every_spelling_of_the_type_is_read(kind, expected, tmp_path):
    assert only_service(tmp_path, v11_service(type=kind)).kind == expected


def test_languages_of_service_are_codes(tmp_path):
    service = only_service(tmp_path, v11_service(languages=["fi", "ar", "zh-Hans", None, "fi"]))
    assert service.languages == ["fi", "ar", "zh"]


def test_the_responsible_organisation_comes_before_others(tmp_path):
    offers = [
        {"organization": {"id": "55555555", "name": "Yritys"}, "roleType": "Producer"},
        {"organization": {"id": TOWN_ID, "name": "Turku"}, "roleType": "Responsible"},
    ]
    reading = read_records(tmp_path, v11_service(organizations=offers), v11_organization())
    service = reading.batch.services[0]
    assert service.organization_id == "ptv:organization:" + TOWN_ID
    assert reading.batch.organizations[0].names == {"fi": "Turun kaupunki"}


def test_an_organisation_that_is_only_named_has_no_more_than_its_name(tmp_path):
    offers = [{"organization": {"id": TOWN_ID, "name": "Turku"}, "roleType": "Responsible"}]
    reading = read_records(tmp_path, v11_service(organizations=offers))
    assert reading.batch.organizations[0].name_only and is_accounted_for(reading)


@pytest.mark.parametrize("status", ["Draft", "Modified", "Deleted", "Archived", "Withdrawn"])
def test_what_is_not_published_is_left_out_and_may_be_withdrawn(status, tmp_path):
    reading = read_records(tmp_path, v11_service(publishingStatus=status))
    assert status in reading.skipped[0].reason and not reading.seen


def test_a_service_without_a_name_is_skipped_and_not_withdrawn(tmp_path):
    reading = read_records(tmp_path, v11_service(serviceNames=[said(None, type="Name")]))
    assert reading.skipped[0].reason == "it has no name in any language"
    assert reading.seen == {"ptv:service:" + SERVICE_ID}


def test_an_organisation_shows_the_name_that_it_wants(tmp_path):
    names = [said("Digi- ja väestötietovirasto", type="Name"), said("DVV", type="AlternativeName")]
    shown = [{"type": "AlternativeName", "language": "fi"}]
    record = v11_organization(organizationNames=names, displayNameType=shown)
    assert read_records(tmp_path, record).batch.organizations[0].names == {"fi": "DVV"}


def test_payloads_are_kept_without_persons(tmp_path):
    channel = v11_channel(
        emails=[said("matti.meikalainen@turku.fi"), said("kirjasto@turku.fi")],
        contactPerson="Matti Meikäläinen",
    )
    reading = read_records(tmp_path, v11_service(), channel)
    kept = unpacked(reading.batch.payloads["ptv:channel:" + PLACE_ID])
    assert kept["emails"][1]["value"] == "kirjasto@turku.fi"
    assert "meikalainen" not in str(kept).lower() and "Meikäläinen" not in str(kept)
    assert "ptv:service:" + SERVICE_ID in reading.batch.payloads


def test_the_address_of_a_person_in_a_text_is_taken_out(tmp_path):
    texts = [said("Kysy: matti.meikalainen@turku.fi tai neuvonta@turku.fi", type="Description")]
    service = only_service(tmp_path, v11_service(serviceDescriptions=texts))
    assert "meikalainen" not in service.descriptions["fi"]
    assert "neuvonta@turku.fi" in service.descriptions["fi"]


# Channels -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind, expected",
    [
        ("ServiceLocation", "location"),
        ("EChannel", "eservice"),
        ("EService", "eservice"),
        ("Phone", "phone"),
        ("TelephoneService", "phone"),
        ("WebPage", "web"),
        ("PrintableForm", "form"),
    ],
)
def test_every_type_of_channel_is_read(kind, expected, tmp_path):
    assert only_channel(tmp_path, kind).type == expected


def test_a_place_shows_the_name_that_it_wants(tmp_path):
    names = [said("Turun kaupunginkirjasto", type="Name"), said("Kirjasto", type="AlternativeName")]
    shown = [{"type": "AlternativeName", "language": "fi"}]
    channel = only_channel(tmp_path, serviceChannelNames=names, displayNameType=shown)
    assert channel.names == {"fi": "Kirjasto"}


def test_a_channel_says_its_description_or_else_its_summary(tmp_path):
    texts = [said("Lyhyt", type="Summary"), said("Kort", "sv", type="Summary"),
             said("Pitkä", type="Description")]  # fmt: skip
    channel = only_channel(tmp_path, serviceChannelDescriptions=texts)
    assert channel.descriptions == {"fi": "Pitkä", "sv": "Kort"}


@pytest.mark.parametrize("value, expected", [(True, True), ("false", False), (None, None)])
def test_authentication_is_known_or_not(value, expected, tmp_path):
    assert (
        only_channel(tmp_path, "EChannel", requiresAuthentication=value).requires_authentication
        is expected
    )


def test_support_phones_and_office_mail_are_contacts(tmp_path):
    channel = only_channel(
        tmp_path,
        "EChannel",
        supportPhones=[{"prefixNumber": "+358", "number": "295535001", "language": "fi",
                        "serviceChargeType": "Other", "chargeDescription": "pvm"}],
        supportEmails=[said("tuki@suomi.fi"), said("teppo.testi@suomi.fi")],
    )  # fmt: skip
    assert channel.phones[0].number == "+358 295535001"
    assert channel.phones[0].charge_info == {"fi": "pvm"}
    assert channel.emails == ["tuki@suomi.fi"]


def test_attachments_are_links_of_the_description(tmp_path):
    channel = only_channel(
        tmp_path,
        "EChannel",
        webPages=[{"url": "https://www.turku.fi/asiointi", "language": "fi"}],
        attachments=[{"name": "Ohje", "url": "https://www.turku.fi/ohje.pdf", "language": "fi"}],
    )
    assert channel.urls == {"fi": "https://www.turku.fi/asiointi"}
    assert channel.descriptions == {"fi": "Ohje: https://www.turku.fi/ohje.pdf"}


def test_a_form_has_its_file_its_number_and_where_it_is_sent(tmp_path):
    delivery = {
        "subType": "PostOfficeBox",
        "receiver": [said("Kirjaamo")],
        "postOfficeBoxAddress": {"postOfficeBox": [said("PL 355")], "postalCode": "20101",
                                 "postOffice": [said("TURKU")]},
        "deliveryAddressInText": [said("tai tuo itse")],
    }  # fmt: skip
    channel = only_channel(
        tmp_path,
        "PrintableForm",
        formIdentifier=[said("T-12")],
        channelUrls=[{"type": "PDF", "value": "https://www.turku.fi/lomake.pdf", "language": "fi"}],
        deliveryAddresses=[delivery],
    )
    assert channel.urls == {"fi": "https://www.turku.fi/lomake.pdf"}
    assert channel.descriptions["fi"].split("\n") == [
        "Lomakkeen tunnus: T-12",
        "Lomakkeen palautus: Kirjaamo, PL 355, 20101 TURKU, tai tuo itse",
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"accessibilityClassification": [
            {"accessibilityClassificationLevel": "PartiallyCompliant", "wcagLevel": "LevelAA",
             "accessibilityStatementWebPageName": "Seloste", "language": "fi",
             "accessibilityStatementWebPage": "https://www.turku.fi/seloste"}]},
        {"accessibilityClassificationLevel": "PartiallyCompliant", "wcagLevel": "LevelAA",
         "accessibilityStatementWebPageName": "Seloste",
         "accessibilityStatementWebPage": "https://www.turku.fi/seloste"},
    ],
    ids=["v11", "v9"],
)  # fmt: skip
def test_the_accessibility_of_a_web_service_is_said(fields, tmp_path):
    assert only_channel(tmp_path, "WebPage", **fields).accessibility["fi"] == [
        "Täyttää verkkosisällön saavutettavuusvaatimukset osittain (WCAG AA)",
        "Seloste: https://www.turku.fi/seloste",
    ]


def entrance(name, sentence, main=False, **more):
    sentences = [{"sentenceGroup": [said(name)], "sentences": [{"sentence": [said(sentence)]}]}]
    return {"isMainEntrance": main, "accessibilitySentences": sentences, **more}


def test_the_main_entrance_says_its_accessibility_first(tmp_path):
    address = {
        "type": "Location",
        "streetAddress": {"street": [said("Linnankatu")], "streetNumber": "2"},
        "entrances": [
            entrance("Sivuovi", "Ovella on kynnys."),
            entrance("Pääovi", "Ovi on leveä.", main=True,
                     coordinates={"latitude": "6711395", "longitude": "239645"}),
        ],
    }  # fmt: skip
    channel = only_channel(tmp_path, addresses=[address])
    assert channel.accessibility == {"fi": ["Pääovi: Ovi on leveä.", "Sivuovi: Ovella on kynnys."]}
    # The address has no point of its own.
    assert channel.addresses[0].latitude == pytest.approx(60.45, abs=0.05)


@pytest.mark.parametrize(
    "latitude, longitude",
    [("6711395", "239645"), ("239645", "6711395"), ("60.4487", "22.2630"), ("22.2630", "60.4487")],
)
def test_coordinates_are_understood_swapped_or_converted(latitude, longitude, tmp_path):
    street = {"street": [said("Katu")], "latitude": latitude, "longitude": longitude}
    channel = only_channel(tmp_path, addresses=[{"type": "Location", "streetAddress": street}])
    place = channel.addresses[0]
    assert (place.latitude, place.longitude) == pytest.approx((60.45, 22.26), abs=0.02)


@pytest.mark.parametrize(
    "address, street",
    [
        ({"subType": "Other", "otherAddress": {"additionalInformation": [said("Satama")],
                                               "latitude": "6711395", "longitude": "239645"}},
         "Satama"),
        ({"subType": "Abroad", "locationAbroad": [said("Götgatan 1, Stockholm")]},
         "Götgatan 1, Stockholm"),
        ({"subType": "Multipoint", "multipointLocation": [{"street": [said("Torikatu")],
                                                           "streetNumber": "1"}]}, "Torikatu 1"),
    ],
    ids=["other", "abroad", "several points"],
)  # fmt: skip
def test_other_kinds_of_places_are_addresses(address, street, tmp_path):
    channel = only_channel(tmp_path, addresses=[{"type": "Location", **address}])
    assert channel.addresses[0].street == {"fi": street}


def test_an_address_without_a_post_office_has_the_name_of_its_municipality(tmp_path):
    street = {
        "street": [said("Linnankatu")],
        "postalCode": "20100",
        "municipality": {"code": "853"},
    }
    channel = only_channel(tmp_path, addresses=[{"type": "Location", "streetAddress": street}])
    assert channel.addresses[0].city == {"fi": "Turku", "sv": "Åbo"}


def test_a_postal_address_is_no_place_to_visit(tmp_path):
    box = {"postOfficeBox": [said("PL 355")], "postalCode": "20101", "postOffice": [said("TURKU")]}
    addresses = [
        {"type": "Postal", "subType": "PostOfficeBox", "postOfficeBoxAddress": box},
        {"type": "Location", "subType": "NoAddress"},
    ]
    channel = only_channel(tmp_path, addresses=addresses)
    assert channel.addresses == []
    assert channel.descriptions == {"fi": "Postiosoite: PL 355, 20101 TURKU"}


@pytest.mark.parametrize(
    "phone, number",
    [
        ({"prefixNumber": "+358", "number": "22620000"}, "+358 22620000"),
        ({"prefixNumber": "358", "number": "02 262 0000"}, "+358 2 262 0000"),
        ({"prefixNumber": None, "number": "116117", "isFinnishServiceNumber": True}, "116117"),
        ({"prefixNumber": "+358", "number": "+358 2 262 0000"}, "+358 2 262 0000"),
        ({"prefixNumber": "+46", "number": "81234"}, "+46 81234"),
    ],
)
def test_a_prefix_and_a_number_are_one_telephone(phone, number, tmp_path):
    phones = only_channel(tmp_path, "Phone", phoneNumbers=[phone]).phones
    assert [item.number for item in phones] == [number]


# Connections ----------------------------------------------------------------------------------


def connection(**more):
    return {"serviceChannel": {"id": PLACE_ID, "name": "Palvelupiste"}, **more}


def test_a_connection_brings_its_own_contacts_and_hours(tmp_path):
    more = {
        "contactDetails": {
            "phoneNumbers": [{"number": "0401234567", "language": "fi"}],
            "webPages": [{"url": "https://www.turku.fi/x", "language": "fi"}],
            "addresses": None,
        },
        "serviceHours": [{"serviceHourType": "DaysOfTheWeek", "isAlwaysOpen": True}],
    }
    reading = read_records(tmp_path, v11_service(serviceChannels=[connection(**more)]))
    found = reading.batch.connections[0]
    assert found.phones[0].number == "0401234567" and found.hours.always_open
    assert found.urls == {"fi": "https://www.turku.fi/x"}


def test_of_a_connection_known_from_both_sides_the_one_that_says_more_is_kept(tmp_path):
    hours = [{"serviceHourType": "DaysOfTheWeek", "isAlwaysOpen": True}]
    side = {"service": {"id": SERVICE_ID, "name": "Neuvonta"}, "serviceHours": None}
    service = v11_service(serviceChannels=[connection(serviceHours=hours)])
    reading = read_records(tmp_path, v11_channel(services=[side]), service)
    assert len(reading.batch.connections) == 1
    assert reading.batch.connections[0].hours.always_open


# Lists ----------------------------------------------------------------------------------------


def test_service_collections_are_left_out_with_a_note(tmp_path):
    collection = {"id": "7", "serviceCollectionNames": [said("Perheet")], "services": []}
    reading = read_records(tmp_path, v11_service(), collection)
    assert "1 service collections were left out" in reading.notes and is_accounted_for(reading)


def test_lists_of_ids_are_skipped_with_the_reason(tmp_path):
    listed = {"id": "8", "name": "Kirjasto"}
    reading = read_records(tmp_path, v11_service(), listed)
    assert "a list of ids" in reading.skipped[0].reason and is_accounted_for(reading)


def test_the_same_channel_and_organisation_again_are_listed(tmp_path):
    records = [v11_channel(), v11_channel(), v11_organization(), v11_organization()]
    reading = read_records(tmp_path, *records)
    assert [item.reason for item in reading.skipped] == ["the same id again"] * 2
    assert is_accounted_for(reading)


def test_the_same_service_again_adds_its_area(tmp_path):
    other = v11_service(areas=[{"type": "Municipality", "code": "091", "municipalities": None}])
    reading = read_records(tmp_path, v11_service(), other)
    assert reading.batch.services[0].area.municipalities == ["091", "853"]
    assert is_accounted_for(reading)
