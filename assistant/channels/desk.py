"""Where messages of all channels are taken in and answered: at once, in order, each exactly once.

A message is stored before it is acknowledged, so that a platform need not send it again. It is then
answered by a worker: one for each person, so that answers keep the order of the questions, and many
beside each other. What a process does not finish (it stops, or it dies) another one, or the same
after its start, finds and answers. A platform that sends a message again is acknowledged again.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any, Optional

from sqlalchemy.exc import SQLAlchemyError

from assistant.channels import texts
from assistant.channels.choices import Choice
from assistant.channels.delivery import deliver
from assistant.channels.dialogue import Dialogue
from assistant.channels.incoming import IGNORED, Incoming, Kind
from assistant.channels.intake import Intake
from assistant.channels.platform import Platform, Unreadable, Webhook
from assistant.channels.rendering import Part, Rendered, render
from assistant.channels.replying import Replier
from assistant.channels.sealing import Sealer
from assistant.channels.store import Arrival, ChannelStore, Waiting
from assistant.dialogue.apology import apology
from assistant.i18n import served

logger = logging.getLogger(__name__)

#: Messages of one person that wait at most, and of all people together.
MOST_OF_ONE, MOST_OF_ALL = 20, 5_000
#: Answers that are made at the same time; Rasa makes one after the other.
AT_ONCE = 8
#: Before the first message of a person is read, so that one that overtook it can be put behind it.
SETTLE_SECONDS = 0.05
#: How long the ids of messages are known: Meta sends a message again for up to seven days.
SEEN_SECONDS = 8 * 24 * 60 * 60.0
#: What nobody answered within a day is of no use any more.
WAITING_SECONDS = 24 * 60 * 60.0
#: A process that has not been heard of for so long is dead; it says that it lives more often.
CLAIM_SECONDS, TEND_SECONDS = 60.0, 20.0
STOP_SECONDS = 6.0
#: The order of what is told: after every message that waits.
AFTER_ALL = 2**62
NOTICE_SECONDS = 5.0


class Busy(Exception):
    """Too many messages wait: the platform has to send this one again later."""


@dataclass(order=True)
class Job:
    """A message to be answered."""

    order: int
    received: float
    key: str
    address: str = field(compare=False)
    platform: Platform = field(compare=False)
    incoming: Incoming = field(compare=False)
    told: Sequence[Mapping[str, Any]] = field(default=(), compare=False)
    parts: Optional[tuple[Part, ...]] = field(default=None, compare=False)
    listed: Optional[Sequence[Choice]] = field(default=None, compare=False)
    sent: int = field(default=0, compare=False)
    again: bool = field(default=False, compare=False)
    #: Keys of messages that were too many: they are dropped, and this one is told so.
    dropped: Optional[list[str]] = field(default=None, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """What is kept of it, sealed."""
        return {
            "address": self.address,
            "incoming": self.incoming.as_dict(),
            "told": [dict(one) for one in self.told],
            "parts": None if self.parts is None else [part.as_dict() for part in self.parts],
            "listed": None if self.listed is None else [asdict(one) for one in self.listed],
        }


class Desk:
    """Takes messages of the platforms and has them answered.

    Args:
        platforms: by name.
        store: what waits and who talks.
        dialogue: the assistant.
        allowed: counts a message of a person; the seconds to wait when there were too many.
        sleep: waits before an answer is tried again.
    """

    def __init__(
        self,
        platforms: Mapping[str, Platform],
        store: ChannelStore,
        dialogue: Dialogue,
        allowed: Callable[[str], float] = lambda address: 0.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.platforms = dict(platforms)
        self._sealers = {name: Sealer(name, one.secret) for name, one in platforms.items()}
        self._store = store
        self._replier = Replier(dialogue, store)
        self._allowed = allowed
        self._sleep = sleep
        self._owner = secrets.token_hex(16)
        self._intake = Intake(store, self._owner, CLAIM_SECONDS)
        self._queues: dict[str, list[Job]] = {}
        self._taken: set[str] = set()
        self._workers: set[asyncio.Task[None]] = set()
        self._beside: set[asyncio.Task[None]] = set()
        self._flooding: dict[str, Job] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        self._tending: Optional[asyncio.Task[None]] = None

    async def start(self) -> None:
        """Go on with what was not finished, and keep doing so."""
        if self.platforms:
            self._tending = asyncio.create_task(self._tend())

    async def stop(self) -> None:
        """Finish what can be finished soon; the rest is answered after the next start."""
        if self._tending is not None:
            self._tending.cancel()
        if self._workers:
            await asyncio.wait(self._workers, timeout=STOP_SECONDS)
        left = [*self._workers, *self._beside]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if self.platforms:
            await self._try(self._store.hold, self._owner, time.time())
        for platform in self.platforms.values():
            await platform.close()

    @property
    def waiting(self) -> int:
        """Messages that are not answered yet."""
        return sum(map(len, self._queues.values())) + len(self._workers)

    async def take(self, platform: Platform, webhook: Webhook) -> int:
        """Store what is in a webhook that is trusted; it is answered afterwards.

        Returns:
            How many messages were new.

        Raises:
            Busy: when too many wait.
            SQLAlchemyError: when they cannot be stored; the platform has to send them again.
        """
        try:
            received = platform.read(webhook)
        except Exception as error:  # to refuse it would only bring it back
            reason = str(error) if isinstance(error, Unreadable) else _where(error)
            logger.warning("a webhook of %s cannot be read: %s", platform.name, reason)
            return 0
        jobs = [self._job(platform, one) for one in received if one.kind not in IGNORED]
        if not jobs:
            return 0
        if self.waiting + len(jobs) > MOST_OF_ALL:
            logger.error("too many messages wait; %s has to send again", platform.name)
            raise Busy
        new = await self._intake.keep([self._arrival(job) for job in jobs])
        jobs = [job for job in jobs if job.key in new]
        for job in jobs:
            self._enqueue(job)
        return len(jobs)

    async def tell(self, conversation_id: str, messages: Sequence[Mapping[str, Any]]) -> bool:
        """Tell a person something that is no answer; after what is being answered.

        Returns:
            False when the conversation is of no channel that is switched on.
        """
        found = await asyncio.to_thread(self._store.address_of, conversation_id)
        if found is None or found[0] not in self.platforms:
            return False
        channel, address, sealed_address = found
        opened = self._sealers[channel].unseal(sealed_address)
        if opened is None:
            return False
        now = time.time()
        incoming = Incoming(
            secrets.token_hex(16), str(opened["address"]), Kind.TOLD, order=AFTER_ALL
        )
        key = self._sealers[channel].name("told", incoming.id)
        job = Job(AFTER_ALL, now, key, address, self.platforms[channel], incoming, told=messages)
        await self._intake.keep([self._arrival(job)])
        self._enqueue(job)
        return True

    def _job(self, platform: Platform, incoming: Incoming) -> Job:
        sealer = self._sealers[platform.name]
        return Job(
            order=incoming.order,
            received=time.time(),
            key=sealer.name("message", incoming.id),
            address=sealer.name("address", incoming.address),
            platform=platform,
            incoming=incoming.masked(),
        )

    def _arrival(self, job: Job) -> Arrival:
        sealer = self._sealers[job.platform.name]
        group = job.incoming.kind is Kind.GROUP
        return Arrival(
            channel=job.platform.name,
            key=job.key,
            address=None if group else job.address,
            sealed_address=sealer.seal({"address": job.incoming.address}),
            sealed=sealer.seal(job.as_dict()),
            language=_language(job.incoming),
        )

    def _enqueue(self, job: Job) -> None:
        queue = self._queues.get(job.address)
        if queue is None:
            self._queues[job.address] = queue = []
            worker = asyncio.create_task(self._work(job.address, queue))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        if self._too_many(job, queue):
            notice = self._flooding.get(job.address)
            if notice is not None and notice.dropped is not None:
                notice.dropped.append(job.key)
                return
            job.dropped = [job.key]
            self._flooding[job.address] = job
        self._taken.add(job.key)
        heapq.heappush(queue, job)

    def _too_many(self, job: Job, queue: Sequence[Job]) -> bool:
        if job.again or job.incoming.kind is Kind.TOLD:
            return False
        return len(queue) >= MOST_OF_ONE or self._allowed(job.address) > 0

    async def _work(self, address: str, queue: list[Job]) -> None:
        """Answer what waits of one person, in the order in which it was sent."""
        try:
            await asyncio.sleep(SETTLE_SECONDS)
            while queue:
                await self._intake.quiet()
                job = heapq.heappop(queue)
                await (self._finish(job) if job.dropped is None else self._drop(job))
                self._taken.discard(job.key)
        finally:
            self._taken.difference_update(job.key for job in queue)
            self._flooding.pop(address, None)
            del self._queues[address]

    async def _drop(self, job: Job) -> None:
        """Tell somebody who floods that the rest was dropped; once."""
        note = texts.info(_language(job.incoming), texts.TOO_MANY)
        await self._send(job, render([note], job.platform.limits).parts)
        self._flooding.pop(job.address, None)
        for key in job.dropped or ():
            await self._try(self._store.done, key)

    async def _finish(self, job: Job) -> None:
        try:
            if job.incoming.kind is Kind.GROUP:
                await self._refuse_group(job)
            else:
                if job.parts is None:
                    await self._answer(job)
                await self._send(job, job.parts or ())
        except Exception as error:  # one message must not stop the others
            logger.error("a message of %s failed: %s", job.platform.name, _where(error))
        await self._try(self._store.done, job.key, job.listed)

    async def _answer(self, job: Job) -> None:
        """Make the answer."""
        noticed = asyncio.create_task(self._notice(job))
        self._beside.add(noticed)
        noticed.add_done_callback(self._beside.discard)
        async with self._places:
            rendered = await self._rendered(job)
        job.parts, job.listed = rendered.parts, rendered.listed
        if len(job.parts) > 1:  # so that no part is sent twice when another process goes on
            sealed = self._sealers[job.platform.name].seal(job.as_dict())
            await self._try(self._store.answered, job.key, sealed)

    async def _rendered(self, job: Job) -> Rendered:
        if job.incoming.kind is Kind.TOLD:
            return render(job.told, job.platform.limits)
        language = _language(job.incoming)
        try:
            sealed = self._sealers[job.platform.name].seal({"address": job.incoming.address})
            talk = await asyncio.to_thread(
                self._store.open, job.platform.name, job.address, sealed, language
            )
            language = talk.conversation.language
            messages = await self._replier.reply(talk, job.incoming, job.key)
            return render(messages, job.platform.limits)
        except Exception as error:  # never silence
            logger.error("a message of %s has no answer: %s", job.platform.name, _where(error))
            return render([apology(language)], job.platform.limits)

    async def _notice(self, job: Job) -> None:
        if job.incoming.kind is Kind.TOLD:
            return
        try:
            await asyncio.wait_for(job.platform.notice(job.incoming), NOTICE_SECONDS)
        except Exception as error:  # the answer matters, not this
            logger.info("a message of %s was not marked: %s", job.platform.name, _where(error))

    async def _send(self, job: Job, parts: Sequence[Part]) -> None:
        for number, part in enumerate(parts):
            if number < job.sent:
                continue
            send = partial(job.platform.send, job.incoming.address, part)
            if not await deliver(job.platform.name, send, self._sleep):
                return
            if number + 1 < len(parts):
                await self._try(self._store.sent, job.key, number + 1)

    async def _refuse_group(self, job: Job) -> None:
        """Tell a group that only single people are answered, once in a while, and leave it."""
        platform, address, language = job.platform, job.incoming.address, _language(job.incoming)
        name = self._sealers[platform.name].name("group", address)
        if job.again or await asyncio.to_thread(self._store.first_time, name):
            note = texts.info(language, texts.PRIVATE_ONLY)
            link = await platform.private_link()
            part = Part(f"{note['text']}\n{link}" if link else note["text"], language)
            await deliver(platform.name, partial(platform.send, address, part), self._sleep)
        await deliver(platform.name, partial(platform.leave_group, address), self._sleep)

    async def _tend(self) -> None:
        while True:
            now = time.time()
            await self._try(self._store.hold, self._owner, now + CLAIM_SECONDS)
            names = list(self.platforms)
            taken = await self._try(self._store.claim, names, self._owner, now, now + CLAIM_SECONDS)
            for waiting in taken or ():
                await self._take_over(waiting)
            await self._try(self._store.expire, now - SEEN_SECONDS, now - WAITING_SECONDS)
            await asyncio.sleep(TEND_SECONDS)

    async def _take_over(self, waiting: Waiting) -> None:
        if waiting.key in self._taken:  # this process was too busy to say that it lives
            return
        platform = self.platforms[waiting.channel]
        opened = self._sealers[waiting.channel].unseal(waiting.sealed)
        if opened is None:
            logger.error("a message of %s was sealed with another secret", waiting.channel)
            await self._try(self._store.done, waiting.key)
            return
        incoming = Incoming.from_dict(opened["incoming"])
        parts, listed = opened["parts"], opened["listed"]
        self._enqueue(
            Job(
                order=incoming.order,
                received=time.time(),
                key=waiting.key,
                address=str(opened["address"]),
                platform=platform,
                incoming=incoming,
                told=opened["told"],
                parts=None if parts is None else tuple(map(Part.from_dict, parts)),
                listed=None if listed is None else tuple(Choice(**one) for one in listed),
                sent=waiting.sent,
                again=True,
            )
        )

    async def _try(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """What the database does beside the answer; the answer matters more."""
        try:
            return await asyncio.to_thread(work, *arguments)
        except SQLAlchemyError as error:
            logger.error("the database of channels: %s", type(error).__name__)
            return None


def _language(incoming: Incoming) -> str:
    """The served language of the person's app; English if there is none."""
    return served((incoming.language or "").replace("_", "-").split("-")[0].lower())


def _where(error: Exception) -> str:
    """Type and place of an error, without its message: that may hold what somebody wrote."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return type(error).__name__
    name = place.tb_frame.f_code.co_filename.rsplit("/", 1)[-1]
    return f"{type(error).__name__} in {name}:{place.tb_lineno}"
