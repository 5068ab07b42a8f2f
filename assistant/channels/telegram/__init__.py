"""Telegram, by its Bot API (https://core.telegram.org/bots/api)."""

from assistant.channels.telegram.platform import Telegram, build

__all__ = ["Telegram", "build"]
