"""Privacy: what must not be stored is masked before anything is, and what is stored can be erased."""

from assistant.privacy.redaction import redact

__all__ = ["redact"]
