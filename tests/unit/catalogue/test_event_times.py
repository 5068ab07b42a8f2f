from datetime import datetime

import pytest

from assistant.catalogue.event_times import has_ended, takes_place, when
from assistant.catalogue.model import Occurrence

NOW = datetime(2026, 11, 24, 18, 0)


@pytest.mark.parametrize(
    "occurrence, language, expected",
    [
        (
            Occurrence("2026-11-24T15:00:00Z", "2026-11-24T17:00:00Z"),
            "en",
            "Tue 24 Nov, 17:00–19:00",
        ),
        (Occurrence("2026-11-24T15:00:00Z"), "fi", "ti 24 marras, 17.00"),
        (
            Occurrence("2027-01-09", "2027-01-10", all_day=True),
            "en",
            "Sat 9 Jan 2027 – Sun 10 Jan 2027",
        ),
        (
            Occurrence("2026-12-31T20:00:00Z", "2027-01-01T00:00:00Z"),
            "en",
            "Thu 31 Dec, 22:00 – Fri 1 Jan 2027, 2:00",
        ),
    ],
)
def test_the_time_of_an_event_is_told_in_finnish_time_and_the_readers_language(
    occurrence, language, expected
):
    assert when(occurrence, NOW, language) == expected


def test_an_event_without_a_start_has_no_time():
    assert when(Occurrence(), NOW, "en") is None
    assert when(Occurrence("soon"), NOW, "en") is None


@pytest.mark.parametrize("language", "fi sv en ru uk et ar so fa tr zh es fr".split())
def test_every_served_language_can_tell_the_time(language):
    assert when(Occurrence("2026-11-24T15:00:00Z"), NOW, language)


@pytest.mark.parametrize(
    "occurrence, ended",
    [
        (Occurrence("2026-11-24T13:00:00Z", "2026-11-24T15:59:00Z"), True),
        (Occurrence("2026-11-24T13:00:00Z", "2026-11-24T16:01:00Z"), False),
        (Occurrence("2026-11-24T08:00:00Z"), False),
        (Occurrence("2026-11-23T08:00:00Z"), True),
        (Occurrence("2026-11-23", "2026-11-24", all_day=True), False),
        (Occurrence(), False),
    ],
)
def test_an_event_lasts_until_its_end_or_the_end_of_its_day(occurrence, ended):
    assert has_ended(occurrence, NOW) is ended


@pytest.mark.parametrize(
    "occurrence, expected",
    [
        (Occurrence("2026-11-25T16:00:00Z", "2026-11-25T18:00:00Z"), True),
        (Occurrence("2026-11-25T08:00:00Z", "2026-11-25T09:00:00Z"), False),
        (Occurrence("2026-11-25T16:00:00Z"), True),
        (Occurrence("2026-11-25", "2026-11-26", all_day=True), True),
        (Occurrence("2026-11-26", all_day=True), False),
        (Occurrence(), False),
    ],
)
def test_an_event_takes_place_in_a_window_that_it_touches(occurrence, expected):
    evening = (datetime(2026, 11, 25, 17), datetime(2026, 11, 25, 22))
    assert takes_place(occurrence, evening) is expected
