import pytest

from assistant.catalogue.importers.servicemap.topics import rules, subjects_of
from assistant.catalogue.topics import TOPICS, is_need


def topics(services=None, nodes=None, **names):
    return subjects_of(services or {}, nodes or {}, names).topics


def by_service(**names):
    return subjects_of({"x:1": names}, {}, {"fi": "Kohde"})


def test_every_rule_has_known_topics_and_needs_of_them():
    for rule in rules():
        assert set(rule.topics) <= TOPICS
        assert all(is_need(need) for need in rule.needs)
        assert rule.services or rule.nodes


@pytest.mark.parametrize(
    "name, topic",
    [
        ("Päiväkoti Lappi", "early_childhood_education"),
        ("Daghemmet Kastanjen", "early_childhood_education"),
        ("Tapiolan koulu", "basic_education"),
        ("Kallion kirjasto", "leisure"),
        ("Munkkiniemen terveysasema", "health"),
        ("Kallion neuvola", "health"),
        ("Itäkeskuksen uimahalli", "leisure"),
        ("Ressun lukio", "training_and_language_courses"),
        ("Sosiaaliasema Etelä", "social_services"),
    ],
)
def test_clear_words_in_the_name_of_a_unit_give_its_topic(name, topic):
    assert topics(fi=name)[0] == topic


@pytest.mark.parametrize(
    "name",
    [
        "Pyöräpumppu Kamppi",
        "Kirjastokadun pysäköinti",
        "Leikkipuiston WC",
        "Koirapuisto Taivallahti",
        "Kirjaston pysäkki",
        "Paloasema",
    ],
)
def test_a_unit_that_is_only_near_a_service_has_no_topic(name):
    assert topics(fi=name) == []


@pytest.mark.parametrize(
    "names, need",
    [
        ({"fi": "Perusopetus, suomenkielinen"}, "basic_education/enrol_in_school"),
        ({"fi": "Taiteen perusopetus"}, "leisure/children_hobbies"),
        ({"fi": "Aikuisten perusopetus"}, "training_and_language_courses/adult_basic_education"),
        ({"sv": "Invandrartjänster"}, "human_contact/talk_to_person"),
        ({"en": "Health stations"}, "health/health_centre"),
        ({"fi": "HAMMASHOITOLAT"}, "health/dental"),
        ({"fi": "Perheneuvola"}, "social_services/family_and_parenting"),
    ],
)
def test_the_name_of_a_service_in_any_language_gives_a_need(names, need):
    found = by_service(**names).needs
    assert need in found
    assert len(found) == 1


def test_the_name_of_a_unit_is_only_looked_at_when_its_services_say_nothing():
    services = {"1": {"fi": "Terveysasemat"}}
    assert topics(services, fi="Kallion kirjasto") == ["health"]
    assert topics({"1": {"fi": "Tulostaminen"}}, fi="Kallion kirjasto") == ["leisure"]


def test_ids_of_helsinkis_register_are_known_without_names():
    assert topics({"663": {}}, fi="Lappi") == ["early_childhood_education"]
    assert topics({}, {"991": {}}, fi="Piste") == ["health"]
    assert topics({"turku:663": {}}, fi="Lappi") == []


def test_a_place_with_many_services_keeps_few_topics():
    services = {
        str(number): {"fi": name}
        for number, name in enumerate(
            ["Päiväkodit", "Perusopetus", "Kirjastot", "Terveysasemat", "Vuokra-asunnot"]
        )
    }
    assert len(topics(services, fi="Monitoimitalo")) == 3
