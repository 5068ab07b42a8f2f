"""Whole cases, expected from the sourced facts about the law and not from the rules."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.guidance.assessment import BENEFITS, PERMITS, SITUATIONS, assess, next_question

TABLE = Path(__file__).with_name("assessment_cases.yml")
#: The day asked about is in every case: the tests say the same on any day.
ANOTHER_DAY = date(2035, 5, 5)
KINDS = ("law", "entitlement", "responsible", "window_ends", "plan_always", "next")

CASES: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def expecting(kind: str) -> list[Any]:
    """The cases that say something about one part of the answer, each with its name."""
    return [pytest.param(one, id=one["id"]) for one in CASES if kind in one["expect"]]


@cache
def answer(name: str) -> dict[str, Any]:
    """The answer to one case of the table."""
    return assess(next(one["case"] for one in CASES if one["id"] == name), on=ANOTHER_DAY)


def acceptable(one: dict[str, Any], kind: str) -> list[Any]:
    """What the table accepts for one part of the answer."""
    expected = one["expect"][kind]
    return expected if isinstance(expected, list) else [expected]


@pytest.mark.parametrize("one", expecting("law"))
def test_the_law_is_the_one_in_force_on_the_day(one):
    assert answer(one["id"])["law"] in acceptable(one, "law"), one["why"]


@pytest.mark.parametrize("one", expecting("entitlement"))
def test_the_assessment_is_automatic_on_request_or_not_due(one):
    assert answer(one["id"])["entitlement"] in acceptable(one, "entitlement"), one["why"]


@pytest.mark.parametrize("one", expecting("responsible"))
def test_the_person_is_sent_to_the_responsible_authority(one):
    assert answer(one["id"])["responsible"] in acceptable(one, "responsible"), one["why"]


@pytest.mark.parametrize("one", expecting("window_ends"))
def test_the_window_ends_on_the_earliest_day_it_can(one):
    assert answer(one["id"])["window_ends"] in acceptable(one, "window_ends"), one["why"]


@pytest.mark.parametrize("one", expecting("plan_always"))
def test_a_plan_is_promised_only_to_those_who_always_get_one(one):
    assert answer(one["id"])["plan"]["always"] in acceptable(one, "plan_always"), one["why"]


@pytest.mark.parametrize("one", expecting("next"))
def test_the_next_question_is_one_that_matters(one):
    assert next_question(one["case"], ANOTHER_DAY) in acceptable(one, "next"), one["why"]


def test_the_table_is_wide_enough_and_every_case_has_its_own_name():
    assert len({one["id"] for one in CASES}) == len(CASES) >= 160
    assert {one["case"].get("permit") for one in CASES} >= {*PERMITS, None}
    assert {one["case"].get("situation") for one in CASES} >= {*SITUATIONS, None}
    assert {benefit for one in CASES for benefit in one["case"].get("benefits", ())} == {*BENEFITS}


@pytest.mark.parametrize("one", [pytest.param(one, id=one["id"]) for one in CASES])
def test_a_case_says_why_and_why_more_than_one_answer_is_acceptable(one):
    several = any(isinstance(one["expect"].get(kind), list) for kind in KINDS[:4])
    assert one["why"] and {*one["expect"]} <= {*KINDS}
    assert "open" in one or not several
