"""Guides: read from files, broken ones left out, every text given to translators."""

from datetime import date

import pytest

from assistant.guidance import assessment, load_guides, load_sources, load_topics
from assistant.guidance.guides import SHOWN_STATUSES, TOPIC_FILE, GuideError, parse_guide
from assistant.i18n.update import template

CONTENT = {
    "title": "A home",
    "do": ["Ask the housing company."],
    "where": "The city.",
    "sources": ["hel"],
    "checked": date(2026, 11, 24),
}
#: Guides that only say whom to tell, and state nothing that a source would have to support.
WITHOUT_FACTS = ("human_contact/feedback",)


def test_no_guide_is_left_out():
    assert load_guides().problems == ()


@pytest.mark.parametrize("guide", load_guides().guides.values(), ids=lambda guide: guide.id)
def test_a_guide_has_a_step_a_source_and_a_status_that_is_shown(guide):
    assert guide.do and guide.title
    assert guide.sources or guide.id in WITHOUT_FACTS
    assert guide.status in SHOWN_STATUSES
    assert all(text.strip() == text and text for _, text in guide.texts())


@pytest.mark.parametrize("guide", load_guides().guides.values(), ids=lambda guide: guide.id)
def test_a_guide_points_only_to_needs_that_exist(guide):
    known = {*load_topics().topics, *load_topics().needs}
    assert guide.id in known
    assert set(guide.related) <= known
    assert set(guide.topics) <= set(load_topics().topics)


def test_a_need_without_a_guide_gets_its_topic_s_guide():
    guides = load_guides()
    assert guides.find("initial_assessment", "what_is_it").id == "initial_assessment/what_is_it"
    assert guides.find("initial_assessment", "no_such_need").id == "initial_assessment"
    assert guides.find("no_such_topic", "no_such_need") is None


@pytest.mark.parametrize("field", ["title", "do", "where", "sources", "checked"])
def test_a_guide_without_a_field_is_refused_by_name(field):
    content = {key: value for key, value in CONTENT.items() if key != field}
    with pytest.raises(GuideError, match=f"housing/x: lacks {field}"):
        parse_guide("housing/x", content, load_sources())


def test_a_guide_that_was_not_checked_is_refused():
    with pytest.raises(GuideError, match="'check' is not shown"):
        parse_guide("housing/x", {**CONTENT, "status": "check"}, load_sources())


def test_a_guide_with_an_unknown_source_is_refused():
    with pytest.raises(GuideError, match="unknown source nowhere"):
        parse_guide("housing/x", {**CONTENT, "sources": ["nowhere"]}, load_sources())


def test_a_guide_that_is_no_mapping_is_refused():
    with pytest.raises(GuideError, match="not a mapping"):
        parse_guide("housing/x", ["title"], load_sources())


def test_a_broken_file_is_left_out_and_named(tmp_path):
    folder = tmp_path / "housing"
    folder.mkdir()
    (folder / "_topic.yml").write_text("title: [", encoding="utf-8")
    (folder / "deposit.yml").write_text("title: A deposit", encoding="utf-8")
    guides = load_guides(tmp_path)
    assert guides.guides == {}
    assert [problem.split(":")[0] for problem in guides.problems] == ["_topic.yml", "deposit.yml"]


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        (date(2024, 12, 31), False),
        (date(2025, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_guides_of_the_assessment_hold_as_long_as_its_law(on, in_force):
    assert load_guides().guides["initial_assessment"].in_force(on) is in_force


def test_every_text_is_given_to_translators_with_its_file():
    given = {str(message.id): message.locations for message in template() if message.id}
    for guide in load_guides().guides.values():
        need = guide.id.split("/", 1)[1] if "/" in guide.id else TOPIC_FILE
        file = f"data/guidance/needs/{guide.topic}/{need}.yml"
        for key, text in guide.texts():
            assert file in {name for name, _ in given.get(text, [])}, (file, key)
    for _, key, text in assessment.texts():
        assert text in given, key
    assert "If the answer is no, ask for the reason in writing." in given
