"""A stand-in for Telegram: it speaks the Bot API over HTTP and sends updates to the webhook.

Answers, errors and limits are those of https://core.telegram.org/bots/api. What the gateway sends
is read with the types of python-telegram-bot, so that what they refuse, the test refuses.
"""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Optional
from urllib.parse import parse_qsl

import httpx
import telegram
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
SECRET = "a-secret-of-the-webhook_0123456789"
USERNAME = "kuntaopas_bot"
LONGEST, MOST_BYTES = 4096, 64


@dataclass
class Fault:
    """What goes wrong with a call.

    Attributes:
        status: of the answer; 0: the connection is dropped instead.
        retry_after: with 429.
        after: it goes wrong after the call was done.
    """

    status: int
    retry_after: Optional[int] = None
    after: bool = False


@dataclass
class Call:
    """A call of a method that was done."""

    method: str
    parameters: dict[str, Any]
    at: float = field(default_factory=time.monotonic)


class BotApi:
    """Telegram, with one bot."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.webhook: dict[str, Any] = {}
        self.commands: dict[str, Any] = {}
        self.blocked: set[int] = set()
        self.refuse_buttons = False
        #: May say that a call goes wrong.
        self.fault: Callable[[str, dict[str, Any]], Optional[Fault]] = lambda method, given: None
        self.faults = 0
        self.app = Starlette(
            routes=[Route("/bot{token}/{method}", self._handle, methods=["GET", "POST"])]
        )
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def of(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of a method."""
        return [call.parameters for call in list(self.calls) if call.method == method]

    @property
    def sent(self) -> list[dict[str, Any]]:
        """The messages that people got."""
        return self.of("sendMessage")

    def texts(self, chat: int) -> list[str]:
        """What a chat got, in its order."""
        return [one["text"] for one in self.sent if one["chat_id"] == chat]

    async def _handle(self, request: Request) -> Response:
        method = request.path_params["method"].lower()
        if request.path_params["token"] != TOKEN:
            return _error(401, "Unauthorized")
        given = await _parameters(request)
        handler = getattr(self, f"_{method}", None)
        if handler is None:
            return _error(404, "Not Found")
        with self._lock:
            fault = self.fault(method, given)
        if fault is not None and not fault.after:
            return self._failed(fault)
        try:
            result = handler(**given)
        except Refusal as refusal:
            return _error(refusal.status, refusal.description)
        except TypeError as error:
            return _error(400, f"Bad Request: {error}")
        self.calls.append(Call(_name(method), given))
        if fault is not None:
            return self._failed(fault)
        return JSONResponse({"ok": True, "result": result})

    def _failed(self, fault: Fault) -> Response:
        self.faults += 1
        if fault.status == 0:
            return _Dropped()
        if fault.status == 429:
            seconds = fault.retry_after or 0
            return _error(
                429,
                f"Too Many Requests: retry after {seconds}",
                parameters={"retry_after": seconds},
                headers={"Retry-After": str(seconds)},
            )
        if fault.status == 502:
            return HTMLResponse("<html><h1>502 Bad Gateway</h1></html>", 502)
        return _error(fault.status, "Internal Server Error")

    def _getme(self) -> Any:
        return {
            "id": 123456789,
            "is_bot": True,
            "first_name": "Kuntaopas",
            "username": USERNAME,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def _setwebhook(
        self,
        url: str,
        secret_token: str = "",
        allowed_updates: Any = None,
        max_connections: int = 40,
        drop_pending_updates: bool = False,
        ip_address: str = "",
    ) -> Any:
        if not url.startswith("https://"):
            raise Refusal(
                400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
            )
        self.webhook = {
            "url": url,
            "secret_token": secret_token,
            "allowed_updates": allowed_updates,
            "max_connections": max_connections,
        }
        return True

    def _deletewebhook(self, drop_pending_updates: bool = False) -> Any:
        self.webhook = {}
        return True

    def _getwebhookinfo(self) -> Any:
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": 0,
            **{key: self.webhook[key] for key in ("allowed_updates",) if self.webhook.get(key)},
        }

    def _setmycommands(self, commands: Any, scope: Any = None, language_code: str = "") -> Any:
        read = [telegram.BotCommand.de_json(one, None) for one in commands]
        if not 0 < len(read) <= 100 or not all(
            1 <= len(one.command) <= 32 and 1 <= len(one.description) <= 256 for one in read
        ):
            raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        self.commands[language_code] = commands
        return True

    def _getmycommands(self, scope: Any = None, language_code: str = "") -> Any:
        return self.commands.get(language_code, [])

    def _sendmessage(
        self,
        chat_id: int,
        text: str,
        entities: Any = None,
        reply_markup: Any = None,
        link_preview_options: Any = None,
        disable_notification: bool = False,
        parse_mode: str = "",
    ) -> Any:
        if chat_id in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        length = len(text.encode("utf-16-le")) // 2
        if length > LONGEST:
            raise Refusal(400, "Bad Request: message is too long")
        for one in entities or []:
            entity = telegram.MessageEntity.de_json(one, None)
            if entity.offset < 0 or entity.offset + entity.length > length:
                raise Refusal(400, "Bad Request: entity is out of the text")
        if reply_markup is not None:
            self._check_markup(reply_markup)
        number = next(self._numbers)
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat_id, "type": "private"},
            "text": text,
        }
        telegram.Message.de_json(message, None)
        return message

    def _check_markup(self, markup: Any) -> None:
        if self.refuse_buttons:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        if "inline_keyboard" not in markup:
            telegram.ReplyKeyboardMarkup.de_json(markup, None)
            return
        read = telegram.InlineKeyboardMarkup.de_json(markup, None)
        buttons = [button for row in read.inline_keyboard for button in row]
        if not buttons or len(buttons) > 100:
            raise Refusal(400, "Bad Request: reply markup is too long")
        for button in buttons:
            if not 1 <= len(button.callback_data.encode()) <= MOST_BYTES:
                raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")

    def _answercallbackquery(
        self, callback_query_id: str, text: str = "", show_alert: bool = False
    ) -> Any:
        return True

    def _leavechat(self, chat_id: int) -> Any:
        return True


class Refusal(Exception):
    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


class _Dropped(Response):
    """The connection ends in the middle of the answer."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-length", b"1000"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"ok": tr', "more_body": True})
        raise ConnectionError("dropped")


_NAMES = {
    name.lower(): name
    for name in (
        "getMe",
        "setWebhook",
        "deleteWebhook",
        "getWebhookInfo",
        "setMyCommands",
        "getMyCommands",
        "sendMessage",
        "answerCallbackQuery",
        "leaveChat",
    )
}


def _name(method: str) -> str:
    return _NAMES[method]


async def _parameters(request: Request) -> dict[str, Any]:
    """From the address, as a form or as JSON, as the API takes them."""
    given: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        given.update(json.loads(await request.body() or b"{}"))
        return given
    given.update(parse_qsl((await request.body()).decode()))
    # In an address and in a form, everything but a text is JSON.
    return {name: value if name in _TEXTS else json.loads(value) for name, value in given.items()}


_TEXTS = ("text", "url", "secret_token", "language_code", "callback_query_id", "ip_address")


def _error(
    status: int,
    description: str,
    parameters: Optional[dict[str, Any]] = None,
    headers: Optional[dict[str, str]] = None,
) -> JSONResponse:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return JSONResponse(body, status, headers=headers)


class Updates:
    """Makes updates as Telegram does, numbered, and posts them to the webhook."""

    def __init__(self, address: str, secret: str = SECRET) -> None:
        self.url = f"{address}/webhooks/telegram/webhook"
        self.secret = secret
        self._numbers = itertools.count(10_000)
        self._messages: dict[int, itertools.count[int]] = defaultdict(lambda: itertools.count(1365))
        self.client = httpx.Client(timeout=10)

    def message(self, chat: int = 1111111, language: str = "en", **content: Any) -> dict[str, Any]:
        """An update with a message of a private chat."""
        return {
            "update_id": next(self._numbers),
            "message": {
                "message_id": next(self._messages[chat]),
                "date": int(time.time()),
                "chat": private_chat(chat),
                "from": person(chat, language),
                **content,
            },
        }

    def edited(self, update: dict[str, Any], **content: Any) -> dict[str, Any]:
        """The update that follows when the person edits a message."""
        message = {**update["message"], "edit_date": int(time.time()), **content}
        return {"update_id": next(self._numbers), "edited_message": message}

    def pressed(self, data: Any, chat: int = 1111111, language: str = "en") -> dict[str, Any]:
        """An update with a pressed button."""
        return {
            "update_id": next(self._numbers),
            "callback_query": {
                "id": f"4382bfdwdsb323b2d9{next(self._numbers)}",
                "from": person(chat, language),
                "message": {
                    "message_id": 17,
                    "date": int(time.time()),
                    "chat": private_chat(chat),
                    "text": "Choose.",
                },
                "chat_instance": "-5567434343",
                "data": data,
            },
        }

    def post(self, update: Any, **headers: str) -> httpx.Response:
        """Send an update as Telegram does."""
        given = {"X-Telegram-Bot-Api-Secret-Token": self.secret, **headers}
        return self.client.post(self.url, json=update, headers=given)

    def says(self, text: str, chat: int = 1111111, **more: Any) -> dict[str, Any]:
        """Somebody writes; the update is returned."""
        update = self.message(chat, text=text, **more)
        assert self.post(update).status_code == 200
        return update


def person(number: int, language: str) -> dict[str, Any]:
    """A `User`, as in the examples of the documentation."""
    return {
        "last_name": "Test Lastname",
        "id": number,
        "is_bot": False,
        "first_name": "Test",
        "username": "Testusername",
        "language_code": language,
    }


def private_chat(number: int) -> dict[str, Any]:
    """A `Chat` with one person."""
    return {
        "last_name": "Test Lastname",
        "id": number,
        "type": "private",
        "first_name": "Test",
        "username": "Testusername",
    }
