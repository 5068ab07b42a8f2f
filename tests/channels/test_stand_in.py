"""The stand-in for Telegram speaks as Telegram does: its own client library understands it."""

import pytest
import telegram
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from tests.channels.bot_api import TOKEN, USERNAME, Fault, Updates


@pytest.fixture
async def bot(api_address):
    async with telegram.Bot(TOKEN, base_url=f"{api_address}/bot") as opened:
        yield opened


async def test_a_client_knows_the_bot(bot):
    assert (bot.username, bot.bot.is_bot) == (USERNAME, True)


async def test_a_client_sends_a_message_with_buttons(bot, bot_api):
    button = telegram.InlineKeyboardButton("Yes", callback_data="/affirm")
    sent = await bot.send_message(
        1111111, "Hello", reply_markup=telegram.InlineKeyboardMarkup([[button]])
    )
    assert (sent.text, sent.chat.id) == ("Hello", 1111111)
    assert bot_api.sent[0]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "/affirm"


async def test_a_client_sets_webhook_and_commands(bot, bot_api):
    await bot.set_webhook(
        "https://opas.example.fi/x", secret_token="s", allowed_updates=["message"]
    )
    assert (await bot.get_webhook_info()).url == "https://opas.example.fi/x"
    await bot.set_my_commands([("help", "Help")], language_code="fi")
    assert [one.command for one in await bot.get_my_commands(language_code="fi")] == ["help"]


async def test_a_wrong_token_is_refused(api_address):
    with pytest.raises(InvalidToken):
        async with telegram.Bot("1:x", base_url=f"{api_address}/bot"):
            pass


@pytest.mark.parametrize(
    ("text", "more", "error"),
    [
        ("x" * 4097, {}, "message is too long"),
        (" ", {}, "message text is empty"),
        ("x", {"callback_data": "/" + "я" * 40}, "BUTTON_DATA_INVALID"),
    ],
    ids=["too long", "empty", "long payload"],
)
async def test_what_telegram_refuses_is_refused(bot, text, more, error):
    markup = None
    if more:
        button = telegram.InlineKeyboardButton("x", **more)
        markup = telegram.InlineKeyboardMarkup([[button]])
    with pytest.raises(BadRequest, match=f"(?i){error}"):
        await bot.send_message(1, text, reply_markup=markup)


async def test_a_person_can_block_the_bot(bot, bot_api):
    bot_api.blocked.add(7)
    with pytest.raises(Forbidden):
        await bot.send_message(7, "Hello")


async def test_a_flood_is_refused_with_the_time_to_wait(bot, bot_api):
    bot_api.fault = lambda method, given: Fault(429, retry_after=5)
    with pytest.raises(RetryAfter) as error:
        await bot.send_message(1, "Hello")
    assert error.value._retry_after.total_seconds() == 5


def test_its_updates_are_read_by_the_client():
    updates = Updates("http://127.0.0.1")
    text = telegram.Update.de_json(updates.message(text="/start 853", language="fa"), None)
    assert text.effective_message.text == "/start 853"
    assert (text.effective_chat.type, text.effective_user.language_code) == ("private", "fa")
    button = telegram.Update.de_json(updates.pressed("/housing"), None)
    assert button.callback_query.data == "/housing"
    edit = telegram.Update.de_json(updates.edited(updates.message(text="a"), text="b"), None)
    assert edit.edited_message.text == "b"
