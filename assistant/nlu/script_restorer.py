"""Rasa component: the words that a message stands for, where it was typed in other letters.

Romanised messages get the script of their language (see `romanisation`), messages without the marks
of their language get those (see `mark_restorer`).
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.i18n.languages import SERVED
from assistant.nlu.language_identifier import message_language
from assistant.nlu.mark_restorer import is_typed_without_marks, restorer_of
from assistant.nlu.romanisation import Deromaniser, is_romanised
from assistant.nlu.text import clean, is_payload

#: The message as its language is written, where it was typed otherwise.
RESTORED = "restored"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class ScriptRestorer(GraphComponent):
    """Sets `restored` on messages and training phrases that are typed in other letters."""

    def __init__(
        self,
        model_storage: ModelStorage,
        resource: Resource,
        deromaniser: Optional[Deromaniser] = None,
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._deromaniser = deromaniser

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ScriptRestorer:
        """Create an untrained component."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ScriptRestorer:
        """Load a trained component."""
        with model_storage.read_from(resource) as folder:
            made = cls(model_storage, resource, Deromaniser.load(folder))
        for language in SERVED:
            restorer_of(language)  # not while a person waits
        return made

    def train(self, training_data: TrainingData) -> Resource:
        """Collect the words of the training phrases."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT)]
        self._deromaniser = Deromaniser.fit(
            [str(one.get(TEXT)) for one in examples], [message_language(one) for one in examples]
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._deromaniser.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Restore the training phrases."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Restore messages."""
        assert self._deromaniser is not None
        for message in messages:
            text = str(message.get(TEXT) or "")
            if is_payload(text):
                continue
            text, language = clean(text), message_language(message)
            if is_romanised(text, language):
                message.set(RESTORED, self._deromaniser.restore(text, language))
            elif is_typed_without_marks(text, language):
                restorer = restorer_of(str(language))
                assert restorer is not None
                message.set(RESTORED, restorer.restore(text))
        return messages

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """There is nothing to configure."""


def readings(message: Message) -> List[str]:
    """What is encoded of a message: it, or what it stands for.

    A romanised message says something as it was typed as well: both are read. Without its marks it
    is noise.
    """
    typed, restored = clean(str(message.get(TEXT) or "")), message.get(RESTORED)
    if not restored:
        return [typed]
    romanised = is_romanised(typed, message_language(message))
    return [typed, str(restored)] if romanised else [str(restored)]


def readable_text(message: Message) -> str:
    """The message as its language is written: the restored one, or as it was typed."""
    return str(message.get(RESTORED) or clean(str(message.get(TEXT) or "")))
