"""Many messages at once, without servers: what `kuntaopas parse` and `chat` do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any

from assistant.environment import prepare, quiet_rasa
from assistant.model import usable
from assistant.nlu.text import MAX_MESSAGE
from assistant.settings import Settings


def load_assistant(settings: Settings) -> Any:
    """The whole assistant in this process, with the project's own catalogue loaded.

    Raises:
        ModelError: if there is no usable model.
    """
    model = usable(settings)
    prepare()
    from actions.server import executor
    from assistant.dialogue.agent import Assistant

    quiet_rasa()
    return Assistant.load(model, executor())


def parse_messages(settings: Settings, items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """NLU results of `{"text", "language"?}`; each message is read for itself."""
    assistant = load_assistant(settings)
    loop = asyncio.new_event_loop()
    for item in items:
        text = str(item.get("text") or "")
        result = loop.run_until_complete(assistant.parse(text, item.get("language")))
        yield result
    loop.close()


def chat_messages(settings: Settings, items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Answers to `{"conversation", "text", "language"?, "municipality"?}`, in order."""
    from assistant.catalogue import ensure_own_catalogue, open_store
    from assistant.embedding import CachedEncoder, load_encoder

    assistant = load_assistant(settings)
    encoder = CachedEncoder(load_encoder(settings.encoder), settings.vector_cache)
    ensure_own_catalogue(open_store(settings.catalogue_url), encoder)
    loop = asyncio.new_event_loop()
    for item in items:
        conversation = str(item.get("conversation") or "default")
        messages = loop.run_until_complete(
            assistant.handle(
                conversation,
                str(item.get("text") or "")[:MAX_MESSAGE],
                item.get("language"),
                item.get("municipality"),
            )
        )
        yield {"conversation": conversation, "messages": messages}
    loop.close()
