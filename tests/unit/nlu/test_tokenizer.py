"""Words of each language."""

import pytest

from assistant.i18n.languages import SERVED
from assistant.nlu.text import MAX_MESSAGE
from assistant.nlu.tokenizer import words


def texts(text, language):
    return [word for word, _ in words(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "I don't know.", ["I", "do", "n't", "know", "."]),
        ("fi", "Missä on kirjasto?", ["Missä", "on", "kirjasto", "?"]),
        ("so", "Aaway maktabadda?", ["Aaway", "maktabadda", "?"]),
        ("zh", "日托在Espoo", ["日", "托", "在", "Espoo"]),
        ("ru", "где садик", ["где", "садик"]),
        (None, "hello there", ["hello", "there"]),
        ("th", "abc def", ["abc", "def"]),
    ],
)
def test_a_message_is_split_by_the_rules_of_its_language(language, text, expected):
    assert texts(text, language) == expected


@pytest.mark.parametrize("language", SERVED)
@pytest.mark.parametrize(
    "text", ["Moi, missä on Espoo?", "我住在 Espoo 2", "أين  المكتبة؟", "a\u200cb c", "🙂 ok"]
)
def test_offsets_point_to_the_words(language, text):
    assert all(text[start : start + len(word)] == word for word, start in words(text, language))


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_has_no_words(text):
    assert words(text, "en") == []


def test_only_the_bounded_part_of_a_message_is_split():
    found = words("ab " * 5000, "en")
    assert found[-1][1] < MAX_MESSAGE
