"""What a person gets when a part of the service fails: an apology and where to turn."""

from __future__ import annotations

from functools import lru_cache

import yaml

from assistant.dialogue.messages import Message, message
from assistant.guidance.topics import DOMAIN
from assistant.i18n import served, translator


@lru_cache(maxsize=1)
def _text() -> str:
    responses = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))["responses"]
    return str(responses["utter_apology"][0]["text"])


def apology(language: str) -> Message:
    """The apology in a language, made without Rasa, the action server or the catalogue."""
    code = served(language)
    return message(code, translator(code).gettext(_text()), kind="error")
