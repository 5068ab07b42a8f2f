"""The base of errors that are told to people: one clear line that says what to do."""


class KuntaopasError(Exception):
    """Something that a person can mend; shown without a traceback."""
