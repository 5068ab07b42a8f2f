from datetime import datetime

import pytest

from assistant.catalogue import SearchQuery, search
from assistant.catalogue.hours import parse_hours
from assistant.catalogue.model import Address, Batch, Channel, Connection

from .conftest import put, service


def found(store, text=None, **options):
    return [item.service.id.split(":")[-1] for item in search(store, SearchQuery(text, **options))]


@pytest.fixture
def town(store):
    put(
        store,
        service("Päivähoito", "daycare", ["091"], topics=["early_childhood_education"]),
        service("Kirjasto", "library", ["091"], topics=["leisure"]),
        service("Valtakunnallinen kirjasto", "national-library", topics=["leisure"]),
        service("Kirjasto", "turku-library", ["853"], topics=["leisure"]),
        service("语言课程", "chinese", names={"zh": "语言课程"}),
        service("دورة اللغة", "arabic", names={"ar": "دورة اللغة الفنلندية"}),
    )
    return store


@pytest.mark.parametrize(
    "text", ["päivähoito", "päivähoitoon", "paivahoito", "PÄIVÄHOITO", "päivähoidon"]
)
def test_a_word_is_found_in_every_form(town, text):
    assert found(town, text, language="fi") == ["daycare"]


def test_two_chinese_signs_are_found(town):
    assert found(town, "课程", language="zh") == ["chinese"]


def test_an_arabic_word_is_found_without_its_article(town):
    assert found(town, "لغة", language="ar") == ["arabic"]


def test_a_misspelt_title_is_found(town):
    assert found(town, "kirjastto", municipality="091")[0] == "library"


def test_a_local_service_comes_before_a_national_one(town):
    assert found(town, "kirjasto", municipality="091") == ["library", "national-library"]


def test_a_topic_filters_and_needs_no_text(town):
    assert found(town, topics=["early_childhood_education"]) == ["daycare"]


def test_nonsense_finds_nothing(town, encoder):
    assert found(town, "qwzx vbnm") == []
    assert found(town, "qwzx vbnm", vector=encoder.encode(["qwzx vbnm"])[0]) == []


def test_a_vector_finds_what_the_words_do_not(store, encoder):
    names = ["swimming hall", "library books", "doctor nurse", "daycare place", "job search"]
    put(store, *(service(name, name.split()[0]) for name in names), encoder=encoder)
    assert found(store, vector=encoder.encode(["hall swimming"])[0])[0] == "swimming"


def test_a_need_comes_first_within_its_topic(store):
    put(
        store,
        service("A", "a", topics=["leisure"]),
        service("B", "b", topics=["leisure"], needs=["leisure/library"]),
        service("C", "c", topics=["housing"]),
    )
    assert found(store, need="leisure/library") == ["b", "a"]


def test_a_fallback_record_comes_last(store):
    put(
        store,
        service("Kirjasto", "fallback", ["091"], topics=["leisure"], fallback=True),
        service("Kirjaston verkkopalvelu", "national", topics=["leisure"]),
    )
    assert found(store, "kirjasto", topics=["leisure"], municipality="091")[-1] == "fallback"


def test_a_language_of_service_filters(store):
    put(store, service("A", "a", languages=["fi"]), service("B", "b", languages=["fi", "ar"]))
    assert found(store, service_language="ar") == ["b"]


def test_the_limit_holds(store):
    put(store, *(service(f"Kirjasto {n}", str(n)) for n in range(10)))
    assert len(found(store, "kirjasto", limit=3)) == 3


@pytest.fixture
def places(store):
    batch = Batch()
    for key, hours, place in (
        ("near", "tue 9-16", (60.17, 24.94)),
        ("far", "tue 18-20", (60.45, 22.27)),
        ("nowhere", None, None),
    ):
        item = service("Kirjasto", key)
        batch.services.append(item)
        address = (
            Address({"fi": "Katu 1"}, latitude=place[0], longitude=place[1]) if place else None
        )
        channel = Channel(f"test:channel:{key}", "location", addresses=[address] if address else [])
        if hours:
            channel.hours = parse_hours(hours)
        batch.channels.append(channel)
        batch.connections.append(Connection(item.id, channel.id))
    store.replace("test", "one", batch, {})
    return store


def test_open_now_leaves_only_what_is_known_to_be_open(places):
    now = datetime(2026, 11, 24, 10, 0)
    assert found(places, "kirjasto", open_now=True, now=now) == ["near"]


def test_nearer_services_come_first(places):
    assert found(places, "kirjasto", near=(60.2, 24.9))[0] == "near"
    assert found(places, "kirjasto", near=(60.4, 22.3))[0] == "far"


def test_a_radius_leaves_out_what_is_far(places):
    assert found(places, "kirjasto", near=(60.2, 24.9), radius_km=50) == ["near"]


@pytest.mark.parametrize(
    "text", ['"', "' OR 1=1", "a* NEAR(b)", "title:x", "-", "\0", "x" * 20_000]
)
def test_no_text_breaks_the_search(town, text):
    search(town, SearchQuery(text))
