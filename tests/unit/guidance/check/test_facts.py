"""No figure reaches people that no source has: telephone numbers, ages, times, sums, addresses."""

from datetime import date, timedelta

import pytest

from .conftest import TODAY


def details(folder, kind):
    return [problem.detail for problem in folder.found(kind)]


@pytest.mark.parametrize(
    "text, figure",
    [
        ("Call 029 497 000.", "'029 497 000'"),
        ("You must be 18.", "'18'"),
        ("It lasts four years.", "'four years'"),
        ("Go to Koulukatu 12.", "'12'"),
        ("It costs 30 euros.", "'30 euros'"),
        ("Write to a@b.org now.", "'a@b.org'"),
        ("See example.org now.", "'example.org'"),
        ("It is open from autumn to spring.", "'from autumn to spring'"),
    ],
)
@pytest.mark.parametrize("place", ["guide", "sentence", "contact", "question", "response"])
def test_a_figure_without_a_source_is_an_error_wherever_it_stands(folder, place, text, figure):
    if place == "guide":
        folder.guide(where=text)
    elif place == "sentence":
        folder.sentence(text=text)
    elif place == "contact":
        folder.contact(summary=text)
    elif place == "question":
        folder.write("data/guidance/assessment/questions.yml", {"age": {"why": text}})
    else:
        folder.write("domain.yml", {"responses": {"utter_x": [{"text": text}]}})
    found = folder.found("figure_without_source")
    assert [problem.detail.split(" in ")[0] for problem in found] == [figure]
    assert found[0].severity == "error"


def test_a_telephone_number_of_a_contact_needs_a_source(folder):
    folder.contact(phones=[{"number": "029497000"}])
    assert details(folder, "figure_without_source") == ["'029497000' in '029497000'"]


def test_spaces_in_a_telephone_number_make_no_difference(folder):
    folder.fact("029 497 000", texts=None, sources=["112"])
    folder.contact(phones=[{"number": "029497000"}])
    assert folder.problems() == []


def test_a_longer_number_is_not_the_one_it_begins_with(folder):
    folder.guide(where="Call 112 112.")
    assert details(folder, "figure_without_source") == ["'112 112' in 'Call 112 112.'"]


def test_the_figure_of_one_guide_does_not_back_another_one(folder):
    folder.guide("_topic", know=["Give notice three months before."])
    [problem] = folder.found("figure_without_source")
    assert problem.need == "housing"


def test_a_part_of_a_longer_figure_is_backed_by_it(folder):
    folder.guide(know=["The deposit is three months of rent, sometimes two."])
    folder.fact("three months", figure="three months of rent, sometimes two")
    assert folder.problems() == []


def test_a_shorter_figure_does_not_back_a_longer_one(folder):
    folder.fact("three months", figure="three")
    assert [text.split(" in ")[0] for text in details(folder, "figure_without_source")] == [
        "'three months'"
    ]


def test_one_figure_can_be_written_in_several_ways(folder):
    folder.guide(know=["The deposit is three months.", "At most 3 months."])
    folder.fact("three months", figure=["three months", "3 months"])
    assert folder.problems() == []


def test_the_guide_must_cite_a_source_of_its_figure(folder):
    folder.guide(sources=["city"])
    assert details(folder, "figure_not_cited") == ["'three months' is from ministry"]


def test_a_figure_that_was_not_checked_is_an_error(folder):
    folder.fact("three months", status="check")
    [problem] = folder.found("figure_not_checked")
    assert (problem.need, problem.severity) == ("housing/deposit", "error")


def test_an_unchecked_telephone_number_is_an_error_in_every_text(folder):
    folder.fact("112", status="check")
    assert {problem.need for problem in folder.found("figure_not_checked")} == {
        "housing",
        "housing/deposit",
        "contact:help",
        "response:utter_danger",
    }


def test_advice_needs_no_source(folder):
    folder.fact("three months", status="advice", sources=None)
    assert folder.found("bad_fact") == []
    assert folder.found("figure_not_cited") == []


def test_hours_need_a_last_day(folder):
    folder.fact("24/7", valid_until=None)
    [problem] = folder.found("perishable_without_end")
    assert (problem.need, problem.severity) == ("contact:help", "error")


def test_a_sum_of_money_needs_a_last_day(folder):
    folder.guide(know=["The fee is 30 euros."])
    folder.fact("30 euros")
    assert details(folder, "perishable_without_end") == ["'30 euros'"]


def test_a_figure_past_its_last_day_is_an_error(folder):
    folder.fact("24/7", valid_until=TODAY - timedelta(days=1))
    [problem] = folder.found("figure_expired")
    assert problem.severity == "error"


def test_a_dated_figure_in_a_guide_that_states_it_flatly_is_a_warning(folder):
    folder.fact("three months", status="dated")
    [problem] = folder.found("dated_figure")
    assert (problem.need, problem.severity) == ("housing/deposit", "warning")


def test_a_dated_guide_says_itself_that_it_has_to_be_checked(folder):
    folder.fact("three months", status="dated")
    folder.guide(status="dated")
    assert folder.found("dated_figure") == []


@pytest.mark.parametrize(
    "changes, detail",
    [
        ({"means": None}, "lacks means"),
        ({"checked": None}, "lacks checked"),
        ({"checked": "soon"}, "checked is not a day"),
        ({"status": "sure"}, "status 'sure' is not one of verified, dated, check, advice"),
        ({"sources": None}, "lacks sources"),
        ({"sources": ["nowhere"]}, "unknown source nowhere"),
        ({"texts": None}, "lacks texts: only a telephone number may stand anywhere"),
        ({"figure": 3}, "put figures that are only digits in quotes"),
    ],
)
def test_an_entry_that_is_wrong_is_named_and_backs_nothing(folder, changes, detail):
    folder.fact("three months", **changes)
    assert detail in details(folder, "bad_fact")
    assert len(folder.found("figure_without_source")) == 1


def test_a_figure_is_not_surer_than_its_sources(folder):
    folder.source("ministry", status="dated")
    assert details(folder, "bad_fact") == ["verified, but every source of it is dated"]


def test_an_entry_that_no_text_uses_is_named_with_the_text(folder):
    folder.fact("two weeks", texts=["housing/deposit"])
    folder.fact("three months", texts=["housing/deposit", "housing"])
    [problem] = folder.found("unused_fact")
    assert (problem.detail, problem.severity) == ("three months is not in housing", "warning")


def test_a_web_address_of_a_cited_source_needs_no_entry(folder):
    folder.guide(where="Use the form at okm.fi.")
    assert folder.problems() == []


def test_a_web_address_of_a_source_that_is_not_cited_is_named(folder):
    folder.guide(where="Use the form at 112.fi.")
    assert [text.split(" in ")[0] for text in details(folder, "figure_without_source")] == [
        "'112.fi'"
    ]


def test_a_day_of_an_entry_may_be_long_ago_when_asked(folder):
    folder.fact("112", checked=date(2020, 1, 1))
    assert folder.problems(older_than=timedelta(days=9999)) == []
