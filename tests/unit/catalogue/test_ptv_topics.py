import json
import re

import pytest

from assistant.catalogue.municipalities import DATA, read_yaml
from assistant.catalogue.topics import TOPICS, class_code, class_labels, ptv_needs, ptv_topics
from assistant.settings import PROJECT_ROOT

from .conftest import shared

MAPPING = read_yaml(DATA / "ptv_topics.yml")
TABLES = ("service_classes", "life_events", "words", "weak_words", "target_groups")
#: Classes that no topic of the guide is about, by their main class.
WITHOUT_TOPIC = {"P8", "P11", "P16", "P17", "P18", "P19", "P20", "P22", "P23", "P24", "P26"}


def service_classes():
    return [entry["code"] for entry in MAPPING["names"] if entry["code"].startswith("P")]


def test_only_known_topics_are_named():
    named = {topic for table in TABLES for topics in MAPPING[table].values() for topic in topics}
    assert named <= TOPICS


def test_every_topic_can_come_from_a_class_or_a_word():
    named = {topic for table in TABLES for topics in MAPPING[table].values() for topic in topics}
    assert named == TOPICS


def test_only_known_classes_are_mapped():
    for table in ("service_classes", "life_events", "target_groups", "needs"):
        assert [code for code in MAPPING[table] if class_code(code) != code] == []


def test_needs_are_needs_of_the_guide():
    phrases = PROJECT_ROOT / "data" / "nlu" / "en"
    texts = [path.read_text(encoding="utf-8") for path in phrases.glob("*.yml")]
    known = {need for text in texts for need in re.findall(r"intent: (\w+/\w+)", text)}
    assert {need for needs in MAPPING["needs"].values() for need in needs} <= known


def test_a_need_is_one_of_a_topic_of_its_class():
    for code in service_classes():
        topics = ptv_topics([code])
        assert all(need.partition("/")[0] in topics for need in ptv_needs([code]))


def test_every_class_of_the_code_list_is_known_by_code_address_and_label():
    path = shared("data", "ptv", "code-lists", "Finto", "ServiceClasses.json")
    for entry in json.loads(path.read_text(encoding="utf-8-sig")):
        code = entry["Notation"]
        if entry["Id"]:
            assert class_code(entry["Id"]) == code
            assert class_code(entry["Label"]["Fi"]) is not None
            # The list gives P7.12 to two classes; the later one is P7.13 as well.
            if code != "P7.12":
                assert class_labels(code)["fi"] == entry["Label"]["Fi"].strip()


def test_three_classes_of_four_have_a_topic():
    codes = service_classes()
    mapped = [code for code in codes if ptv_topics([code])]
    assert len(codes) == 229 and len(mapped) >= 170
    left = {code.partition(".")[0] for code in codes if code not in mapped and "." in code}
    some = {"P5", "P6", "P9", "P14", "P15", "P25"}
    assert left <= WITHOUT_TOPIC | some


def test_every_life_event_but_military_service_has_a_topic():
    codes = [entry["code"] for entry in MAPPING["names"] if entry["code"].startswith("KE")]
    assert [code for code in codes if not ptv_topics([code])] == ["KE2"]


@pytest.mark.parametrize(
    "codes, words, topics",
    [
        (["P22.3"], [], ["training_and_language_courses"]),
        (["P25.1"], ["Kielikurssit"], ["leisure", "training_and_language_courses"]),
        (["P24.3"], ["päiväkodit"], ["early_childhood_education"]),
        (["P25.1"], ["päiväkodit"], ["leisure"]),
        (["P18.1", "KR2.4"], [], ["starting_a_business"]),
        (["P18.1", "KE8", "KR2.4"], ["neuvonta"], ["employment_services"]),
        ([], ["alkukartoitus"], ["initial_assessment"]),
    ],
)
def test_classes_come_first_then_events_words_and_target_groups(codes, words, topics):
    assert ptv_topics(codes, words) == topics


def test_a_class_below_another_has_its_needs():
    assert ptv_needs(["P13.3", "P22.3"]) == [
        "social_security_benefits/pension_and_disability",
        "training_and_language_courses/finnish_or_swedish_course",
    ]
