from datetime import date

import pytest

from assistant.catalogue.hours import hours_on
from assistant.catalogue.importers.ptv.hours import clock, hours_of, hours_v12

TUESDAY = date(2026, 11, 24)  # week 48
SATURDAY = date(2026, 11, 28)
#: Hours of v12, written by hand after its schema: no real payload is public.
WEEKLY = "WeeklyUntilFurtherNoticeServiceHour"


def opening(day, start, end, to=""):
    return {"dayFrom": day, "dayTo": to, "from": start, "to": end}


def weekly_v12(day, *hours, kind=WEEKLY, **more):
    return {"hours": [{"type": kind, "weeklyHours": {day: {"hours": list(hours)}}, **more}]}


@pytest.mark.parametrize(
    "value, found",
    [("08:00:00", "08:00"), ("8.30", "08:30"), ("24:00", "24:00"), ("25:00", None), (8, None)],
)
def test_a_time_of_day_is_read(value, found):
    assert clock(value) == found


@pytest.mark.parametrize("kind", ["DaysOfTheWeek", "Standard"])
def test_a_range_of_weekdays_is_open_on_each_of_them(kind):
    days = [opening("Monday", "09:00:00", "16:00:00", "Friday")]
    hours = hours_of([{"serviceHourType": kind, "openingHour": days}])
    assert hours_on(hours, TUESDAY, "fi") == "9–16" and hours_on(hours, SATURDAY, "fi") is None


@pytest.mark.parametrize("kind", ["Exceptional", "Exception"])
def test_an_exception_replaces_the_weekly_hours_of_its_date(kind):
    hours = hours_of(
        [
            {"serviceHourType": "DaysOfTheWeek",
             "openingHour": [opening("Tuesday", "09:00:00", "16:00:00")]},
            {"serviceHourType": kind, "validFrom": "2026-11-24T00:00:00", "validTo": None,
             "openingHour": [{"dayFrom": None, "dayTo": None, "from": "12:00:00",
                              "to": "13:00:00"}]},
        ]
    )  # fmt: skip
    assert hours_on(hours, TUESDAY, "fi") == "12–13"


def test_a_date_with_a_zone_is_the_date_in_finland():
    closed = {"serviceHourType": "Exceptional", "validFrom": "2026-11-23T22:00:00Z",
              "isClosed": True}  # fmt: skip
    assert hours_of([closed]).rules[0].valid_from == "2026-11-24"


@pytest.mark.parametrize("kind", ["OverMidnight", "Special"])
def test_hours_over_midnight_end_on_another_day(kind):
    night = [opening("Friday", "22:00:00", "04:00:00", "Saturday")]
    rule = hours_of([{"serviceHourType": kind, "openingHour": night}]).rules[0]
    assert (rule.weekday, rule.closes_after_days) == (4, 1)


def test_always_open_is_always_open():
    hours = hours_of([{"serviceHourType": "DaysOfTheWeek", "isAlwaysOpen": True}])
    assert hours.always_open


def test_always_open_for_a_time_is_open_on_its_dates_only():
    entry = {"serviceHourType": "DaysOfTheWeek", "isAlwaysOpen": True, "validForNow": False,
             "validFrom": "2026-11-20", "validTo": "2026-11-25"}  # fmt: skip
    hours = hours_of([entry])
    assert not hours.always_open and hours_on(hours, TUESDAY, "fi") == "0–24"
    assert hours_on(hours, SATURDAY, "fi") is None


def test_hours_by_reservation_are_not_for_walking_in():
    entry = {"serviceHourType": "DaysOfTheWeek", "isReservation": True,
             "openingHour": [opening("Tuesday", "09:00:00", "16:00:00")]}  # fmt: skip
    hours = hours_of([entry])
    assert hours_on(hours, TUESDAY, "fi") is None
    assert hours_on(hours, TUESDAY, "fi", on_reservation=True) == "9–16"


def test_hours_that_are_valid_for_now_have_no_end():
    entry = {"serviceHourType": "DaysOfTheWeek", "validForNow": True, "validFrom": "2020-01-01",
             "validTo": "2020-12-31",
             "openingHour": [opening("Tuesday", "09:00", "16:00")]}  # fmt: skip
    assert hours_on(hours_of([entry]), TUESDAY, "fi") == "9–16"


def test_what_hours_say_in_words_is_kept_once_in_each_language():
    words = [{"language": "fi", "value": "Kesällä suljettu"}, {"language": "sv", "value": None}]
    entry = {"serviceHourType": "DaysOfTheWeek", "additionalInformation": words}
    assert hours_of([entry, entry]).raw_text == {"fi": "Kesällä suljettu"}


@pytest.mark.parametrize("value", [None, "", 5, {}, [None], ["text"], [{"openingHour": 5}]])
def test_hours_of_any_other_type_are_no_hours(value):
    assert not hours_of(value).known and not hours_v12(value).known


def test_weekly_hours_of_v12_are_read():
    hours = hours_v12(
        weekly_v12("tuesday", {"start": "09:00", "end": "16:00", "openingStatus": "Open"})
    )
    assert hours_on(hours, TUESDAY, "fi") == "9–16" and hours_on(hours, SATURDAY, "fi") is None


@pytest.mark.parametrize(
    "repetition, this_week, next_week",
    [("EvenWeeks", "9–16", None), ("OddWeeks", None, "9–16"), ("Weekly", "9–16", "9–16")],
)
def test_odd_and_even_weeks_of_v12_are_told_apart(repetition, this_week, next_week):
    hour = {"start": "09:00", "end": "16:00", "openingStatus": "Open", "repetition": repetition}
    hours = hours_v12(weekly_v12("tuesday", hour))
    assert hours_on(hours, TUESDAY, "fi") == this_week
    assert hours_on(hours, date(2026, 12, 1), "fi") == next_week


def test_open_on_reservation_of_v12_is_not_for_walking_in():
    hour = {"start": "09:00", "end": "16:00", "openingStatus": "OpenOnReservation"}
    hours = hours_v12(weekly_v12("tuesday", hour))
    assert hours_on(hours, TUESDAY, "fi") is None
    assert hours_on(hours, TUESDAY, "fi", on_reservation=True) == "9–16"


def test_a_date_range_of_v12_limits_weekly_hours():
    hour = {"start": "09:00", "end": "16:00", "openingStatus": "Open"}
    kind = "WeeklyDateRangeServiceHour"
    entry = weekly_v12("tuesday", hour, kind=kind, fromDate="2026-11-01", toDate="2026-11-26")
    hours = hours_v12(entry)
    assert hours_on(hours, TUESDAY, "fi") == "9–16"
    assert hours_on(hours, date(2026, 12, 1), "fi") is None


def test_continuous_hours_of_v12_are_always_open():
    kind = "ContinuousAlwaysValidServiceHour"
    assert hours_v12({"hours": [{"type": kind, "openingStatus": "Open"}]}).always_open


def test_continuous_weekdays_of_v12_are_one_long_opening():
    entry = {"type": "ContinuousWeekdaysUntilFurtherNoticeServiceHour", "openingStatus": "Open",
             "fromDay": "Friday", "toDay": "Sunday", "fromTime": "16:00",
             "toTime": "12:00"}  # fmt: skip
    rule = hours_v12({"hours": [entry]}).rules[0]
    assert (rule.weekday, rule.opens, rule.closes, rule.closes_after_days) == (
        *(4, "16:00", "12:00", 2),
    )


def test_a_continuous_date_range_of_v12_is_open_without_a_break():
    entry = {"type": "ContinuousDateRangeServiceHour", "openingStatus": "Open",
             "fromDate": "2026-11-23", "toDate": "2026-11-25", "fromTime": "12:00",
             "toTime": "10:00"}  # fmt: skip
    hours = hours_v12({"hours": [entry]})
    days = [hours_on(hours, date(2026, 11, day), "fi") for day in (22, 23, 24, 25, 26)]
    assert days == [None, "12–24", "0–24", "0–10", None]


def test_an_exceptional_date_of_v12_replaces_weekly_hours():
    weekly = weekly_v12("tuesday", {"start": "09:00", "end": "16:00", "openingStatus": "Open"})
    closed = weekly_v12(
        "tuesday", {"openingStatus": "Closed"}, kind="ExceptionalDateRangeServiceHour",
        fromDate="2026-11-24", toDate="2026-11-24", heading={"fi": "Remontti"},
    )  # fmt: skip
    hours = hours_v12({"hours": [*weekly["hours"], *closed["hours"]]})
    assert hours_on(hours, TUESDAY, "fi") is None and hours.raw_text == {"fi": "Remontti"}
    assert hours_on(hours, date(2026, 12, 1), "fi") == "9–16"


def test_named_holidays_of_v12_are_exceptions_on_their_dates():
    weekly = weekly_v12("friday", {"start": "09:00", "end": "16:00", "openingStatus": "Open"})
    holidays = [
        {"holidayName": "MidsummerEve", "hours": []},
        {"holidayName": "ChristmasEve",
         "hours": [{"start": "10:00", "end": "12:00", "openingStatus": "Open"}]},
    ]  # fmt: skip
    hours = hours_v12({**weekly, "holidayServiceHours": {"holidays": holidays}})
    assert {rule.holiday for rule in hours.rules if rule.exception} == {
        "midsummer_eve",
        "christmas_eve",
    }
    assert hours_on(hours, date(2027, 6, 25), "fi") is None  # a Friday
    assert hours_on(hours, date(2027, 6, 18), "fi") == "9–16"
    assert hours_on(hours, date(2026, 12, 24), "fi") == "10–12"
