"""Rasa component: turns a message that is not understood for sure into `nlu_fallback`."""

from __future__ import annotations

from typing import Any, Dict

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message

from assistant.guidance.topics import NO_SERVICE_TOPICS, load_topics
from assistant.nlu.need_classifier import STRANGENESS

#: A topic as sure as this is answered, however strange the message.
SURE = 0.9


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DoubtClassifier(FallbackClassifier):
    """Rasa's fallback by confidence and margin, and by how strange a message is.

    A tax office in Germany looks like taxes in Finland: the likeliest topic is sure, and yet the
    message is close to those that nobody here can answer. Then the assistant asks.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`strangeness`: log odds of being out of scope from which the assistant asks."""
        return {**FallbackClassifier.get_default_config(), "strangeness": -5.0}

    def _should_fallback(self, message: Message) -> bool:
        if super()._should_fallback(message):
            return True
        intent = message.get(INTENT) or {}
        topic = intent.get("name")
        if float(intent.get("confidence") or 0.0) >= SURE:
            return False
        if topic not in load_topics().topics or topic in NO_SERVICE_TOPICS:
            return False
        if any(one["entity"] == "municipality" for one in message.get(ENTITIES, [])):
            return False  # not about another country
        return bool(message.get(STRANGENESS, float("-inf")) >= self.component_config["strangeness"])

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Check that `strangeness` is a number."""
        if not isinstance(config.get("strangeness", 0.0), (int, float)):
            raise InvalidConfigException("DoubtClassifier: `strangeness` is a number.")
