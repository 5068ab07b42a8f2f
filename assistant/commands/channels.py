"""`kuntaopas channels`: messaging apps."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import typer

from assistant.commands.common import AsJson, CommandFailed, print_json

channels_app = typer.Typer(help="Messaging apps.")


@channels_app.callback()
def channels() -> None:
    """Messaging apps."""


@channels_app.command("check")
def channels_check(
    register: bool = typer.Option(
        True, help="Tell the platforms the address of the webhook, the commands and the like"
    ),
    as_json: bool = AsJson,
) -> None:
    """Check the settings of the channels that are switched on, and register with the platforms.

    Ends with 1 when something is not in order.
    """
    from assistant.settings import get_settings

    settings = get_settings()
    if not settings.enabled_channels:
        raise CommandFailed(
            "no channel is switched on: set KUNTAOPAS_CHANNELS, for instance to telegram"
        )
    findings = asyncio.run(_check(settings, register))
    if as_json:
        print_json([{"ok": one.ok, "text": one.text} for one in findings])
    else:
        for one in findings:
            sys.stdout.write(f"{'ok' if one.ok else 'error'}: {one.text}\n")
    if not all(one.ok for one in findings):
        sys.exit(1)


async def _check(settings: Any, register: bool) -> list[Any]:
    from assistant.channels.platform import Finding
    from assistant.channels.registry import build_platforms

    platforms, problems = build_platforms(settings)
    findings = [Finding(False, problem) for problem in problems]
    for name, platform in platforms.items():
        findings.append(Finding(True, f"{name}: the settings are complete"))
        address = f"{settings.public_address}/webhooks/{name}/webhook"
        try:
            findings += await platform.check(address, register)
        finally:
            await platform.close()
    return findings
