"""What the core needs of a messaging app: one class a platform."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar, Mapping, Optional, Sequence

from assistant.channels.incoming import Incoming
from assistant.channels.limits import PlatformLimits
from assistant.channels.rendering import Part
from assistant.errors import KuntaopasError


@dataclass(frozen=True)
class Webhook:
    """A request of a platform.

    Attributes:
        method: `GET` or `POST`.
        url: the address that the platform called, as it knows it.
        headers: names in small letters.
        query: the parameters of the address.
        body: as it came.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Accepted:
    """What a platform wants to hear when a message was taken."""

    body: str = ""
    media_type: str = "text/plain"


@dataclass(frozen=True)
class Finding:
    """What `kuntaopas channels check` found: in order or not, in one line."""

    ok: bool
    text: str


class Unreadable(Exception):
    """A webhook that is not what the platform sends. It carries nothing of the content."""


class ChannelSettingsError(KuntaopasError):
    """A setting of a channel is missing or cannot be used."""


class SendError(Exception):
    """A platform did not take an answer; `code` is its own code or the name of an error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TryAgain(SendError):
    """It may take it later: too many requests, an error of its own, a lost connection."""

    def __init__(self, code: str, retry_after: Optional[float] = None) -> None:
        super().__init__(code)
        self.retry_after = retry_after


class Undeliverable(SendError):
    """It will never take it: the person has blocked the assistant, the chat is gone."""


class Platform(ABC):
    """A messaging app. Methods say what each has to do; whatever is not said here the core does.

    Attributes:
        name: as in the webhook's path and in `KUNTAOPAS_CHANNELS`; at most 16 characters.
        limits: what it can show.
        secret: from which the names and seals of what is stored are made; at least 16 characters
            that the platform and the operator alone know. With another secret all conversations
            of the platform begin anew.
        accepted: the answer to a webhook.
    """

    name: ClassVar[str]
    limits: ClassVar[PlatformLimits]
    accepted: ClassVar[Accepted] = Accepted()

    def __init__(self, secret: str) -> None:
        self.secret = secret

    @abstractmethod
    def trusted(self, webhook: Webhook) -> bool:
        """True when the platform itself has sent this; secrets are compared in constant time."""

    @abstractmethod
    def read(self, webhook: Webhook) -> Sequence[Incoming]:
        """The messages in a webhook, and nothing for what needs no answer.

        Raises:
            Unreadable: if it is not what the platform sends; it is acknowledged and dropped.
        """

    def handshake(self, webhook: Webhook) -> Optional[str]:
        """What to answer when the platform checks the address (GET); None: it is refused."""
        return None

    @abstractmethod
    async def send(self, address: str, part: Part) -> None:
        """Send one message.

        Raises:
            TryAgain: if it may work later.
            Undeliverable: if it never will.
        """

    async def notice(self, incoming: Incoming) -> None:
        """Show that a message was noticed (a button stops waiting, a message is read).

        Beside the answer, once; the core does not mind when it fails.
        """
        return None

    async def leave_group(self, address: str) -> None:
        """Leave a group, after it was told that only single people are answered.

        Raises:
            SendError: as `send` does.
        """
        return None

    async def private_link(self) -> str:
        """Where a person can write alone to the assistant; empty when that cannot be told."""
        return ""

    async def check(self, address: str, register: bool) -> Sequence[Finding]:
        """Whether the platform can be reached and knows us.

        Args:
            address: of the webhook, as the platform has to call it.
            register: tell the platform the address, the commands and the like.
        """
        return ()

    async def close(self) -> None:
        """Close connections."""
        return None
