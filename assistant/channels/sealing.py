"""What is stored of people in messaging apps: names that lead to nobody, and sealed content.

An address in an app can be a telephone number. The database has only a keyed hash of it, and
the address itself sealed (Fernet: AES-128-CBC with HMAC-SHA256); both keys come from the channel's
secret, which is not in the database.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any, Mapping, Optional

from cryptography.fernet import Fernet, InvalidToken

#: Characters of a name: also `sent_messages.message_id` holds it, with a letter more.
_NAME = 48


class Sealer:
    """Names and seals of one channel."""

    def __init__(self, channel: str, secret: str) -> None:
        self._key = _key(f"{channel} names", secret)
        self._fernet = Fernet(base64.urlsafe_b64encode(_key(f"{channel} seals", secret)))

    def name(self, *parts: str) -> str:
        """A name that only this secret gives for these parts."""
        text = "\0".join(parts).encode("utf-8", "replace")
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()[:_NAME]

    def seal(self, value: Mapping[str, Any]) -> str:
        """Plain values that only this secret opens."""
        return self._fernet.encrypt(json.dumps(value).encode()).decode()

    def unseal(self, sealed: str) -> Optional[dict[str, Any]]:
        """The values; None when they were sealed with another secret."""
        try:
            return dict(json.loads(self._fernet.decrypt(sealed.encode())))
        except (InvalidToken, ValueError):
            return None


def _key(purpose: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), f"kuntaopas {purpose}".encode(), hashlib.sha256).digest()
