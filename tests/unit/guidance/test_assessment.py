"""The rules of the assessment: who serves whom, the window of three years, what is not said."""

import re
import subprocess
import sys
from datetime import date, timedelta
from itertools import product

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guidance.assessment import (
    BENEFITS,
    ENTITLEMENTS,
    FIELDS,
    FOLDER,
    PERMITS,
    RESPONSIBLE,
    SITUATIONS,
    CaseError,
    RulesError,
    assess,
    decide,
    load_rules,
)

TODAY = date(2026, 11, 24)
RECENT, OLD, FUTURE = "2025-03-01", "2022-04-01", "2026-12-15"
COUNTY = "municipality_and_wellbeing_services_county"
ASSISTANCE = "assistance_system_for_trafficking_victims"
HOME_CARE, SOCIAL = "child_home_care_allowance", "social_assistance_long_term"

FLOW = [
    # The situation alone decides where nothing else is known.
    ({"situation": "unemployed_jobseeker"}, "automatic", "employment_authority"),
    ({"situation": "at_home_with_child"}, "on_request", "municipality"),
    ({"situation": "at_home"}, "on_request", "municipality"),
    ({"situation": "employed"}, "on_request", "municipality"),
    ({"situation": "student"}, "on_request", "municipality"),
    ({"situation": "pensioner"}, "on_request", "municipality"),
    ({"situation": "not_working"}, "on_request", "municipality"),
    ({"situation": "other"}, "on_request", "municipality"),
    ({}, "unknown", "municipality"),
    ({"permit": "work"}, "unknown", "municipality"),
    # Benefits.
    ({"situation": "at_home_with_child", "benefits": [HOME_CARE]}, "automatic", "municipality"),
    ({"situation": "at_home_with_child", "benefits": []}, "on_request", "municipality"),
    ({"situation": "at_home", "benefits": [SOCIAL]}, "automatic", "municipality"),
    ({"situation": "not_working", "benefits": [SOCIAL]}, "automatic", "municipality"),
    ({"benefits": [SOCIAL]}, "automatic", "municipality"),
    (
        {"situation": "unemployed_jobseeker", "benefits": [SOCIAL]},
        "automatic",
        "employment_authority",
    ),
    # Permits for work, study and family follow the situation.
    ({"permit": "work", "situation": "employed"}, "on_request", "municipality"),
    (
        {"permit": "work", "situation": "unemployed_jobseeker"},
        "automatic",
        "employment_authority",
    ),
    ({"permit": "student", "situation": "student"}, "on_request", "municipality"),
    ({"permit": "family", "situation": "at_home"}, "on_request", "municipality"),
    ({"permit": "other", "situation": "pensioner"}, "on_request", "municipality"),
    # International protection.
    ({"permit": "quota_refugee"}, "automatic", "municipality"),
    ({"permit": "international_protection"}, "automatic", "municipality"),
    ({"permit": "family_of_protected"}, "automatic", "municipality"),
    ({"permit": "international_protection", "situation": "employed"}, "automatic", "municipality"),
    (
        {"permit": "quota_refugee", "situation": "unemployed_jobseeker"},
        "automatic",
        "employment_authority",
    ),
    (
        {"permit": "family_of_protected", "situation": "unemployed_jobseeker"},
        "automatic",
        "employment_authority",
    ),
    # Children without parents.
    ({"permit": "unaccompanied_minor"}, "automatic", COUNTY),
    ({"permit": "unaccompanied_minor", "age": 16, "situation": "student"}, "automatic", COUNTY),
    ({"permit": "unaccompanied_minor", "age": 19}, "unknown", COUNTY),
    (
        {"permit": "unaccompanied_minor", "age": 19, "situation": "unemployed_jobseeker"},
        "automatic",
        "employment_authority",
    ),
    # Victims of human trafficking.
    (
        {"permit": "trafficking_victim", "has_municipality_of_residence": True},
        "automatic",
        "municipality",
    ),
    (
        {
            "permit": "trafficking_victim",
            "has_municipality_of_residence": True,
            "first_permit_date": "2015-01-01",
        },
        "automatic",
        "municipality",
    ),
    (
        {"permit": "trafficking_victim", "has_municipality_of_residence": False},
        "unknown",
        ASSISTANCE,
    ),
    ({"permit": "trafficking_victim"}, "unknown", ASSISTANCE),
    # Temporary protection.
    (
        {"permit": "temporary_protection", "has_municipality_of_residence": False},
        "unknown",
        "reception_centre",
    ),
    (
        {
            "permit": "temporary_protection",
            "has_municipality_of_residence": False,
            "situation": "unemployed_jobseeker",
        },
        "unknown",
        "reception_centre",
    ),
    ({"permit": "temporary_protection"}, "unknown", "municipality"),
    (
        {
            "permit": "temporary_protection",
            "has_municipality_of_residence": True,
            "first_permit_date": RECENT,
        },
        "on_request",
        "municipality",
    ),
    (
        {
            "permit": "temporary_protection",
            "has_municipality_of_residence": True,
            "situation": "unemployed_jobseeker",
        },
        "on_request",
        "employment_authority",
    ),
    (
        {
            "permit": "temporary_protection",
            "has_municipality_of_residence": True,
            "first_permit_date": OLD,
        },
        "unknown",
        "municipality",
    ),
    # Outside the scope.
    ({"permit": "asylum_seeker"}, "out_of_scope", "reception_centre"),
    (
        {"permit": "asylum_seeker", "situation": "unemployed_jobseeker"},
        "out_of_scope",
        "reception_centre",
    ),
    ({"permit": "none"}, "out_of_scope", "none"),
    ({"permit": "none", "first_permit_date": OLD, "situation": "employed"}, "out_of_scope", "none"),
    # Citizens of the EU and the Nordic countries.
    ({"permit": "eu_citizen", "situation": "employed"}, "on_request", "municipality"),
    (
        {"permit": "eu_citizen", "situation": "unemployed_jobseeker"},
        "automatic",
        "employment_authority",
    ),
    ({"permit": "nordic_citizen", "situation": "pensioner"}, "on_request", "municipality"),
    (
        {
            "permit": "nordic_citizen",
            "has_municipality_of_residence": False,
            "situation": "student",
        },
        "not_yet",
        "municipality",
    ),
    # The window of three years.
    (
        {"situation": "unemployed_jobseeker", "first_permit_date": RECENT},
        "automatic",
        "employment_authority",
    ),
    (
        {"situation": "unemployed_jobseeker", "first_permit_date": OLD},
        "window_passed",
        "employment_authority",
    ),
    ({"situation": "at_home", "first_permit_date": OLD}, "window_passed", "municipality"),
    (
        {"permit": "international_protection", "first_permit_date": OLD},
        "window_passed",
        "municipality",
    ),
    ({"benefits": [HOME_CARE], "first_permit_date": OLD}, "window_passed", "municipality"),
    ({"permit": "work", "first_permit_date": FUTURE, "situation": "employed"}, "not_yet", None),
    ({"permit": "eu_citizen", "first_permit_date": FUTURE}, "not_yet", "municipality"),
    # An earlier assessment, and Åland.
    (
        {"situation": "unemployed_jobseeker", "assessed_before": True},
        "on_request",
        "employment_authority",
    ),
    ({"municipality": "478", "situation": "unemployed_jobseeker"}, "out_of_scope", "none"),
    ({"municipality": "478", "permit": "trafficking_victim"}, "out_of_scope", ASSISTANCE),
]


def texts_of(result):
    return result["steps"] + result["cautions"]


@pytest.mark.parametrize(("case", "entitlement", "responsible"), FLOW)
def test_each_row_of_the_flow_gets_its_authority(case, entitlement, responsible):
    result = assess(case, on=TODAY)
    assert result["law"] == "681/2023"
    assert result["entitlement"] == entitlement
    assert responsible is None or result["responsible"] == responsible


def test_the_example_of_the_design_has_every_key():
    result = assess(
        {
            "as_of": "2026-11-24",
            "municipality": "091",
            "permit": "international_protection",
            "first_permit_date": "2025-03-01",
            "has_municipality_of_residence": True,
            "age": 34,
            "situation": "unemployed_jobseeker",
            "benefits": [SOCIAL, HOME_CARE],
            "assessed_before": False,
        }
    )
    assert list(result) == [
        "law",
        "entitlement",
        "responsible",
        "window_ends",
        "plan",
        "missing",
        "steps",
        "cautions",
        "sources",
    ]
    assert result["window_ends"] == "2028-03-01"
    assert result["plan"] == {"always": False, "first_max_months": 12, "total_max_months": 24}
    assert result["missing"] == []


@pytest.mark.parametrize(
    ("first_permit", "as_of", "entitlement"),
    [
        ("2023-11-24", "2026-11-24", "on_request"),
        ("2023-11-23", "2026-11-24", "window_passed"),
        ("2026-11-24", "2026-11-24", "on_request"),
        ("2026-11-25", "2026-11-24", "not_yet"),
    ],
)
def test_the_last_day_of_the_window_still_counts(first_permit, as_of, entitlement):
    case = {"as_of": as_of, "first_permit_date": first_permit, "situation": "at_home"}
    assert assess(case)["entitlement"] == entitlement


def test_a_permit_of_a_leap_day_has_a_window_that_ends_in_february():
    result = assess({"first_permit_date": "2024-02-29", "situation": "at_home"}, on=TODAY)
    assert result["window_ends"] == "2027-02-28"


@pytest.mark.parametrize("permit", ["trafficking_victim", "temporary_protection", "none"])
def test_no_end_of_the_window_is_shown_where_it_does_not_bind_or_is_not_known(permit):
    assert assess({"permit": permit, "first_permit_date": RECENT}, on=TODAY)["window_ends"] is None


def test_a_child_without_parents_always_gets_a_plan():
    assert assess({"permit": "unaccompanied_minor", "age": 15}, on=TODAY)["plan"]["always"]
    assert not assess({"permit": "family", "age": 15}, on=TODAY)["plan"]["always"]


def test_temporary_protection_without_a_municipality_names_both_places():
    steps = " ".join(
        assess(
            {"permit": "temporary_protection", "has_municipality_of_residence": False}, on=TODAY
        )["steps"]
    )
    assert "reception centre" in steps
    assert "municipality" in steps


def test_people_without_a_permit_are_asked_nothing_and_get_care_and_legal_advice():
    result = assess({"permit": "none"}, on=TODAY)
    assert result["missing"] == []
    steps = " ".join(result["steps"])
    assert "urgent care" in steps
    assert "Refugee Advice Centre" in steps
    assert "+358 2954 63177" in steps


@pytest.mark.parametrize(
    ("permit", "register"), [("eu_citizen", "Migri"), ("nordic_citizen", "DVV")]
)
def test_registration_comes_first_until_it_is_known(permit, register):
    case = {"permit": permit, "situation": "employed"}
    assert register in assess(case, on=TODAY)["steps"][0]
    registered = assess({**case, "first_permit_date": RECENT}, on=TODAY)
    assert register not in registered["steps"][0]


def test_whom_the_law_is_for_is_said_while_the_permit_is_not_known():
    case = {"situation": "unemployed_jobseeker"}
    assert any("valid residence permit" in text for text in assess(case, on=TODAY)["cautions"])
    known = assess({**case, "permit": "work"}, on=TODAY)
    assert not any("valid residence permit" in text for text in known["cautions"])


def test_a_victim_of_trafficking_is_told_that_the_three_years_do_not_bind():
    result = assess(
        {"permit": "trafficking_victim", "has_municipality_of_residence": True}, on=TODAY
    )
    assert "Victims of human trafficking may ask later than three years." in result["cautions"]
    assert not any("at most three years old" in text for text in result["cautions"])


def test_a_dated_fact_comes_with_a_caution_to_check_it():
    result = assess({"permit": "temporary_protection"}, on=TODAY)
    assert any("after one year" in text for text in result["cautions"])
    assert "This may have changed. Check it with the office." in result["cautions"]


def test_a_municipality_in_aland_refers_to_its_authorities():
    result = assess({"municipality": "478"}, on=TODAY)
    assert any("authorities of Åland" in text for text in result["cautions"])
    assert result["window_ends"] is None


def test_the_list_of_municipalities_may_be_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "assistant.catalogue.municipalities", None)
    result = assess({"municipality": "091", "situation": "at_home"}, on=TODAY)
    assert result["responsible"] == "municipality"


# Laws.


@pytest.mark.parametrize(
    ("as_of", "law"),
    [
        ("2011-09-01", "1386/2010"),
        ("2024-12-31", "1386/2010"),
        ("2025-01-01", "681/2023"),
        ("2026-12-31", "681/2023"),
        ("2027-01-01", "unknown"),
        ("2035-06-01", "unknown"),
    ],
)
def test_the_law_of_the_day_is_used(as_of, law):
    assert assess({"as_of": as_of})["law"] == law


def test_the_day_in_the_case_goes_before_the_day_given():
    assert assess({"as_of": "2024-05-01"}, on=TODAY)["law"] == "1386/2010"
    assert assess({}, on=date(2024, 5, 1))["law"] == "1386/2010"


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("permit", ["work", "quota_refugee", "eu_citizen", "temporary_protection"])
def test_from_2027_nothing_is_asserted_and_the_municipality_is_asked(permit, situation):
    case = {"as_of": "2027-01-01", "permit": permit, "situation": situation}
    result = assess({**case, "first_permit_date": RECENT})
    assert result["entitlement"] == "unknown"
    assert result["responsible"] == "municipality"
    assert result["window_ends"] is None
    assert result["plan"] == {"always": False, "first_max_months": None, "total_max_months": None}
    assert "The law may have changed. Check this with the authority." in result["cautions"]
    assert not any("three years" in text or "681" in text for text in texts_of(result))


def test_the_old_law_is_shown_with_a_caution():
    result = assess({"as_of": "2020-01-01", "situation": "unemployed_jobseeker"})
    assert (result["entitlement"], result["responsible"]) == ("automatic", "employment_authority")
    assert result["plan"]["total_max_months"] == 36
    assert "This may have changed. Check it with the office." in result["cautions"]
    assert any("old law" in text for text in result["cautions"])


def test_no_wellbeing_services_county_is_named_before_there_were_any():
    case = {"permit": "unaccompanied_minor", "age": 15}
    assert assess({**case, "as_of": "2022-12-31"})["responsible"] == "municipality"
    assert assess({**case, "as_of": "2023-01-01"})["responsible"] == COUNTY


def test_a_long_stay_under_the_old_law_is_not_called_over():
    case = {"as_of": "2020-01-01", "first_permit_date": "2015-01-01", "situation": "at_home"}
    assert assess(case)["entitlement"] == "unknown"


# What is missing.


def test_missing_fields_come_in_order_of_importance():
    missing = assess({}, on=TODAY)["missing"]
    assert missing[:2] == ["situation", "first_permit_date"]
    assert "permit" in missing[2:]


def test_only_fields_that_could_change_the_answer_are_missing():
    case = {"permit": "work", "situation": "employed", "municipality": "091"}
    missing = assess({**case, "first_permit_date": RECENT}, on=TODAY)["missing"]
    assert "benefits" in missing
    assert "age" not in missing
    assert "has_municipality_of_residence" not in missing
    missing = assess({"permit": "trafficking_victim"}, on=TODAY)["missing"]
    assert "has_municipality_of_residence" in missing
    assert "first_permit_date" not in missing


def test_unknown_is_a_valid_answer_to_every_question():
    assert assess(dict.fromkeys(FIELDS, "unknown"), on=TODAY) == assess({}, on=TODAY)
    assert assess(dict.fromkeys(FIELDS), on=TODAY) == assess({}, on=TODAY)


# Impossible cases.


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ({"as_of": "24.11.2026"}, "as_of"),
        ({"as_of": "1999-01-01"}, "as_of"),
        ({"as_of": 20261124}, "as_of"),
        ({"first_permit_date": "2025-02-30"}, "first_permit_date"),
        ({"first_permit_date": "1025-02-03"}, "first_permit_date"),
        ({"first_permit_date": "2205-02-03"}, "first_permit_date"),
        ({"age": 200}, "age"),
        ({"age": -1}, "age"),
        ({"age": "34"}, "age"),
        ({"age": True}, "age"),
        ({"permit": "visa"}, "permit"),
        ({"permit": ["work"]}, "permit"),
        ({"situation": "astronaut"}, "situation"),
        ({"benefits": "child_home_care_allowance"}, "benefits"),
        ({"benefits": ["pension"]}, "benefits"),
        ({"has_municipality_of_residence": "yes"}, "has_municipality_of_residence"),
        ({"assessed_before": 1}, "assessed_before"),
        ({"municipality": "Helsinki"}, "municipality"),
        ({"municipality": "000"}, "municipality"),
        ({"municipality": 91}, "municipality"),
        ({"permitt": "work"}, "permitt"),
        (["permit"], "case"),
    ],
)
def test_a_case_that_cannot_be_says_in_one_line_what_is_wrong(case, field):
    with pytest.raises(CaseError) as caught:
        assess(case, on=TODAY)
    line = str(caught.value)
    assert field in line
    assert "\n" not in line
    assert len(line) < 250


# Every case.


def known_or_not(strategy):
    return st.one_of(st.none(), st.just("unknown"), strategy)


CASES = st.fixed_dictionaries(
    {},
    optional={
        "as_of": known_or_not(
            st.dates(date(2011, 9, 1), date(2031, 12, 31)).map(lambda day: day.isoformat())
        ),
        "municipality": known_or_not(st.sampled_from(["091", "049", "478", "999"])),
        "permit": known_or_not(st.sampled_from(PERMITS)),
        "first_permit_date": known_or_not(
            st.dates(date(2008, 1, 1), date(2021, 12, 31)).map(lambda day: day.isoformat())
            | st.dates(date(2022, 1, 1), date(2027, 12, 31)).map(lambda day: day.isoformat())
        ),
        "has_municipality_of_residence": known_or_not(st.booleans()),
        "age": known_or_not(st.integers(0, 120)),
        "situation": known_or_not(st.sampled_from(SITUATIONS)),
        "benefits": known_or_not(st.lists(st.sampled_from(BENEFITS), unique=True)),
        "assessed_before": known_or_not(st.booleans()),
    },
)


def answered(case):
    """The answer, or None for a permit too far from the day asked about."""
    try:
        return assess(case, on=TODAY)
    except CaseError as error:
        assert str(error).startswith("first_permit_date")
        return None


@settings(max_examples=300, deadline=None)
@given(CASES)
def test_every_case_gets_a_complete_answer(case):
    result = answered(case)
    if result is None:
        return
    assert result["entitlement"] in ENTITLEMENTS
    assert result["responsible"] in RESPONSIBLE
    assert result["law"] in ("1386/2010", "681/2023", "unknown")
    assert result["steps"] and result["sources"]
    assert len(set(texts_of(result))) == len(texts_of(result))
    assert set(result["missing"]) <= set(FIELDS) - {"as_of"}
    if not any(text.startswith("Please check two answers") for text in result["cautions"]):
        for name in result["missing"]:
            assert case.get(name) in (None, "unknown")
    assert set(result["plan"]) == {"always", "first_max_months", "total_max_months"}
    if result["window_ends"] is not None:
        date.fromisoformat(result["window_ends"])
        assert result["law"] != "unknown"
    for source in result["sources"]:
        assert source["title"] and source["url"].startswith("https://")
        date.fromisoformat(source["checked"])


@settings(max_examples=150, deadline=None)
@given(CASES)
def test_no_unchecked_number_of_days_months_or_euros_is_stated(case):
    result = answered(case)
    if result is None:
        return
    for text in texts_of(result):
        rest = text.replace("on the first day when", "")
        assert not re.search(r"\b(days?|weeks?|months?|hours?|EUR|euros?)\b", rest), text


@settings(max_examples=150, deadline=None)
@given(CASES, st.integers(0, 400))
def test_the_window_never_opens_again(case, days):
    case = {**case, "as_of": "2025-01-01", "municipality": "091"}
    later = {**case, "as_of": (date(2025, 1, 1) + timedelta(days)).isoformat()}
    if answered(case)["entitlement"] == "window_passed":
        assert assess(later)["entitlement"] == "window_passed"


@settings(max_examples=100, deadline=None)
@given(CASES)
def test_the_case_is_not_changed_and_the_answer_is_the_same_again(case):
    before = dict(case)
    assert answered(case) == answered(case)
    assert case == before


# The data.


def test_every_rule_can_be_reached():
    rules = load_rules()
    reached = set()
    for layer in rules.layers:
        for on in (layer.valid_from, layer.valid_until or TODAY.replace(year=2030)):
            reached |= {(layer.file, rule) for rule in _reached(layer, on)}
    assert {(layer.file, rule.id) for layer in rules.layers for rule in layer.rules} == reached


def _reached(layer, on):
    reached = set()
    for permit, situation, time, home in product(
        (None, *PERMITS),
        (None, "unemployed_jobseeker", "employed"),
        (None, "before", "within", "after"),
        (None, True, False),
    ):
        for benefits, aland, age, assessed in (
            (None, False, None, None),
            (None, False, "adult", None),
            ((HOME_CARE,), False, "adult", True),
            ((SOCIAL,), True, "minor", False),
            ((SOCIAL,), False, "minor", True),
        ):
            facts = {
                "permit": permit,
                "situation": situation,
                "time": time,
                "has_municipality_of_residence": home,
                "benefits": benefits,
                "aland": aland,
                "age_group": age,
                "assessed_before": assessed,
            }
            reached |= {rule.id for rule in decide(layer, facts, on).rules}
    return reached


def test_every_sentence_is_used_and_short():
    rules = load_rules()
    used = {"may_have_changed"}
    for layer in rules.layers:
        for rule in layer.rules:
            for key in ("steps", "steps_first", "cautions"):
                used |= set(rule.then.get(key, ()))
    used |= {one.caution for one in rules.contradictions}
    assert used == set(rules.sentences)
    for sentence in rules.sentences.values():
        assert sentence.text.endswith((".", "?")), sentence.id
        for part in re.split(r"(?<=[.?])\s", re.sub(r"\([^)]*\)", "", sentence.text)):
            assert len(part.split()) <= 22, part


def test_days_without_rules_do_not_lie_between_laws():
    layers = load_rules().layers
    for earlier, later in zip(layers, layers[1:]):
        assert earlier.valid_until + timedelta(days=1) == later.valid_from
    assert layers[-1].valid_until is None


@pytest.fixture
def copy_of_rules(tmp_path):
    for path in FOLDER.glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")

    def change(name, edit):
        path = tmp_path / name
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        edit(content)
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return tmp_path

    return change


@pytest.mark.parametrize(
    ("file", "edit", "line"),
    [
        ("sentences.yml", lambda c: c["refused"].update(status="check"), "status 'check'"),
        ("sentences.yml", lambda c: c["interpreter"].pop("sources"), "needs a source"),
        ("sentences.yml", lambda c: c["interpreter"].update(sources=["?"]), "unknown source"),
        ("sentences.yml", lambda c: c.pop("refused"), "unknown sentence"),
        ("act-681-2023.yml", lambda c: c["who"][0]["when"].update(permit="visa"), "cannot be"),
        ("act-681-2023.yml", lambda c: c["who"][0]["when"].update(mood=1), "unknown fact"),
        ("act-681-2023.yml", lambda c: c["who"][0]["then"].update(steps2=[]), "unknown steps2"),
        ("act-681-2023.yml", lambda c: c["who"][0]["then"].update(entitlement="yes"), "cannot be"),
        ("act-681-2023.yml", lambda c: c["who"].pop(), "must match every case"),
        ("act-681-2023.yml", lambda c: c.pop("checked"), "lacks 'checked'"),
        ("act-681-2023.yml", lambda c: c.update(status="check"), "status 'check'"),
        ("act-681-2023.yml", lambda c: c.update(valid_until=None), "on the same day"),
    ],
)
def test_a_mistake_in_the_rules_is_named(copy_of_rules, file, edit, line):
    with pytest.raises(RulesError, match=re.escape(line)):
        load_rules(copy_of_rules(file, edit))


def test_the_rules_need_neither_rasa_nor_fastapi():
    code = (
        "import sys; from assistant.guidance.assessment import assess; "
        "assess({'municipality': '091'}); "
        "print([m for m in sys.modules if m.split('.')[0] in ('rasa', 'rasa_sdk', 'fastapi')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
