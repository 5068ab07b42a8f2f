import copy
import json
import random
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.catalogue import ImportFailed
from assistant.catalogue.importers.servicemap import importer as servicemap
from assistant.settings import get_settings

from .conftest import shared
from .test_servicemap_units import TPR, TURKU, V2, write

ODD = [
    None,
    "",
    "  ",
    0,
    -1,
    1e400,
    True,
    [],
    {},
    [None],
    [[]],
    {"fi": None},
    {"fi": []},
    "\0\ud800",
]


@contextmanager
def serving(pages):
    """A server on this machine that answers paths with JSON; others are not found."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            answer = pages(parts.path, parse_qs(parts.query), f"http://{self.headers['Host']}")
            content = json.dumps(answer).encode()
            self.send_response(404 if answer is None else 200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def own_network(monkeypatch):
    monkeypatch.setattr(get_settings(), "allow_private_sources", True)


def test_the_pages_of_the_service_map_are_read_with_the_lists_beside_them(own_network):
    def pages(path, query, host):
        if path == "/servicemap/v2/unit/":
            second = query.get("page") == ["2"]
            following = f"{host}{path}?municipality=helsinki&page=2"
            return {
                "count": 2,
                "next": None if second else following,
                "previous": None,
                "results": [{**V2, "id": 2, "services": [17]} if second else V2],
            }
        if path == "/servicemap/v2/service/":
            service = {"id": 17, "name": {"fi": "Kirjastot"}, "root_service_node": 1}
            return {"count": 1, "next": None, "results": [service]}
        return None

    with serving(pages) as host:
        reading = servicemap.read(f"{host}/servicemap/v2/unit/?municipality=helsinki", None)
    assert [item.topics for item in reading.batch.services] == [["health"], ["leisure"]]
    assert reading.complete
    missing = [note for note in reading.notes if note.startswith("read without this list")]
    assert len(missing) == 2  # service nodes and departments


def test_only_addresses_of_lists_of_units_have_lists_beside_them():
    assert servicemap.siblings("https://api.hel.fi/servicemap/v2/unit/?page_size=100") == [
        "https://api.hel.fi/servicemap/v2/service/",
        "https://api.hel.fi/servicemap/v2/service_node/",
        "https://api.hel.fi/servicemap/v2/department/",
    ]
    v4 = servicemap.siblings("https://www.hel.fi/palvelukarttaws/rest/v4/unit")
    assert "https://www.hel.fi/palvelukarttaws/rest/v4/connection/" in v4
    assert servicemap.siblings("https://www.hel.fi/palvelukarttaws/rest/v4/unit/8215") == []
    assert servicemap.siblings("https://example.fi/units.json") == []


def test_every_file_of_the_samples_is_read_or_refused_in_one_line():
    folder = shared("data", "servicemap")
    for path in sorted(folder.rglob("*.*")):
        try:
            reading = servicemap.read(str(path), None)
        except ImportFailed as error:
            assert path.name in str(error)
            assert "\n" not in str(error)
            continue
        assert reading.read == len(reading.batch.services) + len(reading.skipped)
        assert "tprek_units" in path.name


def test_the_folder_of_the_samples_is_read_with_every_record_accounted_for():
    reading = servicemap.read(str(shared("data", "servicemap")), None)
    assert len(reading.batch.services) == 2
    assert reading.read == 2 + len(reading.skipped)
    assert all(item.reason for item in reading.skipped)
    assert "29 connections were joined to the units they belong to" in reading.notes


def broken(record, chance):
    """A copy of a record with odd values put in here and there."""
    if chance.random() < 0.04:
        return copy.deepcopy(chance.choice(ODD))
    if isinstance(record, dict):
        return {key: broken(value, chance) for key, value in record.items()}
    if isinstance(record, list):
        return [broken(value, chance) for value in record]
    return record


def accounted(reading):
    return reading.read == len(reading.batch.services) + len(reading.skipped)


def test_odd_values_anywhere_in_units_lose_at_most_the_unit(tmp_path):
    chance = random.Random(853)
    samples = [TPR, V2, TURKU]
    for sample in samples:
        key = "koodi" if "koodi" in sample else "id"
        records = [
            {name: broken(value, chance) for name, value in sample.items()} | {key: number}
            for number in range(300)
        ]
        reading = servicemap.read(str(write(tmp_path, records)), None)
        assert reading.read == 300
        assert accounted(reading)
        assert len(reading.batch.services) > 200
        assert not [item for item in reading.skipped if "cannot be read" in item.reason]


def test_odd_values_anywhere_in_the_samples_lose_at_most_the_record(tmp_path):
    folder = shared("data", "servicemap", "hauki", "tests", "fixtures")
    names = ("tprek_units", "tprek_connections", "hauki_periods")
    chance = random.Random(91)
    for number in range(40):
        for name in names:
            records = json.loads((folder / f"test_import_{name}.json").read_text("utf-8"))
            write(tmp_path, [TPR, *(broken(record, chance) for record in records)], f"{name}.json")
        reading = servicemap.read(str(tmp_path), None)
        assert accounted(reading), number
        assert reading.batch.services


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("sample", [TPR, V2, TURKU], ids=["tpr", "service_map", "turku"])
def test_an_odd_value_in_any_field_of_a_unit_is_survived(tmp_path, sample, value):
    records = [{**sample, key: copy.deepcopy(value)} for key in sample]
    reading = servicemap.read(str(write(tmp_path, [TPR, *records])), None)
    assert reading.read == len(records) + 1
    assert accounted(reading)
