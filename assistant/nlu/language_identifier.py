"""Rasa component: identifies the language of a message (see `language_model`)."""

from __future__ import annotations

import hashlib
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import ENTITIES, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.i18n.languages import LANGUAGES, SERVED
from assistant.nlu.bare_month import is_bare_month
from assistant.nlu.conversation import conversation_language
from assistant.nlu.known_languages import sentences
from assistant.nlu.language_model import LanguageModel
from assistant.nlu.office_words import is_office_word
from assistant.nlu.text import clean, is_payload

#: The entity that carries the language into the slot of that name.
LANGUAGE_ENTITY = "conversation_language"
LANGUAGE = "language"
#: Keyboard noise is in no language.
NOISE = "out_of_scope/unintelligible"


def training_language(message: Message) -> Optional[str]:
    """The language that the importer notes on a training phrase."""
    metadata = message.get("metadata") or {}
    intent = metadata.get("intent") or {}
    return intent.get("language") if isinstance(intent, dict) else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Sets `language` on every message, and the entity that fills the slot `language`."""

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[LanguageModel] = None,
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`threshold`: probability from which a conversation changes to another language.

        `first_threshold` is the same while the conversation has no language yet: then a likely
        one is better than none.
        """
        return {"threshold": 0.6, "first_threshold": 0.4}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
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
    ) -> LanguageIdentifier:
        """Load a trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LanguageModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the phrases whose language is known."""
        labelled = [
            (str(example.get(TEXT)), code)
            for example in training_data.intent_examples
            if (code := training_language(example))
            and example.get(TEXT)
            and example.get(INTENT_RESPONSE_KEY) != NOISE
        ]
        if not labelled:
            raise InvalidConfigException(
                "No training phrase has a language: config.yml has to name the importer "
                "assistant.nlu.importer.LanguageFolderImporter."
            )
        texts, codes = zip(*labelled, *sentences())
        self._model = LanguageModel.fit(texts, codes)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Note the language on every training phrase."""
        for example in training_data.training_examples:
            example.set(LANGUAGE, {"code": training_language(example), "confidence": 1.0})
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Identify the language of messages."""
        for message in messages:
            text = str(message.get(TEXT) or "")
            if is_payload(text):
                continue
            self._identify(message, clean(text))
        return messages

    def _identify(self, message: Message, text: str) -> None:
        assert self._model is not None
        metadata = message.get("metadata") or {}
        prior = metadata.get("language") or conversation_language.get()
        found = self._model.identify(text, prior)
        served = found.code in LANGUAGES
        message.set(
            LANGUAGE,
            {"code": found.code, "confidence": round(found.confidence, 4), "served": served},
            add_to_output=True,
        )
        threshold = self._config["threshold" if prior else "first_threshold"]
        says_nothing = prior and (is_office_word(text) or is_bare_month(text, prior))
        if served and found.confidence >= threshold and not says_nothing:
            # Should the turn fail, the apology is in this language too.
            conversation_language.set(found.code)
            entity = {
                "entity": LANGUAGE_ENTITY,
                "value": found.code,
                "start": 0,
                "end": len(str(message.get(TEXT))),
                "extractor": "LanguageIdentifier",
            }
            message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)

    @staticmethod
    def fingerprint_addon(config: Dict[str, Any]) -> Optional[str]:
        """Rasa trains anew when this changes: it does not know of the languages' own files."""
        return hashlib.md5(repr((SERVED, sentences())).encode()).hexdigest()

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Check `threshold`."""
        if not 0 <= config.get("threshold", 0.6) <= 1:
            raise InvalidConfigException("LanguageIdentifier: `threshold` is between 0 and 1.")


def message_language(message: Message) -> Optional[str]:
    """The language code that the identifier set on a message."""
    return (message.get(LANGUAGE) or {}).get("code")
