"""Rasa component: splits a message into words with spaCy's rules for its language."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.i18n.languages import LANGUAGES
from assistant.nlu.language_identifier import message_language
from assistant.nlu.text import MAX_MESSAGE

#: spaCy's rules that fit every language.
GENERAL = "xx"
_HAN = re.compile(r"[\u3400-\u9fff]|[^\u3400-\u9fff]+")


@cache
def _spacy_tokenizer(language: str) -> Any:
    import spacy

    return spacy.blank(language).tokenizer


def words(text: str, language: Optional[str]) -> list[tuple[str, int]]:
    """The words of a text with their offsets. Chinese runs are split into characters."""
    known = LANGUAGES.get(language or "")
    tokenize = _spacy_tokenizer((known.tokenizer if known else None) or GENERAL)
    found: list[tuple[str, int]] = []
    for token in tokenize(text[:MAX_MESSAGE]):
        if token.is_space:
            continue
        found.extend((part.group(), token.idx + part.start()) for part in _HAN.finditer(token.text))
    return found


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MultilingualTokenizer(Tokenizer):
    """Tokenizes each message by the rules of its own language."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Rasa's own tokenizer settings; intents are not split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing is learnt from words: training phrases are not split."""
        return training_data

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """Tokens of one attribute of a message."""
        text = str(message.get(attribute))
        return [Token(word, start) for word, start in words(text, message_language(message))]
