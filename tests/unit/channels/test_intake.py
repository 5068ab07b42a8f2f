"""What arrives together is stored together, and before answers are begun."""

import asyncio

import pytest

from assistant.channels import intake as intake_module
from assistant.channels.intake import Intake
from assistant.channels.store import Arrival


class PlayedStore:
    """Remembers what is stored together; it is slow where it has to be."""

    def __init__(self):
        self.batches = []
        self.known = set()
        self.error = None

    def receive(self, arrivals, owner, until):
        if self.error is not None:
            raise self.error
        keys = [arrival.key for arrival in arrivals]
        self.batches.append(keys)
        new = set(keys) - self.known
        self.known |= new
        return new


@pytest.fixture
def played():
    return PlayedStore()


@pytest.fixture
def intake(played):
    return Intake(played, "me", 60.0)


def arrival(key):
    return Arrival("played", key, "a", "", "", "en")


async def test_each_caller_learns_which_of_its_own_are_new(intake):
    assert await intake.keep([arrival("a"), arrival("b")]) == {"a", "b"}
    assert await intake.keep([arrival("b"), arrival("c")]) == {"c"}


async def test_many_at_once_are_few_transactions(intake, played):
    new = await asyncio.gather(*(intake.keep([arrival(str(n))]) for n in range(50)))
    assert new == [{str(n)} for n in range(50)]
    assert len(played.batches) <= 3


async def test_the_same_message_twice_in_a_transaction_is_new_for_one(intake):
    new = await asyncio.gather(*(intake.keep([arrival("a")]) for _ in range(4)))
    assert sorted(map(len, new)) == [0, 0, 0, 1]


async def test_an_error_reaches_every_caller_and_the_next_is_stored(intake, played):
    played.error = OSError("the disk is full")
    failed = await asyncio.gather(
        *(intake.keep([arrival(str(n))]) for n in range(3)), return_exceptions=True
    )
    assert all(isinstance(one, OSError) for one in failed)
    played.error = None
    assert await intake.keep([arrival("x")]) == {"x"}


async def test_nothing_waits_when_nothing_arrives(intake):
    await asyncio.wait_for(intake.quiet(), 5)


async def test_an_answer_waits_for_what_arrives(intake, played):
    order = []

    async def arrive():
        await intake.keep([arrival("a")])
        order.append("stored")

    async def answer():
        await intake.quiet()
        order.append("answered")

    arriving = asyncio.create_task(arrive())
    await asyncio.sleep(0)
    await asyncio.gather(arriving, answer())
    assert order == ["stored", "answered"]


async def test_an_answer_does_not_wait_for_ever(intake, monkeypatch):
    monkeypatch.setattr(intake_module, "PATIENCE_SECONDS", 0.01)
    intake._quiet.clear()  # something arrives all the time
    await asyncio.wait_for(intake.quiet(), 5)
