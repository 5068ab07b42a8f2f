"""DIET on our centred sentence vectors, and the pipeline that `rasa init` writes.

The components of Rasa are called one after another as its engine would, without its graph, whose
caches and checks are no part of a training. Needs are plain intents here, so ResponseSelector has
nothing to do; FallbackClassifier is left out, for it only refuses.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.nlu.featurizers.sparse_featurizer.lexical_syntactic_featurizer import (
    LexicalSyntacticFeaturizer,
)
from rasa.nlu.featurizers.sparse_featurizer.regex_featurizer import RegexFeaturizer
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from benchmarks.nlu.centring import Centring
from benchmarks.nlu.data import Messages
from benchmarks.processes import MEBI

Step = tuple[Any, dict[str, Any]]

#: What comes before DIET in `rasa/engine/recipes/config_files/default_config.yml`, which a
#: project of `rasa init` gets.
INIT: list[Step] = [
    (WhitespaceTokenizer, {}),
    (RegexFeaturizer, {}),
    (LexicalSyntacticFeaturizer, {}),
    (CountVectorsFeaturizer, {}),
    (CountVectorsFeaturizer, {"analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}),
]


def intent_of(label: str) -> str:
    """The name of a label as an intent of Rasa, which would split it at a slash."""
    return label.replace("/", "__")


class RasaPipeline:
    """Some components and DIET behind them."""

    def __init__(self, train: Messages, before: list[Step], epochs: int, vectors: bool) -> None:
        """Train on phrases.

        Args:
            train: the phrases.
            before: components that make features; what follows them is DIET.
            epochs: how often DIET sees the phrases.
            vectors: whether the centred sentence vectors are features.
        """
        self.labels = sorted(set(train.labels))
        self._position = {intent_of(label): row for row, label in enumerate(self.labels)}
        self._centring = Centring(train.vectors, train.languages) if vectors else None
        self._folder = tempfile.TemporaryDirectory()
        self._storage = LocalModelStorage(Path(self._folder.name))
        # Confidences of all labels are needed to sum needs to topics.
        settings = {"epochs": epochs, "constrain_similarities": True, "ranking_length": 0}
        settings |= {"random_seed": 7, "entity_recognition": False}
        examples = self._messages(train.texts, train.vectors, train.languages)
        for example, label in zip(examples, train.labels):
            example.set(INTENT, intent_of(label))
        data = TrainingData(examples)
        self._components = []
        for number, (kind, given) in enumerate([*before, (DIETClassifier, settings)]):
            component = self._made(kind, given, number)
            if hasattr(component, "train"):
                component.train(data)
            if hasattr(component, "process_training_data"):
                data = component.process_training_data(data)
            self._components.append(component)

    def _made(self, kind: Any, given: dict[str, Any], number: int) -> Any:
        context = ExecutionContext(GraphSchema({}), node_name=f"{number}_{kind.__name__}")
        config = {**kind.get_default_config(), **given}
        return kind.create(config, self._storage, Resource(str(context.node_name)), context)

    def _messages(
        self, texts: Sequence[str], vectors: np.ndarray, languages: Sequence[str]
    ) -> list[Message]:
        messages = [Message({TEXT: text}) for text in texts]
        if self._centring is not None:
            # DIET wants a sequence too: a message is one word with the vector of the sentence.
            for message, vector in zip(messages, self._centring(vectors, languages)):
                for kind in (FEATURE_TYPE_SEQUENCE, FEATURE_TYPE_SENTENCE):
                    message.add_features(Features(vector[None], kind, TEXT, "vectors"))
        return messages

    def probabilities(
        self, texts: Sequence[str], vectors: np.ndarray, languages: Sequence[str]
    ) -> np.ndarray:
        """(n, labels) probabilities of n messages."""
        messages = self._messages(texts, vectors, languages)
        for component in self._components:
            messages = component.process(messages)
        found = np.zeros((len(texts), len(self.labels)), dtype=np.float32)
        for row, message in enumerate(messages):
            ranking = message.get("intent_ranking") or [message.get(INTENT)]
            for one in ranking:
                if one["name"] in self._position:
                    found[row, self._position[one["name"]]] = one["confidence"]
        return found

    def mebibytes(self) -> float:
        """The size of what the components have stored."""
        files = [path for path in Path(self._folder.name).rglob("*") if path.is_file()]
        return sum(path.stat().st_size for path in files) / MEBI
