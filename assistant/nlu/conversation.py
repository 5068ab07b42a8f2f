"""What NLU may know of the conversation that a message belongs to.

Rasa's graph hands the tracker to policies but not to NLU components. The tracker store, which is
asked for the tracker just before a message is parsed, in the same task, leaves here the
conversation's language (see docs/decisions/0003-conversation-language.md) and which services are
shown.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Optional


@dataclass(frozen=True)
class ShownServices:
    """The services that a person sees.

    Attributes:
        topic: their topic.
        need: their need, if it is known.
        count: how many were shown last.
        told: the number of the one that was told about last, from 1.
        unclear: whether the assistant has asked since then what the person means.
        language: the language in which they are shown.
    """

    topic: str
    need: Optional[str]
    count: int
    told: Optional[int] = None
    unclear: bool = False
    language: Optional[str] = None

    @classmethod
    def from_slot(
        cls, view: Any, unclear: bool = False, language: Optional[str] = None
    ) -> Optional[ShownServices]:
        """Those that the slot `service_view` keeps; None when it keeps none."""
        if not isinstance(view, dict) or not view.get("topic"):
            return None
        last = list(view.get("last") or ())
        told = last.index(view["focus"]) + 1 if view.get("focus") in last else None
        return cls(str(view["topic"]), view.get("need"), len(last), told, unclear, language)


conversation_language: ContextVar[Optional[str]] = ContextVar("conversation_language", default=None)
#: None while no services are shown, and while a question of the assistant is open: then what a
#: person writes is the answer to it.
shown_services: ContextVar[Optional[ShownServices]] = ContextVar("shown_services", default=None)
