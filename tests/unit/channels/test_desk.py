"""Messages are acknowledged at once and answered once, in order, whatever happens."""

import asyncio
import logging
import time

import pytest

from assistant.channels import desk as desk_module
from assistant.channels import texts
from assistant.channels.desk import Busy, Desk
from assistant.channels.limits import PlatformLimits
from assistant.channels.platform import TryAgain, Undeliverable, Webhook
from assistant.channels.sealing import Sealer
from assistant.channels.store import Arrival, ChannelStore
from assistant.dialogue.apology import apology
from assistant.dialogue.messages import message
from tests.unit.channels.played import PlayedDialogue, PlayedPlatform, webhook


@pytest.fixture(autouse=True)
def known(store):
    """Two people who have talked before, in English: their answers come without a greeting."""
    sealer = Sealer("played", PlayedPlatform().secret)
    names = {person: sealer.name("address", person) for person in ("p1", "p2")}
    for person, name in names.items():
        sealed = sealer.seal({"address": person})
        store.receive([Arrival("played", person, name, sealed, "", "en")], "x", time.time() + 60)
        store.done(person)
    return names


@pytest.fixture
def take(desk, platform):
    async def send(*messages):
        return await desk.take(platform, webhook(*messages))

    return send


@pytest.fixture
def settled(desk):
    async def until():
        while desk.waiting:
            await asyncio.sleep(0.005)

    return until


def text(number, words, **values):
    return {"id": str(number), "text": words, "order": number, **values}


async def test_a_message_is_answered_where_it_came_from(take, settled, platform):
    assert await take(text(1, "daycare")) == 1
    await settled()
    assert platform.sent[0][0] == "p1"
    assert platform.texts() == ["Answer to daycare."]


async def test_a_message_that_is_sent_again_is_answered_once(take, settled, platform):
    await take(text(1, "daycare"))
    await settled()
    assert await take(text(1, "daycare")) == 0
    await settled()
    assert platform.texts() == ["Answer to daycare."]


async def test_the_same_message_at_the_same_moment_is_answered_once(take, settled, platform):
    new = await asyncio.gather(*(take(text(1, "daycare")) for _ in range(5)))
    await settled()
    assert sum(new) == 1
    assert platform.texts() == ["Answer to daycare."]


async def test_the_same_words_again_are_another_message(take, settled, platform):
    await take(text(1, "hello"), text(2, "hello"))
    await settled()
    assert len(platform.texts()) == 2


async def test_messages_of_a_person_are_answered_in_their_order(take, settled, platform, dialogue):
    async def slowly(talk, words, cut, key):
        await asyncio.sleep(0.03 if words == "a" else 0)
        return [message("en", words)]

    dialogue.said = slowly
    for number, words in enumerate("abc"):
        await take(text(number, words))
    await settled()
    assert platform.texts() == ["a", "b", "c"]


async def test_a_message_that_was_overtaken_is_answered_first(take, settled, platform, monkeypatch):
    monkeypatch.setattr(desk_module, "SETTLE_SECONDS", 0.05)
    for number in (3, 1, 2):
        await take(text(number, str(number)))
    await settled()
    assert platform.texts() == ["Answer to 1.", "Answer to 2.", "Answer to 3."]


async def test_nobody_waits_for_another_person(take, settled, platform, dialogue):
    gate = asyncio.Event()

    async def answer(talk, words, cut, key):
        if words == "slow":
            await gate.wait()
        return [message("en", words)]

    dialogue.said = answer
    await take(text(1, "slow"), text(2, "quick", address="p2"))
    while not platform.sent:
        await asyncio.sleep(0.005)
    assert platform.texts() == ["quick"]
    gate.set()
    await settled()


async def test_taking_a_message_does_not_wait_for_its_answer(take, desk, dialogue, settled):
    gate = asyncio.Event()

    async def answer(talk, words, cut, key):
        await gate.wait()
        return [message("en", words)]

    dialogue.said = answer
    assert await asyncio.wait_for(take(text(1, "slow")), 5) == 1
    assert desk.waiting
    gate.set()
    await settled()


@pytest.mark.parametrize("kind", ["deleted", "reaction"])
async def test_what_needs_no_answer_gets_none(take, settled, platform, rows, kind):
    assert await take({"id": "1", "kind": kind}) == 0
    await settled()
    assert platform.sent == []


async def test_an_error_of_the_platform_is_waited_out(take, settled, platform, pauses):
    platform.errors = [TryAgain("502"), TryAgain("429", retry_after=3)]
    await take(text(1, "a"))
    await settled()
    assert platform.texts() == ["Answer to a."]
    assert len(pauses) == 2 and 3 <= pauses[1] <= 4


async def test_what_cannot_be_delivered_is_logged_without_content(take, settled, platform, caplog):
    platform.errors = [Undeliverable("403")]
    await take(text(1, "my secret need"))
    await settled()
    assert platform.sent == []
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert "403" in logged
    assert "secret" not in logged and "p1" not in logged


async def test_an_answer_that_fails_is_an_apology(take, settled, platform, dialogue, caplog):
    async def fail(talk, words, cut, key):
        raise RuntimeError(f"cannot answer {words}")

    dialogue.said = fail
    await take(text(1, "my secret need", language="so"))  # the app's language, not the person's
    await settled()
    assert platform.texts() == [apology("en")["text"]]
    assert "RuntimeError in test_desk.py" in caplog.text and "secret" not in caplog.text


async def test_one_failure_does_not_stop_what_follows(take, settled, platform):
    platform.errors = [ValueError("broken")]
    await take(text(1, "a"), text(2, "b"))
    await settled()
    assert platform.texts() == ["Answer to b."]


async def test_a_webhook_that_cannot_be_read_is_acknowledged(desk, platform, caplog):
    assert await desk.take(platform, Webhook("POST", "https://x", body=b"secret{")) == 0
    assert "secret" not in caplog.text and "not JSON" in caplog.text


async def test_a_webhook_that_breaks_the_reader_is_acknowledged(desk, platform, caplog):
    assert await desk.take(platform, Webhook("POST", "https://x", body=b'[{"secret": 1}]')) == 0
    assert "secret" not in caplog.text and "KeyError" in caplog.text


async def test_every_message_is_noticed_once(take, settled, platform):
    await take(text(1, "a"))
    await settled()
    await take(text(1, "a"))
    await settled()
    assert platform.noticed == ["1"]


async def test_an_answer_does_not_depend_on_the_notice(take, settled, platform):
    async def fail(incoming):
        raise TryAgain("500")

    platform.notice = fail
    await take(text(1, "a"))
    await settled()
    assert platform.texts() == ["Answer to a."]


async def test_personal_data_is_masked_before_anything_is_stored(take, settled, rows, dialogue):
    await take(text(1, "call 040 123 4567"))
    await settled()
    assert dialogue.heard == ["call [phone number]"]


async def test_the_database_leads_to_nobody(desk, take, settled, database, rows):
    await take(text(1, "a", address="358401234567"))
    await settled()
    rows("channel_seen")
    files = [path.read_bytes() for path in database.parent.iterdir() if path.is_file()]
    assert not any(b"358401234567" in content for content in files)


async def test_one_who_floods_is_told_so_once(take, settled, platform, dialogue, rows, monkeypatch):
    monkeypatch.setattr(desk_module, "MOST_OF_ONE", 3)
    await take(*(text(number, str(number)) for number in range(10)))
    await settled()
    assert dialogue.heard == ["0", "1", "2"]
    assert platform.texts()[-1] == texts.TOO_MANY and len(platform.texts()) == 4
    assert rows("channel_pending") == []
    await take(text(11, "later"))
    await settled()
    assert dialogue.heard[-1] == "later"


async def test_more_messages_a_minute_than_are_allowed_are_refused(
    platform, store, dialogue, settled
):
    desk = Desk({"played": platform}, store, dialogue, allowed=lambda address: 5.0)
    await desk.take(platform, webhook(text(1, "a"), text(2, "b")))
    while desk.waiting:
        await asyncio.sleep(0.005)
    assert (platform.texts(), dialogue.heard) == ([texts.TOO_MANY], [])


async def test_when_all_is_full_the_platform_has_to_send_again(take, monkeypatch, rows):
    monkeypatch.setattr(desk_module, "MOST_OF_ALL", 1)
    with pytest.raises(Busy):
        await take(text(1, "a"), text(2, "b"))
    assert rows("channel_pending") == []


async def test_a_group_is_refused_once_and_left(take, settled, platform, rows):
    await take({"id": "1", "kind": "group", "address": "g", "language": "fi"})
    await take({"id": "2", "kind": "group", "address": "g"})
    await settled()
    assert len(platform.texts("g")) == 1
    assert platform.left == ["g", "g"]
    assert len(rows("conversations")) == 2  # of the two people


async def test_numbered_choices_are_remembered(take, settled, platform, dialogue):
    given = [{"title": "Yes", "payload": "/affirm"}, {"title": "A home", "payload": "/housing"}]
    dialogue.answers["which?"] = [message("en", "Which?", kind="question", buttons=given)]
    await take(text(1, "which?"))
    await settled()
    await take(text(2, "2"))
    await settled()
    assert dialogue.heard == ["which?", "/housing"]


async def test_what_was_not_finished_is_answered_after_a_restart(
    take, desk, platform, store, dialogue, monkeypatch
):
    monkeypatch.setattr(desk_module, "STOP_SECONDS", 0.05)
    gate = asyncio.Event()

    async def hang(talk, words, cut, key):
        await gate.wait()

    dialogue.said = hang
    await take(text(1, "first"), text(2, "second"))
    await asyncio.sleep(0.05)
    await desk.stop()
    assert platform.sent == []
    other, heard = PlayedPlatform(), PlayedDialogue()
    again = Desk({"played": other}, store, heard)
    await again.start()
    while len(other.sent) < 2:
        await asyncio.sleep(0.01)
    await again.stop()
    assert other.texts("p1") == ["Answer to first.", "Answer to second."]


async def test_after_a_restart_only_the_parts_that_were_not_sent_are_sent(
    take, desk, platform, store, dialogue, monkeypatch
):
    monkeypatch.setattr(desk_module, "STOP_SECONDS", 0.05)
    monkeypatch.setattr(PlayedPlatform, "limits", PlatformLimits(text=40))
    sentences = [f"This is a sentence with the number {n}." for n in range(1, 5)]
    dialogue.answers["long"] = [message("en", " ".join(sentences))]
    hanging = asyncio.Event()
    send = platform.send

    async def two_then_hang(address, part):
        if len(platform.sent) == 2:
            await hanging.wait()
        await send(address, part)

    platform.send = two_then_hang
    await take(text(1, "long"))
    await asyncio.sleep(0.2)
    await desk.stop()
    other = PlayedPlatform()
    again = Desk({"played": other}, store, PlayedDialogue())
    await again.start()
    while len(other.sent) < 2:
        await asyncio.sleep(0.01)
    await again.stop()
    assert platform.texts() + other.texts() == sentences


async def test_a_busy_process_does_not_take_over_from_itself(
    take, desk, settled, platform, dialogue, store, execute
):
    gate = asyncio.Event()

    async def hang(talk, words, cut, key):
        await gate.wait()
        return [message("en", words)]

    dialogue.said = hang
    await take(text(1, "slow"))
    execute("UPDATE channel_pending SET claimed_until = 0")
    for waiting in store.claim(["played"], desk._owner, time.time(), time.time() + 60):
        await desk._take_over(waiting)
    gate.set()
    await settled()
    assert platform.texts() == ["slow"]


async def test_what_was_sealed_with_another_secret_is_dropped(store, dialogue, rows, caplog):
    store.receive([Arrival("played", "k", None, "", "sealed", "en")], "dead", 0)
    desk = Desk({"played": PlayedPlatform()}, store, dialogue)
    await desk.start()
    while rows("channel_pending"):
        await asyncio.sleep(0.01)
    await desk.stop()
    assert "another secret" in caplog.text


async def test_a_person_is_told_what_is_no_answer(desk, settled, platform, store, known):
    conversation = store.open("played", known["p1"], "", "en").conversation.id
    assert await desk.tell(conversation, [message("en", "Someone writes to you.")])
    await settled()
    assert [(to, part.text) for to, part in platform.sent] == [("p1", "Someone writes to you.")]
    assert not await desk.tell("nobody", [message("en", "x")])


async def test_the_next_message_after_deleting_begins_a_new_conversation(
    desk, take, settled, platform, dialogue, store, database
):
    from assistant.privacy.erasure import forget
    from assistant.settings import Settings

    settings = Settings(home=database.parent, database_url=None)

    async def erase(conversation_id):
        forget(conversation_id, settings)

    dialogue.erase = erase
    await take(text(1, "/delete"))
    await settled()
    confirm = platform.sent[-1][1]
    assert "1. Delete" in confirm.text
    await take(text(2, "1"), text(3, "hello"))
    await settled()
    # The greeting says again that this is an assistant.
    assert platform.texts()[1:] == [
        f"{texts.DELETED}\n{texts.DELETE_HERE_TOO}",
        "Hello from None!",
        "Answer to hello.",
    ]


async def test_an_answer_is_given_without_the_database(take, desk, settled, platform, monkeypatch):
    from sqlalchemy.exc import OperationalError

    def broken(*arguments):
        raise OperationalError("x", {}, Exception())

    await take(text(1, "a"))
    await settled()
    monkeypatch.setattr(ChannelStore, "open", broken)
    monkeypatch.setattr(ChannelStore, "done", broken)
    await take(text(2, "b", language="fi"))
    await settled()
    assert platform.texts()[-1] == apology("fi")["text"]


async def test_no_log_says_what_was_said(take, settled, caplog):
    caplog.set_level(logging.DEBUG, logger="assistant")
    await take(text(1, "my secret need"))
    await settled()
    assert "secret" not in caplog.text
