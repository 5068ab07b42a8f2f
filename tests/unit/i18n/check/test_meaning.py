"""Translations that are closer to another text's source than to their own are found."""

import numpy as np
import pytest

from assistant.i18n.check.meaning import (
    MIN_TEXTS,
    REVIEWED,
    Doubt,
    ReviewedError,
    find_doubts,
    load_reviewed,
    margins,
    review_key,
)

NONE_REVIEWED: dict[str, frozenset[str]] = {}
SIZE = 64


class Encoder:
    """Vectors of meanings: a text `<number> ...` has its number's, turned for a translation."""

    def __init__(self):
        random = np.random.default_rng(5)
        self.meanings = random.normal(size=(MIN_TEXTS, SIZE))
        self.turned = random.normal(size=(SIZE, SIZE))
        self.noise = random.normal(size=(MIN_TEXTS, SIZE)) / 5

    def encode(self, texts, kind="query", progress=None):
        rows = np.array([int(text.split()[0]) for text in texts])
        translated = np.array([text.endswith("x") for text in texts])
        vectors = self.meanings[rows]
        vectors[translated] = vectors[translated] @ self.turned + self.noise[rows[translated]]
        if progress is not None:
            progress(len(texts), len(texts))
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def source(number):
    return f"{number} is a text with as many letters as a sentence has"


@pytest.fixture
def pairs():
    return {source(number): f"{number} x" for number in range(MIN_TEXTS)}


def found(pairs, reviewed=NONE_REVIEWED, language="so"):
    return find_doubts({language: pairs}, Encoder(), reviewed)


def test_translations_of_a_language_that_lies_elsewhere_are_no_doubt(pairs):
    assert found(pairs) == []


def test_swapped_translations_are_found_and_say_which_text_they_are_of(pairs):
    pairs[source(7)], pairs[source(8)] = pairs[source(8)], pairs[source(7)]
    doubts = found(pairs)
    assert {(doubt.source, doubt.closer) for doubt in doubts} == {
        (source(7), source(8)),
        (source(8), source(7)),
    }
    assert all(doubt.is_wrong and doubt.language == "so" for doubt in doubts)


def test_the_worst_comes_first(pairs):
    pairs[source(7)], pairs[source(8)], pairs[source(9)] = "8 x", "9 x", "7 x"
    scores = [doubt.score for doubt in found(pairs)]
    assert len(scores) == 3
    assert scores == sorted(scores)


def test_a_reviewed_text_is_not_listed_again_until_it_changes(pairs):
    pairs[source(7)] = "8 x"
    key = review_key(source(7), "8 x")
    assert [doubt.key for doubt in found(pairs)] == [key]
    assert found(pairs, {"so": frozenset([key])}) == []
    assert len(found(pairs, {"et": frozenset([key])})) == 1
    pairs[source(7)] = "9 x"
    assert len(found(pairs, {"so": frozenset([key])})) == 1


def test_a_translation_that_two_sources_share_is_right_for_both(pairs):
    pairs[f"8 {source(8)}"] = "8 x"
    assert found(pairs) == []


def test_a_language_of_few_texts_is_not_judged(pairs):
    few = dict(list(pairs.items())[: MIN_TEXTS - 1])
    few[source(7)] = "8 x"
    assert found(few) == []


def test_progress_is_told(pairs):
    told = []
    find_doubts({"so": pairs}, Encoder(), {}, lambda done, total: told.append((done, total)))
    assert told == [(2 * MIN_TEXTS, 2 * MIN_TEXTS)]


def test_a_score_is_the_distance_to_the_closest_other_source(pairs):
    encoder = Encoder()
    english, other = encoder.encode(list(pairs)), encoder.encode(list(pairs.values()))
    scores, closest = margins(english, other, list(pairs.values()))
    assert scores.shape == closest.shape == (MIN_TEXTS,)
    assert (scores > 0).all()
    assert (closest != np.arange(MIN_TEXTS)).all()


@pytest.mark.parametrize(
    ("text", "score", "wrong"),
    [
        ("Ask the office of your own municipality.", -0.6, True),
        ("Ask the office of your own municipality.", -0.4, False),
        ("To", -0.9, False),
    ],
)
def test_only_a_clear_margin_of_a_whole_sentence_is_a_problem(text, score, wrong):
    doubt = Doubt("k", "so", score, text, "x", "Other")
    assert doubt.is_wrong is wrong
    assert doubt.problem().kind == "meaning"


def test_the_list_of_reviewed_texts_is_read(tmp_path):
    path = tmp_path / "reviewed.yml"
    assert load_reviewed(path) == {}
    path.write_text('so:\n  "12": To\n  ab: You\n', encoding="utf-8")
    assert load_reviewed(path) == {"so": frozenset(["12", "ab"])}


@pytest.mark.parametrize("text", ["so: [ab]", "- so", "so: {12: To}", "so:\n  ab", "{"])
def test_a_wrong_list_is_one_clear_line(tmp_path, text):
    path = tmp_path / "reviewed.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReviewedError) as error:
        load_reviewed(path)
    assert "reviewed.yml" in str(error.value)
    assert "\n" not in str(error.value)


def test_the_project_s_own_list_can_be_read():
    assert all(load_reviewed(REVIEWED).values())
