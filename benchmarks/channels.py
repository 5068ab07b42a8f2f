"""How fast webhooks are acknowledged, and whether 1,000 messages are answered exactly once.

    python -m benchmarks.channels [--messages 1000] [--rate 33]

The gateway runs in a process of its own with a played Rasa. This process is Telegram: it sends
each update to the webhook, a fifth of them twice, in no particular order; 5 % of the calls of the
gateway go wrong (429, 500, 502, a refused connection).
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import json
import multiprocessing
import random
import socket
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Optional

import httpx

from assistant.settings import Settings

PEOPLE = 100
AT_ONCE = 40  # as many connections as Telegram opens
SENT_TWICE, GOES_WRONG = 0.2, 0.05
RASA_SECONDS = 0.011
RATE = 33.0


def serve_gateway(home: str, port: int, api: str) -> None:
    """The gateway with a Rasa that needs as long as a trained one for a message."""
    from assistant.dialogue.messages import message
    from assistant.gateway.app import create_app
    from assistant.gateway.server import build_server
    from tests.channels.bot_api import SECRET, TOKEN

    rasa_alone = asyncio.Lock()

    async def rasa(request: httpx.Request) -> httpx.Response:
        sent = json.loads(request.content)
        async with rasa_alone:
            await asyncio.sleep(RASA_SECONDS)
        answer = message("en", f"You asked: {sent['message']}")
        return httpx.Response(200, json=[{"custom": answer, "text": answer["text"]}])

    settings = Settings(
        home=Path(home),
        database_url=None,
        channels="telegram",
        telegram_token=TOKEN,
        telegram_secret=SECRET,
        telegram_api=api,
        messages_per_minute=0,
    )
    build_server(create_app(settings, httpx.MockTransport(rasa)), "127.0.0.1", port).run()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def send(url: str, secret: str, batch: list[dict[str, Any]], rate: float) -> list[float]:
    """Post updates from a process of its own: this one is busy with the API."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(post_all, (url, secret, batch, rate))


def post_all(url: str, secret: str, batch: list[dict[str, Any]], rate: float) -> list[float]:
    """Post updates, `AT_ONCE` at a time; the seconds until each was acknowledged."""
    return asyncio.run(_post_all(url, secret, batch, rate))


async def _post_all(url: str, secret: str, batch: list[dict[str, Any]], rate: float) -> list[float]:
    times: list[float] = []
    places = asyncio.Semaphore(AT_ONCE)
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    async with httpx.AsyncClient(timeout=30, limits=limits) as client:

        async def post(update: dict[str, Any]) -> None:
            async with places:
                started = time.perf_counter()
                answer = await client.post(url, json=update, headers=headers)
                times.append(time.perf_counter() - started)
                assert answer.status_code == 200, answer.status_code

        tasks = []
        for update in batch:
            tasks.append(asyncio.create_task(post(update)))
            await asyncio.sleep(1 / rate if rate else 0)
        await asyncio.gather(*tasks)
    return times


def main() -> None:
    """Measure, and print what was measured."""
    from tests.channels.bot_api import BotApi, Fault, Updates
    from tests.channels.servers import serving

    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=RATE, help="webhooks a second; 0: no pause")
    given = parser.parse_args()
    count = given.messages
    chance = random.Random(8)
    bot = BotApi()

    def fault(method: str, given: dict[str, Any]) -> Optional[Fault]:
        if chance.random() >= GOES_WRONG:
            return None
        return Fault(chance.choice([429, 500, 502, 503]), retry_after=1)

    bot.fault = fault
    port = free_port()
    with serving(bot.app) as api, tempfile.TemporaryDirectory() as home:
        spawn = multiprocessing.get_context("spawn")
        process = spawn.Process(target=serve_gateway, args=(home, port, api), daemon=True)
        process.start()
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                httpx.get(f"{address}/health/live")
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        updates = Updates(address)
        updates.says("hello", 99)  # what is read once
        while not bot.texts(99):
            time.sleep(0.05)
        batch = [
            updates.message(1000 + number % PEOPLE, text=f"question {number}")
            for number in range(count)
        ]
        again = [update for update in batch if chance.random() < SENT_TWICE]
        everything = batch + again
        # Some overtake others a little, as on parallel connections.
        order = sorted(range(len(batch)), key=lambda place: place + chance.uniform(0, 3))
        everything = [batch[place] for place in order]
        for update in again:
            everything.insert(chance.randrange(len(everything)), update)
        started = time.monotonic()
        times = send(updates.url, updates.secret, everything, given.rate)
        while time.monotonic() - started < 120:
            if len([one for one in bot.sent if "question" in one["text"]]) >= count:
                break
            time.sleep(0.05)
        took = time.monotonic() - started
        time.sleep(3)  # nothing more may come
        process.terminate()
        process.join()
    answers = collections.Counter(
        (one["chat_id"], one["text"]) for one in bot.sent if "question" in one["text"]
    )
    expected = {(u["message"]["chat"]["id"], f"You asked: {u['message']['text']}") for u in batch}
    exactly_once = sum(answers[one] == 1 for one in expected)
    milliseconds = [1000 * one for one in times]
    out = sys.stdout.write
    out(f"webhooks: {len(times)} ({len(again)} sent twice), {AT_ONCE} at once at most\n")
    out(
        f"acknowledged: median {median(milliseconds):.1f} ms, "
        f"p95 {quantiles(milliseconds, n=20)[-1]:.1f} ms, most {max(milliseconds):.1f} ms\n"
    )
    out(f"calls that went wrong: {bot.faults} of {len(bot.calls) + bot.faults}\n")
    out(
        f"answered exactly once: {exactly_once} of {count}, "
        f"answers that nobody asked for: {sum(answers.values()) - exactly_once}, in {took:.1f} s\n"
    )


if __name__ == "__main__":
    main()
