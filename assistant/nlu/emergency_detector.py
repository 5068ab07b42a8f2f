"""Rasa component: finds danger to life before anything else is asked (see `emergency_rules`)."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.emergency_rules import EmergencyRules
from assistant.nlu.text import clean, is_payload

EMERGENCY = "emergency"
EMERGENCY_NEED = "emergency_need"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class EmergencyDetector(GraphComponent):
    """Notes the kind of danger that a phrase of the rules names; the classifier weighs it."""

    def __init__(self, rules: EmergencyRules) -> None:
        self._rules = rules

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EmergencyDetector:
        """Read the rules of all languages."""
        return cls(EmergencyRules.load())

    def process(self, messages: List[Message]) -> List[Message]:
        """Look for signs of danger, in every language at once."""
        for message in messages:
            text = str(message.get(TEXT) or "")
            need = None if is_payload(text) else self._rules.match(clean(text))
            message.set(EMERGENCY, False, add_to_output=True)
            if need is not None:
                message.set(EMERGENCY_NEED, need)
        return messages

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """There is nothing to configure."""
