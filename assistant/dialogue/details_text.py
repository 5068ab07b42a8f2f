"""A service in words: its texts, the hours of the week, the places, accessibility."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from babel import Locale
from babel.dates import format_date

from assistant.i18n import Translator

#: No screen of text is longer; the rest is behind the service's own link.
MAX_WORDS = 60
MAX_PLACES, MAX_SENTENCES = 4, 3
LOCALES = {"zh": "zh_Hans"}
_SENTENCE_END = re.compile(r"(?<=[.!?؟。！？])\s*")


def details_text(shown: dict[str, Any], texts: Translator) -> str:
    """The details of a service (`assistant.catalogue.details`) as a text of the person's language.

    What the source says in another language is given as it is, and says so.
    """
    parts = [shown["title"], *_told(shown, texts)]
    places = [place for place in shown["places"] if place["addresses"]]
    for place in places[:MAX_PLACES]:
        parts.append("\n".join(_place(place, texts, len(places) > 1)))
    if not places:
        known = [item["hours"] for item in shown["channels"] if item["hours"]]
        hours = known[0] if known else []
        parts.append("\n".join(_hours(hours, texts)))
    return "\n\n".join(part for part in parts if part)


def hours_text(shown: dict[str, Any], texts: Translator) -> str:
    """The opening hours of a service and its places; says so when they are not known."""
    places = [(item["name"], list(_place_hours(item, texts))) for item in shown["places"]]
    told = [(name, lines) for name, lines in places if lines]
    if not told:
        told = [
            ("", list(_hours(item["hours"], texts))) for item in shown["channels"] if item["hours"]
        ][:1]
    parts = [shown["title"]]
    for name, lines in told[:MAX_PLACES]:
        named = [name] if name and len(told) > 1 else []
        parts.append("\n".join([*named, *lines]))
    if not any(lines for _, lines in told):
        parts.append(texts.gettext("I do not know the opening hours. Ask the service."))
    return "\n\n".join(part for part in parts if part)


def _told(shown: dict[str, Any], texts: Translator) -> Iterator[str]:
    found = [text for text in shown["texts"] if text["name"] == "description"]
    text = found[0] if found else {"text": shown["summary"], "language": shown["text_language"]}
    if text["text"]:
        yield shortened(text["text"])
        if text["language"] != texts.language:
            yield texts.gettext("This text is in this language: {language}").format(
                language=language_name(text["language"], texts.language)
            )


def shortened(text: str) -> str:
    """The first sentences of a text, about `MAX_WORDS` long."""
    kept: list[str] = []
    words = 0
    for sentence in _SENTENCE_END.split(re.sub(r"\s+", " ", text)):
        words += len(sentence.split()) + len(re.findall(r"[\u4e00-\u9fff]", sentence)) // 2
        if kept and words > MAX_WORDS:
            break
        kept.append(sentence)
    return " ".join(kept).strip()


def language_name(code: str, language: str) -> str:
    """The name of a language in another one, by CLDR; its code where CLDR has none."""
    name = Locale.parse(LOCALES.get(language, language)).languages.get(code)
    return str(name or code)


def _place(place: dict[str, Any], texts: Translator, several: bool) -> Iterator[str]:
    if several and place["name"]:
        yield place["name"]
    for address in place["addresses"]:
        yield from (item for item in (address["address"], address["map_url"]) if item)
    yield from _place_hours(place, texts)
    if place["accessibility"]:
        yield texts.gettext("Accessibility:")
        yield from place["accessibility"]["sentences"][:MAX_SENTENCES]


def _place_hours(place: dict[str, Any], texts: Translator) -> Iterator[str]:
    yield from _hours(place["hours"], texts)
    if not place["hours"] and place["hours_text"]:
        yield texts.gettext("Opening hours:")
        yield place["hours_text"]["text"]


def _hours(days: list[dict[str, Any]], texts: Translator) -> Iterator[str]:
    if not days:
        return
    yield texts.gettext("Opening hours:")
    locale = LOCALES.get(texts.language, texts.language)
    for day in days:
        name = format_date(date.fromisoformat(day["date"]), "EEE d.M.", locale=locale)
        told = [day["open"]] if day["open"] else []
        if day["on_reservation"]:
            told.append(texts.gettext("{hours} by appointment").format(hours=day["on_reservation"]))
        yield f"{name} {', '.join(told) or texts.gettext('closed')}"
