"""The live API of PTV, against a real server on loopback; its answers are written by hand."""

from datetime import datetime, timezone
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.catalogue import import_source
from assistant.catalogue.importers.base import ImportFailed
from assistant.catalogue.importers.files import fetch
from assistant.catalogue.importers.ptv.importer import read, read_changes
from assistant.settings import get_settings

from .ptv_records import (
    GENERAL_ID,
    PLACE_ID,
    SERVICE_ID,
    TOWN_ID,
    is_accounted_for,
    said,
    v11_channel,
    v11_organization,
    v11_service,
    v12_channel,
    v12_connection,
    v12_organization,
    v12_service,
)
from .web_server import WebServer

OTHER_ID = "66666666-6666-6666-6666-666666666666"
GONE_ID = "77777777-7777-7777-7777-777777777777"
SINCE = datetime(2026, 11, 1, 12, 0, tzinfo=timezone.utc)
V11_AREA = "/api/v11/Service/list/area/Municipality/code/853"


@pytest.fixture
def serve(monkeypatch):
    monkeypatch.setenv("KUNTAOPAS_ALLOW_PRIVATE_SOURCES", "1")
    monkeypatch.setenv("KUNTAOPAS_PTV_API_KEY", "secret-key")
    monkeypatch.setattr(fetch, "sleep", lambda seconds: None)
    get_settings.cache_clear()
    servers = []

    def start(answers):
        """A server; `answers` maps paths to records, or to a function of the query."""

        def answer(path, _query, _headers):
            query = parse_qs(urlsplit(servers[-1].requests[-1][0]).query)
            found = answers.get(path, 404)
            found = found(query) if callable(found) else found
            return (found, {}, {}) if isinstance(found, int) else (200, {}, found)

        servers.append(WebServer(answer))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
    monkeypatch.undo()
    get_settings.cache_clear()


def page(*items, number=1, count=1):
    return {"pageNumber": number, "pageSize": 100, "pageCount": count, "itemList": list(items)}


def page_v12(*items, number=1, count=1):
    return {"items": list(items), "page": number, "pageSize": 100, "totalPages": count,
            "totalItems": len(items)}  # fmt: skip


def of_ids(*records):
    """`list?guids=`: the records that are asked for, 404 if there are none."""

    def answer(query):
        wanted = query["guids"][0].split(",")
        found = [record for record in records if record["id"] in wanted]
        return found or 404

    return answer


def connected_service(**fields):
    return v11_service(
        serviceChannels=[{"serviceChannel": {"id": PLACE_ID, "name": "Paikka"}}],
        organizations=[{"organization": {"id": TOWN_ID, "name": "Turku"}}],
        generalDescriptionId=GENERAL_ID,
        **fields,
    )


def answers_v11(**more):
    pages = {1: page(connected_service(), number=1, count=2),
             2: page(v11_service(id=OTHER_ID), number=2, count=2)}  # fmt: skip
    general = {"id": GENERAL_ID, "generalDescriptionType": "Municipality",
               "names": [said("Yleinen", type="Name")],
               "descriptions": [said("Yleistä", type="Description")]}  # fmt: skip
    return {
        V11_AREA: lambda query: pages[int(query.get("page", ["1"])[0])],
        "/api/v11/ServiceChannel/list": of_ids(v11_channel()),
        "/api/v11/Organization/list": of_ids(v11_organization()),
        "/api/v11/GeneralDescription/list": of_ids(general),
        **more,
    }


def paths(server):
    return [urlsplit(path).path for path, _ in server.requests]


def test_the_base_address_gives_all_that_concerns_a_municipality(serve):
    server = serve(answers_v11())
    reading = read(f"{server.url}/api/v11/", "853")
    assert len(reading.batch.services) == 2 and reading.complete
    assert reading.batch.services[0].descriptions == {"fi": "Yleistä"}
    assert reading.batch.channels[0].id == "ptv:channel:" + PLACE_ID
    assert reading.batch.organizations[0].names == {"fi": "Turun kaupunki"}
    assert is_accounted_for(reading) and reading.read == 4


def test_national_services_and_general_descriptions_are_asked_for(serve):
    server = serve(answers_v11())
    read(f"{server.url}/api/v11", "853")
    query = parse_qs(urlsplit(server.requests[0][0]).query)
    assert query["includeWholeCountry"] == ["true"] and query["serviceWithGD"] == ["true"]


def test_no_key_is_sent_to_v11(serve):
    server = serve(answers_v11())
    read(f"{server.url}/api/v11", "853")
    assert not any("x-api-key" in {name.lower() for name in sent} for _, sent in server.requests)


def test_the_address_of_a_list_is_read_page_by_page(serve):
    server = serve(answers_v11())
    reading = read(f"{server.url}{V11_AREA}?includeWholeCountry=true", None)
    assert len(reading.batch.services) == 2 and set(paths(server)) == {V11_AREA}


def test_a_server_that_gives_up_is_asked_for_fewer_records(serve):
    two = [{"serviceChannel": {"id": PLACE_ID}}, {"serviceChannel": {"id": OTHER_ID}}]

    def one_at_a_time(query):
        wanted = query["guids"][0].split(",")
        if len(wanted) > 1:
            return 504
        return [record for record in channels if record["id"] in wanted]

    channels = [v11_channel(), v11_channel(id=OTHER_ID)]
    server = serve(
        {
            V11_AREA: page(v11_service(serviceChannels=two)),
            "/api/v11/ServiceChannel/list": one_at_a_time,
        }
    )
    reading = read(f"{server.url}/api/v11/", "853")
    assert len(reading.batch.channels) == 2 and reading.complete


def test_a_record_that_never_comes_is_noted_and_nothing_is_withdrawn(serve):
    server = serve(answers_v11(**{"/api/v11/ServiceChannel/list": 500}))
    reading = read(f"{server.url}/api/v11/", "853")
    assert len(reading.batch.services) == 2 and not reading.complete
    assert any("ServiceChannel/list" in note for note in reading.notes)


def test_a_channel_that_is_gone_is_no_failure(serve):
    server = serve(answers_v11(**{"/api/v11/ServiceChannel/list": 404}))
    reading = read(f"{server.url}/api/v11/", "853")
    assert reading.complete and reading.batch.channels == []


@pytest.mark.parametrize(
    "path, municipality, message",
    [
        ("/api/v11/", None, "code of a municipality"),
        ("/api/v11/", "853", "answers 503"),
    ],
)
def test_what_cannot_be_read_fails_with_one_line(path, municipality, message, serve):
    server = serve({V11_AREA: 503})
    with pytest.raises(ImportFailed, match=message) as error:
        read(server.url + path, municipality)
    assert "\n" not in str(error.value)


def test_an_api_without_services_withdraws_nothing(serve):
    server = serve({V11_AREA: page()})
    with pytest.raises(ImportFailed, match="no records"):
        read(f"{server.url}/api/v11/", "853")


# v11, what has changed ------------------------------------------------------------------------


def changes_v11(services, changed_channels=()):
    """An API where services were changed, and these channels."""
    sweep = [{"id": SERVICE_ID, "name": "Neuvonta"}, {"id": OTHER_ID, "name": "Muu"}]
    return answers_v11(
        **{
            V11_AREA: lambda query: page(*(services if "date" in query else [])),
            "/api/v11/Service/area/Municipality/code/853": page(*sweep),
            "/api/v11/Service/serviceWithGD/list": of_ids(v11_service(id=OTHER_ID)),
            "/api/v11/ServiceChannel/area/Municipality/code/853": page(
                {"id": PLACE_ID, "name": "Paikka"}
            ),
            "/api/v11/ServiceChannel": page(
                *({"id": found, "name": "x"} for found in changed_channels)
            ),
        }
    )


def known(*services, channels=()):
    return {
        *(f"ptv:service:{found}" for found in services),
        *(f"ptv:channel:{found}" for found in channels),
    }


def test_only_what_changed_is_read_and_the_rest_is_seen(serve):
    server = serve(changes_v11([connected_service()]))
    ids = known(SERVICE_ID, OTHER_ID, GONE_ID, channels=[PLACE_ID])
    reading = read_changes(f"{server.url}/api/v11/", "853", SINCE, ids)
    assert [item.id for item in reading.batch.services] == ["ptv:service:" + SERVICE_ID]
    assert reading.batch.channels == []
    assert {"ptv:service:" + OTHER_ID, "ptv:channel:" + PLACE_ID} <= reading.seen
    # The one that the sweep of ids does not have any more is withdrawn by the store.
    assert "ptv:service:" + GONE_ID not in reading.seen and reading.complete


def test_the_time_of_the_last_import_is_sent_in_utc(serve):
    server = serve(changes_v11([]))
    read_changes(f"{server.url}/api/v11/", "853", SINCE, known(SERVICE_ID, OTHER_ID))
    dates = {date for path, _ in server.requests
             for date in parse_qs(urlsplit(path).query).get("date", [])}  # fmt: skip
    assert dates == {"2026-11-01T12:00:00"}


def test_a_service_that_came_into_the_area_unchanged_is_read(serve):
    server = serve(changes_v11([]))
    reading = read_changes(f"{server.url}/api/v11/", "853", SINCE, known(SERVICE_ID))
    assert [item.id for item in reading.batch.services] == ["ptv:service:" + OTHER_ID]


def test_a_changed_channel_of_an_unchanged_service_is_read(serve):
    server = serve(changes_v11([], changed_channels=[PLACE_ID]))
    ids = known(SERVICE_ID, OTHER_ID, channels=[PLACE_ID])
    reading = read_changes(f"{server.url}/api/v11/", "853", SINCE, ids)
    assert [item.id for item in reading.batch.channels] == ["ptv:channel:" + PLACE_ID]


def test_a_channel_that_is_gone_is_not_seen(serve):
    server = serve(changes_v11([]))
    ids = known(SERVICE_ID, OTHER_ID, channels=[PLACE_ID, GONE_ID])
    reading = read_changes(f"{server.url}/api/v11/", "853", SINCE, ids)
    assert "ptv:channel:" + GONE_ID not in reading.seen and reading.complete


def test_changes_need_the_base_address(serve):
    with pytest.raises(ImportFailed, match="base address"):
        read_changes("https://example.fi/services.json", "853", SINCE, [])


# v12 ------------------------------------------------------------------------------------------


def answers_v12(**more):
    national = v12_service(
        contentId=OTHER_ID,
        area={"areaType": "WholeCountry"},
        generalDescriptionContentId=GENERAL_ID,
    )

    def services(query):
        if "municipalities" in query:
            return page_v12(v12_service())
        if query.get("areaType") == ["WholeCountry"]:
            # Each search of an area may give the same service again.
            return page_v12(national, v12_service())
        return page_v12()

    connections = [v12_connection(publishedAt="2026-10-01T00:00:00Z")]
    general = {"contentId": GENERAL_ID, "generalDescriptionType": "Municipality",
               "languageVersions": {"fi": {"name": "Yleinen",
                                           "description": "Yleistä"}}}  # fmt: skip
    unused = {**general, "contentId": GONE_ID}
    return {
        "/api/v12/service/search": services,
        "/api/v12/connection/search": page_v12(*connections),
        "/api/v12/service-channel/search": page_v12(v12_channel(), v12_channel(contentId=GONE_ID)),
        "/api/v12/organization/search": page_v12(),
        f"/api/v12/organization/{TOWN_ID}": v12_organization(),
        "/api/v12/general-description/search": page_v12(general, unused),
        **more,
    }


def test_the_searches_of_v12_are_joined(serve):
    server = serve(answers_v12())
    reading = read(f"{server.url}/api/v12/", "853")
    assert {item.id for item in reading.batch.services} == known(SERVICE_ID, OTHER_ID)
    assert reading.service_index["ptv:service:" + OTHER_ID].area.scope == "nationwide"
    # Only what a service refers to is read, however it is found.
    assert [item.id for item in reading.batch.channels] == ["ptv:channel:" + PLACE_ID]
    assert [item.id for item in reading.batch.organizations] == ["ptv:organization:" + TOWN_ID]
    assert len(reading.batch.connections) == 1 and reading.complete
    assert is_accounted_for(reading) and reading.read == 4


def test_services_of_the_region_the_county_and_the_country_are_asked_for(serve):
    server = serve(answers_v12())
    read(f"{server.url}/api/v12", "853")
    asked = [
        parse_qs(urlsplit(path).query) for path, _ in server.requests if "service/search" in path
    ]
    assert asked[0]["municipalities"] == ["853"] and asked[0]["municipalitiesMatch"] == ["any"]
    assert {"regions", "wellbeingServicesCounties", "areaType"} <= {
        name for query in asked for name in query
    }
    assert {query["areaType"][0] for query in asked if "areaType" in query} == {
        "WholeCountry",
        "WholeCountryExceptAland",
    }


def test_services_outside_aland_are_not_asked_for_in_aland(serve):
    server = serve(answers_v12())
    read(f"{server.url}/api/v12", "478")
    assert not any("WholeCountryExceptAland" in path for path, _ in server.requests)


def test_the_key_goes_with_every_request_of_v12(serve):
    server = serve(answers_v12())
    read(f"{server.url}/api/v12/", "853")
    keys = [{name.lower(): value for name, value in sent.items()} for _, sent in server.requests]
    assert keys and all(sent.get("x-api-key") == "secret-key" for sent in keys)


def test_without_a_key_v12_says_so_in_one_line(serve, monkeypatch):
    server = serve(answers_v12())
    monkeypatch.delenv("KUNTAOPAS_PTV_API_KEY")
    get_settings.cache_clear()
    with pytest.raises(ImportFailed, match="KUNTAOPAS_PTV_API_KEY") as error:
        read(f"{server.url}/api/v12/", "853")
    assert "\n" not in str(error.value) and server.requests == []


def test_the_connections_of_many_services_are_asked_for_in_parts(serve):
    many = [v12_service(contentId=f"00000000-0000-0000-0000-{number:012d}") for number in range(45)]
    server = serve(answers_v12(**{"/api/v12/service/search": page_v12(*many)}))
    read(f"{server.url}/api/v12/", "853")
    sizes = [len(parse_qs(urlsplit(path).query)["serviceContentIds"])
             for path, _ in server.requests if "connection" in path]  # fmt: skip
    assert sizes == [20, 20, 5]


def test_a_channel_that_no_search_gives_is_asked_for_by_id(serve):
    more = {
        "/api/v12/service-channel/search": 400,
        f"/api/v12/service-channel/{PLACE_ID}": v12_channel(),
    }
    server = serve(answers_v12(**more))
    reading = read(f"{server.url}/api/v12/", "853")
    assert len(reading.batch.channels) == 1 and reading.complete


def test_of_v12_only_what_changed_is_read_and_the_rest_is_seen(serve):
    server = serve(answers_v12())
    since = datetime(2026, 11, 15, tzinfo=timezone.utc)
    ids = {*known(SERVICE_ID, GONE_ID, channels=[PLACE_ID]), "ptv:organization:" + TOWN_ID}
    reading = read_changes(f"{server.url}/api/v12/", "853", since, ids)
    assert [item.id for item in reading.batch.services] == ["ptv:service:" + OTHER_ID]
    assert "ptv:service:" + SERVICE_ID in reading.seen
    assert "ptv:service:" + GONE_ID not in reading.seen and reading.complete


def test_a_new_connection_makes_its_service_changed(serve):
    fresh = page_v12(v12_connection(publishedAt="2026-11-20T00:00:00Z"))
    server = serve(answers_v12(**{"/api/v12/connection/search": fresh}))
    since = datetime(2026, 11, 15, tzinfo=timezone.utc)
    reading = read_changes(f"{server.url}/api/v12/", "853", since, known(SERVICE_ID, OTHER_ID))
    assert "ptv:service:" + SERVICE_ID in reading.service_index


def test_an_import_from_the_api_is_stored(serve, store):
    server = serve(answers_v11())
    report = import_source(store, "ptv", f"{server.url}/api/v11/", municipality="853")
    assert (report.kept, report.skipped) == (4, [])
    assert store.get("ptv:service:" + SERVICE_ID).channels


def test_an_import_of_changes_reads_everything_first_and_then_only_what_changed(serve, store):
    everything = answers_v11()[V11_AREA]
    server = serve(
        {
            **changes_v11([]),
            V11_AREA: lambda query: page() if "date" in query else everything(query),
        }
    )
    url = f"{server.url}/api/v11/"
    first = import_source(store, "ptv", url, municipality="853", changes=True)
    asked = len(server.requests)
    second = import_source(store, "ptv", url, municipality="853", changes=True)
    assert first.kept > 0 == second.changed
    dates = [
        path for path, _ in server.requests[asked:] if "date" in parse_qs(urlsplit(path).query)
    ]
    assert dates
    assert second.withdrawn == 0


def test_changes_of_a_file_cannot_be_asked_for(store, tmp_path):
    path = tmp_path / "services.json"
    path.write_text("[]")
    with pytest.raises(ImportFailed, match="only what has changed cannot be asked for"):
        import_source(store, "ptv", str(path), changes=True)
