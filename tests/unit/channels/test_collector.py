"""Every answer is kept whole, and nobody goes without one."""

from assistant.channels.collector import MessageCollector
from assistant.dialogue.apology import apology


async def collected(*messages):
    collector = MessageCollector()
    for message in messages:
        await collector.send_response("p", message)
    return collector


async def test_text_buttons_and_the_structured_message_stay_together():
    answer = {
        "text": "a\n\nb",
        "buttons": [{"title": "x", "payload": "/x"}],
        "custom": {"kind": "info"},
    }
    collector = await collected(answer)
    assert collector.messages == [{"recipient_id": "p", **answer}]


async def test_empty_parts_are_left_out():
    collector = await collected({"text": "a", "buttons": [], "custom": {}, "image": None})
    assert collector.messages == [{"recipient_id": "p", "text": "a"}]


async def test_an_empty_answer_is_none():
    assert (await collected({"text": "", "buttons": []})).messages == []


async def test_a_turn_without_an_answer_ends_with_an_apology():
    collector = await collected()
    collector.close("p", "so")
    sorry = apology("so")
    assert collector.messages == [{"recipient_id": "p", "text": sorry["text"], "custom": sorry}]


async def test_a_turn_with_an_answer_ends_without_an_apology():
    collector = await collected({"text": "a"})
    collector.close("p", "so")
    assert len(collector.messages) == 1
