"""Rasa's side of the messaging apps: one channel each, named in `credentials.yml` by class path.

The gateway speaks the protocol of the app: it checks who sends, masks personal data, and hands the
rest on to the app's channel here, on loopback, as it does for the website. Rasa so knows from which
app a message came (`latest_input_channel`), and no app needs a secret in `credentials.yml`.
"""

from __future__ import annotations

from assistant.channels.web import WebInput


class TelegramInput(WebInput):
    """Telegram."""

    @classmethod
    def name(cls) -> str:
        """The name in the webhook's path."""
        return "telegram"
