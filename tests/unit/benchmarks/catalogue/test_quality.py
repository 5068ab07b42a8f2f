"""The measures of the catalogue search, on given lists, and the labelled needs themselves."""

import json
from collections import Counter

import pytest

from benchmarks.catalogue.measures import mean, measure
from benchmarks.catalogue.needs import EVERYDAY, NEEDS, SPLITS, Need, load
from benchmarks.catalogue.quality import METHODS, Result, Split, as_dict


def need(relevant="ab", partly="c", language="fi"):
    return Need("x-01", "tune", language, "text", frozenset(relevant), frozenset(partly))


def places(text):
    return [frozenset(place) for place in text.split()]


def test_a_perfect_list_reaches_what_can_be_reached():
    found = measure(need(), places("a b"))
    assert (found.hit, found.recall, found.reciprocal_rank) == (1, 1, 1)
    assert found.precision == found.reachable == 0.2


def test_nothing_found_is_nothing():
    found = measure(need(), [])
    assert (found.hit, found.precision, found.recall, found.reciprocal_rank) == (0, 0, 0, 0)


def test_an_answer_after_the_tenth_is_no_hit_but_is_recalled():
    found = measure(need(), places("x " * 11 + "a"))
    assert (found.hit, found.precision, found.recall) == (0, 0, 0.5)
    assert found.reciprocal_rank == pytest.approx(1 / 12)


def test_an_answer_after_the_twentieth_is_not_recalled():
    assert measure(need(), places("x " * 20 + "a")).recall == 0


def test_partial_answers_count_only_where_they_are_asked_for():
    found = measure(need(), places("c a"))
    assert (found.precision, found.precision_partly, found.reciprocal_rank) == (0.1, 0.2, 0.5)


def test_folded_records_are_one_place_and_all_recalled():
    found = measure(need(), places("ab x"))
    assert (found.precision, found.recall) == (0.1, 1)


def test_every_need_counts_the_same_in_the_mean():
    found = mean([measure(need(), places("a b")), measure(need(), places("x"))])
    assert (found.hit, found.recall) == (0.5, 0.5)


def test_single_needs_are_told_of_the_half_for_choosing_only():
    found = [Result(method, need(), measure(need(), places("a"))) for method in METHODS]
    assert "single" in as_dict(Split.tune, [need()], found)
    assert "single" not in as_dict(Split.test, [need()], found)


@pytest.mark.parametrize("path, half", [(NEEDS, 48), (EVERYDAY, 36)])
def test_the_halves_are_equal_and_balanced_by_language(path, half):
    tune, test = (Counter(one.language for one in load(split, path)) for split in SPLITS)
    assert tune.total() == test.total() == half
    assert tune.keys() == test.keys()
    assert max(abs(tune[language] - test[language]) for language in tune) <= 1


@pytest.mark.parametrize("path", [NEEDS, EVERYDAY])
def test_every_need_has_an_answer_and_none_is_also_partial(path):
    for split in SPLITS:
        for one in load(split, path):
            assert one.relevant and not one.relevant & one.partly, one.id


def test_no_need_is_written_twice():
    files = [path.read_text(encoding="utf-8").splitlines() for path in (NEEDS, EVERYDAY)]
    lines = [json.loads(line) for file in files for line in file]
    assert len({line["id"] for line in lines}) == len(lines)
    assert len({line["text"].casefold() for line in lines}) == len(lines)
