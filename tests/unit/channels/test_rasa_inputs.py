"""Rasa's side of the messaging apps, as `credentials.yml` names it."""

import yaml
from rasa.core.run import _create_single_channel
from sanic import Sanic
from starlette.testclient import TestClient

from assistant.channels.registry import BUILDERS
from assistant.settings import PROJECT_ROOT


def channels():
    credentials = yaml.safe_load((PROJECT_ROOT / "credentials.yml").read_text(encoding="utf-8"))
    return {name: _create_single_channel(name, given) for name, given in credentials.items()}


def test_every_class_path_of_the_credentials_is_a_channel():
    assert {channel.name() for channel in channels().values()} == {"rest", *BUILDERS}


def test_the_credentials_hold_no_secret():
    credentials = yaml.safe_load((PROJECT_ROOT / "credentials.yml").read_text(encoding="utf-8"))
    assert not any(credentials.values())


def test_rasa_serves_all_channels_beside_each_other(monkeypatch):
    monkeypatch.setattr(Sanic, "test_mode", True)
    heard = []

    async def on_message(message):
        heard.append((message.input_channel, message.sender_id, message.text))
        await message.output_channel.send_response(message.sender_id, {"text": "Hi\n\nthere"})

    app = Sanic("messaging_apps", configure_logging=False)
    for channel in channels().values():
        app.blueprint(channel.blueprint(on_message), url_prefix=f"/webhooks/{channel.name()}")
    with TestClient(app) as client:
        for name in ("rest", *BUILDERS):
            sent = {"sender": "p", "message": "hello"}
            answer = client.post(f"/webhooks/{name}/webhook", json=sent)
            assert answer.json() == [{"recipient_id": "p", "text": "Hi\n\nthere"}]
    assert heard == [(name, "p", "hello") for name in ("rest", *BUILDERS)]
