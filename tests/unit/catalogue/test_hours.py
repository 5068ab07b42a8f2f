from datetime import datetime, timezone

import pytest

from assistant.catalogue.hours import (
    hours_today,
    open_between,
    open_now,
    parse_hours,
    week,
    written,
)
from assistant.catalogue.model import Hours, HoursRule

TUESDAY = datetime(2026, 11, 24, 10, 0)
SATURDAY = datetime(2026, 11, 28, 10, 0)


def test_a_weekday_within_the_hours_is_open():
    assert open_now(parse_hours("mon-fri 9-16"), TUESDAY) is True


@pytest.mark.parametrize("hour, expected", [(8, False), (9, True), (15, True), (16, False)])
def test_opening_counts_and_closing_does_not(hour, expected):
    assert open_now(parse_hours("tue 9-16"), TUESDAY.replace(hour=hour)) is expected


def test_a_day_without_hours_is_closed_and_shows_nothing():
    hours = parse_hours("mon-fri 9-16")
    assert open_now(hours, SATURDAY) is False
    assert hours_today(hours, SATURDAY) is None


def test_unknown_hours_are_neither_open_nor_closed():
    assert open_now(Hours(raw_text={"fi": "sopimuksen mukaan"}), TUESDAY) is None


def test_an_exception_replaces_the_weekly_hours():
    hours = parse_hours("mon-sun 9-16")
    hours.rules.append(
        HoursRule(valid_from="2026-11-24", valid_to="2026-11-24", closed=True, exception=True)
    )
    assert open_now(hours, TUESDAY) is False
    assert open_now(hours, SATURDAY) is True


def test_an_exception_closes_a_place_that_is_always_open():
    hours = Hours(always_open=True)
    hours.rules.append(HoursRule(valid_from="2026-11-24", closed=True, exception=True))
    assert open_now(hours, TUESDAY) is False


def test_a_night_shift_is_open_after_midnight():
    hours = Hours([HoursRule("22:00", "06:00", weekday=0)])
    assert open_now(hours, TUESDAY.replace(hour=5)) is True
    assert open_now(hours, TUESDAY.replace(hour=7)) is False


def test_hours_over_a_weekend_last_until_monday():
    hours = Hours([HoursRule("16:00", "08:00", weekday=4, closes_after_days=3)])
    assert open_now(hours, datetime(2026, 11, 30, 7, 0)) is True


def test_rules_outside_their_period_do_not_count():
    hours = Hours([HoursRule("09:00", "16:00", 1, valid_to="2026-10-31")])
    assert open_now(hours, TUESDAY) is None
    later = Hours([HoursRule("09:00", "16:00", 1, valid_from="2027-01-01")])
    assert open_now(later, TUESDAY) is False


def test_a_moment_in_another_zone_is_read_in_finnish_time():
    hours = parse_hours("tue 9-16")
    assert open_now(hours, datetime(2026, 11, 24, 7, 30, tzinfo=timezone.utc)) is True
    assert open_now(hours, datetime(2026, 11, 24, 14, 30, tzinfo=timezone.utc)) is False


@pytest.mark.parametrize(
    "text, language, expected",
    [
        ("mon-fri 9-16", "en", "9–16"),
        ("tue 8.30-15.45", "en", "8:30–15:45"),
        ("tue 8.30-15.45", "fi", "8.30–15.45"),
        ("tue 9-12, 13-16", "en", "9–12, 13–16"),
        ("24/7", "en", "0–24"),
        ("tue 8-24", "en", "8–24"),
    ],
)
def test_todays_hours_are_short(text, language, expected):
    assert hours_today(parse_hours(text), TUESDAY, language) == expected


@pytest.mark.parametrize("text", ["ma-pe 9-16; la 10-14", "mån-fre 9–16, lör 10–14"])
def test_finnish_and_swedish_weekdays_are_read(text):
    assert written(parse_hours(text)).startswith("mon 09:00-16:00")
    assert "sat 10:00-14:00" in written(parse_hours(text))


@pytest.mark.parametrize(
    "text", ["sopimuksen mukaan", "ma-pe 9-16 paitsi heinäkuussa", "mon 9-99", ""]
)
def test_hours_that_are_not_fully_understood_are_not_guessed(text):
    assert parse_hours(text) is None


def test_written_hours_are_read_back_the_same():
    text = written(parse_hours("mon-thu 9-20, fri 9-12, fri 13-18"))
    assert written(parse_hours(text)) == text


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "avoinna ma, to 14-20, ti-ke, pe 09-16, suljettu la-su",
            "mon 14:00-20:00, tue 09:00-16:00, wed 09:00-16:00, thu 14:00-20:00, fri 09:00-16:00",
        ),
        ("Ma–pe klo 8–16", "mon 08:00-16:00"),
        ("arkisin 9-15", "mon 09:00-15:00"),
        ("vardagar kl. 9-15", "mon 09:00-15:00"),
        ("ma ja ke 10-12", "mon 10:00-12:00, wed 10:00-12:00"),
        ("joka päivä 10-18", "mon 10:00-18:00"),
    ],
)
def test_hours_as_offices_write_them_are_read(text, expected):
    assert written(parse_hours(text)).startswith(expected)


@pytest.mark.parametrize("text", ["ma 9-16 sop. mukaan", "suljettu", "ma-pe", "kesällä ma-pe 9-16"])
def test_a_text_with_more_in_it_than_days_and_times_is_not_guessed(text):
    assert parse_hours(text) is None


def test_hours_of_even_weeks_do_not_count_in_odd_ones():
    hours = Hours([HoursRule("09:00", "16:00", 1, weeks="even")])
    assert TUESDAY.isocalendar().week == 48
    assert open_now(hours, TUESDAY) is True
    assert open_now(hours, TUESDAY.replace(month=12, day=1)) is False


def test_a_named_holiday_replaces_the_hours_of_its_weekday_in_every_year():
    hours = parse_hours("mon-sun 9-16")
    hours.rules.append(HoursRule("09:00", "12:00", exception=True, holiday="midsummer_eve"))
    hours.rules.append(HoursRule(closed=True, exception=True, holiday="new_years_eve"))
    assert hours_today(hours, datetime(2026, 6, 19, 8)) == "9–12"
    assert hours_today(hours, datetime(2027, 6, 25, 8)) == "9–12"
    assert hours_today(hours, datetime(2026, 6, 20, 8)) == "9–16"
    assert hours_today(hours, datetime(2026, 12, 31, 8)) is None


def test_a_time_that_has_to_be_booked_is_neither_open_nor_closed():
    hours = Hours([HoursRule("09:00", "12:00", 1), HoursRule("12:00", "16:00", 1)])
    hours.rules[1].on_reservation = True
    assert open_now(hours, TUESDAY) is True
    assert open_now(hours, TUESDAY.replace(hour=13)) is None
    assert open_now(hours, TUESDAY.replace(hour=17)) is False


def test_a_place_that_opens_during_an_evening_is_open_between_its_ends():
    hours = parse_hours("wed 18-20")
    wednesday = datetime(2026, 11, 25)
    assert open_between(hours, wednesday.replace(hour=17), wednesday.replace(hour=21)) is True
    assert open_between(hours, wednesday.replace(hour=9), wednesday.replace(hour=18)) is False


def test_the_table_of_a_week_has_every_day_with_its_hours():
    table = week(parse_hours("mon-fri 9-16"), TUESDAY.date(), "en")
    assert [day.open for day in table] == ["9–16"] * 4 + [None, None, "9–16"]
    assert week(Hours(raw_text={"fi": "sopimuksen mukaan"}), TUESDAY.date(), "en") == []
