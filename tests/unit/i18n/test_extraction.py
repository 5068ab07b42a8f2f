"""Texts are found in YAML under the keys that are named."""

from io import BytesIO

import pytest

from assistant.i18n.extraction import extract_yaml


def texts(content, keys="text title"):
    found = extract_yaml(BytesIO(content.encode()), None, None, {"keys": keys})
    return [(line, text) for line, _, text, _ in found]


def test_texts_under_the_named_keys_are_found_with_their_line():
    assert texts("a:\n  text: Hello\n  other: no\nb:\n- title: Home\n") == [
        (2, "Hello"),
        (5, "Home"),
    ]


def test_each_text_of_a_list_is_found():
    assert texts("do:\n- First\n- Second\n", "do") == [(2, "First"), (3, "Second")]


def test_a_mapping_under_a_key_is_searched_on():
    assert texts("title:\n  text: Inner\n  other: no\n") == [(2, "Inner")]


@pytest.mark.parametrize(
    "content", ["text: 5", "text: true", "text: ''", "text: '  '", "text:", ""]
)
def test_what_is_no_text_is_left_out(content):
    assert texts(content) == []


def test_translators_see_the_path_of_a_text():
    found = list(extract_yaml(BytesIO(b"utter_x:\n- text: Hi\n"), None, None, {"keys": "text"}))
    assert found[0][3] == ["utter_x text"]


def test_letters_of_every_script_are_read():
    assert texts("text: Työvoimaviranomainen – тест") == [(1, "Työvoimaviranomainen – тест")]
