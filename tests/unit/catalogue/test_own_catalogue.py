import pytest

from assistant.catalogue import (
    SearchQuery,
    ensure_own_catalogue,
    find_municipality,
    municipalities,
    municipality,
    search,
)
from assistant.catalogue.extraction import messages
from assistant.catalogue.importers import own as own_importer
from assistant.catalogue.phones import parses
from assistant.catalogue.topics import TOPICS, is_need


def test_it_is_loaded_once(store):
    assert ensure_own_catalogue(store) is True
    assert ensure_own_catalogue(store) is False


def test_it_is_loaded_again_when_the_encoder_changes(store, encoder):
    ensure_own_catalogue(store)
    assert ensure_own_catalogue(store, encoder) is True


def test_every_municipality_has_a_contact(own):
    for entry in municipalities():
        found = own.contacts("human_contact/talk_to_person", municipality=entry.code)
        assert found, entry.name_fi


def test_a_municipality_without_a_catalogue_gets_its_contact_for_a_local_topic(own):
    found = search(own, SearchQuery(topics=["housing"], municipality="148"))
    assert found[-1].service.fallback and found[-1].service.organization.municipality == "148"


def test_topics_and_needs_are_known(own):
    for service in own.all_services():
        assert set(service.topics) <= TOPICS, service.id
        assert all(is_need(need) for need in service.needs), service.id
        assert {need.split("/")[0] for need in service.needs} <= set(service.topics), service.id


def test_every_phone_number_can_be_dialled(own):
    phones = [p for s in own.all_services() for c in s.channels for p in c.phones]
    assert phones and all(parses(phone.number) for phone in phones)


def test_only_the_demonstration_is_fictional(own):
    fictional = [service for service in own.all_services() if service.fictional]
    assert len(fictional) >= 25
    assert all(service.area.municipalities == ["999"] for service in fictional)


def test_no_record_was_skipped():
    for dataset in own_importer.DATASETS:
        assert own_importer.read(dataset).skipped == []


def test_every_shown_text_is_offered_for_translation(own):
    texts = {text for _, _, text in messages()}
    for service in own.all_services():
        assert service.names["en"] in texts and service.summaries["en"] in texts


@pytest.mark.parametrize("name", ["Helsinki", "helsingfors", "HELSINKI", "091", "91"])
def test_a_municipality_is_found_by_name_and_code(name):
    assert find_municipality(name).code == "091"


def test_a_name_without_diacritics_is_found():
    assert find_municipality("jyvaskyla").name_fi == "Jyväskylä"


@pytest.mark.parametrize("name", ["", "Atlantis", "000", "-1"])
def test_an_unknown_municipality_is_none(name):
    assert find_municipality(name) is None and municipality(name) is None


def test_every_municipality_has_a_region_except_the_fictional_one():
    for entry in municipalities():
        assert bool(entry.region_fi and entry.region_sv) is not entry.fictional
