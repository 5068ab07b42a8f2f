from datetime import date

import pytest

from assistant.catalogue.named_days import HOLIDAYS, RELATIVE, day_name, is_known_day, is_named_day


@pytest.mark.parametrize("text", ["MidsummerEve", "Midsummer Eve", "midsummer_eve"])
def test_a_day_has_one_name_however_it_is_written(text):
    assert day_name(text) == "midsummer_eve"


@pytest.mark.parametrize(
    "name, day",
    [
        ("midsummer_eve", date(2027, 6, 25)),
        ("good_friday", date(2027, 3, 26)),
        ("maundy_thursday", date(2027, 3, 25)),
        ("holy_saturday", date(2027, 3, 27)),
        ("new_years_eve", date(2026, 12, 31)),
        ("may_day_eve", date(2027, 4, 30)),
        ("independence_day", date(2026, 12, 6)),
        ("christmas_eve", date(2026, 12, 24)),
    ],
)
def test_a_named_day_is_found_on_its_date_only(name, day):
    assert is_named_day(name, day)
    assert not is_named_day(name, day.replace(day=day.day - 2))


@pytest.mark.parametrize(
    "name", [*RELATIVE, *(name for names in HOLIDAYS.values() for name in names)]
)
def test_every_known_day_falls_on_a_date_of_each_year(name):
    days = [
        date.fromordinal(n)
        for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
    ]
    assert is_known_day(name)
    assert sum(is_named_day(name, day) for day in days) == 1


def test_an_unknown_day_is_no_day():
    assert not is_known_day("pancake_day")
    assert not is_named_day("pancake_day", date(2026, 12, 24))
