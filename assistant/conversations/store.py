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
from itertools import takewhile
from typing import Any, Optional

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from assistant.conversations.database import (
    CONVERSATIONS,
    MESSAGES,
    METADATA,
    SENT,
    open_engine,
)

PERSON, ASSISTANT = "person", "assistant"
_ATTEMPTS = 3
_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Conversation:
    """A conversation, without what was said; `updated` is in seconds since 1970."""

    id: str
    language: str
    municipality: Optional[str]
    token_hash: str
    updated: float

    def opened_by(self, token: str) -> bool:
        """True for the token that was given out with the conversation."""
        return hmac.compare_digest(self.token_hash, _hash(token))

    def silent_for(self, days: float) -> bool:
        """True when nothing was said for so long."""
        return time.time() - self.updated > days * _DAY


@dataclass(frozen=True)
class Entry:
    """One message of a conversation; `created` is in seconds since 1970."""

    position: int
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
        begun = Conversation(secrets.token_hex(16), language, municipality, _hash(token), now)
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
        return Conversation(row.id, row.language, row.municipality, row.token_hash, row.updated)

    def add_turn(
        self,
        conversation_id: str,
        said: Mapping[str, Any],
        answers: Sequence[Mapping[str, Any]],
        language: str,
        message_id: Optional[str] = None,
    ) -> Optional[int]:
        """Keep what a person said (masked) and was answered, and the language it went on in.

        A conversation that was erased in the meantime stays erased.

        Args:
            conversation_id: the conversation.
            said: what the person said.
            answers: the messages that answer it.
            language: the language that the conversation goes on in.
            message_id: the browser's own id of what was said, for `answered`.

        Returns:
            The position of what was said, the answers follow it; None when it was not kept.
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
                    if not known.rowcount:
                        return None
                    position = _append(db, conversation_id, entries, now)
                    if message_id is not None:
                        db.execute(
                            insert(SENT).values(
                                conversation_id=conversation_id,
                                message_id=message_id,
                                position=position,
                            )
                        )
                    return position
            except IntegrityError:  # another gateway took the position, or the conversation
                if attempt == _ATTEMPTS - 1:
                    raise
        return None

    def history(self, conversation_id: str) -> list[Entry]:
        """What was said, oldest first."""
        with self._transaction() as db:
            return _entries(db, conversation_id, 0)

    def answered(self, conversation_id: str, message_id: str) -> list[Entry]:
        """What was answered to the message that a browser sent with this id; empty if none was."""
        with self._transaction() as db:
            position = db.execute(
                select(SENT.c.position).where(
                    SENT.c.conversation_id == conversation_id, SENT.c.message_id == message_id
                )
            ).scalar()
            if position is None:
                return []
            later = _entries(db, conversation_id, position + 1)
        return list(takewhile(lambda entry: entry.sender == ASSISTANT, later))

    def message(self, conversation_id: str, position: int) -> Optional[Entry]:
        """One message of a conversation."""
        with self._transaction() as db:
            found = _entries(db, conversation_id, position, position)
        return found[0] if found else None

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


def _entries(
    db: Connection, conversation_id: str, first: int, last: Optional[int] = None
) -> list[Entry]:
    query = (
        select(MESSAGES.c.position, MESSAGES.c.sender, MESSAGES.c.message, MESSAGES.c.created)
        .where(MESSAGES.c.conversation_id == conversation_id, MESSAGES.c.position >= first)
        .order_by(MESSAGES.c.position)
    )
    if last is not None:
        query = query.where(MESSAGES.c.position <= last)
    return [
        Entry(row.position, row.sender, json.loads(row.message), row.created)
        for row in db.execute(query)
    ]


def _append(
    db: Connection,
    conversation_id: str,
    entries: Sequence[tuple[str, Mapping[str, Any]]],
    now: float,
) -> int:
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
    return first


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
