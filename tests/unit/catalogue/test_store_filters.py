"""Filters, times of events, and places; the same for both databases."""

from datetime import datetime, timedelta, timezone

import pytest

from assistant.catalogue.analysis import query_terms
from assistant.catalogue.model import Address, Batch, Channel, Connection, Occurrence
from assistant.catalogue.store import Filter

from .conftest import put, service

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture
def store(either_store):
    return either_store


def passing(store, **wanted):
    return [key.split(":")[-1] for key in store.candidates(Filter(**wanted))]


def event(key, start=None, end=None, **fields):
    return service("Kielikahvila", key, kind="event", occurrence=Occurrence(start, end, **fields))


def test_only_what_is_free_passes_a_filter_for_what_is_free(store):
    put(store, service(key="a", charge="free"), service(key="b", charge="charged"), service())
    assert passing(store, charge="free") == ["a"]
    assert passing(store, charge="no such charge") == []


@pytest.mark.parametrize(
    "age, expected", [(6, ["b", "c"]), (7, ["a", "b", "c"]), (12, ["a", "c"]), (40, ["c"])]
)
def test_an_age_must_lie_within_the_limits_that_are_known(store, age, expected):
    put(
        store,
        service(key="a", age_min=7, age_max=15),
        service(key="b", age_max=10),
        service(key="c"),
    )
    assert passing(store, age=age) == expected


def test_an_age_of_zero_is_an_age(store):
    put(store, service(key="a", age_min=1), service(key="b", age_min=0, age_max=2))
    assert passing(store, age=0) == ["b"]


def test_kinds_filter(store):
    put(store, service(key="a"), service(key="b", kind="course"), event("c"))
    assert passing(store, kinds=("course", "event")) == ["b", "c"]


def test_an_event_that_has_ended_is_not_found(store):
    put(
        store,
        event("past", "2026-11-24T08:00:00+02:00", "2026-11-24T11:59:00+02:00"),
        event("going on", "2026-11-24T11:00:00+02:00", "2026-11-24T13:00:00+02:00"),
        event("utc", "2026-11-24T09:30:00Z", "2026-11-24T10:30:00Z"),
        event("today", "2026-11-24", all_day=True),
        event("yesterday", "2026-11-23", all_day=True),
        event("no time"),
        event("strange time", "next week"),
    )
    going_on = ["going on", "utc", "today", "no time", "strange time"]
    assert passing(store, at=NOON) == going_on
    wanted = Filter(at=NOON)
    assert len(store.lexical(query_terms("kielikahvila", "fi"), wanted, 10)) == len(going_on)
    later = Filter(at=NOON + timedelta(days=2))
    assert len(store.candidates(later)) == 2


def test_without_a_moment_it_is_now(store):
    put(store, event("past", "2020-01-01T10:00:00+02:00"), event("future", "2999-01-01"))
    assert passing(store) == ["future"]


@pytest.mark.parametrize("status, count", [("cancelled", 0), ("postponed", 0), ("rescheduled", 1)])
def test_an_event_that_does_not_take_place_is_never_found(store, status, count):
    put(store, event("a", "2999-01-01T10:00:00+02:00", status=status))
    assert len(store.candidates(Filter(at=NOON))) == count
    assert store.has_candidates(Filter(at=NOON)) == bool(count)


def test_candidates_come_in_order_and_as_many_as_wanted(store):
    need = "leisure/library"
    put(
        store,
        service(key="1", municipalities=["091"], fallback=True),
        service(key="2"),
        service(key="3", municipalities=["091"]),
        service(key="4", needs=[need]),
    )
    wanted = {"need": need, "municipality": "091"}
    assert passing(store, **wanted) == ["4", "3", "2", "1"]
    assert len(store.candidates(Filter(**wanted), 2)) == 2


def test_hits_are_judged_without_reading_all_candidates(store):
    put(store, service(key="1", municipalities=["091"]), service(key="2", municipalities=["853"]))
    ids = ["test:service:2", "test:service:1", "nobody"]
    judged = store.candidates_of(ids, Filter(municipality="091"))
    assert {key: one.local for key, one in judged.items()} == {"test:service:1": True}


def test_filters_follow_an_import(store):
    put(store, service(key="1", charge="free"), service(key="2", charge="free"))
    assert passing(store, charge="free") == ["1", "2"]
    put(store, service(key="1", charge="charged"), service(key="3", charge="free"))
    assert passing(store, charge="free") == ["3"]


def test_a_frequent_word_finds_the_service_of_the_municipality(store):
    put(
        store,
        *(service("Kirjasto", f"{n:03}", ["853"]) for n in range(300)),
        service("Kirjasto", "home", ["091"]),
    )
    wanted = Filter(municipality="091")
    assert store.lexical(query_terms("kirjasto", "fi"), wanted, 5) == ["test:service:home"]
    assert store.by_title(["kirjastto"], wanted, 5)[0][0] == "test:service:home"


# Places ------------------------------------------------------------------------------------


def address(street, town, code, latitude, longitude):
    return Address({"fi": street}, code, {"fi": town, "sv": f"{town}s"}, None, latitude, longitude)


@pytest.fixture
def places(store):
    batch = Batch()
    for key, *where in (
        ("a", "Rikhardinkatu 3", "Helsinki", "00130", 60.17, 24.94),
        ("b", "Asematie 1", "Helsinki", "00520", 60.21, 24.96),
        ("c", "Asematie 1", "Oulu", "90100", 65.01, 25.47),
    ):
        channel = Channel(f"test:channel:{key}", "location", addresses=[address(*where)])
        batch.services.append(service("Kirjasto", key))
        batch.channels.append(channel)
        batch.connections.append(Connection(f"test:service:{key}", channel.id))
    store.replace("test", "one", batch, {})
    return store, batch


@pytest.mark.parametrize(
    "name, expected",
    [
        ("00130", (60.17, 24.94)),
        ("helsinki", (60.19, 24.95)),
        ("HELSINKIS", (60.19, 24.95)),
        ("Rikhardinkatu 3", (60.17, 24.94)),
        ("asematie 1, Oulu", (65.01, 25.47)),
        ("Asematie 1, 90100", (65.01, 25.47)),
        ("Asematie 1", None),  # in two towns
        ("Turku", None),
        ("", None),
    ],
)
def test_a_place_is_known_by_what_people_call_it(places, name, expected):
    assert places[0].place_coordinates(name) == expected


def test_a_place_that_has_moved_is_known_where_it_is(places):
    store, batch = places
    batch.channels[2].addresses = [address("Torikatu 5", "Oulu", "90101", 65.02, 25.5)]
    store.replace("test", "one", batch, {})
    assert store.place_coordinates("Torikatu 5") == (65.02, 25.5)
    assert store.place_coordinates("90100") is None


def test_what_is_near_comes_first_and_what_is_far_not_at_all(places):
    store, _ = places
    found = store.by_distance((60.17, 24.94), Filter(), 5, radius_km=50)
    assert [key for key, _ in found] == ["test:service:a", "test:service:b"]
    assert found[0][1] == pytest.approx(0, abs=0.01)
    assert len(store.by_distance((60.17, 24.94), Filter(), 1)) == 1


def test_the_addresses_of_a_connection_replace_those_of_its_channel(places):
    store, batch = places
    batch.connections[0].addresses = [address("Kauppakatu 2", "Oulu", "90120", 65.03, 25.48)]
    store.replace("test", "one", batch, {})
    assert store.places(["test:service:a"]) == {"test:service:a": [(65.03, 25.48)]}
    near_oulu = [key for key, _ in store.by_distance((65.03, 25.48), Filter(), 1)]
    assert near_oulu == ["test:service:a"]


def test_a_channel_that_is_withdrawn_is_no_place(places):
    store, batch = places
    del batch.channels[0], batch.connections[0]
    store.replace("test", "one", batch, {})
    assert store.places(["test:service:a"]) == {}
    assert "test:service:a" not in dict(store.by_distance((60.17, 24.94), Filter(), 5))
