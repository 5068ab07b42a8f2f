from datetime import datetime

import pytest

from assistant.catalogue.hours import hours_on, open_now
from assistant.catalogue.importers.servicemap import importer as servicemap
from assistant.catalogue.importers.servicemap.hauki import hauki_hours
from assistant.catalogue.importers.servicemap.hours import (
    HoursText,
    hours_of,
    object_hours,
    turku_hours,
)

from .conftest import shared


def told(*lines):
    return hours_of([HoursText({"fi": line}) for line in lines])


def span(days, start, end, state="open", **more):
    return {
        "weekdays": days,
        "start_time": start,
        "end_time": end,
        "resource_state": state,
        "end_time_on_next_day": False,
        "full_day": False,
        **more,
    }


def period(*spans, start="2026-01-01", end="2026-12-31", override=False, state="", rules=()):
    return {
        "start_date": start,
        "end_date": end,
        "override": override,
        "resource_state": state,
        "time_span_groups": [{"time_spans": list(spans), "rules": list(rules)}],
    }


def test_a_free_text_that_is_understood_whole_gives_rules_and_no_text():
    hours = told("avoinna ma, to 14-20, ti-ke, pe 09-16, suljettu la-su")
    assert open_now(hours, datetime(2026, 11, 23, 15)) is True  # Monday
    assert open_now(hours, datetime(2026, 11, 24, 15)) is True
    assert open_now(hours, datetime(2026, 11, 24, 17)) is False
    assert not hours.raw_text


def test_a_free_text_with_anything_else_in_it_stays_a_text():
    line = "avoinna ma-pe 9-16, kesällä lyhyemmin"
    hours = told(line)
    assert not hours.known
    assert hours.raw_text == {"fi": line}


def test_one_statement_that_is_not_understood_leaves_all_of_them_texts():
    hours = told("ma-pe 9-16", "juhannuksena sovitusti 2 tuntia")
    assert not hours.known
    assert hours.raw_text["fi"].split("\n")[0] == "ma-pe 9-16"


def test_two_statements_about_the_same_day_leave_it_unknown_which_is_right():
    assert not told("ma-pe 9-16", "ma-pe 8-20").known
    assert told("ma-pe 9-16", "la 10-14").known
    assert told("ma-pe 9-16", "ma-pe 9-16").known


def test_the_title_of_a_page_with_hours_is_no_statement():
    page = HoursText({"fi": "Aukioloajat"}, {"fi": "https://example.fi/ajat"})
    hours = hours_of([HoursText({"fi": "ma-pe 9-16"}), page])
    assert hours.known
    assert hours.raw_text == {"fi": "Aukioloajat: https://example.fi/ajat"}


@pytest.mark.parametrize(
    "value",
    [
        '{"ma-": "9-16"}',
        "ma-pe 9-16",
        "[1, 2",
        '{"mon": {"opens": "x"}}',
        [{"dayOfWeek": "Monday"}],
        [1],
        7,
        None,
    ],
)
def test_an_object_that_cannot_be_read_whole_gives_no_hours(value):
    assert object_hours(value) is None


def test_hours_may_be_an_object_by_weekday_or_a_list_of_specifications():
    by_day = object_hours('{"mon": [{"opens": "9:00", "closes": "16:00"}], "sun": "closed"}')
    assert hours_on(by_day, datetime(2026, 11, 23).date(), "fi") == "9–16"
    listed = object_hours(
        [{"dayOfWeek": ["https://schema.org/Monday"], "opens": "09:00", "closes": "16:00"}]
    )
    assert hours_on(listed, datetime(2026, 11, 23).date(), "fi") == "9–16"


def test_overriding_periods_of_hauki_replace_the_others_on_all_their_days():
    hours = hauki_hours(
        [
            period(span([1, 2, 3, 4, 5, 6], "09:00:00", "17:00:00")),
            period(
                span([1], "10:00:00", "12:00:00"),
                start="2026-06-01",
                end="2026-06-14",
                override=True,
            ),
        ]
    )
    assert open_now(hours, datetime(2026, 6, 1, 11)) is True
    assert open_now(hours, datetime(2026, 6, 1, 15)) is False
    assert open_now(hours, datetime(2026, 6, 2, 11)) is False  # not told: closed
    assert open_now(hours, datetime(2026, 6, 16, 11)) is True


def test_spans_that_follow_each_other_are_one_and_may_end_the_next_day():
    hours = hauki_hours(
        [
            period(
                span([1], "08:00:00", "10:00:00", "self_service"),
                span([1], "10:00:00", "20:00:00"),
                span([5], "22:00:00", "02:00:00", end_time_on_next_day=True),
            )
        ]
    )
    assert hours_on(hours, datetime(2026, 11, 23).date(), "en") == "8–20"
    assert open_now(hours, datetime(2026, 11, 28, 1)) is True  # Saturday night


def test_hours_on_reservation_are_told_apart_and_closed_periods_are_closed():
    hours = hauki_hours(
        [
            period(span([1], "09:00:00", "12:00:00", "with_reservation")),
            period(start="2026-07-01", end="2026-07-31", override=True, state="closed"),
        ]
    )
    assert open_now(hours, datetime(2026, 11, 23, 10)) is None
    assert open_now(hours, datetime(2026, 7, 6, 10)) is False


def test_odd_weeks_are_told_and_other_rhythms_leave_the_hours_unknown():
    odd = {"context": "year", "subject": "week", "frequency_modifier": "odd"}
    hours = hauki_hours([period(span([1], "09:00:00", "12:00:00"), rules=[odd])])
    assert {rule.weeks for rule in hours.rules} == {"odd"}
    third = {"context": "month", "subject": "monday", "start": 3, "frequency_ordinal": 1}
    assert not hauki_hours([period(span([1], "9:00", "12:00"), rules=[third])]).known


@pytest.mark.parametrize("broken", [None, 5, {"weekdays": [9]}, {"weekdays": "x"}, {}])
def test_a_broken_period_of_hauki_leaves_the_hours_unknown(broken):
    spans = [broken, span([1], None, "12:00:00")]
    assert not hauki_hours([period(*spans)]).known
    assert not hauki_hours([None, 3, period(start="x")]).known


def test_the_periods_of_the_samples_are_joined_by_the_number_that_the_unit_has_in_hauki():
    reading = servicemap.read(str(shared("data", "servicemap", "hauki")), None)
    channel = next(item for item in reading.batch.channels if item.id.endswith("tprek-8215"))
    assert hours_on(channel.hours, datetime(2020, 6, 22).date(), "fi") == "8–20"
    assert open_now(channel.hours, datetime(2020, 6, 21, 12)) is False  # Sunday
    other = next(item for item in reading.batch.channels if item.id.endswith("tprek-51342"))
    assert open_now(other.hours, datetime(2026, 11, 27, 17)) is True


def test_special_hours_of_turku_are_of_a_part_of_the_place_and_are_not_its_hours():
    special = {
        "aukiolotyyppi": "erityinen",
        "viikonpaiva": "1",
        "avaamisaika": "08:00:00",
        "sulkemisaika": "09:00:00",
        "kuvaus_kieliversiot": {"fi": "Puhelinaika ma 8-9"},
    }
    hours = turku_hours([special, None, {"aukiolotyyppi": 4}])
    assert not hours.known
    assert hours.raw_text == {"fi": "Puhelinaika ma 8-9"}
