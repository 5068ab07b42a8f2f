"""An answer that a platform cannot take is sent again, politely, until it makes no sense."""

import pytest

from assistant.channels.delivery import GIVE_UP_SECONDS, deliver
from assistant.channels.platform import TryAgain, Undeliverable


class Played:
    """A platform that fails as it is told, and a clock."""

    def __init__(self, *errors):
        self.errors = list(errors)
        self.calls = 0
        self.pauses = []

    async def send(self):
        self.calls += 1
        if self.errors:
            error = self.errors.pop(0)
            if error is not None:
                raise error

    async def sleep(self, seconds):
        self.pauses.append(seconds)

    async def deliver(self):
        return await deliver("telegram", self.send, self.sleep, jitter=lambda: 0.5)


async def test_an_answer_that_is_taken_is_sent_once():
    played = Played()
    assert await played.deliver()
    assert (played.calls, played.pauses) == (1, [])


async def test_an_error_of_the_platform_is_waited_out_longer_each_time():
    played = Played(*[TryAgain("502")] * 4)
    assert await played.deliver()
    assert played.pauses == [0.5, 1.0, 2.0, 4.0]


async def test_a_platform_that_says_how_long_is_obeyed():
    played = Played(TryAgain("429", retry_after=7))
    assert await played.deliver()
    assert played.pauses == [7.5]


async def test_an_answer_that_nobody_takes_is_not_sent_again():
    played = Played(Undeliverable("403"))
    assert not await played.deliver()
    assert played.calls == 1


async def test_nobody_is_answered_after_a_quarter_of_an_hour():
    played = Played(*[TryAgain("500")] * 1000)
    assert not await played.deliver()
    assert GIVE_UP_SECONDS - 61 < sum(played.pauses) <= GIVE_UP_SECONDS


async def test_a_wait_that_is_too_long_is_not_begun():
    played = Played(TryAgain("429", retry_after=86_400))
    assert not await played.deliver()
    assert played.pauses == []


@pytest.mark.parametrize("error", [Undeliverable("403"), TryAgain("429", retry_after=86_400)])
async def test_the_log_says_what_happened_but_not_to_whom(error, caplog):
    await Played(error).deliver()
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert error.code in record.getMessage() and "telegram" in record.getMessage()
