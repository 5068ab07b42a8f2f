"""Messages that ask for two things."""

from __future__ import annotations

import pytest

from assistant.nlu.need_model import Prediction
from assistant.nlu.several_needs import Request, sentences, several_needs

DAYCARE, COURSE = (
    "early_childhood_education/apply_for_place",
    "training_and_language_courses/finnish",
)
HOME, GREETING = "housing/private_rental", "bot_meta/greeting"


def sure(need: str, confidence: float = 0.9) -> Prediction:
    return Prediction(needs=[(need, confidence)], topics=[(need.split("/")[0], confidence)])


def predictor(**needs):
    def predict(parts):
        return [next(sure(need) for word, need in needs.items() if word in part) for part in parts]

    return predict


PREDICT = predictor(son=DAYCARE, Finnish=COURSE, flat=HOME, morning=GREETING)


def test_of_two_questions_the_first_is_answered_and_the_second_offered():
    text = "Where can my son go to daycare? And where do I learn Finnish?"
    assert several_needs(text, COURSE, PREDICT) == (Request(DAYCARE, 0.9, 0.9), COURSE)


def test_a_question_beside_the_need_of_the_whole_message_is_offered():
    text = "I am looking for a place for my son. Where can I learn Finnish?"
    assert several_needs(text, DAYCARE, PREDICT) == (None, COURSE)


def test_a_story_that_only_leads_to_the_need_offers_nothing():
    text = "We found a flat in the centre. Where can my son go to daycare?"
    assert several_needs(text, DAYCARE, PREDICT) == (None, None)


def test_a_message_of_one_sentence_has_one_need():
    assert several_needs("Where can I learn Finnish?", COURSE, PREDICT) == (None, None)


def test_a_greeting_is_no_several_needs():
    text = "Good morning to you all? Where can I learn Finnish?"
    assert several_needs(text, COURSE, PREDICT) == (None, None)


def test_a_sentence_that_is_not_sure_is_not_offered():
    def unsure(parts):
        return [sure(COURSE, 0.5) for _ in parts]

    text = "We need a place for our son. Where can I learn Finnish?"
    assert several_needs(text, DAYCARE, unsure) == (None, None)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("هل يوجد مكان لابني هنا؟ أين أتعلم اللغة الفنلندية؟", 2),
        ("我儿子可以上幼儿园吗？我在哪里可以学习芬兰语？", 2),
        ("Thanks. Where can I learn Finnish?", 1),
        ("", 0),
    ],
)
def test_sentences_end_as_they_do_in_their_script(text, count):
    assert len(sentences(text)) == count
