"""Rasa component: one sentence vector a message (see `assistant.embedding`)."""

from __future__ import annotations

import logging
from typing import Any, Dict, List

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.embedding import CachedEncoder, load_encoder
from assistant.embedding.encoder import ENCODERS
from assistant.embedding.packing import pack_vector
from assistant.embedding.vectors import unit
from assistant.nlu.script_restorer import readings
from assistant.nlu.text import is_payload, shorten
from assistant.progress import progress_bar
from assistant.settings import get_settings

logger = logging.getLogger(__name__)
VECTOR = "vector"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Computes the sentence vector once; the classifier and the catalogue search use it."""

    def __init__(self, config: Dict[str, Any]) -> None:
        # Rasa asks featurizers for a name under which their features are known.
        super().__init__("SentenceFeaturizer", config)
        self._encoder = load_encoder(config["encoder"])

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`encoder`: one of `assistant.embedding.encoder.ENCODERS`."""
        return {**DenseFeaturizer.get_default_config(), "encoder": get_settings().encoder}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Create the component."""
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Vectors of all training phrases, from the on-disk cache where they are known."""
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        texts = [_texts(message) for message in examples]
        cached = CachedEncoder(self._encoder, get_settings().vector_cache)
        with progress_bar("Sentence vectors") as advance:
            vectors = cached.encode([one for both in texts for one in both], progress=advance)
        start = 0
        for message, both in zip(examples, texts):
            self._set(message, _mean(vectors[start : start + len(both)]))
            start += len(both)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """The vector of a message, also packed into the parse result for the catalogue search."""
        for message in messages:
            text = str(message.get(TEXT) or "")
            if is_payload(text):
                continue
            vector = _mean(self._encoder.encode(_texts(message)))
            self._set(message, vector)
            message.set(VECTOR, pack_vector(vector), add_to_output=True)
        return messages

    def _set(self, message: Message, vector: np.ndarray) -> None:
        message.add_features(Features(vector[None], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Check that the encoder exists."""
        encoder = config.get("encoder", get_settings().encoder)
        if encoder not in ENCODERS:
            raise InvalidConfigException(
                f"SentenceFeaturizer: unknown encoder {encoder!r}: choose of {sorted(ENCODERS)}."
            )


def _texts(message: Message) -> List[str]:
    """What is encoded: the message, or what one that is typed in other letters stands for."""
    return [shorten(text) for text in readings(message)]


def _mean(vectors: np.ndarray) -> np.ndarray:
    """The unit vector (dimension,) in the middle of (n, dimension) ones."""
    return np.asarray(vectors[0]) if len(vectors) == 1 else unit(vectors.mean(axis=0))


def sentence_vector(message: Message) -> np.ndarray | None:
    """The vector of shape (dimension,) that the featurizer set on a message."""
    _, sentence = message.get_dense_features(TEXT)
    return None if sentence is None else np.asarray(sentence.features[0])
