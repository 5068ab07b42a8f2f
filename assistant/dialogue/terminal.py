"""Messages on a terminal (`rasa shell`): plain text, and what was understood for staff."""

from __future__ import annotations

from typing import Any

from assistant.dialogue.messages import TERMINAL_CHANNELS, Message, plain_text
from assistant.dialogue.turn import Turn
from assistant.settings import get_settings


def is_terminal(turn: Turn, output_channel: str = "") -> bool:
    """True when the person sits at `rasa shell`."""
    return output_channel in TERMINAL_CHANNELS or turn.channel in TERMINAL_CHANNELS


def rasa_response(built: Message, turn: Turn, output_channel: str = "") -> dict[str, Any]:
    """A message as Rasa's `text`, `buttons` and `custom`; a terminal gets no `custom`."""
    response: dict[str, Any] = {
        "text": built["text"],
        "buttons": [dict(button) for button in built["buttons"]],
    }
    if not is_terminal(turn, output_channel):
        return {**response, "custom": dict(built)}
    lines = [plain_text(built)]
    if get_settings().debug_nlu:
        lines.insert(0, understood_line(turn))
    return {**response, "text": "\n".join(lines)}


def understood_line(turn: Turn) -> str:
    """One line about what NLU made of the message."""
    needs = ", ".join(f"{name} {confidence:.2f}" for name, confidence in turn.ranking[:3])
    return (
        f"[language {turn.detected_language} | intent {turn.intent} {turn.confidence:.2f}"
        f" | needs {needs or '-'} | municipality {turn.municipality or '-'}]"
    )
