"""Marks are put back on what is typed without them."""

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.folding import without_marks
from assistant.nlu.known_languages import sentences
from assistant.nlu.mark_restorer import (
    MarkRestorer,
    is_typed_without_marks,
    restorer_of,
    share_of_marks,
)
from assistant.nlu.romanisation import Deromaniser
from assistant.nlu.script_restorer import RESTORED, ScriptRestorer, readings

SENTENCES = [
    "tôi cần giúp đỡ",
    "tôi ở đây",
    "thư viện ở đâu",
    "trường học ở đâu",
    "tối nay",
    "con đường",
]


@pytest.fixture(scope="module")
def restorer():
    return MarkRestorer(SENTENCES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("toi can giup do", "tôi cần giúp đỡ"),
        ("thu vien o dau?", "thư viện ở đâu?"),
        ("TOI o day", "TÔI ở đây"),
        ("Thu vien", "Thư viện"),
        ("toi o Espoo 112", "tôi ở Espoo 112"),
        ("", ""),
        ("!?", "!?"),
    ],
)
def test_words_get_the_marks_that_they_usually_have(restorer, typed, meant):
    assert restorer.restore(typed) == meant


def test_the_word_before_decides_between_two_readings(restorer):
    assert restorer.restore("o dau") == "ở đâu"
    assert restorer.restore("toi nay") == "tối nay"


def test_a_word_with_marks_stays_as_it_was_written(restorer):
    assert restorer.restore("tội giup") == "tội giúp"


def test_most_sentences_of_a_language_can_be_put_back():
    own = [text for text, code in sentences() if code == "vi" and not text.isascii()]
    words = [
        (meant, restored)
        for text in own
        for meant, restored in zip(
            text.lower().split(),
            restorer_of("vi").restore(without_marks(text.lower())).split(),
        )
    ]
    assert sum(meant == restored for meant, restored in words) > 0.9 * len(words)


@pytest.mark.parametrize("language", ["fi", "tr", "sq", "pl", "ar", "zh", "xx"])
def test_in_other_languages_people_do_not_leave_marks_out(language):
    assert restorer_of(language) is None
    assert not is_typed_without_marks("missa on kirjasto", language)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("toi can giup do", "vi", True),
        ("tôi cần giúp đỡ", "vi", False),
        ("toi can giup do", None, False),
    ],
)
def test_it_is_known_whether_marks_were_left_out(text, language, expected):
    assert is_typed_without_marks(text, language) is expected


@pytest.mark.parametrize(("text", "share"), [("", 0.0), ("12 !", 0.0), ("ab", 0.0), ("ăb", 0.5)])
def test_the_share_of_marks_counts_letters_alone(text, share):
    assert share_of_marks(text) == share


def message(text, language):
    made = Message({TEXT: text})
    made.set("language", {"code": language, "confidence": 1.0})
    return made


def test_a_message_without_marks_is_read_with_them_alone():
    typed = message("toi can giup do", "vi")
    ScriptRestorer(None, None, Deromaniser({}, set())).process([typed])
    assert typed.get(RESTORED) == "tôi cần giúp đỡ"
    assert readings(typed) == ["tôi cần giúp đỡ"]


def test_a_message_with_marks_is_read_as_it_is():
    typed = message("tôi cần giúp đỡ", "vi")
    ScriptRestorer(None, None, Deromaniser({}, set())).process([typed])
    assert typed.get(RESTORED) is None
    assert readings(typed) == ["tôi cần giúp đỡ"]


def test_a_romanised_message_is_read_in_both_scripts():
    typed = message("gde biblioteka", "ru")
    typed.set(RESTORED, "где библиотека")
    assert readings(typed) == ["gde biblioteka", "где библиотека"]
