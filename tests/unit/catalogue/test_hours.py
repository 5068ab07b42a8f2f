from datetime import datetime, timezone

import pytest

from assistant.catalogue.hours import hours_today, open_now, parse_hours, written
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
