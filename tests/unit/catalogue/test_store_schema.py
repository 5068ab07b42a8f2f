"""Opening a catalogue: new, of an older or newer version, of something else, by many at once."""

import json
import logging
import sqlite3
import subprocess
import sys
import threading

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from assistant.catalogue import StoreError, open_store
from assistant.catalogue.analysis import query_terms
from assistant.catalogue.model import to_json
from assistant.catalogue.storage import schema
from assistant.catalogue.storage.database import Database
from assistant.catalogue.storage.tables import METADATA
from assistant.catalogue.store import Filter

from .conftest import put, service

#: The tables of a catalogue before there were migrations.
FIRST_TABLES = """
CREATE TABLE services (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, dataset TEXT NOT NULL,
    hash TEXT NOT NULL, status TEXT NOT NULL, scope TEXT NOT NULL, fallback INTEGER NOT NULL,
    fictional INTEGER NOT NULL, organization TEXT, data TEXT NOT NULL);
CREATE INDEX services_dataset ON services (source, dataset);
CREATE TABLE channels (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, dataset TEXT NOT NULL, hash TEXT NOT NULL,
    status TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX channels_dataset ON channels (source, dataset);
CREATE TABLE organizations (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, dataset TEXT NOT NULL, hash TEXT NOT NULL,
    status TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX organizations_dataset ON organizations (source, dataset);
CREATE TABLE connections (
    service_id TEXT NOT NULL, channel_id TEXT NOT NULL, position INTEGER NOT NULL,
    data TEXT NOT NULL, PRIMARY KEY (service_id, channel_id)) WITHOUT ROWID;
CREATE INDEX connections_channel ON connections (channel_id);
CREATE TABLE topics (
    service INTEGER NOT NULL, topic TEXT NOT NULL, PRIMARY KEY (topic, service)) WITHOUT ROWID;
CREATE INDEX topics_service ON topics (service);
CREATE TABLE needs (
    service INTEGER NOT NULL, need TEXT NOT NULL, PRIMARY KEY (need, service)) WITHOUT ROWID;
CREATE INDEX needs_service ON needs (service);
CREATE TABLE areas (
    service INTEGER NOT NULL, municipality TEXT NOT NULL,
    PRIMARY KEY (municipality, service)) WITHOUT ROWID;
CREATE INDEX areas_service ON areas (service);
CREATE TABLE languages (
    service INTEGER NOT NULL, language TEXT NOT NULL,
    PRIMARY KEY (language, service)) WITHOUT ROWID;
CREATE INDEX languages_service ON languages (service);
CREATE TABLE texts (key INTEGER PRIMARY KEY, service INTEGER NOT NULL, language TEXT NOT NULL);
CREATE INDEX texts_service ON texts (service);
CREATE VIRTUAL TABLE words USING fts5 (
    title, alt_title, keywords, summary, body, grams,
    tokenize = "unicode61 remove_diacritics 0", prefix = '4 5');
CREATE VIRTUAL TABLE titles USING fts5 (title, tokenize = "trigram");
CREATE TABLE vectors (
    service INTEGER PRIMARY KEY, language TEXT NOT NULL, vector BLOB NOT NULL);
CREATE TABLE centres (language TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@pytest.fixture
def first_catalogue(tmp_path):
    """A catalogue as the first version left it: two services, one of them withdrawn."""
    path = tmp_path / "catalogue.db"
    vector = np.full(4, 0.5, dtype=np.float32).tobytes()
    library = service("Kirjasto", "1", ["091"], topics=["leisure"], needs=["leisure/library"])
    pool = service("Uimahalli", "2", topics=["leisure"])
    place = {"latitude": 60.17, "longitude": 24.94, "postal_code": "00100"}
    place |= {"street": {"fi": "Rikhardinkatu 3"}, "city": {"fi": "Helsinki"}}
    channel = {"id": "test:channel:1", "type": "location", "addresses": [place]}
    with sqlite3.connect(path) as old:
        old.executescript(FIRST_TABLES)
        old.execute("PRAGMA user_version = 1")
        for key, item, status, scope in (
            (1, library, "published", "limited"),
            (2, pool, "withdrawn", "nationwide"),
        ):
            old.execute(
                "INSERT INTO services VALUES (?, ?, 'test', 'one', 'h', ?, ?, 0, 0, NULL, ?)",
                (key, item.id, status, scope, to_json(item)),
            )
            old.execute("INSERT INTO topics VALUES (?, 'leisure')", (key,))
            old.execute("INSERT INTO texts VALUES (?, ?, 'fi')", (key, key))
            title = item.names["fi"].lower()
            old.execute(
                "INSERT INTO words (rowid, title, alt_title, keywords, summary, body, grams)"
                " VALUES (?, ?, '', '', '', '', '')",
                (key, title[:8]),
            )
            old.execute("INSERT INTO titles (rowid, title) VALUES (?, ?)", (key, title))
            old.execute("INSERT INTO vectors VALUES (?, 'fi', ?)", (key, vector))
        old.execute("INSERT INTO needs VALUES (1, 'leisure/library')")
        old.execute("INSERT INTO areas VALUES (1, '091')")
        old.execute("INSERT INTO languages VALUES (1, 'fi')")
        old.execute(
            "INSERT INTO channels VALUES ('test:channel:1', 'test', 'one', 'h', 'published', ?)",
            (json.dumps(channel),),
        )
        connection = {"service_id": library.id, "channel_id": "test:channel:1"}
        old.execute(
            "INSERT INTO connections VALUES (?, 'test:channel:1', 0, ?)",
            (library.id, json.dumps(connection)),
        )
        old.execute("INSERT INTO centres VALUES ('fi', ?)", (vector,))
        old.execute("INSERT INTO notes VALUES ('generation', '7'), ('own_catalogue', 'x')")
    return path


def test_a_catalogue_of_the_first_version_keeps_its_records(first_catalogue):
    store = open_store(first_catalogue)
    found = store.get("test:service:1")
    assert (found.names, found.needs) == ({"fi": "Kirjasto"}, ["leisure/library"])
    assert found.channels[0].addresses[0].postal_code == "00100"
    assert store.get("test:service:2").status == "withdrawn"
    assert (store.count(), store.note("own_catalogue")) == (1, "x")


def test_a_catalogue_of_the_first_version_can_be_searched_at_once(first_catalogue):
    store = open_store(first_catalogue)
    near_helsinki = Filter(("leisure",), municipality="091")
    assert store.lexical(query_terms("kirjasto", "fi"), near_helsinki, 5) == ["test:service:1"]
    assert store.by_title(["kirjastto"], near_helsinki, 5)[0][0] == "test:service:1"
    assert store.nearest(np.eye(4)[0], near_helsinki)[0][0] == "test:service:1"
    assert store.place_coordinates("Rikhardinkatu 3, Helsinki") == (60.17, 24.94)
    assert store.by_distance((60.2, 24.9), near_helsinki, 5)[0][0] == "test:service:1"


def test_a_catalogue_of_the_first_version_takes_imports(first_catalogue):
    store = open_store(first_catalogue)
    put(store, service("Kirjasto", "1"), service("Uimahalli", "2"))
    assert store.count() == 2
    assert store.lexical(query_terms("uimahalli", "fi"), Filter(), 5) == ["test:service:2"]


def test_a_failing_upgrade_leaves_the_old_catalogue_as_it_was(first_catalogue):
    with sqlite3.connect(first_catalogue) as old:
        old.execute("UPDATE services SET data = 'broken' WHERE key = 2")
    with pytest.raises(StoreError, match="could not be brought up to date"):
        open_store(first_catalogue)
    with sqlite3.connect(first_catalogue) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
        assert old.execute("SELECT count(*) FROM texts").fetchone() == (2,)


def test_the_migrations_make_the_tables_that_the_store_uses(database_url):
    open_store(database_url).close()
    options = {
        "compare_type": True,
        "include_name": lambda name, kind, _: kind != "table" or name in METADATA.tables,
    }
    with Database(database_url).reading() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_the_list_of_revisions_is_that_of_the_files():
    scripts = ScriptDirectory(str(schema.MIGRATIONS))
    files = [script.revision for script in scripts.walk_revisions()]
    assert list(reversed(files)) == list(schema.REVISIONS)


def test_a_catalogue_of_a_newer_version_is_refused(database_url):
    open_store(database_url).close()
    with Database(database_url).writing() as connection:
        connection.exec_driver_sql("UPDATE catalogue_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version"):
        open_store(database_url)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "notes.db"
    path.write_text("These are my notes, and they are longer than a page of a database." * 20)
    with pytest.raises(StoreError, match="notes.db"):
        open_store(path)


def test_a_database_of_something_else_is_refused(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE things (name TEXT)")
    with pytest.raises(StoreError, match="not a catalogue"):
        open_store(path)


def test_tables_of_something_else_in_postgresql_are_refused(postgresql):
    with Database(postgresql).writing() as connection:
        connection.exec_driver_sql("CREATE TABLE services (name TEXT)")
    with pytest.raises(StoreError, match="not a catalogue"):
        open_store(postgresql)


def test_a_database_of_conversations_can_hold_the_catalogue_too(postgresql):
    with Database(postgresql).writing() as connection:
        connection.exec_driver_sql("CREATE TABLE conversations (id TEXT)")
    assert open_store(postgresql).count() == 0


@pytest.mark.parametrize(
    "url, message",
    [
        ("postgresql://postgres@127.0.0.1:1/x", "refused"),
        ("postgresql://postgres@/kuntaopas_there_is_none?host=127.0.0.1", "does not exist|refused"),
        ("postgresql+nothing://x/y", "driver"),
        ("mysql://x/y", "no database for a catalogue"),
        ("postgresql://x:notanumber/y", "cannot be read"),
    ],
)
def test_a_database_that_cannot_be_opened_is_named_in_one_line(url, message):
    with pytest.raises(StoreError, match=message) as caught:
        open_store(url)
    assert "\n" not in str(caught.value)


def test_a_password_is_not_shown():
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://me:secret@127.0.0.1:1/x")
    assert "secret" not in str(caught.value)


def test_several_that_open_a_new_catalogue_at_once_all_can(database_url):
    opened, errors = [], []

    def start():
        try:
            opened.append(open_store(database_url).count())
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (opened, errors) == ([0] * 4, [])


def test_processes_that_open_a_new_catalogue_at_once_all_can(database_url):
    program = "import sys; from assistant.catalogue import open_store; open_store(sys.argv[1])"
    running = [
        subprocess.Popen([sys.executable, "-c", program, database_url], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [(one.communicate()[1], one.returncode) for one in running] == [(b"", 0)] * 3


def test_making_the_tables_writes_no_log(database_url, caplog):
    with caplog.at_level(logging.INFO):
        open_store(database_url).close()
    assert [record for record in caplog.records if record.name.startswith("alembic")] == []


def test_a_catalogue_that_is_up_to_date_is_opened_without_alembic(tmp_path):
    path = tmp_path / "catalogue.db"
    open_store(path).close()
    program = (
        "import sys; from assistant.catalogue import open_store; open_store(sys.argv[1]);"
        " sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True)


def test_the_version_table_does_not_take_the_name_that_others_use(postgresql):
    open_store(postgresql).close()
    with Database(postgresql).reading() as connection:
        names = inspect(connection).get_table_names()
    assert "catalogue_version" in names and "alembic_version" not in names
