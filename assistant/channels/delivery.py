"""Sends an answer, and tries again when a platform cannot take it now."""

from __future__ import annotations

import asyncio
import logging
import random
from typing import Awaitable, Callable

from assistant.channels.platform import SendError, TryAgain, Undeliverable

logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
#: An answer that comes later than this helps nobody.
GIVE_UP_SECONDS = 15 * 60.0

Sleep = Callable[[float], Awaitable[None]]


async def deliver(
    channel: str,
    send: Callable[[], Awaitable[None]],
    sleep: Sleep = asyncio.sleep,
    jitter: Callable[[], float] = random.random,
) -> bool:
    """Send once, whatever it takes, within `GIVE_UP_SECONDS`.

    Waits grow from half a second to a minute and differ by chance, so that many answers do not
    come back together; a platform that says how long to wait is obeyed.

    Args:
        channel: for the log.
        send: raises `TryAgain` or `Undeliverable`.
        sleep: waits.
        jitter: a number from 0 to 1.

    Returns:
        False when it could not be delivered: that is logged, without what it was or for whom.
    """
    waited, wait = 0.0, FIRST_WAIT
    while True:
        try:
            await send()
            return True
        except TryAgain as error:
            problem: SendError = error
            pause = wait * (0.5 + jitter())
            if error.retry_after is not None:
                pause = error.retry_after + jitter()
            wait = min(2 * wait, LONGEST_WAIT)
        except Undeliverable as error:
            logger.error("an answer on %s cannot be delivered: %s", channel, error.code)
            return False
        if waited + pause > GIVE_UP_SECONDS:
            logger.error("an answer on %s was given up: %s", channel, problem.code)
            return False
        await sleep(pause)
        waited += pause
