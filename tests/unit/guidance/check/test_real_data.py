"""The guidance that people read: every figure has a source, and nothing else is wrong."""

from datetime import date

import pytest

from assistant.guidance.check import check_guidance, read_data
from assistant.guidance.check.figures import figures_in

#: A day on which the laws and guides of the data are in force.
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def data():
    return read_data()


@pytest.fixture(scope="module")
def errors(data):
    return [problem for problem in check_guidance(data, DAY) if problem.severity == "error"]


def test_every_figure_that_people_read_is_backed_by_a_source_that_was_seen(errors):
    kinds = ("figure_", "perishable_", "bad_fact")
    assert [str(one) for one in errors if one.kind.startswith(kinds)] == []


def test_nothing_else_is_wrong_either(errors):
    kinds = ("figure_", "perishable_", "bad_fact")
    assert [f"{one.kind}: {one}" for one in errors if not one.kind.startswith(kinds)] == []


def test_figures_of_guides_assessment_contacts_and_answers_are_looked_at(data):
    places = {
        text.id.split(":")[0] if ":" in text.id else "guide"
        for text in data.texts()
        if any(figures_in(text.text))
    }
    assert places == {"guide", "sentence", "question", "contact", "response"}
