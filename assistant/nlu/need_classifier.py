"""Rasa component: the intent is the topic, and the need travels beside it (see `need_model`)."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.emergency_detector import EMERGENCY, EMERGENCY_NEED
from assistant.nlu.gazetteer_extractor import ONLY_ENTITIES
from assistant.nlu.language_identifier import LANGUAGE_ENTITY, message_language
from assistant.nlu.need_model import NeedModel, Prediction
from assistant.nlu.script_restorer import readable_text
from assistant.nlu.sentence_featurizer import sentence_vector
from assistant.nlu.text import clean, has_words, is_payload, shorten

NEED = "need"
INFORM = "inform"
#: The probability of an emergency that a message which names a municipality needs.
PLACE_THRESHOLD = 0.6
RANKING_LENGTH = 5
NOT_WORDS = Prediction(needs=[("out_of_scope/unintelligible", 1.0)], topics=[("out_of_scope", 1.0)])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NeedClassifier(IntentClassifier, GraphComponent):
    """Predicts needs, sums them to topics, and sets `intent`, `intent_ranking` and `need`."""

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[NeedModel] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def required_components(cls) -> List[Type]:
        """A dense featurizer has to come before."""
        return [DenseFeaturizer]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`emergency_threshold`: probability of the topic from which it overrides all others."""
        return {"emergency_threshold": 0.35}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NeedClassifier:
        """Create an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NeedClassifier:
        """Load a trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, NeedModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Train on every phrase that has an intent and a vector."""
        texts, vectors, labels, languages = [], [], [], []
        for example in training_data.intent_examples:
            vector = sentence_vector(example)
            if vector is None:
                continue
            texts.append(shorten(readable_text(example)))
            vectors.append(vector)
            labels.append(str(example.get(INTENT_RESPONSE_KEY) or example.get(INTENT)))
            languages.append(message_language(example))
        self._model = NeedModel.fit(texts, np.stack(vectors), labels, languages)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Classify messages."""
        for message in messages:
            text = str(message.get(TEXT) or "")
            if is_payload(text):
                # Rasa's message handler, which comes last, sets the intent of a payload.
                message.set(INTENT, {"name": None, "confidence": 1.0}, add_to_output=True)
                continue
            self._classify(message, clean(text))
        return messages

    def _classify(self, message: Message, text: str) -> None:
        assert self._model is not None
        vector = sentence_vector(message)
        if vector is None or not has_words(text):
            prediction = NOT_WORDS
        else:
            prediction = self._model.predict(
                shorten(readable_text(message)), vector, message_language(message)
            )
        emergency = bool(message.get(EMERGENCY))
        likely = dict(prediction.topics).get("emergency", 0.0)
        # "I live in Espoo now" and "I have nowhere to live" look alike to the encoder.
        named_place = any(one["entity"] == "municipality" for one in message.get(ENTITIES, []))
        threshold = self._config["emergency_threshold"]
        if not emergency and likely >= (PLACE_THRESHOLD if named_place else threshold):
            emergency = True
            message.set(EMERGENCY, True, add_to_output=True)
        if message.get(ONLY_ENTITIES) and not emergency and _answers(message):
            prediction = Prediction(needs=[(INFORM, 1.0)], topics=[(INFORM, 1.0)])
        if emergency:
            prediction = _as_emergency(prediction, message.get(EMERGENCY_NEED))
        topic, confidence = prediction.topics[0]
        need, need_confidence = next(
            (need for need in prediction.needs if need[0].split("/")[0] == topic),
            (topic, confidence),
        )
        message.set(INTENT, {"name": topic, "confidence": confidence}, add_to_output=True)
        message.set(
            "intent_ranking",
            [
                {"name": name, "confidence": value}
                for name, value in prediction.topics[:RANKING_LENGTH]
            ],
            add_to_output=True,
        )
        ranking = [
            {"name": name, "confidence": round(value, 4)}
            for name, value in prediction.needs[:RANKING_LENGTH]
        ]
        message.set(
            NEED,
            {"name": need, "confidence": need_confidence, "ranking": ranking},
            add_to_output=True,
        )


def _answers(message: Message) -> bool:
    """True for "Espoo" or "in Espoo": an answer to a question rather than a need.

    "I am unemployed" names a situation, but may well be what the person needs help with.
    """
    found = {entity["entity"] for entity in message.get(ENTITIES, [])} - {LANGUAGE_ENTITY}
    return bool(found) and found <= {"municipality", "child_age"}


def _as_emergency(prediction: Prediction, need: Optional[str]) -> Prediction:
    """Put the emergency first, whatever the model thinks of the rest."""
    emergencies = [entry for entry in prediction.needs if entry[0].startswith("emergency/")]
    first = f"emergency/{need}" if need else (emergencies or [("emergency", 1.0)])[0][0]
    others = [entry for entry in prediction.needs if entry[0] != first]
    topics = [entry for entry in prediction.topics if entry[0] != "emergency"]
    return Prediction(needs=[(first, 1.0), *others], topics=[("emergency", 1.0), *topics])
