import copy
import json
import random
from datetime import datetime, timezone

import pytest

from assistant.catalogue import ImportFailed
from assistant.catalogue.folding import fold
from assistant.catalogue.importers.linkedevents.importer import read
from assistant.catalogue.importers.linkedevents.topics import _data
from assistant.catalogue.model import unpacked
from assistant.catalogue.topics import TOPICS, is_need

from .conftest import shared

# Payloads in the shape of the API of Linked Events, written by hand after its list of fields.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=timezone.utc)
API = "https://api.hel.fi/linkedevents/v1"
PLACE = {
    "id": "tprek:67850",
    "data_source": "tprek",
    "divisions": [
        {"type": "neighborhood", "ocd_id": "ocd-division/country:fi/kunta:helsinki/kaupunginosa:x",
         "municipality": "Helsinki", "name": {"fi": "X"}},
        {"type": "muni", "ocd_id": "ocd-division/country:fi/kunta:helsinki", "municipality": None,
         "name": {"fi": "Helsinki", "sv": "Helsingfors"}},
    ],
    "position": {"type": "Point", "coordinates": [24.9384, 60.1699]},
    "name": {"fi": "Koekirjasto", "sv": "Provbiblioteket", "en": None},
    "street_address": {"fi": "Koekatu 1"},
    "postal_code": "00100",
    "address_locality": {"fi": "Helsinki"},
    "telephone": {"fi": "09 310 85000", "sv": "09 310 85000"},
    "email": "koekirjasto@hel.fi",
    "info_url": {"fi": "https://www.hel.fi/koekirjasto"},
    "deleted": False,
    "replaced_by": None,
    "n_events": 3,
    "@id": f"{API}/place/tprek:67850/",
    "@type": "Place",
}  # fmt: skip
EVENT = {
    "id": "kulke:50114",
    "location": {"@id": f"{API}/place/tprek:67850/?format=json"},
    "keywords": [{"@id": f"{API}/keyword/helsinki:agjffu7tgq/"}],
    "super_event": None,
    "sub_events": [],
    "event_status": "EventScheduled",
    "type_id": "General",
    "offers": [{"is_free": False, "price": {"fi": "0 €"}, "description": None, "info_url": None}],
    "data_source": "kulke",
    "publisher": "ahjo:u4804001050",
    "images": [{"url": "https://example.org/a.jpg", "license": "event_only"}],
    "in_language": [{"@id": f"{API}/language/fi/"}, {"@id": f"{API}/language/zh_hans/"}],
    "audience": [{"@id": f"{API}/keyword/yso:p6165/"}],
    "start_time": "2026-12-01T15:00:00Z",
    "end_time": "2026-12-01T17:00:00Z",
    "audience_min_age": "16",
    "audience_max_age": None,
    "super_event_type": None,
    "name": {"fi": "Puhutaan yhdessä", "zh_hans": "一起说话", "en": ""},
    "short_description": {"fi": "Tule juttelemaan."},
    "description": {"fi": "<p>Kahvia ja <b>puhetta</b>.</p><p>Kysy: matti.meikalainen@hel.fi</p>"},
    "location_extra_info": {"fi": "2. kerros"},
    "info_url": {"fi": "https://www.hel.fi/kielikahvila"},
    "provider": {"fi": "Koekirjasto"},
    "provider_contact_info": {"fi": "Matti Meikäläinen 040 1234567"},
    "custom_data": {"contact_first_name": "Matti"},
    "created_by": "Matti Meikäläinen",
    "last_modified_time": "2026-11-01T10:00:00.123456Z",
    "deleted": False,
    "@id": f"{API}/event/kulke:50114/",
    "@context": "http://schema.org",
    "@type": "Event/LinkedEvent",
}
KEYWORD = {
    "id": "helsinki:agjffu7tgq",
    "alt_labels": [],
    "name": {"fi": "Kielikahvilat", "en": "language cafés (events)"},
    "@type": "Keyword",
}


def event(**fields):
    return {**copy.deepcopy(EVENT), **fields}


def reading_of(tmp_path, *records, municipality=None):
    path = tmp_path / "events.json"
    path.write_text(json.dumps({"meta": {"next": None}, "data": records}), encoding="utf-8")
    return read(str(path), municipality, NOW)


def one(tmp_path, *others, municipality=None, **fields):
    reading = reading_of(tmp_path, event(**fields), *others, municipality=municipality)
    assert reading.skipped == []
    return reading.batch.services[0]


def reason(tmp_path, **fields):
    reading = reading_of(tmp_path, event(**fields))
    assert reading.batch.services == [] and reading.seen == set()
    return reading.skipped[0].reason


def assert_accounted(reading):
    assert reading.read == len(reading.batch.counted()) + len(reading.skipped)


# Records ------------------------------------------------------------------------------------


def test_an_event_becomes_a_service_with_texts_time_and_price(tmp_path):
    found = one(tmp_path, KEYWORD, PLACE)
    assert found.id == "linkedevents:event:kulke:50114"
    assert found.kind == "event"
    assert found.names == {"fi": "Puhutaan yhdessä", "zh": "一起说话"}
    assert found.descriptions["fi"].startswith("Kahvia ja puhetta.")
    assert found.instructions == {"fi": "2. kerros"}
    assert found.languages == ["fi", "zh"]
    assert found.charge == "free" and found.charge_info == {}
    assert (found.age_min, found.age_max) == (16, None)
    assert found.occurrence.start == "2026-12-01T15:00:00+00:00"
    assert found.occurrence.end == "2026-12-01T17:00:00+00:00"
    assert found.keywords == {"fi": ["Kielikahvilat"], "en": ["language cafés (events)"]}
    assert found.area.municipalities == ["091"]
    assert found.checked == "2026-11-01"


def test_a_place_becomes_a_channel_that_its_events_are_connected_to(tmp_path):
    reading = reading_of(tmp_path, EVENT, PLACE)
    channels = {channel.id: channel for channel in reading.batch.channels}
    place = channels["linkedevents:channel:tprek:67850"]
    assert place.names == {"fi": "Koekirjasto", "sv": "Provbiblioteket"}
    address = place.addresses[0]
    assert (address.latitude, address.longitude, address.municipality) == (60.1699, 24.9384, "091")
    assert [phone.number for phone in place.phones] == ["09 310 85000"]
    assert place.emails == ["koekirjasto@hel.fi"]
    web = channels["linkedevents:channel:kulke:50114:web"]
    assert web.urls == {"fi": "https://www.hel.fi/kielikahvila"}
    assert {item.channel_id for item in reading.batch.connections} == set(channels)
    assert_accounted(reading)


def test_a_place_that_is_only_referenced_is_kept_by_its_id(tmp_path):
    reading = reading_of(tmp_path, EVENT, municipality="091")
    ids = [connection.channel_id for connection in reading.batch.connections]
    assert "linkedevents:channel:tprek:67850" in ids
    assert reading.batch.services[0].area.municipalities == ["091"]


def test_a_place_inside_an_event_is_a_channel_too(tmp_path):
    reading = reading_of(tmp_path, event(location=PLACE))
    assert reading.batch.services[0].area.municipalities == ["091"]
    assert len(reading.batch.channels) == 2
    assert_accounted(reading)


def test_an_event_goes_to_the_place_that_replaced_its_own(tmp_path):
    old = {**PLACE, "id": "tprek:1", "deleted": True, "replaced_by": f"{API}/place/tprek:67850/"}
    old["@id"] = f"{API}/place/tprek:1/"
    reading = reading_of(tmp_path, event(location={"@id": f"{API}/place/tprek:1/"}), old, PLACE)
    ids = [connection.channel_id for connection in reading.batch.connections]
    assert ids[0] == "linkedevents:channel:tprek:67850"
    assert "replaced by tprek:67850" in reading.skipped[0].reason
    assert_accounted(reading)


def test_places_alone_are_records_of_their_own_and_withdraw_no_events(tmp_path):
    reading = reading_of(tmp_path, PLACE, {**PLACE, "id": "tprek:2", "@id": None, "deleted": True})
    assert reading.read == 2 and len(reading.batch.counted()) == 1
    assert not reading.complete
    assert_accounted(reading)


def test_an_event_on_the_internet_is_for_the_whole_country(tmp_path):
    reading = reading_of(tmp_path, event(location={"@id": f"{API}/place/helsinki:internet/"}))
    assert reading.batch.services[0].area.scope == "nationwide"
    assert [channel.type for channel in reading.batch.channels] == ["web"]


def test_records_of_keywords_and_organisations_are_parts_of_events(tmp_path):
    publisher = {"id": "ahjo:u4804001050", "name": "Kulttuuri", "classification": "ahjo:3"}
    keyword_set = {"id": "helsinki:topics", "usage": "any", "keywords": [], "name": None}
    reading = reading_of(tmp_path, KEYWORD, publisher, keyword_set, event(provider=None))
    assert reading.read == 1
    assert reading.batch.services[0].organization_id == "linkedevents:organization:ahjo:u4804001050"
    assert any("1 keyword read" in note for note in reading.notes)
    assert_accounted(reading)


def test_names_of_persons_are_dropped_from_fields_and_payload(tmp_path):
    reading = reading_of(tmp_path, EVENT)
    kept = json.dumps(
        [unpacked(reading.batch.payloads["linkedevents:event:kulke:50114"])], ensure_ascii=False
    )
    assert "Matti" not in kept and "matti.m" not in kept and "a.jpg" not in kept
    assert "matti" not in reading.batch.services[0].descriptions["fi"]


def test_an_event_without_a_name_is_skipped_and_not_withdrawn(tmp_path):
    reading = reading_of(tmp_path, event(name={"fi": None, "sv": " "}), event(id="a:1", name=None))
    assert "linkedevents:event:kulke:50114" in reading.seen
    assert [item.reason for item in reading.skipped] == ["it has no name in any language"] * 2
    assert_accounted(reading)


def test_the_same_event_twice_is_kept_once(tmp_path):
    reading = reading_of(tmp_path, EVENT, EVENT)
    assert len(reading.batch.services) == 1
    assert reading.skipped[0].reason == "the same id again"


def test_an_id_may_only_be_in_the_address_of_a_record(tmp_path):
    assert one(tmp_path, id=None).id == "linkedevents:event:kulke:50114"


def test_texts_of_an_editor_are_read_from_their_json(tmp_path):
    draft = json.dumps({"blocks": [{"text": "Tervetuloa!"}, {"text": None}]})
    assert one(tmp_path, description={"fi": draft}).descriptions == {"fi": "Tervetuloa!"}


def test_a_file_without_events_and_places_is_refused(tmp_path):
    with pytest.raises(ImportFailed, match="none of the 1 records is of Linked Events"):
        reading_of(tmp_path, {"id": 1, "serviceNames": []})


# Times --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start, end, expected",
    [
        ("2026-12-01", None, ("2026-12-01", None, True)),
        ("2026-12-01", "2026-12-03", ("2026-12-01", "2026-12-03", True)),
        ("2026-11-30T22:00:00Z", "2026-12-01T22:00:00Z", ("2026-12-01", None, True)),
        ("2026-12-01T15:00:00Z", None, ("2026-12-01T15:00:00+00:00", None, False)),
        (
            "2026-12-01T17:00:00.000+0200",
            "2026-12-01",
            ("2026-12-01T15:00:00+00:00", None, False),
        ),
        (
            "2026-12-01 17:00:00",
            "2026-12-01T14:00:00Z",
            ("2026-12-01T15:00:00+00:00", None, False),
        ),
        ("0001-01-01T00:00:00Z", 17, (None, None, False)),
    ],
)
def test_times_and_dates_of_all_kinds_are_read(tmp_path, start, end, expected):
    found = one(tmp_path, start_time=start, end_time=end).occurrence
    assert (found.start, found.end, found.all_day) == expected


def test_an_event_that_has_ended_is_left_out(tmp_path):
    ended = reason(tmp_path, start_time="2026-11-23T15:00:00Z", end_time="2026-11-23T17:00:00Z")
    assert ended == "has ended"


def test_an_event_of_today_is_kept_until_the_day_is_over(tmp_path):
    assert one(tmp_path, start_time="2026-11-24", end_time=None).occurrence.all_day


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({"event_status": "EventCancelled"}, "cancelled"),
        ({"event_status": "EventPostponed"}, "postponed, without a new time"),
        ({"deleted": True}, "deleted at its source"),
        ({"publication_status": "draft"}, "not published (draft)"),
        ({"name": {"fi": "PERUTTU! Kielikahvila"}}, "cancelled (the title says so)"),
        ({"name": {"fi": "Kielikahvila", "sv": "Språkcafé (inställt)"}}, "cancelled (the title"),
        ({"name": {"fi": "Kielikahvila on peruttu 3.12."}}, "cancelled (the title says so)"),
        ({"name": {"en": "CANCELLED / Language café"}}, "cancelled (the title says so)"),
        ({"description": {"fi": "Tämä on suljettu ryhmä."}}, "a closed group"),
        ({"short_description": {"en": "A closed group for members"}}, "a closed group"),
        ({"name": {"fi": "Opastus, vain koululuokille"}}, "only for groups of schools"),
        ({"data_source": "kultus"}, "only for groups of schools"),
    ],
)
def test_what_does_not_take_place_or_is_not_for_everybody_is_left_out(tmp_path, fields, expected):
    assert reason(tmp_path, **fields).startswith(expected)


@pytest.mark.parametrize(
    "name", ["Ei ole peruttu: kielikahvila", "Elokuva kertoo perutuista häistä", "Cancelli"]
)
def test_a_title_that_only_resembles_a_cancellation_is_kept(tmp_path, name):
    assert one(tmp_path, name={"fi": name})


def test_an_event_that_says_it_is_no_closed_group_is_kept(tmp_path):
    assert one(tmp_path, description={"fi": "Tämä ei ole suljettu ryhmä."})


def test_events_for_holders_of_a_card_say_so(tmp_path):
    by_text = one(tmp_path, description={"fi": "Mukaan palvelukeskuskortilla."})
    assert "palvelukeskuskortin" in by_text.requirements["fi"]
    assert one(tmp_path, audience=[{"@id": "helsinki:aflfbat76e"}]).requirements


def test_a_rescheduled_event_is_kept_with_its_status(tmp_path):
    assert one(tmp_path, event_status="EventRescheduled").occurrence.status == "rescheduled"


# Series -------------------------------------------------------------------------------------


def series(kind="recurring", **fields):
    parent = event(
        id="a:0",
        super_event_type=kind,
        start_time="2026-09-01T15:00:00Z",
        end_time="2026-12-15T17:00:00Z",
        sub_events=[{"@id": f"{API}/event/a:{n}/"} for n in (1, 2, 3)],
        **fields,
    )
    dates = [
        event(
            id=f"a:{number}",
            super_event={"@id": f"{API}/event/a:0/"},
            start_time=f"2026-{day}T15:00:00Z",
            end_time=f"2026-{day}T17:00:00Z",
        )
        for number, day in enumerate(("09-01", "12-08", "12-15"), start=1)
    ]
    return parent, dates


def test_the_dates_of_a_series_share_its_id_and_are_folded_by_search(tmp_path):
    parent, dates = series()
    reading = reading_of(tmp_path, *dates, parent)
    services = reading.batch.services
    assert {item.occurrence.series_id for item in services} == {"linkedevents:series:a:0"}
    assert len(fold(services, 10)) == 1
    assert [item.reason for item in reading.skipped] == ["has ended"]
    assert_accounted(reading)


def test_the_record_of_a_series_has_the_time_of_its_next_date(tmp_path):
    parent, dates = series()
    reading = reading_of(tmp_path, parent, *dates)
    found = next(item for item in reading.batch.services if item.id.endswith(":a:0"))
    assert found.occurrence.start == "2026-12-08T15:00:00+00:00"
    assert found.occurrence.end == "2026-12-08T17:00:00+00:00"


def test_the_events_of_a_festival_are_no_series(tmp_path):
    parent, dates = series("umbrella")
    reading = reading_of(tmp_path, parent, *dates)
    assert {item.occurrence.series_id for item in reading.batch.services} == {None}


def test_a_frame_without_a_time_is_left_out_where_its_events_are(tmp_path):
    parent, dates = series("umbrella")
    reading = reading_of(tmp_path, {**parent, "start_time": None, "end_time": None}, *dates)
    assert any("only the frame" in item.reason for item in reading.skipped)
    assert_accounted(reading)


def test_a_frame_without_a_time_and_without_its_events_is_kept(tmp_path):
    parent, _ = series("umbrella")
    assert one(tmp_path, **{**parent, "start_time": None, "end_time": None})


def test_events_of_an_unknown_frame_are_a_series_where_their_names_agree(tmp_path):
    _, dates = series()
    dates[1]["name"] = {"fi": "Konsertti"}
    reading = reading_of(tmp_path, *dates)
    assert len({item.occurrence.series_id for item in reading.batch.services}) == 2


def test_sub_events_that_are_given_whole_are_records(tmp_path):
    parent, dates = series()
    reading = reading_of(tmp_path, {**parent, "sub_events": dates})
    assert reading.read == 4 and len(reading.batch.services) == 3
    assert_accounted(reading)


# Prices -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "offers, expected",
    [
        ([{"is_free": True, "price": None}], "free"),
        ([{"is_free": False, "price": {"fi": "0"}}], "free"),
        ([{"is_free": False, "price": {"fi": "0,00 €"}}], "free"),
        ([{"is_free": False, "price": {"fi": "Maksuton, ilmoittaudu 5 päivää ennen"}}], "free"),
        ([{"is_free": False, "price": {"sv": "Gratis"}}], "free"),
        ([{"is_free": "false", "price": {"fi": "ilmainen"}}], "free"),
        ([{"is_free": False, "price": {"fi": "5 € / alle 7 v. ilmainen"}}], "charged"),
        ([{"is_free": False, "price": {"fi": "10/5"}}], "charged"),
        ([{"is_free": True}, {"is_free": False, "price": {"fi": "<p>2,50 euroa</p>"}}], "charged"),
        ([{"is_free": False, "price": {"fi": "ei ole maksuton"}}], "charged"),
        ([{"is_free": False, "price": None}], "unknown"),
        ([], "unknown"),
        (None, "unknown"),
        ([None, "5 €", 3], "unknown"),
    ],
)
def test_the_price_text_counts_more_than_the_free_mark(tmp_path, offers, expected):
    assert one(tmp_path, offers=offers).charge == expected


def test_prices_and_their_remarks_are_kept_as_text(tmp_path):
    offers = [
        {"is_free": False, "price": {"fi": "5 €"}, "description": {"fi": "Aikuiset"}},
        {"is_free": False, "price": {"fi": "2 €"}, "info_url": {"fi": "https://lippu.example.fi/"}},
    ]
    reading = reading_of(tmp_path, event(offers=offers, info_url=None))
    assert reading.batch.services[0].charge_info == {"fi": "5 € – Aikuiset\n2 €"}
    assert reading.batch.channels[0].urls == {"fi": "https://lippu.example.fi/"}


# Topics -------------------------------------------------------------------------------------


def test_the_mapping_names_only_topics_and_needs_of_the_guide():
    data = _data()
    rules = [*data["rules"], data["default"], data["volunteering"], *data["sources"].values()]
    assert {topic for rule in rules for topic in rule["topics"]} <= TOPICS
    assert all(is_need(need) for rule in rules for need in rule.get("needs", ()))


def plain(**fields):
    return {"keywords": [], "audience": [], **fields}


@pytest.mark.parametrize("keyword", ["helsinki:agjffu7tgq", "helmet:11733"])
def test_a_language_cafe_is_known_by_the_id_of_its_keyword(tmp_path, keyword):
    found = one(tmp_path, **plain(keywords=[{"@id": f"{API}/keyword/{keyword}/"}]))
    assert found.topics == ["leisure", "training_and_language_courses"]
    assert found.needs == ["leisure/language_cafe"]


@pytest.mark.parametrize("name", ["Suomen kielen keskustelukahvila", "Language Café", "Språkcafé"])
def test_a_language_cafe_is_known_by_its_title(tmp_path, name):
    assert "leisure/language_cafe" in one(tmp_path, **plain(name={"fi": name})).needs


def test_a_discussion_group_for_immigrants_is_a_language_cafe_and_one_on_books_is_not(tmp_path):
    groups, immigrants = {"@id": "yso:p18105"}, {"@id": "yso:p6165"}
    both = one(tmp_path, **plain(keywords=[groups], audience=[immigrants]))
    assert "leisure/language_cafe" in both.needs
    alone = one(tmp_path, **plain(keywords=[groups], name={"fi": "Kirjapiiri"}))
    assert "leisure/language_cafe" not in alone.needs


@pytest.mark.parametrize(
    "name, need",
    [
        ("vesijumppa", "leisure/sports_and_swimming"),
        ("Retkeily", "leisure/nature"),
        ("konsertit", "leisure/culture_and_museums"),
        ("kirjastot", "leisure/library"),
        ("nuorisotyö", "leisure/youth_centres"),
        ("perhekahvilat", "leisure/playgrounds_and_family_cafes"),
        ("job hunting", "employment_services/job_search_help"),
        ("Företagande", "starting_a_business/business_advice"),
    ],
)
def test_topics_come_from_the_names_of_keywords(tmp_path, name, need):
    keyword = {"id": "x:1", "name": {"fi": name}}
    found = one(tmp_path, **plain(keywords=[keyword], name={"fi": "Tapahtuma"}))
    assert need in found.needs and need.split("/")[0] in found.topics


def test_a_course_for_children_is_a_hobby_for_children(tmp_path):
    keyword = {"@id": "yso:p9270"}
    found = one(tmp_path, **plain(keywords=[keyword], audience_min_age=7, audience_max_age=12))
    assert found.kind == "course" and "leisure/children_hobbies" in found.needs
    adults = one(tmp_path, **plain(keywords=[keyword], audience_min_age=18))
    assert "leisure/children_hobbies" not in adults.needs


def test_a_course_of_finnish_is_training(tmp_path):
    found = one(tmp_path, **plain(type_id="Course", name={"fi": "Suomen kielen kurssi A1"}))
    assert found.kind == "course"
    assert "training_and_language_courses/finnish_or_swedish_course" in found.needs


def test_an_event_that_nothing_is_known_of_is_leisure(tmp_path):
    found = one(tmp_path, **plain(name={"fi": "Ilta"}))
    assert found.topics == ["leisure"]


def test_voluntary_work_is_a_need_of_its_own(tmp_path):
    found = one(tmp_path, **plain(type_id="Volunteering", name={"fi": "Ystäväksi"}))
    assert "leisure/associations_and_volunteering" in found.needs


# Whole files --------------------------------------------------------------------------------


def test_every_sample_file_imports_with_every_record_accounted_for():
    folder = shared("data", "linkedevents")
    whole = read(str(folder), None, datetime(2020, 1, 1, tzinfo=timezone.utc))
    assert_accounted(whole)
    assert whole.read == len(whole.batch.services) == 1
    assert any("13 keywords" in note for note in whole.notes)
    for file in folder.rglob("*.*"):
        assert_accounted(read(str(file), None, NOW))


def test_an_event_of_the_ticket_seller_is_read_with_its_place():
    path = shared("data", "linkedevents", "backend", "events", "tests", "importers", "fixtures")
    reading = read(str(path), None, datetime(2020, 1, 1, tzinfo=timezone.utc))
    found = reading.batch.services[0]
    assert found.id == "linkedevents:event:lippupiste:11116307"
    assert found.occurrence.start == "2020-04-24T16:00:00+00:00"
    assert found.area.municipalities == ["837"]


def test_a_fixture_in_yaml_with_references_is_refused(tmp_path):
    path = tmp_path / "bomb.yaml"
    path.write_text("- &a [x, x]\n- &b [*a, *a]\n- [*b, *b]\n")
    with pytest.raises(ImportFailed, match="references"):
        read(str(path), None, NOW)


JUNK = (None, 0, -1, 1.5, True, "", " ", "x", "<p>", [], {}, [None], [[]], {"fi": None},
        {"fi": {"sv": 1}}, {"@id": 5}, [{"@id": None}], {"": ""}, "9" * 400,
        "\ud800", float("nan"), float("inf"), 10**30, [{"name": 3, "id": []}])  # fmt: skip


def damaged(record, chance, source):
    if isinstance(record, dict):
        return {
            key: source.choice(JUNK) if source.random() < chance else damaged(v, chance, source)
            for key, v in record.items()
        }
    if isinstance(record, list):
        return [damaged(item, chance, source) for item in record]
    return record


def test_random_damage_never_crashes_and_every_record_is_accounted_for(tmp_path):
    source = random.Random(4)
    parent, dates = series()
    whole = [EVENT, PLACE, KEYWORD, parent, *dates, event(location=PLACE, keywords=[KEYWORD])]
    ticket = {"EventId": "1", "EventName": "A", "EventDate": "1.12.2026", "Categories": [{}]}
    for _ in range(300):
        records = [damaged(copy.deepcopy(item), 0.2, source) for item in (*whole, ticket)]
        try:
            reading = reading_of(tmp_path, *records)
        except ImportFailed:
            continue
        assert_accounted(reading)
