"""The database of conversations, SQLite or PostgreSQL; Rasa's tracker store is in the same one."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Optional

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import QueuePool

#: How long a statement waits for another process that is writing.
BUSY_SECONDS = 5

METADATA = MetaData()

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    Column("municipality", String(3)),
    Column("created", Float, nullable=False),
    Column("updated", Float, nullable=False, index=True),
)

MESSAGES = Table(
    "conversation_messages",
    METADATA,
    Column(
        "conversation_id",
        String(64),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("sender", String(16), nullable=False),
    Column("message", Text, nullable=False),
    Column("created", Float, nullable=False),
)

#: The ids that browsers give to what they send: what is sent again is answered only once.
SENT = Table(
    "sent_messages",
    METADATA,
    Column(
        "conversation_id",
        String(64),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("message_id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
)

#: Which conversation a person of a messaging app has. `address` is a keyed hash, what the app needs
#: to answer is sealed (`assistant.channels.sealing`); `choices` are those that have numbers.
CHANNEL_CONVERSATIONS = Table(
    "channel_conversations",
    METADATA,
    Column("address", String(64), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column(
        "conversation_id",
        String(64),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    Column("sealed_address", Text, nullable=False),
    Column("choices", Text),
)

#: Messages of apps that were acknowledged and are not answered yet; a row is gone when it is.
CHANNEL_PENDING = Table(
    "channel_pending",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column(
        "conversation_id",
        String(64),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        index=True,
    ),
    Column("owner", String(32), nullable=False),
    Column("claimed_until", Float, nullable=False, index=True),
    Column("sealed", Text, nullable=False),
    Column("sent", Integer, nullable=False),
)

#: Keyed hashes of the ids of messages that were received, so that each is answered once.
CHANNEL_SEEN = Table(
    "channel_seen",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("seen", Float, nullable=False, index=True),
)

#: What people thought of answers: nothing in it leads to a conversation. The ids are random, so
#: that not even the order of the rows does.
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("day", String(10), nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("topic", String(64)),
    Column("need", String(64)),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String(16)),
)

#: Written by Rasa (rasa/core/tracker_store.py); here only to erase from it.
RASA_EVENTS = Table(
    "events", MetaData(), Column("sender_id", String(255)), Column("timestamp", Float)
)


def open_engine(url: str) -> Engine:
    """Connections to a database URL; nothing is read or written yet.

    Statements never show their values in an error: they hold what people wrote.
    """
    if url.startswith("postgres://"):
        url = url.replace("postgres://", "postgresql://", 1)
    path = sqlite_path(url)
    if path is None:
        return create_engine(url, future=True, hide_parameters=True, pool_pre_ping=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    return engine


def sqlite_path(url: str) -> Optional[Path]:
    """The file of a SQLite URL; None for another database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


def _set_up_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON", "journal_mode=WAL"):
        try:
            connection.execute(f"PRAGMA {pragma}")
        except sqlite3.OperationalError:  # another process writes: a later connection sets it
            pass
