"""A channel works with all its settings or not at all, and says what is missing."""

import pytest

from assistant.channels.platform import ChannelSettingsError
from assistant.channels.registry import BUILDERS, build_platform, build_platforms
from assistant.channels.telegram.set_up import COMMANDS, address_problem, commands
from assistant.i18n import COMPLETE, translator
from assistant.settings import Settings

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
SECRET = "a-secret-of-the-webhook_0123456789"


def settings(**values):
    given = {"channels": "telegram", "telegram_token": TOKEN, "telegram_secret": SECRET, **values}
    return Settings(**given)


def test_a_channel_with_its_settings_is_built():
    platforms, problems = build_platforms(settings())
    assert (list(platforms), problems) == (["telegram"], [])


def test_no_channel_is_switched_on_by_itself():
    assert build_platforms(settings(channels="")) == ({}, [])


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"telegram_token": None}, "KUNTAOPAS_TELEGRAM_TOKEN"),
        ({"telegram_token": "no-token"}, "KUNTAOPAS_TELEGRAM_TOKEN"),
        ({"telegram_token": f"{TOKEN}/../x"}, "KUNTAOPAS_TELEGRAM_TOKEN"),
        ({"telegram_secret": None}, "KUNTAOPAS_TELEGRAM_SECRET is missing"),
        ({"telegram_secret": "short"}, "KUNTAOPAS_TELEGRAM_SECRET has a wrong form"),
        ({"telegram_secret": "ä" * 32}, "KUNTAOPAS_TELEGRAM_SECRET has a wrong form"),
    ],
)
def test_a_missing_or_wrong_setting_is_named_in_one_line_without_its_value(values, told):
    with pytest.raises(ChannelSettingsError) as error:
        build_platform("telegram", settings(**values))
    assert told in str(error.value) and "\n" not in str(error.value)
    assert not any(value and str(value) in str(error.value) for value in values.values())


def test_a_channel_that_there_is_not_is_named():
    platforms, problems = build_platforms(settings(channels="telegram,pigeon"))
    assert list(platforms) == ["telegram"]
    assert "'pigeon'" in problems[0] and "telegram" in problems[0]


def test_the_settings_never_show_a_secret():
    shown = repr(settings()) + str(settings().dict())
    assert TOKEN not in shown and SECRET not in shown


def test_names_of_channels_fit_the_database():
    assert all(len(name) <= 16 and name.isascii() for name in BUILDERS)


@pytest.mark.parametrize("language", COMPLETE)
def test_commands_are_described_in_every_language(language):
    described = commands(language)
    assert [one["command"] for one in described] == ["start", "language", "delete", "help"]
    assert all(translator(language).has(text) for text in COMMANDS.values())
    assert all(3 <= len(one["description"]) <= 256 for one in described)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://opas.example.fi/x", "https"),
        ("https://127.0.0.1/x", "this machine"),
        ("https://localhost:8443/x", "this machine"),
        ("https://opas.example.fi:8080/x", "ports 443, 80, 88, 8443"),
    ],
)
def test_an_address_that_telegram_cannot_call_is_explained(address, told):
    assert told in address_problem(address) and "KUNTAOPAS_PUBLIC_URL" in address_problem(address)


@pytest.mark.parametrize("address", ["https://opas.example.fi/x", "https://opas.example.fi:8443/x"])
def test_an_address_that_telegram_can_call_is_in_order(address):
    assert address_problem(address) is None
