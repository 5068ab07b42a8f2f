"""Rasa component: the intent is the topic, and the need travels beside it (see `need_model`)."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple, Type

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

from assistant.embedding import load_encoder
from assistant.nlu.binary_network import BinaryNetwork, log_odds
from assistant.nlu.emergency_detector import EMERGENCY, EMERGENCY_NEED
from assistant.nlu.gazetteer_extractor import ONLY_ENTITIES
from assistant.nlu.language_identifier import LANGUAGE_ENTITY, message_language
from assistant.nlu.need_model import NeedModel, Prediction, topic_of
from assistant.nlu.script_restorer import readable_text
from assistant.nlu.sentence_featurizer import sentence_vector
from assistant.nlu.several_needs import Request, several_needs
from assistant.nlu.text import clean, has_words, is_payload, shorten
from assistant.settings import get_settings

NEED = "need"
#: Another need that the message asks for.
SECOND_NEED = "second_need"
INFORM = "inform"
#: How much a phrase of the emergency rules speaks for danger, in nats.
RULE_BONUS = 1.0
#: How much surer a short message that names a municipality has to be of danger, in nats.
PLACE_PENALTY = 1.5
#: Kinds of danger that look like ordinary needs (a home, a bad employer) and do not take minutes:
#: how much surer the models have to be of them, in nats.
SLOWER = frozenset({"emergency/nowhere_to_sleep_tonight", "emergency/human_trafficking"})
SLOWER_PENALTY = 2.0
#: From this share of all kinds on the model knows the kind of danger better than the rules.
SURE_KIND = 0.9
RANKING_LENGTH = 5
#: Log odds that a message is about nothing that the assistant can answer.
STRANGENESS = "strangeness"
DANGER_FILE, STRANGE_FILE = "danger.npz", "strange.npz"
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
        danger: Optional[BinaryNetwork] = None,
        strange: Optional[BinaryNetwork] = None,
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._model = model
        self._danger = danger
        self._strange = strange

    @classmethod
    def required_components(cls) -> List[Type]:
        """A dense featurizer has to come before."""
        return [DenseFeaturizer]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`danger_threshold`: log odds of danger from which it overrides everything else.

        They are the sum of those of the need model, of the danger model and of the rules.
        """
        return {"danger_threshold": -3.75}

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
            return cls(
                config,
                model_storage,
                resource,
                NeedModel.load(folder),
                BinaryNetwork.load(folder / DANGER_FILE),
                BinaryNetwork.load(folder / STRANGE_FILE),
            )

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
        together = np.stack(vectors)
        self._model = NeedModel.fit(texts, together, labels, languages)
        topics = np.array([topic_of(label) for label in labels])
        centred = self._model.centred(together, languages)
        self._danger = BinaryNetwork.fit(centred, topics == "emergency")
        self._strange = BinaryNetwork.fit(centred, topics == "out_of_scope")
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
            self._danger.save(folder / DANGER_FILE)
            self._strange.save(folder / STRANGE_FILE)
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
        if vector is None or prediction is NOT_WORDS:
            emergency = message.get(EMERGENCY_NEED) is not None
        else:
            centred = self._model.centred(vector[None], [message_language(message)])[0]
            emergency = self._is_danger(message, prediction, centred)
            message.set(STRANGENESS, self._strangeness(prediction, centred))
        message.set(EMERGENCY, emergency, add_to_output=True)
        if message.get(ONLY_ENTITIES) and not emergency and _answers(message):
            prediction = Prediction(needs=[(INFORM, 1.0)], topics=[(INFORM, 1.0)])
        if emergency:
            prediction = _as_emergency(prediction, message.get(EMERGENCY_NEED))
        if not emergency:
            prediction = self._with_second_need(message, prediction)
        topic, confidence = prediction.topics[0]
        need, need_confidence = _best_need(prediction)
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

    def _is_danger(self, message: Message, prediction: Prediction, centred: np.ndarray) -> bool:
        """Whether the message speaks of danger now: the models and the rules together."""
        assert self._danger is not None
        odds = log_odds(dict(prediction.topics).get("emergency", 0.0))
        odds += self._danger.log_odds(centred)
        if message.get(EMERGENCY_NEED):
            odds += RULE_BONUS
        # "I live in Espoo now" and "I have nowhere to live" look alike to the encoder.
        elif any(one["entity"] == "municipality" for one in message.get(ENTITIES, [])):
            odds -= PLACE_PENALTY
        if _kind_of_danger(prediction, message.get(EMERGENCY_NEED)) in SLOWER:
            odds -= SLOWER_PENALTY
        return bool(odds >= self._config["danger_threshold"])

    def _strangeness(self, prediction: Prediction, centred: np.ndarray) -> float:
        """The log odds that the message is out of scope, by both models."""
        assert self._strange is not None
        odds = log_odds(dict(prediction.topics).get("out_of_scope", 0.0))
        return odds + self._strange.log_odds(centred)

    def _with_second_need(self, message: Message, prediction: Prediction) -> Prediction:
        """Note another need that the message asks for; of two questions the first is answered."""
        model, language = self._model, message_language(message)
        assert model is not None

        def predict(parts: Sequence[str]) -> List[Prediction]:
            vectors = load_encoder(get_settings().encoder).encode(list(parts))
            return [model.predict(part, vector, language) for part, vector in zip(parts, vectors)]

        best = _best_need(prediction)[0]
        text = shorten(readable_text(message))
        first, second = several_needs(text, best, predict) if "/" in best else (None, None)
        if second is not None:
            message.set(SECOND_NEED, second, add_to_output=True)
        return prediction if first is None else _answered_first(prediction, first)


def _best_need(prediction: Prediction) -> Tuple[str, float]:
    """The likeliest need of the likeliest topic; a plain intent is its own."""
    topic, confidence = prediction.topics[0]
    return next(
        (need for need in prediction.needs if need[0].split("/")[0] == topic), (topic, confidence)
    )


def _answered_first(prediction: Prediction, request: Request) -> Prediction:
    """The prediction with the need of a sentence, and its topic, first and as sure as there."""
    topic = request.need.split("/")[0]
    return Prediction(
        needs=_put_first(prediction.needs, request.need, request.confidence),
        topics=_put_first(prediction.topics, topic, request.topic_confidence),
    )


def _put_first(
    ranking: List[Tuple[str, float]], name: str, confidence: float
) -> List[Tuple[str, float]]:
    """The ranking with a name first; the others share what its confidence leaves."""
    others = [entry for entry in ranking if entry[0] != name]
    share = (1 - confidence) / (sum(value for _, value in others) or 1.0)
    return [(name, confidence), *((other, value * share) for other, value in others)]


def _answers(message: Message) -> bool:
    """True for "Espoo" or "in Espoo": an answer to a question rather than a need.

    "I am unemployed" names a situation, but may well be what the person needs help with.
    """
    found = {entity["entity"] for entity in message.get(ENTITIES, [])} - {LANGUAGE_ENTITY}
    return bool(found) and found <= {"municipality", "district", "child_age"}


def _kind_of_danger(prediction: Prediction, sign: Optional[str]) -> str:
    """The likeliest need of the topic; what a sign names, where the model is not sure."""
    emergencies = [entry for entry in prediction.needs if entry[0].startswith("emergency/")]
    together = sum(confidence for _, confidence in emergencies)
    best, confidence = emergencies[0] if emergencies else ("emergency", 0.0)
    if sign is not None and confidence < SURE_KIND * together or not emergencies:
        return f"emergency/{sign}" if sign else best
    return best


def _as_emergency(prediction: Prediction, sign: Optional[str]) -> Prediction:
    """Put the emergency first, whatever the model thinks of the rest."""
    first = _kind_of_danger(prediction, sign)
    others = [entry for entry in prediction.needs if entry[0] != first]
    topics = [entry for entry in prediction.topics if entry[0] != "emergency"]
    return Prediction(needs=[(first, 1.0), *others], topics=[("emergency", 1.0), *topics])
