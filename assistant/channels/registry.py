"""The messaging apps that there are."""

from __future__ import annotations

from typing import Callable

from assistant.channels import telegram
from assistant.channels.platform import ChannelSettingsError, Platform
from assistant.settings import Settings

#: How each platform is built from the settings; a builder raises `ChannelSettingsError`.
BUILDERS: dict[str, Callable[[Settings], Platform]] = {
    telegram.Telegram.name: telegram.build,
}


def build_platforms(settings: Settings) -> tuple[dict[str, Platform], list[str]]:
    """The platforms that are switched on (`KUNTAOPAS_CHANNELS`), and why some cannot be used."""
    platforms: dict[str, Platform] = {}
    problems = []
    for name in dict.fromkeys(settings.enabled_channels):
        try:
            platforms[name] = build_platform(name, settings)
        except ChannelSettingsError as error:
            problems.append(str(error))
    return platforms, problems


def build_platform(name: str, settings: Settings) -> Platform:
    """One platform.

    Raises:
        ChannelSettingsError: if there is none of the name, or a setting is missing or wrong.
    """
    builder = BUILDERS.get(name)
    if builder is None:
        raise ChannelSettingsError(
            f"KUNTAOPAS_CHANNELS: there is no channel {name!r}: choose of {', '.join(BUILDERS)}"
        )
    return builder(settings)
