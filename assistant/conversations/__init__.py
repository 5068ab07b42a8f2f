"""Conversations of the website: who may read them, and what was said, with personal data masked."""

from assistant.conversations.store import Conversation, ConversationStore, Entry

__all__ = ["Conversation", "ConversationStore", "Entry"]
