"""Topic, need and emergency as Rasa sees them."""

import numpy as np
import pytest
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu import need_classifier
from assistant.nlu.need_classifier import NeedClassifier
from assistant.nlu.need_model import Prediction

LIKELY_HOUSING = Prediction(
    needs=[("housing/buying_home", 0.5), ("health/dental", 0.3), ("emergency/suicidal", 0.1)],
    topics=[("housing", 0.55), ("health", 0.3), ("emergency", 0.1)],
)


class PlayedModel:
    def __init__(self, prediction):
        self.prediction = prediction

    def predict(self, text, vector, language):
        return self.prediction

    def centred(self, vectors, languages):
        return vectors


class PlayedNetwork:
    def __init__(self, odds):
        self.odds = odds

    def log_odds(self, vector):
        return self.odds


@pytest.fixture
def classified(monkeypatch):
    def classify(prediction=LIKELY_HOUSING, vector=True, danger=-3.0, strange=-5.0, **data):
        found = np.ones(3) if vector else None
        monkeypatch.setattr(need_classifier, "sentence_vector", lambda message: found)
        message = Message({"text": "a home", **data})
        component = NeedClassifier(
            {"danger_threshold": 0.0},
            None,
            None,
            PlayedModel(prediction),
            PlayedNetwork(danger),
            PlayedNetwork(strange),
        )
        component.process([message])
        return message

    return classify


def test_the_intent_is_the_topic_and_the_need_travels_beside_it(classified):
    message = classified()
    assert message.get("intent") == {"name": "housing", "confidence": 0.55}
    assert message.get("need")["name"] == "housing/buying_home"
    assert [entry["name"] for entry in message.get("intent_ranking")][:2] == ["housing", "health"]


def test_the_need_belongs_to_the_likeliest_topic(classified):
    prediction = Prediction(
        needs=[("health/dental", 0.4), ("housing/buying_home", 0.3), ("housing/a", 0.3)],
        topics=[("housing", 0.6), ("health", 0.4)],
    )
    assert classified(prediction).get("need")["name"] == "housing/buying_home"


def test_danger_overrides_the_likeliest_need(classified):
    message = classified(danger=5.0)
    assert message.get("emergency") is True
    assert message.get("intent") == {"name": "emergency", "confidence": 1.0}
    assert message.get("intent_ranking")[1]["name"] == "housing"


def test_danger_is_of_the_likeliest_kind(classified):
    assert classified(danger=5.0).get("need")["name"] == "emergency/suicidal"


UNSURE_KIND = Prediction(
    needs=[("emergency/suicidal", 0.3), ("emergency/violence", 0.2)], topics=[("emergency", 0.5)]
)


def test_danger_of_an_unsure_kind_is_of_the_kind_that_a_sign_names(classified):
    message = classified(UNSURE_KIND, danger=5.0, emergency_need="violence")
    assert message.get("need")["name"] == "emergency/violence"


def test_danger_that_does_not_take_minutes_has_to_be_surer(classified):
    def homeless(need):
        prediction = Prediction(needs=[(need, 0.5)], topics=[("emergency", 0.5)])
        return classified(prediction, danger=1.0).get("emergency")

    assert homeless("emergency/poisoning")
    assert not homeless("emergency/nowhere_to_sleep_tonight")


def test_a_sign_of_danger_makes_danger_likelier(classified):
    assert not classified(danger=1.5).get("emergency")
    assert classified(danger=1.5, emergency_need="violence").get("emergency")


def test_a_sign_alone_is_no_danger_where_both_models_see_none(classified):
    assert not classified(danger=-5.0, emergency_need="violence").get("emergency")


def test_a_place_makes_danger_less_likely(classified):
    place = [{"entity": "municipality", "value": "049"}]
    assert classified(danger=3.0).get("emergency")
    assert not classified(danger=3.0, entities=place).get("emergency")


def test_what_is_out_of_scope_is_weighed_for_the_doubt(classified):
    odds = [classified(strange=value).get("strangeness") for value in (-5.0, 5.0)]
    assert odds[1] - odds[0] == pytest.approx(10)


def test_a_place_alone_informs(classified):
    message = classified(only_entities=True, entities=[{"entity": "municipality", "value": "049"}])
    assert message.get("intent") == {"name": "inform", "confidence": 1.0}


def test_a_situation_alone_may_be_a_need(classified):
    entities = [{"entity": "situation", "value": "student"}]
    message = classified(only_entities=True, entities=entities)
    assert message.get("intent")["name"] == "housing"


def test_the_language_alone_informs_of_nothing(classified):
    entities = [{"entity": "conversation_language", "value": "fi"}]
    message = classified(only_entities=True, entities=entities)
    assert message.get("intent")["name"] == "housing"


def test_danger_with_a_place_is_danger(classified):
    message = classified(
        only_entities=True, danger=9.0, entities=[{"entity": "municipality", "value": "049"}]
    )
    assert message.get("intent")["name"] == "emergency"


@pytest.mark.parametrize("text", ["🙂🙂", "112", "?!", ""])
def test_a_text_without_words_is_unintelligible(classified, text):
    message = classified(text=text)
    assert message.get("intent")["name"] == "out_of_scope"
    assert message.get("need")["name"] == "out_of_scope/unintelligible"


def test_danger_without_a_vector_is_still_danger(classified):
    message = classified(vector=False, emergency_need="violence")
    assert message.get("need")["name"] == "emergency/violence"


def test_a_payload_is_left_to_rasa(classified):
    assert classified(text="/housing").get("intent") == {"name": None, "confidence": 1.0}


def test_a_ranking_has_at_most_five_entries(classified):
    many = [(f"t{number}/n", 0.1) for number in range(10)]
    topics = [(f"t{number}", 0.1) for number in range(10)]
    message = classified(Prediction(needs=many, topics=topics))
    assert len(message.get("intent_ranking")) == 5
    assert len(message.get("need")["ranking"]) == 5
