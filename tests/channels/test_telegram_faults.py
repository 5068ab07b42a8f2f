"""Whatever goes wrong between us and Telegram, each message is answered exactly once."""

import collections
import random
import threading
import time

import httpx
import pytest

from assistant.channels import delivery, desk
from assistant.gateway.app import create_app
from tests.channels.bot_api import Fault, Updates
from tests.channels.servers import gateway

CHAT = 1111111


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Waits are short here."""
    monkeypatch.setattr(delivery, "FIRST_WAIT", 0.01)


def once(*faults):
    """Faults of the first messages that are sent, one each."""
    left = list(faults)
    return lambda method, given: left.pop(0) if left and method == "sendmessage" else None


@pytest.fixture
def greeted(updates, settled, bot_api):
    updates.says("/start")
    settled()
    bot_api.calls.clear()


@pytest.mark.parametrize("status", [500, 502, 503, 0])
def test_an_error_of_telegram_delays_the_answer(greeted, updates, settled, bot_api, status):
    bot_api.fault = once(Fault(status), Fault(status))
    updates.says("hello")
    settled()
    assert bot_api.texts(CHAT) == ["You asked: hello"]
    assert bot_api.faults == 2


def test_a_flood_is_waited_out_as_long_as_telegram_says(greeted, updates, settled, bot_api):
    bot_api.fault = once(Fault(429, retry_after=1))
    began = time.monotonic()
    updates.says("hello")
    settled()
    assert bot_api.texts(CHAT) == ["You asked: hello"]
    assert time.monotonic() - began > 1


def test_an_error_keeps_the_order_of_answers(greeted, updates, settled, bot_api):
    bot_api.fault = once(Fault(502), Fault(502))
    for text in "abc":
        updates.says(text)
    settled()
    assert bot_api.texts(CHAT) == ["You asked: a", "You asked: b", "You asked: c"]


def test_who_has_blocked_the_bot_does_not_stop_others(greeted, updates, settled, bot_api):
    bot_api.blocked.add(7)
    updates.says("hello", chat=7)
    updates.says("hello")
    settled()
    assert bot_api.texts(CHAT) == ["You asked: hello"]
    assert bot_api.texts(7) == []


def test_messages_are_answered_exactly_once_with_redelivery_and_errors(
    updates, settled, bot_api, rasa
):
    """What `benchmarks.channels` measures with 1,000 messages, smaller."""
    chance = random.Random(8)

    def fault(method, given):
        return Fault(chance.choice([429, 500, 502])) if chance.random() < 0.05 else None

    bot_api.fault = fault
    count, people = 200, 20
    batch = [updates.message(1 + n % people, text=f"question {n}") for n in range(count)]
    everything = batch + [update for update in batch if chance.random() < 0.2]
    # Some overtake others a little, as on parallel connections.
    places = {id(update): place + chance.uniform(0, 3) for place, update in enumerate(everything)}
    everything.sort(key=lambda update: places[id(update)])

    def post(part):
        for update in part:
            assert updates.post(update).status_code == 200

    threads = [threading.Thread(target=post, args=(everything[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    settled()
    answers = collections.Counter(
        (one["chat_id"], one["text"]) for one in bot_api.sent if "question" in one["text"]
    )
    assert answers == {(1 + n % people, f"You asked: question {n}"): 1 for n in range(count)}
    assert len(rasa.heard) == count
    assert bot_api.faults > 0


def test_what_was_acknowledged_is_answered_after_a_restart(
    app, bot_api, rasa, settings, wait, monkeypatch
):
    monkeypatch.setattr(desk, "STOP_SECONDS", 0.1)
    bot_api.fault = lambda method, given: Fault(503)  # nothing can be sent now
    with gateway(app) as address:
        Updates(address).says("hello")
        wait(lambda: bot_api.faults)
    assert bot_api.sent == []
    bot_api.fault = lambda method, given: None
    with gateway(create_app(settings, httpx.MockTransport(rasa))):
        wait(lambda: bot_api.sent)
        wait(lambda: bot_api.texts(CHAT)[-1:] == ["You asked: hello"])
    assert len(rasa.heard) == 1
    assert len(bot_api.texts(CHAT)) == 2  # with the greeting
