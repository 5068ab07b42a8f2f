import pytest

from assistant.catalogue.topics import class_code, ptv_topics


@pytest.mark.parametrize(
    "value, code",
    [
        ("P22.3", "P22.3"),
        ("http://uri.suomi.fi/codelist/ptv/ptvserclass2/code/P22.3", "P22.3"),
        ("http://urn.fi/URN:NBN:fi:au:ptvl:v1177", "P22.3"),
        ("Kielikurssit", "P22.3"),
        ("KE5", "KE5"),
        ("P999", None),
        (None, None),
    ],
)
def test_a_class_is_known_by_code_address_and_label(value, code):
    assert class_code(value) == code


@pytest.mark.parametrize(
    "code, topic",
    [
        ("P1.1", "housing"),
        ("P3.4", "early_childhood_education"),
        ("P4.11", "integration_plan"),
        ("P5.10", "health"),
        ("P6.2", "basic_education"),
        ("P10.1", "employment_services"),
        ("P22.1", "residence_permit"),
        ("P25.1", "leisure"),
        ("P28.1", "leisure"),
    ],
)
def test_classes_that_matter_to_people_have_a_topic(code, topic):
    assert topic in ptv_topics([code])


def test_a_class_of_companies_has_no_topic():
    assert ptv_topics(["P11.7", "P24.3"]) == []


def test_life_events_count_only_without_a_class():
    assert ptv_topics(["P25.1", "KE8"]) == ["leisure"]
    assert ptv_topics(["P24.3", "KE8"]) == ["employment_services"]
