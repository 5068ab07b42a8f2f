"""What an import leaves behind, whatever happens to it; the same for both databases."""

import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from assistant.catalogue import open_store
from assistant.catalogue.analysis import query_terms
from assistant.catalogue.model import Address, Area, Batch, Channel, Connection, Service, packed
from assistant.catalogue.storage import query_plan, vector_index
from assistant.catalogue.storage.database import Database, rows
from assistant.catalogue.store import Filter

from .conftest import put, service

#: A process that writes an import and stops before the last step of its transaction.
HALF_AN_IMPORT = """
import sys, time
from assistant.catalogue import open_store
from assistant.catalogue.model import Batch, Service, Source
from assistant.catalogue.storage.writer import Writer

def stop(self):
    print("written", flush=True)
    time.sleep(60)

Writer.finish = stop
services = [Service(f"test:service:{n}", {"fi": "Muuttunut"}, Source("Test")) for n in range(500)]
open_store(sys.argv[1]).replace("test", "one", Batch(services), {})
"""


@pytest.fixture
def store(either_store):
    return either_store


def found(store, text, **wanted):
    return store.lexical(query_terms(text, "fi"), Filter(**wanted), 10)


def test_an_import_that_is_killed_leaves_the_old_data_whole(store, database_url, encoder):
    put(store, service("Kirjasto", "1"), service("Uimahalli", "2"), encoder=encoder)
    program = [sys.executable, "-c", HALF_AN_IMPORT, database_url]
    with subprocess.Popen(program, stdout=subprocess.PIPE) as running:
        assert running.stdout.readline() == b"written\n"
        assert store.count() == 2
        os.kill(running.pid, signal.SIGKILL)
    again = open_store(database_url)
    assert again.get("test:service:1").names == {"fi": "Kirjasto"}
    assert (again.count(), found(again, "uimahalli")) == (2, ["test:service:2"])
    assert found(again, "muuttunut") == []
    assert put(again, service("Kirjasto", "1"), service("Uimahalli", "2")).unchanged == 2
    again.close()


@pytest.fixture
def written():
    """The statements that change something, from here on."""
    statements = []

    def note(connection, cursor, statement, *rest):
        if statement.split()[0] in ("INSERT", "UPDATE", "DELETE"):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


def test_an_unchanged_import_writes_nothing(store, written):
    place = Channel("test:channel:1", "location", addresses=[Address(latitude=60, longitude=25)])
    batch = Batch([service()], [place], [Connection("test:service:1", place.id)])
    batch.payloads = {"test:service:1": packed({"a": 1})}
    store.replace("test", "one", batch, {})
    assert written
    written.clear()
    assert store.replace("test", "one", batch, {}).unchanged == 2
    assert written == []


def test_only_the_changed_record_is_written(store, database_url):
    put(store, service("Kirjasto", "1"), service("Uimahalli", "2"))
    put(store, service("Kirjasto", "1"), service("Museo", "2"))
    with Database(database_url).reading() as connection:
        revisions = rows(connection, "SELECT id, revision FROM services ORDER BY id")
    assert [row[1] for row in revisions] == [1, 2]


def test_two_imports_at_once_both_arrive(store, database_url):
    def bring(dataset):
        items = [service(f"Palvelu {n}", f"{dataset}-{n}") for n in range(200)]
        put(open_store(database_url), *items, dataset=dataset)

    threads = [threading.Thread(target=bring, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.count() == 600


def test_a_note_can_be_kept_while_nobody_imports_and_is_replaced(store):
    store.set_note("a", "1")
    store.set_note("a", "2")
    assert (store.note("a"), store.note("b")) == ("2", None)


def test_a_withdrawn_record_comes_back_with_what_it_is_found_by(store, encoder):
    put(store, service("Kirjasto", "1"), service("Uimahalli", "2"), encoder=encoder)
    put(store, service("Kirjasto", "1"))
    assert found(store, "uimahalli") == []
    put(store, service("Kirjasto", "1"), service("Uimahalli", "2"))
    assert found(store, "uimahalli") == ["test:service:2"]
    assert len(store.nearest(encoder.encode(["Uimahalli"])[0], Filter())) == 2


def test_a_record_that_stands_twice_counts_as_its_last(store):
    put(store, service("Kirjasto", "1"), service("Museo", "1"))
    assert store.get("test:service:1").names == {"fi": "Museo"}


def test_a_payload_is_kept_and_replaced(store):
    batch = Batch([service()], payloads={"test:service:1": packed({"name": "Ä", "n": [1, None]})})
    store.replace("test", "one", batch, {})
    assert store.payload("test:service:1") == {"name": "Ä", "n": [1, None]}
    batch.payloads = {"test:service:1": packed({"name": "B"})}
    store.replace("test", "one", batch, {})
    assert store.payload("test:service:1") == {"name": "B"}


@pytest.mark.parametrize("key", ["nothing", "a\0b", "\ud800", "' OR 1=1", ""])
def test_a_record_that_is_not_there_has_no_payload(store, key):
    assert store.payload(key) is None
    assert store.get(key) is None
    assert store.candidates_of([key], Filter()) == {}
    assert store.place_coordinates(key) is None


def test_topics_of_the_encoder_stay_when_the_record_is_imported_unchanged(store):
    put(store, service(), topics={"test:service:1": (("leisure",), 0.8)})
    assert put(store, service()).unchanged == 1
    item = store.get("test:service:1")
    assert (item.topics, item.topic_confidence) == (["leisure"], 0.8)
    assert found(store, "kirjasto", topics=("leisure",)) == ["test:service:1"]


def test_topics_of_the_source_are_not_replaced_by_the_encoder(store):
    put(store, service(topics=["housing"]), topics={"test:service:1": (("leisure",), 0.8)})
    item = store.get("test:service:1")
    assert (item.topics, item.topic_confidence) == (["housing"], None)


def test_topics_can_be_set_later(store):
    put(store, service(topics=["housing"]), service(key="2"))
    store.set_topics({"test:service:1": (("leisure", "health"), 0.9), "nobody": ((), None)})
    assert store.get("test:service:1").topics == ["leisure", "health"]
    assert list(store.candidates(Filter(("health",)))) == ["test:service:1"]
    assert store.candidates(Filter(("housing",))) == {}
    assert found(store, "kirjasto", topics=("health",)) == ["test:service:1"]
    assert found(store, "kirjasto", topics=("housing",)) == []


def test_a_very_long_word_is_stored_and_found(store):
    put(store, service("x" * 5000, "1"), service(names={"zh": "语" * 3000}, key="2"))
    assert found(store, "x" * 5000) == ["test:service:1"]


@pytest.mark.parametrize("text", ["it's", 'a "b" c', "back\\slash", "100% :*", "ა Ⴀ ᲀ 𞤀"])
def test_every_sign_can_be_stored_and_asked_for(store, text):
    put(store, service(text, keywords={"fi": [text]}))
    assert store.get("test:service:1").names == {"fi": text}
    assert found(store, text) in (["test:service:1"], [])


def test_hundreds_of_thousands_of_vectors_are_ranked_as_a_few_are(store, monkeypatch):
    random = np.random.default_rng(1)
    vectors = random.normal(size=(300, 128)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    items = [service(f"Palvelu {n}", f"{n:03}") for n in range(300)]
    batch = Batch(items)
    known = {item.id: ("fi", vector) for item, vector in zip(items, vectors)}
    store.replace("test", "one", batch, known)
    exact = store.nearest(vectors[7], Filter())
    monkeypatch.setattr(vector_index, "EXACT", 100)
    store.set_centres({})
    few_directions = store.nearest(vectors[7], Filter())
    assert few_directions[0][0] == "test:service:007"
    assert [i for i, _ in few_directions[:50]] == [i for i, _ in exact[:50]]
    # One more is found without reading all again.
    batch.services.append(service("Uusi", "999"))
    store.replace("test", "one", batch, {"test:service:999": ("fi", vectors[7])})
    assert "test:service:999" in [i for i, _ in store.nearest(vectors[7], Filter())[:2]]


def test_a_rare_word_is_not_drowned_by_a_common_one(store, monkeypatch):
    monkeypatch.setattr(query_plan, "ENOUGH", 20)
    put(
        store,
        *(service(f"Palvelu {n}", str(n)) for n in range(60)),
        service("Uimahalli palvelu", "rare"),
    )
    assert found(store, "palvelu uimahalli")[0] == "test:service:rare"


def test_a_common_word_alone_finds_something(store, monkeypatch):
    monkeypatch.setattr(query_plan, "ENOUGH", 20)
    put(store, *(service(f"Palvelu {n}", str(n)) for n in range(60)))
    assert len(found(store, "palvelu")) == 10


def test_many_records_are_imported_quickly(store):
    items = [
        Service(
            id=f"test:service:{n}",
            names={"fi": f"Palvelu {n % 70} kirjasto"},
            source=service().source,
            summaries={"fi": "Kirjastossa voit lainata kirjoja ja lukea lehtiä. " * 3},
            area=Area("limited", ["091"]),
        )
        for n in range(3000)
    ]
    start = time.process_time()
    put(store, *items)
    assert 3000 / (time.process_time() - start) > 500
