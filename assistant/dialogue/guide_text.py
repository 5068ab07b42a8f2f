"""A guide as the text of a message: first what to do, then where, then what else to know."""

from __future__ import annotations

from datetime import date
from typing import Optional

from assistant.dialogue.packing import packed
from assistant.guidance import Guide
from assistant.i18n import Translator


def guide_text(guide: Guide, translator: Translator, on: Optional[date] = None) -> str:
    """The text of a guide in the translator's language, one idea a line.

    Facts that come from older sources say that they have to be checked; a guide whose time is
    over, or has not come, says so before everything else.
    """
    return "\n".join([*_what_to_do(guide, translator, on), *_what_to_know(guide, translator)])


def guide_screens(guide: Guide, translator: Translator, on: Optional[date] = None) -> list[str]:
    """`guide_text` as one message, or as two where one would be too much to read at once.

    What else is good to know then has a message of its own.
    """
    parts = (_what_to_do(guide, translator, on), _what_to_know(guide, translator))
    return packed(map("\n".join, parts), translator.language)


def _what_to_do(guide: Guide, translator: Translator, on: Optional[date]) -> list[str]:
    _ = translator.gettext
    lines = []
    if on is not None and not guide.in_force(on):
        lines.append(_("The law may have changed. Check this with the authority."))
    lines.append(_(guide.title))
    if len(guide.do) == 1:
        lines.append(_(guide.do[0]))
    else:
        lines.extend(f"{number}. {_(step)}" for number, step in enumerate(guide.do, start=1))
    if guide.where:
        lines.append(_("Where:") + " " + _(guide.where))
    return lines


def _what_to_know(guide: Guide, translator: Translator) -> list[str]:
    _ = translator.gettext
    lines = []
    if guide.know:
        lines.append(_("Good to know:"))
        lines.extend(f"• {_(sentence)}" for sentence in guide.know)
    if guide.status == "dated" and guide.topic != "emergency":
        lines.append(_("This may have changed. Check it with the office."))
    return lines


def simple_text(guide: Guide, translator: Translator) -> str:
    """The shortest form of a guide: at most three very short sentences."""
    if guide.simple:
        return translator.gettext(guide.simple)
    return translator.gettext(guide.do[0])
