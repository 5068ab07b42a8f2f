"""Conversations of the website: who may read them, and what was said, with personal data masked.

Feedback on answers is kept apart from them.
"""

from assistant.conversations.feedback import REASONS, Feedback, FeedbackStore
from assistant.conversations.store import Conversation, ConversationStore, Entry

__all__ = ["REASONS", "Conversation", "ConversationStore", "Entry", "Feedback", "FeedbackStore"]
