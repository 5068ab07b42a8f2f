"""Privacy: personal data is masked before it is stored, and what is stored can be erased."""

from assistant.privacy.redaction import redact

__all__ = ["redact"]
