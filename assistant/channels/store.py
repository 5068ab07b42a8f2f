"""What is kept of messaging apps beside conversations: who talks, what waits, what was seen."""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Optional

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from assistant.channels.choices import Choice
from assistant.conversations import Conversation
from assistant.conversations.database import (
    CHANNEL_CONVERSATIONS,
    CHANNEL_PENDING,
    CHANNEL_SEEN,
    CONVERSATIONS,
    METADATA,
    open_engine,
)

_ATTEMPTS = 3


@dataclass(frozen=True)
class Arrival:
    """A message to be kept until it is answered.

    Attributes:
        channel: the name of the platform.
        key: a name of the message's id.
        address: a name of the person's address; None for a group, which has no conversation.
        sealed_address: what the platform needs to answer.
        sealed: the message.
        language: of a conversation that it begins.
    """

    channel: str
    key: str
    address: Optional[str]
    sealed_address: str
    sealed: str
    language: str


@dataclass(frozen=True)
class Talk:
    """The conversation of a person of an app, and the choices that have numbers in it."""

    conversation: Conversation
    channel: str
    new: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """A message that another process took and did not answer."""

    key: str
    channel: str
    sealed: str
    sent: int


class ChannelStore:
    """Channels in the database of the conversations; every method may raise `SQLAlchemyError`."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self._lock = threading.Lock()
        self._prepared = False

    def receive(self, arrivals: Sequence[Arrival], owner: str, until: float) -> set[str]:
        """Keep messages that are new, until they are answered.

        Returns:
            The keys of those that were not received before.
        """
        for attempt in range(_ATTEMPTS):
            try:
                with self._transaction() as db:
                    return _receive(db, arrivals, owner, until)
            except IntegrityError:  # the same message, or person, arrives twice at this moment
                if attempt == _ATTEMPTS - 1:
                    raise
        return set()

    def first_time(self, key: str) -> bool:
        """True when a key is seen for the first time; now it is known."""
        try:
            with self._transaction() as db:
                db.execute(insert(CHANNEL_SEEN).values(key=key, seen=time.time()))
            return True
        except IntegrityError:
            return False

    def open(self, channel: str, address: str, sealed_address: str, language: str) -> Talk:
        """The conversation of a person; a new one if there is none."""
        for attempt in range(_ATTEMPTS):
            try:
                with self._transaction() as db:
                    return _open(db, channel, address, sealed_address, language)
            except IntegrityError:
                if attempt == _ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable")

    def address_of(self, conversation_id: str) -> Optional[tuple[str, str, str]]:
        """(channel, address, sealed address) of a conversation; None when it is of no app."""
        columns = CHANNEL_CONVERSATIONS.c
        with self._transaction() as db:
            row = db.execute(
                select(columns.channel, columns.address, columns.sealed_address).where(
                    columns.conversation_id == conversation_id
                )
            ).first()
        return (row.channel, row.address, row.sealed_address) if row else None

    def set_municipality(self, conversation_id: str, code: Optional[str]) -> None:
        """Keep the municipality that a link named."""
        with self._transaction() as db:
            db.execute(
                update(CONVERSATIONS)
                .where(CONVERSATIONS.c.id == conversation_id)
                .values(municipality=code)
            )

    def answered(self, key: str, sealed: str) -> None:
        """Keep the answer of a message, sealed with it, until all its parts are sent."""
        with self._transaction() as db:
            db.execute(
                update(CHANNEL_PENDING)
                .where(CHANNEL_PENDING.c.key == key)
                .values(sealed=sealed, sent=0)
            )

    def sent(self, key: str, parts: int) -> None:
        """So many parts of the answer were sent."""
        with self._transaction() as db:
            db.execute(
                update(CHANNEL_PENDING).where(CHANNEL_PENDING.c.key == key).values(sent=parts)
            )

    def done(self, key: str, choices: Optional[Sequence[Choice]] = None) -> None:
        """A message was answered: nothing of it is kept here.

        Args:
            key: of the message.
            choices: the choices that have numbers from now on; None: those of before.
        """
        columns = CHANNEL_CONVERSATIONS.c
        with self._transaction() as db:
            conversation = db.execute(
                select(CHANNEL_PENDING.c.conversation_id).where(CHANNEL_PENDING.c.key == key)
            ).scalar()
            db.execute(delete(CHANNEL_PENDING).where(CHANNEL_PENDING.c.key == key))
            if conversation is None:
                return
            db.execute(
                update(CONVERSATIONS)
                .where(CONVERSATIONS.c.id == conversation)
                .values(updated=time.time())
            )
            if choices is not None:
                kept = (
                    json.dumps([[one.title, one.payload] for one in choices]) if choices else None
                )
                db.execute(
                    update(CHANNEL_CONVERSATIONS)
                    .where(columns.conversation_id == conversation)
                    .values(choices=kept)
                )

    def hold(self, owner: str, until: float) -> None:
        """What a process has taken is its own until then; this moment gives it to others."""
        with self._transaction() as db:
            db.execute(
                update(CHANNEL_PENDING)
                .where(CHANNEL_PENDING.c.owner == owner)
                .values(claimed_until=until)
            )

    def claim(self, channels: Sequence[str], owner: str, now: float, until: float) -> list[Waiting]:
        """Take over what waits and whose process has not said for a while that it lives."""
        columns = CHANNEL_PENDING.c
        with self._transaction() as db:
            rows = db.execute(
                select(columns.key, columns.channel, columns.sealed, columns.sent).where(
                    columns.channel.in_(list(channels)), columns.claimed_until < now
                )
            ).all()
            taken = []
            for row in rows:
                changed = db.execute(
                    update(CHANNEL_PENDING)
                    .where(columns.key == row.key, columns.claimed_until < now)
                    .values(owner=owner, claimed_until=until)
                )
                if changed.rowcount:
                    taken.append(Waiting(row.key, row.channel, row.sealed, row.sent))
        return taken

    def expire(self, before: float, waiting_before: float) -> None:
        """Forget the ids of messages seen before a moment, and what nobody could answer."""
        with self._transaction() as db:
            db.execute(delete(CHANNEL_SEEN).where(CHANNEL_SEEN.c.seen < before))
            db.execute(
                delete(CHANNEL_PENDING).where(CHANNEL_PENDING.c.claimed_until < waiting_before)
            )

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


def _receive(db: Connection, arrivals: Sequence[Arrival], owner: str, until: float) -> set[str]:
    arrived = {arrival.key: arrival for arrival in arrivals}
    known = set(
        db.execute(select(CHANNEL_SEEN.c.key).where(CHANNEL_SEEN.c.key.in_(arrived))).scalars()
    )
    now = time.time()
    for key, arrival in arrived.items():
        if key in known:
            continue
        db.execute(insert(CHANNEL_SEEN).values(key=key, seen=now))
        talk = None
        if arrival.address is not None:
            talk = _open(
                db, arrival.channel, arrival.address, arrival.sealed_address, arrival.language
            )
        db.execute(
            insert(CHANNEL_PENDING).values(
                key=key,
                channel=arrival.channel,
                conversation_id=talk.conversation.id if talk else None,
                owner=owner,
                claimed_until=until,
                sealed=arrival.sealed,
                sent=0,
            )
        )
    return set(arrived) - known


def _open(db: Connection, channel: str, address: str, sealed_address: str, language: str) -> Talk:
    row = db.execute(
        select(CONVERSATIONS, CHANNEL_CONVERSATIONS.c.choices)
        .join(CHANNEL_CONVERSATIONS, CHANNEL_CONVERSATIONS.c.conversation_id == CONVERSATIONS.c.id)
        .where(CHANNEL_CONVERSATIONS.c.address == address)
    ).first()
    if row is not None:
        known = Conversation(row.id, row.language, row.municipality, row.token_hash, row.updated)
        choices = tuple(Choice(*one) for one in json.loads(row.choices or "[]"))
        # Nothing was said in it yet: the message that began it is being answered.
        return Talk(known, channel, row.created == row.updated, choices)
    now = time.time()
    # Nobody knows the token: the conversation cannot be read over the network.
    token = hashlib.sha256(secrets.token_bytes(32)).hexdigest()
    begun = Conversation(secrets.token_hex(16), language, None, token, now)
    values: dict[str, Any] = {
        "id": begun.id,
        "token_hash": begun.token_hash,
        "language": language,
        "created": now,
        "updated": now,
    }
    db.execute(insert(CONVERSATIONS).values(**values))
    db.execute(
        insert(CHANNEL_CONVERSATIONS).values(
            address=address,
            channel=channel,
            conversation_id=begun.id,
            sealed_address=sealed_address,
        )
    )
    return Talk(begun, channel, new=True)
