"""Every need has a guide, and phrases that lead to it."""

from .conftest import DOMAIN, GUIDE


def with_need(folder, name):
    responses = {**DOMAIN["responses"], f"utter_{name}": [{"text": "A need"}]}
    folder.write("domain.yml", {"responses": responses})


def test_a_guide_for_a_need_that_does_not_exist_is_an_error(folder):
    folder.guide("castle")
    [problem] = folder.found("unknown_need")
    assert (problem.need, problem.severity) == ("housing/castle", "error")


def test_a_need_with_the_guide_of_its_topic_only_is_a_warning(folder):
    with_need(folder, "housing/shelter")
    [problem] = folder.found("topic_guide_only")
    assert (problem.need, problem.severity) == ("housing/shelter", "warning")


def test_a_need_without_any_guide_is_an_error(folder):
    with_need(folder, "health/dental")
    [problem] = folder.found("no_guide")
    assert (problem.need, problem.severity) == ("health/dental", "error")


def test_what_the_assistant_says_of_itself_needs_no_guide(folder):
    assert folder.problems() == []


def test_a_need_that_no_phrase_of_a_language_reaches_is_named_with_the_language(folder):
    folder.phrases("so")
    [problem] = folder.found("no_phrases")
    assert (problem.need, problem.language) == ("housing/deposit", "so")
    assert (problem.file, problem.severity) == ("data/nlu/so/housing.yml", "warning")


def test_a_need_without_a_guide_is_not_asked_for_phrases(folder):
    (folder.root / "data/guidance/needs/housing/deposit.yml").unlink()
    folder.write("data/guidance/needs/housing/_topic.yml", GUIDE)
    folder.phrases("fi")
    assert folder.found("no_phrases") == []
