from datetime import datetime

import pytest

from assistant.catalogue.hours import ZONE
from assistant.catalogue.time_window import time_window

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    "text, start, end",
    [
        ("tomorrow-evening", "2026-11-25T17:00", "2026-11-25T22:00"),
        ("Tomorrow Evening", "2026-11-25T17:00", "2026-11-25T22:00"),
        ("today", "2026-11-24T10:00", "2026-11-25T00:00"),
        ("tonight", "2026-11-24T17:00", "2026-11-24T22:00"),
        ("saturday morning", "2026-11-28T06:00", "2026-11-28T12:00"),
        ("tuesday-afternoon", "2026-11-24T12:00", "2026-11-24T17:00"),
        ("weekend", "2026-11-28T00:00", "2026-11-30T00:00"),
        ("2026-12-01 night", "2026-12-01T22:00", "2026-12-02T06:00"),
        ("2026-11-25T17:00/2026-11-25T19:00", "2026-11-25T17:00", "2026-11-25T19:00"),
    ],
)
def test_a_time_in_words_has_a_start_and_an_end_in_finland(text, start, end):
    wanted = tuple(datetime.fromisoformat(item).replace(tzinfo=ZONE) for item in (start, end))
    assert time_window(text, TUESDAY) == wanted


def test_now_is_this_moment():
    start, end = time_window("now", TUESDAY)
    assert start == TUESDAY < end


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "evening",
        "2026-13-01",
        "1999-01-01",
        "today morning/",
        "2026-11-25T19:00/2026-11-25T17:00",
        "a/b/c",
    ],
)
def test_other_words_are_no_time(text):
    assert time_window(text, TUESDAY) is None


def test_a_part_of_the_day_that_is_over_is_no_time():
    assert time_window("today morning", TUESDAY.replace(hour=13)) is None
