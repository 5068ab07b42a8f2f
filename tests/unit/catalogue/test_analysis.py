import pytest

from assistant.catalogue.analysis import grams, normalise, query_terms, title_form, tokens


def test_inflected_finnish_words_share_a_stem():
    assert tokens("päivähoidossa", "fi")[0] == tokens("päivähoidon", "fi")[0]


def test_a_word_with_diacritics_has_a_folded_twin():
    assert "paivahoito" in tokens("päivähoito", "fi") and "päivähoito" in tokens("päivähoito", "fi")


@pytest.mark.parametrize(
    "one, other", [("مُدَرِّسَة", "مدرسة"), ("کتاب", "كتاب"), ("إقامة", "اقامة"), ("می‌خواهم", "میخواهم")]
)
def test_arabic_and_persian_spellings_are_unified(one, other):
    assert normalise(one) == normalise(other)


def test_the_arabic_article_is_taken_off():
    assert tokens("المكتبة", "ar") == tokens("مكتبة", "ar")


def test_chinese_becomes_pairs_of_signs():
    assert grams("课程表 A") == ["课程", "程表"]


def test_stop_words_are_not_searched():
    assert query_terms("how do I get the", "en").exact == ()


def test_titles_are_compared_without_case_and_diacritics():
    assert title_form("Kääntäjä-Palvelu!") == "kaantaja palvelu"


@pytest.mark.parametrize(
    "text", ["", "   ", '"', "' OR 1=1 --", "a*b(c)", "NEAR AND NOT", "\0", "🙂"]
)
def test_no_text_breaks_the_analysis(text):
    query_terms(text)
    tokens(text, "fi")
