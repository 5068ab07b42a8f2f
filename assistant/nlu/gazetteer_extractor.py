"""Rasa component: puts what the gazetteers find among the entities (see `gazetteers`)."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.districts import with_municipalities
from assistant.nlu.gazetteers import Gazetteers
from assistant.nlu.language_identifier import message_language
from assistant.nlu.text import MAX_MESSAGE, is_payload

#: True on a message that says nothing but entities ("I live in Tampere").
ONLY_ENTITIES = "only_entities"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class GazetteerExtractor(EntityExtractorMixin, GraphComponent):
    """Adds municipalities, languages, children's ages, situations and answers."""

    def __init__(self, gazetteers: Gazetteers) -> None:
        self._gazetteers = gazetteers

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GazetteerExtractor:
        """Read the lists."""
        return cls(Gazetteers.load())

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entities of each message to those it has."""
        for message in messages:
            text = str(message.get(TEXT) or "")
            if not is_payload(text):
                self._extract(message, text[:MAX_MESSAGE])
        return messages

    def _extract(self, message: Message, text: str) -> None:
        found = with_municipalities(
            self._gazetteers.find(text, message_language(message)),
            self._gazetteers.municipality_of,
        )
        entities = [
            {
                "entity": entity.entity,
                "value": entity.value,
                "start": entity.start,
                "end": entity.end,
                "extractor": type(self).__name__,
            }
            for entity in found
        ]
        message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
        if self._gazetteers.only_entities(text, found):
            message.set(ONLY_ENTITIES, True)

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """There is nothing to configure."""
