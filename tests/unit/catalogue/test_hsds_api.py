import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.catalogue.importers.base import ImportFailed
from assistant.catalogue.importers.files import fetch
from assistant.catalogue.importers.hsds import importer as hsds
from assistant.settings import get_settings

from .hsds_records import OFFICE, language_cafe
from .test_hsds_importer import accounted, reasons


class Server:
    """A server of Open Referral with two services a page."""

    def __init__(self, services, brief=False):
        self.services = services
        self.brief = brief
        self.broken = set()
        self.asked = []

    def answer(self, address):
        path, query = urlsplit(address).path, parse_qs(urlsplit(address).query)
        self.asked.append(path)
        page = int(query.get("page", ["1"])[0])
        if path in self.broken:
            return None
        if path == "/o/services":
            return self.page(self.services, page)
        if path == "/o/organizations":
            return self.page([{"id": OFFICE, "name": "Friends", "website": "https://a.org"}], page)
        key = path.rpartition("/")[2]
        return next((item for item in self.services if item["id"] == key), None)

    def page(self, items, page):
        contents = items[2 * page - 2 : 2 * page]
        if self.brief:
            contents = [
                {name: item[name] for name in ("id", "name", "status") if name in item}
                for item in contents
            ]
        total = (len(items) + 1) // 2
        return {"total_pages": total, "page_number": page, "contents": contents}


@pytest.fixture
def serve(monkeypatch):
    monkeypatch.setenv("KUNTAOPAS_ALLOW_PRIVATE_SOURCES", "true")
    monkeypatch.setattr(fetch, "sleep", lambda seconds: None)
    get_settings.cache_clear()
    running = []

    def start(server):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                data = server.answer(self.path)
                self.send_response(404 if data is None else 200)
                self.end_headers()
                self.wfile.write(json.dumps(data).encode())

            def log_message(self, *_):
                pass

        http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=http.serve_forever, daemon=True).start()
        running.append(http)
        return f"http://127.0.0.1:{http.server_port}/o"

    yield start
    for http in running:
        http.shutdown()
        http.server_close()
    get_settings.cache_clear()


def cafes(count):
    return [language_cafe(id=f"s{number}") for number in range(count)]


def names(reading):
    return sorted(item.id.rpartition(":")[2] for item in reading.batch.services)


def test_all_pages_of_an_api_are_walked(serve):
    reading = hsds.read(serve(Server(cafes(5))), None)
    assert names(reading) == ["s0", "s1", "s2", "s3", "s4"]
    assert reading.complete and accounted(reading) and reading.read == 6


def test_where_the_list_is_brief_every_full_record_is_fetched(serve):
    server = Server(cafes(3), brief=True)
    reading = hsds.read(serve(server), None)
    assert "/o/services/s2" in server.asked
    assert all(item.languages == ["so", "fi"] for item in reading.batch.services)


def test_a_full_record_that_cannot_be_had_is_seen_and_reported(serve):
    server = Server(cafes(3), brief=True)
    server.broken = {"/o/services/s1"}
    reading = hsds.read(serve(server), None)
    assert names(reading) == ["s0", "s2"] and "404" in reasons(reading)[0]
    assert any(item.endswith(":service:s1") for item in reading.seen) and accounted(reading)


def test_without_full_records_those_of_the_list_are_taken(serve):
    server = Server(cafes(5), brief=True)
    server.broken = {f"/o/services/s{number}" for number in range(5)}
    reading = hsds.read(serve(server), None)
    assert len(names(reading)) == 5 and not reading.skipped
    assert any("those of the list were taken" in note for note in reading.notes)


def test_an_api_without_organisations_is_still_read(serve):
    server = Server(cafes(1))
    server.broken = {"/o/organizations"}
    reading = hsds.read(serve(server), None)
    assert names(reading) == ["s0"]
    assert any("organisations cannot be had" in note for note in reading.notes)


def test_one_list_and_one_record_can_be_asked_for(serve):
    base = serve(Server(cafes(2)))
    assert names(hsds.read(f"{base}/services", None)) == ["s0", "s1"]
    assert names(hsds.read(f"{base}/services/s1", None)) == ["s1"]


def test_an_api_that_does_not_answer_fails_clearly(serve):
    server = Server([])
    server.broken = {"/o/services"}
    with pytest.raises(ImportFailed, match="404"):
        hsds.read(serve(server), None)
