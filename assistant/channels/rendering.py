"""Channel-neutral messages (docs/messages.md) as the parts that a platform sends."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence

from assistant.channels.card_text import card_text
from assistant.channels.choices import Choice, open_question
from assistant.channels.limits import PlatformLimits, width
from assistant.channels.place_question import asks_for_place
from assistant.channels.rich_text import RichText, Span
from assistant.channels.splitting import split
from assistant.channels.wording import RLM, date_text, lines_of, value
from assistant.i18n import direction, translator


@dataclass(frozen=True)
class Part:
    """One message of the platform.

    Attributes:
        text: what is written; it fits the platform's limit.
        language: of the text.
        choices: buttons, in their order.
        spans: what stands out in the text, and what is a link.
        quiet: the phone should make no sound: somebody else at home may hear it.
        asks_place: the person is asked where they are; an app may offer to send the location.
    """

    text: str
    language: str
    choices: tuple[Choice, ...] = ()
    spans: tuple[Span, ...] = ()
    quiet: bool = False
    asks_place: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Part:
        """The part that `as_dict` gave."""
        choices = tuple(Choice(**one) for one in values["choices"])
        spans = tuple(Span(**one) for one in values["spans"])
        return cls(**{**values, "choices": choices, "spans": spans})


@dataclass(frozen=True)
class Rendered:
    """What a turn sends.

    Attributes:
        parts: in the order in which they are sent.
        listed: the choices that have numbers in the text, from 1; empty: a question without
            such choices was asked; None: nothing was asked, and what was listed before stays.
    """

    parts: tuple[Part, ...]
    listed: Optional[tuple[Choice, ...]] = None


def render(messages: Sequence[Mapping[str, Any]], limits: PlatformLimits) -> Rendered:
    """The parts of a turn's messages; an emergency comes first.

    Args:
        messages: in their channel-neutral form.
        limits: of the platform.
    """
    parts: list[Part] = []
    listed: list[Choice] = []
    asked = False
    for message in sorted(messages, key=lambda one: one.get("kind") != "emergency"):
        choices = [Choice(str(one["title"]), str(one["payload"])) for one in message["buttons"]]
        asked = asked or bool(choices) or message.get("kind") == "question"
        shown = _Shown.of(choices, limits, first=len(listed) + 1)
        listed += shown.listed
        written = _written(message, limits)
        written.append(_list_text(shown, str(message["language"])))
        parts += _parts(message, written, shown.buttons, limits)
    return Rendered(tuple(parts), tuple(listed) if asked else None)


@dataclass(frozen=True)
class _Shown:
    """How choices are shown: as buttons, as lines of the text, or both."""

    buttons: tuple[Choice, ...] = ()
    listed: tuple[Choice, ...] = ()
    lines: tuple[str, ...] = ()

    @classmethod
    def of(cls, choices: Sequence[Choice], limits: PlatformLimits, first: int) -> _Shown:
        if not choices:
            return cls()
        as_buttons = len(choices) <= limits.buttons and all(
            len(choice.payload.encode()) <= limits.payload for choice in choices
        )
        if as_buttons:
            wide = [one.title for one in choices if width(one.title) > limits.title]
            return cls(
                buttons=tuple(Choice(_cut(one.title, limits), one.payload) for one in choices),
                lines=tuple(f"– {title}" for title in wide),
            )
        if open_question(choices):
            return cls(listed=tuple(choices), lines=tuple(f"– {one.title}" for one in choices))
        lines = [f"{number}. {one.title}" for number, one in enumerate(choices, start=first)]
        return cls(listed=tuple(choices), lines=tuple(lines))


def _cut(title: str, limits: PlatformLimits) -> str:
    """As much of a title as a button shows; the text has it whole."""
    if width(title) <= limits.title:
        return title
    end = len(title)
    while end > 1 and width(title[:end].rstrip()) >= limits.title:
        end -= 1
    return _closed(title[:end].rstrip()) + "…"


def _closed(text: str) -> str:
    """A text that was cut, with the isolates that are open in it closed."""
    opened = sum(text.count(mark) for mark in "\u2066\u2067\u2068") - text.count("\u2069")
    return text + "\u2069" * max(opened, 0)


def _list_text(shown: _Shown, language: str) -> RichText:
    return RichText(lines_of("\n".join(shown.lines), language))


def _written(message: Mapping[str, Any], limits: PlatformLimits) -> RichText:
    """All of a message but its choices."""
    language = str(message["language"])
    written = RichText(lines_of(str(message["text"]), language))
    for card in message.get("cards") or []:
        written.append(card_text(card, language, limits.rich))
    return written.append(_sources(message.get("sources") or [], language, limits.rich))


def _sources(sources: Sequence[Mapping[str, Any]], language: str, rich: bool) -> RichText:
    """Where the facts come from: titles that are links, or titles with links below them."""
    texts = translator(language)
    right = RLM if direction(language) == "rtl" else ""
    written = RichText()
    for source in sources:
        url = str(source.get("url") or "")
        title = value(str(source.get("title") or ""), language)
        line = RichText(f"{right}{texts.gettext('Source')}: ")
        linked = rich and bool(url)
        line = line.link(title, url) if linked else line.add(title)
        if source.get("checked"):
            date = value(date_text(str(source["checked"]), language), language)
            line.add(f" ({texts.gettext('Checked on {date}').format(date=date)})")
        written.append(line, "\n")
        if url and not linked:
            written.append(RichText(url), "\n")
    return written


def _parts(
    message: Mapping[str, Any],
    written: RichText,
    buttons: tuple[Choice, ...],
    limits: PlatformLimits,
) -> list[Part]:
    ranges = list(split(written.text, limits.text, limits.length))
    parts = []
    for number, (start, end) in enumerate(ranges, start=1):
        piece = written.slice(start, end)
        last = number == len(ranges)
        parts.append(
            Part(
                text=piece.text,
                language=str(message["language"]),
                choices=buttons if last else (),
                spans=tuple(piece.spans),
                quiet=bool(message.get("sensitive")),
                asks_place=last and asks_for_place(message),
            )
        )
    return parts
