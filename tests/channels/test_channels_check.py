"""`kuntaopas channels check`: settings, the way to the platform, webhook and commands."""

import json

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.i18n import COMPLETE
from assistant.settings import get_settings
from tests.channels.bot_api import SECRET, TOKEN, Fault

WEBHOOK = "https://opas.example.fi/webhooks/telegram/webhook"


@pytest.fixture
def check(monkeypatch, tmp_path, api_address):
    """Runs the command with complete settings and what a test changes."""

    def run(*options, **changes):
        values = {
            "HOME": str(tmp_path),
            "CHANNELS": "telegram",
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_SECRET": SECRET,
            "TELEGRAM_API": api_address,
            "PUBLIC_URL": "https://opas.example.fi",
            **changes,
        }
        for name, value in values.items():
            monkeypatch.setenv(f"KUNTAOPAS_{name}", value)
        get_settings.cache_clear()
        result = CliRunner().invoke(app, ["channels", "check", *options])
        said = result.output + str(result.exception or "")
        assert TOKEN not in said and SECRET not in said
        return result

    yield run
    get_settings.cache_clear()


def test_everything_is_registered(check, bot_api):
    result = check()
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "ok: telegram: the settings are complete",
        "ok: telegram: the bot @kuntaopas_bot is reached",
        f"ok: telegram: the webhook is {WEBHOOK} (0 messages wait)",
        f"ok: telegram: the commands are registered in {len(COMPLETE)} languages",
    ]
    assert bot_api.webhook["url"] == WEBHOOK
    assert bot_api.webhook["secret_token"] == SECRET
    assert "message" in bot_api.webhook["allowed_updates"]
    assert set(bot_api.commands) == {"", *COMPLETE}
    assert bot_api.commands["ar"] != bot_api.commands["en"]


def test_it_can_be_run_again(check):
    check()
    assert check().exit_code == 0


def test_it_can_look_without_registering(check, bot_api):
    result = check("--no-register")
    assert result.exit_code == 1
    assert "error: telegram: the webhook is not registered" in result.output
    assert "error: telegram: the commands are not registered in fi" in result.output
    assert bot_api.of("setWebhook") == bot_api.of("setMyCommands") == []


def test_what_was_registered_is_found_without_registering(check):
    check()
    assert check("--no-register").exit_code == 0


def test_json_is_all_that_is_printed(check):
    findings = json.loads(check("--json").stdout)
    assert findings[0] == {"ok": True, "text": "telegram: the settings are complete"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"TELEGRAM_TOKEN": ""}, "set KUNTAOPAS_TELEGRAM_TOKEN"),
        ({"TELEGRAM_SECRET": ""}, "KUNTAOPAS_TELEGRAM_SECRET is missing"),
        ({"TELEGRAM_TOKEN": f"9{TOKEN}"}, "the API does not know this token"),
        ({"TELEGRAM_API": "http://127.0.0.1:9"}, "the API cannot be reached (ConnectError)"),
        ({"PUBLIC_URL": "http://opas.example.fi"}, "webhooks need https"),
        ({"CHANNELS": "telegram,pigeon"}, "there is no channel 'pigeon'"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_what_to_do(check, changes, told):
    result = check(**changes)
    assert result.exit_code == 1
    (line,) = [line for line in result.output.splitlines() if line.startswith("error: ")]
    assert told in line


def test_an_error_of_telegram_is_said(check, bot_api):
    bot_api.fault = lambda method, given: Fault(500) if method == "setwebhook" else None
    result = check()
    assert result.exit_code == 1
    assert "error: telegram: the API answered with an error: 500" in result.output


def test_without_a_channel_it_says_how_one_is_switched_on(check):
    result = check(CHANNELS="")
    assert result.exit_code == 1
    assert "KUNTAOPAS_CHANNELS" in str(result.exception)
