"""Registers a bot: its webhook and its commands in every language."""

from __future__ import annotations

from typing import Any, Optional
from urllib.parse import urlsplit

from assistant.channels.platform import Finding, SendError
from assistant.channels.replying import DELETE, HELP, LANGUAGE, START
from assistant.channels.telegram.api import BotApi
from assistant.channels.telegram.updates import ALLOWED_UPDATES
from assistant.i18n import COMPLETE, SOURCE_LANGUAGE, translator

#: Ports that Telegram calls.
PORTS = (443, 80, 88, 8443)
MOST_CONNECTIONS = 40
#: Descriptions of the commands; they are names of needs and texts of the website.
COMMANDS = {
    START: "Start over",
    LANGUAGE: "Change the language",
    DELETE: "Delete this conversation",
    HELP: "What this assistant can do",
}


def commands(language: str) -> list[dict[str, str]]:
    """The commands (`BotCommand`) with their descriptions in a language."""
    texts = translator(language)
    return [
        {"command": name, "description": texts.gettext(description)}
        for name, description in COMMANDS.items()
    ]


async def check_bot(api: BotApi, secret: str, address: str, register: bool) -> list[Finding]:
    """Look at a bot and, if wanted, register what is missing.

    Args:
        api: of the bot.
        secret: that Telegram has to send with every update.
        address: of the webhook.
        register: tell Telegram the webhook and the commands.
    """
    problem = address_problem(address)
    if problem is not None:
        return [Finding(False, problem)]
    try:
        me = await api.call("getMe")
    except SendError as error:
        return [Finding(False, _unreachable(error))]
    findings = [Finding(True, f"telegram: the bot @{_field(me, 'username')} is reached")]
    try:
        if register:
            await _register(api, secret, address)
        findings += await _webhook(api, address)
        findings += await _commands(api)
    except SendError as error:
        findings.append(Finding(False, f"telegram: the API answered with an error: {error.code}"))
    return findings


def address_problem(address: str) -> Optional[str]:
    """Why Telegram cannot call an address; None if it can."""
    parts = urlsplit(address)
    wanted = "set KUNTAOPAS_PUBLIC_URL to the address at which the internet reaches the gateway"
    if parts.scheme != "https":
        return f"telegram: webhooks need https, not {address}: {wanted}"
    if parts.hostname in ("localhost", "127.0.0.1", "0.0.0.0", "::1"):
        return f"telegram: {parts.hostname} is this machine alone: {wanted}"
    if (parts.port or 443) not in PORTS:
        ports = ", ".join(map(str, PORTS))
        return f"telegram: webhooks use one of the ports {ports}, not {parts.port}: {wanted}"
    return None


async def _register(api: BotApi, secret: str, address: str) -> None:
    await api.call(
        "setWebhook",
        url=address,
        secret_token=secret,
        allowed_updates=ALLOWED_UPDATES,
        max_connections=MOST_CONNECTIONS,
    )
    await api.call("setMyCommands", commands=commands(SOURCE_LANGUAGE))
    for language in COMPLETE:
        await api.call("setMyCommands", commands=commands(language), language_code=language)


async def _webhook(api: BotApi, address: str) -> list[Finding]:
    known = await api.call("getWebhookInfo")
    if _field(known, "url") != address:
        return [
            Finding(
                False,
                "telegram: the webhook is not registered, or leads elsewhere: "
                "run `kuntaopas channels check` without --no-register",
            )
        ]
    waiting = _field(known, "pending_update_count") or 0
    findings = [Finding(True, f"telegram: the webhook is {address} ({waiting} messages wait)")]
    if _field(known, "last_error_message"):
        findings.append(
            Finding(
                True,
                "telegram: the last error that Telegram had with the webhook: "
                f"{_field(known, 'last_error_message')}",
            )
        )
    return findings


async def _commands(api: BotApi) -> list[Finding]:
    lacking = [
        language
        for language in COMPLETE
        if await api.call("getMyCommands", language_code=language) != commands(language)
    ]
    if lacking:
        return [
            Finding(
                False,
                f"telegram: the commands are not registered in {', '.join(lacking)}: "
                "run `kuntaopas channels check` without --no-register",
            )
        ]
    return [Finding(True, f"telegram: the commands are registered in {len(COMPLETE)} languages")]


def _unreachable(error: SendError) -> str:
    if error.code in ("401", "404"):
        return (
            "telegram: the API does not know this token: copy it again from @BotFather into "
            "KUNTAOPAS_TELEGRAM_TOKEN"
        )
    return (
        f"telegram: the API cannot be reached ({error.code}): check that this machine may open "
        "https://api.telegram.org"
    )


def _field(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None
