import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.catalogue.importers.linkedevents.files import api_address
from assistant.catalogue.importers.linkedevents.importer import read
from assistant.settings import get_settings

from .test_linkedevents_importer import NOW, event


@pytest.fixture
def api(monkeypatch):
    """A server on this machine with two pages of events; gives its address and its requests."""
    monkeypatch.setenv("KUNTAOPAS_ALLOW_PRIVATE_SOURCES", "1")
    get_settings.cache_clear()
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            query = parse_qs(parts.query)
            asked.append((parts.path, query))
            page = int(query.get("page", ["1"])[0])
            host = f"http://{self.headers['Host']}"
            following = f"{host}{parts.path}?{parts.query}&page=2" if page == 1 else None
            body = {"meta": {"count": 2, "next": following}, "data": [event(id=f"a:{page}")]}
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    get_settings.cache_clear()


def test_a_base_address_gives_all_pages_of_events_and_courses_to_come(api):
    address, asked = api
    reading = read(f"{address}/linkedevents/v1/", None, NOW)
    assert [item.id for item in reading.batch.services] == [
        "linkedevents:event:a:1",
        "linkedevents:event:a:2",
    ]
    path, query = asked[0]
    assert path == "/linkedevents/v1/event/"
    assert query["event_type"] == ["General,Course"]
    assert query["include"] == ["location,keywords"]
    assert query["start"] == ["now"]
    assert reading.complete


def test_parameters_of_the_address_are_left_as_they_are():
    url = "https://api.hel.fi/linkedevents/v1/event/?start=2026-12-01&event_type=Course"
    address, params = api_address(url)
    assert address == url
    assert set(params) == {"include", "page_size"}


def test_a_list_of_places_gets_no_parameters_of_events():
    url = "https://linkedevents-api.turku.fi/v1/place/"
    assert api_address(url) == (url, {})


def test_a_single_event_is_asked_for_with_its_place():
    url = "https://api.hel.fi/linkedevents/v1/event/kulke:1/"
    assert api_address(url) == (url, {"include": "location,keywords"})
