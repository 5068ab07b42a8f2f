"""What is past its time, ends soon, or has not been looked at for long."""

from datetime import date, timedelta

from .conftest import READ, TODAY


def test_a_guide_past_its_last_day_is_an_error(folder):
    folder.guide(valid_until=TODAY - timedelta(days=1))
    [problem] = folder.found("expired")
    assert (problem.need, problem.severity) == ("housing/deposit", "error")
    assert problem.detail == "ended on 2026-11-23"


def test_a_guide_on_its_last_day_is_not_past_it(folder):
    folder.guide(valid_until=TODAY)
    assert folder.found("expired") == []


def test_a_guide_that_ends_within_sixty_days_is_a_warning(folder):
    folder.guide(valid_until=TODAY + timedelta(days=60))
    [problem] = folder.found("expires_soon")
    assert problem.severity == "warning"


def test_a_guide_that_ends_later_is_no_problem(folder):
    folder.guide(valid_until=TODAY + timedelta(days=61))
    assert folder.problems() == []


def test_what_was_checked_longer_ago_than_asked_is_named(folder):
    folder.guide(checked=date(2025, 11, 23))
    folder.source("city", checked=date(2025, 11, 23))
    folder.fact("112", checked=date(2025, 11, 23))
    kinds = {problem.kind for problem in folder.problems()}
    assert {"old_guide", "old_source", "old_fact"} <= kinds


def test_how_old_is_old_can_be_chosen(folder):
    days = TODAY - READ
    assert folder.problems(older_than=days) == []
    assert {problem.kind for problem in folder.problems(older_than=days - timedelta(days=1))} == {
        "old_guide",
        "old_source",
        "old_fact",
    }


def test_a_guide_that_was_checked_before_its_newest_source_is_named_with_it(folder):
    folder.source("city", checked=date(2026, 11, 20))
    problems = folder.found("older_than_source")
    assert {problem.need for problem in problems} == {"housing", "housing/deposit"}
    assert {problem.detail for problem in problems} == {"city of 2026-11-20"}
