"""What is missing, unknown or not to be shown in the files of the guidance."""

from datetime import date

import pytest

DEPOSIT = "data/guidance/needs/housing/deposit.yml"


def test_a_sound_folder_has_no_problems(folder):
    assert folder.problems() == []


def test_a_guide_that_is_no_yaml_is_unreadable_and_the_others_are_still_looked_at(folder):
    folder.write(DEPOSIT, "title: [")
    folder.guide("_topic", sources=["nowhere"])
    [broken] = folder.found("unreadable")
    assert (broken.file, broken.need, broken.severity) == (DEPOSIT, "housing/deposit", "error")
    assert [problem.detail for problem in folder.found("unknown_source")] == ["nowhere"]


def test_a_guide_that_is_no_mapping_is_unreadable(folder):
    folder.write(DEPOSIT, ["title"])
    assert folder.found("unreadable")[0].detail == "not a mapping of fields"


def test_a_guide_whose_days_are_words_is_unreadable(folder):
    folder.guide(valid_until="soon")
    assert folder.found("unreadable")[0].detail == "valid_until 'soon' is not a day"


def test_whatever_the_loader_refuses_is_unreadable(folder):
    folder.guide(do=7)
    assert "not iterable" in folder.found("unreadable")[0].detail


@pytest.mark.parametrize("field", ["title", "do", "where", "sources", "checked"])
def test_a_field_that_a_guide_lacks_is_named(folder, field):
    folder.guide(**{field: None})
    [problem] = folder.found("missing_field")
    assert (problem.need, problem.detail, problem.severity) == ("housing/deposit", field, "error")


def test_a_source_without_an_id_is_named(folder):
    folder.write("data/guidance/sources.yml", [{"title": "City"}])
    assert folder.found("missing_field")[0].detail == "id"


@pytest.mark.parametrize(
    "changes, kind, detail",
    [
        ({"sources": ["nowhere"]}, "unknown_source", "nowhere"),
        ({"contacts": ["nobody"]}, "unknown_contact", "nobody"),
        ({"related": ["housing/castle"]}, "unknown_related", "housing/castle"),
        ({"search": {"topics": ["castles"]}}, "unknown_topic", "castles"),
        ({"status": "check"}, "not_shown_status", "check"),
    ],
)
def test_what_a_guide_names_and_does_not_exist_is_an_error(folder, changes, kind, detail):
    folder.guide(**changes)
    [problem] = folder.found(kind)
    assert (problem.file, problem.detail, problem.severity) == (DEPOSIT, detail, "error")
    assert problem.todo


def test_a_status_that_is_not_shown_is_found_in_every_file(folder):
    folder.source("city", status="check")
    folder.contact(status="check")
    folder.sentence(status="check")
    assert {problem.file for problem in folder.found("not_shown_status")} == {
        "data/guidance/sources.yml",
        "data/catalogue/national.yml",
        "data/guidance/assessment/sentences.yml",
    }


def test_a_contact_and_a_sentence_with_an_unknown_source_are_named(folder):
    folder.contact(source="nowhere")
    folder.sentence(sources=["nowhere"])
    assert {problem.file for problem in folder.found("unknown_source")} == {
        "data/catalogue/national.yml",
        "data/guidance/assessment/sentences.yml",
    }


def test_a_guide_without_a_status_counts_as_verified_as_when_it_is_loaded(folder):
    folder.guide(status=None)
    assert folder.problems() == []


def test_a_day_of_a_source_may_be_any_day(folder):
    folder.source("city", checked=date(2026, 10, 1))
    assert folder.problems() == []
