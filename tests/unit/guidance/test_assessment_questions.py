"""Which question comes next, what does not fit together, and dates that are half known."""

from datetime import date

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.guidance.assessment import (
    BENEFITS,
    FOLDER,
    PERMITS,
    SITUATIONS,
    CaseError,
    RulesError,
    assess,
    load_rules,
    next_question,
)

TODAY = date(2026, 11, 24)
HOME_CARE = "child_home_care_allowance"
ANSWERS = {
    "situation": st.sampled_from(SITUATIONS),
    "first_permit_date": st.sampled_from(
        ["2020-05-05", "2023-11-30", "2025-03-01", "2025-03", "2025", "2026-12-31"]
    ),
    "permit": st.sampled_from(PERMITS),
    "has_municipality_of_residence": st.booleans(),
    "benefits": st.lists(st.sampled_from(BENEFITS), unique=True),
    "age": st.integers(0, 90),
    "municipality": st.sampled_from(["091", "478"]),
    "assessed_before": st.booleans(),
}


def decision(result):
    return result["entitlement"], result["responsible"], result["plan"]["always"]


def contradicts(result):
    return any(text.startswith("Please check two answers") for text in result["cautions"])


def test_the_situation_is_asked_first():
    assert next_question({}, TODAY) == "situation"


def test_the_date_of_the_permit_is_asked_before_its_kind():
    assert next_question({"situation": "employed"}, TODAY) == "first_permit_date"


def test_a_parent_at_home_is_asked_about_benefits_before_the_permit():
    case = {"situation": "at_home_with_child", "first_permit_date": "2025"}
    assert next_question(case, TODAY) == "benefits"


def test_temporary_protection_needs_the_municipality_of_residence_next():
    assert next_question({"permit": "temporary_protection"}, TODAY) == (
        "has_municipality_of_residence"
    )


def test_people_without_a_permit_are_asked_nothing():
    assert next_question({"permit": "none"}, TODAY) is None


def test_a_question_that_was_asked_in_vain_is_not_asked_again():
    assert next_question({}, TODAY, asked=("situation",)) != "situation"


@pytest.mark.parametrize("situation", SITUATIONS)
def test_at_most_four_questions_settle_a_case(situation):
    case, asked = {"situation": situation}, 1
    answers = {
        "first_permit_date": "2025-03",
        "permit": "family",
        "benefits": [],
        "has_municipality_of_residence": True,
        "assessed_before": False,
        "age": 30,
    }
    while (field := next_question(case, TODAY)) is not None:
        case[field] = answers[field]
        asked += 1
    assert asked <= 4


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries({}, optional=ANSWERS), st.sampled_from(sorted(ANSWERS)), st.data())
def test_an_answer_changes_the_result_only_where_it_was_missing(case, field, data):
    assume(field not in case)
    try:
        before = assess(case, TODAY)
        after = assess({**case, field: data.draw(ANSWERS[field])}, TODAY)
    except CaseError:
        return
    assume(not contradicts(after) and not contradicts(before))
    assert decision(after) == decision(before) or field in before["missing"]


@settings(max_examples=200, deadline=None)
@given(st.fixed_dictionaries({}, optional=ANSWERS))
def test_answers_that_do_not_fit_together_grant_and_refuse_nothing(case):
    result = assess(case, TODAY)
    if contradicts(result):
        assert result["entitlement"] == "unknown"
        assert result["window_ends"] is None
        assert result["missing"] and next_question(case, TODAY) == result["missing"][0]


@pytest.mark.parametrize(
    ("case", "asked_again"),
    [
        ({"permit": "asylum_seeker", "has_municipality_of_residence": True}, "permit"),
        ({"permit": "none", "has_municipality_of_residence": True}, "permit"),
        ({"permit": "asylum_seeker", "benefits": [HOME_CARE]}, "permit"),
        ({"age": 9, "situation": "unemployed_jobseeker"}, "age"),
        ({"age": 3, "situation": "pensioner"}, "age"),
        ({"age": 2, "first_permit_date": "2020-01-01", "permit": "family"}, "first_permit_date"),
    ],
)
def test_a_contradiction_is_asked_about_gently(case, asked_again):
    result = assess(case, TODAY)
    assert result["entitlement"] == "unknown"
    assert result["missing"][0] == asked_again
    assert result["cautions"][0].startswith("Please check two answers.")


@pytest.mark.parametrize("age", [15, 40])
def test_what_may_be_true_is_no_contradiction(age):
    result = assess({"age": age, "situation": "unemployed_jobseeker"}, TODAY)
    assert result["entitlement"] == "automatic"


def test_a_child_of_three_can_have_a_permit_from_the_year_of_its_birth():
    result = assess({"age": 3, "first_permit_date": "2023", "situation": "other"}, TODAY)
    assert not contradicts(result)


@pytest.mark.parametrize(
    ("known", "entitlement", "window_ends"),
    [
        ("2025-03-14", "on_request", "2028-03-14"),
        ("2025-03", "on_request", "2028-03-01"),
        ("2025", "on_request", "2028-01-01"),
        ("2023-11", "on_request", "2026-11-01"),
        ("2023-10", "window_passed", "2026-10-01"),
        ("2022", "window_passed", "2025-01-01"),
    ],
)
def test_a_month_or_a_year_is_enough_where_it_decides(known, entitlement, window_ends):
    result = assess({"situation": "at_home", "first_permit_date": known}, TODAY)
    assert (result["entitlement"], result["window_ends"]) == (entitlement, window_ends)


@pytest.mark.parametrize("known", ["2023", "2023-11"])
def test_a_month_or_year_that_does_not_decide_is_asked_about_again(known):
    result = assess({"situation": "at_home", "first_permit_date": known}, TODAY)
    assert "first_permit_date" in result["missing"]
    assert next_question({"situation": "at_home", "first_permit_date": known}, TODAY) == (
        "first_permit_date"
    )


@pytest.mark.parametrize("wrong", ["2025-13", "2025-00", "0000", "25", "2025-3", "03/2025", 2025])
def test_a_month_or_year_that_cannot_be_is_refused(wrong):
    with pytest.raises(CaseError, match="first_permit_date"):
        assess({"first_permit_date": wrong}, TODAY)


def test_a_date_in_the_future_is_pointed_out_and_grants_nothing():
    result = assess({"situation": "employed", "first_permit_date": "2027-06-01"}, TODAY)
    assert result["entitlement"] == "not_yet"
    assert any("in the future" in text for text in result["cautions"])


def test_every_rule_has_a_legal_basis_sources_a_date_and_a_status():
    for layer in load_rules().layers:
        for rule in layer.rules:
            assert rule.sources and rule.checked and rule.status in ("verified", "dated", "planned")
            assert rule.legal_basis or layer.status == "planned"


@pytest.mark.parametrize("where", ["rule", "sentence"])
def test_nothing_unchecked_can_reach_a_person(tmp_path, where):
    for path in FOLDER.glob("*.yml"):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if where == "rule" and path.name == "act-681-2023.yml":
            content["who"][0]["status"] = "check"
        if where == "sentence" and path.name == "sentences.yml":
            content["interpreter"]["status"] = "check"
        (tmp_path / path.name).write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(RulesError, match="'check' is not shown to people"):
        load_rules(tmp_path)


def test_why_a_question_is_asked_is_said_for_each():
    assert all(question.why for question in load_rules().questions.values())


def test_the_planned_reform_is_mentioned_but_not_its_content():
    result = assess({"situation": "employed"}, TODAY)
    assert "Changes to this law are planned for 1 January 2027." in " ".join(result["cautions"])
    earlier = assess({"situation": "employed", "as_of": "2025-06-01"})
    assert "2027" not in " ".join(earlier["cautions"])
