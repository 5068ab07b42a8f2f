"""Keeps conversations of the website: a token's hash, the language and the messages."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Optional

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from assistant.conversations.database import CONVERSATIONS, MESSAGES, METADATA, open_engine

PERSON, ASSISTANT = "person", "assistant"
_ATTEMPTS = 3


@dataclass(frozen=True)
class Conversation:
    """A conversation, without what was said."""

    id: str
    language: str
    municipality: Optional[str]
    token_hash: str

    def opened_by(self, token: str) -> bool:
        """True for the token that was given out with the conversation."""
        return hmac.compare_digest(self.token_hash, _hash(token))


@dataclass(frozen=True)
class Entry:
    """One message of a conversation; `created` is in seconds since 1970."""

    sender: str
    message: dict[str, Any]
    created: float


class ConversationStore:
    """Conversations in SQLite or PostgreSQL.

    What a person wrote has to be masked (`assistant.privacy.redact`) before it is given to it.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self._lock = threading.Lock()
        self._prepared = False

    def create(
        self, language: str, municipality: Optional[str], greeting: Sequence[Mapping[str, Any]]
    ) -> tuple[Conversation, str]:
        """Begin a conversation with the assistant's greeting.

        Returns:
            The conversation and its token, of which only a hash is kept.
        """
        token = secrets.token_urlsafe(32)
        now = time.time()
        begun = Conversation(secrets.token_hex(16), language, municipality, _hash(token))
        with self._transaction() as db:
            db.execute(
                insert(CONVERSATIONS).values(
                    id=begun.id,
                    token_hash=begun.token_hash,
                    language=language,
                    municipality=municipality,
                    created=now,
                    updated=now,
                )
            )
            _append(db, begun.id, [(ASSISTANT, one) for one in greeting], now)
        return begun, token

    def find(self, conversation_id: str) -> Optional[Conversation]:
        """The conversation of an id."""
        with self._transaction() as db:
            row = db.execute(
                select(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id)
            ).first()
        if row is None:
            return None
        return Conversation(row.id, row.language, row.municipality, row.token_hash)

    def add_turn(
        self,
        conversation_id: str,
        said: Mapping[str, Any],
        answers: Sequence[Mapping[str, Any]],
        language: str,
    ) -> None:
        """Keep what a person said (masked) and was answered, and the language it went on in.

        A conversation that was erased in the meantime stays erased.
        """
        entries = [(PERSON, said), *((ASSISTANT, answer) for answer in answers)]
        now = time.time()
        for attempt in range(_ATTEMPTS):
            try:
                with self._transaction() as db:
                    known = db.execute(
                        update(CONVERSATIONS)
                        .where(CONVERSATIONS.c.id == conversation_id)
                        .values(language=language, updated=now)
                    )
                    if known.rowcount:
                        _append(db, conversation_id, entries, now)
                return
            except IntegrityError:  # another gateway took the position, or the conversation
                if attempt == _ATTEMPTS - 1:
                    raise

    def history(self, conversation_id: str) -> list[Entry]:
        """What was said, oldest first."""
        with self._transaction() as db:
            rows = db.execute(
                select(MESSAGES.c.sender, MESSAGES.c.message, MESSAGES.c.created)
                .where(MESSAGES.c.conversation_id == conversation_id)
                .order_by(MESSAGES.c.position)
            ).all()
        return [Entry(row.sender, json.loads(row.message), row.created) for row in rows]

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if not self._prepared:
            with self._lock:
                if not self._prepared:
                    METADATA.create_all(self._engine)
                    self._prepared = True
        with self._engine.begin() as connection:
            yield connection


def _append(
    db: Connection,
    conversation_id: str,
    entries: Sequence[tuple[str, Mapping[str, Any]]],
    now: float,
) -> None:
    last = db.execute(
        select(func.max(MESSAGES.c.position)).where(MESSAGES.c.conversation_id == conversation_id)
    ).scalar()
    first = 0 if last is None else last + 1
    rows = [
        {
            "conversation_id": conversation_id,
            "position": position,
            "sender": sender,
            "message": json.dumps(message, ensure_ascii=False),
            "created": now,
        }
        for position, (sender, message) in enumerate(entries, start=first)
    ]
    if rows:
        db.execute(insert(MESSAGES), rows)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
