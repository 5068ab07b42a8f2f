"""Whether people who write what they need are shown the right guide, in a whole conversation.

NLU alone does not tell: a doubt, a rule or an open question may stand between a message and its
guide. One held-out message a need and language opens a conversation of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Optional

from assistant.evaluation.datasets import needs
from assistant.evaluation.metrics import OUT_OF_SCOPE, Pair, Row, fitting_topics, share, shares
from assistant.guidance import load_guides, load_topics
from assistant.i18n import COMPLETE
from assistant.progress import progress_bar
from assistant.settings import Settings

#: A conversation's slots and the messages that answer its first message.
Opened = tuple[dict[str, Any], list[dict[str, Any]]]
#: The right guide counts when it is among so many.
FIRST = 2
#: Messages about the conversation itself, and what no guide is for, have no guide to reach.
WITHOUT_GUIDE = (OUT_OF_SCOPE, "bot_meta")
MISSES = 40


def questions(rows: Iterable[Row], languages: Iterable[str]) -> list[Row]:
    """The first message of each need in each language, of the needs that have a guide."""
    served = set(languages)
    found: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        if row["lang"] in served and row["topic"] not in WITHOUT_GUIDE:
            found.setdefault((row["lang"], row["topic"], row["need"]), row)
    return list(found.values())


def offered(slots: dict[str, Any], messages: Iterable[dict[str, Any]]) -> list[str]:
    """The needs (or topics) whose guide a person sees first: the answer's own, then the buttons.

    Args:
        slots: of the conversation after the answer; `topic` and `need` are what was answered.
        messages: the answer.
    """
    found: list[str] = []
    told = list(messages)
    if slots.get("topic") and any(one["kind"] in ("answer", "handoff") for one in told):
        need = slots.get("need")
        found.append(f"{slots['topic']}/{need}" if need else str(slots["topic"]))
    found += [
        button["payload"].removeprefix("/") for one in told for button in one.get("buttons") or ()
    ]
    names = load_topics().names
    return list(dict.fromkeys(identifier for identifier in found if identifier in names))


def reached(row: Row, shown: Row) -> bool:
    """True when the guide of the message's need is among the first that are shown.

    `also` names needs, or topics with any need of theirs, that answer the message as well. An
    emergency is answered by its number, whatever the kind of danger.
    """
    if shown["emergency"]:
        return "emergency" in fitting_topics(row)
    right = {guide for one in _answers(row) if (guide := guide_of(one)) is not None}
    first = shown["offered"][:FIRST]
    return any(
        guide_of(identifier) in right or identifier.split("/")[0] in (row.get("also") or ())
        for identifier in first
    )


def _answers(row: Row) -> list[str]:
    return [f"{row['topic']}/{row['need']}", *(row.get("also") or ())]


def guide_of(identifier: str) -> Optional[str]:
    """The id of the guide that answers a need or a topic."""
    topic, _, need = identifier.partition("/")
    guide = load_guides().find(topic, need or None)
    return guide.id if guide is not None else None


def reach(rows: list[Row], open_with: Callable[[list[str]], Iterable[Opened]]) -> dict[str, Any]:
    """How many messages reach their guide.

    Args:
        rows: see `questions`.
        open_with: opens a new conversation with each text, in order.

    Returns:
        `questions`, `reached` (share of them), `by_language`, `by_topic`, and some `misses`
        (language, need, what was offered; no text).
    """
    pairs = list(zip(rows, map(_shown, open_with([row["text"] for row in rows])), strict=True))
    return {
        "questions": len(pairs),
        "reached": share(pairs, reached),
        "by_language": shares(pairs, "lang", reached),
        "by_topic": shares(pairs, "topic", reached),
        "misses": list(_misses(pairs))[:MISSES],
    }


def _shown(opened: Opened) -> Row:
    slots, messages = opened
    return {
        "offered": offered(slots, messages),
        "emergency": any(message["kind"] == "emergency" for message in messages),
    }


def _misses(pairs: Iterable[Pair]) -> Iterator[Row]:
    for row, shown in pairs:
        if not reached(row, shown):
            yield {
                "lang": row["lang"],
                "need": f"{row['topic']}/{row['need']}",
                "offered": shown["offered"][:FIRST],
            }


def evaluate_reach(settings: Settings) -> dict[str, Any]:
    """`reach` with the trained model of an installation, over the held-out messages.

    Raises:
        ModelError: if there is no usable model.
    """
    import asyncio

    from assistant.dialogue.batch import load_assistant

    assistant = load_assistant(settings)
    loop = asyncio.new_event_loop()

    def open_with(texts: list[str]) -> Iterator[Opened]:
        with progress_bar("Opening conversations") as advance:
            for number, text in enumerate(texts, start=1):
                name = f"reach-{number}"
                messages = loop.run_until_complete(assistant.handle(name, text))
                yield loop.run_until_complete(assistant.slots(name)), messages
                advance(number, len(texts))

    try:
        return reach(questions(needs(), COMPLETE), open_with)
    finally:
        loop.close()
