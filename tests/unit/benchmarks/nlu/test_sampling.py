"""Which phrases a sample keeps."""

from collections import Counter

from benchmarks.nlu.sampling import per_group, stratified

LABELS = ["a/x"] * 9 + ["a/y"] * 3 + ["b/z"] * 6
LANGUAGES = ["fi", "en", "so"] * 6
GROUPS = list(zip(LABELS, LANGUAGES))


def test_a_need_has_at_most_so_many_phrases_in_a_language():
    kept = Counter(GROUPS[position] for position in per_group(LABELS, LANGUAGES, 2))
    assert kept == {group: min(2, count) for group, count in Counter(GROUPS).items()}


def test_fewer_phrases_are_part_of_more():
    assert set(per_group(LABELS, LANGUAGES, 1)) < set(per_group(LABELS, LANGUAGES, 2))


def test_a_sample_has_every_need_and_language_before_any_has_two():
    kept = stratified(LABELS, LANGUAGES, 9)
    assert len(set(kept)) == 9
    assert {GROUPS[position] for position in kept} == set(GROUPS)


def test_a_small_sample_leaves_no_need_out():
    for count in (3, 6):
        of_need = Counter(LABELS[position] for position in stratified(LABELS, LANGUAGES, count))
        assert of_need == {"a/x": count / 3, "a/y": count / 3, "b/z": count / 3}


def test_a_sample_larger_than_all_is_all():
    assert stratified(LABELS, LANGUAGES, 99) == list(range(18))
    assert stratified([], [], 5) == []
