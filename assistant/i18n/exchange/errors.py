"""What goes wrong with a file of texts as a whole."""

from assistant.errors import KuntaopasError


class ExchangeError(KuntaopasError):
    """A file of texts cannot be written or read; the message says what to do."""
