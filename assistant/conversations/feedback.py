"""Keeps what people thought of answers, apart from their conversations."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Optional

from sqlalchemy import delete, insert

from assistant.conversations.database import FEEDBACK, METADATA, open_engine

REASONS = ("wrong", "unclear", "language", "missing", "other")
#: Answers of which this process remembers the feedback, so that a second thought replaces it.
_REMEMBERED = 10_000


@dataclass(frozen=True)
class Feedback:
    """What somebody thought of an answer: nothing of what was said, nor by whom."""

    day: date
    language: str
    topic: Optional[str]
    need: Optional[str]
    helpful: bool
    reason: Optional[str] = None

    @classmethod
    def on(
        cls, answer: Mapping[str, Any], day: date, helpful: bool, reason: Optional[str]
    ) -> Feedback:
        """Feedback on a message of the assistant."""
        topic, _, need = str(answer.get("about") or "").partition("/")
        return cls(
            day=day,
            language=str(answer.get("language") or ""),
            topic=topic or None,
            need=need or None,
            helpful=helpful,
            reason=reason if not helpful else None,
        )


class FeedbackStore:
    """Feedback in the database of the conversations, in a table that leads to none of them."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self._lock = threading.Lock()
        self._prepared = False
        self._given: OrderedDict[tuple[str, int], str] = OrderedDict()

    def add(self, conversation_id: str, position: int, feedback: Feedback) -> None:
        """Keep feedback; what was thought of the same answer before is replaced.

        Which answer it is about is known in memory only, and not for long.
        """
        key, given = (conversation_id, position), secrets.token_hex(16)
        with self._lock:
            if not self._prepared:
                METADATA.create_all(self._engine)
                self._prepared = True
            with self._engine.begin() as db:
                before = self._given.get(key)
                if before is not None:
                    db.execute(delete(FEEDBACK).where(FEEDBACK.c.id == before))
                db.execute(
                    insert(FEEDBACK).values(
                        id=given,
                        day=feedback.day.isoformat(),
                        language=feedback.language,
                        topic=feedback.topic,
                        need=feedback.need,
                        helpful=feedback.helpful,
                        reason=feedback.reason,
                    )
                )
            self._given[key] = given
            self._given.move_to_end(key)
            if len(self._given) > _REMEMBERED:
                self._given.popitem(last=False)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()
