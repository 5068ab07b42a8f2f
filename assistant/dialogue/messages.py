"""Channel-neutral messages: what actions and the response generator produce, and every channel
renders in its own way (docs/messages.md has the form)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Optional, TypedDict

from assistant.dialogue.payloads import (
    MAX_BYTES,
    inform_payload,
    language_payload,
    need_payload,
)
from assistant.guidance.sources import Source
from assistant.guidance.topics import CORE_TOPICS, load_topics
from assistant.i18n import LANGUAGES, Translator, direction, in_english, marked, translator
from assistant.i18n.bidi import isolate


class Button(TypedDict):
    """A choice: what the person sees, and what is sent."""

    title: str
    payload: str


class Message(TypedDict):
    """One message to a person."""

    kind: str
    language: str
    direction: str
    text: str
    buttons: list[Button]
    cards: list[dict[str, Any]]
    sources: list[dict[str, str]]
    about: Optional[str]
    sensitive: bool


#: Channels that show text and buttons but no structured message: `rasa shell`.
TERMINAL_CHANNELS = ("queue", "cmdline")
KINDS = ("answer", "question", "emergency", "handoff", "error", "info")

#: The municipalities offered as buttons: the largest ones; any other can be typed.
OFFERED_MUNICIPALITIES = ("091", "049", "092", "837", "564", "853")
#: Topics and needs of people who may be watched at home, and those whose answer names the helpline
#: for violence: the page offers to be left quickly.
SENSITIVE_NEEDS = frozenset(
    (
        "emergency",
        "emergency/child_in_danger",
        "emergency/human_trafficking",
        "emergency/nowhere_to_sleep_tonight",
        "emergency/violence_now",
        "legal_advice/family_law",
        "legal_advice/victim_of_crime",
        "social_services",
        "social_services/violence_at_home",
    )
)
#: Said once in a message that has parts in English because they are not translated yet.
PARTLY_ENGLISH = marked("Part of this is not in your language yet. It is in English.")


def message(
    language: str,
    text: str,
    kind: str = "answer",
    buttons: Sequence[Button] = (),
    cards: Sequence[dict[str, Any]] = (),
    sources: Iterable[Source] = (),
    about: Optional[str] = None,
) -> Message:
    """Build a message whose text is already in `language`.

    Where a text or a button had no translation and is in English, the message says so.

    Args:
        language: code of a served language.
        text: plain text.
        kind: one of `KINDS`.
        buttons: choices.
        cards: services.
        sources: where the facts come from.
        about: id of the topic, or `TOPIC/NEED`, that the message answers.

    Raises:
        ValueError: for a kind that does not exist or a payload that is too long for some channel.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind of message {kind!r}")
    for button in buttons:
        if not button["payload"].isascii() or len(button["payload"]) > MAX_BYTES:
            raise ValueError(f"payload {button['payload']!r} is not short ASCII")
    return Message(
        kind=kind,
        language=language,
        direction=direction(language),
        text=isolate(_marked_english(text.strip(), language, buttons), language),
        buttons=[
            Button(title=isolate(button["title"], language), payload=button["payload"])
            for button in buttons
        ],
        cards=list(cards),
        sources=[source.as_dict() for source in sources],
        about=about,
        sensitive=about in SENSITIVE_NEEDS,
    )


def need_id(topic: str, need: Optional[str]) -> str:
    """The id of a need, or of its topic when the need is not known."""
    return f"{topic}/{need}" if need else topic


def _marked_english(text: str, language: str, buttons: Sequence[Button]) -> str:
    """The text, with a line about what of it, or of its buttons, is in English."""
    shown = "\n".join([text, *(button["title"] for button in buttons)])
    if not text or not in_english(shown, language):
        return text
    return f"{text}\n\n{translator(language).gettext(PARTLY_ENGLISH)}"


def need_buttons(identifiers: Iterable[str], translator: Translator) -> list[Button]:
    """Buttons with the names of topics or needs."""
    topics = load_topics()
    return [
        Button(title=translator.gettext(topics.name(one)), payload=need_payload(one))
        for one in identifiers
    ]


def core_buttons(translator: Translator) -> list[Button]:
    """Buttons of the core topics."""
    return need_buttons(CORE_TOPICS, translator)


def language_buttons() -> list[Button]:
    """Buttons of all served languages, each by its own name."""
    return [
        Button(title=language.own_name, payload=language_payload(language.code))
        for language in LANGUAGES.values()
    ]


def municipality_buttons(language: str, translator: Translator) -> list[Button]:
    """Buttons of the largest municipalities, and one for people who do not know or want to say."""
    from assistant.catalogue import municipality

    buttons = []
    for code in OFFERED_MUNICIPALITIES:
        found = municipality(code)
        if found is not None:
            buttons.append(
                Button(
                    title=found.name("sv" if language == "sv" else "fi"),
                    payload=inform_payload("municipality", code),
                )
            )
    buttons.append(Button(title=translator.gettext("I do not know"), payload="/dont_know"))
    return buttons


def plain_text(sent: Message, card_limit: Optional[int] = None) -> str:
    """A message as plain text with its cards, for terminals and text-only channels."""
    lines = [sent["text"]]
    for card in sent["cards"][:card_limit]:
        lines.append(f"* {card['title']}" + (f" ({card['provider']})" if card["provider"] else ""))
        details = [card.get("summary"), card.get("address"), card.get("hours_today")]
        details += [phone["number"] for phone in card.get("phones") or []]
        details.append(card.get("url"))
        lines.extend(f"  {detail}" for detail in details if detail)
    return "\n".join(line for line in lines if line)
