"""The responses of `domain.yml` as channel-neutral messages, for Rasa and the action server."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import yaml

from assistant.dialogue.case_buttons import (
    no_answer_buttons,
    permit_buttons,
    permit_year_buttons,
)
from assistant.dialogue.emergency_answer import emergency_message
from assistant.dialogue.messages import (
    Button,
    Message,
    core_buttons,
    language_buttons,
    message,
    municipality_buttons,
    need_buttons,
)
from assistant.dialogue.turn import Turn
from assistant.guidance.topics import DOMAIN
from assistant.i18n import Translator, translator


@lru_cache(maxsize=1)
def domain_responses() -> dict[str, list[dict[str, Any]]]:
    """The `responses` of the domain file, read without Rasa."""
    loaded = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))["responses"]
    return dict(loaded)


def respond(name: str, turn: Turn) -> Message:
    """The message of a response of the domain, in the language of the turn.

    Raises:
        KeyError: if the domain has no such response.
    """
    response = domain_responses()[name][0]
    custom = response.get("custom") or {}
    if custom.get("guide"):
        found = emergency_message(turn)
        if found is not None:
            return found
    texts = translator(turn.language)
    buttons = []
    for button in response.get("buttons") or []:
        title = str(button["title"])
        buttons.append(Button(title=texts.gettext(title), payload=button["payload"]))
    buttons += listed_buttons(custom.get("buttons"), turn, texts)
    text = str(response["text"])
    return message(
        turn.language,
        texts.gettext(text),
        kind=custom.get("kind", "info"),
        buttons=buttons,
    )


def listed_buttons(wanted: Any, turn: Turn, texts: Translator) -> list[Button]:
    """Buttons that a response asks for by the name of a list, or by ids of needs."""
    if isinstance(wanted, str):
        return _LISTS[wanted](turn, texts)
    return need_buttons(wanted or [], texts)


_LISTS: dict[str, Callable[[Turn, Translator], list[Button]]] = {
    "core_topics": lambda turn, texts: core_buttons(texts),
    "languages": lambda turn, texts: language_buttons(),
    "municipalities": lambda turn, texts: municipality_buttons(turn.language, texts),
    "no_answer": lambda turn, texts: no_answer_buttons(texts),
    "permit_years": lambda turn, texts: permit_year_buttons(turn, texts),
    "permits": lambda turn, texts: permit_buttons(turn, texts),
}
