"""Which guide a person is shown first."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.evaluation.reach import offered, questions, reach, reached

HOME, DEPOSIT = "housing/homelessness_and_shelter", "housing/deposit_and_contract"


def message(kind: str, *payloads: str) -> dict[str, Any]:
    return {"kind": kind, "buttons": [{"title": "x", "payload": one} for one in payloads]}


def row(need: str, **more: Any) -> dict[str, Any]:
    topic, _, name = need.partition("/")
    return {"text": "x", "lang": "fi", "topic": topic, "need": name, **more}


def test_the_answer_comes_before_its_buttons() -> None:
    slots = {"topic": "housing", "need": "deposit_and_contract"}
    found = offered(slots, [message("answer", f"/{HOME}")])
    assert found == [DEPOSIT, HOME]


def test_a_question_offers_its_buttons_only() -> None:
    slots = {"topic": "housing", "need": "deposit_and_contract"}
    assert offered(slots, [message("question", f"/{HOME}", "/none_of_these")]) == [HOME]


@pytest.mark.parametrize(("place", "right"), [(0, True), (1, True), (2, False)])
def test_a_guide_counts_among_the_first_two(place: int, right: bool) -> None:
    others = ["leisure/sports_facilities_and_groups", "health/dental_care"]
    others.insert(place, DEPOSIT)
    assert reached(row(DEPOSIT), {"emergency": False, "offered": others}) is right


def test_another_need_that_fits_as_well_counts() -> None:
    shown = {"emergency": False, "offered": [HOME]}
    assert reached(row(DEPOSIT, also=[HOME]), shown)
    assert reached(row("health/dental_care", also=["housing"]), shown)
    assert not reached(row("health/dental_care"), shown)


def test_a_cry_for_help_is_reached_by_the_emergency_answer_alone() -> None:
    alarm = {"emergency": True, "offered": []}
    assert reached(row("emergency/poisoning"), alarm)
    assert not reached(row(DEPOSIT), alarm)


def test_one_question_is_asked_for_each_need_and_language() -> None:
    rows = [
        row(DEPOSIT, text="first"),
        row(DEPOSIT, text="second"),
        row(DEPOSIT, text="in Vietnamese", lang="vi"),
        row("bot_meta/greeting"),
        row("out_of_scope/unintelligible"),
    ]
    assert [one["text"] for one in questions(rows, ["fi"])] == ["first"]


def test_misses_tell_the_need_and_no_text() -> None:
    result = reach([row(DEPOSIT)], lambda texts: [({}, [message("question", f"/{HOME}")])])
    assert result["reached"] == 0.0
    assert result["misses"] == [{"lang": "fi", "need": DEPOSIT, "offered": [HOME]}]
