"""What NLU may know of the conversation that a message belongs to.

Rasa's graph hands the tracker to policies but not to NLU components. The tracker store, which is
asked for the tracker just before a message is parsed, in the same task, leaves the conversation's
language here (see docs/decisions/0003-conversation-language.md).
"""

from contextvars import ContextVar
from typing import Optional

conversation_language: ContextVar[Optional[str]] = ContextVar("conversation_language", default=None)
