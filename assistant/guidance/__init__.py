"""What to do: guides for needs, and the rules of the assessment, as data with sources and dates."""

from assistant.guidance.guides import Guide, Guides, load_guides
from assistant.guidance.sources import Source, load_sources
from assistant.guidance.topics import Topics, load_topics

__all__ = ["Guide", "Guides", "Source", "Topics", "load_guides", "load_sources", "load_topics"]
