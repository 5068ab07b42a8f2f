"""Which entities agree, and how they are counted."""

import pytest

from assistant.evaluation import entity_scores


@pytest.mark.parametrize(
    ("name", "one", "other", "same"),
    [
        ("municipality", "Turku", "853", True),
        ("municipality", "Turku", "Åbo", True),
        ("municipality", "Turku", "TURKU", True),
        ("municipality", "Helsinki", "91", True),
        ("municipality", "Turku", "091", False),
        ("municipality", "Turku", "Atlantis", False),
        ("child_age", "0.67", 0.68, True),
        ("child_age", "4", 4, True),
        ("child_age", "1.5", 1.53, False),
        ("child_age", "4", "four", False),
        ("date", "2025-03-15", "2025-03-15", True),
        ("date", "--05-02", "2025-05-02", False),
        ("language", "so", "SO", True),
    ],
)
def test_values_agree_when_they_mean_the_same(name, one, other, same):
    assert entity_scores.same_value(name, one, other) is same


def pair(labelled, found, lang="en"):
    def entities(values):
        return [{"entity": name, "value": value} for name, value in values]

    return {"lang": lang, "entities": entities(labelled)}, {"entities": entities(found)}


def test_precision_and_recall_are_counted_over_all_messages():
    found = [
        pair([("municipality", "Turku"), ("municipality", "Espoo")], [("municipality", "853")]),
        pair([], [("municipality", "091")]),
        pair([("municipality", "Pori")], [("municipality", "Oulu")]),
    ]
    assert entity_scores.scores(found) == {
        "municipality": {"precision": 0.3333, "recall": 0.3333, "f1": 0.3333, "count": 3}
    }


def test_an_entity_that_is_named_twice_counts_once():
    found = [pair([("child_age", "4")], [("child_age", 4), ("child_age", 4)])]
    assert entity_scores.scores(found)["child_age"]["precision"] == 1.0


def test_a_value_that_was_found_stands_for_one_label_only():
    found = [pair([("child_age", "1"), ("child_age", "1.03")], [("child_age", 1.015)])]
    assert entity_scores.scores(found)["child_age"]["recall"] == 0.5


def test_what_the_set_does_not_label_is_ignored():
    found = [pair([("district", "Kallio")], [("situation", "student"), ("amount", "600")])]
    assert entity_scores.scores(found) == {
        "district": {"precision": None, "recall": 0.0, "f1": 0.0, "count": 1}
    }


def test_a_language_is_known_by_the_name_of_the_extractor():
    found = [pair([("language", "so")], [("language_name", "so")])]
    assert entity_scores.scores(found)["language"]["f1"] == 1.0


def test_municipalities_are_counted_by_language():
    found = [
        pair([("municipality", "Turku")], [("municipality", "853")], "fi"),
        pair([("municipality", "Turku")], [], "sv"),
        pair([], [], "et"),
    ]
    assert entity_scores.f1_by_language(found) == {"et": None, "fi": 1.0, "sv": 0.0}
