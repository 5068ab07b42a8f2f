"""Sources that nobody uses, that are weak, or whose address is odd."""

import pytest

from .conftest import SOURCES


def test_a_source_that_nothing_uses_is_named(folder):
    folder.source("spare", url="https://okm.fi/spare")
    [problem] = folder.found("unused_source")
    assert (problem.need, problem.severity) == ("spare", "warning")


def test_a_source_of_a_contact_or_a_sentence_is_used(folder):
    folder.guide(sources=["ministry"])
    folder.guide("_topic", know=None, sources=["ministry"])
    assert folder.found("unused_source") == []


def test_a_source_from_before_the_law_is_listed(folder):
    folder.source("city", status="dated")
    [problem] = folder.found("dated_source")
    assert (problem.need, problem.severity) == ("city", "warning")


def test_an_address_without_encryption_is_named(folder):
    folder.source("city", url="http://turku.fi/housing")
    [problem] = folder.found("not_https")
    assert (problem.need, problem.detail) == ("city", "http://turku.fi/housing")


@pytest.mark.parametrize("url", ["https://okm.fi/deposit/", "https://www.okm.fi/deposit"])
def test_one_address_under_two_ids_is_named(folder, url):
    folder.source("city", url=url)
    [problem] = folder.found("same_address")
    assert problem.detail == f"{url} is also ministry"


@pytest.mark.parametrize(
    "url", ["https://forms.okm.fi/a", "https://www.aanekoski.fi/a", "https://jakobstad.fi/a"]
)
def test_the_host_of_an_authority_or_a_municipality_is_known(folder, url):
    folder.source("city", url=url)
    assert folder.found("unknown_host") == []


@pytest.mark.parametrize("url", ["https://flats.example/a", "https://notokm.fi/a"])
def test_another_host_is_named(folder, url):
    folder.source("city", url=url)
    [problem] = folder.found("unknown_host")
    assert (problem.need, problem.severity) == ("city", "warning")


def test_the_address_of_a_contact_is_looked_at_too(folder):
    folder.contact(e_service_url="http://112.fi/form")
    assert [problem.need for problem in folder.found("not_https")] == ["help"]


def test_a_list_with_something_else_than_entries_is_named(folder):
    folder.write("data/guidance/sources.yml", [*SOURCES, "city"])
    assert folder.found("unreadable")[0].detail == "'city' is not a mapping of fields"
