"""The answer to an emergency: its guide and its contacts, from files alone."""

from __future__ import annotations

import logging
from typing import Optional

from assistant.dialogue.guide_text import guide_text
from assistant.dialogue.messages import (
    Message,
    language_buttons,
    message,
    need_buttons,
    need_id,
)
from assistant.dialogue.turn import Turn
from assistant.guidance import load_guides
from assistant.i18n import translator

logger = logging.getLogger(__name__)


def emergency_message(turn: Turn) -> Optional[Message]:
    """The message for an emergency; None when its guide cannot be read."""
    guide = load_guides().find("emergency", turn.need)
    if guide is None:
        logger.error("no guide for emergency %s", turn.need)
        return None
    texts = translator(turn.language)
    cards = []
    try:
        from assistant.catalogue import national_cards

        cards = national_cards(guide.contacts, turn.language)
    except Exception:  # a broken contact file must not keep the number from a person in danger
        logger.exception("contacts of emergency %s are not shown", turn.need)
    return message(
        turn.language,
        guide_text(guide, texts),
        kind="emergency",
        cards=cards,
        sources=guide.sources,
        buttons=need_buttons(guide.related, texts)
        + (language_buttons() if turn.unserved_language else []),
        about=need_id("emergency", turn.need),
    )
