"""Telegram as a platform."""

from __future__ import annotations

import hmac
import json
import re
from typing import Any, Optional, Sequence

from assistant.channels.incoming import Incoming
from assistant.channels.limits import PlatformLimits, utf16_units
from assistant.channels.platform import (
    ChannelSettingsError,
    Finding,
    Platform,
    SendError,
    Undeliverable,
    Unreadable,
    Webhook,
)
from assistant.channels.rendering import Part
from assistant.channels.telegram.api import BotApi
from assistant.channels.telegram.keyboard import inline_keyboard, location_keyboard
from assistant.channels.telegram.set_up import check_bot
from assistant.channels.telegram.updates import read_update
from assistant.channels.texts import SEND_LOCATION
from assistant.i18n import translator
from assistant.settings import Settings

SECRET_HEADER = "x-telegram-bot-api-secret-token"
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,100}")
#: Telegram's own rule is 1 to 256; what can be guessed protects nothing.
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class Telegram(Platform):
    """A bot of Telegram."""

    name = "telegram"
    limits = PlatformLimits(
        text=4096, length=utf16_units, buttons=100, title=40, payload=64, rich=True
    )

    def __init__(self, token: str, secret: str, base_url: str) -> None:
        super().__init__(secret)
        self._api = BotApi(token, base_url)
        self._username: Optional[str] = None

    def trusted(self, webhook: Webhook) -> bool:
        """True when the header has the secret that was given to Telegram with the address."""
        given = webhook.headers.get(SECRET_HEADER, "")
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.secret.encode())

    def read(self, webhook: Webhook) -> Sequence[Incoming]:
        """The message in an update."""
        try:
            update = json.loads(webhook.body)
        except (ValueError, RecursionError):
            raise Unreadable("it is not JSON") from None
        incoming = read_update(update)
        return [] if incoming is None else [incoming]

    async def send(self, address: str, part: Part) -> None:
        """Send a message; if Telegram refuses its buttons, send it without them."""
        message = _message(address, part)
        try:
            await self._api.call("sendMessage", **message)
        except Undeliverable as error:
            plain = {
                key: message[key] for key in message if key not in ("reply_markup", "entities")
            }
            if error.code != "400" or len(plain) == len(message):
                raise
            await self._api.call("sendMessage", **plain)

    async def notice(self, incoming: Incoming) -> None:
        """A button stops turning."""
        if incoming.reference:
            await self._api.call("answerCallbackQuery", callback_query_id=incoming.reference)

    async def leave_group(self, address: str) -> None:
        """Leave a group or a channel."""
        await self._api.call("leaveChat", chat_id=_chat(address))

    async def private_link(self) -> str:
        """The address of the bot."""
        if self._username is None:
            try:
                me = await self._api.call("getMe")
            except SendError:
                return ""
            self._username = str(me.get("username") or "") if isinstance(me, dict) else ""
        return f"https://t.me/{self._username}" if self._username else ""

    async def check(self, address: str, register: bool) -> Sequence[Finding]:
        """Whether the bot can be reached, has its webhook and its commands."""
        return await check_bot(self._api, self.secret, address, register)

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()


def build(settings: Settings) -> Telegram:
    """Telegram with the settings of the installation.

    Raises:
        ChannelSettingsError: naming the setting that is missing or wrong; never its value.
    """
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    secret = settings.telegram_secret.get_secret_value() if settings.telegram_secret else ""
    if not token:
        raise ChannelSettingsError(
            "telegram: set KUNTAOPAS_TELEGRAM_TOKEN to the token that @BotFather gave you"
        )
    if not _TOKEN.fullmatch(token):
        raise ChannelSettingsError(
            "telegram: KUNTAOPAS_TELEGRAM_TOKEN is no token of a bot: it has the form "
            "123456789:letters-and-digits, as @BotFather gives it"
        )
    if not _SECRET.fullmatch(secret):
        state = "has a wrong form" if secret else "is missing"
        raise ChannelSettingsError(
            f"telegram: KUNTAOPAS_TELEGRAM_SECRET {state}: make one of 16 to 256 letters, digits, "
            "- and _, for instance with `openssl rand -hex 32`"
        )
    return Telegram(token, secret, settings.telegram_api)


def _message(address: str, part: Part) -> dict[str, Any]:
    """The parameters of `sendMessage`. The text is plain: no mark-up, so that nothing escapes."""
    message: dict[str, Any] = {
        "chat_id": _chat(address),
        "text": part.text,
        "link_preview_options": {"is_disabled": True},
    }
    if part.spans:
        message["entities"] = [_entity(part.text, span) for span in part.spans]
    if part.quiet:
        message["disable_notification"] = True
    if part.choices:
        message["reply_markup"] = inline_keyboard(part.choices)
    elif part.asks_place:
        title = translator(part.language).gettext(SEND_LOCATION)
        message["reply_markup"] = location_keyboard(title)
    return message


def _entity(text: str, span: Any) -> dict[str, Any]:
    """What stands out, counted as Telegram does (`MessageEntity`)."""
    entity: dict[str, Any] = {
        "type": "text_link" if span.url else "bold",
        "offset": utf16_units(text[: span.start]),
        "length": utf16_units(text[span.start : span.end]),
    }
    return {**entity, "url": span.url} if span.url else entity


def _chat(address: str) -> int:
    return int(address)
