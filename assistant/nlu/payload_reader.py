"""Rasa component: makes Rasa's `/intent{...}` of the short payloads that buttons send.

It stands first in the pipeline, so every channel understands the same payloads. A typed message
that only looks like a payload becomes ordinary text.
"""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.dialogue.payloads import as_text, expand


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PayloadReader(GraphComponent):
    """Expands payloads; Rasa's own message handler, which runs last, reads what it makes."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PayloadReader:
        """Create the component."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Expand the payloads among messages."""
        for message in messages:
            text = str(message.get(TEXT) or "")
            if text.strip().startswith("/"):
                message.set(TEXT, expand(text) or as_text(text))
            elif not text:
                message.set(TEXT, "")
        return messages

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """There is nothing to configure."""
