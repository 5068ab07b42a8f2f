"""Words are counted as a reader reads them, in any script."""

import pytest

from assistant.i18n.check.words import count_words, sentences, without_shared


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Call 112 now.", "en", 3),
        ("1. Call.\n• Then ask – again!", "en", 4),
        ("请拨打电话", "zh", 5 / 1.6),
        ("请拨打 112，Kela。", "zh", 3 / 1.6 + 1),
        ("بله، بیایید", "fa", 2),
        ("", "fi", 0),
    ],
)
def test_words_are_counted(text, language, words):
    assert count_words(text, language) == pytest.approx(words)


def test_sentences_end_with_their_mark_or_line():
    assert sentences("Yes. Ask us (pyydä), now!\nDo it") == [
        ["Yes"],
        ["Ask", "us", "now"],
        ["Do", "it"],
    ]


def test_what_both_texts_have_in_brackets_is_left_out():
    assert without_shared("Tax card (verokortti) {x}", "Carte (verokortti) {x}") == (
        "Tax card | |",
        "Carte | |",
    )


def test_what_is_in_brackets_in_one_text_alone_stays():
    assert without_shared("Migri (Immigration Service)", "Migri (Göçmenlik Dairesi)") == (
        "Migri (Immigration Service)",
        "Migri (Göçmenlik Dairesi)",
    )
