from datetime import date, datetime

import pytest

from assistant.catalogue.hours import intervals, open_now
from assistant.catalogue.importers.hsds.hours import clock, hours_of
from assistant.catalogue.model import HoursRule


def weekly(byday="MO", opens="09:00", closes="16:00", **fields):
    return {"freq": "WEEKLY", "byday": byday, "opens_at": opens, "closes_at": closes, **fields}


def read(*schedules, language="en"):
    return hours_of(list(schedules), language)


def opening_days(hours, first, count):
    days = (date.fromordinal(first.toordinal() + step) for step in range(count))
    return [day.isoformat() for day in days if intervals(hours, day)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("09:00", "09:00"), ("9:00:00", "09:00"), ("0900", "09:00"), ("900", "09:00")),
        *(("09:00Z", "09:00"), ("09:00+02:00", "09:00"), ("9.30", "09:30"), ("9", "09:00")),
        *(("9 am", "09:00"), ("12:30 AM", "00:30"), ("5 p.m.", "17:00"), ("24:00", "24:00")),
        *(("noon", None), ("25:00", None), ("", None), (None, None), ({}, None), ("13 pm", None)),
    ],
)
def test_times_are_read_in_every_usual_spelling(text, expected):
    assert clock(text) == expected


def test_a_weekly_schedule_is_a_rule_for_each_day():
    assert read(weekly("MO,TU", "0900", "16:00Z")).rules == [
        HoursRule("09:00", "16:00", 0),
        HoursRule("09:00", "16:00", 1),
    ]


def test_validity_and_start_limit_a_rule():
    rule = read(weekly(valid_from="2026-01-01", dtstart="2026-02-02", until="20261231")).rules[0]
    assert (rule.valid_from, rule.valid_to) == ("2026-02-02", "2026-12-31")


def test_a_count_ends_with_its_last_day():
    rule = read(weekly("MO,WE", dtstart="2026-11-25", count="3")).rules[0]
    assert rule.valid_to == "2026-12-02"


def test_every_second_week_is_odd_or_even_and_turns_after_a_week_53():
    hours = read(weekly(interval=2, dtstart="2026-12-14"))
    assert opening_days(hours, date(2026, 12, 1), 60) == [
        *("2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25"),
    ]


def test_the_first_day_of_the_week_decides_which_sunday_is_meant():
    by_monday = read(weekly("SU", interval=2, dtstart="2026-11-23"))
    by_sunday = read(weekly("SU", interval=2, dtstart="2026-11-23", wkst="SU"))
    assert opening_days(by_monday, date(2026, 11, 23), 14) == ["2026-11-29"]
    assert opening_days(by_sunday, date(2026, 11, 23), 14) == ["2026-12-06"]


def test_week_numbers_that_are_all_odd_or_all_even_are_a_rhythm():
    odd = ",".join(str(week) for week in range(1, 53, 2))
    assert read(weekly(byweekno=odd)).rules[0].weeks == "odd"
    assert read(weekly(byweekno="41,42")).rules == []


@pytest.mark.parametrize(
    "schedule",
    [
        weekly("1MO", freq="MONTHLY"),
        weekly(freq="MONTHLY", byday="", bymonthday="2,3"),
        weekly(interval=2),
        weekly(interval=3, dtstart="2026-11-23"),
        weekly(bymonthday="2"),
        weekly(valid_to="until further notice"),
        weekly(closes=""),
        weekly(closes="late"),
        weekly("MO,XX"),
        {"opens_at": "9:00", "closes_at": "12:00"},
        {"weekday": "1", "opens_at": "9:00", "closes_at": "12:00"},
    ],
)
def test_what_no_rule_can_say_stays_text(schedule):
    hours = read(schedule, weekly("SU"), language="fi")
    assert hours.rules == [] and hours.raw_text["en"]
    assert open_now(hours, datetime(2026, 11, 24, 10)) is None


def test_text_says_the_rhythm_in_english_beside_the_words_of_the_source():
    hours = read(weekly("1MO", freq="MONTHLY", description="Vain kerran"), language="fi")
    assert hours.raw_text == {"fi": "Vain kerran", "en": "first Monday every month 09:00–16:00"}


def test_closed_dates_are_exceptions_in_old_and_new_records():
    old = {"closed": "true", "start_date": "2026-12-24", "end_date": "2026-12-26"}
    new = {"valid_from": "2026-12-24", "valid_to": "2026-12-26", "description": "Closed"}
    for record in (old, new):
        hours = read(weekly("TH"), record)
        assert hours.rules[1].exception and hours.rules[1].closed and not hours.raw_text
        assert intervals(hours, date(2026, 12, 24)) == []


def test_a_weekday_in_words_is_read():
    record = {"weekday": "Monday", "opens_at": "9:00 AM", "closes_at": "5 pm"}
    assert read(record).rules == [HoursRule("09:00", "17:00", 0)]


def test_closing_after_midnight_is_on_the_next_day():
    assert read(weekly("FR", "20:00", "02:00")).rules[0].closes_after_days == 1


def test_every_hour_of_every_day_is_always_open():
    assert read(weekly("MO,TU,WE,TH,FR,SA,SU", "00:00", "24:00")).always_open


def test_words_alone_are_read_if_a_strict_grammar_accepts_them():
    assert read({"description": "mon-tue 9-16"}).rules[0] == HoursRule("09:00", "16:00", 0)
    assert read({"description": "When the flag is up"}).raw_text == {"en": "When the flag is up"}


def test_a_remark_beside_rules_is_kept_beside_them():
    hours = read(weekly(), {"description": "Not on holidays"})
    assert len(hours.rules) == 1 and hours.raw_text == {"en": "Not on holidays"}
