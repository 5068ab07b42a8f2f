"""Sentence vectors: the encoder, and a cache of the vectors it has computed."""

from assistant.embedding.cache import CachedEncoder
from assistant.embedding.encoder import SentenceEncoder, load_encoder, standing_in

__all__ = ["CachedEncoder", "SentenceEncoder", "load_encoder", "standing_in"]
