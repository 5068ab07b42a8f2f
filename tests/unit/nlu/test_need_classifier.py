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


@pytest.fixture
def classified(monkeypatch):
    def classify(prediction=LIKELY_HOUSING, vector=True, **data):
        found = np.ones(3) if vector else None
        monkeypatch.setattr(need_classifier, "sentence_vector", lambda message: found)
        message = Message({"text": "a home", **data})
        component = NeedClassifier(
            {"emergency_threshold": 0.35}, None, None, PlayedModel(prediction)
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


def test_a_sign_of_danger_overrides_the_model(classified):
    message = classified(emergency=True, emergency_need="violence")
    assert message.get("intent") == {"name": "emergency", "confidence": 1.0}
    assert message.get("need")["name"] == "emergency/violence"


def test_danger_of_an_unknown_kind_is_the_likeliest_emergency(classified):
    assert classified(emergency=True).get("need")["name"] == "emergency/suicidal"


def test_a_likely_emergency_is_one_before_a_likelier_need(classified):
    prediction = Prediction(
        needs=[("housing/a", 0.5), ("emergency/violence", 0.4)],
        topics=[("housing", 0.5), ("emergency", 0.4)],
    )
    message = classified(prediction)
    assert message.get("emergency") is True
    assert message.get("intent")["name"] == "emergency"
    assert message.get("intent_ranking")[1]["name"] == "housing"


def test_an_unlikely_emergency_is_none(classified):
    assert not classified().get("emergency")


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
        only_entities=True, emergency=True, entities=[{"entity": "municipality", "value": "049"}]
    )
    assert message.get("intent")["name"] == "emergency"


@pytest.mark.parametrize("text", ["🙂🙂", "112", "?!", ""])
def test_a_text_without_words_is_unintelligible(classified, text):
    message = classified(text=text)
    assert message.get("intent")["name"] == "out_of_scope"
    assert message.get("need")["name"] == "out_of_scope/unintelligible"


def test_danger_without_a_vector_is_still_danger(classified):
    message = classified(vector=False, emergency=True, emergency_need="violence")
    assert message.get("need")["name"] == "emergency/violence"


def test_a_payload_is_left_to_rasa(classified):
    assert classified(text="/housing").get("intent") == {"name": None, "confidence": 1.0}


def test_a_ranking_has_at_most_five_entries(classified):
    many = [(f"t{number}/n", 0.1) for number in range(10)]
    topics = [(f"t{number}", 0.1) for number in range(10)]
    message = classified(Prediction(needs=many, topics=topics))
    assert len(message.get("intent_ranking")) == 5
    assert len(message.get("need")["ranking"]) == 5
