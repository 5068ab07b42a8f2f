"""What comes in from a messaging app, whichever it is."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Mapping, Optional

from assistant.nlu.text import MAX_MESSAGE, clean
from assistant.privacy import redact


class Kind(str, Enum):
    """What a person did; `assistant.channels.replying` says how each is answered."""

    TEXT = "text"
    BUTTON = "button"
    LOCATION = "location"
    VOICE = "voice"
    PICTURE = "picture"
    STICKER = "sticker"
    CONTACT = "contact"
    DOCUMENT = "document"
    #: A message of a type that we do not know.
    UNKNOWN = "unknown"
    EDITED = "edited"
    DELETED = "deleted"
    REACTION = "reaction"
    #: Anything in a group: it is refused, once.
    GROUP = "group"
    #: What the assistant tells by itself, such as the answer of a person at the municipality.
    TOLD = "told"


#: Nothing is said to these, and nothing of them is stored.
IGNORED = frozenset((Kind.DELETED, Kind.REACTION))


@dataclass(frozen=True)
class Incoming:
    """One message of a person.

    Attributes:
        id: the platform's own id; what is delivered again has the same one.
        address: where the answer goes, such as the id of a chat.
        kind: what it is.
        text: what was written (also under a picture), or the payload of a button.
        language: of the person's app, a code such as `pt-BR`, if the platform tells it.
        sent: when the person sent it, in seconds since 1970, if the platform tells it.
        order: of two messages of a person, the one with the smaller number was sent first.
        place: (latitude, longitude) of a location. It is never stored.
        reference: what the platform needs to say that it was noticed.
        cut: the text was longer than is read.
    """

    id: str
    address: str = field(repr=False)
    kind: Kind
    text: str = field(default="", repr=False)
    language: Optional[str] = None
    sent: Optional[float] = None
    order: int = 0
    place: Optional[tuple[float, float]] = field(default=None, repr=False)
    reference: str = field(default="", repr=False)
    cut: bool = False

    def masked(self) -> Incoming:
        """The message with its text cleaned and personal data in it masked."""
        if self.kind is Kind.BUTTON:
            return self
        text = self.text.encode("utf-8", "ignore").decode()
        cut = self.cut or len(" ".join(text.split())) > MAX_MESSAGE
        return dataclasses.replace(self, text=redact(clean(text)), cut=cut)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, without the place."""
        return {
            "id": self.id,
            "address": self.address,
            "kind": self.kind.value,
            "text": self.text,
            "language": self.language,
            "sent": self.sent,
            "order": self.order,
            "reference": self.reference,
            "cut": self.cut,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Incoming:
        """The message that `as_dict` gave."""
        return cls(**{**values, "kind": Kind(values["kind"])})
