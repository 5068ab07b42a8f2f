"""Nothing that was not checked can reach a person, whichever file it is written in."""

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.guidance import load_guides
from assistant.guidance.assessment import BENEFITS, PERMITS, SITUATIONS, assess, load_rules
from assistant.guidance.sources import SOURCES
from assistant.settings import PROJECT_ROOT

#: What a person may read: seen in a source, seen in an old source, or no fact at all.
SHOWN = ("verified", "dated", "advice")
NEEDS = PROJECT_ROOT / "data" / "guidance" / "needs"
NATIONAL = PROJECT_ROOT / "data" / "catalogue" / "national.yml"
RULES = PROJECT_ROOT / "data" / "guidance" / "assessment"
#: A day under every law known, and one under none.
DAYS = (date(2015, 5, 5), date(2024, 5, 5), date(2025, 5, 5), date(2026, 11, 24), date(2027, 5, 5))


def read(path: Path) -> Any:
    """The content of a file, as it is written."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def statuses(content: Any) -> set[Any]:
    """Every status that is written anywhere in a file."""
    if isinstance(content, dict):
        own = {content["status"]} if "status" in content else set()
        return own.union(*map(statuses, content.values()))
    return set().union(*map(statuses, content)) if isinstance(content, list) else set()


@pytest.mark.parametrize("one", read(SOURCES), ids=lambda one: one["id"])
def test_a_source_was_seen(one):
    assert one["status"] in SHOWN


@pytest.mark.parametrize("one", read(NATIONAL), ids=lambda one: one["id"])
def test_a_national_contact_was_seen(one):
    assert one["status"] in SHOWN


@pytest.mark.parametrize("guide", load_guides().guides.values(), ids=lambda guide: guide.id)
def test_a_guide_its_sources_and_its_contacts_were_seen(guide):
    sources = {one["id"]: one["status"] for one in read(SOURCES)}
    contacts = {one["id"]: one["status"] for one in read(NATIONAL)}
    assert guide.status in SHOWN
    assert {sources[source.id] for source in guide.sources} <= {*SHOWN}
    assert {contacts[contact] for contact in guide.contacts} <= {*SHOWN}


@pytest.mark.parametrize("path", sorted(NEEDS.glob("*/*.yml")), ids=lambda path: path.stem)
def test_no_part_of_a_guide_s_file_has_another_status(path):
    assert statuses(read(path)) <= {*SHOWN}


@pytest.mark.parametrize("sentence", load_rules().sentences.values(), ids=lambda one: one.id)
def test_a_sentence_of_the_assessment_was_seen_or_states_no_fact(sentence):
    sources = {one["id"]: one["status"] for one in read(SOURCES)}
    assert sentence.status in SHOWN
    assert {sources[one] for one in sentence.sources} <= {*SHOWN}


def test_no_file_of_the_assessment_has_a_status_that_is_not_shown_but_a_planned_law():
    found = {path.name: statuses(read(path)) - {*SHOWN} for path in RULES.glob("*.yml")}
    planned = load_rules().layer(date(2027, 1, 1))
    assert {name: odd for name, odd in found.items() if odd} == {planned.file: {"planned"}}
    assert planned.law == "unknown"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_an_answer_has_only_sentences_and_sources_that_were_seen(day):
    seen = {one.text for one in load_rules().sentences.values() if one.status in SHOWN}
    known = {one["url"] for one in read(SOURCES) if one["status"] in SHOWN}
    lives = [
        *((situation, None) for situation in (*SITUATIONS, None)),
        *(("not_working", [benefit]) for benefit in BENEFITS),
    ]
    for permit, (situation, benefits), resident, first in product(
        (*PERMITS, None),
        lives,
        (True, False, None),
        (None, f"{day.year}-01", f"{day.year - 5}", f"{day.year + 1}"),
    ):
        answer = assess(
            {
                "permit": permit,
                "situation": situation,
                "benefits": benefits,
                "has_municipality_of_residence": resident,
                "first_permit_date": first,
            },
            day,
        )
        assert {*answer["steps"], *answer["cautions"]} <= seen
        assert {source["url"] for source in answer["sources"]} <= known
