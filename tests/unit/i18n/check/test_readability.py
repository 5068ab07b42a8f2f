"""Texts that are hard to read are named; texts in plain language are not."""

import pytest

from assistant.i18n.check.readability import LONGEST_SENTENCE, check_readability, measure


def kinds(language, *texts):
    return [problem.kind for problem in check_readability(language, {one: one for one in texts})]


def sentence(words, word="so"):
    return " ".join([word] * words) + "."


@pytest.mark.parametrize("language", ["en", "sv", "fi"])
def test_the_longest_sentence_has_a_bound(language):
    bound = LONGEST_SENTENCE[language]
    assert kinds(language, sentence(bound)) == []
    assert kinds(language, sentence(bound + 1)) == ["long sentence"]


def test_each_sentence_of_a_text_counts_alone():
    assert kinds("en", f"{sentence(15)} {sentence(15)}\n{sentence(15)}") == []


def test_the_finnish_term_in_brackets_is_not_counted():
    assert kinds("en", f"{sentence(19)[:-1]} word (osaamisen ja kotoutumisen arviointi).") == []


def test_a_long_text_of_long_words_is_hard_to_read():
    assert kinds("sv", " ".join([sentence(10, "myndigheter")] * 3)) == ["hard to read"]


def test_finnish_words_are_longer():
    text = " ".join([sentence(10, "kunnalla")] * 3)
    assert kinds("fi", text) == []
    assert kinds("sv", text) == ["hard to read"]


def test_one_long_term_makes_no_short_text_hard():
    assert kinds("en", "Contact the employment authority immediately.") == []


def test_a_language_that_is_not_easy_is_named():
    texts = [f"{sentence(9, 'authority')} {number}" for number in range(30)]
    easy = [f"{sentence(9, 'so')} {number}" for number in range(30)]
    assert kinds("en", *(f"{text}." for text in easy)) == []
    found = list(check_readability("en", {f"{text}.": f"{text}." for text in texts}))
    assert ("hard to read", "all texts") in {(one.kind, one.message) for one in found}


def test_languages_without_bounds_have_no_problem():
    assert kinds("so", sentence(60)) == []
    assert measure("so", [sentence(60)]) is None


def test_the_figures_of_a_language_are_given_with_its_worst_texts():
    found = measure(
        "en", ["One two three.", "A somewhat longer sentence stands here. Yes.", "Title"]
    )
    assert (found.sentences, found.longest, found.worst[0][0]) == (3, 6, 6)
    assert found.mean == pytest.approx(10 / 3)
    assert found.long_words == pytest.approx(100 * 2 / 10)
    assert str(found) == "en: 3.3 words a sentence, the longest 6, 20 % long words, LIX 23"


def test_titles_alone_give_no_figures():
    assert measure("en", ["Housing", "Library"]) is None
