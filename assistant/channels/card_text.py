"""A service as a few lines of text."""

from __future__ import annotations

import re
from typing import Any, Iterator, Mapping

from assistant.channels.rich_text import RichText
from assistant.channels.splitting import split
from assistant.channels.wording import RLM, kilometres, language_name, value
from assistant.i18n import Translator, direction, translator

#: A summary ends with the sentence that is complete within so many characters.
SUMMARY = 300
MOST_PHONES, MOST_LINKS = 3, 2
_LINKS = (("e_service_url", "Online service"), ("form_url", "Form"), ("url", "Website"))
_PRICES = {"free": "Free of charge", "charged": "There is a fee"}


def card_text(card: Mapping[str, Any], language: str, rich: bool = False) -> RichText:
    """A card (`assistant.catalogue.cards`) as text in the language of the message.

    Its labels are those of the widget, so that they are translated.

    Args:
        card: the card.
        language: of the message.
        rich: words can stand out and be links.
    """
    texts = translator(language)
    written = RichText()
    for line in _lines(card, texts, rich):
        mark = RLM if direction(language) == "rtl" and not _is_link(line) else ""
        written.append(RichText(mark).append(line, ""), "\n")
    return written


def _lines(card: Mapping[str, Any], texts: Translator, rich: bool) -> Iterator[RichText]:
    language = texts.language
    title = value(str(card.get("title") or ""), language)
    yield RichText().bold(title) if rich else RichText(title)
    provider = card.get("provider")
    if provider and provider != card.get("title"):
        yield RichText(value(provider, language))
    if card.get("summary"):
        yield RichText(value(_short(card["summary"]), language))
    written = card.get("text_language")
    if written and written != language:
        note = texts.gettext("This text is in another language: {language}")
        yield RichText(note.format(language=language_name(written, language)))
    if card.get("when"):
        yield RichText(value(str(card["when"]), language))
    if card.get("address"):
        yield _address(card, texts, rich)
    yield from _hours(card, texts)
    for phone in (card.get("phones") or [])[:MOST_PHONES]:
        yield _phone(phone, texts)
    if card.get("cost") in _PRICES:
        price = _PRICES[card["cost"]]
        yield _labelled("Price", texts.gettext(price), texts)
    yield from _links(card, texts)


def _address(card: Mapping[str, Any], texts: Translator, rich: bool) -> RichText:
    line = RichText(f"{texts.gettext('Address')}: ")
    address = value(str(card["address"]), texts.language)
    if rich and card.get("map_url"):
        line.link(address, str(card["map_url"]))
    else:
        line.add(address)
    if card.get("distance_km") is not None:
        distance = kilometres(float(card["distance_km"]), texts.language)
        line.add(f" ({value(distance, texts.language)})")
    return line


def _hours(card: Mapping[str, Any], texts: Translator) -> Iterator[RichText]:
    told = []
    if card.get("hours_today"):
        hours = value(str(card["hours_today"]), texts.language)
        told.append(f"{texts.gettext('Today')}: {hours}")
    if card.get("open_now") is not None:
        state = "Open now" if card["open_now"] else "Closed now"
        told.append(texts.gettext(state))
    if told:
        yield RichText(" · ".join(told))


def _phone(phone: Mapping[str, Any], texts: Translator) -> RichText:
    charge = str(phone.get("charge") or "")
    charge = "" if charge == "unknown" else texts.gettext(_PRICES.get(charge, charge))
    notes = [value(note, texts.language) for note in (phone.get("label"), charge) if note]
    line = _labelled("Phone", tappable(str(phone.get("number") or "")), texts)
    return line.add(f" ({' · '.join(notes)})") if notes else line


def tappable(number: str) -> str:
    """A telephone number as apps find it in a text: an international one without spaces."""
    return re.sub(r"[\s()-]", "", number) if number.startswith("+") else number


def _labelled(label: str, text: str, texts: Translator) -> RichText:
    return RichText(f"{texts.gettext(label)}: {value(text, texts.language)}")


def _links(card: Mapping[str, Any], texts: Translator) -> Iterator[RichText]:
    shown: list[str] = []
    for name, label in _LINKS:
        url = card.get(name)
        if url and url not in shown and len(shown) < MOST_LINKS:
            shown.append(url)
            yield from link_lines(texts.gettext(label), str(url), texts.language)


def link_lines(label: str, url: str, language: str) -> Iterator[RichText]:
    """A label and a link; in right-to-left text the link has a line of its own.

    A mark beside it would become a part of the link when it is tapped.
    """
    if direction(language) == "rtl":
        yield RichText(f"{label}:")
        yield RichText(url)
    else:
        yield RichText(f"{label}: {url}")


def _is_link(line: RichText) -> bool:
    return line.text.startswith(("https://", "http://"))


def _short(summary: str) -> str:
    text = " ".join(summary.split())
    first = next(iter(split(text, SUMMARY)), (0, 0))
    return text[: first[1]] + (" …" if first[1] < len(text) else "")
