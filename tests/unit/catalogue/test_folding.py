from assistant.catalogue.folding import fold
from assistant.catalogue.model import Address, Channel, Occurrence

from .conftest import service


def place(key):
    return Channel(key, "location", addresses=[Address({"fi": f"Katu {key}"})])


def branch(name, key, codes=("091",), provider="hki", **fields):
    item = service(name, key, list(codes), organization_id=provider, **fields)
    item.channels = [place(key)]
    return item


def keys(found):
    return [[item.service.id, *item.others] for item in found]


def test_branches_of_one_provider_and_name_are_one_with_all_their_places():
    found = fold([branch("Kirjasto", "1"), branch("Kirjasto", "2"), branch("Uimahalli", "3")], 5)
    assert keys(found) == [["test:service:1", "test:service:2"], ["test:service:3"]]
    assert [item.places for item in found] == [2, 1]


def test_the_same_name_in_another_municipality_or_of_another_provider_is_another_service():
    services = [
        branch("Kirjasto", "1"),
        branch("Kirjasto", "2", codes=("853",)),
        branch("Kirjasto", "3", provider="other"),
    ]
    assert len(fold(services, 5)) == 3


def test_the_dates_of_a_series_are_one():
    dates = [
        branch(f"Kielikahvila {n}", str(n), occurrence=Occurrence(f"2026-12-0{n}", series_id="s"))
        for n in (1, 2, 3)
    ]
    assert keys(fold(dates, 5)) == [["test:service:1", "test:service:2", "test:service:3"]]


def test_national_services_without_a_provider_stay_apart():
    assert len(fold([service("Neuvonta", "1"), service("Neuvonta", "2")], 5)) == 2


def test_no_more_are_read_than_are_needed():
    def endless():
        number = 0
        while True:
            number += 1
            yield branch(f"Palvelu {number}", str(number))

    assert len(fold(endless(), 3)) == 3
