"""How much of an answer is one message."""

from assistant.dialogue.packing import MOST_WORDS, packed

HALF, MORE = "word " * (MOST_WORDS // 2), "word " * (MOST_WORDS // 2 + 1)


def test_parts_that_fit_are_one_message():
    assert packed([HALF, HALF], "en") == [f"{HALF}\n{HALF}"]


def test_a_part_that_does_not_fit_begins_a_new_message():
    assert packed([HALF, MORE, "end"], "en") == [HALF, f"{MORE}\nend"]


def test_a_part_that_is_too_long_alone_stays_whole():
    assert packed([HALF + MORE], "en") == [HALF + MORE]


def test_parts_without_text_are_left_out():
    assert packed(["", "a", ""], "en") == ["a"]


def test_chinese_characters_count_too():
    text = "字" * 100
    assert len(packed([text, text], "zh")) == 2
