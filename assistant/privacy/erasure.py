"""Erases conversations everywhere they are kept: the gateway's history and Rasa's tracker store."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy import delete, func, inspect, select, text
from sqlalchemy.engine import Connection, Engine

from assistant.conversations.database import (
    CHANNEL_CONVERSATIONS,
    CHANNEL_PENDING,
    CONVERSATIONS,
    FEEDBACK,
    MESSAGES,
    RASA_EVENTS,
    SENT,
    open_engine,
    sqlite_path,
)
from assistant.settings import Settings

_CHUNK = 500
#: Every table with something of a conversation, and the column with the conversation's id.
#: What refers to conversations stands before them.
_KEPT_IN = (
    (RASA_EVENTS, RASA_EVENTS.c.sender_id),
    (MESSAGES, MESSAGES.c.conversation_id),
    (SENT, SENT.c.conversation_id),
    (CHANNEL_PENDING, CHANNEL_PENDING.c.conversation_id),
    (CHANNEL_CONVERSATIONS, CHANNEL_CONVERSATIONS.c.conversation_id),
    (CONVERSATIONS, CONVERSATIONS.c.id),
)


def forget(conversation_id: str, settings: Settings) -> int:
    """Erase one conversation of any channel.

    Returns:
        How many stored records were erased; 0 when nothing is known of it.
    """
    with _database(settings) as db:
        return _erase(db, [conversation_id]) if db is not None else 0


def purge(older_than: timedelta, settings: Settings) -> int:
    """Erase the conversations in which nothing was said for so long, and old feedback.

    Feedback leads to no conversation and is kept for `feedback_days`.

    Returns:
        How many conversations were erased.
    """
    oldest_kept = time.time() - older_than.total_seconds()
    with _database(settings) as db:
        if db is None:
            return 0
        gone = _silent_since(db, oldest_kept)
        _erase(db, gone)
        _erase_feedback(db, date.today() - timedelta(days=settings.feedback_days))
        return len(gone)


def _silent_since(db: Connection, moment: float) -> list[str]:
    tables = _tables(db)
    silent: set[str] = set()
    if RASA_EVENTS.name in tables:
        latest = func.max(RASA_EVENTS.c.timestamp)
        query = select(RASA_EVENTS.c.sender_id).group_by(RASA_EVENTS.c.sender_id)
        silent.update(db.execute(query.having(latest < moment)).scalars())
    if CONVERSATIONS.name in tables:
        column = CONVERSATIONS.c.updated
        silent.update(db.execute(select(CONVERSATIONS.c.id).where(column < moment)).scalars())
        silent.difference_update(
            db.execute(select(CONVERSATIONS.c.id).where(column >= moment)).scalars()
        )
    return sorted(silent)


def _erase(db: Connection, ids: Sequence[str]) -> int:
    tables = _tables(db)
    erased = 0
    for start in range(0, len(ids), _CHUNK):
        chunk = list(ids[start : start + _CHUNK])
        for table, column in _KEPT_IN:
            if table.name in tables:
                erased += db.execute(delete(table).where(column.in_(chunk))).rowcount
    return erased


def _erase_feedback(db: Connection, before: date) -> None:
    if FEEDBACK.name in _tables(db):
        db.execute(delete(FEEDBACK).where(FEEDBACK.c.day < before.isoformat()))


def _tables(db: Connection) -> set[str]:
    return set(inspect(db).get_table_names())


@contextmanager
def _database(settings: Settings) -> Iterator[Connection | None]:
    url = settings.conversations_url
    path = sqlite_path(url)
    if path is not None and not path.exists():
        yield None
        return
    engine = open_engine(url)
    try:
        with engine.begin() as db:
            yield db
        if path is not None:
            _empty_log(engine)
    finally:
        engine.dispose()


def _empty_log(engine: Engine) -> None:
    """SQLite keeps old pages in its write-ahead log until a checkpoint: erased means erased."""
    with engine.connect() as db:
        db.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
