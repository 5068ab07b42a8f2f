"""Stores what arrives: together what arrives together, and before anything else is done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from assistant.channels.store import Arrival, ChannelStore

#: While messages arrive without a pause, an answer is begun this often only.
PATIENCE_SECONDS = 0.1


class Intake:
    """Writes arrivals to the store, one transaction after the other.

    What arrives during a transaction is written with the next one: a hundred webhooks at once cost
    a few transactions, and each is acknowledged soon.

    Args:
        store: where they are kept.
        owner: the process that answers them.
        claim_seconds: how long they are its own.
    """

    def __init__(self, store: ChannelStore, owner: str, claim_seconds: float) -> None:
        self._store = store
        self._owner = owner
        self._claim_seconds = claim_seconds
        self._waiting: list[tuple[Sequence[Arrival], asyncio.Future[set[str]]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._arriving = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._turnstile = asyncio.Lock()

    async def keep(self, arrivals: Sequence[Arrival]) -> set[str]:
        """Store messages; the keys of those that are new.

        Raises:
            SQLAlchemyError: when they could not be stored.
        """
        kept: asyncio.Future[set[str]] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrivals, kept))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        self._arriving += 1
        self._quiet.clear()
        try:
            return await kept
        finally:
            self._arriving -= 1
            if not self._arriving:
                self._quiet.set()

    async def quiet(self) -> None:
        """Wait until nothing arrives at this moment; not for ever, one after the other."""
        async with self._turnstile:
            if not self._quiet.is_set():
                try:
                    await asyncio.wait_for(self._quiet.wait(), PATIENCE_SECONDS)
                except asyncio.TimeoutError:
                    pass

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            together = [arrival for arrivals, _ in batch for arrival in arrivals]
            until = time.time() + self._claim_seconds
            try:
                new = await asyncio.to_thread(self._store.receive, together, self._owner, until)
            except Exception as error:
                for _, kept in batch:
                    if not kept.done():
                        kept.set_exception(error)
                continue
            for arrivals, kept in batch:
                mine = {arrival.key for arrival in arrivals}
                if not kept.done():
                    kept.set_result(mine & new)
                # Of the same message twice in one transaction, the first is the new one.
                new -= mine
