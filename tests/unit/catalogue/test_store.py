import threading

import pytest
from sqlalchemy import update

from assistant.catalogue import open_store
from assistant.catalogue.analysis import query_terms
from assistant.catalogue.model import Batch, Channel, Connection, Organization, Phone
from assistant.catalogue.storage.database import Database
from assistant.catalogue.storage.tables import SERVICES
from assistant.catalogue.store import Filter

from .conftest import put, service


@pytest.fixture
def store(either_store):
    return either_store


def test_a_stored_service_is_read_back_the_same(store):
    original = service(
        "Kirjasto", municipalities=["091"], topics=["leisure"], summaries={"fi": "Kirjoja"}
    )
    put(store, original)
    assert store.get(original.id) == original


def test_channels_and_organisation_come_with_the_service(store):
    library = service(organization_id="test:organization:1")
    batch = Batch(
        [library],
        [Channel("test:channel:1", "phone", phones=[Phone("1234567")])],
        [Connection(library.id, "test:channel:1", phones=[Phone("7654321")])],
        [Organization("test:organization:1", {"fi": "Kunta"})],
    )
    store.replace("test", "one", batch, {})
    found = store.get(library.id)
    assert found.organization.names == {"fi": "Kunta"}
    assert [phone.number for phone in found.channels[0].phones] == ["7654321", "1234567"]


def test_an_unchanged_import_changes_nothing(store):
    put(store, service())
    counts = put(store, service())
    assert (counts.changed, counts.unchanged) == (0, 1)


def test_a_changed_record_is_counted_and_found_by_its_new_words(store):
    put(store, service("Kirjasto"))
    assert put(store, service("Uimahalli")).changed == 1
    assert store.lexical(query_terms("uimahalli", "fi"), Filter(), 5) == ["test:service:1"]
    assert store.lexical(query_terms("kirjasto", "fi"), Filter(), 5) == []


def test_a_vanished_record_is_withdrawn_and_not_forgotten(store):
    put(store, service(key="1"), service(key="2"))
    assert put(store, service(key="1")).withdrawn == 1
    assert store.count() == 1
    assert store.get("test:service:2").status == "withdrawn"
    assert list(store.candidates(Filter())) == ["test:service:1"]


def test_a_record_that_comes_back_is_published_again(store, encoder):
    put(store, service(key="1"), service(key="2"), encoder=encoder)
    put(store, service(key="1"), encoder=encoder)
    put(store, service(key="1"), service(key="2"))
    assert store.count() == 2
    assert store.changed(Batch([service(key="2")])) == []


def test_another_data_set_is_left_alone(store):
    put(store, service(key="1"), dataset="one")
    assert put(store, service(key="2"), dataset="two").withdrawn == 0
    assert store.count() == 2


def test_a_record_that_could_not_be_read_is_not_withdrawn(store):
    put(store, service(key="1"), service(key="2"))
    counts = put(store, service(key="1"), seen=frozenset({"test:service:2"}))
    assert counts.withdrawn == 0


def test_an_incomplete_import_withdraws_nothing(store):
    put(store, service(key="1"), service(key="2"))
    assert put(store, service(key="1"), complete=False).withdrawn == 0


def test_a_dry_run_counts_but_stores_nothing(store):
    assert put(store, service(), dry_run=True).changed == 1
    assert store.count() == 0


def test_a_failing_import_leaves_the_old_data_whole(store):
    put(store, service("Kirjasto", key="1"))
    broken = service(key="3")
    broken.area.municipalities = [object()]
    with pytest.raises(TypeError):
        put(store, service("Muuttunut", key="1"), broken)
    assert store.get("test:service:1").names == {"fi": "Kirjasto"}
    assert store.count() == 1


def test_readers_are_not_blocked_by_an_import(store, database_url):
    put(store, service())
    with Database(database_url).writing(alone=True) as writer:
        writer.execute(update(SERVICES).values(status="withdrawn"))
        assert store.count() == 1
        assert store.candidates(Filter())
        writer.rollback()


def test_an_import_of_another_process_is_seen_at_once(store, database_url, encoder):
    put(store, service("Kirjasto", key="1"), encoder=encoder)
    vector = encoder.encode(["Uimahalli"])[0]
    assert len(store.nearest(vector, Filter())) == 1
    other = open_store(database_url)
    put(other, service("Kirjasto", key="1"), service("Uimahalli", key="2"), encoder=encoder)
    other.close()
    assert store.nearest(vector, Filter())[0][0] == "test:service:2"


def test_every_thread_can_read(store):
    put(store, service())
    counts = []

    def read():
        counts.append(store.count())
        store.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [1, 1, 1, 1]


def test_a_service_of_another_municipality_is_not_a_candidate(store):
    put(store, service(key="1", municipalities=["091"]), service(key="2"))
    assert list(store.candidates(Filter(municipality="853"))) == ["test:service:2"]


def test_a_service_without_aland_is_not_shown_in_mariehamn(store):
    mainland = service(key="1")
    mainland.area.scope = "nationwide_ex_aland"
    put(store, mainland)
    assert store.candidates(Filter(municipality="478")) == {}
    assert store.candidates(Filter(municipality="091"))


def test_fictional_services_are_only_for_their_municipality(store):
    put(store, service(municipalities=["999"], fictional=True))
    assert store.candidates(Filter()) == {}
    assert store.candidates(Filter(municipality="999"))


def test_contacts_come_local_first_and_fallback_last(store):
    need = "human_contact/talk_to_person"
    put(
        store,
        service(key="1", needs=[need], municipalities=["091"], fallback=True),
        service(key="2", needs=[need]),
        service(key="3", needs=[need], municipalities=["091"]),
    )
    found = store.contacts(need, municipality="091")
    assert [item.id[-1] for item in found] == ["3", "2", "1"]


def test_a_name_alone_never_replaces_a_full_organisation(store):
    full = Organization("test:organization:1", {"fi": "Kunta"}, business_id="1234567-8")
    named = Organization("test:organization:1", {"fi": "Kunta"}, name_only=True)
    store.replace("test", "one", Batch(organizations=[full]), {})
    store.replace(
        "test", "two", Batch([service(organization_id=full.id)], organizations=[named]), {}
    )
    assert store.get("test:service:1").organization.business_id == "1234567-8"
